//! What a function costs by duration and requests alone.

use serde_json::json;

use crate::behavior::Architecture;
use crate::bill::{Bill, BillError, price_lines};
use crate::latency::distribution::LogNormal;
use crate::price::{PriceBook, Region};
use crate::rules::Rules;
use crate::system::{InvalidSystem, System};
use crate::units::{GbSeconds, MebiBytes, Milliseconds};
use crate::workload::Workload;

/// The question: how much work of which length, at which memory.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FunctionCost {
    /// Invocations a month.
    pub requests_per_month: f64,
    /// Mean duration at one full vCPU.
    pub duration: Milliseconds,
    /// The part of it that computes.
    pub cpu: Milliseconds,
    /// Memory of the function.
    pub memory: MebiBytes,
    /// Its processor.
    pub architecture: Architecture,
    /// Whose prices.
    pub region: Region,
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct FunctionCosts {
    /// The processors that the memory brings.
    pub vcpu: f64,
    /// Mean duration at this memory.
    pub duration: Milliseconds,
    /// The same as billed: rounded up to a millisecond.
    pub billed: Milliseconds,
    /// Memory times billed duration times invocations.
    pub gb_seconds: GbSeconds,
    /// Both lines, tier by tier, without free tier.
    pub bill: Bill,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FunctionCostError {
    /// A value that no workload can have.
    #[error(transparent)]
    Invalid(#[from] InvalidSystem),
    /// A price that the book lacks.
    #[error(transparent)]
    Bill(#[from] BillError),
}

impl FunctionCost {
    /// `S(m) = wait + cpu / min(m / 1769, 1)`, billed in whole milliseconds, times memory and
    /// invocations, through the tiers of the price.
    ///
    /// # Errors
    /// A value out of the bounds of a workload, or a price that the book lacks.
    pub fn costs(&self, book: &PriceBook) -> Result<FunctionCosts, FunctionCostError> {
        let system = System::from_value(json!({
            "version": 1,
            "region": self.region.id(),
            "components": [{
                "traffic": { "requests_per_month": self.requests_per_month },
                "work": { "duration_ms": self.duration.get(), "cpu_ms": self.cpu.get() },
                "pin": { "lambda_memory_mb": self.memory.get() },
            }],
        }))?;
        let (workload, _) = Workload::typical(&system, 0);
        let vcpu = self.memory.get() / Rules::embedded().lambda_mb_per_vcpu;
        let duration = workload.duration_at(vcpu);
        let billed = LogNormal::constant(duration).expected_rounded_up_ms();
        let gb_seconds = self.memory.held_for(billed.seconds()) * self.requests_per_month;
        let lines = [
            (duration_price(self.architecture), gb_seconds.get()),
            (REQUEST.to_owned(), self.requests_per_month),
        ];
        Ok(FunctionCosts {
            vcpu,
            duration,
            billed,
            gb_seconds,
            bill: price_lines(book, self.region, false, &lines)?,
        })
    }
}

const REQUEST: &str = "aws-lambda/request/standard";

fn duration_price(architecture: Architecture) -> String {
    let processor = match architecture {
        Architecture::X86_64 => "x86-64",
        Architecture::Arm64 => "arm64",
    };
    format!("aws-lambda/duration/{processor}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn costs(duration_ms: f64, cpu_ms: f64, memory_mb: f64) -> FunctionCosts {
        FunctionCost {
            requests_per_month: 10e6,
            duration: Milliseconds::new(duration_ms),
            cpu: Milliseconds::new(cpu_ms),
            memory: MebiBytes::new(memory_mb),
            architecture: Architecture::X86_64,
            region: Region::UsEast1,
        }
        .costs(PriceBook::embedded())
        .expect("a workload with prices")
    }

    #[test]
    fn what_waits_is_billed_by_its_gigabyte_seconds() {
        let costs = costs(200.0, 0.0, 512.0);
        assert!((costs.gb_seconds.get() - 1e6).abs() < 1e-6, "{costs:?}");
        assert!((costs.bill.monthly_usd - 18.6667).abs() < 1e-3, "{costs:?}");
    }

    #[test]
    fn less_than_a_vcpu_stretches_the_computing_and_leaves_the_waiting() {
        let costs = costs(200.0, 100.0, 512.0);
        let expected = 100.0 + 100.0 / (512.0 / Rules::embedded().lambda_mb_per_vcpu);
        assert!((costs.duration.get() - expected).abs() < 1e-9, "{costs:?}");
    }
}

//! How long a function runs at a memory size, and what that costs.

use model::PriceBook;
use model::behavior::Architecture;
use model::method::{FunctionCost, FunctionCostError};
use model::system::FieldError;
use model::units::{MebiBytes, Milliseconds};

use super::super::math::{m, over, row, tall};
use super::{Equation, Outcome, Trial, formula, outcome, paper, rule, symbol};
use crate::components::trial::{Input, Typed, wrong};
use crate::format;

const INPUTS: &[Input] = &[
    Input::number("requests_per_month", "Requests", "a month", "10M"),
    Input::number("duration_ms", "Duration at one vCPU", "ms", "200"),
    Input::number("cpu_ms", "of which computing", "ms", "50"),
    Input::number("memory_mb", "Memory", "MB", "512"),
    Input::one(
        "architecture",
        "Processor",
        "arm64",
        &[("arm64", "arm64"), ("x86_64", "x86-64")],
    ),
    Input::region("region"),
];

pub(super) fn equation() -> Equation {
    Equation {
        id: "functions",
        title: "Functions",
        lead: "Lambda bills memory times duration. More memory brings more of a processor: what computes gets faster, what waits does not. All sizes are tried; the cheapest that keeps the latency target is taken.",
        formulas: vec![
            formula(
                row([
                    m("S ( m ) = S_wait +"),
                    over(m("S_cpu"), m("min ( m / 1,769 , k )")),
                ]),
                "The duration at a memory size is the waiting time plus the computing time over the processors that the memory brings, at most as many as the work can use.",
            ),
            formula(
                row([
                    m("cost = N"),
                    tall(row([
                        m("p_req +"),
                        over(m("m"), m("1,024")),
                        m("⌈ S ( m ) ⌉ p_GBs"),
                    ])),
                ]),
                "The cost is the number of requests, times the price of a request plus memory in gigabytes times the duration rounded up to a millisecond times the price of a GB-second.",
            ),
        ],
        symbols: vec![
            symbol("m", "memory of the function", "MB of 2^20 bytes"),
            symbol("S_wait", "time that waits for others", "seconds"),
            symbol("S_cpu", "time that computes, on one vCPU", "seconds"),
            symbol("k", "vCPUs that the work can use at once", "1"),
            symbol("N", "invocations", "a month"),
            symbol("p_req", "price of a request", "US dollars"),
            symbol("p_GBs", "price of a GB-second, tier by tier", "US dollars"),
        ],
        range: "128 to 10,240 MB. Where durations vary, the rounded one is an expectation and not the rounded mean. Starting up (INIT) is billed too, since August 2025 for every runtime, and is a line of its own that this form leaves out, as it leaves out logs, front door and free tier.",
        sources: [rule("lambda_mb_per_vcpu")]
            .into_iter()
            .flatten()
            .chain([paper(
                "Prices of a GB-second and of a request",
                "/prices?region=us-east-1&q=aws-lambda",
                "see there",
            )])
            .collect(),
        trial: Some(Trial {
            inputs: INPUTS,
            compute,
            api: None,
        }),
    }
}

fn compute(typed: &Typed, book: &PriceBook) -> Result<Vec<Outcome>, Vec<FieldError>> {
    let question = FunctionCost {
        requests_per_month: typed.number("requests_per_month"),
        duration: Milliseconds::new(typed.number("duration_ms")),
        cpu: Milliseconds::new(typed.number("cpu_ms")),
        memory: MebiBytes::new(typed.number("memory_mb")),
        architecture: if typed.text("architecture") == "arm64" {
            Architecture::Arm64
        } else {
            Architecture::X86_64
        },
        region: typed.region("region"),
    };
    let costs = question.costs(book).map_err(refused)?;
    let three = |value: f64| format::number(format::significant(value, 3));
    Ok(vec![
        outcome("A month", format::usd_cents(costs.bill.monthly_usd)),
        outcome("Duration", format::ms_precise(costs.duration.get())),
        outcome("Billed a request", format::ms_precise(costs.billed.get())),
        outcome("GB-seconds", format::count(costs.gb_seconds.get())),
        outcome("vCPUs of the memory", three(costs.vcpu)),
    ])
}

fn refused(error: FunctionCostError) -> Vec<FieldError> {
    match error {
        FunctionCostError::Invalid(invalid) => invalid
            .errors
            .into_iter()
            .map(|mut error| {
                error.path = error.path.replace("lambda_memory_mb", "memory_mb");
                error
            })
            .collect(),
        FunctionCostError::Bill(error) => vec![wrong("region", format!("lacks a price: {error}"))],
    }
}

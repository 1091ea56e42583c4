//! The two claims about cost, with the inputs that they leave out.
//!
//! 1. "Ten million invocations at 512 MB cost about $800 a month; a c5.large at $60
//!    handles the same load."
//! 2. "The crossover lies at one to two million invocations a month for a 256 MB function."

use super::Standing;
use crate::behavior::{Architecture, Behavior};
use crate::price::{MissingPrice, PriceBook, Region};
use crate::units::{HOURS_PER_MONTH, MB_PER_GB, MS_PER_S, SECONDS_PER_MONTH};

/// What the article says, and what a reader may vary.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimInputs {
    /// Whose prices.
    pub region: Region,
    /// Processor of the function.
    pub architecture: Architecture,
    /// Invocations of the first claim.
    pub requests_per_month: f64,
    /// Memory of the first claim's function.
    pub memory_mb: f64,
    /// What the first claim says that it costs.
    pub claimed_usd: f64,
    /// Memory of the second claim's function.
    pub small_memory_mb: f64,
    /// The second claim's crossover, from and to.
    pub claimed_crossover: (f64, f64),
    /// The instance that is said to carry the load.
    pub instance_type: String,
    /// Share of the time that computes.
    pub cpu_share: f64,
    /// Ordinary durations to show.
    pub durations_ms: Vec<f64>,
}

impl Default for ClaimInputs {
    fn default() -> Self {
        Self {
            region: Region::UsEast1,
            architecture: Architecture::X86_64,
            requests_per_month: 10e6,
            memory_mb: 512.0,
            claimed_usd: 800.0,
            small_memory_mb: 256.0,
            claimed_crossover: (1e6, 2e6),
            instance_type: "c5.large".to_owned(),
            cpu_share: 0.25,
            durations_ms: vec![50.0, 100.0, 200.0, 500.0, 1_000.0, 5_000.0],
        }
    }
}

/// Why the claims cannot be computed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ClaimError {
    /// The book lacks a price.
    #[error(transparent)]
    MissingPrice(#[from] MissingPrice),
    /// The behavior data have no such instance type.
    #[error("no known instance type: {0}")]
    UnknownInstance(String),
}

/// The prices that the claims rest on, with their ids.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimPrices {
    /// Lambda's duration, a GB-second.
    pub gb_second: (String, f64),
    /// Lambda's request.
    pub request: (String, f64),
    /// The instance, an hour.
    pub instance_hour: (String, f64),
}

/// What one duration costs and asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AtDuration {
    /// Mean duration.
    pub duration_ms: f64,
    /// Duration and requests of the first claim's function.
    pub monthly_usd: f64,
    /// How many requests are in work at once on average.
    pub concurrency: f64,
    /// Memory of the concurrent requests on the instance.
    pub memory_gb: f64,
    /// vCPUs that they keep busy on average.
    pub busy_vcpu: f64,
    /// Whether memory and CPU fit on the instance.
    pub instance_carries_it: bool,
    /// Requests a month at which the second claim's function costs as much as the instance.
    pub crossover_requests: f64,
}

/// Both claims, computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Claims {
    /// What was put in.
    pub inputs: ClaimInputs,
    /// Where the figures come from.
    pub prices: ClaimPrices,
    /// The instance for a month, on demand.
    pub instance_monthly_usd: f64,
    /// Its processors.
    pub instance_vcpu: f64,
    /// Its memory.
    pub instance_memory_gb: f64,
    /// The duration at which the first claim's figure comes out.
    pub assumed: AtDuration,
    /// The largest share of computing with which the instance's processors keep up at that duration.
    pub largest_cpu_share: f64,
    /// Durations at which the second claim's crossovers come out, for its lower and its upper end.
    pub crossover_duration_ms: (f64, f64),
    /// Ordinary durations.
    pub ordinary: Vec<AtDuration>,
}

impl Claims {
    /// The claimed cost of the functions: it comes out at one duration, if a function may run that long.
    #[must_use]
    pub fn of_functions(&self) -> Standing {
        let duration = self.assumed.duration_ms;
        if duration > 0.0 && duration <= longest_run_ms() {
            Standing::OnlyIf
        } else {
            Standing::Not
        }
    }

    /// That the instance carries what costs so much: with memory and processors, with memory
    /// that its requests share, or not.
    #[must_use]
    pub fn of_instance(&self) -> Standing {
        if self.assumed.instance_carries_it {
            Standing::Holds
        } else if self.inputs.cpu_share <= self.largest_cpu_share {
            Standing::OnlyIf
        } else {
            Standing::Not
        }
    }

    /// The claimed crossover: it comes out between two durations, if a function may run so long.
    #[must_use]
    pub fn of_crossover(&self) -> Standing {
        let (longest, shortest) = self.crossover_duration_ms;
        if longest > 0.0 && shortest <= longest_run_ms() {
            Standing::OnlyIf
        } else {
            Standing::Not
        }
    }
}

/// As long as Lambda lets one request run.
fn longest_run_ms() -> f64 {
    Behavior::embedded().limit("aws-lambda/timeout").value * MS_PER_S
}

/// Computes both claims.
///
/// `cost(d) = n (r + m d p)` with requests `n`, price `r` of a request, memory `m` in
/// GB, duration `d` in s and price `p` of a GB-second; solved for `d` or `n` where those
/// are asked for. Mean concurrency is `n d / 2,628,000 s` (Little).
///
/// # Errors
/// A price or an instance type that is not in the data.
pub fn claims(inputs: ClaimInputs, book: &PriceBook) -> Result<Claims, ClaimError> {
    let prices = prices(&inputs, book)?;
    let instance = Behavior::embedded()
        .instance_type(&inputs.instance_type)
        .ok_or_else(|| ClaimError::UnknownInstance(inputs.instance_type.clone()))?;
    let (vcpu, memory_gb) = (instance.vcpu, instance.memory_gb);
    let instance_monthly_usd = prices.instance_hour.1 * HOURS_PER_MONTH;

    let at = |duration_ms: f64| {
        let per_request = cost_of_one(&prices, inputs.memory_mb, duration_ms);
        let concurrency = inputs.requests_per_month * duration_ms / MS_PER_S / SECONDS_PER_MONTH;
        let needed_gb = concurrency * inputs.memory_mb / MB_PER_GB;
        let busy_vcpu = concurrency * inputs.cpu_share;
        AtDuration {
            duration_ms,
            monthly_usd: inputs.requests_per_month * per_request,
            concurrency,
            memory_gb: needed_gb,
            busy_vcpu,
            instance_carries_it: needed_gb <= memory_gb && busy_vcpu <= vcpu,
            crossover_requests: instance_monthly_usd
                / cost_of_one(&prices, inputs.small_memory_mb, duration_ms),
        }
    };
    let assumed = at(duration_of(
        &prices,
        inputs.memory_mb,
        inputs.claimed_usd / inputs.requests_per_month,
    ));
    let crossing = |requests: f64| {
        duration_of(
            &prices,
            inputs.small_memory_mb,
            instance_monthly_usd / requests,
        )
    };
    Ok(Claims {
        instance_monthly_usd,
        instance_vcpu: vcpu,
        instance_memory_gb: memory_gb,
        assumed,
        largest_cpu_share: vcpu / assumed.concurrency,
        crossover_duration_ms: (
            crossing(inputs.claimed_crossover.0),
            crossing(inputs.claimed_crossover.1),
        ),
        ordinary: inputs
            .durations_ms
            .iter()
            .map(|duration| at(*duration))
            .collect(),
        prices,
        inputs,
    })
}

fn prices(inputs: &ClaimInputs, book: &PriceBook) -> Result<ClaimPrices, MissingPrice> {
    let first = |id: String| {
        book.price(&id, inputs.region)
            .map(|price| (id.clone(), price.first_usd()))
    };
    let processor = match inputs.architecture {
        Architecture::X86_64 => "x86-64",
        Architecture::Arm64 => "arm64",
    };
    Ok(ClaimPrices {
        gb_second: first(format!("aws-lambda/duration/{processor}"))?,
        request: first("aws-lambda/request/standard".to_owned())?,
        instance_hour: first(format!("aws-ec2/instance/{}", inputs.instance_type))?,
    })
}

fn cost_of_one(prices: &ClaimPrices, memory_mb: f64, duration_ms: f64) -> f64 {
    prices.request.1 + memory_mb / MB_PER_GB * (duration_ms / MS_PER_S) * prices.gb_second.1
}

/// The duration at which one request costs this much; 0 if its request price alone does.
fn duration_of(prices: &ClaimPrices, memory_mb: f64, usd: f64) -> f64 {
    let seconds = (usd - prices.request.1) / (memory_mb / MB_PER_GB * prices.gb_second.1);
    seconds.max(0.0) * MS_PER_S
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article() -> Claims {
        claims(ClaimInputs::default(), PriceBook::embedded()).expect("the book has these prices")
    }

    fn close(value: f64, expected: f64, tolerance: f64) {
        assert!(
            (value / expected - 1.0).abs() <= tolerance,
            "{value}, expected {expected}"
        );
    }

    #[test]
    fn eight_hundred_dollars_need_nine_and_a_half_seconds() {
        let claims = article();
        close(claims.assumed.duration_ms, 9_576.0, 0.005);
        close(claims.assumed.monthly_usd, 800.0, 1e-9);
        close(claims.assumed.concurrency, 36.4, 0.01);
        assert!(!claims.assumed.instance_carries_it);
    }

    #[test]
    fn at_an_ordinary_duration_the_same_requests_cost_a_fraction() {
        let claims = article();
        let at_200 = claims
            .ordinary
            .iter()
            .find(|row| (row.duration_ms - 200.0).abs() < 1e-9)
            .expect("200 ms is shown");
        close(at_200.monthly_usd, 18.67, 0.001);
    }

    #[test]
    fn the_crossover_of_the_article_needs_seconds_too() {
        let (longer, shorter) = article().crossover_duration_ms;
        assert!(longer > shorter && shorter > 5_000.0, "{longer} {shorter}");
    }

    #[test]
    fn ten_million_seconds_of_half_a_gigabyte_are_five_million_gigabyte_seconds() {
        let inputs = ClaimInputs {
            durations_ms: vec![1_000.0],
            ..ClaimInputs::default()
        };
        let claims = claims(inputs, PriceBook::embedded()).expect("the book has these prices");
        let by_hand = 10e6 * 0.5 * claims.prices.gb_second.1 + 10e6 * claims.prices.request.1;
        close(claims.ordinary[0].monthly_usd, by_hand, 1e-12);
        // 10 million seconds of work in a month of 2,628,000 s.
        close(claims.ordinary[0].concurrency, 10e6 / 2_628_000.0, 1e-12);
        close(claims.instance_monthly_usd, 62.05, 1e-6);
    }

    #[test]
    fn the_instance_carries_the_load_only_where_memory_is_shared_and_little_computes() {
        let with = |cpu_share, memory_mb| {
            let inputs = ClaimInputs {
                memory_mb,
                cpu_share,
                ..ClaimInputs::default()
            };
            let claims = claims(inputs, PriceBook::embedded()).expect("the book has these prices");
            claims.of_instance()
        };
        assert_eq!(with(0.25, 512.0), Standing::Not);
        assert_eq!(with(0.02, 512.0), Standing::OnlyIf);
        assert_eq!(article().of_functions(), Standing::OnlyIf);
        assert_eq!(article().of_crossover(), Standing::OnlyIf);
    }

    #[test]
    fn what_requests_alone_cost_more_than_needs_no_duration_at_all() {
        let inputs = ClaimInputs {
            claimed_usd: 1.0,
            ..ClaimInputs::default()
        };
        let claims = claims(inputs, PriceBook::embedded()).expect("the book has these prices");
        assert_eq!(claims.of_functions(), Standing::Not);
    }

    #[test]
    fn an_instance_that_nobody_knows_is_an_error() {
        let inputs = ClaimInputs {
            instance_type: "x9.huge".to_owned(),
            ..ClaimInputs::default()
        };
        assert!(claims(inputs, PriceBook::embedded()).is_err());
    }
}

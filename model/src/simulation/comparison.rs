//! The formulas beside the simulation on a few steady loads, as the method page shows them.
//!
//! The table is a file that [`computed`] writes: a test computes it anew and holds the file against it, to the bit.

use std::ops::ControlFlow;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::sketch::whole as count;
use super::{
    FleetRules, FunctionRules, Interval, KeepAlive, Outcome, Plan, Rules, Scaling, Span, Traffic,
    Variation, replications, run,
};
use crate::latency::cold_start::ColdStart;
use crate::latency::distribution::LogNormal;
use crate::latency::queue::Fleet;
use crate::math::{floor, log10, pow, round};
use crate::units::{MS_PER_S, Milliseconds, RequestsPerSecond, Seconds};

/// Independent runs of each load.
const RUNS: u32 = 5;
/// Cold starts that a load's runs have together, about.
const EVENTS: f64 = 10_000.0;
/// Requests of all runs of a load.
const REQUESTS: (f64, f64) = (1e5, 2e7);
/// Requests of all runs of a fleet.
const FLEET_REQUESTS: f64 = 1e6;
/// Keep-alive of the loads, in seconds.
const KEPT_S: f64 = 420.0;
/// Service time of the fleets, in seconds.
const SERVICE_S: f64 = 0.1;
/// Digits that are kept.
const DIGITS: f64 = 5.0;

/// Formulas and simulation on the same loads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Shares of requests that start an environment.
    pub cold_starts: Vec<Compared>,
    /// Response times of fleets, waits included, in milliseconds.
    pub fleets: Vec<Compared>,
}

/// One load.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// What comes, in words.
    pub load: String,
    /// What the formula says.
    pub formula: f64,
    /// What the simulation says: the mean of its runs.
    pub simulated: f64,
    /// Half the width of its 99 % confidence interval.
    pub half_width: f64,
}

impl Comparison {
    /// The table as it is shown.
    ///
    /// # Panics
    /// Never: the embedded file is checked by the tests.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static READ: OnceLock<Comparison> = OnceLock::new();
        READ.get_or_init(|| {
            serde_json::from_str(include_str!("../../data/simulation/comparison.json"))
                .expect("the embedded table is checked by the tests")
        })
    }
}

/// Requests a second, and seconds of each.
const COLD: [(f64, f64); 7] = [
    (0.001, 2.0),
    (0.01, 2.0),
    (0.9, 2.0),
    (3.0, 0.06),
    (10.0, 0.2),
    (20.0, 5.0),
    (0.05, 120.0),
];

/// Tasks, servers of each, load of a server, coefficient of variation.
const FLEETS: [(u32, u32, f64, f64); 7] = [
    (1, 1, 0.6, 1.0),
    (2, 1, 0.6, 1.0),
    (8, 1, 0.6, 1.0),
    (8, 1, 0.6, 2.0),
    (4, 2, 0.6, 1.0),
    (20, 1, 0.8, 1.0),
    (2, 1, 0.9, 0.5),
];

/// Computes the table; some seconds of one core.
///
/// # Panics
/// Never: the loads are valid.
#[must_use]
pub fn computed() -> Comparison {
    Comparison {
        cold_starts: COLD.iter().map(|load| cold(*load)).collect(),
        fleets: FLEETS.iter().map(|load| fleet(*load)).collect(),
    }
}

fn cold((rate, service_s): (f64, f64)) -> Compared {
    let question = ColdStart {
        arrival_rate: RequestsPerSecond::new(rate),
        service_time: Seconds::new(service_s),
        keep_alive: Seconds::new(KEPT_S),
    };
    let formula = question.outcome().cold_start_probability;
    let requests = (EVENTS / formula).clamp(REQUESTS.0, REQUESTS.1) / f64::from(RUNS);
    let rules = FunctionRules {
        keep_alive: KeepAlive::Fixed { s: KEPT_S },
        ..FunctionRules::new(Span::new(service_s, Variation::Exponential))
    };
    let plan = Plan {
        warm_up_s: 5.0 * (KEPT_S + service_s),
        ..Plan::new(
            Rules::Functions(rules),
            Traffic::poisson(rate),
            requests / rate,
        )
    };
    let share = |outcome: &Outcome| count(outcome.cold_starts) / count(outcome.completed).max(1.0);
    compared(
        format!("{rate} requests a second of {service_s} s"),
        formula,
        &plan,
        share,
    )
}

fn fleet((tasks, servers, load, cv): (u32, u32, f64, f64)) -> Compared {
    let rate = load * f64::from(tasks * servers) / SERVICE_S;
    let queues = Fleet {
        arrival_rate: RequestsPerSecond::new(rate),
        tasks,
        servers_per_task: servers,
        service_time: Seconds::new(SERVICE_S),
        service_cv: cv,
    };
    let wait = queues.per_task_wait().map_or(0.0, |wait| wait.mean().get());
    let variation = if (cv - 1.0).abs() < f64::EPSILON {
        Variation::Exponential
    } else {
        let shape = LogNormal::from_mean_cv(Milliseconds::new(MS_PER_S), cv);
        shape.map_or(Variation::Constant, |shape| Span::from(shape).variation)
    };
    let rules = FleetRules {
        servers_per_queue: servers,
        timeout_s: 1e6,
        ..FleetRules::new(
            SERVICE_S,
            SERVICE_S,
            variation,
            Scaling::Fixed { units: tasks },
        )
    };
    let seconds = FLEET_REQUESTS / f64::from(RUNS) / rate;
    let plan = Plan {
        warm_up_s: 0.1 * seconds,
        ..Plan::new(Rules::Fleet(rules), Traffic::poisson(rate), seconds)
    };
    let percent = 100.0 * load;
    let name = format!("{tasks} x {servers} servers at {percent:.0} %, variation {cv}");
    let response = |outcome: &Outcome| SERVICE_S * MS_PER_S + outcome.mean_wait_ms;
    compared(name, (SERVICE_S + wait) * MS_PER_S, &plan, response)
}

fn compared(load: String, formula: f64, plan: &Plan, of: impl Fn(&Outcome) -> f64) -> Compared {
    let figures: Vec<f64> = replications(plan, RUNS)
        .iter()
        .filter_map(|plan| run(plan, &mut |_| ControlFlow::Continue(())).ok())
        .map(|outcome| of(&outcome))
        .collect();
    let interval = Interval::of(&figures).unwrap_or(Interval {
        mean: 0.0,
        half_width: 0.0,
    });
    Compared {
        load,
        formula: short(formula),
        simulated: short(interval.mean),
        half_width: short(interval.half_width),
    }
}

/// Rounded to a few digits, so that the file can be read.
fn short(value: f64) -> f64 {
    if value <= 0.0 {
        return 0.0;
    }
    let decades = DIGITS - 1.0 - floor(log10(value));
    let scale = pow(10.0, decades);
    round(value * scale) / scale
}

//! How many tasks carry a load.

use model::PriceBook;
use model::method::FleetSize;
use model::method::bounds::{self, Bound, DURATION_MS, RATE_PER_S};
use model::system::FieldError;
use model::units::{Milliseconds, RequestsPerSecond};

use super::super::math::{gap, m, over, root, rounded_up, row, tall};
use super::{Equation, Outcome, Trial, formula, inside, outcome, rule, symbol};
use crate::components::trial::{Input, Typed};
use crate::format;

const INPUTS: &[Input] = &[
    Input::number("arrival_rate_per_s", "Arrivals", "a second", "50"),
    Input::number("cpu_ms", "CPU time", "ms a request", "30"),
    Input::number("wall_ms", "Wall time", "ms a request", "120"),
    Input::number("vcpu", "vCPUs", "a task", "1"),
    Input::number("memory_gb", "Memory", "GB a task", "2"),
    Input::number("process_mb", "Process", "MB", "256"),
    Input::number("request_mb", "Each request", "MB", "64"),
    Input::number("utilization_pct", "Target utilization", "%", "60"),
    Input::one(
        "zones",
        "Zones",
        "2",
        &[("1", "one"), ("2", "two"), ("3", "three")],
    ),
];

pub(super) fn equation() -> Equation {
    Equation {
        id: "capacity",
        title: "Containers",
        lead: "A task carries as many requests at once as its memory holds and its processors keep up with. Tasks come whole, so cost climbs in stairs and there can be several break-evens. The number follows the week by the hour, never below one a zone, and what is left must carry the load when a zone is lost.",
        formulas: vec![
            formula(
                row([
                    m("r = min"),
                    tall(row([
                        over(m("u v"), m("S_cpu")),
                        m(","),
                        over(m("c"), m("S")),
                    ])),
                    m(","),
                    gap(),
                    m("c + 2.326"),
                    root(m("c")),
                    m("= places"),
                ]),
                "The rate of one task is the smaller of the utilization times its vCPUs over the CPU time of a request, and the mean number of requests at once over the wall time; that mean is such that its 99 percent point fits the places in memory.",
            ),
            formula(
                row([
                    m("n = max ("),
                    rounded_up(m("λ / r")),
                    m(", k +"),
                    rounded_up(m("k / ( z − 1 )")),
                    m(", z )"),
                ]),
                "The number of tasks is the largest of the load over the rate of one, rounded up; what survives the loss of a zone; and one a zone.",
            ),
        ],
        symbols: vec![
            symbol("λ", "arrivals", "requests a second"),
            symbol("r", "the most that one task carries", "requests a second"),
            symbol("u", "target utilization", "1"),
            symbol("v", "vCPUs of a task that the work can use", "1"),
            symbol("S_cpu", "CPU time of a request", "seconds"),
            symbol("S", "wall time of a request", "seconds"),
            symbol("c", "requests at work at once, mean", "1"),
            symbol("k", "tasks that carry the load at 90 % utilization", "1"),
            symbol("z", "zones", "1"),
        ],
        range: "Steady arrivals within the hour. The latency target lowers the rate further where a queue would break it: see Waiting. Faster bursts than the fleet reacts to are carried by tasks that stand all the time.",
        sources: [rule("concurrency_z"), rule("zone_loss_utilization")]
            .into_iter()
            .flatten()
            .collect(),
        trial: Some(Trial {
            inputs: INPUTS,
            compute,
            api: None,
        }),
    }
}

const SIZE: Bound = Bound {
    low: 0.0,
    high: 1e8,
};
const VCPU: Bound = Bound {
    low: 0.25,
    high: 192.0,
};
const PERCENT: Bound = Bound {
    low: 1.0,
    high: 100.0,
};
const CPU_MS: Bound = Bound {
    low: 0.0,
    ..DURATION_MS
};

fn compute(typed: &Typed, _: &PriceBook) -> Result<Vec<Outcome>, Vec<FieldError>> {
    let checks = [
        ("arrival_rate_per_s", RATE_PER_S),
        ("cpu_ms", CPU_MS),
        ("wall_ms", DURATION_MS),
        ("vcpu", VCPU),
        ("memory_gb", SIZE),
        ("process_mb", SIZE),
        ("request_mb", SIZE),
        ("utilization_pct", PERCENT),
    ];
    let checks = checks.map(|(name, bound)| (name, typed.number(name), bound));
    inside(bounds::outside(&checks))?;
    let sized = FleetSize {
        arrival_rate: RequestsPerSecond::new(typed.number("arrival_rate_per_s")),
        cpu: Milliseconds::new(typed.number("cpu_ms")),
        wall: Milliseconds::new(typed.number("wall_ms")),
        vcpu: typed.number("vcpu"),
        memory_gb: typed.number("memory_gb"),
        process_mb: typed.number("process_mb"),
        request_mb: typed.number("request_mb"),
        utilization: typed.number("utilization_pct") / 100.0,
        zones: typed.text("zones").parse().unwrap_or(1),
    }
    .sized();
    let number = |value: f64, unit: &str| {
        if value.is_finite() {
            format!("{}{unit}", format::number(format::significant(value, 3)))
        } else {
            "no limit".to_owned()
        }
    };
    let tasks = if sized.units.is_finite() {
        format::quantity(sized.units)
    } else {
        "none is enough: one request does not fit".to_owned()
    };
    Ok(vec![
        outcome("Tasks", tasks),
        outcome("One task carries", number(sized.rate.get(), " a second")),
        outcome(
            "With a zone lost",
            number(sized.rate_zone_lost.get(), " a second"),
        ),
        outcome("Requests at once, by memory", number(sized.places, "")),
    ])
}

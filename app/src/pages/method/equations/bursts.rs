//! What a sudden rise starts.

use model::PriceBook;
use model::latency::burst::Burst;
use model::method::bounds::{self, DURATION_S, RATE_PER_S};
use model::system::FieldError;
use model::units::{RequestsPerSecond, Seconds};

use super::super::math::m;
use super::{Equation, Outcome, Trial, formula, inside, outcome, paper, symbol};
use crate::components::trial::{Input, Typed};
use crate::format;

const INPUTS: &[Input] = &[
    Input::number(
        "arrival_rate_per_s",
        "Arrivals in the burst",
        "a second",
        "200",
    ),
    Input::number("service_time_s", "Service time", "s", "0.1"),
    Input::number("init_time_s", "Start-up time", "s", "0.5"),
    Input::number("alive", "Environments alive before", "", "2"),
];

pub(super) fn equation() -> Equation {
    Equation {
        id: "bursts",
        title: "Bursts",
        lead: "A jump of traffic needs environments at once. Some are alive; the others start, and what arrives while they start needs more of them.",
        formulas: vec![formula(
            m("C = max ( 0 , λ^′ S − A ) + max ( 0 , λ^′ − A / S ) t_init"),
            "Cold starts are what the new load needs beyond what is alive, plus what arrives unserved while those start.",
        )],
        symbols: vec![
            symbol("C", "cold starts of the jump", "1"),
            symbol("λ^′", "arrivals during the burst", "requests a second"),
            symbol("S", "service time of a warm request", "seconds"),
            symbol("A", "environments alive when it begins", "1"),
            symbol("t_init", "how long one takes to start", "seconds"),
        ],
        range: "Within 4 % of simulation from about 50 cold starts upwards; below, it is rough. Lambda adds 1,000 environments at once and then 100 a second; a jump that needs more is throttled, and a limit says so.",
        sources: vec![paper(
            "AWS Lambda developer guide, scaling behavior",
            "https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html",
            "2026",
        )],
        trial: Some(Trial {
            inputs: INPUTS,
            compute,
            api: None,
        }),
    }
}

fn compute(typed: &Typed, _: &PriceBook) -> Result<Vec<Outcome>, Vec<FieldError>> {
    let checks = [
        ("arrival_rate_per_s", RATE_PER_S),
        ("service_time_s", DURATION_S),
        ("init_time_s", DURATION_S),
        ("alive", RATE_PER_S),
    ];
    let checks = checks.map(|(name, bound)| (name, typed.number(name), bound));
    inside(bounds::outside(&checks))?;
    let cold = Burst {
        arrival_rate: RequestsPerSecond::new(typed.number("arrival_rate_per_s")),
        service_time: Seconds::new(typed.number("service_time_s")),
        init_duration: Seconds::new(typed.number("init_time_s")),
        alive: typed.number("alive"),
    }
    .cold_starts();
    Ok(vec![outcome("Cold starts", format::count(cold))])
}

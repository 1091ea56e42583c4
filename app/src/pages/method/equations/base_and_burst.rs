//! A fleet for the base, functions for what exceeds it.

use model::PriceBook;
use model::latency::queue::erlang_b;
use model::method::bounds::{self, DURATION_S, RATE_PER_S, SERVERS};
use model::system::FieldError;
use model::units::{RequestsPerSecond, Seconds};

use super::super::math::{gap, m, row};
use super::{Equation, Outcome, Trial, formula, inside, outcome, paper, symbol};
use crate::components::trial::{Input, Typed};
use crate::format;

const INPUTS: &[Input] = &[
    Input::number("arrival_rate_per_s", "Arrivals", "a second", "100"),
    Input::number("service_time_s", "Service time", "s", "0.2"),
    Input::number("tasks", "Tasks", "", "3"),
    Input::number("places", "Requests at once", "a task", "8"),
];

pub(super) fn equation() -> Equation {
    Equation {
        id: "base-and-burst",
        title: "Base and bursts",
        lead: "One component in two places: tasks that stand for the base, functions for what finds them full. Each number of tasks is priced with the functions that it leaves over, all and none among them, and the cheapest is shown.",
        formulas: vec![
            formula(
                row([m("to functions = B ( n c , a ) ,"), gap(), m("a = λ S")]),
                "Behind a load balancer the share that goes to functions is Erlang's loss of all places of the tasks.",
            ),
            formula(
                m("to functions = max ( 0 , λ − n c / S ) / λ"),
                "Behind a queue nothing is lost: functions take what the tasks cannot do.",
            ),
        ],
        symbols: vec![
            symbol("n", "tasks of the base", "1"),
            symbol("c", "requests that one task takes at once", "1"),
            symbol("a", "offered load", "1"),
            symbol("B", "Erlang's loss formula", "1"),
        ],
        range: "The leg of the functions is a workload of its own, with its own thinner and therefore colder arrivals. Who builds two paths for one component pays in attention, which is not money here.",
        sources: vec![paper(
            "A. K. Erlang: loss formula",
            "https://en.wikipedia.org/wiki/Erlang_(unit)",
            "1917",
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
        ("tasks", SERVERS),
        ("places", SERVERS),
    ];
    let checks = checks.map(|(name, bound)| (name, typed.number(name), bound));
    inside(bounds::outside(&checks))?;
    let rate = RequestsPerSecond::new(typed.number("arrival_rate_per_s"));
    let load = rate.offered_load(Seconds::new(typed.number("service_time_s")));
    let share = erlang_b(typed.number("tasks") * typed.number("places"), load);
    Ok(vec![
        outcome("To functions, behind a balancer", format::percent(share)),
        outcome(
            "That is",
            format!(
                "{} a second",
                format::number(format::significant(rate.get() * share, 3))
            ),
        ),
    ])
}

//! What spills over a pool that is kept warm.

use model::PriceBook;
use model::latency::cold_start::ColdStart;
use model::latency::provisioned::Provisioned;
use model::method::bounds::Bounded as _;
use model::system::FieldError;
use model::units::{RequestsPerSecond, Seconds};

use super::super::math::{gap, m, row, sum};
use super::{Equation, Outcome, Trial, formula, inside, outcome, paper, rule, symbol};
use crate::components::trial::{Input, Typed};
use crate::format;

const INPUTS: &[Input] = &[
    Input::number("arrival_rate_per_s", "Arrivals", "a second", "20"),
    Input::number("service_time_s", "Service time", "s", "0.2"),
    Input::number("provisioned", "Provisioned concurrency", "", "6"),
];

pub(super) fn equation() -> Equation {
    Equation {
        id: "provisioned",
        title: "Provisioned concurrency",
        lead: "A pool of N environments is initialized and paid for by the hour. What finds all of them busy spills over to ordinary environments, and of that only a part starts cold.",
        formulas: vec![
            formula(
                row([
                    m("spill = B ( N , a ) ,"),
                    gap(),
                    m("a = λ max ( S , 0.1 s )"),
                ]),
                "The share that spills is Erlang's loss of N environments at the offered load; a request counts as at least a tenth of a second, because one environment is given ten requests a second.",
            ),
            formula(
                row([
                    m("p ="),
                    sum(m("k > N")),
                    m("B ( k − 1 , a ) P ( T_k > τ + S )"),
                ]),
                "The cold share is the sum of the section on cold starts, over the environments beyond the pool.",
            ),
        ],
        symbols: vec![
            symbol("N", "environments kept initialized", "1"),
            symbol("a", "offered load", "1"),
            symbol("B", "Erlang's loss formula", "1"),
            symbol("p", "share of all requests that start cold", "1"),
        ],
        range: "Exact for Poisson arrivals. N may follow the week on a schedule; what it costs then is rounded up to five minutes.",
        sources: [rule("lambda_requests_per_concurrency")]
            .into_iter()
            .flatten()
            .chain([paper(
                "A. K. Erlang: loss formula",
                "https://en.wikipedia.org/wiki/Erlang_(unit)",
                "1917",
            )])
            .collect(),
        trial: Some(Trial {
            inputs: INPUTS,
            compute,
            api: Some("/api/v1/method/provisioned"),
        }),
    }
}

fn compute(typed: &Typed, _: &PriceBook) -> Result<Vec<Outcome>, Vec<FieldError>> {
    let question = Provisioned {
        arrival_rate: RequestsPerSecond::new(typed.number("arrival_rate_per_s")),
        service_time: Seconds::new(typed.number("service_time_s")),
        provisioned: typed.whole("provisioned")?,
    };
    inside(question.outside())?;
    let keep_alive = model::behavior::Behavior::embedded()
        .lifecycle()
        .keep_alive
        .value;
    let cold = ColdStart {
        arrival_rate: question.arrival_rate,
        service_time: question.service_time,
        keep_alive: Seconds::new(keep_alive),
    }
    .outcome_above(question.provisioned);
    Ok(vec![
        outcome(
            "Spills over",
            format::percent(question.spill().spill_probability),
        ),
        outcome("Starts cold", format::percent(cold.cold_start_probability)),
        outcome(
            "Environments beyond the pool",
            format::number(format::significant(cold.instances, 3)),
        ),
    ])
}

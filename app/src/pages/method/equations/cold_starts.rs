//! How often a request finds no idle environment.

use model::PriceBook;
use model::behavior::Behavior;
use model::latency::cold_start::ColdStart;
use model::method::bounds::Bounded as _;
use model::system::FieldError;
use model::units::{RequestsPerSecond, Seconds};

use super::super::math::{gap, m, over, row, sum};
use super::{Equation, Outcome, Trial, formula, inside, outcome, paper, symbol};
use crate::components::trial::{Input, Typed};
use crate::format;

const INPUTS: &[Input] = &[
    Input::number("arrival_rate_per_s", "Arrivals", "a second", "0.9"),
    Input::number("service_time_s", "Service time", "s", "2"),
    Input::number("keep_alive_s", "Keep-alive", "s", "420"),
];

pub(super) fn equation() -> Equation {
    let keep_alive = &Behavior::embedded().lifecycle().keep_alive;
    let measured = Behavior::embedded()
        .source(&keep_alive.source)
        .map(|source| paper(&source.title, &source.url, &keep_alive.as_of));
    Equation {
        id: "cold-starts",
        title: "Cold starts",
        lead: "Lambda gives each request at work an environment of its own, and keeps an idle one for some minutes. Environment k is asked for only when the k\u{a0}−\u{a0}1 before it are busy. A request starts one when environment k was left alone for longer than it lives.",
        formulas: vec![
            formula(
                row([
                    m("p ="),
                    sum(m("k ≥ 1")),
                    m("B ( k − 1 , a ) P ( T_k > τ + S ) ,"),
                    gap(),
                    m("a = λ S"),
                ]),
                "The probability of a cold start is the sum over environments k from one, of Erlang's loss of k minus one environments, times the probability that the time between two of their overflows is longer than keep-alive plus service time.",
            ),
            formula(
                row([
                    m("h_0 ="),
                    over(m("λ"), m("s + λ")),
                    m(","),
                    gap(),
                    m("h_j ="),
                    over(m("λ"), m("s + λ + j ( 1 − h_j−1 ) / S")),
                ]),
                "The Laplace transform of the time between overflows of j servers follows from that of j minus one servers.",
            ),
        ],
        symbols: vec![
            symbol("p", "share of requests that start an environment", "1"),
            symbol("λ", "arrivals", "requests a second"),
            symbol("S", "service time of a warm request, mean", "seconds"),
            symbol("a", "offered load", "1"),
            symbol("τ", "keep-alive of an idle environment", "seconds"),
            symbol("B", "Erlang's loss formula", "1"),
            symbol("T_k", "time between overflows of k − 1 servers", "seconds"),
            symbol("h_j", "its transform, for j servers", "1"),
        ],
        range: "While S ≤ τ: within 5 % of simulation. AWS publishes no keep-alive; 300 to 900 s were measured. Beyond about 100 requests a second nearly all cold starts come from environments that are replaced at the end of their life, which is added. Deployments are not counted.",
        sources: [
            paper(
                "A. K. Erlang: loss formula",
                "https://en.wikipedia.org/wiki/Erlang_(unit)",
                "1917",
            ),
            paper(
                "SimFaaS, the simulator whose published runs it is checked against",
                "https://github.com/pacslab/simfaas",
                "2021",
            ),
        ]
        .into_iter()
        .chain(measured)
        .collect(),
        trial: Some(Trial {
            inputs: INPUTS,
            compute,
            api: Some("/api/v1/method/cold_start"),
        }),
    }
}

fn compute(typed: &Typed, _: &PriceBook) -> Result<Vec<Outcome>, Vec<FieldError>> {
    let question = ColdStart {
        arrival_rate: RequestsPerSecond::new(typed.number("arrival_rate_per_s")),
        service_time: Seconds::new(typed.number("service_time_s")),
        keep_alive: Seconds::new(typed.number("keep_alive_s")),
    };
    inside(question.outside())?;
    let answer = question.outcome();
    let trust = if question.in_range() {
        "yes"
    } else {
        "no: an environment lives shorter than a request"
    };
    Ok(vec![
        outcome("Cold", format::percent(answer.cold_start_probability)),
        outcome(
            "Environments alive",
            format::number(format::significant(answer.instances, 3)),
        ),
        outcome("Within range", trust),
    ])
}

//! What cold starts do to percentiles.

use model::PriceBook;
use model::latency::percentile::{Spread, WarmAndCold};
use model::method::bounds::Bounded as _;
use model::system::FieldError;
use model::units::Milliseconds;

use super::super::math::m;
use super::{Equation, Outcome, Trial, formula, inside, outcome, paper, symbol};
use crate::components::trial::{Input, Typed, wrong};
use crate::format;

const INPUTS: &[Input] = &[
    Input::number("warm.p50_ms", "Warm, median", "ms", "60"),
    Input::number("warm.p95_ms", "Warm, P95", "ms", "150"),
    Input::number("cold.p50_ms", "Cold, median", "ms", "900"),
    Input::number("cold.p95_ms", "Cold, P95", "ms", "1500"),
    Input::number("cold_start_pct", "Cold", "% of requests", "0.5"),
];

pub(super) fn equation() -> Equation {
    Equation {
        id: "percentiles",
        title: "Percentiles",
        lead: "Some requests are warm and fast, some cold and slow. Percentiles come from the mixture of both, over all hours, weighted by requests. They are never sums of percentiles: a cold start shows in the P99 only if more than 1 % of the requests are cold.",
        formulas: vec![formula(
            m("F ( t ) = ( 1 − p ) F_warm ( t ) + p F_cold ( t )"),
            "The share of requests that are done within a time is that of the warm ones and that of the cold ones, weighted by the share of cold starts.",
        )],
        symbols: vec![
            symbol("F", "share of requests done within t", "1"),
            symbol("F_warm", "the same of warm requests, lognormal", "1"),
            symbol("F_cold", "the same of cold ones, start included", "1"),
            symbol("p", "share of requests that are cold", "1"),
        ],
        range: "To 0.1 % of each percentile for lognormal durations. In a fleet a wait stands in the place of the cold start: service plus wait, integrated numerically. P99.9 is only as good as the tail you state.",
        sources: vec![paper(
            "Mixture distribution",
            "https://en.wikipedia.org/wiki/Mixture_distribution",
            "K. Pearson, 1894",
        )],
        trial: Some(Trial {
            inputs: INPUTS,
            compute,
            api: Some("/api/v1/method/mixture"),
        }),
    }
}

fn compute(typed: &Typed, _: &PriceBook) -> Result<Vec<Outcome>, Vec<FieldError>> {
    let spread = |p50: &str, p95: &str| Spread {
        p50: Milliseconds::new(typed.number(p50)),
        p95: Milliseconds::new(typed.number(p95)),
    };
    let question = WarmAndCold {
        warm: spread("warm.p50_ms", "warm.p95_ms"),
        cold: spread("cold.p50_ms", "cold.p95_ms"),
        cold_start_probability: typed.number("cold_start_pct") / 100.0,
    };
    let outside = question.outside().into_iter().map(|error| {
        if error.path == "cold_start_probability" {
            wrong("cold_start_pct", "must be between 0 and 100")
        } else {
            error
        }
    });
    inside(outside.collect())?;
    let all = question
        .percentiles()
        .map_err(|error| vec![wrong("warm.p95_ms", error.to_string())])?;
    let rows = [
        ("P50", all.p50_ms),
        ("P90", all.p90_ms),
        ("P95", all.p95_ms),
        ("P99", all.p99_ms),
        ("P99.9", all.p999_ms),
    ];
    Ok(rows
        .map(|(label, ms)| outcome(label, format::ms_precise(ms)))
        .into())
}

//! Requests a month as arrivals a second, hour by hour.

use model::PriceBook;
use model::system::FieldError;
use model::units::RequestsPerMonth;

use super::super::math::{gap, m, over, row};
use super::{Equation, Outcome, Trial, formula, outcome, paper, symbol};
use crate::components::trial::{Input, Typed};
use crate::format;

const INPUTS: &[Input] = &[
    Input::number("requests_per_month", "Requests", "a month", "2M"),
    Input::number("peak_to_mean", "Peak over mean", "times", "5"),
];

pub(super) fn equation() -> Equation {
    Equation {
        id: "week",
        title: "A week, hour by hour",
        lead: "Traffic is a profile of 168 hours with mean 1, taken from published series and stretched to the peak you name. Everything below is computed for each hour, and weighted by the requests of that hour.",
        formulas: vec![formula(
            row([
                m("λ_h ="),
                over(m("N"), m("730 × 3,600")),
                m("w_h ,"),
                gap(),
                m("mean ( w ) = 1"),
            ]),
            "The arrival rate of an hour is the requests a month over the seconds of a month, times the weight of that hour.",
        )],
        symbols: vec![
            symbol("λ_h", "arrival rate in hour h", "requests a second"),
            symbol("N", "requests", "a month of 730 hours"),
            symbol(
                "w_h",
                "weight of hour h; the largest is peak over mean",
                "1",
            ),
        ],
        range: "Within an hour arrivals are Poisson, unless you name bursts. People who retry in step, or a cron job at the full hour, are burstier than that.",
        sources: vec![paper(
            "Poisson point process, in short",
            "https://en.wikipedia.org/wiki/Poisson_point_process",
            "S. D. Poisson, 1837",
        )],
        trial: Some(Trial {
            inputs: INPUTS,
            compute,
            api: None,
        }),
    }
}

fn compute(typed: &Typed, _: &PriceBook) -> Result<Vec<Outcome>, Vec<FieldError>> {
    super::within(
        typed,
        &[
            ("requests_per_month", "traffic.requests_per_month"),
            ("peak_to_mean", "traffic.peak_to_mean"),
        ],
    )?;
    let mean = RequestsPerMonth::new(typed.number("requests_per_month")).per_second();
    let peak = mean * typed.number("peak_to_mean");
    let rate = |rate: f64| format!("{} a second", format::number(format::significant(rate, 3)));
    Ok(vec![
        outcome("On average", rate(mean.get())),
        outcome("In the busiest hour", rate(peak.get())),
    ])
}

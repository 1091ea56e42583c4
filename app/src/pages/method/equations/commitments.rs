//! Which part of a use is worth committing.

use model::PriceBook;
use model::method::bounds::{self, Bound};
use model::purchase;
use model::system::FieldError;
use model::units::HOURS_PER_MONTH;

use super::super::math::m;
use super::{Equation, Outcome, Trial, formula, inside, outcome, paper, symbol};
use crate::components::trial::{Input, Typed};
use crate::format;

const INPUTS: &[Input] = &[
    Input::number("base", "Units at all times", "", "4"),
    Input::number("more", "Further units by day", "", "6"),
    Input::number("hours", "for", "hours a month", "240"),
    Input::number("discount_pct", "Discount", "%", "28"),
];

pub(super) fn equation() -> Equation {
    Equation {
        id: "commitments",
        title: "Commitments",
        lead: "A committed unit is paid for every hour at a discount, used or not. It pays where it is in use for more than one minus the discount of the time. So the base is committed and the peaks stay on demand.",
        formulas: vec![formula(
            m("commit the largest k with H_k > ( 1 − d ) 730"),
            "Commit the largest number of units that is in use for more hours a month than one minus the discount, times 730.",
        )],
        symbols: vec![
            symbol("k", "units committed", "1"),
            symbol(
                "H_k",
                "hours in which at least k are in use",
                "hours a month",
            ),
            symbol("d", "discount of the commitment", "1"),
        ],
        range: "Paid monthly: what is paid upfront, and what money costs, are not modelled. Nothing is committed where the traffic is a guess: that is for you to judge.",
        sources: vec![paper(
            "Newsvendor model: the same trade-off",
            "https://en.wikipedia.org/wiki/Newsvendor_model",
            "F. Y. Edgeworth, 1888",
        )],
        trial: Some(Trial {
            inputs: INPUTS,
            compute,
            api: None,
        }),
    }
}

const UNITS: Bound = Bound {
    low: 0.0,
    high: 1e6,
};
const PERCENT: Bound = Bound {
    low: 0.0,
    high: 100.0,
};

fn compute(typed: &Typed, _: &PriceBook) -> Result<Vec<Outcome>, Vec<FieldError>> {
    let [base, more, hours, discount] =
        ["base", "more", "hours", "discount_pct"].map(|name| typed.number(name));
    inside(bounds::outside(&[
        ("base", base, UNITS),
        ("more", more, UNITS),
        (
            "hours",
            hours,
            Bound {
                low: 0.0,
                high: HOURS_PER_MONTH,
            },
        ),
        ("discount_pct", discount, PERCENT),
    ]))?;
    let of_month = [(base + more, hours), (base, HOURS_PER_MONTH - hours)];
    let split = purchase::split(&of_month, 1.0 - discount / 100.0);
    Ok(vec![
        outcome(
            "Commit",
            format!("{} units", format::quantity(split.committed)),
        ),
        outcome(
            "On demand",
            format!(
                "{} unit-hours a month",
                format::quantity(split.on_demand_hours)
            ),
        ),
    ])
}

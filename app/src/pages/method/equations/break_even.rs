//! Where two costs meet.

use model::PriceBook;
use model::method::bounds::{self, Bound};
use model::method::{Line, TwoLines};
use model::system::FieldError;

use super::super::math::{m, over, row};
use super::{Equation, Outcome, Trial, formula, inside, outcome, paper, symbol};
use crate::components::trial::{Input, Typed};
use crate::format;

const INPUTS: &[Input] = &[
    Input::number("functions_fixed", "Functions, fixed", "$ a month", "0"),
    Input::number(
        "functions_per_million",
        "Functions, a million requests",
        "$",
        "3.5",
    ),
    Input::number("containers_fixed", "Containers, fixed", "$ a month", "90"),
    Input::number(
        "containers_per_million",
        "Containers, a million requests",
        "$",
        "0.3",
    ),
];

pub(super) fn equation() -> Equation {
    Equation {
        id: "break-even",
        title: "Break-even",
        lead: "Two costs that each have a fixed part and a part for every request meet once. Real fleets climb in stairs, so the model searches every volume from a thousand to a hundred billion requests a month: a crossing is where two totals agree to 0.1 %, a step is where one of them jumps past the other. All of them are shown.",
        formulas: vec![formula(
            row([m("n ="), over(m("F_2 − F_1"), m("v_1 − v_2"))]),
            "The break-even is the difference of the fixed costs over the difference of the costs of a request.",
        )],
        symbols: vec![
            symbol("n", "requests at which both cost the same", "a month"),
            symbol("F_1 , F_2", "fixed cost of each", "US dollars a month"),
            symbol(
                "v_1 , v_2",
                "cost of one more request of each",
                "US dollars",
            ),
        ],
        range: "The formula is for straight lines. The answer of a workload counts stairs, tiers and the shape of the week, and assumes that cost rises with volume; the line of starting up can fall, by less than shows.",
        sources: vec![paper(
            "Break-even point",
            "https://en.wikipedia.org/wiki/Break-even_point",
            "J. F. Schär, 1911",
        )],
        trial: Some(Trial {
            inputs: INPUTS,
            compute,
            api: None,
        }),
    }
}

const USD: Bound = Bound {
    low: 0.0,
    high: 1e9,
};
const MILLION: f64 = 1e6;

fn compute(typed: &Typed, _: &PriceBook) -> Result<Vec<Outcome>, Vec<FieldError>> {
    let checks: Vec<_> = INPUTS
        .iter()
        .map(|input| (input.name, typed.number(input.name), USD))
        .collect();
    inside(bounds::outside(&checks))?;
    let line = |fixed: &str, each: &str| Line {
        fixed_usd: typed.number(fixed),
        usd_per_request: typed.number(each) / MILLION,
    };
    let lines = TwoLines {
        left: line("functions_fixed", "functions_per_million"),
        right: line("containers_fixed", "containers_per_million"),
    };
    let Some(requests) = lines.break_even() else {
        return Ok(vec![outcome(
            "They do not meet",
            "one is the cheaper at every volume, or both are the same",
        )]);
    };
    let usd = lines.left.fixed_usd + lines.left.usd_per_request * requests;
    Ok(vec![
        outcome("Break-even", format!("{} a month", format::count(requests))),
        outcome("Both cost", format::usd_headline(usd)),
    ])
}

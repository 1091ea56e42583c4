//! How sure an answer is, and what is worth finding out.

use super::super::math::{m, over, row, sum};
use super::{Equation, formula, paper, rule, symbol};

pub(super) fn equation() -> Equation {
    Equation {
        id: "confidence",
        title: "How sure are we?",
        lead: "A number that you give as a range, and each one that is assumed, is drawn a thousand times from its range. Confidence is the share of draws in which the verdict is the cheapest that fits. Regret is what the verdict costs more than the best of each draw, on average. The value of information of an answer is the regret that knowing it would save: that is the question to measure first.",
        formulas: vec![
            formula(
                row([
                    m("regret ="),
                    over(m("1"), m("M")),
                    sum(m("i")),
                    m("( C_i ( verdict ) − min C_i )"),
                ]),
                "Regret is the mean over all draws of the cost of the verdict less the cost of the cheapest.",
            ),
            formula(
                m("value of x = regret − regret if x is known"),
                "The value of knowing an answer is the regret without it less the regret with it.",
            ),
        ],
        symbols: vec![
            symbol(
                "M",
                "draws, from a fixed seed: the same question has the same answer",
                "1",
            ),
            symbol("C_i", "costs in draw i", "US dollars a month"),
            symbol(
                "x",
                "one answer, known to the half of its range in which it lies",
                "its own",
            ),
        ],
        range: "It measures what is not known about your workload, not whether the model is right. Below 80 % the cheaper side is not named alone: the answer is either, and the team decides. Answers are drawn independently of each other.",
        sources: [rule("confident_enough"), rule("regret_band")]
            .into_iter()
            .flatten()
            .chain([paper(
                "Value of information",
                "https://en.wikipedia.org/wiki/Value_of_information",
                "R. A. Howard, 1966",
            )])
            .collect(),
        trial: None,
    }
}

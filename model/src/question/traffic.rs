//! How much comes in, and when.

use super::relevance::{batched, has_a_peak};
use super::{Choice, Form, Question, typical};
use crate::traffic::ShapeName;

fn shapes() -> Vec<Choice> {
    ShapeName::ALL
        .iter()
        .map(|shape| Choice {
            value: shape.name(),
            label: shape.label(),
        })
        .collect()
}

pub(super) const QUESTIONS: &[Question] = &[
    Question::number(
        "traffic.requests_per_month",
        "Traffic",
        "How much traffic does it get?",
        "Functions are paid by the request, containers by the hour: this decides more than anything else.",
    )
    .required()
    .typically(&[
        typical("50k", "an internal tool"),
        typical("1M", "a small product"),
        typical("100/s", "a busy API, 263 million a month"),
        typical("500k..2M", "if you only know the range"),
    ]),
    Question::new(
        "traffic.shape",
        "The week",
        "What does a day look like?",
        "Containers are paid for the quiet hours too, so the shape of the week moves the break-even.",
        Form::One(shapes),
    ),
    Question::number(
        "traffic.peak_to_mean",
        "Peak against the mean",
        "How big is the busiest hour against the average hour?",
        "Containers are sized for the peak; functions follow it.",
    )
    .when(has_a_peak)
    .typically(&[typical("2", "a gentle wave"), typical("5", "a usual product"), typical("10", "launches, a seasonal shop")]),
    Question::number("traffic.batch_size", "Batch size", "How many messages does one invocation handle?", "Batches save requests, not computing.")
    .when(batched),
    Question::number(
        "traffic.growth_per_month_pct",
        "Growth",
        "How fast does the traffic grow?",
        "A verdict that holds today may flip within the horizon.",
    ),
];

//! How much comes in, and when.

use super::relevance::{batched, has_a_peak, several_components, unscheduled};
use super::{Cell, Choice, Column, Form, Question, Rows, typical};
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

const BURSTS: Rows = Rows {
    one: "Burst",
    columns: &[
        Column::number("height", "Height", "times the mean"),
        Column::number("minutes", "Lasts", "minutes"),
        Column::number("per_week", "How often", "a week"),
        Column::number("arrives_within_s", "Rises within", "s"),
        Column::other("announced", "Known ahead", Cell::Flag),
    ],
};

const LINKS: Rows = Rows {
    one: "Link",
    columns: &[
        Column::other("from", "This part", Cell::Component),
        Column::other("to", "calls this part", Cell::Component),
        Column::number("calls_per_request", "How often", "calls a request"),
    ],
};

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
    Question::new(
        "traffic.shape.hourly",
        "Hours of the week",
        "Do you have the traffic of each hour?",
        "Your own numbers, in any unit, win over the shape above: 24 for a day, or 168 for a week from Monday 00:00.",
        Form::Hours,
    )
    .rarely(),
    Question::new(
        "traffic.bursts",
        "Bursts",
        "Are there bursts shorter than an hour?",
        "Functions follow a burst only so fast, and containers need minutes; what stands idle for it costs money.",
        Form::Rows(&BURSTS),
    )
    .when(unscheduled)
    .rarely(),
    Question::number("traffic.batch_size", "Batch size", "How many messages does one invocation handle?", "Batches save requests, not computing.")
.typically(&[typical("1", "one message, one invocation"),
typical("10", "the default of SQS"),
typical("100", "the default of Kinesis")])
    .when(batched),
    Question::number(
        "traffic.growth_per_month_pct",
        "Growth",
        "How fast does the traffic grow?",
        "A verdict that holds today may flip within the horizon.",
    )
.typically(&[typical("0", "an internal tool"),
typical("5", "80 % a year"),
typical("15", "five times a year")]),
    Question::new(
        "links",
        "Links between parts",
        "Which part calls which?",
        "A called part gets that many requests for each request of its caller, and the time adds up.",
        Form::Rows(&LINKS),
    )
    .when(several_components),
];

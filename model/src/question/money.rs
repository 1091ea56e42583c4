//! How it is paid for and who runs it.

use super::relevance::{looks_ahead, on_functions, several_components, shared_instances};
use super::{Cell, Choice, Column, Form, Question, Rows, choices, typical};
use crate::bill::Group;
use crate::system::{Availability, Commitment};

fn groups() -> Vec<Choice> {
    Group::ALL
        .iter()
        .map(|group| Choice {
            value: group.name(),
            label: group_label(*group),
        })
        .collect()
}

/// The words for a group of the bill.
#[must_use]
pub const fn group_label(group: Group) -> &'static str {
    match group {
        Group::Compute => "Computing",
        Group::Requests => "Requests",
        Group::FrontDoor => "Front door",
        Group::Network => "Network",
        Group::Logs => "Logs",
        Group::Storage => "Storage",
        Group::State => "State and services",
        Group::Commitment => "Commitments",
        Group::FreeTier => "Free tier",
        Group::Environments => "Other environments",
    }
}

const ENVIRONMENTS: Rows = Rows {
    one: "Environment",
    columns: &[
        Column::other("name", "Name", Cell::Text),
        Column::number("hours_per_week", "Up", "hours a week"),
        Column::number("scale", "Size", "of production"),
    ],
};

const RATES: Rows = Rows {
    one: "Price",
    columns: &[
        Column::other("id", "Price id", Cell::Text),
        Column::number("usd", "Your price", "$ a unit"),
    ],
};

const OWN_PURCHASE: &str = "Where it is left open, the part is bought as the system is.";

pub(super) const QUESTIONS: &[Question] = &[
    Question::flag(
        "purchase.free_tier",
        "Free tier",
        "Count the free tier?",
        "An account has it once for all its functions, and most have used it.",
    ),
    Question::new(
        "purchase.commitment",
        "Commitment",
        "Will you commit for a year or three?",
        "A commitment makes steady containers 20 to 50 % cheaper, functions up to about 12 %.",
        Form::One(choices!(Commitment::ALL, id)),
    ),
    Question::flag(
        "purchase.spot",
        "Spot",
        "May it be interrupted (Spot)?",
        "Spot capacity is about two thirds cheaper and can be taken away with two minutes' notice.",
    ),
    Question::number(
        "purchase.discount_pct",
        "Own discount",
        "Do you have a discount of your own?",
        "It applies to all lines of the bill.",
    )
.typically(&[typical("0", "list prices"),
typical("10", "a private agreement")])
    .unit_is("%"),
    Question::new(
        "component.purchase.commitment",
        "Commitment of the part",
        "Is a commitment bought for this part alone?",
        OWN_PURCHASE,
        Form::One(choices!(Commitment::ALL, id)),
    )
    .when(several_components)
    .rarely(),
    Question::flag(
        "component.purchase.spot",
        "Spot for the part",
        "May this part be interrupted (Spot)?",
        OWN_PURCHASE,
    )
    .when(several_components)
    .rarely(),
    Question::number(
        "component.purchase.discount_pct",
        "Discount on the part",
        "Is there a discount on this part alone?",
        OWN_PURCHASE,
    )
    .unit_is("%")
    .when(several_components)
    .rarely(),
    Question::flag(
        "component.purchase.free_tier",
        "Free tier for the part",
        "Count the free tier for this part?",
        OWN_PURCHASE,
    )
    .when(several_components)
    .rarely(),
    Question::new(
        "rates",
        "Own prices",
        "Do you pay other prices than the list?",
        "They replace the price book's, by the id that stands on the page of prices; every report lists them.",
        Form::Rows(&RATES),
    )
    .rarely(),
    Question::new(
        "exclude",
        "Left out of the bill",
        "Which parts of the bill shall be left out?",
        "What you pay anyway may hide the difference; every report lists what was left out.",
        Form::Many(groups),
    )
    .rarely(),
    Question::new(
        "operations.availability",
        "Availability",
        "How many zones must it be spread over?",
        "Containers need a task in each; functions are spread already.",
        Form::One(choices!(Availability::ALL, id)),
    ),
    Question::new(
        "operations.environments",
        "Environments",
        "Which environments are there?",
        "Test environments idle most of the week; what scales to zero costs nothing then. The first row is production.",
        Form::Rows(&ENVIRONMENTS),
    ),
    Question::number(
        "operations.utilization_target",
        "Target utilization",
        "How busy may the containers be?",
        "Headroom costs money; too little of it costs latency.",
    )
    .when(shared_instances)
    .rarely()
    .unit_is("of a vCPU")
    .typically(&[typical("0.6", "a usual target")]),
    Question::number(
        "operations.account_concurrency",
        "Account concurrency",
        "What is your account's Lambda concurrency?",
        "All functions of an account and region share it.",
    )
.typically(&[typical("1000", "the quota of a new account")])
    .when(on_functions)
    .rarely()
    .unit_is("environments"),
    Question::number(
        "operations.team_container_skill",
        "Team: containers",
        "How well does the team know containers?",
        "Where the costs are close, the team decides.",
    )
.typically(&[typical("0", "new to it"),
typical("2", "runs it in production"),
typical("3", "teaches it to others")])
    .unit_is("of 3"),
    Question::number(
        "operations.team_serverless_skill",
        "Team: serverless",
        "How well does the team know serverless?",
        "Where the costs are close, the team decides.",
    )
.typically(&[typical("0", "new to it"),
typical("2", "runs it in production"),
typical("3", "teaches it to others")])
    .unit_is("of 3"),
    Question::number(
        "today_usd_per_month",
        "Paid today",
        "What do you pay today?",
        "It tells whether changing is worth it.",
    )
    .unit_is("$ a month"),
    Question::number(
        "migration_usd",
        "Cost of moving",
        "What would moving cost once?",
        "A saving must pay it back within the horizon.",
    )
    .when(looks_ahead)
    .unit_is("$"),
    Question::number(
        "horizon_months",
        "Horizon",
        "How far ahead shall we look?",
        "Growth counts within this time.",
    )
.typically(&[typical("24", "two years")])
    .unit_is("months")
    .when(looks_ahead),
    Question::new(
        "name",
        "Name",
        "What shall it be called?",
        "A name is for people.",
        Form::Text,
    ),
    Question::new(
        "notes",
        "Notes",
        "Anything worth noting?",
        "Notes are for people.",
        Form::Text,
    )
    .rarely(),
];

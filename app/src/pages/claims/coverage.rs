//! "Covers 90 % of cases": asked of the example workloads.

use leptos::prelude::*;
use model::PriceBook;
use model::claims::coverage::Case;
use model::claims::{Coverage, Standing, coverage};
use model::method::bounds::{self, Bound};

use super::section::{Answer, Section};
use crate::components::trial::{Input, Typed};
use crate::format;
use crate::markup::IntoMarkup as _;
use crate::url_state::Pairs;

pub(super) const INPUTS: &[Input] = &[Input::number("covered_pct", "Covers", "% of cases", "90")];

const PERCENT: Bound = Bound {
    low: 0.0,
    high: 100.0,
};

pub(super) fn section(pairs: &Pairs, book: &PriceBook) -> Section {
    let typed = Typed::read("", INPUTS, pairs);
    let region = Typed::read("", super::cost::FUNCTIONS, pairs).region("region");
    let said = format!(
        "Lambda, DynamoDB, SQS, Step Functions and EventBridge cover {} % of cases",
        typed.said("covered_pct", format::number)
    );
    Section::new("coverage", said, typed, |typed| {
        let claimed = typed.number("covered_pct");
        let outside = bounds::outside(&[("covered_pct", claimed, PERCENT)]);
        if outside.is_empty() {
            Ok(answer(&coverage(claimed / 100.0, region, book)))
        } else {
            Err(outside)
        }
    })
}

fn answer(coverage: &Coverage) -> Answer {
    let count = coverage.cases.len();
    let (covered, chosen) = (
        format::percent(coverage.covered_share()),
        format::percent(coverage.chosen_share()),
    );
    let finding = match coverage.standing() {
        Standing::Holds => {
            format!("of {count} cases here functions are the better choice in {chosen}.")
        }
        Standing::OnlyIf => format!(
            "to cover means to be able to: functions can run {covered} of {count} cases here, and are the better choice in {chosen}."
        ),
        Standing::Not => format!(
            "functions can run {covered} of {count} cases here within their latency targets, and are the better choice in {chosen}."
        ),
    };
    let rows = coverage.cases.iter().map(row).collect_view();
    Answer {
        standing: coverage.standing(),
        finding: finding.into_markup(),
        leaves_out: "Whose cases, and whether covering them is also cheap. The cases here are the examples of this site: chosen to differ, the article's own among them, and no sample of anybody's work.".into_markup(),
        holds: "Most things that a team builds can run on it. What cannot: work of more than 15 minutes in one piece, GPUs, raw sockets, and what keeps much in memory.".into_markup(),
        table: view! {
            <details>
                <summary>"The cases, one by one"</summary>
                <table>
                    <caption class="visually-hidden">"Example workloads on functions"</caption>
                    <thead><tr><th scope="col">"Case"</th><th scope="col">"Functions can"</th><th scope="col">"Functions should"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        }.into_markup(),
    }
}

fn row(case: &Case) -> impl IntoView + use<> {
    let yes = |is: bool| if is { "yes" } else { "no" };
    let part = (!case.component.is_empty()).then(|| format!(", {}", case.component));
    view! {
        <tr>
            <th scope="row">{case.title} {part}</th>
            <td>{yes(case.covered)}</td>
            <td>{yes(case.chosen)}</td>
        </tr>
    }
}

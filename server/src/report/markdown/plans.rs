//! The sections on plans: the whole system, one component in two places, and what growth does.

use app::format::{number, percent, usd_cents};
use model::evaluation::{ComponentEvaluation, Evaluation, SplitCost};

use super::escape::escape;
use super::{line, table};

/// A platform's name for people, where the evaluation has it.
fn platform(evaluation: &Evaluation, id: &str) -> String {
    let options = evaluation
        .components
        .iter()
        .flat_map(|component| &component.options);
    let named = options.clone().find(|option| option.platform == id);
    escape(named.map_or(id, |option| option.label.as_str()))
}

pub(super) fn plans(text: &mut String, evaluation: &Evaluation) {
    line(text, "## Plans for the whole system");
    let rows = evaluation.totals.iter().map(|plan| {
        let name = match plan.plan.as_str() {
            "all_serverless" => "All serverless".to_owned(),
            "all_containers" => "All in containers".to_owned(),
            "hybrid" => "Each where it is best".to_owned(),
            other => escape(&other.replace('_', " ")),
        };
        let cost = plan
            .monthly_usd
            .map_or_else(|| "not possible".to_owned(), usd_cents);
        let places: Vec<String> = plan
            .platforms
            .iter()
            .map(|id| platform(evaluation, id))
            .collect();
        [
            name,
            cost,
            usd_cents(plan.saved_by_sharing_usd),
            places.join(", "),
        ]
    });
    table(
        text,
        [
            "Plan",
            "Estimated cost a month",
            "Saved by sharing, in the cost",
            "Platforms, component by component",
        ],
        rows,
    );
}

pub(super) fn base_and_burst(text: &mut String, component: &ComponentEvaluation) {
    let Some(split) = &component.base_and_burst else {
        return;
    };
    let label = |id: &str| {
        let mut options = component.options.iter();
        escape(
            options
                .find(|option| option.platform == id)
                .map_or(id, |option| option.label.as_str()),
        )
    };
    line(text, "### Base and bursts");
    let by = if split.mechanism == "queue" {
        "workers take from the queue what they can, functions the rest"
    } else {
        "a weighted target group of the load balancer shares out the requests"
    };
    line(
        text,
        &format!(
            "A standing base on {}, what exceeds it on {}: {by}. The cheapest split has {} tasks as base, {} of the \
             requests on functions, and costs {} a month.",
            label(&split.base_platform),
            label(&split.burst_platform),
            number(split.best.base_units),
            percent(split.best.burst_share),
            usd_cents(split.best.monthly_usd),
        ),
    );
    let rows = split.splits.iter().map(|split: &SplitCost| {
        [
            number(split.base_units),
            percent(split.burst_share),
            usd_cents(split.monthly_usd),
            if split.meets_target { "kept" } else { "missed" }.to_owned(),
        ]
    });
    table(
        text,
        [
            "Tasks as base",
            "Requests on functions",
            "Estimated cost a month",
            "Latency target",
        ],
        rows,
    );
}

/// When another platform becomes the cheapest, where one does.
pub(super) fn switch(text: &mut String, evaluation: &Evaluation) {
    let Some(switch) = &evaluation.switch else {
        return;
    };
    line(text, "## As it grows");
    let pays = switch.pays_back_months.map_or_else(
        || "Moving then does not pay for itself within the horizon.".to_owned(),
        |months| {
            format!(
                "Moving then pays for itself after {months} months and saves {} until the horizon.",
                usd_cents(switch.saved_usd)
            )
        },
    );
    let commitment = switch.commitment_ends.map_or_else(String::new, |month| {
        format!(" A commitment made today runs until month {month}.")
    });
    line(
        text,
        &format!(
            "In month {} {} becomes cheaper than {}. {pays}{commitment}",
            switch.month,
            platform(evaluation, &switch.to),
            platform(evaluation, &switch.from),
        ),
    );
}

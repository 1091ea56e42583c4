//! What the reader should know beside the numbers.

use crate::advice;
use crate::evaluation::ComponentEvaluation;
use crate::price::PriceBook;
use crate::system::{Answer, Commitment, State, System};
use crate::workload::Workload;

/// What the reader should know beside the numbers.
pub(crate) fn warnings(
    system: &System,
    components: &[ComponentEvaluation],
    workloads: &[Workload],
) -> Vec<String> {
    let mut warnings = Vec::new();
    for (component, workload) in components.iter().zip(workloads) {
        advice::warnings(component, workload, &mut warnings);
    }
    without_effect(system, &mut warnings);
    not_counted(system, &mut warnings);
    warnings
}

/// Answers that name something which is not there.
fn without_effect(system: &System, warnings: &mut Vec<String>) {
    for id in system
        .rates
        .keys()
        .filter(|id| !PriceBook::embedded().knows(id))
    {
        warnings.push(format!(
            "rates.{id:.100} is no price id of the price book: it changes nothing."
        ));
    }
    for (index, link) in system.links.iter().enumerate() {
        for name in [&link.from, &link.to] {
            if !system
                .components
                .iter()
                .any(|component| component.name == *name)
            {
                warnings.push(format!(
                    "links[{index}] names a component that is not there: {name:.60}."
                ));
            }
        }
    }
}

/// Answers that this version of the model takes and does not count yet: said, never hidden.
fn not_counted(system: &System, warnings: &mut Vec<String>) {
    let mut note = |condition: bool, what: &str| {
        if condition {
            warnings.push(format!(
                "{what} this version does not count; the bills leave it out."
            ));
        }
    };
    let purchases = || {
        system
            .components
            .iter()
            .filter_map(|component| component.purchase.as_ref())
            .chain(&system.purchase)
    };
    let committed = |commitment: Commitment| commitment != Commitment::None;
    note(
        purchases().any(|purchase| purchase.commitment.is_some_and(committed)),
        "A commitment (savings plan, reservation)",
    );
    note(
        purchases().any(|purchase| purchase.spot == Some(true)),
        "Spot capacity",
    );
    note(
        system
            .components
            .iter()
            .any(|component| has_state(&component.state)),
        "State and integration services (tables, queues, workflows, caches, databases)",
    );
}

/// Whether any state need is above zero; WebSocket connections are on the bill.
fn has_state(state: &State) -> bool {
    let needs = [
        state.key_value_reads,
        state.key_value_writes,
        state.queue_messages,
        state.workflow_steps,
        state.events,
        state.object_reads,
        state.object_writes,
        state.storage_gb,
        state.cache_gb,
        state.relational_connections,
    ];
    needs
        .into_iter()
        .flatten()
        .any(|answer: Answer| answer.bounds().1 > 0.0)
}

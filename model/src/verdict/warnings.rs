//! What the reader should know beside the numbers.

use crate::advice;
use crate::evaluation::ComponentEvaluation;
use crate::platform::commitment_note;
use crate::price::PriceBook;
use crate::state;
use crate::system::{Answer, Environment, System};
use crate::units::HOURS_PER_WEEK;
use crate::wording;
use crate::workload::{Workload, beside_production};

/// What the reader should know beside the numbers.
pub(crate) fn warnings(
    system: &System,
    components: &[ComponentEvaluation],
    workloads: &[Workload],
) -> Vec<String> {
    let mut warnings = Vec::new();
    for (component, workload) in components.iter().zip(workloads) {
        advice::warnings(component, workload, &mut warnings);
        warnings.extend(state::warnings(workload));
    }
    without_effect(system, &mut warnings);
    taken_otherwise(system, workloads, &mut warnings);
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

/// Answers that mean something else than they may seem to.
fn taken_otherwise(system: &System, workloads: &[Workload], warnings: &mut Vec<String>) {
    for (component, workload) in system.components.iter().zip(workloads) {
        let stated = component
            .traffic
            .requests_per_month
            .map_or(0.0, Answer::typical);
        let linked = workload.linked_requests.get();
        if linked > stated {
            warnings.push(format!(
                "Links bring {} {} requests a month, more than the {} stated: they are counted.",
                workload.name,
                wording::short(linked),
                wording::short(stated)
            ));
        }
    }
    let whole = |environment: &Environment| {
        (environment.hours_per_week - HOURS_PER_WEEK).abs() < f64::EPSILON
            && (environment.scale - 1.0).abs() < f64::EPSILON
    };
    let beside: Vec<&Environment> = beside_production(system).collect();
    let all = system.operations.environments.iter().flatten();
    let mut production = all.filter(|environment| !beside.contains(environment));
    if production.any(|environment| !whole(environment)) {
        warnings.push(
            "Production is taken to be up all week at its own scale; hours and scale count for the environments beside it."
                .to_owned(),
        );
    }
    for workload in workloads {
        let note = commitment_note(workload.terms.commitment);
        let new = note.filter(|note| !warnings.iter().any(|warning| warning == note));
        warnings.extend(new.map(str::to_owned));
    }
}

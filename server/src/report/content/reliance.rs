//! What the answer relies on: the risks, and what was assumed.

use app::components::assumptions::value_words;
use app::components::verdict::{chosen, confidence_words, label};
use app::format::usd_headline;
use model::evaluation::Assumption;
use model::question::question;

use super::super::Subject;
use super::{Block, Part, Row, Section, Table, called, words};

/// As sure as this leaves no doubt to speak of.
const SURE: f64 = 0.95;

pub(super) fn risks(subject: &Subject<'_>) -> Section {
    let evaluation = subject.evaluation;
    let verdict = &evaluation.verdict;
    let mut said = Vec::new();
    if let Some(confidence) = verdict.confidence.filter(|confidence| *confidence < SURE) {
        let cost = verdict
            .regret_usd
            .filter(|usd| *usd >= 0.01)
            .map_or_else(String::new, |usd| {
                format!(" Being wrong would cost {} a month.", usd_headline(usd))
            });
        said.push(format!(
            "The ranges of the answers leave the choice open: it is the cheapest in {} of the draws.{cost}",
            confidence_words(confidence)
        ));
    }
    let open: Vec<&str> = evaluation
        .assumptions
        .iter()
        .filter(|assumption| assumption.could_flip)
        .map(name)
        .collect();
    if !open.is_empty() {
        said.push(format!(
            "Assumed, and could flip the answer: {}.",
            distinct(&open).join(", ")
        ));
    }
    for component in &evaluation.components {
        let option = chosen(&component.options, component.verdict.platform.as_deref());
        if option.is_some_and(|option| option.fit.provisional) {
            said.push(format!(
                "{}: a limit was last verified over a year ago.",
                called(component)
            ));
        }
        if let Some(first) = component
            .information
            .first()
            .filter(|first| first.value_usd_per_month >= 0.01)
        {
            let asked = question(&first.input).map_or(first.input.as_str(), |asked| asked.name);
            said.push(format!(
                "{asked} is worth measuring first: knowing it is worth {} a month.",
                usd_headline(first.value_usd_per_month)
            ));
        }
    }
    if let Some(switch) = &evaluation.switch {
        said.push(format!(
            "Growth moves the answer: from month {} on {} is the cheapest that fits.",
            switch.month,
            label(evaluation, &switch.to)
        ));
    }
    said.extend(evaluation.warnings.iter().cloned());
    let blocks = if said.is_empty() {
        Vec::new()
    } else {
        vec![Block::list(said)]
    };
    Section::new(
        Part::Risks,
        "Risks, and what to know beside the numbers",
        blocks,
    )
}

/// Each once, in the order in which they came.
fn distinct<'n>(names: &[&'n str]) -> Vec<&'n str> {
    let mut found = Vec::new();
    for name in names {
        if !found.contains(name) {
            found.push(*name);
        }
    }
    found
}

fn name(assumption: &Assumption) -> &str {
    question(&assumption.input).map_or(assumption.input.as_str(), |asked| asked.name)
}

pub(super) fn assumptions(subject: &Subject<'_>) -> Section {
    let evaluation = subject.evaluation;
    let several = evaluation.components.len() > 1;
    let (open, rest): (Vec<_>, Vec<_>) = evaluation
        .assumptions
        .iter()
        .partition(|assumption| assumption.could_flip);
    let rows: Vec<Row> = open
        .into_iter()
        .chain(rest)
        .map(|assumption| {
            let of = component_of(&assumption.input)
                .filter(|_| several)
                .and_then(|index| evaluation.components.get(index))
                .map_or_else(String::new, |component| format!("{}: ", called(component)));
            let flips = if assumption.could_flip {
                "; could flip the answer"
            } else {
                ""
            };
            Row::of([
                format!("{of}{}", name(assumption)),
                value_words(&assumption.input, &assumption.value),
                format!("{}{flips}", assumption.provenance.label()),
                assumption.consequence.clone(),
            ])
        })
        .collect();
    let blocks = if rows.is_empty() {
        vec![Block::paragraph("Nothing: every value was stated.")]
    } else {
        vec![Block::Table(Table {
            caption: format!(
                "{} answers were not given, so defaults stand in for them",
                rows.len()
            ),
            columns: vec![
                words("Answer", 3),
                words("Value", 2),
                words("How sure", 2),
                words("What hangs on it", 5),
            ],
            rows,
        })]
    };
    Section::new(Part::Assumptions, "What is assumed", blocks)
}

/// The number of the component in `components[2].work.cpu_ms`.
fn component_of(input: &str) -> Option<usize> {
    let (number, _) = input.strip_prefix("components[")?.split_once(']')?;
    number.parse().ok()
}

//! What the answer relies on: the risks, and what was assumed.

use app::components::assumptions::value_words;
use app::components::verdict::{confidence_words, label};
use app::format::usd_headline;
use model::evaluation::{Assumption, Family};
use model::question::question;

use super::super::Subject;
use super::{Block, Part, Row, Section, Table, called, named, words};

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
            "The ranges of the answers leave the choice open: {} the cheaper side in {} of the draws.{cost}",
            side(verdict.family),
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
    for (index, component) in evaluation.components.iter().enumerate() {
        if subject
            .evaluation
            .choice(index)
            .is_some_and(|option| option.fit.provisional)
        {
            let of = named(component).map_or_else(String::new, |name| format!(" of {name}"));
            said.push(format!(
                "A limit of the choice{of} was last verified over a year ago."
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
    said.extend(
        evaluation
            .warnings
            .iter()
            .map(|warning| plain(subject, warning)),
    );
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

/// The side of the choice, with its verb.
const fn side(family: Family) -> &'static str {
    match family {
        Family::Serverless => "serverless is",
        Family::Containers => "containers are",
        Family::Either | Family::Hybrid | Family::None => "it is",
    }
}

/// A warning without the number that stands for the name of the only component.
fn plain(subject: &Subject<'_>, warning: &str) -> String {
    let alone = match &subject.evaluation.components[..] {
        [component] if named(component).is_none() => Some(component.name.trim()),
        _ => None,
    };
    let rest = alone
        .and_then(|name| warning.strip_prefix(name))
        .and_then(|rest| rest.strip_prefix(": "));
    let Some(rest) = rest else {
        return warning.to_owned();
    };
    let mut letters = rest.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
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

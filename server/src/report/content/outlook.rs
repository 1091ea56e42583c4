//! What would flip the answer, and how one will know.

use app::components::assumptions::value_words;
use app::components::verdict::label;
use app::format::significant;
use model::question::question;
use model::watch::{Watch, watches};

use super::super::Subject;
use super::{Block, Part, Row, Section, Table, each, numbers, words};

pub(super) fn flips(subject: &Subject<'_>) -> Section {
    let evaluation = subject.evaluation;
    let blocks = each(subject, |component, index| {
        if subject.evaluation.choice(index).is_none() {
            return Vec::new();
        }
        if component.flips.is_empty() {
            return vec![Block::paragraph(
                "No single answer, moved within its bounds, changes the choice.",
            )];
        }
        let rows = component.flips.iter().map(|flip| {
            let name = question(&flip.input).map_or(flip.input.as_str(), |asked| asked.name);
            Row::of([
                name.to_owned(),
                value_words(&flip.input, &flip.now.into()),
                value_words(&flip.input, &significant(flip.at, 3).into()),
                label(evaluation, &flip.winner).to_owned(),
            ])
        });
        vec![Block::Table(Table {
            caption: "Each answer alone, the others as they are".to_owned(),
            columns: vec![
                words("Answer", 1),
                numbers("Now"),
                numbers("Flips at"),
                words("Then wins", 1),
            ],
            rows: rows.collect(),
        })]
    });
    Section::new(Part::Flips, "What would flip this", blocks)
}

/// What to measure, past which threshold to look again, and when in any case.
pub(super) fn confirmation(subject: &Subject<'_>) -> Section {
    let several = subject.evaluation.components.len() > 1;
    let row = |watch: Watch| {
        let of = if several && !watch.component.is_empty() {
            format!("{}: ", watch.component)
        } else {
            String::new()
        };
        Row::of([
            format!("{of}{}", watch.metric.label()),
            watch.condition(),
            watch.because,
        ])
    };
    let watches = watches(subject.system, subject.evaluation);
    let mut blocks = Vec::new();
    if !watches.is_empty() {
        blocks.push(Block::Table(Table {
            caption: format!(
                "Each alone is reason enough to evaluate again; so are a measured computing time and peak, and a price book \
                 newer than {}",
                subject.evaluation.price_book
            ),
            columns: vec![
                words("Measured", 3),
                words("Look again", 3),
                words("Because", 9),
            ],
            rows: watches.into_iter().map(row).collect(),
        }));
    }
    Section::new(Part::Confirmation, "How we will know", blocks)
}

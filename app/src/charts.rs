//! Charts: pure functions from an evaluation to what is drawn, and to the same as a table. Colours are names of custom
//! properties, `var(--..)`, which the page's script or a [`theme::Theme`] resolves. A chart is one file here and one line
//! in [`all`].

pub mod bill;
pub mod break_even;
mod break_even_lines;
pub mod break_even_of_two;
pub mod charted;
pub mod drawing;
pub mod growth;
mod ink;
pub mod latency;
mod names;
pub mod over_input;
pub mod replay;
mod rows;
pub mod theme;
pub mod week;
pub mod winner_map;

use model::{Evaluation, Parts, PriceBook, System};

pub use drawing::{Drawing, Picture, Table};

/// A kind of chart.
#[derive(Clone, Copy, Debug)]
pub struct Chart {
    /// Its name in addresses, such as `break_even`.
    pub id: &'static str,
    /// What it shows, for people, before its finding is known.
    pub name: &'static str,
    /// What it is drawn from.
    pub source: Source,
}

/// What a chart is drawn from.
#[derive(Clone, Copy, Debug)]
pub enum Source {
    /// Parts of an evaluation.
    Evaluation {
        /// Which.
        parts: Parts,
        /// Draws it; `None` where there is nothing to draw.
        draw: fn(&Subject<'_>) -> Option<Drawing>,
    },
    /// The answers themselves, by a computation of its own that no page waits for.
    Answers {
        /// Computes and draws it; `None` where there is nothing to draw.
        draw: fn(&System, usize, &PriceBook) -> Option<Drawing>,
        /// The heights of its pictures, wide and narrow, which are known before.
        heights: (u32, u32),
    },
}

/// What a chart is about: one component of an evaluated system.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'s> {
    /// The answers.
    pub system: &'s System,
    /// What came of them.
    pub evaluation: &'s Evaluation,
    /// Which component.
    pub index: usize,
}

/// Every chart, in alphabetical order.
#[must_use]
pub const fn all() -> &'static [Chart] {
    &[
        bill::CHART,
        break_even::CHART,
        break_even_lines::CHART,
        growth::CHART,
        latency::CHART,
        week::CHART,
        winner_map::CHART,
    ]
}

/// The chart of an id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Chart> {
    all().iter().find(|chart| chart.id == id)
}

impl Chart {
    /// Computes as much as the chart needs, and draws it.
    #[must_use]
    pub fn of_answers(&self, system: &System, index: usize, book: &PriceBook) -> Option<Drawing> {
        match self.source {
            Source::Evaluation { parts, draw } => {
                let evaluation = model::evaluate(system, book, &parts);
                draw(&Subject {
                    system,
                    evaluation: &evaluation,
                    index,
                })
            }
            Source::Answers { draw, .. } => draw(system, index, book),
        }
    }

    /// Draws it from an evaluation at hand; `None` too where it is not drawn from one.
    #[must_use]
    pub fn of_evaluation(&self, subject: &Subject<'_>) -> Option<Drawing> {
        match self.source {
            Source::Evaluation { draw, .. } => draw(subject),
            Source::Answers { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_lists_every_chart_in_alphabetical_order() {
        let ids: Vec<&str> = all().iter().map(|chart| chart.id).collect();
        assert!(ids.is_sorted(), "{ids:?}");
        for chart in all() {
            let file = format!("{}/src/charts/{}.rs", env!("CARGO_MANIFEST_DIR"), chart.id);
            assert!(std::path::Path::new(&file).exists(), "{file}");
        }
    }
}

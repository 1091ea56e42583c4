//! Charts: pure functions from an evaluation to what is drawn, and to the same as a table. Colours are names of custom
//! properties, `var(--..)`, which the page's script or a [`theme::Theme`] resolves. A chart is one file here and one line
//! in [`all`].

pub mod break_even;
pub mod charted;
pub mod drawing;
mod ink;
pub mod over_input;
pub mod theme;

use model::{Evaluation, Parts, PriceBook, System};

pub use drawing::{Drawing, Picture, Table};

/// A kind of chart.
#[derive(Clone, Copy)]
pub struct Chart {
    /// Its name in addresses, such as `break_even`.
    pub id: &'static str,
    /// What it shows, for people, before its finding is known.
    pub name: &'static str,
    /// What it needs of an evaluation.
    pub parts: Parts,
    /// Draws it; `None` where there is nothing to draw.
    pub draw: fn(&Subject<'_>) -> Option<Drawing>,
}

impl std::fmt::Debug for Chart {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.id)
    }
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
    &[break_even::CHART]
}

/// The chart of an id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Chart> {
    all().iter().find(|chart| chart.id == id)
}

impl Chart {
    /// Evaluates as much as the chart needs, and draws it.
    #[must_use]
    pub fn of_answers(&self, system: &System, index: usize, book: &PriceBook) -> Option<Drawing> {
        let evaluation = model::evaluate(system, book, &self.parts);
        (self.draw)(&Subject {
            system,
            evaluation: &evaluation,
            index,
        })
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

//! What a report says, the same for every format that people read: sections of paragraphs, lists, tables and charts.
//!
//! Everything is text already, written by the functions that write the pages: a format lays out and never computes.

mod appendix;
mod blocks;
pub(in crate::report) mod choice;
mod consequences;
mod cost;
mod decision;
mod drivers;
mod latency;
mod limits;
mod options;
mod outlook;
mod reliance;
mod services;

use model::evaluation::{ComponentEvaluation, Family};
use serde::Serialize;

use super::Subject;

pub(crate) use blocks::{Block, Cell, ChartOf, Column, Item, Row, Section, Table};
use blocks::{numbers, words};

/// A report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Report {
    /// What is decided.
    pub(crate) title: String,
    /// The day it was saved, `2026-11-28`.
    pub(crate) date: Option<String>,
    /// Where the decision stands: a report proposes.
    pub(crate) status: &'static str,
    /// Which side the verdict names.
    pub(crate) family: Family,
    /// What to do, in the imperative.
    pub(crate) decision: String,
    /// One paragraph that stands alone.
    pub(crate) brief: String,
    /// The numbers of the verdict.
    pub(crate) figures: Vec<Figure>,
    /// The sections, in the order of a report of pages.
    pub(crate) sections: Vec<Section>,
    /// Leads back to exactly this answer.
    pub(crate) link: String,
    /// Dates and versions that the numbers hang on, for the foot of a page.
    pub(crate) basis: String,
}

/// One large number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Figure {
    pub(crate) name: &'static str,
    pub(crate) value: String,
    pub(crate) note: Option<String>,
}

/// What a section is about; a format may give it a place and a name of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Part {
    /// What is asked.
    Context,
    /// The numbers that decide.
    Drivers,
    /// The options side by side.
    Options,
    /// What it costs, now and later.
    Cost,
    /// How fast it answers.
    Latency,
    /// What was checked.
    Limits,
    /// What would change the answer.
    Flips,
    /// What follows: good, bad, neutral.
    Consequences,
    /// What may go otherwise.
    Risks,
    /// What keeps the state.
    Services,
    /// How one will know.
    Confirmation,
    /// Bills, line by line.
    Bills,
    /// Response times, every percentile.
    Percentiles,
    /// What cannot be chosen.
    RuledOut,
    /// Limits of the choice, all of them.
    AllLimits,
    /// What else could be done.
    Mitigations,
    /// What was assumed.
    Assumptions,
    /// Where the prices stand.
    Sources,
    /// What the numbers rest on.
    About,
}

impl Part {
    /// Whether it belongs to the appendix.
    const fn of_appendix(self) -> bool {
        matches!(
            self,
            Self::Bills
                | Self::Percentiles
                | Self::RuledOut
                | Self::AllLimits
                | Self::Mitigations
                | Self::Assumptions
                | Self::Sources
                | Self::About
        )
    }
}

/// What a chart of the screen says, and where its picture goes.
fn chart(subject: &Subject<'_>, id: &'static str, index: usize) -> Option<Block> {
    let drawing = app::charts::find(id)?.of_evaluation(&app::charts::Subject {
        system: subject.system,
        evaluation: subject.evaluation,
        index,
    })?;
    Some(Block::Chart(ChartOf {
        id,
        index,
        title: drawing.title,
        sentence: drawing.sentence,
        file: None,
    }))
}

/// Whose prices were used: the page's, where none was named.
fn region(subject: &Subject<'_>) -> model::Region {
    subject.system.region.unwrap_or(model::Region::UsEast1)
}

/// The name of the system, or nothing.
fn name<'s>(subject: &'s Subject<'_>) -> &'s str {
    subject.system.name.trim()
}

/// What a component is called where a sentence needs a name.
fn called(component: &ComponentEvaluation) -> &str {
    match component.name.trim() {
        "" => "(unnamed)",
        name => name,
    }
}

/// The name that a person gave a component; the model calls the others by their number.
fn named(component: &ComponentEvaluation) -> Option<String> {
    let name = component.name.trim();
    let number = name.strip_prefix("component ").map(str::parse::<u32>);
    (!name.is_empty() && !matches!(number, Some(Ok(_)))).then(|| shortened(name))
}

/// A name within a sentence: its beginning is enough.
fn shortened(name: &str) -> String {
    /// Most characters of it.
    const MOST: usize = 80;
    if name.chars().count() <= MOST {
        return name.to_owned();
    }
    let start: String = name.chars().take(MOST).collect();
    format!("{}\u{2026}", start.trim_end())
}

/// The blocks of each component; under its name where there are several.
fn each(
    subject: &Subject<'_>,
    of: impl Fn(&ComponentEvaluation, usize) -> Vec<Block>,
) -> Vec<Block> {
    let components = &subject.evaluation.components;
    let mut blocks = Vec::new();
    for (index, component) in components.iter().enumerate() {
        let own = of(component, index);
        if components.len() > 1 && !own.is_empty() {
            blocks.push(Block::heading(called(component)));
        }
        blocks.extend(own);
    }
    blocks
}

impl Report {
    /// Everything there is to say of a subject; sections without content are left out.
    pub(crate) fn of(subject: &Subject<'_>) -> Self {
        let sections = [
            decision::context(subject),
            drivers::section(subject),
            options::section(subject),
            cost::section(subject),
            latency::section(subject),
            limits::section(subject),
            outlook::flips(subject),
            consequences::section(subject),
            reliance::risks(subject),
            services::section(subject),
            outlook::confirmation(subject),
            appendix::bills(subject),
            latency::table(subject),
            options::ruled_out(subject),
            limits::all(subject),
            services::mitigations(subject),
            reliance::assumptions(subject),
            appendix::sources(subject),
            appendix::about(subject),
        ];
        let saved = subject.saved.as_ref();
        Self {
            title: decision::title(subject),
            date: saved.and_then(|saved| saved.created_at.get(..10).map(str::to_owned)),
            status: "proposed",
            family: subject.evaluation.verdict.family,
            decision: decision::imperative(subject),
            brief: decision::brief(subject),
            figures: decision::figures(subject),
            sections: sections
                .into_iter()
                .filter(|section| !section.blocks.is_empty())
                .collect(),
            link: subject.link.to_owned(),
            basis: appendix::basis(subject),
        }
    }

    /// The charts that stand in it.
    pub(crate) fn charts_mut(&mut self) -> impl Iterator<Item = &mut ChartOf> {
        let blocks = self
            .sections
            .iter_mut()
            .flat_map(|section| &mut section.blocks);
        blocks.filter_map(|block| match block {
            Block::Chart(chart) => Some(chart),
            _ => None,
        })
    }
}

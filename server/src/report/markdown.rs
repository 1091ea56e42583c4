//! A decision record in Markdown, after MADR 4: its front matter, its section names, the same content as the other reports.

mod blocks;
mod chart;
mod escape;

use std::fmt::Write as _;

use app::components::options::{arranged, configuration};
use app::components::verdict::chosen;
use app::format::{ms, usd_cents};
use model::evaluation::{ComponentEvaluation, Decision, PlatformOption};

use super::content::{Part, Report, Section};
use super::{Format, Material, ReportError, Subject};
use blocks::{block, line};
use escape::escape;

pub(super) const FORMAT: Format = Format {
    extension: "md",
    content_type: "text/markdown; charset=utf-8",
    name: "Markdown decision record",
    draws: false,
    write,
};

#[expect(clippy::unnecessary_wraps, reason = "the signature of every format")]
fn write(material: &Material) -> Result<Vec<u8>, ReportError> {
    let subject = material.subject();
    let report = Report::of(&subject);
    let mut text = String::new();
    front_matter(&mut text, &report);
    line(&mut text, &format!("# {}", escape(&report.title)));
    line(&mut text, &format!("> {}", escape(&report.brief)));
    let of = |part: Part| report.sections.iter().find(|section| section.part == part);
    named(
        &mut text,
        "## Context and Problem Statement",
        of(Part::Context),
        3,
    );
    named(&mut text, "## Decision Drivers", of(Part::Drivers), 3);
    considered(&mut text, &subject, of(Part::Options));
    outcome(&mut text, &subject, &report);
    named(&mut text, "### Consequences", of(Part::Consequences), 4);
    named(&mut text, "### Confirmation", of(Part::Confirmation), 4);
    pros_and_cons(&mut text, &subject);
    line(&mut text, "## More Information");
    let told = [
        Part::Context,
        Part::Drivers,
        Part::Options,
        Part::Consequences,
        Part::Confirmation,
    ];
    for section in report
        .sections
        .iter()
        .filter(|section| !told.contains(&section.part))
    {
        named(
            &mut text,
            &format!("### {}", section.title),
            Some(section),
            4,
        );
    }
    let link = report.link.replace(['<', '>', ' ', '\n'], "");
    line(&mut text, &format!("This answer: <{link}>"));
    Ok(text.into_bytes())
}

/// MADR's own keys: people fill in who decides.
fn front_matter(text: &mut String, report: &Report) {
    let _fits = writeln!(text, "---\nstatus: {}", report.status);
    if let Some(date) = &report.date {
        let _fits = writeln!(text, "date: {date}");
    }
    text.push_str("decision-makers: []\nconsulted: []\ninformed: []\n---\n\n");
}

/// A section under a heading of MADR; headings within it are of the given level.
fn named(text: &mut String, heading: &str, section: Option<&Section>, level: usize) {
    let Some(section) = section else {
        return;
    };
    line(text, heading);
    for one in &section.blocks {
        block(text, one, level);
    }
}

/// The options by their names, as MADR lists them, then side by side.
fn considered(text: &mut String, subject: &Subject<'_>, section: Option<&Section>) {
    line(text, "## Considered Options");
    let mut names: Vec<&str> = Vec::new();
    for component in &subject.evaluation.components {
        let (able, rest) = arranged(component);
        for option in able.into_iter().chain(rest) {
            if !names.contains(&option.label.as_str()) {
                names.push(&option.label);
            }
        }
    }
    let mut list: Vec<String> = names.into_iter().map(escape).collect();
    if subject.system.today_usd_per_month.is_some() {
        list.push("Stay as you are".to_owned());
    }
    for name in list {
        let _fits = writeln!(text, "* {name}");
    }
    text.push('\n');
    for one in section.iter().flat_map(|section| &section.blocks) {
        block(text, one, 3);
    }
    for (index, component) in subject.evaluation.components.iter().enumerate() {
        chart::costs(
            text,
            component,
            subject.evaluation.components.len() > 1,
            index,
        );
    }
}

fn outcome(text: &mut String, subject: &Subject<'_>, report: &Report) {
    line(text, "## Decision Outcome");
    let evaluation = subject.evaluation;
    let picks: Vec<String> = evaluation
        .components
        .iter()
        .filter_map(|component| {
            let option = chosen(&component.options, component.verdict.platform.as_deref())?;
            Some(escape(&option.label))
        })
        .collect();
    let pick = match evaluation.verdict.decision {
        Decision::Stay => "Stay as you are".to_owned(),
        _ if picks.is_empty() => "none yet".to_owned(),
        _ => picks.join("; "),
    };
    line(
        text,
        &format!(
            "Chosen option: \"{pick}\", because: {}",
            escape(&evaluation.verdict.headline)
        ),
    );
    line(text, &format!("**{}**", escape(&report.decision)));
    for figure in &report.figures {
        let note = figure
            .note
            .as_deref()
            .map_or_else(String::new, |note| format!(" ({})", escape(note)));
        let _fits = writeln!(text, "* {}: {}{note}", figure.name, escape(&figure.value));
    }
    text.push('\n');
}

/// What speaks for and against each option that can be chosen.
fn pros_and_cons(text: &mut String, subject: &Subject<'_>) {
    line(text, "## Pros and Cons of the Options");
    let several = subject.evaluation.components.len() > 1;
    for component in &subject.evaluation.components {
        let (able, rest) = arranged(component);
        for option in able {
            pros_and_cons_of(text, component, option, several);
        }
        for option in rest {
            heading_of(text, component, option, several);
            let _fits = writeln!(
                text,
                "* Bad, because it cannot be chosen: {}\n",
                escape(&option.why_not)
            );
        }
    }
}

fn heading_of(
    text: &mut String,
    component: &ComponentEvaluation,
    option: &PlatformOption,
    several: bool,
) {
    let of = if several {
        format!("{}: ", escape(&component.name))
    } else {
        String::new()
    };
    line(text, &format!("### {of}{}", escape(&option.label)));
}

fn pros_and_cons_of(
    text: &mut String,
    component: &ComponentEvaluation,
    option: &PlatformOption,
    several: bool,
) {
    heading_of(text, component, option, several);
    let how = configuration(&option.configuration);
    if !how.is_empty() {
        line(text, &escape(&how));
    }
    if let Some(bill) = &option.bill {
        let _fits = writeln!(
            text,
            "* Neutral, because it costs an estimated {} a month",
            usd_cents(bill.monthly_usd)
        );
    }
    if let Some(latency) = &option.latency {
        let lead = if option.meets_target { "Good" } else { "Bad" };
        let _fits = writeln!(
            text,
            "* {lead}, because P99 is {}",
            ms(latency.percentiles.p99_ms)
        );
    }
    if option.why_not.is_empty() {
        let _fits = writeln!(text, "* Good, because it is the choice");
    } else {
        let _fits = writeln!(text, "* Bad, because of this: {}", escape(&option.why_not));
    }
    text.push('\n');
}

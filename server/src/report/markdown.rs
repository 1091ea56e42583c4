//! A decision record in Markdown, after MADR 4: its front matter, its section names, the same content as the other reports.

mod blocks;
mod chart;
mod escape;

use std::fmt::Write as _;

use app::components::options::configuration;
use app::format::{ms, usd_cents};
use model::evaluation::{ComponentEvaluation, Decision, PlatformOption};
use model::reading::Target;
use model::system::Answer;
use model::wording::lower_first;

use super::content::choice::{able_and_rest, is_stuck};
use super::content::{Block, Part, Report, Section};
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
        let (able, rest) = able_and_rest(component);
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
    let indices = 0..evaluation.components.len();
    let picks: Vec<String> = indices
        .filter_map(|index| Some(escape(&subject.evaluation.choice(index)?.label)))
        .collect();
    let pick = match evaluation.verdict.decision {
        _ if is_stuck(subject) => "none yet".to_owned(),
        Decision::Stay => "Stay as you are".to_owned(),
        _ => picks.join("; "),
    };
    line(
        text,
        &format!(
            "Chosen option: \"{pick}\", because {}",
            why(subject, report)
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

/// The first thing that speaks for the choice.
fn why(subject: &Subject<'_>, report: &Report) -> String {
    let evaluation = subject.evaluation;
    if is_stuck(subject) {
        return "nothing can be chosen.".to_owned();
    }
    if evaluation.components.len() > 1 && evaluation.verdict.decision != Decision::Stay {
        return "this is the cheapest plan of those that keep what was asked.".to_owned();
    }
    let lists = report
        .sections
        .iter()
        .filter(|section| section.part == Part::Consequences)
        .flat_map(|section| &section.blocks)
        .filter_map(|block| match block {
            Block::List { items } => Some(items),
            _ => None,
        });
    let good = lists.flatten().find(|item| item.lead == Some("Good"));
    good.map_or_else(
        || "nothing that can be chosen is better.".to_owned(),
        |item| escape(&item.text),
    )
}

/// What speaks for and against each option that can be chosen.
fn pros_and_cons(text: &mut String, subject: &Subject<'_>) {
    line(text, "## Pros and Cons of the Options");
    let several = subject.evaluation.components.len() > 1;
    for (index, component) in subject.evaluation.components.iter().enumerate() {
        let (able, rest) = able_and_rest(component);
        let target = subject.evaluation.target(subject.system, index);
        for option in able {
            pros_and_cons_of(text, (component, several), option, target);
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
    if let Some(today) = subject.system.today_usd_per_month.map(Answer::typical) {
        line(text, "### Stay as you are");
        let today = escape(&usd_cents(today));
        let _fits = writeln!(
            text,
            "* Good, because nothing has to be moved\n* Neutral, because {today} a month is paid today\n"
        );
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
    (component, several): (&ComponentEvaluation, bool),
    option: &PlatformOption,
    target: Option<Target>,
) {
    heading_of(text, component, option, several);
    let how = configuration(&option.configuration);
    if !how.is_empty() {
        line(text, &escape(&how));
    }
    if let Some(bill) = &option.bill {
        let _fits = writeln!(
            text,
            "* Neutral, because it costs an estimated {} a month{}",
            escape(&usd_cents(bill.monthly_usd)),
            against_the_choice(option)
        );
    }
    let timed = target.and_then(|target| Some((target.time_of(option)?, target)));
    match (timed, &option.latency) {
        (Some((time, target)), _) => {
            let (lead, how) = if option.meets_target {
                ("Good", "within")
            } else {
                ("Bad", "beyond")
            };
            let _fits = writeln!(
                text,
                "* {lead}, because {} is {}, {how} the target of {}",
                target.percentile.label(),
                ms(time),
                ms(target.ms)
            );
        }
        (None, Some(latency)) => {
            let _fits = writeln!(
                text,
                "* Neutral, because P99 is {}",
                ms(latency.percentiles.p99_ms)
            );
        }
        (None, None) => {}
    }
    text.push('\n');
}

/// `; costs $0.74 a month less, and is heavier to operate`; nothing of the choice itself, nor what is said of the target.
fn against_the_choice(option: &PlatformOption) -> String {
    if option.why_not.starts_with("Costs ") {
        let said = lower_first(option.why_not.trim_end_matches('.'));
        format!("; it {}", escape(&said))
    } else {
        String::new()
    }
}

//! A decision record in Markdown, after MADR: what was asked, what was considered,
//! what was decided and why. The figures are written by the functions of the pages.

mod beside;
mod escape;
mod plans;
mod sections;

use std::fmt::Write as _;

use escape::{escape, yaml};

use super::{Format, Subject};

pub(super) const FORMAT: Format = Format {
    extension: "md",
    content_type: "text/markdown; charset=utf-8",
    write: |subject| Ok(write(subject).into_bytes()),
};

fn write(subject: &Subject<'_>) -> String {
    let mut text = String::new();
    front_matter(&mut text, subject);
    context(&mut text, subject);
    let evaluation = subject.evaluation;
    sections::outcome(&mut text, evaluation);
    beside::conditions(&mut text, evaluation);
    for component in &evaluation.components {
        line(
            &mut text,
            &format!("## Component: {}", named(&component.name)),
        );
        sections::options(&mut text, component);
        beside::mitigations(&mut text, component);
        beside::missing_prices(&mut text, component);
        plans::base_and_burst(&mut text, component);
        sections::bill(&mut text, component, subject.book, subject.system.region);
        beside::services(&mut text, component);
        sections::break_evens(&mut text, component);
        sections::limits(&mut text, component);
    }
    plans::plans(&mut text, evaluation);
    plans::switch(&mut text, evaluation);
    sections::assumptions(&mut text, evaluation);
    more(&mut text, subject);
    text
}

/// A paragraph: the text and an empty line.
fn line(text: &mut String, paragraph: &str) {
    // Writing into a string cannot fail.
    let _ = writeln!(text, "{paragraph}\n");
}

/// A table; cells are escaped already. Nothing when there are no rows.
fn table<const N: usize>(
    text: &mut String,
    head: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return;
    }
    let rule = head.map(|_| "---");
    for row in [head, rule] {
        let _ = writeln!(text, "| {} |", row.join(" | "));
    }
    for row in rows {
        let _ = writeln!(text, "| {} |", row.join(" | "));
    }
    text.push('\n');
}

fn named(name: &str) -> String {
    if name.trim().is_empty() {
        "(unnamed)".to_owned()
    } else {
        escape(name)
    }
}

fn title(subject: &Subject<'_>) -> String {
    let name = subject.system.name.trim();
    if name.is_empty() {
        "Serverless or containers?".to_owned()
    } else {
        format!("{name}: serverless or containers?")
    }
}

fn front_matter(text: &mut String, subject: &Subject<'_>) {
    let _ = writeln!(
        text,
        "---\ntitle: {}\nstatus: proposed",
        yaml(&title(subject))
    );
    if let Some(date) = subject
        .saved
        .as_ref()
        .and_then(|saved| saved.created_at.get(..10))
    {
        let _ = writeln!(text, "date: {date}");
    }
    text.push_str("---\n\n");
    line(text, &format!("# {}", escape(&title(subject))));
}

fn context(text: &mut String, subject: &Subject<'_>) {
    line(text, "## Context");
    if !subject.system.notes.trim().is_empty() {
        line(text, &escape(&subject.system.notes));
    }
    let region = subject
        .system
        .region
        .map_or("an unnamed region".to_owned(), |region| {
            region.name().to_owned()
        });
    line(
        text,
        &format!(
            "The question is on which platform of AWS in {region} this workload should run. All amounts are estimates \
             in US dollars a month of 730 hours, before taxes; all times are estimates from a queueing model."
        ),
    );
}

fn more(text: &mut String, subject: &Subject<'_>) {
    line(text, "## More information");
    for warning in &subject.evaluation.warnings {
        let _ = writeln!(text, "- Note: {}", escape(warning));
    }
    for group in &subject.evaluation.excluded {
        let _ = writeln!(
            text,
            "- Left out of every bill at request: {}",
            escape(group)
        );
    }
    for (price_id, usd) in &subject.system.rates {
        let _ = writeln!(
            text,
            "- Own rate instead of the price book's: {} at {}",
            escape(price_id),
            app::format::usd_unit(*usd)
        );
    }
    if let Some(saved) = &subject.saved {
        let _ = writeln!(
            text,
            "- Revision {}, saved {}",
            saved.revision,
            escape(&saved.created_at)
        );
    }
    let _ = writeln!(
        text,
        "- Price book of {}",
        escape(&subject.evaluation.price_book)
    );
    let _ = writeln!(
        text,
        "- Model version {}",
        escape(&subject.evaluation.model_version)
    );
    let _ = writeln!(
        text,
        "- This answer: <{}>",
        subject.link.replace(['<', '>', ' ', '\n'], "")
    );
}

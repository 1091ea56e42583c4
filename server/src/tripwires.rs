//! Tripwires: what `model::watch` says to keep an eye on, as files that alarm systems load. One
//! file per format.
//!
//! To add a format: a module with a [`Format`], and a line in [`all`].

mod cloudformation;
mod cloudwatch;
mod prometheus;
mod terraform;
mod text;

use model::watch::{Watch, watches};

use crate::report::Subject;

/// One kind of file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Format {
    /// Its name in addresses, with its ending.
    pub(crate) file: &'static str,
    pub(crate) content_type: &'static str,
    pub(crate) write: fn(&Subject<'_>) -> String,
}

/// Every format, in alphabetical order of the modules.
pub(crate) fn all() -> [Format; 3] {
    [
        cloudformation::FORMAT,
        prometheus::FORMAT,
        terraform::FORMAT,
    ]
}

/// What the file is about, in one line that may hold what a person typed.
fn title(subject: &Subject<'_>) -> String {
    let name = text::one_line(&subject.system.name);
    if name.is_empty() {
        "Tripwires of an answer of Breakeven".to_owned()
    } else {
        format!("Tripwires of {name}")
    }
}

/// What a person reads when a wire is tripped, in at most `most` bytes: whose it is, why, what to
/// do, and where; the link is left out before it would be cut.
fn explanation(subject: &Subject<'_>, watch: &Watch, most: usize) -> String {
    let link = text::one_line(subject.link);
    let reason = format!("{} {}", watch.because, watch.then);
    let linked = format!("{reason} {link}");
    let reason = if linked.len() <= most { linked } else { reason };
    let name = text::one_line(&watch.component);
    let room = most.saturating_sub(reason.len() + ": ".len());
    let name = text::cut(&name, room);
    if name.is_empty() {
        text::cut(&reason, most).to_owned()
    } else {
        format!("{name}: {reason}")
    }
}

/// What no alarm can be made of, each as one line.
fn by_hand<'a>(watches: impl IntoIterator<Item = &'a Watch>) -> Vec<String> {
    let line = |watch: &Watch| {
        let name = text::one_line(&watch.component);
        let of = if name.is_empty() {
            name
        } else {
            format!(" of {name}")
        };
        let (metric, condition) = (watch.metric.label(), watch.condition());
        format!("{metric}{of} {condition}. {} {}", watch.because, watch.then)
    };
    watches.into_iter().map(line).collect()
}

fn of(subject: &Subject<'_>) -> Vec<Watch> {
    watches(subject.system, subject.evaluation)
}

#[cfg(test)]
mod tests;

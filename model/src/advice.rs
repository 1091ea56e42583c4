//! Reasons: each rule looks at one thing that decides, and speaks only when it does.
//!
//! A reason is a sentence with the numbers of this workload and a link to where the rule
//! comes from.

mod break_even_distance;
mod cold_starts;
mod front_door;
mod idle_capacity;
mod limits;
mod paid_waiting;
mod peak;
mod target;

use crate::evaluation::{BreakEven, ComponentEvaluation, Family, PlatformOption, Reason};
use crate::verdict::best_of;
use crate::workload::Workload;

/// What a rule may look at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The workload.
    pub workload: &'a Workload,
    /// The family of the answer.
    pub family: Family,
    /// All options, ranked.
    pub options: &'a [PlatformOption],
    /// Where the order flips.
    pub break_even: &'a [BreakEven],
}

impl<'a> Context<'a> {
    /// The best serverless option.
    #[must_use]
    pub fn serverless(&self) -> Option<&'a PlatformOption> {
        best_of(self.options, Family::Serverless)
    }

    /// The best container option.
    #[must_use]
    pub fn containers(&self) -> Option<&'a PlatformOption> {
        best_of(self.options, Family::Containers)
    }
}

/// A rule: speaks, or does not apply.
pub type Rule = fn(&Context<'_>) -> Option<Reason>;

/// All rules, in alphabetical order of their names.
#[must_use]
pub const fn all() -> &'static [(&'static str, Rule)] {
    &[
        ("break_even_distance", break_even_distance::reason),
        ("cold_starts", cold_starts::reason),
        ("front_door", front_door::reason),
        ("idle_capacity", idle_capacity::reason),
        ("limits", limits::reason),
        ("paid_waiting", paid_waiting::reason),
        ("peak", peak::reason),
    ]
}

/// What all rules have to say.
#[must_use]
pub fn reasons(context: &Context<'_>) -> Vec<Reason> {
    all().iter().filter_map(|(_, rule)| rule(context)).collect()
}

/// Warnings about one component.
pub(crate) fn warnings(
    component: &ComponentEvaluation,
    workload: &Workload,
    warnings: &mut Vec<String>,
) {
    limits::warnings(component, warnings);
    cold_starts::warnings(workload, warnings);
    target::warnings(component, workload, warnings);
}

/// "2 tasks", "1 instance": what a container option runs, counted.
fn units(option: &PlatformOption, count: f64) -> String {
    let unit = if option.configuration.instance_type.is_some() {
        "instance"
    } else {
        "task"
    };
    let plural = if crate::wording::short(count) == "1" {
        ""
    } else {
        "s"
    };
    format!("{} {unit}{plural}", crate::wording::short(count))
}

fn reason(rule: &str, source: &str, text: String) -> Reason {
    Reason {
        rule: rule.to_owned(),
        text,
        source: source.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_lists_every_rule_of_the_folder_in_alphabetical_order() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/advice");
        #[expect(clippy::disallowed_methods, reason = "the test reads the sources")]
        let mut rules: Vec<String> = std::fs::read_dir(folder)
            .expect("the folder")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| {
                std::fs::read_to_string(path)
                    .expect("a source")
                    .contains("fn reason(")
            })
            .map(|path| {
                path.file_stem()
                    .expect("a name")
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        rules.sort();
        let listed: Vec<&str> = all().iter().map(|(name, _)| *name).collect();
        assert_eq!(listed, rules);
    }
}

//! What the workbook holds: every component, every option with a bill, how its lines scale, the
//! name of its sheet.

use model::Region;
use model::evaluation::{ComponentEvaluation, PlatformOption};
use model::scaling::{self, Scaling};

use super::super::Subject;

pub(super) const SUMMARY: &str = "Summary";
pub(super) const INPUTS: &str = "Inputs";
pub(super) const WEEK: &str = "Week";
pub(super) const TABLES: &str = "Tables";
pub(super) const ASSUMPTIONS: &str = "Assumptions";
pub(super) const SOURCES: &str = "Sources";
const RESERVED: [&str; 6] = [SUMMARY, INPUTS, WEEK, TABLES, ASSUMPTIONS, SOURCES];
/// Options whose formulas are sought, over all components: each takes about a tenth of a second.
const MOST_LIVE: usize = 44;
/// The same of one component, from the best one on.
const LEAST_LIVE: usize = 2;
/// Most characters of a sheet's name.
const LONGEST_NAME: usize = 31;

pub(super) struct Plan<'a> {
    pub(super) subject: &'a Subject<'a>,
    pub(super) components: Vec<Component<'a>>,
}

pub(super) struct Component<'a> {
    pub(super) index: usize,
    pub(super) name: String,
    pub(super) evaluation: &'a ComponentEvaluation,
    /// Requests a month as stated or linked.
    pub(super) requests: f64,
    pub(super) linked: f64,
    /// Those with a bill, in the order of the answer.
    pub(super) options: Vec<Billed<'a>>,
}

/// An option with its sheet.
pub(super) struct Billed<'a> {
    pub(super) option: &'a PlatformOption,
    pub(super) scaling: Scaling,
    pub(super) sheet: String,
    /// Which of all sheets of options it is.
    pub(super) place: usize,
}

impl<'a> Plan<'a> {
    pub(super) fn new(subject: &'a Subject<'a>) -> Self {
        let totals = subject.system.requests_with_links();
        let live = (MOST_LIVE / subject.evaluation.components.len().max(1)).max(LEAST_LIVE);
        let several = subject.evaluation.components.len() > 1;
        let mut names: Vec<String> = Vec::new();
        let mut components = Vec::new();
        for (index, evaluation) in subject.evaluation.components.iter().enumerate() {
            let priced = evaluation
                .options
                .iter()
                .filter(|option| option.bill.is_some());
            let mut options = Vec::new();
            let requests = totals.get(index).copied().unwrap_or_default();
            for option in priced {
                let prefix = several.then(|| format!("{} ", index + 1));
                let sheet = sheet_name(&prefix.unwrap_or_default(), &option.label, &names);
                names.push(sheet.clone());
                let scaling = if options.len() < live {
                    scaling::of(subject.system, index, option, subject.book)
                } else {
                    Scaling::held(option, requests.total, requests.linked)
                };
                options.push(Billed {
                    option,
                    scaling,
                    sheet,
                    place: names.len() - 1,
                });
            }
            components.push(Component {
                index,
                name: named(&evaluation.name, index),
                evaluation,
                requests: requests.total,
                linked: requests.linked,
                options,
            });
        }
        Self {
            subject,
            components,
        }
    }

    /// Whose prices were used: the default's, where none was named.
    pub(super) fn region(&self) -> Region {
        self.subject.system.region.unwrap_or(Region::UsEast1)
    }

    /// Whether response times have a target, stated or assumed.
    pub(super) fn has_target(&self, component: &Component<'_>) -> bool {
        let Subject {
            system, evaluation, ..
        } = self.subject;
        evaluation.aim(system, component.index).is_some()
    }

    pub(super) fn options(&self) -> impl Iterator<Item = (&Component<'a>, &Billed<'a>)> {
        self.components.iter().flat_map(|component| {
            let options = component.options.iter();
            options.map(move |option| (component, option))
        })
    }
}

impl Component<'_> {
    /// The options between which cost decides: those that fit and answer in time as the first
    /// one does. They stand together at the top.
    pub(super) fn contenders(&self) -> usize {
        let rank = |billed: &Billed<'_>| (billed.option.fit.ok, billed.option.meets_target);
        let Some(first) = self.options.first().map(rank) else {
            return 0;
        };
        self.options
            .iter()
            .take_while(|billed| rank(billed) == first)
            .count()
    }
}

fn named(name: &str, index: usize) -> String {
    if name.trim().is_empty() {
        format!("component {}", index + 1)
    } else {
        name.to_owned()
    }
}

/// The title of the answer.
pub(super) fn title(subject: &Subject<'_>) -> String {
    let name = subject.system.name.trim();
    if name.is_empty() {
        "Serverless or containers?".to_owned()
    } else {
        format!("{name}: serverless or containers?")
    }
}

/// A name that sheets may have and none has yet.
pub(super) fn sheet_name(prefix: &str, label: &str, taken: &[String]) -> String {
    let label = label
        .strip_prefix("Amazon ")
        .or_else(|| label.strip_prefix("AWS "))
        .unwrap_or(label);
    let allowed = |letter: &char| !letter.is_control() && !"[]:*?/\\'".contains(*letter);
    let clean: String = format!("{prefix}{label}").chars().filter(allowed).collect();
    let cut = |length: usize| {
        clean
            .chars()
            .take(length)
            .collect::<String>()
            .trim()
            .to_owned()
    };
    let free = |name: &String| {
        let same = |other: &str| other.to_lowercase() == name.to_lowercase();
        !name.is_empty()
            && !taken.iter().any(|other| same(other))
            && !RESERVED.iter().any(|other| same(other))
    };
    let numbered = (2..).map(|number| format!("{} {number}", cut(LONGEST_NAME - 5)));
    std::iter::once(cut(LONGEST_NAME))
        .chain(numbered)
        .find(free)
        .unwrap_or_default()
}

//! The questionnaire as data: one entry for each answer that a person may give.
//!
//! An entry says how to ask; bounds and units of numbers stand in
//! [`crate::system::NUMBER_FIELDS`], defaults in `data/behavior/defaults.toml`.

mod form;
mod latency;
mod limits;
mod money;
mod relevance;
mod state;
mod traffic;
mod work;

pub use form::{Cell, Choice, Column, Form, Rows, Typical};
pub use money::group_label;

use crate::system::{Component, System, number_field};
use relevance::{Circumstances, Rule};

/// A group of questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// What it does and how long that takes.
    Work,
    /// How much comes in, and when.
    Traffic,
    /// How fast it must answer, and what it is written in.
    Latency,
    /// What it keeps and calls.
    State,
    /// What the platform must offer, and what is fixed by hand.
    Limits,
    /// How it is paid for and who runs it.
    Money,
}

impl Section {
    /// All of them, in the order in which they are asked.
    pub const ALL: &[Self] = &[
        Self::Work,
        Self::Traffic,
        Self::Latency,
        Self::State,
        Self::Limits,
        Self::Money,
    ];

    /// Its name in addresses.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Traffic => "traffic",
            Self::Latency => "latency",
            Self::State => "state",
            Self::Limits => "limits",
            Self::Money => "money",
        }
    }

    /// What it asks about, in one sentence.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Work => "What it does, how long that takes, and what it needs for it.",
            Self::Traffic => "How much comes in, when, and how suddenly.",
            Self::Latency => "How fast it must answer, and how fast it starts.",
            Self::State => "What it keeps and which services it calls.",
            Self::Limits => "What the platform must offer, and what is fixed already.",
            Self::Money => "How it is paid for, how often it may fail, and who runs it.",
        }
    }

    /// Its heading.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Work => "Work",
            Self::Traffic => "Traffic",
            Self::Latency => "Latency",
            Self::State => "State",
            Self::Limits => "Limits",
            Self::Money => "Money and team",
        }
    }

    /// Its questions.
    #[must_use]
    pub const fn questions(self) -> &'static [Question] {
        match self {
            Self::Work => work::QUESTIONS,
            Self::Traffic => traffic::QUESTIONS,
            Self::Latency => latency::QUESTIONS,
            Self::State => state::QUESTIONS,
            Self::Limits => limits::QUESTIONS,
            Self::Money => money::QUESTIONS,
        }
    }
}

/// One question.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// The field it fills: below the component, or of the system.
    pub path: &'static str,
    /// Its name in tables.
    pub name: &'static str,
    /// The question itself.
    pub title: &'static str,
    /// Why it is asked, in one sentence.
    pub why: &'static str,
    /// How it is answered.
    pub form: Form,
    /// Unit of a number that is not in [`crate::system::NUMBER_FIELDS`].
    own_unit: &'static str,
    /// Values that are often right.
    pub typical: &'static [Typical],
    /// Nothing can be computed without it.
    pub required: bool,
    /// Most people leave it alone; it is asked apart from the others.
    pub rare: bool,
    /// When it can matter.
    rule: Rule,
}

impl Question {
    const fn new(
        path: &'static str,
        name: &'static str,
        title: &'static str,
        why: &'static str,
        form: Form,
    ) -> Self {
        Self {
            path,
            name,
            title,
            why,
            form,
            own_unit: "",
            typical: &[],
            required: false,
            rare: false,
            rule: relevance::always,
        }
    }

    const fn number(
        path: &'static str,
        name: &'static str,
        title: &'static str,
        why: &'static str,
    ) -> Self {
        Self::new(path, name, title, why, Form::Number)
    }

    const fn flag(
        path: &'static str,
        name: &'static str,
        title: &'static str,
        why: &'static str,
    ) -> Self {
        Self::new(path, name, title, why, Form::Flag)
    }

    const fn unit_is(mut self, unit: &'static str) -> Self {
        self.own_unit = unit;
        self
    }

    const fn typically(mut self, typical: &'static [Typical]) -> Self {
        self.typical = typical;
        self
    }

    const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    const fn rarely(mut self) -> Self {
        self.rare = true;
        self
    }

    const fn when(mut self, rule: Rule) -> Self {
        self.rule = rule;
        self
    }

    /// Whether the answer can change anything for the component of that number, given what was
    /// answered so far. Questions of the whole system go by the same component.
    #[must_use]
    pub fn can_matter(&self, system: &System, index: usize) -> bool {
        let unsaid = Component::default();
        let component = system.components.get(index).unwrap_or(&unsaid);
        (self.rule)(&Circumstances::new(system, component))
    }

    /// The unit of a number; empty otherwise.
    #[must_use]
    pub fn unit(&self) -> &'static str {
        number_field(self.path).map_or(self.own_unit, |field| field.unit)
    }

    /// The words for a choice's JSON name; the name itself where there are none.
    #[must_use]
    pub fn label_of<'a>(&self, value: &'a str) -> &'a str {
        let (Form::One(choices) | Form::Many(choices)) = self.form else {
            return value;
        };
        choices()
            .into_iter()
            .find(|choice| choice.value == value)
            .map_or(value, |choice| choice.label)
    }
}

const fn typical(value: &'static str, meaning: &'static str) -> Typical {
    Typical { value, meaning }
}

/// Collects the choices of an enum that names its values and words.
macro_rules! choices {
    ($all:expr, $id:ident) => {
        || {
            $all.iter()
                .map(|choice| $crate::question::Choice {
                    value: choice.$id(),
                    label: choice.label(),
                })
                .collect()
        }
    };
}
use choices;

/// Every question with its section, in the order in which they are asked.
pub fn all() -> impl Iterator<Item = (Section, &'static Question)> {
    Section::ALL.iter().flat_map(|section| {
        section
            .questions()
            .iter()
            .map(|question| (*section, question))
    })
}

/// The question for a field. The index of a component, `components[0].`, may stand before it.
#[must_use]
pub fn question(path: &str) -> Option<&'static Question> {
    let path = below_component(path);
    all()
        .map(|(_, question)| question)
        .find(|question| question.path == path)
}

/// A path without the component it belongs to.
#[must_use]
pub fn below_component(path: &str) -> &str {
    path.strip_prefix("components[")
        .and_then(|rest| rest.split_once("]."))
        .map_or(path, |(_, field)| field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::NUMBER_FIELDS;

    #[test]
    fn every_number_of_a_component_can_be_asked_for() {
        for field in NUMBER_FIELDS {
            assert!(
                question(field.path).is_some(),
                "{} has no question",
                field.path
            );
        }
    }

    #[test]
    fn no_field_is_asked_twice_and_every_question_says_why() {
        let mut seen = std::collections::BTreeSet::new();
        for (_, question) in all() {
            assert!(
                seen.insert(question.path),
                "{} is asked twice",
                question.path
            );
            assert!(
                question.why.ends_with('.'),
                "{}: why is not a sentence",
                question.path
            );
            assert!(!question.title.contains('!'), "{}", question.path);
        }
    }

    #[test]
    fn a_path_finds_its_question_with_and_without_its_component() {
        assert_eq!(
            question("components[3].work.cpu_ms").map(|found| found.path),
            Some("work.cpu_ms")
        );
        assert_eq!(question("region").map(|found| found.path), Some("region"));
        assert!(question("nonsense").is_none());
    }
}

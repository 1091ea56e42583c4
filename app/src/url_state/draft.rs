//! Answers as typed, of any number of components: what the questionnaire is filled into.
//!
//! A draft may lack what an evaluation needs and may hold text that cannot be read; nothing
//! typed is lost. One component is written with flat names, several as `draft=`.

use model::system::{FieldError, InvalidSystem, System, VERSION};
use serde::{Deserialize, Serialize};

use super::name::{Name, is_component_field, name_of};
use super::packed::{pack, refused, unpack};
use super::pairs::Pairs;
use super::{PACKED, field};

/// The parameter of a packed draft.
pub(crate) const DRAFT: &str = "draft";
/// The component that flat names beside a packed one belong to.
pub(crate) const COMPONENT: &str = "component";
/// More than a system can hold, so that saying so is left to the check.
const MOST_PARTS: usize = 50;
/// More than 20 components with every question answered and a week of hours each.
const MOST_ANSWERS: usize = 6_000;

/// Answers as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    shared: Pairs,
    parts: Vec<Pairs>,
}

impl Draft {
    pub(super) const fn new(shared: Pairs, parts: Vec<Pairs>) -> Self {
        Self { shared, parts }
    }

    /// Reads a query string. Flat names beside a packed system or draft are what was just typed
    /// for the component that `component` numbers: they replace what is packed.
    ///
    /// # Errors
    /// A packed parameter that was cut off or holds something else.
    pub fn parse(query: &str) -> Result<Self, InvalidSystem> {
        let pairs = Pairs::parse(query);
        let mut draft = match (pairs.last(DRAFT), pairs.last(PACKED)) {
            (Some(text), _) => Self::unpacked(text)?,
            (None, Some(text)) => Self::of_packed_system(text)?,
            (None, None) => Self::default(),
        };
        let packed = !draft.parts.is_empty();
        if !packed {
            draft.parts.push(Pairs::default());
        }
        let index = pairs.last(COMPONENT).and_then(|text| text.parse().ok());
        let index = index.unwrap_or(0).min(draft.parts.len() - 1);
        let typed = pairs.answers().without(&[DRAFT, PACKED]);
        // Beside a packed link there may stand what a page wants to know; that is no answer.
        draft.overlay(index, &typed, |name| !packed || Name::parse(name).is_some());
        Ok(draft)
    }

    /// The system of a packed link beside which nothing was typed, to the letter.
    pub(super) fn untouched_system(pairs: &Pairs) -> Option<Result<System, InvalidSystem>> {
        let text = pairs.last(PACKED)?;
        let typed = pairs.clone().answers().without(&[PACKED]);
        let touched = typed
            .names()
            .any(|name| name == DRAFT || Name::parse(name).is_some());
        (!touched).then(|| System::from_value(unpack(PACKED, text)?))
    }

    fn unpacked(text: &str) -> Result<Self, InvalidSystem> {
        let mut draft: Self = unpack(DRAFT, text)?;
        let answers: usize = draft.parts.iter().map(Pairs::len).sum();
        if draft.parts.len() > MOST_PARTS || answers + draft.shared.len() > MOST_ANSWERS {
            return Err(refused(DRAFT, "holds more than a system can have"));
        }
        if draft.parts.is_empty() {
            draft.parts.push(Pairs::default());
        }
        Ok(draft)
    }

    fn of_packed_system(text: &str) -> Result<Self, InvalidSystem> {
        let value: serde_json::Value = unpack(PACKED, text)?;
        let system: System = match serde_json::from_value(value.clone()) {
            Ok(system) => system,
            Err(_) => System::from_value(value)?,
        };
        if system.components.is_empty() {
            return Err(refused(PACKED, "holds a system without a component"));
        }
        field::typed(&system).ok_or_else(|| refused(PACKED, "holds what cannot be typed"))
    }

    /// What a system would have been typed as.
    #[must_use]
    pub fn of(system: &System) -> Option<Self> {
        field::typed(system)
    }

    /// Each name that was typed replaces what was there, rows as a whole.
    fn overlay(&mut self, index: usize, typed: &Pairs, counts: impl Fn(&str) -> bool) {
        for shared in [true, false] {
            let target = if shared {
                &mut self.shared
            } else {
                &mut self.parts[index]
            };
            let names = || {
                typed
                    .names()
                    .filter(|name| is_component_field(name) != shared)
            };
            let replaced: Vec<&str> = names().map(list_of).collect();
            target.retain(|name| !replaced.contains(&list_of(name)));
            for (name, text) in typed.iter() {
                if is_component_field(name) != shared && counts(name) {
                    target.push(name, text);
                }
            }
        }
    }

    /// The system that the answers describe.
    ///
    /// # Errors
    /// Every field that cannot be read, is missing or out of bounds, with its path.
    pub fn system(&self) -> Result<System, InvalidSystem> {
        let (system, errors) = self.read();
        if errors.is_empty() {
            Ok(system)
        } else {
            Err(InvalidSystem { errors })
        }
    }

    /// What could be read, and everything that is wrong with the answers.
    #[must_use]
    pub fn read(&self) -> (System, Vec<FieldError>) {
        let (mut value, mut errors) = field::json(self);
        // serde stops at the first field it cannot read; people want to hear of all, and of what
        // is missing beside them.
        loop {
            let invalid = match System::from_value(value.clone()) {
                Ok(system) => return (system, errors),
                Err(invalid) => invalid,
            };
            if let Ok(system) = serde_json::from_value(value.clone()) {
                add(&mut errors, invalid.errors);
                return (system, errors);
            }
            let removed = field::remove(&mut value, &invalid.errors[0].path);
            add(&mut errors, invalid.errors);
            if !removed {
                let unread = System {
                    version: VERSION,
                    ..System::default()
                };
                return (unread, errors);
            }
        }
    }

    /// What is wrong with the answers of one component and of the system.
    #[must_use]
    pub fn errors_of(&self, index: usize) -> Vec<FieldError> {
        let (_, mut errors) = self.read();
        errors.retain(|error| name_of(&error.path).0.is_none_or(|of| of == index));
        errors
    }

    /// The answers of the system and of one component, by flat names.
    #[must_use]
    pub fn form(&self, index: usize) -> Pairs {
        let mut pairs = self.shared.clone();
        for (name, text) in self.parts.get(index).into_iter().flat_map(Pairs::iter) {
            pairs.push(name, text);
        }
        pairs
    }

    /// How many components it has; never none.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "it is never empty")]
    pub const fn len(&self) -> usize {
        self.parts.len()
    }

    /// The answers of the system.
    pub(crate) const fn shared(&self) -> &Pairs {
        &self.shared
    }

    /// The answers of each component.
    pub(crate) const fn parts(&self) -> &[Pairs] {
        self.parts.as_slice()
    }

    /// The same, to be changed.
    pub(super) const fn parts_mut(&mut self) -> (&mut Pairs, &mut Vec<Pairs>) {
        (&mut self.shared, &mut self.parts)
    }

    /// The query string, as a person would bookmark it.
    #[must_use]
    pub fn query(&self) -> String {
        match &self.parts[..] {
            [_] => self.form(0).query(),
            _ => Pairs::default().with(DRAFT, pack(self)).query(),
        }
    }
}

/// Rows are answered together: the list of a row's field, else the name itself.
fn list_of(name: &str) -> &str {
    if name.starts_with("rates.") {
        return "rates";
    }
    name.split('[').next().unwrap_or(name)
}

/// The first thing said of a field is what is wrong with the text; what follows from leaving it out is noise.
fn add(errors: &mut Vec<FieldError>, more: Vec<FieldError>) {
    for error in more {
        if !errors.iter().any(|known| known.path == error.path) {
            errors.push(error);
        }
    }
}

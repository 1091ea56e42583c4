//! A small form that asks one question: its inputs, what was typed into them, what is wrong
//! with that, beside the input. The address keeps it all; no script is needed.

use leptos::prelude::*;
use model::Region;
use model::system::FieldError;

use crate::markup::{IntoMarkup as _, Markup};
use crate::url_state::{Pairs, read_one};

/// What an input takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// A number, with a unit of its own or `k`, `M`.
    Number,
    /// Words, such as an id.
    Words,
    /// One of these, value and label.
    One(&'static [(&'static str, &'static str)]),
    /// A region.
    Region,
}

/// One input of a form. Where nothing was typed, the default stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Input {
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) default: &'static str,
    pub(crate) takes: Takes,
}

impl Input {
    pub(crate) const fn number(
        name: &'static str,
        label: &'static str,
        unit: &'static str,
        default: &'static str,
    ) -> Self {
        Self {
            name,
            label,
            unit,
            default,
            takes: Takes::Number,
        }
    }

    pub(crate) const fn words(
        name: &'static str,
        label: &'static str,
        default: &'static str,
    ) -> Self {
        Self {
            takes: Takes::Words,
            ..Self::number(name, label, "", default)
        }
    }

    pub(crate) const fn one(
        name: &'static str,
        label: &'static str,
        default: &'static str,
        choices: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self {
            takes: Takes::One(choices),
            ..Self::number(name, label, "", default)
        }
    }

    pub(crate) const fn region(name: &'static str) -> Self {
        Self {
            takes: Takes::Region,
            ..Self::number(name, "Region", "", "us-east-1")
        }
    }

    /// The texts it can have; none where it takes any.
    fn choices(&self) -> Vec<(&'static str, &'static str)> {
        match self.takes {
            Takes::Number | Takes::Words => Vec::new(),
            Takes::One(choices) => choices.to_vec(),
            Takes::Region => Region::ALL
                .map(|region| (region.id(), region.name()))
                .to_vec(),
        }
    }

    /// What is wrong with a text, and the number that it is.
    fn read(&self, text: &str) -> Result<f64, String> {
        match self.takes {
            Takes::Number => read_one(self.name, text),
            Takes::Words => Ok(f64::NAN),
            Takes::One(_) | Takes::Region => {
                let known = self.choices().iter().any(|(value, _)| *value == text);
                known
                    .then_some(f64::NAN)
                    .ok_or_else(|| "must be one of the list".to_owned())
            }
        }
    }
}

/// What was typed into a form.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    prefix: String,
    inputs: &'static [Input],
    texts: Vec<String>,
    numbers: Vec<f64>,
    errors: Vec<FieldError>,
}

impl Typed {
    /// Reads the inputs of a form. `prefix` stands before each name in the address.
    pub(crate) fn read(prefix: &str, inputs: &'static [Input], pairs: &Pairs) -> Self {
        let mut typed = Self {
            prefix: prefix.to_owned(),
            inputs,
            texts: Vec::new(),
            numbers: Vec::new(),
            errors: Vec::new(),
        };
        for input in inputs {
            let text = pairs.last(&typed.address(input.name));
            let text = text.unwrap_or(input.default).to_owned();
            let number = input.read(&text).unwrap_or_else(|message| {
                typed.add(input.name, message);
                f64::NAN
            });
            typed.texts.push(text);
            typed.numbers.push(number);
        }
        typed
    }

    /// The number typed; not a number where it is none.
    pub(crate) fn number(&self, name: &str) -> f64 {
        self.place(name)
            .map_or(f64::NAN, |place| self.numbers[place])
    }

    /// A whole number; what is none is an error of this input.
    pub(crate) fn whole(&self, name: &str) -> Result<u32, Vec<FieldError>> {
        let number = self.number(name);
        let whole = format!("{number:.0}").parse().ok();
        whole
            .filter(|whole| (f64::from(*whole) - number).abs() < f64::EPSILON)
            .ok_or_else(|| vec![wrong(name, "must be a whole number")])
    }

    /// Whether the form asks for it.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.place(name).is_some()
    }

    /// The text typed.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.place(name).map_or("", |place| &self.texts[place])
    }

    /// The number typed, as it is written within a sentence; what is none stands as typed.
    pub(crate) fn said(&self, name: &str, write: impl Fn(f64) -> String) -> String {
        let number = self.number(name);
        if number.is_nan() {
            format!("{:.20}", self.text(name))
        } else {
            write(number)
        }
    }

    /// The region chosen.
    pub(crate) fn region(&self, name: &str) -> Region {
        self.text(name).parse().unwrap_or(Region::UsEast1)
    }

    /// The errors, if any.
    pub(crate) fn checked(&self) -> Result<(), Vec<FieldError>> {
        if self.errors.is_empty() {
            Ok(())
        } else {
            Err(self.errors.clone())
        }
    }

    /// Says what is wrong beyond the texts; a path that is no input's goes to the first.
    pub(crate) fn accuse(&mut self, errors: Vec<FieldError>) {
        for error in errors {
            let named = self
                .inputs
                .iter()
                .find(|input| error.path.ends_with(input.name))
                .or_else(|| self.inputs.first());
            if let Some(input) = named {
                self.add(input.name, error.message);
            }
        }
    }

    fn add(&mut self, name: &str, message: String) {
        if self.errors.iter().all(|error| error.path != name) {
            self.errors.push(wrong(name, message));
        }
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.inputs.iter().position(|input| input.name == name)
    }

    fn address(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// The fields, as a form shows them.
    pub(crate) fn fields(&self) -> impl IntoView + use<> {
        let fields = self.inputs.iter().zip(&self.texts).map(|(input, text)| {
            let error = self.errors.iter().find(|error| error.path == input.name);
            field(*input, self.address(input.name), text, error)
        });
        fields.collect_view()
    }

    /// What the address holds beside this form, carried along.
    pub(crate) fn carried(&self, pairs: &Pairs) -> impl IntoView + use<> {
        let own: Vec<String> = self
            .inputs
            .iter()
            .map(|input| self.address(input.name))
            .collect();
        pairs
            .iter()
            .filter(|(name, _)| own.iter().all(|one| one != name))
            .map(|(name, text)| view! { <input type="hidden" name=name.to_owned() value=text.to_owned()/> })
            .collect_view()
    }
}

/// Something is wrong with an input.
pub(crate) fn wrong(name: &str, message: impl Into<String>) -> FieldError {
    FieldError {
        path: name.to_owned(),
        message: message.into(),
    }
}

fn field(input: Input, name: String, text: &str, error: Option<&FieldError>) -> Markup {
    let class = if error.is_some() {
        "field small wrong"
    } else {
        "field small"
    };
    let described = error.map(|_| format!("{name}-error"));
    let error = error.map(|error| {
        view! {
            <p class="error" id=described.clone()>
                <span class="visually-hidden">"Error: "</span> {input.label} " " {error.message.clone()} "."
            </p>
        }
    });
    let invalid = described.is_some().then_some("true");
    let control = match input.takes {
        Takes::Number | Takes::Words => view! {
            <input
                class=if input.takes == Takes::Number { "number" } else { "words" }
                type="text"
                id=name.clone()
                name=name.clone()
                value=text.to_owned()
                autocomplete="off"
                spellcheck="false"
                aria-describedby=described
                aria-invalid=invalid
            />
        }
        .into_markup(),
        Takes::One(_) | Takes::Region => {
            let options = input.choices().into_iter().map(|(value, label)| {
                view! { <option value=value selected=value == text>{label}</option> }
            });
            view! { <select id=name.clone() name=name.clone() aria-describedby=described aria-invalid=invalid>{options.collect_view()}</select> }
                .into_markup()
        }
    };
    let unit = (!input.unit.is_empty()).then(|| view! { <span class="unit">{input.unit}</span> });
    view! {
        <div class=class>
            <label for=name>{input.label}</label>
            {error}
            <span class="with-unit">{control} {unit}</span>
        </div>
    }
    .into_markup()
}

//! Reading a system and reporting every bad value with its path.

mod links;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::latency::distribution::LogNormal;
use crate::strict::Strict;
use crate::units::Milliseconds;

use super::limits::{
    LARGEST_COMPONENTS, LARGEST_LIST, LARGEST_NAME, LARGEST_NOTES, LARGEST_PROVENANCE,
    LARGEST_RATE_USD, REQUIRED,
};
use super::records::{
    AnswerField, BURST_FIELDS, ENVIRONMENT_FIELDS, OPERATIONS_FIELDS, PURCHASE_FIELDS, RecordField,
    SYSTEM_FIELDS,
};
use super::{Answer, Component, NUMBER_FIELDS, System, VERSION, number_field};

/// One bad field.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// Where it stands, such as `components[0].work.cpu_ms`.
    pub path: String,
    /// What is wrong with it, a sentence without its subject.
    pub message: String,
}

/// A system that cannot be computed: all that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.summary())]
pub struct InvalidSystem {
    /// Never empty.
    pub errors: Vec<FieldError>,
}

impl InvalidSystem {
    fn one(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            errors: vec![FieldError {
                path: path.into(),
                message: message.into(),
            }],
        }
    }

    fn summary(&self) -> String {
        let lines: Vec<String> = self
            .errors
            .iter()
            .map(|error| format!("{}: {}", error.path, error.message))
            .collect();
        lines.join("; ")
    }
}

pub(super) fn parse(json: &[u8]) -> Result<System, InvalidSystem> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let _: System =
        serde_path_to_error::deserialize(&mut deserializer).map_err(|error| structural(&error))?;
    deserializer
        .end()
        .map_err(|error| InvalidSystem::one("", error.to_string()))?;
    // The first reading says where a mistake stands and sees a field that comes twice.
    let value =
        serde_json::from_slice(json).map_err(|error| InvalidSystem::one("", error.to_string()))?;
    parse_value(value)
}

pub(super) fn parse_value(value: Value) -> Result<System, InvalidSystem> {
    let system: System =
        serde_path_to_error::deserialize(Strict(value)).map_err(|error| structural(&error))?;
    check(&system)?;
    Ok(system)
}

/// serde names an unknown or missing field in its message only; people want it in the path.
fn structural(error: &serde_path_to_error::Error<serde_json::Error>) -> InvalidSystem {
    let message = error.inner().to_string();
    let path = error.path().to_string();
    let path = if path == "." || path == "?" {
        String::new()
    } else {
        path
    };
    let named = message
        .strip_prefix("unknown field `")
        .or_else(|| message.strip_prefix("missing field `"));
    let field = named
        .and_then(|rest| rest.split('`').next())
        .unwrap_or_default();
    let complete = match (path.as_str(), field) {
        (path, "") => path.to_owned(),
        ("", field) => field.to_owned(),
        (path, field) if path.ends_with(&format!(".{field}")) || path == field => path.to_owned(),
        (path, field) => format!("{path}.{field}"),
    };
    InvalidSystem::one(complete, message)
}

/// Collects errors below a path.
struct Findings(Vec<FieldError>);

impl Findings {
    fn add(&mut self, path: impl Into<String>, message: impl Into<String>) {
        self.0.push(FieldError {
            path: path.into(),
            message: message.into(),
        });
    }

    fn number(&mut self, path: &str, value: f64, min: f64, max: f64) {
        if !(min..=max).contains(&value) {
            self.add(
                path,
                format!(
                    "must be between {} and {}, is {}",
                    plain(min),
                    plain(max),
                    plain(value)
                ),
            );
        }
    }

    fn answer(&mut self, path: &str, answer: Option<Answer>, min: f64, max: f64, whole: bool) {
        let Some(answer) = answer else { return };
        match answer {
            Answer::Exact(value) => self.number(path, value, min, max),
            Answer::Range { low, typical, high } => {
                self.number(&format!("{path}.low"), low, min, max);
                self.number(&format!("{path}.typical"), typical, min, max);
                self.number(&format!("{path}.high"), high, min, max);
                if low > typical || typical > high {
                    self.add(path, "must rise from low over typical to high");
                }
            }
        }
        if whole && (answer.typical() - libm::trunc(answer.typical())).abs() > 0.0 {
            self.add(path, "must be a whole number");
        }
    }

    fn answers<T>(&mut self, before: &str, record: &T, fields: &[AnswerField<T>]) {
        for field in fields {
            let path = format!("{before}{}", field.name);
            self.answer(
                &path,
                (field.get)(record),
                field.min,
                field.max,
                field.whole,
            );
        }
    }

    fn record<T>(&mut self, path: &str, record: &T, fields: &[RecordField<T>]) {
        for field in fields {
            let path = format!("{path}.{}", field.name);
            self.number(&path, (field.get)(record), field.min, field.max);
        }
    }

    fn text(&mut self, path: &str, text: &str, longest: usize) {
        let length = text.chars().count();
        if length > longest {
            self.add(
                path,
                format!("may be at most {longest} characters long, has {length}"),
            );
        }
    }
}

/// Numbers in messages as people write them: no exponent, no needless fraction.
fn plain(value: f64) -> String {
    if value.abs() >= 1e4 && value.abs() < 1e15 {
        crate::wording::grouped(value)
    } else {
        format!("{value}")
    }
}

pub(super) fn check(system: &System) -> Result<(), InvalidSystem> {
    let mut findings = Findings(Vec::new());
    if system.version != VERSION {
        findings.add(
            "version",
            format!("must be {VERSION}, is {}", system.version),
        );
    }
    findings.text("name", &system.name, LARGEST_NAME);
    findings.text("notes", &system.notes, LARGEST_NOTES);
    if system.components.is_empty() {
        findings.add("components", "must have at least one component");
    }
    if system.components.len() > LARGEST_COMPONENTS {
        findings.add(
            "components",
            format!(
                "may have at most {LARGEST_COMPONENTS}, has {}",
                system.components.len()
            ),
        );
    }
    for (index, component) in system.components.iter().enumerate() {
        check_component(&mut findings, &format!("components[{index}]"), component);
    }
    check_names(&mut findings, system);
    check_shared(&mut findings, system);
    if findings.0.is_empty() {
        Ok(())
    } else {
        Err(InvalidSystem { errors: findings.0 })
    }
}

fn check_component(findings: &mut Findings, path: &str, component: &Component) {
    findings.text(&format!("{path}.name"), &component.name, LARGEST_NAME);
    for field in NUMBER_FIELDS {
        let at = format!("{path}.{}", field.path);
        findings.answer(
            &at,
            (field.get)(component),
            field.min,
            field.max,
            field.whole,
        );
    }
    for required in REQUIRED {
        let given = number_field(required).and_then(|field| (field.get)(component));
        if given.is_none() {
            findings.add(format!("{path}.{required}"), "is required");
        }
    }
    check_work(findings, path, component);
    check_traffic(findings, path, component);
    if let Some(kind) = &component.pin.instance_type {
        let known = crate::behavior::Behavior::embedded()
            .instance_type(kind)
            .is_some();
        if !known {
            findings.add(
                format!("{path}.pin.instance_type"),
                format!("names no known instance type: {kind:.60}"),
            );
        }
    }
    if let Some(purchase) = &component.purchase {
        findings.answers(&format!("{path}.purchase."), purchase, PURCHASE_FIELDS);
    }
}

/// Answers that must agree with each other.
fn check_work(findings: &mut Findings, path: &str, component: &Component) {
    let work = &component.work;
    // A duration that is none is said to be so; what disagrees with it is not to blame.
    let duration = work.duration_ms.map(Answer::typical);
    let Some(duration) = duration.filter(|ms| *ms > 0.0) else {
        return;
    };
    if let Some(p99) = work.duration_p99_ms.map(Answer::typical)
        && let Err(error) =
            LogNormal::from_mean_p99(Milliseconds::new(duration), Some(Milliseconds::new(p99)))
    {
        findings.add(format!("{path}.work.duration_p99_ms"), error.to_string());
    }
    let parallelism = work.parallelism.map_or(1.0, Answer::typical);
    if let Some(cpu) = work.cpu_ms.map(Answer::typical)
        && component.pin.lambda_memory_mb.is_none()
        && cpu > duration * parallelism
    {
        findings.add(
            format!("{path}.work.cpu_ms"),
            format!("exceeds the wall time ({duration} ms) though only {parallelism} vCPU can be used at once"),
        );
    }
}

fn check_traffic(findings: &mut Findings, path: &str, component: &Component) {
    let traffic = &component.traffic;
    let bursts = traffic.bursts.as_deref().unwrap_or_default();
    if bursts.len() > LARGEST_LIST {
        findings.add(
            format!("{path}.traffic.bursts"),
            format!("may have at most {LARGEST_LIST}"),
        );
    }
    for (index, burst) in bursts.iter().enumerate() {
        let at = format!("{path}.traffic.bursts[{index}]");
        findings.record(&at, burst, BURST_FIELDS);
    }
    if let Some(shape) = &traffic.shape
        && let Some(peak) = traffic.peak_to_mean.map(Answer::typical)
        && (1.0..=168.0).contains(&peak)
        && let Err(message) = shape.profile().check_stretch(peak)
    {
        findings.add(format!("{path}.traffic.peak_to_mean"), message.to_string());
    }
}

fn check_names(findings: &mut Findings, system: &System) {
    let mut seen = BTreeSet::new();
    for (index, component) in system.components.iter().enumerate() {
        if !component.name.is_empty() && !seen.insert(component.name.as_str()) {
            findings.add(
                format!("components[{index}].name"),
                "is used twice; links could not tell them apart",
            );
        }
    }
    links::check(findings, system);
}

fn check_shared(findings: &mut Findings, system: &System) {
    let operations = &system.operations;
    if let Some(purchase) = &system.purchase {
        findings.answers("purchase.", purchase, PURCHASE_FIELDS);
    }
    findings.answers("operations.", operations, OPERATIONS_FIELDS);
    findings.answers("", system, SYSTEM_FIELDS);
    for (index, environment) in operations.environments.iter().flatten().enumerate() {
        let at = format!("operations.environments[{index}]");
        findings.text(&format!("{at}.name"), &environment.name, LARGEST_NAME);
        findings.record(&at, environment, ENVIRONMENT_FIELDS);
    }
    for (id, usd) in &system.rates {
        let at = format!("rates.{id:.100}");
        findings.number(&at, *usd, 0.0, LARGEST_RATE_USD);
    }
    if system.provenance.len() > LARGEST_PROVENANCE {
        findings.add(
            "provenance",
            format!("may have at most {LARGEST_PROVENANCE} entries"),
        );
    }
}

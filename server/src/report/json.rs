//! The answers and the result, as the API gives them.

use super::{Format, Subject};

pub(super) const FORMAT: Format = Format {
    extension: "json",
    content_type: "application/json",
    write: |subject| Ok(write(subject).into_bytes()),
};

fn write(subject: &Subject<'_>) -> String {
    let report = serde_json::json!({ "system": subject.system, "evaluation": subject.evaluation });
    format!("{report:#}\n")
}

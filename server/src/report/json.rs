//! The answers and the result, as the API gives them.

use super::{Format, Material, ReportError};

pub(super) const FORMAT: Format = Format {
    extension: "json",
    content_type: "application/json",
    name: "JSON",
    draws: false,
    write,
};

#[expect(clippy::unnecessary_wraps, reason = "the signature of every format")]
fn write(material: &Material) -> Result<Vec<u8>, ReportError> {
    let report =
        serde_json::json!({ "system": material.system, "evaluation": material.evaluation });
    Ok(format!("{report:#}\n").into_bytes())
}

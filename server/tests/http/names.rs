//! The names that an evaluation promises.

use serde_json::Value;

/// `a.b` and `list[].name`; a list must have an entry unless it ends in `[]?`.
const NAMES: &[&str] = &[
    "price_book",
    "model_version",
    "verdict.family",
    "verdict.platform",
    "verdict.monthly_usd",
    "verdict.monthly_usd_low",
    "verdict.monthly_usd_high",
    "verdict.confidence",
    "verdict.regret_usd",
    "verdict.decision",
    "verdict.headline",
    "components[].name",
    "components[].verdict.family",
    "components[].verdict.platform",
    "components[].verdict.confidence",
    "components[].verdict.reasons[]?.rule",
    "components[].verdict.reasons[]?.text",
    "components[].verdict.reasons[]?.source",
    "components[].options[].platform",
    "components[].options[].label",
    "components[].options[].family",
    "components[].options[].fit.ok",
    "components[].options[].fit.provisional",
    "components[].options[].fit.limits[]?.limit",
    "components[].options[].fit.limits[]?.limit_value",
    "components[].options[].fit.limits[]?.workload_value",
    "components[].options[].fit.limits[]?.unit",
    "components[].options[].fit.limits[]?.ok",
    "components[].options[].fit.limits[]?.headroom",
    "components[].options[].fit.limits[]?.source",
    "components[].options[].fit.limits[]?.as_of",
    "components[].options[].configuration",
    "components[].options[].bill",
    "components[].options[].bill?.monthly_usd",
    "components[].options[].bill?.lines[]?.group",
    "components[].options[].bill?.lines[]?.name",
    "components[].options[].bill?.lines[]?.quantity",
    "components[].options[].bill?.lines[]?.unit",
    "components[].options[].bill?.lines[]?.unit_price_usd",
    "components[].options[].bill?.lines[]?.amount_usd",
    "components[].options[].bill?.lines[]?.price_id",
    "components[].options[].latency",
    "components[].options[].latency?.p50_ms",
    "components[].options[].latency?.p90_ms",
    "components[].options[].latency?.p95_ms",
    "components[].options[].latency?.p99_ms",
    "components[].options[].latency?.p999_ms",
    "components[].options[].latency?.cold_start_probability",
    "components[].options[].latency?.cold_start_p50_ms",
    "components[].options[].latency?.cold_start_p99_ms",
    "components[].options[].meets_target",
    "components[].options[].probability_cheapest",
    "components[].options[].operations_score",
    "components[].options[].mitigations[]?.change",
    "components[].break_even[]?.between",
    "components[].break_even[]?.requests_per_month",
    "components[].break_even[]?.cheaper_above",
    "components[].break_even[]?.kind",
    "components[].cost_curve.requests_per_month",
    "components[].cost_curve.options[]?.platform",
    "components[].cost_curve.options[]?.monthly_usd",
    "components[].flips[]?.input",
    "components[].information[]?.input",
    "components[].services[]?.need",
    "totals[].plan",
    "totals[].monthly_usd",
    "growth[]?.month",
    "assumptions[]?.input",
    "assumptions[]?.value",
    "assumptions[]?.provenance",
    "assumptions[]?.consequence",
    "assumptions[]?.could_flip",
    "excluded",
    "warnings",
];

/// The promised names that the evaluation lacks.
pub(crate) fn missing_names(evaluation: &Value) -> Vec<String> {
    NAMES
        .iter()
        .filter(|name| !has(evaluation, name))
        .map(ToString::to_string)
        .collect()
}

fn has(value: &Value, name: &str) -> bool {
    let (head, rest) = name.split_once('.').unwrap_or((name, ""));
    let key = head.trim_end_matches('?').trim_end_matches("[]");
    let Some(inner) = value.get(key) else {
        return false;
    };
    if rest.is_empty() {
        return true;
    }
    match inner {
        Value::Array(entries) => {
            (head.ends_with('?') || !entries.is_empty())
                && entries.iter().all(|entry| has(entry, rest))
        }
        Value::Null => head.ends_with('?'),
        _ => has(inner, rest),
    }
}

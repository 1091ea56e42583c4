//! Whether cold starts reach the percentiles that people look at.

use super::Context;
use crate::behavior::Behavior;
use crate::evaluation::Reason;
use crate::latency::cold_start::ColdStart;
use crate::units::{RequestsPerSecond, Seconds};
use crate::wording::{milliseconds, percent};
use crate::workload::Workload;

pub(super) fn reason(context: &Context<'_>) -> Option<Reason> {
    let option = context.serverless()?;
    let latency = option.latency.as_ref()?;
    let (share, added) = (latency.cold_start_probability, latency.cold_start_p50_ms?);
    let where_seen = if share > 0.05 {
        "enough to show in P95 and P99"
    } else if share > 0.01 {
        "enough to show in P99"
    } else if share > 0.001 {
        "too few to show in P99, enough to show in P99.9"
    } else {
        "too few to show even in P99.9; deployments and bursts are not counted"
    };
    let source = Behavior::embedded()
        .source("lambda-perf")
        .map_or("/method#cold-starts", |source| source.url.as_str());
    Some(super::reason(
        "cold_starts",
        source,
        format!(
            "On {} {} of the requests meet a cold start of about {}, {where_seen}.",
            option.label,
            percent(share),
            milliseconds(added)
        ),
    ))
}

/// The exact form holds while a request is shorter than the keep-alive.
pub(super) fn warnings(workload: &Workload, warnings: &mut Vec<String>) {
    let asked = ColdStart {
        arrival_rate: RequestsPerSecond::new(workload.requests.per_second().get()),
        service_time: workload.duration.seconds(),
        keep_alive: Seconds::new(workload.keep_alive_s),
    };
    if !asked.in_range() {
        warnings.push(format!(
            "{}: one request runs longer than Lambda keeps an idle environment ({} s), so the share of cold starts is a rough figure. Replay a week of it to see the share.",
            workload.name, workload.keep_alive_s
        ));
    }
}

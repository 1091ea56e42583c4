//! The limits of the services, as values to be held against `data/behavior/limits.toml`.

use crate::behavior::Behavior;
use crate::system::Kind;
use crate::units::{KB_PER_MB, RequestsPerMonth};
use crate::workload::Workload;

use super::{Side, stream, stream_shards};

/// The id of each limit that a service sets this workload, and what the workload needs, in
/// the limit's unit.
///
/// - `aws-sqs/message`: a worker's message, MB; `aws-sqs/in-flight`: messages in work at the
///   busiest hour, `r S b` on Lambda, where a message waits for its batch, `r S` in tasks;
/// - `aws-step-functions/standard-duration`: the longest run, s; `../payload`: the larger of
///   input and output of a workflow, KB;
/// - `aws-kinesis/shard-write`, `shard-read`: MB/s a shard, and on Lambda
///   `aws-kinesis/parallelization`, with the shards that the model chose;
/// - `aws-eventbridge/event`: an event, KB; `aws-dynamodb/item`: the larger item, KB.
///
/// The limits of FIFO queues and of express workflows are not among them: the model uses
/// standard queues, and express only where it fits.
#[must_use]
pub fn limits(
    workload: &Workload,
    side: Side,
    requests: RequestsPerMonth,
) -> Vec<(&'static str, f64)> {
    let mut limits = Vec::new();
    let needs = &workload.state;
    let peak = requests.per_second() * workload.peak_weight();
    match workload.kind {
        Kind::QueueWorker => {
            let held = match side {
                Side::Serverless => workload.batch_size,
                Side::Containers => 1.0,
            };
            let in_work = peak.offered_load(workload.duration.seconds()) * held;
            limits.push(("aws-sqs/message", workload.payload_in_kb / KB_PER_MB));
            limits.push(("aws-sqs/in-flight", in_work));
        }
        Kind::Stream => {
            let shards = stream_shards(workload, side, requests);
            let mb = peak.get() * workload.payload_in_kb / KB_PER_MB / shards;
            limits.push(("aws-kinesis/shard-write", mb));
            limits.push(("aws-kinesis/shard-read", mb));
            if side == Side::Serverless {
                let parallel = stream::parallelization(workload, requests);
                limits.push(("aws-kinesis/parallelization", parallel));
            }
        }
        Kind::Workflow if needs.workflow_steps > 0.0 => {
            let payload = workload.payload_in_kb.max(workload.payload_out_kb);
            limits.push(("aws-step-functions/payload", payload));
        }
        _ => {}
    }
    if needs.workflow_steps > 0.0 {
        let longest = workload.max_duration.seconds().get();
        limits.push(("aws-step-functions/standard-duration", longest));
    }
    if needs.events > 0.0 {
        limits.push(("aws-eventbridge/event", needs.event_kb));
    }
    if needs.uses_items() {
        let item = needs.read_item_kb.max(needs.write_item_kb);
        limits.push(("aws-dynamodb/item", item));
    }
    limits
}

/// The largest payload that a message may carry, KB.
pub(crate) fn largest_message_kb() -> f64 {
    Behavior::embedded().limit("aws-sqs/message").value * KB_PER_MB
}

/// The largest item, KB.
pub(crate) fn largest_item_kb() -> f64 {
    Behavior::embedded().limit("aws-dynamodb/item").value
}

/// The largest event, KB.
pub(crate) fn largest_event_kb() -> f64 {
    Behavior::embedded().limit("aws-eventbridge/event").value
}

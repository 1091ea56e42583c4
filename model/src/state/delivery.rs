//! How long an event source takes to deliver.
//!
//! The same figure stands on both sides. A task's long poll comes back when a message
//! arrives, as that of Lambda's pollers does, and what was measured holds the start of the
//! function besides: it is an upper bound for tasks. What `EventBridge` takes is its own
//! time, whatever it delivers to, and a Kinesis consumer polls once a second on either
//! side.

use crate::behavior::Behavior;
use crate::latency::distribution::LogNormal;
use crate::system::Kind;
use crate::units::Milliseconds;

pub(crate) fn delivery(kind: Kind, express: bool) -> Option<LogNormal> {
    let id = match kind {
        Kind::QueueWorker => "state/sqs_to_lambda",
        Kind::Event => "state/eventbridge_to_lambda",
        Kind::Stream => "state/kinesis_to_lambda",
        Kind::Workflow if express => "state/step_functions_express",
        Kind::Workflow => "state/step_functions_standard",
        Kind::HttpApi | Kind::WebApp | Kind::ScheduledBatch | Kind::Websocket => return None,
    };
    let figure = Behavior::embedded().service_latency(id)?;
    LogNormal::from_p50_p95(
        Milliseconds::new(figure.p50_ms),
        Milliseconds::new(figure.p95_ms),
    )
    .ok()
}

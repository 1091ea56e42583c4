//! What a component keeps and calls: its answers, and the sizes of what it moves.

use std::sync::LazyLock;

use super::{Purpose, Resolver};
use crate::behavior::Behavior;
use crate::rules::Rules;
use crate::state::{StateNeeds, largest_event_kb, largest_item_kb, largest_message_kb};
use crate::system::{Answer, Component, Kind};
use crate::workload::Workload;

/// Whether the data take an unanswered need as none at all, without a range: a sample,
/// drawn a thousand times, then need not look it up.
static ABSENT_IS_NOTHING: LazyLock<bool> = LazyLock::new(|| {
    let entries = Behavior::embedded().defaults().iter();
    let mut needs = entries.filter(|entry| entry.path.starts_with("state."));
    needs.all(|entry| entry.number_given(0.0) == Some(0.0) && entry.range_given(0.0).is_none())
});

impl Resolver<'_> {
    /// The state needs. A payload tells the size of an item only where it was stated, is
    /// not an object's, and fits; the accesses of a request share it.
    pub(super) fn state(
        &mut self,
        component: &Component,
        index: usize,
        workload: &Workload,
    ) -> StateNeeds {
        let answers = &component.state;
        let skips = matches!(self.purpose, Purpose::Sample(_)) && *ABSENT_IS_NOTHING;
        let mut number = |name: &str, answer: Option<Answer>| {
            if skips && answer.is_none() {
                0.0
            } else {
                self.number(name, answer, 0.0)
            }
        };
        let mut needs = StateNeeds {
            key_value_reads: number("state.key_value_reads", answers.key_value_reads),
            key_value_writes: number("state.key_value_writes", answers.key_value_writes),
            queue_messages: number("state.queue_messages", answers.queue_messages),
            workflow_steps: number("state.workflow_steps", answers.workflow_steps),
            events: number("state.events", answers.events),
            object_reads: number("state.object_reads", answers.object_reads),
            object_writes: number("state.object_writes", answers.object_writes),
            storage_gb: number("state.storage_gb", answers.storage_gb),
            cache_gb: number("state.cache_gb", answers.cache_gb),
            relational_connections: number(
                "state.relational_connections",
                answers.relational_connections,
            ),
            websocket_connections: number(
                "state.websocket_connections",
                answers.websocket_connections,
            ),
            websocket_messages_per_s: number(
                "state.websocket_messages_per_s",
                answers.websocket_messages_per_s,
            ),
            consumed_elsewhere: self.has_other_worker(index),
            ..StateNeeds::default()
        };
        let work = &component.work;
        let objects = needs.uses_objects();
        let payload_in =
            (work.payload_in_kb.is_some() && !objects).then_some(workload.payload_in_kb);
        let payload_out =
            (work.payload_out_kb.is_some() && !objects).then_some(workload.payload_out_kb);
        needs.read_item_kb = size(payload_out, needs.key_value_reads, largest_item_kb());
        needs.write_item_kb = size(payload_in, needs.key_value_writes, largest_item_kb());
        needs.message_kb = size(payload_in, 1.0, largest_message_kb());
        needs.event_kb = size(payload_in, 1.0, largest_event_kb());
        needs
    }

    /// Whether another component of the system takes messages off a queue.
    fn has_other_worker(&self, index: usize) -> bool {
        let mut others = self.system.components.iter().enumerate();
        others.any(|(other, component)| other != index && component.kind == Some(Kind::QueueWorker))
    }
}

/// The payload shared among the accesses of a request, or the usual size where it is not
/// known or would not fit.
fn size(payload_kb: Option<f64>, accesses: f64, largest_kb: f64) -> f64 {
    payload_kb
        .map(|payload_kb| payload_kb / accesses.max(1.0))
        .filter(|kb| *kb <= largest_kb)
        .unwrap_or(Rules::embedded().state_item_kb)
}

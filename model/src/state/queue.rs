//! Queues: Amazon SQS, standard, on both sides.
//!
//! A message costs three calls: one to send, one to receive, one to delete, and a call
//! counts once for each 64 KB that it carries. Who pays which, so that nothing is billed
//! twice in a system:
//! - sending stands on the bill of whoever sends (`queue_messages` of a request);
//! - receiving and deleting stand on the bill of the queue worker that takes the message;
//!   where the system has no other queue worker, with the sender.
//!
//! A queue worker receives and deletes in batches of `b = min(batch size, 10)`, on Lambda
//! by its event source mapping, on containers by its own loop: `ceil(b KB / 64) / b` and
//! `1 / b` calls a message.
//!
//! **Empty receives.** Each of `p` pollers (five of Lambda, or one task per zone) waits
//! up to T = 20 s a call. With batches arriving at rate r, a call stays empty with
//! probability `e^-x`, `x = r T / p`, and a poller makes one every `T (1 - e^-x) / x`:
//! `p / T x / (e^x - 1)` empty calls a second, summed over the levels of the week.

use crate::behavior::Behavior;
use crate::bill::{Charges, Group};
use crate::evaluation::StateService;
use crate::math;
use crate::rules::Rules;
use crate::system::Kind;
use crate::tariff::{Rate, Tariffs};
use crate::units::{RequestsPerMonth, SECONDS_PER_HOUR};
use crate::wording::{count, short, usd};
use crate::workload::Workload;

use super::{Side, StateServices, billed_units};

#[derive(Debug)]
pub(super) struct Queue<'a> {
    workload: &'a Workload,
    send: Rate<'a>,
    receive: Rate<'a>,
    delete: Rate<'a>,
    empty: Rate<'a>,
    per_request: Calls,
    batch: f64,
    pollers: f64,
    free_calls: f64,
}

/// Calls that one request of the component causes.
#[derive(Clone, Copy, Debug)]
struct Calls {
    send: f64,
    receive: f64,
    delete: f64,
}

impl<'a> Queue<'a> {
    pub(super) fn new(
        tariffs: &mut Tariffs<'a>,
        workload: &'a Workload,
        side: Side,
    ) -> Option<Self> {
        let works = workload.kind == Kind::QueueWorker;
        let sends = workload.state.queue_messages > 0.0;
        if !works && !sends {
            return None;
        }
        let per_request = calls(workload);
        let mut rate = |needed: bool, name| {
            tariffs.rate(needed, Group::State, name, "amazon-sqs/request/standard")
        };
        Some(Self {
            workload,
            send: rate(sends, "SQS sends"),
            receive: rate(per_request.receive > 0.0, "SQS receives"),
            delete: rate(per_request.delete > 0.0, "SQS deletes"),
            empty: rate(works, "SQS empty receives"),
            per_request,
            batch: batch(workload),
            pollers: if works { pollers(workload, side) } else { 0.0 },
            free_calls: tariffs.allowance("amazon-sqs/free-tier/requests"),
        })
    }

    pub(super) fn charge(&self, bill: &mut (impl Charges + ?Sized), requests: RequestsPerMonth) {
        let parts = [
            (&self.send, requests.get() * self.per_request.send),
            (&self.receive, requests.get() * self.per_request.receive),
            (&self.delete, requests.get() * self.per_request.delete),
            (&self.empty, self.empty_receives(requests)),
        ];
        let mut total = 0.0;
        for (rate, quantity) in parts {
            rate.charge_after(bill, total, quantity);
            total += quantity;
        }
        let credited = if self.per_request.send > 0.0 {
            &self.send
        } else {
            &self.receive
        };
        credited.credit(bill, "Free tier: SQS requests", total, self.free_calls);
    }

    /// Long polls a month that come back with nothing.
    fn empty_receives(&self, requests: RequestsPerMonth) -> f64 {
        if self.pollers <= 0.0 {
            return 0.0;
        }
        let wait_s = Rules::embedded().sqs_poll_s;
        let at = |level: &crate::traffic::Level| {
            let batches = Workload::rate_at(requests, *level).get() / self.batch;
            let x = batches * wait_s / self.pollers;
            let share = if x > 0.0 { x / math::exp_m1(x) } else { 1.0 };
            Workload::hours_a_month(*level) * SECONDS_PER_HOUR * self.pollers / wait_s * share
        };
        self.workload.levels.iter().map(at).sum()
    }
}

/// Messages that one receive or delete call takes.
fn batch(workload: &Workload) -> f64 {
    workload
        .batch_size
        .clamp(1.0, Rules::embedded().sqs_messages_per_call)
}

fn calls(workload: &Workload) -> Calls {
    let unit_kb = Rules::embedded().sqs_unit_kb;
    let needs = &workload.state;
    let send = needs.queue_messages * billed_units(needs.message_kb, unit_kb);
    let mut calls = Calls {
        send,
        receive: 0.0,
        delete: 0.0,
    };
    if !needs.consumed_elsewhere {
        calls.receive += send;
        calls.delete += needs.queue_messages;
    }
    if workload.kind == Kind::QueueWorker {
        let batch = batch(workload);
        calls.receive += billed_units(batch * workload.payload_in_kb, unit_kb) / batch;
        calls.delete += 1.0 / batch;
    }
    calls
}

/// Loops that wait for messages when there are none.
fn pollers(workload: &Workload, side: Side) -> f64 {
    match side {
        Side::Serverless => Rules::embedded().sqs_lambda_pollers,
        Side::Containers => f64::from(workload.availability.zones()),
    }
}

pub(super) fn service(
    workload: &Workload,
    serverless: &StateServices<'_>,
    containers: &StateServices<'_>,
) -> Option<StateService> {
    let (on_lambda, on_tasks) = (serverless.queue.as_ref()?, containers.queue.as_ref()?);
    let month = |queue: &Queue<'_>| usd(super::usd(|total| queue.charge(total, workload.requests)));
    let own = f64::from(u8::from(workload.kind == Kind::QueueWorker));
    let per_request = workload.state.queue_messages + own;
    let peak = workload.requests.per_second().get() * workload.peak_weight() * per_request;
    let fifo = Behavior::embedded().limit("aws-sqs/fifo-rate");
    let order = if fifo.allows(peak) {
        String::new()
    } else {
        format!(
            " In strict order (FIFO) a queue takes {} a second without batches; the busiest \
             hour brings {}.",
            short(fifo.value),
            short(peak)
        )
    };
    let messages = count(workload.requests.get() * per_request);
    let cost = if own > 0.0 {
        format!(
            "Sending, receiving, deleting and waiting for {messages} messages cost {} a month \
             with Lambda's pollers, {} with tasks that poll.",
            month(on_lambda),
            month(on_tasks)
        )
    } else {
        format!(
            "The calls for {messages} messages cost {} a month on both sides.",
            month(on_lambda)
        )
    };
    Some(StateService {
        need: "queue".to_owned(),
        serverless: "Amazon SQS".to_owned(),
        containers: "Amazon SQS".to_owned(),
        reason: format!("The queue holds what comes faster than it is worked off. {cost}{order}"),
    })
}

//! State and event sources: the services that keep what functions and tasks forget, on
//! both sides, with their lines, limits and delivery times.
//!
//! One file per need. Calls that the handler itself makes are part of its stated
//! duration; only what happens before the handler runs adds to the response time.

mod batching;
mod cache;
mod delivery;
mod events;
mod key_value;
mod limits;
mod needs;
mod objects;
mod queue;
mod relational;
mod services;
mod sizes;
mod storage;
mod stream;
mod warnings;
mod websocket;
mod workflow;

use crate::bill::{Charges, Total};
use crate::latency::distribution::LogNormal;
use crate::tariff::Tariffs;
use crate::units::RequestsPerMonth;
use crate::workload::Workload;

pub use batching::batching;
pub(crate) use delivery::delivery;
pub use limits::limits;
pub(crate) use limits::{largest_event_kb, largest_item_kb, largest_message_kb};
pub use needs::StateNeeds;
pub use services::{services, services_priced};
pub use sizes::{CacheNode, DatabaseClass, SizeTable, cache_nodes, database_classes};
pub use stream::{stream_batch, stream_environments, stream_shards};
pub use warnings::warnings;

/// Which side of the question the services stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Beside functions: billed by use where such a service exists.
    Serverless,
    /// Beside a fleet of tasks or instances.
    Containers,
}

/// The services of one workload on one side, with their prices looked up once.
///
/// The bill is the sum of one term per need, each stated at its own file; a need of
/// zero looks nothing up and gives no line.
#[derive(Debug)]
pub struct StateServices<'a> {
    workload: &'a Workload,
    cache: Option<cache::Cache<'a>>,
    events: Option<events::Events<'a>>,
    key_value: Option<key_value::KeyValue<'a>>,
    objects: Option<objects::Objects<'a>>,
    queue: Option<queue::Queue<'a>>,
    relational: Option<relational::Relational<'a>>,
    storage: Option<storage::Storage<'a>>,
    stream: Option<stream::Stream<'a>>,
    websocket: Option<websocket::Websocket<'a>>,
    workflow: Option<workflow::Workflow<'a>>,
}

impl<'a> StateServices<'a> {
    /// Looks the prices up. One that is missing for the region is noted in `tariffs`.
    pub fn new(tariffs: &mut Tariffs<'a>, workload: &'a Workload, side: Side) -> Self {
        Self {
            workload,
            cache: cache::Cache::new(tariffs, workload, side),
            events: events::Events::new(tariffs, workload),
            key_value: key_value::KeyValue::new(tariffs, workload),
            objects: objects::Objects::new(tariffs, workload),
            queue: queue::Queue::new(tariffs, workload, side),
            relational: relational::Relational::new(tariffs, workload, side),
            storage: storage::Storage::new(tariffs, workload),
            stream: stream::Stream::new(tariffs, workload, side),
            websocket: websocket::Websocket::new(tariffs, workload, side),
            workflow: workflow::Workflow::new(tariffs, workload, side),
        }
    }

    /// Puts every line of the services on the bill of a month with `requests`.
    pub fn charge(&self, bill: &mut (impl Charges + ?Sized), requests: RequestsPerMonth) {
        if let Some(key_value) = &self.key_value {
            key_value.charge(bill, requests);
        }
        if let Some(objects) = &self.objects {
            objects.charge(bill, requests);
        }
        if let Some(storage) = &self.storage {
            storage.charge(bill);
        }
        if let Some(queue) = &self.queue {
            queue.charge(bill, requests);
        }
        if let Some(events) = &self.events {
            events.charge(bill, requests);
        }
        if let Some(workflow) = &self.workflow {
            workflow.charge(bill, requests);
        }
        if let Some(stream) = &self.stream {
            stream.charge(bill, requests);
        }
        if let Some(cache) = &self.cache {
            cache.charge(bill, requests);
        }
        if let Some(relational) = &self.relational {
            relational.charge(bill);
        }
        if let Some(websocket) = &self.websocket {
            websocket.charge(bill, requests);
        }
    }

    /// What delivery by the event source adds before the handler runs, in milliseconds;
    /// `None` where nothing stands between the caller and the handler but a front door.
    ///
    /// The figures are `state/..` of `data/behavior/latencies.toml`, a lognormal through
    /// P50 and P95.
    #[must_use]
    pub fn delivery(&self) -> Option<LogNormal> {
        let express = self
            .workflow
            .as_ref()
            .is_some_and(|workflow| workflow.express_is_cheaper(self.workload.requests));
        delivery::delivery(self.workload.kind, express)
    }
}

/// The dollars of what `charge` puts on a bill.
fn usd(charge: impl FnOnce(&mut Total)) -> f64 {
    let mut total = Total::default();
    charge(&mut total);
    total.usd().get()
}

/// Units that a size is billed as: `ceil(kb / unit_kb)`, at least one.
fn billed_units(kb: f64, unit_kb: f64) -> f64 {
    crate::math::ceil(kb / unit_kb).max(1.0)
}

/// "1 shard", "12 shards".
fn counted(number: f64, noun: &str) -> String {
    let number = crate::wording::count(number);
    let plural = if number == "1" { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

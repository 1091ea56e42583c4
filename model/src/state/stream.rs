//! Streams: Amazon Kinesis Data Streams with provisioned shards on both sides.
//!
//! Shards are sized for the busiest hour, arrival rate `r` in records a second and `m` in
//! MB a second, and stand all month:
//! `shards = max(1, ceil(max(m / 1, r / 1000, m / 2)))`.
//! On Lambda each shard feeds at most 10 environments, so that work of `S` seconds a record
//! (at one full vCPU) also needs `r S / 10` shards; the environments are
//! `shards x parallelization`, with the least parallelization (1..10) that keeps up,
//! `ceil(r S / shards)`. A component of kind `stream` owns its stream: the shards and the
//! PUT payload units, `records x ceil(KB / 25)`, stand on its bill.

use crate::behavior::Behavior;
use crate::bill::{Charges, Group};
use crate::evaluation::StateService;
use crate::math;
use crate::rules::Rules;
use crate::system::Kind;
use crate::tariff::{Rate, Tariffs};
use crate::units::{HOURS_PER_MONTH, KB_PER_MB, RequestsPerMonth};
use crate::wording::short;
use crate::workload::Workload;

use super::{Side, billed_units, counted};

#[derive(Debug)]
pub(super) struct Stream<'a> {
    workload: &'a Workload,
    side: Side,
    shard_hour: Rate<'a>,
    put_unit: Rate<'a>,
    units_per_record: f64,
}

impl<'a> Stream<'a> {
    pub(super) fn new(
        tariffs: &mut Tariffs<'a>,
        workload: &'a Workload,
        side: Side,
    ) -> Option<Self> {
        (workload.kind == Kind::Stream).then(|| Self {
            workload,
            side,
            shard_hour: tariffs.rate(
                true,
                Group::State,
                "Kinesis shards",
                "amazon-kinesis/shard/hour",
            ),
            put_unit: tariffs.rate(
                true,
                Group::State,
                "Kinesis put payload units",
                "amazon-kinesis/put-payload/unit",
            ),
            units_per_record: billed_units(
                workload.payload_in_kb,
                Rules::embedded().kinesis_put_unit_kb,
            ),
        })
    }

    pub(super) fn charge(&self, bill: &mut (impl Charges + ?Sized), requests: RequestsPerMonth) {
        let shards = stream_shards(self.workload, self.side, requests);
        self.shard_hour.charge(bill, shards * HOURS_PER_MONTH);
        self.put_unit
            .charge(bill, requests.get() * self.units_per_record);
    }
}

/// Records a second in the busiest hour.
fn peak(workload: &Workload, requests: RequestsPerMonth) -> f64 {
    requests.per_second().get() * workload.peak_weight()
}

/// Records in work at once in the busiest hour, in Erlangs, at one full vCPU.
fn load(workload: &Workload, requests: RequestsPerMonth) -> f64 {
    peak(workload, requests) * workload.duration.seconds().get()
}

fn limit(id: &str) -> f64 {
    Behavior::embedded().limit(id).value
}

/// Shards of the stream of a component of kind `stream`, sized for the busiest hour: the
/// formula is at the head of this file. At least one; range: any volume.
///
/// Source: the Kinesis quotas in `data/behavior/limits.toml` and `rules.toml`.
#[must_use]
pub fn stream_shards(workload: &Workload, side: Side, requests: RequestsPerMonth) -> f64 {
    let records = peak(workload, requests);
    let mb = records * workload.payload_in_kb / KB_PER_MB;
    let by_work = match side {
        Side::Serverless => load(workload, requests) / limit("aws-kinesis/parallelization"),
        Side::Containers => 0.0,
    };
    let shards = (mb / limit("aws-kinesis/shard-write"))
        .max(mb / limit("aws-kinesis/shard-read"))
        .max(records / Rules::embedded().kinesis_shard_records_per_s)
        .max(by_work);
    math::ceil(shards).max(1.0)
}

/// Batches of one shard that Lambda works on at once: the least of 1..10 that keeps up.
pub(super) fn parallelization(workload: &Workload, requests: RequestsPerMonth) -> f64 {
    let shards = stream_shards(workload, Side::Serverless, requests);
    math::ceil(load(workload, requests) / shards).clamp(1.0, limit("aws-kinesis/parallelization"))
}

/// Environments that Lambda runs for a stream: `shards x parallelization`. They stay warm
/// while records come; the cold-start ladder of single requests does not apply.
#[must_use]
pub fn stream_environments(workload: &Workload, requests: RequestsPerMonth) -> f64 {
    stream_shards(workload, Side::Serverless, requests) * parallelization(workload, requests)
}

/// The least batch size with which the environments of a stream keep up in the busiest
/// hour: each takes at most 10 invocations a second, so `b = ceil(r / (10 N))`, at least 1.
///
/// `r` records a second, `N` from [`stream_environments`]; the rule of 10 is
/// `lambda_requests_per_concurrency` of `rules.toml`.
#[must_use]
pub fn stream_batch(workload: &Workload, requests: RequestsPerMonth) -> f64 {
    let invocations =
        stream_environments(workload, requests) * Rules::embedded().lambda_requests_per_concurrency;
    math::ceil(peak(workload, requests) / invocations).max(1.0)
}

pub(super) fn service(workload: &Workload) -> Option<StateService> {
    (workload.kind == Kind::Stream).then(|| {
        let requests = workload.requests;
        StateService {
            need: "stream".to_owned(),
            serverless: "Amazon Kinesis Data Streams".to_owned(),
            containers: "Amazon Kinesis Data Streams".to_owned(),
            reason: format!(
                "Records stay in order within a shard. The busiest hour brings {} records a \
                 second: {} on Lambda, each feeding {} at once, and {} for consumers in \
                 containers.",
                short(peak(workload, requests)),
                counted(stream_shards(workload, Side::Serverless, requests), "shard"),
                counted(parallelization(workload, requests), "environment"),
                counted(stream_shards(workload, Side::Containers, requests), "shard")
            ),
        }
    })
}

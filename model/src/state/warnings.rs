//! Warnings about state: where a connection pool meets many functions, and what lies in a
//! private network.

use crate::math;
use crate::rules::Rules;
use crate::units::RequestsPerMonth;
use crate::wording::{count, short};
use crate::workload::Workload;

use super::limits::{largest_event_kb, largest_item_kb, largest_message_kb};

/// Sentences about what the state of a workload asks for beyond its bill, with its numbers.
#[must_use]
pub fn warnings(workload: &Workload) -> Vec<String> {
    [
        pools(workload),
        too_many_connections(workload),
        private_network(workload),
        references(workload),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Environments busy at the busiest hour, one connection each: the load `a = r S` and the
/// scatter of a Poisson count, `a + z sqrt(a)`.
fn environments(workload: &Workload, requests: RequestsPerMonth) -> f64 {
    let peak = requests.per_second() * workload.peak_weight();
    let load = peak.offered_load(workload.duration.seconds());
    math::ceil(load + Rules::embedded().concurrency_z * math::sqrt(load))
}

/// Tasks of one vCPU that the busiest hour asks for, at least one a zone.
fn tasks(workload: &Workload, requests: RequestsPerMonth) -> f64 {
    let peak = requests.per_second() * workload.peak_weight();
    let computing = peak.offered_load(workload.cpu.seconds());
    math::ceil(computing / workload.utilization_target)
        .max(f64::from(workload.availability.zones()))
}

fn pools(workload: &Workload) -> Option<String> {
    let allowed = workload.state.relational_connections;
    if allowed <= 0.0 {
        return None;
    }
    let pool = Rules::embedded().connection_pool_size;
    let environments = environments(workload, workload.requests);
    let tasks = tasks(workload, workload.requests);
    let crowded = environments > allowed || tasks * pool > allowed;
    crowded.then(|| {
        format!(
            "In the busiest hour about {} function environments would each open a connection, \
             and {} tasks with pools of {} would open {}; the database is asked for {}. On the \
             serverless side RDS Proxy pools them; in containers keep the pools smaller.",
            count(environments),
            count(tasks),
            short(pool),
            count(tasks * pool),
            count(allowed)
        )
    })
}

fn too_many_connections(workload: &Workload) -> Option<String> {
    let most = Rules::embedded().database_most_connections;
    let wanted = workload.state.relational_connections;
    (wanted > most).then(|| {
        format!(
            "{} database connections are asked for; RDS for PostgreSQL allows {} unless its \
             parameters are changed.",
            count(wanted),
            count(most)
        )
    })
}

fn private_network(workload: &Workload) -> Option<String> {
    let needs = &workload.state;
    let inside = needs.cache_gb > 0.0 || needs.relational_connections > 0.0;
    (inside && !workload.private_network).then(|| {
        "The cache and the database stand in a private network, and functions that call them \
         must be attached to it: answer that question with yes to see what it adds."
            .to_owned()
    })
}

/// Payloads that do not fit what is to carry them.
fn references(workload: &Workload) -> Option<String> {
    let needs = &workload.state;
    let sent = workload.payload_in_kb;
    let either = sent.max(workload.payload_out_kb);
    let carriers = [
        (
            needs.queue_messages,
            sent,
            "a queue message",
            largest_message_kb(),
        ),
        (needs.events, sent, "an event", largest_event_kb()),
        (
            needs.key_value_reads + needs.key_value_writes,
            either,
            "a key-value item",
            largest_item_kb(),
        ),
    ];
    let small = carriers
        .into_iter()
        .find(|(used, payload, _, largest)| *used > 0.0 && payload > largest);
    let (_, payload, carrier, largest) = small.filter(|_| !needs.uses_objects())?;
    Some(format!(
        "A payload of {} KB is more than {carrier} holds ({} KB): the bill takes it that it \
         carries a reference of {} KB to an object.",
        short(payload),
        short(largest),
        short(Rules::embedded().state_item_kb)
    ))
}

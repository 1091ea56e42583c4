//! What meets each need on both sides, and why, with the numbers of the workload.

use crate::evaluation::StateService;
use crate::price::PriceBook;
use crate::tariff::Tariffs;
use crate::workload::Workload;

use super::{
    Side, StateServices, cache, events, key_value, objects, queue, relational, stream, websocket,
    workflow,
};

/// The service for each need of the workload, at the prices built into the program.
#[must_use]
pub fn services(workload: &Workload) -> Vec<StateService> {
    services_priced(workload, PriceBook::embedded())
}

/// The service for each need of the workload, in alphabetical order of the needs.
///
/// Where two services compete (express and standard workflows, serverless caches and
/// nodes), the prices of `book` decide at the workload's own volume.
#[must_use]
pub fn services_priced(workload: &Workload, book: &PriceBook) -> Vec<StateService> {
    let mut tariffs = Tariffs::new(book, workload);
    let serverless = StateServices::new(&mut tariffs, workload, Side::Serverless);
    let containers = StateServices::new(&mut tariffs, workload, Side::Containers);
    [
        cache::service(workload, &serverless, &containers),
        events::service(workload),
        key_value::service(workload),
        objects::service(workload),
        queue::service(workload, &serverless, &containers),
        relational::service(workload, &serverless, &containers),
        stream::service(workload),
        websocket::service(workload),
        workflow::service(workload, &serverless, &containers),
    ]
    .into_iter()
    .flatten()
    .collect()
}

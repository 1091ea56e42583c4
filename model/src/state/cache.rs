//! Caches: Amazon `ElastiCache` for Valkey.
//!
//! - Containers: nodes, `ceil(GB / what the node holds) x zones x 730` node hours, of the
//!   smallest type that holds the data with a quarter of its memory kept free; beyond the
//!   largest, shards of that.
//! - Serverless: `ElastiCache` Serverless, `max(GB, 0.1) x 730` GB-hours and
//!   `requests x accesses x max(1, KB)` processing units (one read a request), or the nodes
//!   where they cost less at this volume or serverless is not priced in the region.
//!
//! Both stand in a private network.

use crate::bill::{Charges, Group};
use crate::evaluation::StateService;
use crate::math;
use crate::rules::Rules;
use crate::tariff::{Rate, Tariffs};
use crate::units::{HOURS_PER_MONTH, RequestsPerMonth};
use crate::wording::{short, usd};
use crate::workload::Workload;

use super::sizes::{CacheNode, cache_nodes};
use super::{Side, StateServices};

const SERVERLESS_STORAGE: &str = "amazon-elasticache/serverless-storage/valkey";
const SERVERLESS_PROCESSING: &str = "amazon-elasticache/serverless-processing/valkey";

#[derive(Debug)]
pub(super) struct Cache<'a> {
    by_use: Option<ByUse<'a>>,
    nodes: Option<Nodes<'a>>,
}

/// `ElastiCache` Serverless.
#[derive(Debug)]
struct ByUse<'a> {
    storage: Rate<'a>,
    processing: Rate<'a>,
    gb: f64,
    units_per_request: f64,
}

#[derive(Debug)]
struct Nodes<'a> {
    hour: Rate<'a>,
    node: &'static CacheNode,
    count: f64,
}

impl<'a> Cache<'a> {
    pub(super) fn new(tariffs: &mut Tariffs<'a>, workload: &Workload, side: Side) -> Option<Self> {
        let gb = workload.state.cache_gb;
        if gb <= 0.0 {
            return None;
        }
        let node = node_for(gb);
        let by_use = tariffs.has(SERVERLESS_STORAGE) && tariffs.has(SERVERLESS_PROCESSING);
        let (wants_use, wants_nodes) = match side {
            Side::Containers => (false, true),
            // Nodes that are not priced are no choice; with neither, serverless is missed.
            Side::Serverless => {
                let nodes = tariffs.has(&price_id(node));
                (by_use || !nodes, nodes)
            }
        };
        Some(Self {
            by_use: wants_use.then(|| ByUse::new(tariffs, workload)),
            nodes: wants_nodes.then(|| Nodes::new(tariffs, workload, node)),
        })
    }

    pub(super) fn charge(&self, bill: &mut (impl Charges + ?Sized), requests: RequestsPerMonth) {
        match (&self.by_use, &self.nodes) {
            (Some(by_use), _) if self.by_use_is_cheaper(requests) => {
                by_use.charge(bill, requests);
            }
            (_, Some(nodes)) => nodes.charge(bill),
            (_, None) => {}
        }
    }

    fn by_use_is_cheaper(&self, requests: RequestsPerMonth) -> bool {
        match (&self.by_use, &self.nodes) {
            (Some(by_use), Some(nodes)) => {
                super::usd(|total| by_use.charge(total, requests))
                    < super::usd(|total| nodes.charge(total))
            }
            (Some(_), None) => true,
            (None, _) => false,
        }
    }

    fn name(&self, requests: RequestsPerMonth) -> String {
        match &self.nodes {
            Some(nodes) if !self.by_use_is_cheaper(requests) => nodes.name(),
            _ => "Amazon ElastiCache Serverless for Valkey".to_owned(),
        }
    }
}

impl<'a> ByUse<'a> {
    fn new(tariffs: &mut Tariffs<'a>, workload: &Workload) -> Self {
        let rules = Rules::embedded();
        let units = (workload.state.read_item_kb / rules.cache_unit_kb).max(1.0);
        Self {
            storage: tariffs.rate(
                true,
                Group::State,
                "ElastiCache Serverless data",
                SERVERLESS_STORAGE,
            ),
            processing: tariffs.rate(
                true,
                Group::State,
                "ElastiCache processing units",
                SERVERLESS_PROCESSING,
            ),
            gb: workload.state.cache_gb.max(rules.cache_minimum_gb),
            units_per_request: rules.cache_accesses_per_request * units,
        }
    }

    fn charge(&self, bill: &mut (impl Charges + ?Sized), requests: RequestsPerMonth) {
        self.storage.charge(bill, self.gb * HOURS_PER_MONTH);
        self.processing
            .charge(bill, requests.get() * self.units_per_request);
    }
}

impl<'a> Nodes<'a> {
    fn new(tariffs: &mut Tariffs<'a>, workload: &Workload, node: &'static CacheNode) -> Self {
        let shards = math::ceil(workload.state.cache_gb / node.holds_gb());
        Self {
            hour: tariffs.rate(true, Group::State, "ElastiCache nodes", &price_id(node)),
            node,
            count: shards * f64::from(workload.availability.zones()),
        }
    }

    fn charge(&self, bill: &mut (impl Charges + ?Sized)) {
        self.hour.charge(bill, self.count * HOURS_PER_MONTH);
    }

    fn name(&self) -> String {
        format!(
            "Amazon ElastiCache for Valkey, {} x {}",
            short(self.count),
            self.node.name
        )
    }
}

/// The smallest node that holds the data, or the largest of all.
fn node_for(gb: f64) -> &'static CacheNode {
    let nodes = &cache_nodes().row;
    let holding = nodes.iter().find(|node| node.holds_gb() >= gb);
    holding
        .or_else(|| nodes.last())
        .expect("the data list nodes")
}

fn price_id(node: &CacheNode) -> String {
    format!("amazon-elasticache/valkey-node/{}", node.name)
}

pub(super) fn service(
    workload: &Workload,
    serverless: &StateServices<'_>,
    containers: &StateServices<'_>,
) -> Option<StateService> {
    let (here, there) = (serverless.cache.as_ref()?, containers.cache.as_ref()?);
    let requests = workload.requests;
    let by_use = here.by_use.as_ref().map_or_else(
        || "serverless is not priced in this region".to_owned(),
        |by_use| {
            let cost = super::usd(|total| by_use.charge(total, requests));
            format!("serverless costs {} a month", usd(cost))
        },
    );
    let nodes = there.nodes.as_ref()?;
    Some(StateService {
        need: "cache".to_owned(),
        serverless: here.name(requests),
        containers: there.name(requests),
        reason: format!(
            "A function's memory is gone with its environment; a cache beside it is not. For {} \
             GB {by_use}, {} x {} {}; both stand in a private network.",
            short(workload.state.cache_gb),
            short(nodes.count),
            nodes.node.name,
            usd(super::usd(|total| nodes.charge(total)))
        ),
    })
}

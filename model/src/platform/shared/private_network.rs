//! The way out of a private network: NAT gateways, or interface endpoints where nothing
//! has to leave.

use crate::bill::{Charges, Group};
use crate::rules::Rules;
use crate::tariff::{Rate, Tariffs};
use crate::units::HOURS_PER_MONTH;
use crate::workload::Workload;

const NAT: (&str, &str) = ("amazon-vpc/nat-gateway/hour", "amazon-vpc/nat-gateway/data");
const ENDPOINT: (&str, &str) = (
    "amazon-vpc/interface-endpoint/hour",
    "amazon-vpc/interface-endpoint/data",
);

/// What private tasks and functions reach the world through.
#[derive(Debug)]
pub(super) struct PrivateNetwork<'a> {
    nat: Option<Way<'a>>,
    endpoints: Option<Way<'a>>,
    outbound_gb: f64,
    /// Whether logs go this way: a function writes its own past the network.
    logs: bool,
}

/// One way out: what stands, and what passes.
#[derive(Debug)]
struct Way<'a> {
    hour: Rate<'a>,
    data: Rate<'a>,
    /// Gateways or endpoints, all zones together.
    count: f64,
}

impl Way<'_> {
    fn usd(&self, gb: f64) -> f64 {
        self.hour.first_usd() * self.count * HOURS_PER_MONTH + self.data.first_usd() * gb
    }

    fn charge(&self, bill: &mut dyn Charges, gb: f64) {
        self.hour.charge(bill, self.count * HOURS_PER_MONTH);
        self.data.charge(bill, gb);
    }
}

impl<'a> PrivateNetwork<'a> {
    /// `None` when nothing needs a way out: functions that only reach into the network. Stated traffic to the internet needs NAT. Image layers come from Amazon S3
    /// through its free gateway endpoint either way.
    pub(super) fn new(
        tariffs: &mut Tariffs<'a>,
        workload: &Workload,
        containers: bool,
        logs_kb: f64,
    ) -> Option<Self> {
        let leaves = workload.outbound_gb > 0.0;
        let logs = containers && logs_kb > 0.0;
        if !(containers || leaves) {
            return None;
        }
        let zones = f64::from(workload.availability.zones());
        let priced =
            |tariffs: &Tariffs<'_>, ids: (&str, &str)| tariffs.has(ids.0) && tariffs.has(ids.1);
        let by_endpoints = !leaves && priced(tariffs, ENDPOINT);
        let by_nat = leaves || !by_endpoints || priced(tariffs, NAT);
        Some(Self {
            nat: by_nat.then(|| Way {
                hour: tariffs.rate(true, Group::Network, "NAT gateway hours", NAT.0),
                data: nat_data(tariffs, leaves, logs),
                count: zones,
            }),
            endpoints: by_endpoints.then(|| Way {
                hour: tariffs.rate(true, Group::Network, "Interface endpoint hours", ENDPOINT.0),
                data: tariffs.rate(true, Group::Network, "Interface endpoint data", ENDPOINT.1),
                count: zones * Rules::embedded().private_interface_endpoints,
            }),
            outbound_gb: workload.outbound_gb,
            logs,
        })
    }

    /// The cheaper way for `logs_gb` of logs and the stated outbound traffic.
    pub(super) fn charge(&self, bill: &mut dyn Charges, logs_gb: f64) {
        let gb = self.outbound_gb + if self.logs { logs_gb } else { 0.0 };
        let way = match (&self.nat, &self.endpoints) {
            (Some(nat), Some(endpoints)) if endpoints.usd(gb) < nat.usd(gb) => Some(endpoints),
            (Some(nat), _) => Some(nat),
            (None, endpoints) => endpoints.as_ref(),
        };
        if let Some(way) = way {
            way.charge(bill, gb);
        }
    }
}

/// Stated traffic must be priced; logs alone are a side line.
fn nat_data<'a>(tariffs: &mut Tariffs<'a>, leaves: bool, logs: bool) -> Rate<'a> {
    let name = "NAT gateway data";
    if leaves {
        tariffs.rate(true, Group::Network, name, NAT.1)
    } else {
        tariffs.side_rate(logs, Group::Network, name, NAT.1)
    }
}

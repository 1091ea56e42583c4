//! Lines that every platform has: logs, traffic to the internet, private networks.

use crate::bill::{Charges, Group};
use crate::tariff::{Rate, Tariffs};
use crate::units::{HOURS_PER_MONTH, KB_PER_GB, RequestsPerMonth};
use crate::workload::Workload;

/// Logs, egress and NAT of one workload.
#[derive(Debug)]
pub(super) struct SharedLines<'a> {
    logs: Rate<'a>,
    logs_kb: f64,
    egress: Rate<'a>,
    egress_kb: f64,
    free_egress_gb: f64,
    nat_hour: Rate<'a>,
    nat_gb: Rate<'a>,
    zones: f64,
    outbound_gb: f64,
}

impl<'a> SharedLines<'a> {
    /// `logs_kb` includes what the platform itself writes. A private network needs NAT
    /// where the platform pulls its image through it, and for stated outbound traffic.
    pub(super) fn new(
        tariffs: &mut Tariffs<'a>,
        workload: &Workload,
        logs: &str,
        logs_kb: f64,
        pulls: bool,
    ) -> Self {
        let nat = workload.private_network && (pulls || workload.outbound_gb > 0.0);
        Self {
            logs: tariffs.rate(logs_kb > 0.0, Group::Logs, "Logs ingested", logs),
            logs_kb,
            egress: tariffs.rate(
                workload.egress_kb > 0.0,
                Group::Network,
                "Data to the internet",
                "aws-data-transfer/internet/out",
            ),
            egress_kb: workload.egress_kb,
            free_egress_gb: tariffs.allowance("aws-data-transfer/free-tier/internet"),
            nat_hour: tariffs.rate(
                nat,
                Group::Network,
                "NAT gateway hours",
                "amazon-vpc/nat-gateway/hour",
            ),
            nat_gb: tariffs.rate(
                nat && workload.outbound_gb > 0.0,
                Group::Network,
                "NAT gateway data",
                "amazon-vpc/nat-gateway/data",
            ),
            zones: f64::from(workload.availability.zones()),
            outbound_gb: workload.outbound_gb,
        }
    }

    pub(super) fn charge(&self, bill: &mut dyn Charges, requests: RequestsPerMonth) {
        self.logs
            .charge(bill, requests.get() * self.logs_kb / KB_PER_GB);
        let egress_gb = requests.get() * self.egress_kb / KB_PER_GB;
        self.egress.charge(bill, egress_gb);
        self.egress.credit(
            bill,
            "Free tier: data to the internet",
            egress_gb,
            self.free_egress_gb,
        );
        self.nat_hour.charge(bill, self.zones * HOURS_PER_MONTH);
        self.nat_gb.charge(bill, self.outbound_gb);
    }
}

//! Lines that every platform has: logs, traffic to the internet, images, private networks,
//! traffic between zones.

mod private_network;

use private_network::PrivateNetwork;

use crate::bill::{Charges, Group};
use crate::rules::Rules;
use crate::system::Kind;
use crate::tariff::{Rate, Tariffs};
use crate::units::{KB_PER_GB, MebiBytes, RequestsPerMonth};
use crate::workload::Workload;

/// Both ends of a transfer between zones are charged.
const ENDS: f64 = 2.0;

/// Logs, egress, images and the network of one workload.
#[derive(Debug)]
pub(super) struct SharedLines<'a> {
    logs: Rate<'a>,
    logs_kb: f64,
    free_logs_gb: f64,
    egress: Rate<'a>,
    egress_kb: f64,
    free_egress_gb: f64,
    images: Rate<'a>,
    image_gb: f64,
    between_zones: Rate<'a>,
    between_zones_kb: f64,
    private: Option<PrivateNetwork<'a>>,
}

impl<'a> SharedLines<'a> {
    /// `logs_kb` includes what the platform itself writes; `pulls` says that it runs
    /// containers in the user's network: it stores and pulls an image, writes logs through
    /// that network, and answers calls across zones. Packages shipped as zip cost nothing.
    pub(super) fn new(
        tariffs: &mut Tariffs<'a>,
        workload: &Workload,
        logs: &str,
        logs_kb: f64,
        pulls: bool,
    ) -> Self {
        let private = workload.private_network;
        Self::in_network(tariffs, workload, logs, logs_kb, pulls, private)
    }

    /// The same where the platform itself decides whether its network is private.
    pub(super) fn in_network(
        tariffs: &mut Tariffs<'a>,
        workload: &Workload,
        logs: &str,
        logs_kb: f64,
        pulls: bool,
        private: bool,
    ) -> Self {
        let between_zones_kb = if pulls { crossing_kb(workload) } else { 0.0 };
        let base = MebiBytes::new(Rules::embedded().container_base_image_mb);
        Self {
            logs: tariffs.rate(logs_kb > 0.0, Group::Logs, "Logs ingested", logs),
            logs_kb,
            free_logs_gb: tariffs.allowance("amazon-cloudwatch/free-tier/logs-ingest"),
            egress: tariffs.rate(
                workload.egress_kb > 0.0,
                Group::Network,
                "Data to the internet",
                "aws-data-transfer/internet/out",
            ),
            egress_kb: workload.egress_kb,
            free_egress_gb: tariffs.allowance("aws-data-transfer/free-tier/internet-out"),
            images: tariffs.side_rate(
                pulls || workload.image,
                Group::Storage,
                "Container image",
                "amazon-ecr/storage/standard",
            ),
            image_gb: (workload.package + base).gigabytes(),
            between_zones: tariffs.side_rate(
                between_zones_kb > 0.0,
                Group::Network,
                "Calls from other components between zones",
                "aws-data-transfer/inter-zone/each-way",
            ),
            between_zones_kb,
            private: private
                .then(|| PrivateNetwork::new(tariffs, workload, pulls, logs_kb))
                .flatten(),
        }
    }

    pub(super) fn charge(&self, bill: &mut dyn Charges, requests: RequestsPerMonth) {
        let logs_gb = requests.get() * self.logs_kb / KB_PER_GB;
        self.logs.charge(bill, logs_gb);
        self.logs
            .credit(bill, "Free tier: logs", logs_gb, self.free_logs_gb);
        let egress_gb = requests.get() * self.egress_kb / KB_PER_GB;
        self.egress.charge(bill, egress_gb);
        self.egress.credit(
            bill,
            "Free tier: data to the internet",
            egress_gb,
            self.free_egress_gb,
        );
        self.images.charge(bill, self.image_gb);
        self.between_zones
            .charge(bill, requests.get() * self.between_zones_kb / KB_PER_GB);
        if let Some(private) = &self.private {
            private.charge(bill, logs_gb);
        }
    }
}

/// KB that an average request moves between zones, counted at both ends.
///
/// Of `z` zones a call ends in another one with probability `(z-1)/z`. Only calls of other
/// components come from inside; a balancer's own traffic to its targets is free.
fn crossing_kb(workload: &Workload) -> f64 {
    if !(workload.kind.is_http() || workload.kind == Kind::Websocket) {
        // Events, messages and jobs come through services that are not charged by zone.
        return 0.0;
    }
    let requests = workload.requests.get();
    if requests <= 0.0 {
        return 0.0;
    }
    let inside = (workload.linked_requests.get() / requests).clamp(0.0, 1.0);
    let zones = f64::from(workload.availability.zones());
    let transfer = workload.payload_in_kb + workload.payload_out_kb;
    inside * transfer * (zones - 1.0) / zones * ENDS
}

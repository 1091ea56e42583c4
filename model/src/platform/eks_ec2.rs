//! Amazon EKS on EC2: pods packed on instances of one's own, under a control plane that is
//! paid by the hour.

use super::instances::{Hosting, InstanceCosting, Packing};
use super::{Costing, Depth, Description, Platform};
use crate::bill::{Charges, Group};
use crate::evaluation::{Family, Fit};
use crate::scaling::Fleet;
use crate::tariff::{Rate, Tariffs};
use crate::units::{HOURS_PER_MONTH, RequestsPerMonth};
use crate::workload::Workload;

/// Amazon EKS on EC2.
#[derive(Clone, Copy, Debug)]
pub(super) struct EksEc2;

const HOSTING: Hosting = Hosting {
    platform: "aws-eks-ec2",
    packing: Packing::Pods,
    families: &[],
    fee: None,
    root_disk: true,
    spot: true,
};

impl Platform for EksEc2 {
    fn id(&self) -> &'static str {
        HOSTING.platform
    }

    fn label(&self) -> &'static str {
        "Amazon EKS on EC2"
    }

    fn family(&self) -> Family {
        Family::Containers
    }

    fn operations_score(&self) -> u8 {
        3
    }

    fn prepare<'a>(
        &self,
        workload: &'a Workload,
        tariffs: &mut Tariffs<'a>,
    ) -> Box<dyn Costing + 'a> {
        Box::new(EksCosting {
            cluster: tariffs.rate(
                true,
                Group::Compute,
                "EKS control plane",
                "amazon-eks/cluster/hour",
            ),
            nodes: InstanceCosting::new(HOSTING, workload, tariffs),
        })
    }
}

struct EksCosting<'a> {
    cluster: Rate<'a>,
    nodes: InstanceCosting<'a>,
}

impl Costing for EksCosting<'_> {
    fn charge(&self, requests: RequestsPerMonth, bill: &mut dyn Charges) -> Option<bool> {
        let in_time = self.nodes.charge(requests, bill)?;
        self.cluster.charge(bill, HOURS_PER_MONTH);
        Some(in_time)
    }

    fn describe(&self, requests: RequestsPerMonth) -> Option<Description> {
        self.nodes.describe(requests)
    }

    fn fleet(&self, requests: RequestsPerMonth) -> Option<Fleet> {
        self.nodes.fleet(requests)
    }

    fn check(&self, requests: RequestsPerMonth, depth: Depth) -> Fit {
        self.nodes.check(requests, depth)
    }
}

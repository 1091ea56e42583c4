//! A plain EC2 fleet behind a load balancer: whole instances that follow the load.

use super::instances::{Hosting, InstanceCosting, Packing};
use super::{Costing, Platform};
use crate::evaluation::Family;
use crate::tariff::Tariffs;
use crate::workload::Workload;

/// A plain EC2 fleet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ec2;

const HOSTING: Hosting = Hosting {
    platform: "aws-ec2",
    packing: Packing::Whole,
    families: &[],
    fee: None,
    root_disk: true,
    spot: true,
};

impl Platform for Ec2 {
    fn id(&self) -> &'static str {
        HOSTING.platform
    }

    fn label(&self) -> &'static str {
        "Amazon EC2 fleet"
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
        Box::new(InstanceCosting::new(HOSTING, workload, tariffs))
    }
}

//! Amazon ECS on EC2: tasks packed on instances of one's own.

use super::instances::{Hosting, InstanceCosting, Packing};
use super::{Costing, Platform};
use crate::evaluation::Family;
use crate::tariff::Tariffs;
use crate::workload::Workload;

/// Amazon ECS on EC2.
#[derive(Clone, Copy, Debug)]
pub(super) struct EcsEc2;

const HOSTING: Hosting = Hosting {
    platform: "aws-ecs-ec2",
    packing: Packing::Tasks,
    families: &[],
    fee: None,
    root_disk: true,
    spot: true,
};

impl Platform for EcsEc2 {
    fn id(&self) -> &'static str {
        HOSTING.platform
    }

    fn label(&self) -> &'static str {
        "Amazon ECS on EC2"
    }

    fn family(&self) -> Family {
        Family::Containers
    }

    fn operations_score(&self) -> u8 {
        2
    }

    fn prepare<'a>(
        &self,
        workload: &'a Workload,
        tariffs: &mut Tariffs<'a>,
    ) -> Box<dyn Costing + 'a> {
        Box::new(InstanceCosting::new(HOSTING, workload, tariffs))
    }
}

//! Amazon EKS on Fargate: each pod is a Fargate task that also holds 256 MB for Kubernetes,
//! in a cluster whose control plane is paid by the hour. Pods on Fargate run in private subnets
//! only (Amazon EKS user guide, considerations for Fargate), so instead of public addresses
//! there are interface endpoints or NAT gateways.

use super::fargate::{FargateCosting, Style};
use super::{Costing, Platform};
use crate::evaluation::Family;
use crate::tariff::Tariffs;
use crate::workload::Workload;

/// Amazon EKS on Fargate.
#[derive(Clone, Copy, Debug)]
pub(super) struct EksFargate;

impl Platform for EksFargate {
    fn id(&self) -> &'static str {
        Style::Eks.platform()
    }

    fn label(&self) -> &'static str {
        "Amazon EKS on Fargate"
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
        Box::new(FargateCosting::new(workload, tariffs, Style::Eks))
    }
}

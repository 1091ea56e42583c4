//! Amazon ECS on Fargate Spot: spare capacity at a lower price that may be taken back.
//!
//! Where somebody waits for answers one task in each zone stays on demand and Spot takes what
//! is above, as a capacity provider strategy with a base does; other work runs on Spot whole.
//! AWS takes a task back with two minutes' notice. How often is not published, so what
//! interrupted work repeats is left out, and the option is a choice only where interruptions
//! are accepted.

use super::fargate::{FargateCosting, Style};
use super::{Costing, Platform};
use crate::evaluation::Family;
use crate::tariff::Tariffs;
use crate::workload::Workload;

/// Amazon ECS on Fargate Spot.
#[derive(Clone, Copy, Debug)]
pub(super) struct FargateSpot;

impl Platform for FargateSpot {
    fn id(&self) -> &'static str {
        Style::EcsSpot.platform()
    }

    fn label(&self) -> &'static str {
        "Amazon ECS on Fargate Spot"
    }

    fn family(&self) -> Family {
        Family::Containers
    }

    fn operations_score(&self) -> u8 {
        1
    }

    fn prepare<'a>(
        &self,
        workload: &'a Workload,
        tariffs: &mut Tariffs<'a>,
    ) -> Box<dyn Costing + 'a> {
        Box::new(FargateCosting::new(workload, tariffs, Style::EcsSpot))
    }
}

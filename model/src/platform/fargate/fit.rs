//! What tasks must hold: their sizes, their disk, how fast they start.

use super::{FargateCosting, Plan, Style, sizes};
use crate::evaluation::Fit;
use crate::platform::Depth;
use crate::platform::fit::FitCheck;
use crate::units::RequestsPerMonth;

impl FargateCosting<'_> {
    /// Its limits at a volume.
    pub(super) fn checked(&self, requests: RequestsPerMonth, depth: Depth) -> Fit {
        let workload = self.workload;
        let mut fit = FitCheck::new(self.style.platform(), workload, depth);
        self.fit_size(&mut fit);
        if self.style == Style::EcsSpot {
            fit.accepted("aws-fargate-spot/interruptions", workload.terms.spot);
        }
        fit.needs();
        match self.plan(requests) {
            Some(Plan::Standing(standing)) => {
                fit.pinned_fleet(&self.load, standing.candidate.unit, requests);
            }
            Some(Plan::Jobs(_)) if self.style != Style::Eks => {
                let peak = requests.per_second() * self.load.peak_height();
                fit.at_most("aws-fargate/launch-rate", peak.get());
            }
            Some(Plan::Jobs(_)) => {}
            None => {
                let offered = sizes::pinned_size(workload);
                fit.own(
                    "Task size that Fargate offers",
                    "sizes",
                    0.0,
                    if offered { 0.0 } else { 1.0 },
                );
            }
        }
        fit.finish()
    }

    fn fit_size(&self, fit: &mut FitCheck<'_>) {
        let workload = self.workload;
        let kept = sizes::kept_memory(self.style);
        let needed = workload.process_memory + workload.request_memory + kept;
        let pin = &workload.pin;
        fit.at_most(
            "aws-fargate/memory",
            pin.task_memory_gb.unwrap_or(needed.gigabytes()),
        );
        fit.at_most(
            "aws-fargate/vcpu",
            pin.task_vcpu.unwrap_or(1.0).max(workload.parallelism),
        );
        let disk = match self.style {
            Style::Ecs | Style::EcsSpot => "aws-fargate/disk",
            Style::Eks => "aws-eks-fargate/disk",
        };
        fit.at_most(disk, workload.local_disk.gigabytes());
    }
}

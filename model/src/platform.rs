//! The platforms: what is bought for a workload, in which configuration, and how
//! fast it answers.
//!
//! A platform says *what* is bought (name, quantity, unit); what that costs is looked
//! up. [`Platform::prepare`] does everything that does not depend on the volume once:
//! prices, durations, capacities. The result then costs any volume in microseconds,
//! which is what break-evens, growth and sampling live on. [`Prepared`] puts around it what
//! every platform needs: state services, other environments, the own discount.

mod ec2;
mod ecs_ec2;
mod eks_ec2;
mod eks_fargate;
mod fargate;
mod fargate_spot;
mod fit;
mod fleet;
mod front_door;
mod instances;
mod lambda;
mod lambda_managed_instances;
mod lambda_provisioned;
mod lambda_snapstart;
mod lambda_web_functions;
mod memo;
mod prepared;
mod run_and_stop;
mod shared;

use crate::bill::Charges;
use crate::evaluation::{Configuration, Family, Fit, LatencyEstimate};
use crate::replay::MonthOfUse;
use crate::scaling::Fleet;
use crate::simulation::Rules;
use crate::tariff::Tariffs;
use crate::traffic::WeeklyProfile;
use crate::units::RequestsPerMonth;
use crate::workload::Workload;

pub use fargate::commitment_note;
pub(crate) use fargate::task_carries;
pub use fit::Depth;
pub use memo::Memo;
pub use prepared::{Detail, Prepared, Quote};

/// One way to run a component.
pub trait Platform: Sync {
    /// Id, such as `aws-lambda`.
    fn id(&self) -> &'static str;
    /// Name, for people.
    fn label(&self) -> &'static str;
    /// Which side of the question it stands on.
    fn family(&self) -> Family;
    /// Effort to operate, 0 (least) to 3.
    fn operations_score(&self) -> u8;
    /// What environments beside production run on, where that is not the same.
    fn beside_production(&self) -> Option<&'static dyn Platform> {
        None
    }
    /// All that does not depend on the volume.
    fn prepare<'a>(
        &self,
        workload: &'a Workload,
        tariffs: &mut Tariffs<'a>,
    ) -> Box<dyn Costing + 'a>;
}

/// What a platform made ready for one workload can tell about a volume.
pub trait Costing {
    /// Says that many volumes will be asked for: what can be tabulated over the volume may
    /// be, within 1 % of the Initialization line.
    fn expect_many_volumes(&self) {}
    /// Chooses the cheapest configuration that keeps the latency target, or the cheapest at
    /// all where none does, puts what it buys on the bill, and says whether the target is
    /// kept; `None` when the workload cannot run.
    fn charge(&self, requests: RequestsPerMonth, bill: &mut dyn Charges) -> Option<bool>;
    /// The same choice, described.
    fn describe(&self, requests: RequestsPerMonth) -> Option<Description>;
    /// The fleet that stands at a volume and how its units follow the load; `None` where nothing
    /// stands.
    fn fleet(&self, _requests: RequestsPerMonth) -> Option<Fleet> {
        None
    }
    /// How the choice behaves at a volume, for a replay of the traffic; `None` where there is nothing to replay.
    fn rules(&self, _requests: RequestsPerMonth, _profile: &WeeklyProfile) -> Option<Rules> {
        None
    }
    /// Messages of one of the requests that are replayed.
    fn batch(&self) -> f64 {
        1.0
    }
    /// The lines of [`Self::charge`] for the choice at a volume, with what a replay has used in place of what the formulas
    /// expect; returns how many of what the configuration counts there were on average.
    fn charge_replay(
        &self,
        _requests: RequestsPerMonth,
        _used: &MonthOfUse,
        _bill: &mut dyn Charges,
    ) -> Option<f64> {
        None
    }
    /// Whether no hard limit is broken at this volume.
    fn fits(&self, requests: RequestsPerMonth) -> bool {
        self.check(requests, Depth::Verdict).ok
    }
    /// The limits, checked at this volume.
    fn fit(&self, requests: RequestsPerMonth) -> Fit {
        self.check(requests, Depth::List)
    }
    /// The limits, checked at this volume and listed where the list is wanted.
    fn check(&self, requests: RequestsPerMonth, depth: Depth) -> Fit;
}

/// What a platform chose for a volume.
#[derive(Clone, Debug)]
pub struct Description {
    /// What was configured.
    pub configuration: Configuration,
    /// Response times; `None` when the fleet is overloaded.
    pub latency: Option<LatencyEstimate>,
}

/// All platforms, in alphabetical order of their ids.
#[must_use]
pub const fn all() -> &'static [&'static dyn Platform] {
    &[
        &ec2::Ec2,
        &ecs_ec2::EcsEc2,
        &eks_ec2::EksEc2,
        &eks_fargate::EksFargate,
        &fargate::Fargate,
        &fargate_spot::FargateSpot,
        &lambda::Lambda,
        &lambda_managed_instances::ManagedInstances,
        &lambda_provisioned::LambdaProvisioned,
        &lambda_snapstart::LambdaSnapStart,
        &lambda_web_functions::LambdaWebFunctions,
    ]
}

/// The platform of an id.
#[must_use]
pub fn find(id: &str) -> Option<&'static dyn Platform> {
    all().iter().copied().find(|platform| platform.id() == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_lists_every_platform_of_the_folder_in_alphabetical_order() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/platform");
        #[expect(clippy::disallowed_methods, reason = "the test reads the sources")]
        let platforms = std::fs::read_dir(folder)
            .expect("the folder")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
            .filter(|path| {
                std::fs::read_to_string(path)
                    .expect("a source")
                    .contains("impl Platform for")
            })
            .count();
        assert_eq!(all().len(), platforms);
        assert!(all().windows(2).all(|pair| pair[0].id() < pair[1].id()));
    }
}

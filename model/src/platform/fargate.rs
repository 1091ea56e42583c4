//! Amazon ECS on Fargate: tasks of fixed sizes that follow the load, or for jobs
//! one task each that runs and stops. Spot and pods are the same with other prices and sizes.

mod buying;
mod constant;
mod fit;
mod prices;
mod replay;
mod sizes;

pub(crate) use constant::task_carries;
pub(super) use sizes::{job_sizes, usable_vcpu};

use std::cell::Cell;

use buying::{Bought, SpotAbove};
use prices::{Cluster, TaskPrices};

use super::fleet::{Candidate, FleetLoad, cheapest_by};
use super::front_door::Door;
use super::run_and_stop::{Job, JobRun};
use super::shared::SharedLines;
use super::{Costing, Depth, Description, Platform};
use crate::behavior::{Architecture, Behavior, TaskSize};
use crate::bill::Charges;
use crate::evaluation::{Configuration, Family, Fit};
use crate::replay::MonthOfUse;
use crate::scaling::Fleet;
use crate::simulation::Rules;
use crate::system::{Commitment, Kind};
use crate::tariff::Tariffs;
use crate::traffic::WeeklyProfile;
use crate::units::{HOURS_PER_MONTH, RequestsPerMonth, Seconds};
use crate::workload::Workload;

/// Amazon ECS on Fargate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fargate;

impl Platform for Fargate {
    fn id(&self) -> &'static str {
        Style::Ecs.platform()
    }

    fn label(&self) -> &'static str {
        "Amazon ECS on Fargate"
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
        Box::new(FargateCosting::new(workload, tariffs, Style::Ecs))
    }
}

/// What a commitment does on Fargate, where that is not what its name says.
#[must_use]
pub const fn commitment_note(commitment: Commitment) -> Option<&'static str> {
    match commitment {
        Commitment::Reserved1y | Commitment::Reserved3y => Some(
            "Reservations are sold for EC2 instances only: Fargate and Lambda stay on demand. A compute savings plan would cover them.",
        ),
        Commitment::None | Commitment::SavingsPlan1y | Commitment::SavingsPlan3y => None,
    }
}

/// What runs the tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Amazon ECS, on demand.
    Ecs,
    /// Amazon ECS, on Spot above a base.
    EcsSpot,
    /// Pods of Amazon EKS.
    Eks,
}

impl Style {
    /// The platform's id.
    pub(super) const fn platform(self) -> &'static str {
        match self {
            Self::Ecs => "aws-fargate",
            Self::EcsSpot => "aws-fargate-spot",
            Self::Eks => "aws-eks-fargate",
        }
    }

    /// Pods on Fargate run in private subnets only: no public address, but a way out.
    const fn private_network(self, workload: &Workload) -> bool {
        matches!(self, Self::Eks) || workload.private_network
    }
}

/// A volume by its bits, the place of a size, what is bought of it and what that costs.
type Last = (u64, usize, (Bought, f64));

/// Fargate made ready for one workload.
pub(super) struct FargateCosting<'a> {
    style: Style,
    workload: &'a Workload,
    architecture: Architecture,
    prices: TaskPrices<'a>,
    cluster: Option<Cluster<'a>>,
    door: Door<'a>,
    shared: SharedLines<'a>,
    load: FleetLoad<'a>,
    sizes: Vec<Candidate<TaskSize>>,
    spot_above: SpotAbove,
    job: Option<Job>,
    /// The last volume with its cheapest size.
    last: Cell<Option<Last>>,
}

impl<'a> FargateCosting<'a> {
    pub(super) fn new(workload: &'a Workload, tariffs: &mut Tariffs<'a>, style: Style) -> Self {
        let architecture = prices::architecture(workload, tariffs, style);
        let prices = TaskPrices::new(tariffs, workload, architecture, style);
        let cluster =
            (style == Style::Eks).then(|| Cluster::new(tariffs, architecture, sizes::smallest()));
        let door = Door::new(tariffs, workload, false);
        let reaction = Seconds::new(Behavior::embedded().scaling().fargate_reaction_s());
        let load = FleetLoad::new(
            workload,
            workload.pin.task_count,
            reaction,
            &door,
            tariffs.memo(),
        );
        let sizes = sizes::candidates(workload, &load, style);
        let job = (workload.kind.runs_and_stops() || workload.kind.is_buffered())
            .then(|| {
                let kept = sizes::kept_memory(style);
                Job::new(workload, kept, |size| prices.spot_usd_per_hour(size))
            })
            .flatten();
        Self {
            style,
            architecture,
            shared: SharedLines::in_network(
                tariffs,
                workload,
                "amazon-cloudwatch/logs/ingest",
                workload.logs_kb,
                true,
                style.private_network(workload),
            ),
            prices,
            cluster,
            door,
            spot_above: (style == Style::EcsSpot).then(|| base(workload, &load)),
            load,
            sizes,
            job,
            last: Cell::new(None),
            workload,
        }
    }

    /// The cheaper of standing tasks and one task per job, as far as the kind allows each.
    fn plan(&self, requests: RequestsPerMonth) -> Option<Plan<'_>> {
        let standing = if self.workload.kind.runs_and_stops() {
            None
        } else {
            self.standing(requests)
        };
        let job = self.job.as_ref().map(|job| job.run(requests));
        match (standing, job) {
            (Some(standing), Some(job))
                if job.usd < standing.usd
                    && self.workload.target.is_none()
                    && self.workload.pin.task_count.is_none() =>
            {
                Some(Plan::Jobs(job))
            }
            (Some(standing), _) => Some(Plan::Standing(standing)),
            (None, Some(job)) => Some(Plan::Jobs(job)),
            (None, None) => None,
        }
    }

    fn standing(&self, requests: RequestsPerMonth) -> Option<Standing<'_>> {
        // Only a commitment needs the room, so only then is it taken from the heap.
        let mut uses = Vec::new();
        let buy = |candidate: &Candidate<TaskSize>| {
            let bought = Bought::new(
                &self.prices,
                &self.load,
                candidate,
                requests,
                self.spot_above,
                &mut uses,
            );
            (bought, bought.1)
        };
        let volume = requests.get().to_bits();
        let known = self.last.get().filter(|(known, ..)| *known == volume);
        let (place, bought) = if let Some((_, place, bought)) = known {
            (place, bought)
        } else {
            let least = |candidate: &Candidate<TaskSize>, rate| {
                self.prices.least_usd(candidate.size) * self.load.least_unit_hours(rate, requests)
            };
            cheapest_by(&self.sizes, |_| &self.load, least, buy)?
        };
        self.last.set(Some((volume, place, bought)));
        let (bought, usd) = bought;
        Some(Standing {
            candidate: &self.sizes[place],
            bought,
            usd,
        })
    }

    fn charge_plan(&self, bill: &mut dyn Charges, plan: &Plan<'_>, requests: RequestsPerMonth) {
        match plan {
            Plan::Standing(standing) => {
                let size = standing.candidate.size;
                standing.bought.charge(bill, &self.prices, size);
                self.door.charge(bill, requests);
            }
            Plan::Jobs(job) => {
                let way = self.prices.spot.as_ref().unwrap_or(&self.prices.on_demand);
                way.charge(bill, job.size, job.task_hours);
                self.prices.charge_beside(bill, job.task_hours);
            }
        }
        if let Some(cluster) = &self.cluster {
            cluster.charge(bill);
        }
        self.shared.charge(bill, requests);
    }

    fn describe_standing(
        &self,
        standing: &Standing<'_>,
        requests: RequestsPerMonth,
    ) -> Description {
        let latency = self.load.latency(standing.candidate, requests);
        let size = standing.candidate.size;
        let (bought, count) = (&standing.bought, &standing.bought.count);
        let peak = self
            .load
            .peak_utilization(standing.candidate, requests, count.max);
        Description {
            configuration: Configuration {
                architecture: Some(self.architecture.name().to_owned()),
                front_door: Some(self.door.name().to_owned()),
                task_vcpu: Some(size.vcpu),
                task_memory_gb: Some(size.memory_gb),
                count_committed: self.prices.committed.is_some().then_some(bought.committed),
                count_spot: self.spot_above.map(|_| bought.spot_mean()),
                count_min: Some(count.min),
                count_max: Some(count.max),
                count_mean: Some(count.unit_hours / HOURS_PER_MONTH),
                peak_utilization: Some(peak),
                pinned: self.pinned(),
                ..Configuration::default()
            },
            latency,
        }
    }

    fn describe_jobs(&self, job: JobRun) -> Description {
        let mut description = job.describe(self.workload, self.architecture, self.pinned());
        if self.spot_above.is_some() {
            description.configuration.count_spot = Some(job.task_hours / HOURS_PER_MONTH);
        }
        description
    }

    fn pinned(&self) -> Vec<String> {
        let pin = &self.workload.pin;
        let pins = [
            ("architecture", pin.architecture.is_some()),
            ("task_vcpu", pin.task_vcpu.is_some()),
            ("task_memory_gb", pin.task_memory_gb.is_some()),
            ("task_count", pin.task_count.is_some()),
        ];
        pins.into_iter()
            .filter(|(_, set)| *set)
            .map(|(name, _)| name.to_owned())
            .collect()
    }
}

/// The units that stay on demand where Spot takes the rest: with somebody waiting one in each
/// zone, otherwise none.
fn base(workload: &Workload, load: &FleetLoad<'_>) -> f64 {
    if workload.kind.is_http() || workload.kind == Kind::Websocket {
        f64::from(load.layout.floor)
    } else {
        0.0
    }
}

enum Plan<'c> {
    Standing(Standing<'c>),
    Jobs(JobRun),
}

struct Standing<'c> {
    candidate: &'c Candidate<TaskSize>,
    bought: Bought,
    usd: f64,
}

impl Costing for FargateCosting<'_> {
    fn charge(&self, requests: RequestsPerMonth, bill: &mut dyn Charges) -> Option<bool> {
        let plan = self.plan(requests)?;
        self.charge_plan(bill, &plan, requests);
        Some(match &plan {
            Plan::Standing(standing) => self.load.in_time(standing.candidate, requests),
            Plan::Jobs(job) => job.in_time(self.workload),
        })
    }

    fn describe(&self, requests: RequestsPerMonth) -> Option<Description> {
        Some(match self.plan(requests)? {
            Plan::Standing(standing) => self.describe_standing(&standing, requests),
            Plan::Jobs(job) => self.describe_jobs(job),
        })
    }

    fn fleet(&self, requests: RequestsPerMonth) -> Option<Fleet> {
        let Plan::Standing(standing) = self.plan(requests)? else {
            return None;
        };
        let size = standing.candidate.size;
        let prices = &self.prices;
        let committed = prices.committed.as_ref().map(|way| way.usd(size));
        let moments = self.load.moments().iter();
        let weeks = moments.map(|moment| (moment.weight, moment.sized_for, moment.hours_a_month()));
        Some(Fleet {
            spot_above: self.spot_above,
            price_ratio: committed.map(|usd| usd / prices.on_demand.usd(size)),
            ..self
                .load
                .as_fleet(self.load.rate(standing.candidate), weeks)
        })
    }

    fn rules(&self, requests: RequestsPerMonth, _: &WeeklyProfile) -> Option<Rules> {
        self.replayed_as(requests)
    }

    fn charge_replay(
        &self,
        requests: RequestsPerMonth,
        used: &MonthOfUse,
        bill: &mut dyn Charges,
    ) -> Option<f64> {
        self.charge_use(requests, used, bill)
    }

    fn check(&self, requests: RequestsPerMonth, depth: Depth) -> Fit {
        self.checked(requests, depth)
    }
}

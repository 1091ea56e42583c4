//! From answers to a workload: every gap filled from the table of defaults, every
//! range reduced to one value, and a record of what was assumed.
//!
//! With `z = 0` each answer takes its typical value. A sample draws another `z` per
//! input: `z = -1.645` is the low (5 %) end of its range and `+1.645` the high (95 %)
//! end. Positive ranges are interpolated on a log scale, others on a linear one, each
//! side with its own spread, so that low, typical and high are hit exactly.

mod place;
mod resolve;

pub(crate) use place::beside_production;

use crate::behavior::{Architecture, Framework, Language};
use crate::bill::Group;
use crate::evaluation::Assumption;
use crate::latency::distribution::LogNormal;
use crate::price::Region;
use crate::state::StateNeeds;
use crate::system::{Availability, Burst, Commitment, FrontDoor, Kind, Need, Percentile, System};
use crate::traffic::{Level, WeeklyProfile};
use crate::units::{
    HOURS_PER_MONTH, HOURS_PER_WEEK, MebiBytes, Milliseconds, RequestsPerMonth, RequestsPerSecond,
};

/// The standard normal point of the 95 % quantile.
pub const Z_95: f64 = 1.644_853_626_951_472_2;

/// Most levels of traffic that are told apart in a week. Levels closer than this
/// resolution are merged with their hours, which keeps the mean exact.
pub(crate) const MOST_LEVELS: usize = 24;

/// One component, complete: what the platforms compute with.
#[derive(Clone, Debug)]
pub struct Workload {
    /// Its name, or "component 1".
    pub name: String,
    /// What it does.
    pub kind: Kind,
    /// Where it runs.
    pub region: Region,
    /// Requests (messages, jobs) a month.
    pub requests: RequestsPerMonth,
    /// Messages that one invocation handles, one after another.
    pub batch_size: f64,
    /// Growth a month, as a factor.
    pub growth: f64,
    /// Hours of the week at each level of traffic.
    pub levels: Vec<Level>,
    /// Bursts within the hour.
    pub bursts: Vec<Burst>,
    /// Mean wall time at one full vCPU.
    pub duration: Milliseconds,
    /// Its P99.
    pub duration_p99: Milliseconds,
    /// The longest run.
    pub max_duration: Milliseconds,
    /// The part that computes, on one vCPU.
    pub cpu: Milliseconds,
    /// vCPUs that one request can use at once.
    pub parallelism: f64,
    /// Memory that one request adds.
    pub request_memory: MebiBytes,
    /// Memory of the idle process.
    pub process_memory: MebiBytes,
    /// Scratch disk.
    pub local_disk: MebiBytes,
    /// Most requests at once in one instance.
    pub max_requests_per_instance: Option<f64>,
    /// Request size.
    pub payload_in_kb: f64,
    /// Response size.
    pub payload_out_kb: f64,
    /// Bytes to the internet.
    pub egress_kb: f64,
    /// Log bytes.
    pub logs_kb: f64,
    /// Language.
    pub language: Language,
    /// Framework.
    pub framework: Framework,
    /// Package size.
    pub package: MebiBytes,
    /// Shipped as an image.
    pub image: bool,
    /// How long Lambda keeps an idle environment, s.
    pub keep_alive_s: f64,
    /// Reaches a private network.
    pub private_network: bool,
    /// Open WebSocket connections.
    pub websocket_connections: f64,
    /// What it keeps and calls.
    pub state: StateNeeds,
    /// Traffic a month from a private network to the internet, GB.
    pub outbound_gb: f64,
    /// Which percentile the target speaks of.
    pub percentile: Percentile,
    /// The latency target.
    pub target: Option<Milliseconds>,
    /// What the platform must offer.
    pub needs: Vec<Need>,
    /// What stands in front.
    pub front_door: FrontDoor,
    /// Zones that it is spread over.
    pub availability: Availability,
    /// CPU utilization the fleet is sized for.
    pub utilization_target: f64,
    /// Account concurrency.
    pub account_concurrency: f64,
    /// How capacity is bought.
    pub terms: Terms,
    /// What the other components of the system take of the account's quotas.
    pub elsewhere: Elsewhere,
    /// Requests a month that come from other components; part of `requests`.
    pub linked_requests: RequestsPerMonth,
    /// Environments beside production, each a workload of its own.
    pub environments: Vec<EnvironmentLoad>,
    /// Choices of the user.
    pub pin: Pins,
    /// Bill groups left out.
    pub exclude: Vec<Group>,
    /// Own prices.
    pub rates: std::collections::BTreeMap<String, f64>,
}

/// How capacity is bought, resolved for one component.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// The commitment for the base.
    pub commitment: Commitment,
    /// Whether interruptions are accepted.
    pub spot: bool,
    /// This component's share of the account's free quantities, 0..=1; 0 counts none.
    pub free_tier_share: f64,
    /// Own discount on every line, 0..=1.
    pub discount: f64,
}

/// What the other components take of what all share.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Elsewhere {
    /// Their requests at work at once in their busiest hours, were they all functions.
    pub concurrency: f64,
    /// Their requests a second in their busiest hours.
    pub requests_per_s: f64,
}

/// An environment beside production: the same component at another scale, for some of the hours.
#[derive(Clone, Debug)]
pub struct EnvironmentLoad {
    /// Its name.
    pub name: String,
    /// Share of the week that it is up.
    pub hours_share: f64,
    /// Its requests an hour against production's, while it is up.
    pub scale: f64,
    /// The component in it: one zone, nothing committed.
    pub workload: Workload,
}

/// Choices that win over optimum and minimum.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pins {
    /// Architecture.
    pub architecture: Option<Architecture>,
    /// Lambda memory.
    pub lambda_memory: Option<MebiBytes>,
    /// Lambda provisioned concurrency.
    pub provisioned_concurrency: Option<f64>,
    /// vCPU of a task.
    pub task_vcpu: Option<f64>,
    /// Memory of a task, GB.
    pub task_memory_gb: Option<f64>,
    /// Number of tasks.
    pub task_count: Option<f64>,
    /// Instance type.
    pub instance_type: Option<String>,
    /// Number of instances.
    pub instance_count: Option<f64>,
}

impl Workload {
    /// The workload of one component at the typical answers, and what was assumed.
    ///
    /// # Panics
    /// If `index` is not one of the system's components.
    #[must_use]
    pub fn typical(system: &System, index: usize) -> (Self, Vec<Assumption>) {
        let mut assumptions = Vec::new();
        let mut workload = resolve::resolve(
            system,
            index,
            &mut |_| 0.0,
            resolve::Purpose::Record(&mut assumptions),
        );
        workload.place(system, index);
        (workload, assumptions)
    }

    /// The workload at another point of the answers' ranges: `z` gives the standard
    /// normal point of each input by its path. `typical` is the same component at its
    /// typical answers; its week is kept unless the peak itself is a range.
    ///
    /// # Panics
    /// If `index` is not one of the system's components.
    #[must_use]
    pub fn sampled(
        system: &System,
        index: usize,
        typical: &Self,
        z: &mut dyn FnMut(&str) -> f64,
    ) -> Self {
        let mut workload =
            resolve::resolve(system, index, z, resolve::Purpose::Sample(&typical.levels));
        workload.place_like(typical, system);
        workload
    }

    /// The part of the mean duration that waits: `wait = duration - cpu`, or with
    /// parallel computing `duration - cpu / parallelism` where that is measured.
    #[must_use]
    pub fn wait(&self) -> Milliseconds {
        let computing = if self.cpu > self.duration {
            self.cpu / self.parallelism
        } else {
            self.cpu
        };
        (self.duration - computing).max(Milliseconds::ZERO)
    }

    /// Mean wall time where `vcpu` vCPUs are to be had:
    /// `wait + cpu / min(vcpu, parallelism)`.
    #[must_use]
    pub fn duration_at(&self, vcpu: f64) -> Milliseconds {
        self.wait() + self.cpu / vcpu.min(self.parallelism)
    }

    /// The duration's distribution around another mean, with the same shape.
    #[must_use]
    pub fn duration_around(&self, mean: Milliseconds) -> LogNormal {
        let tail = self.duration_p99 / self.duration;
        LogNormal::from_mean_p99(mean, Some(mean * tail))
            .unwrap_or_else(|_| LogNormal::constant(mean))
    }

    /// The workload of one invocation that handles a batch: the durations of its messages
    /// add up (means and variances), the sizes too.
    #[must_use]
    pub fn batched(&self) -> Self {
        let batch = self.batch_size;
        let one = self.duration_around(self.duration);
        let mean = self.duration * batch;
        let tail = LogNormal::from_mean_cv(mean, one.cv() / crate::math::sqrt(batch));
        Self {
            duration: mean,
            duration_p99: tail.map_or(mean, |tail| tail.quantile(Percentile::P99.share())),
            max_duration: self.max_duration + self.duration * (batch - 1.0),
            cpu: self.cpu * batch,
            payload_in_kb: self.payload_in_kb * batch,
            ..self.clone()
        }
    }

    /// The arrival rate at a level of traffic.
    #[must_use]
    pub fn rate_at(requests: RequestsPerMonth, level: Level) -> RequestsPerSecond {
        requests.per_second() * level.weight
    }

    /// Hours a month that a level of the week lasts.
    #[must_use]
    pub fn hours_a_month(level: Level) -> f64 {
        level.hours * HOURS_PER_MONTH / HOURS_PER_WEEK
    }

    /// The busiest hour against the mean.
    #[must_use]
    pub fn peak_weight(&self) -> f64 {
        self.levels
            .iter()
            .fold(0.0, |peak, level| level.weight.max(peak))
    }

    /// Whether all answers wait on one processor: one request computes at a time.
    #[must_use]
    pub const fn single_threaded(&self) -> bool {
        matches!(
            self.language,
            Language::Nodejs | Language::Python | Language::Ruby
        )
    }

    /// The front door on one platform: `auto` resolved.
    #[must_use]
    pub const fn door(&self, on_lambda: bool) -> FrontDoor {
        match (self.front_door, on_lambda) {
            (FrontDoor::Auto, true) if self.kind.is_http() => FrontDoor::HttpApi,
            (FrontDoor::Auto, false)
                if self.kind.is_http() || matches!(self.kind, Kind::Websocket) =>
            {
                FrontDoor::Alb
            }
            (FrontDoor::Auto, _) => FrontDoor::None,
            // A function URL is Lambda's own; a container gets its load balancer instead.
            (FrontDoor::FunctionUrl, false) => FrontDoor::Alb,
            (door, _) => door,
        }
    }

    fn compute_levels(profile: &WeeklyProfile) -> Vec<Level> {
        profile.condensed_levels(MOST_LEVELS)
    }
}

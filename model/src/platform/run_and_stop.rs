//! One task per job: billed from the start of the image pull to the stop, at least a minute.

use super::Description;
use super::fargate::{job_sizes, usable_vcpu};
use crate::behavior::{Architecture, Behavior, TaskSize};
use crate::evaluation::{Configuration, LatencyEstimate};
use crate::latency::percentile::Mixture;
use crate::rules::Rules;
use crate::units::{HOURS_PER_MONTH, MebiBytes, RequestsPerMonth, SECONDS_PER_HOUR, Seconds};
use crate::workload::Workload;

/// The cheapest task for one job.
#[derive(Clone, Copy, Debug)]
pub(super) struct Job {
    size: TaskSize,
    usd_per_hour: f64,
    billed: Seconds,
    wall: Seconds,
}

/// A month of jobs.
#[derive(Clone, Copy, Debug)]
pub(super) struct JobRun {
    pub(super) size: TaskSize,
    pub(super) task_hours: f64,
    pub(super) usd: f64,
    wall: Seconds,
}

impl Job {
    /// The size whose run costs least; `None` when none holds the job beside the memory that is
    /// `kept` from it.
    pub(super) fn new(
        workload: &Workload,
        kept: MebiBytes,
        usd_per_hour: impl Fn(TaskSize) -> f64,
    ) -> Option<Self> {
        let start = Seconds::new(Behavior::embedded().scaling().fargate_start.value);
        let least = Seconds::new(Rules::embedded().fargate_minimum_s);
        let jobs = job_sizes(workload, kept).map(|size| {
            let wall = workload.duration_at(usable_vcpu(workload, size)).seconds();
            Self {
                size,
                usd_per_hour: usd_per_hour(size),
                billed: (start + wall).max(least),
                wall,
            }
        });
        let cost = |job: &Self| job.usd_per_hour * job.billed.get();
        let in_time = |job: &Self| {
            workload
                .target
                .is_none_or(|target| (start + job.wall).milliseconds() <= target)
        };
        jobs.min_by(|left, right| {
            in_time(right)
                .cmp(&in_time(left))
                .then(cost(left).total_cmp(&cost(right)))
        })
    }

    pub(super) fn run(&self, requests: RequestsPerMonth) -> JobRun {
        let task_hours = requests.get() * self.billed.get() / SECONDS_PER_HOUR;
        JobRun {
            size: self.size,
            task_hours,
            usd: task_hours * self.usd_per_hour,
            wall: self.wall,
        }
    }
}

impl JobRun {
    /// Start of the task, then the job.
    fn response(&self, workload: &Workload) -> Mixture {
        let start = Seconds::new(Behavior::embedded().scaling().fargate_start.value);
        let mut mixture = Mixture::new();
        mixture.add(
            1.0,
            workload
                .duration_around(self.wall.milliseconds())
                .shifted_by(start.milliseconds()),
        );
        mixture
    }

    pub(super) fn in_time(&self, workload: &Workload) -> bool {
        let late = |target| self.response(workload).survival(target);
        workload
            .target
            .is_none_or(|target| late(target) <= 1.0 - workload.percentile.share())
    }

    pub(super) fn describe(
        self,
        workload: &Workload,
        architecture: Architecture,
        pinned: Vec<String>,
    ) -> Description {
        let start = Seconds::new(Behavior::embedded().scaling().fargate_start.value);
        let mixture = self.response(workload);
        let latency = mixture.percentiles().map(|percentiles| LatencyEstimate {
            percentiles,
            cold_start_probability: 1.0,
            cold_start_p50_ms: Some(start.milliseconds().get()),
            cold_start_p99_ms: Some(start.milliseconds().get()),
            busiest_hour: percentiles,
        });
        Description {
            configuration: Configuration {
                architecture: Some(architecture.name().to_owned()),
                task_vcpu: Some(self.size.vcpu),
                task_memory_gb: Some(self.size.memory_gb),
                count_mean: Some(self.task_hours / HOURS_PER_MONTH),
                runs_and_stops: true,
                pinned,
                ..Configuration::default()
            },
            latency,
        }
    }
}

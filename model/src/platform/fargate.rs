//! Amazon ECS on Fargate: tasks of fixed sizes that follow the load, or for jobs
//! one task each that runs and stops.

use super::fit::FitCheck;
use super::fleet::{Candidate, Count, FleetLoad};
use super::front_door::Door;
use super::run_and_stop::{Job, JobRun};
use super::shared::SharedLines;
use super::{Costing, Description, Platform};
use crate::behavior::{Architecture, Behavior, TaskSize};
use crate::bill::{Charges, Group};
use crate::capacity::Unit;
use crate::evaluation::{Configuration, Family, Fit};
use crate::rules::Rules;
use crate::tariff::{Rate, Tariffs};
use crate::units::{MB_PER_GB, RequestsPerMonth, Seconds};
use crate::workload::Workload;

/// Amazon ECS on Fargate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fargate;

impl Platform for Fargate {
    fn id(&self) -> &'static str {
        "aws-fargate"
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
        Box::new(FargateCosting::new(workload, tariffs))
    }
}

struct FargateCosting<'a> {
    workload: &'a Workload,
    architecture: Architecture,
    prices: TaskPrices<'a>,
    door: Door<'a>,
    shared: SharedLines<'a>,
    load: FleetLoad<'a>,
    sizes: Vec<Candidate<TaskSize>>,
    job: Option<Job>,
}

/// What a task hour costs.
struct TaskPrices<'a> {
    vcpu: Rate<'a>,
    memory: Rate<'a>,
    disk: Rate<'a>,
    disk_gb: f64,
    address: Rate<'a>,
}

impl<'a> TaskPrices<'a> {
    fn new(tariffs: &mut Tariffs<'a>, workload: &Workload, architecture: Architecture) -> Self {
        let (vcpu, memory) = match architecture {
            Architecture::X86_64 => ("aws-fargate/vcpu/x86-64", "aws-fargate/memory/x86-64"),
            Architecture::Arm64 => ("aws-fargate/vcpu/arm64", "aws-fargate/memory/arm64"),
        };
        let disk_gb =
            (workload.local_disk.gigabytes() - Rules::embedded().fargate_included_disk_gb).max(0.0);
        Self {
            vcpu: tariffs.rate(true, Group::Compute, "Task vCPU", vcpu),
            memory: tariffs.rate(true, Group::Compute, "Task memory", memory),
            disk: tariffs.rate(
                disk_gb > 0.0,
                Group::Compute,
                "Task disk",
                "aws-fargate/ephemeral-storage/standard",
            ),
            disk_gb,
            address: tariffs.rate(
                !workload.private_network,
                Group::Network,
                "Public IPv4 of the tasks",
                "amazon-vpc/public-ipv4/hour",
            ),
        }
    }

    fn usd_per_hour(&self, size: TaskSize) -> f64 {
        self.vcpu.first_usd() * size.vcpu
            + self.memory.first_usd() * size.memory_gb
            + self.disk.first_usd() * self.disk_gb
            + self.address.first_usd()
    }

    fn charge(&self, bill: &mut dyn Charges, size: TaskSize, task_hours: f64) {
        self.vcpu.charge(bill, task_hours * size.vcpu);
        self.memory.charge(bill, task_hours * size.memory_gb);
        self.disk.charge(bill, task_hours * self.disk_gb);
        self.address.charge(bill, task_hours);
    }
}

impl<'a> FargateCosting<'a> {
    fn new(workload: &'a Workload, tariffs: &mut Tariffs<'a>) -> Self {
        let architecture = match workload.pin.architecture {
            Some(pinned) => pinned,
            None if tariffs.has("aws-fargate/vcpu/arm64") => Architecture::Arm64,
            None => Architecture::X86_64,
        };
        let prices = TaskPrices::new(tariffs, workload, architecture);
        let door = Door::new(tariffs, workload, false);
        let reaction = Seconds::new(Behavior::embedded().scaling().fargate_reaction_s());
        let load = FleetLoad::new(workload, workload.pin.task_count, reaction, &door);
        let sizes = candidates(workload, &load, &prices);
        let job = (workload.kind.runs_and_stops() || workload.kind.is_buffered())
            .then(|| Job::new(workload, |size| prices.usd_per_hour(size)))
            .flatten();
        Self {
            architecture,
            shared: SharedLines::new(
                tariffs,
                workload,
                "amazon-cloudwatch/logs/ingest",
                workload.logs_kb,
                true,
            ),
            prices,
            door,
            load,
            sizes,
            job,
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
                if job.usd < standing.usd && self.workload.target.is_none() =>
            {
                Some(Plan::Jobs(job))
            }
            (Some(standing), _) => Some(Plan::Standing(standing)),
            (None, Some(job)) => Some(Plan::Jobs(job)),
            (None, None) => None,
        }
    }

    fn standing(&self, requests: RequestsPerMonth) -> Option<Standing<'_>> {
        let (candidate, count) = self.load.cheapest(&self.sizes, requests)?;
        Some(Standing {
            candidate,
            count,
            usd: count.unit_hours * candidate.usd_per_hour,
        })
    }

    fn charge_plan(&self, bill: &mut dyn Charges, plan: &Plan<'_>, requests: RequestsPerMonth) {
        match plan {
            Plan::Standing(standing) => {
                self.prices
                    .charge(bill, standing.candidate.size, standing.count.unit_hours);
                self.door.charge(bill, requests);
            }
            Plan::Jobs(job) => self.prices.charge(bill, job.size, job.task_hours),
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
        Description {
            configuration: Configuration {
                architecture: Some(self.architecture.name().to_owned()),
                front_door: Some(self.door.name().to_owned()),
                task_vcpu: Some(size.vcpu),
                task_memory_gb: Some(size.memory_gb),
                count_min: Some(standing.count.min),
                count_max: Some(standing.count.max),
                count_mean: Some(standing.count.unit_hours / crate::units::HOURS_PER_MONTH),
                peak_utilization: Some(self.load.peak_utilization(
                    standing.candidate,
                    requests,
                    standing.count.max,
                )),
                pinned: self.pinned(),
                ..Configuration::default()
            },
            latency,
        }
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

enum Plan<'c> {
    Standing(Standing<'c>),
    Jobs(JobRun),
}

struct Standing<'c> {
    candidate: &'c Candidate<TaskSize>,
    count: Count,
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
            Plan::Jobs(job) => job.describe(self.workload, self.architecture, self.pinned()),
        })
    }

    fn fit(&self, requests: RequestsPerMonth) -> Fit {
        let workload = self.workload;
        let mut fit = FitCheck::new("aws-fargate", workload);
        let needed = workload.process_memory + workload.request_memory;
        fit.at_most(
            "aws-fargate/memory",
            workload.pin.task_memory_gb.unwrap_or(needed.gigabytes()),
        );
        fit.at_most(
            "aws-fargate/vcpu",
            workload
                .pin
                .task_vcpu
                .unwrap_or(1.0)
                .max(workload.parallelism),
        );
        fit.at_most("aws-fargate/disk", workload.local_disk.gigabytes());
        fit.needs();
        if let Some(standing) = self.standing(requests) {
            fit.pinned_fleet(&self.load, standing.candidate.unit, requests);
        } else if self.job.is_none() {
            let offered = pinned_size(workload);
            fit.own(
                "Task size that Fargate offers",
                "sizes",
                0.0,
                if offered { 0.0 } else { 1.0 },
            );
        }
        fit.finish()
    }
}

fn pinned_size(workload: &Workload) -> bool {
    Behavior::embedded()
        .fargate_sizes()
        .iter()
        .any(|size| wanted(workload, *size))
}

fn wanted(workload: &Workload, size: TaskSize) -> bool {
    let pinned = |pin: Option<f64>, value: f64| pin.is_none_or(|pin| same(pin, value));
    pinned(workload.pin.task_vcpu, size.vcpu) && pinned(workload.pin.task_memory_gb, size.memory_gb)
}

fn same(left: f64, right: f64) -> bool {
    (left - right).abs() < f64::EPSILON
}

/// All sizes that hold at least one request. A single-threaded runtime uses one vCPU of a task.
fn candidates(
    workload: &Workload,
    load: &FleetLoad<'_>,
    prices: &TaskPrices<'_>,
) -> Vec<Candidate<TaskSize>> {
    let mut found: Vec<Candidate<TaskSize>> = Vec::new();
    for &size in Behavior::embedded().fargate_sizes() {
        let usable = if workload.single_threaded() {
            size.vcpu.min(1.0)
        } else {
            size.vcpu
        };
        let places = Unit::places(
            size.memory_gb * MB_PER_GB,
            workload.process_memory.get(),
            workload.request_memory.get(),
            workload.max_requests_per_instance,
        );
        if !wanted(workload, size) || places < 1.0 {
            continue;
        }
        let unit = Unit {
            vcpu: usable,
            places,
        };
        // The latency target depends on the usable vCPU only: sizes come with rising memory.
        let known = found
            .last()
            .filter(|last| same(last.unit.vcpu, usable))
            .map(|last| last.target);
        found.push(load.candidate(size, prices.usd_per_hour(size), unit, 1, known));
    }
    found
}

/// The task size a job runs in: the cheapest that holds it.
pub(super) fn job_sizes(workload: &Workload) -> impl Iterator<Item = TaskSize> {
    let needed = (workload.process_memory + workload.request_memory).gigabytes();
    let all = Behavior::embedded().fargate_sizes().iter().copied();
    all.filter(move |size| wanted(workload, *size) && size.memory_gb >= needed)
}

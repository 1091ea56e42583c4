//! A plain EC2 fleet behind a load balancer: whole instances that follow the load.

use super::fit::FitCheck;
use super::fleet::{Candidate, Count, FleetLoad, whole};
use super::front_door::Door;
use super::shared::SharedLines;
use super::{Costing, Description, Platform};
use crate::behavior::{Behavior, InstanceType};
use crate::bill::{Charges, Group};
use crate::capacity::Unit;
use crate::evaluation::{Configuration, Family, Fit};
use crate::rules::Rules;
use crate::system::Need;
use crate::tariff::{Rate, Tariffs};
use crate::traffic::Level;
use crate::units::{HOURS_PER_MONTH, RequestsPerMonth, Seconds};
use crate::workload::Workload;

/// A plain EC2 fleet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ec2;

impl Platform for Ec2 {
    fn id(&self) -> &'static str {
        "aws-ec2"
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
        Box::new(Ec2Costing::new(workload, tariffs))
    }
}

/// An instance type with its price.
struct Instance<'a> {
    kind: &'static InstanceType,
    hour: Rate<'a>,
    credits: Rate<'a>,
}

struct Ec2Costing<'a> {
    workload: &'a Workload,
    disk: Rate<'a>,
    address: Rate<'a>,
    door: Door<'a>,
    shared: SharedLines<'a>,
    load: FleetLoad<'a>,
    candidates: Vec<Candidate<Instance<'a>>>,
}

impl<'a> Ec2Costing<'a> {
    fn new(workload: &'a Workload, tariffs: &mut Tariffs<'a>) -> Self {
        let disk = tariffs.rate(true, Group::Compute, "Root disks", "amazon-ebs/gp3/storage");
        let address = tariffs.rate(
            !workload.private_network,
            Group::Network,
            "Public IPv4 of the instances",
            "amazon-vpc/public-ipv4/hour",
        );
        let door = Door::new(tariffs, workload, false);
        let reaction = Seconds::new(Behavior::embedded().scaling().ec2_reaction_s());
        let load = FleetLoad::new(workload, workload.pin.instance_count, reaction, &door);
        let per_instance =
            address.first_usd() + disk.first_usd() * disk_gb(workload) / HOURS_PER_MONTH;
        let candidates = candidates(workload, &load, tariffs, per_instance);
        Self {
            shared: SharedLines::new(
                tariffs,
                workload,
                "amazon-cloudwatch/logs/ingest",
                workload.logs_kb,
                true,
            ),
            disk,
            address,
            door,
            load,
            candidates,
            workload,
        }
    }

    /// The cheapest type, CPU credits counted.
    fn best(&self, requests: RequestsPerMonth) -> Option<Choice<'_, 'a>> {
        let (candidate, count) = self.load.cheapest(&self.candidates, requests)?;
        if candidate.size.kind.baseline_share.is_none() {
            return Some(Choice { candidate, count });
        }
        // Credits depend on the load, so a burstable winner is checked against all others in full.
        let in_full = |candidate: &Candidate<Instance<'a>>| {
            let count = self.load.count(candidate.rate, requests);
            let credits =
                candidate.size.credits.first_usd() * self.credit_hours(candidate, requests);
            (count, count.unit_hours * candidate.usd_per_hour + credits)
        };
        let mut best = (candidate, count, in_full(candidate).1);
        for other in self
            .candidates
            .iter()
            .filter(|other| other.meets_target == candidate.meets_target)
        {
            let (count, usd) = in_full(other);
            if usd < best.2 {
                best = (other, count, usd);
            }
        }
        Some(Choice {
            candidate: best.0,
            count: best.1,
        })
    }

    /// vCPU-hours a month above the baseline of a burstable type.
    fn credit_hours(&self, candidate: &Candidate<Instance<'_>>, requests: RequestsPerMonth) -> f64 {
        let Some(baseline) = candidate.size.kind.baseline_share else {
            return 0.0;
        };
        let vcpu = candidate.size.kind.vcpu;
        let above = |level: &Level| {
            let units = self.load.units_at(candidate.rate, requests, *level);
            let busy =
                Workload::rate_at(requests, *level).offered_load(self.workload.cpu.seconds());
            (busy - units * vcpu * baseline).max(0.0) * Workload::hours_a_month(*level)
        };
        self.workload.levels.iter().map(above).sum()
    }

    fn charge_choice(
        &self,
        bill: &mut dyn Charges,
        choice: &Choice<'_, 'a>,
        requests: RequestsPerMonth,
    ) {
        let hours = choice.count.unit_hours;
        choice.candidate.size.hour.charge(bill, hours);
        choice
            .candidate
            .size
            .credits
            .charge(bill, self.credit_hours(choice.candidate, requests));
        self.disk
            .charge(bill, hours / HOURS_PER_MONTH * disk_gb(self.workload));
        self.address.charge(bill, hours);
        self.door.charge(bill, requests);
        self.shared.charge(bill, requests);
    }

    fn pinned(&self) -> Vec<String> {
        let pin = &self.workload.pin;
        let pins = [
            ("architecture", pin.architecture.is_some()),
            ("instance_type", pin.instance_type.is_some()),
            ("instance_count", pin.instance_count.is_some()),
        ];
        pins.into_iter()
            .filter(|(_, set)| *set)
            .map(|(name, _)| name.to_owned())
            .collect()
    }
}

struct Choice<'c, 'a> {
    candidate: &'c Candidate<Instance<'a>>,
    count: Count,
}

impl Costing for Ec2Costing<'_> {
    fn charge(&self, requests: RequestsPerMonth, bill: &mut dyn Charges) -> Option<bool> {
        let choice = self.best(requests)?;
        self.charge_choice(bill, &choice, requests);
        Some(self.load.in_time(choice.candidate, requests))
    }

    fn describe(&self, requests: RequestsPerMonth) -> Option<Description> {
        let choice = self.best(requests)?;
        let latency = self.load.latency(choice.candidate, requests);
        let count = choice.count;
        Some(Description {
            configuration: Configuration {
                architecture: Some(choice.candidate.size.kind.architecture.name().to_owned()),
                front_door: Some(self.door.name().to_owned()),
                instance_type: Some(choice.candidate.size.kind.name.clone()),
                count_min: Some(count.min),
                count_max: Some(count.max),
                count_mean: Some(count.unit_hours / HOURS_PER_MONTH),
                peak_utilization: Some(self.load.peak_utilization(
                    choice.candidate,
                    requests,
                    count.max,
                )),
                pinned: self.pinned(),
                ..Configuration::default()
            },
            latency,
        })
    }

    fn fit(&self, requests: RequestsPerMonth) -> Fit {
        let workload = self.workload;
        let mut fit = FitCheck::new("aws-ec2", workload);
        let largest = instance_types(workload)
            .map(|(_, unit_memory)| unit_memory)
            .fold(0.0, f64::max);
        let needed = workload.process_memory + workload.request_memory;
        fit.own(
            "Memory of the largest instance in the price book",
            "GB",
            largest,
            needed.gigabytes(),
        );
        fit.needs();
        for (need, what) in [
            (Need::Gpu, "GPU instance types in the price book"),
            (Need::Windows, "Windows prices in the price book"),
        ] {
            if workload.needs.contains(&need) {
                fit.own(what, "needed", 0.0, 1.0);
            }
        }
        if let Some(choice) = self.best(requests) {
            fit.pinned_fleet(&self.load, choice.candidate.unit, requests);
        }
        fit.finish()
    }
}

fn disk_gb(workload: &Workload) -> f64 {
    Rules::embedded().ec2_root_disk_gb + workload.local_disk.gigabytes()
}

/// The types in question, with the memory (GB) that is left on each.
fn instance_types(workload: &Workload) -> impl Iterator<Item = (&'static InstanceType, f64)> {
    let behavior = Behavior::embedded();
    let pin = workload.pin.clone();
    let wanted = move |kind: &&InstanceType| {
        pin.instance_type
            .as_ref()
            .is_none_or(|name| *name == kind.name)
            && (pin.instance_type.is_some()
                || pin
                    .architecture
                    .is_none_or(|wanted| wanted == kind.architecture))
    };
    let left = |kind: &'static InstanceType| {
        let memory = behavior
            .host_reserve("aws-ec2")
            .map_or(kind.memory_gb * crate::units::MB_PER_GB, |reserve| {
                reserve.memory_left_mb(kind)
            });
        (kind, memory / crate::units::MB_PER_GB)
    };
    behavior.instance_types().iter().filter(wanted).map(left)
}

/// One process per vCPU where the runtime has one thread, as far as memory holds them.
fn processes(workload: &Workload, kind: &InstanceType, memory_mb: f64) -> u32 {
    if !workload.single_threaded() {
        return 1;
    }
    let each = (workload.process_memory + workload.request_memory).get();
    let held = if each > 0.0 {
        whole(memory_mb / each)
    } else {
        u32::MAX
    };
    whole(kind.vcpu).min(held).max(1)
}

fn candidates<'a>(
    workload: &Workload,
    load: &FleetLoad<'_>,
    tariffs: &mut Tariffs<'a>,
    per_instance_usd: f64,
) -> Vec<Candidate<Instance<'a>>> {
    let mut found: Vec<Candidate<Instance<'a>>> = Vec::new();
    for (kind, memory_gb) in instance_types(workload) {
        let price_id = format!("aws-ec2/instance/{}", kind.name);
        let credits_id = format!("aws-ec2/cpu-credits/{}", kind.family());
        // A type that cannot be priced in full is no option; a pinned one must be priced.
        let priced = tariffs.has(&price_id) && (!kind.burstable() || tariffs.has(&credits_id));
        if workload.pin.instance_type.is_none() && !priced {
            continue;
        }
        let memory_mb = memory_gb * crate::units::MB_PER_GB;
        let queues = processes(workload, kind, memory_mb);
        let left = Behavior::embedded()
            .host_reserve("aws-ec2")
            .map_or(kind.vcpu, |reserve| reserve.vcpu_left(kind));
        let vcpu = if workload.single_threaded() {
            left.min(f64::from(queues))
        } else {
            left
        };
        let resident = workload.process_memory.get() * f64::from(queues);
        let cap = workload.max_requests_per_instance;
        let places = Unit::places(memory_mb, resident, workload.request_memory.get(), cap);
        if places < 1.0 {
            continue;
        }
        let hour = tariffs.rate(true, Group::Compute, "Instance hours", &price_id);
        let credits = tariffs.rate(kind.burstable(), Group::Compute, "CPU credits", &credits_id);
        let usd_per_hour = hour.first_usd() + per_instance_usd;
        // The latency target depends on the vCPUs only.
        let alike = |other: &&Candidate<Instance<'a>>| {
            (other.unit.vcpu - vcpu).abs() < f64::EPSILON && other.queueing.queues == queues
        };
        let known = found.iter().find(alike).map(|other| other.target);
        found.push(load.candidate(
            Instance {
                kind,
                hour,
                credits,
            },
            usd_per_hour,
            Unit { vcpu, places },
            queues,
            known,
        ));
    }
    found
}

//! What an hour of a Fargate task costs: on demand, under a savings plan, on Spot.

use super::Style;
use crate::behavior::{Architecture, TaskSize};
use crate::bill::{Charges, Group};
use crate::rules::Rules;
use crate::system::Commitment;
use crate::tariff::{Rate, Tariffs};
use crate::workload::Workload;

/// All prices of tasks of one workload.
pub(super) struct TaskPrices<'a> {
    pub(super) on_demand: Hourly<'a>,
    pub(super) committed: Option<Hourly<'a>>,
    pub(super) spot: Option<Hourly<'a>>,
    disk: Rate<'a>,
    disk_gb: f64,
    address: Rate<'a>,
}

/// vCPUs and memory, bought in one way.
pub(super) struct Hourly<'a> {
    vcpu: Rate<'a>,
    memory: Rate<'a>,
}

impl Hourly<'_> {
    /// vCPUs and memory of one task for an hour.
    pub(super) fn usd(&self, size: TaskSize) -> f64 {
        self.vcpu.first_usd() * size.vcpu + self.memory.first_usd() * size.memory_gb
    }

    pub(super) fn charge(&self, bill: &mut dyn Charges, size: TaskSize, task_hours: f64) {
        self.vcpu.charge(bill, task_hours * size.vcpu);
        self.memory.charge(bill, task_hours * size.memory_gb);
    }
}

/// arm64 where it is priced and nothing speaks against it: the same work for less.
pub(super) fn architecture(
    workload: &Workload,
    tariffs: &Tariffs<'_>,
    style: Style,
) -> Architecture {
    let offered = |architecture: Architecture| {
        let name = architecture_name(architecture);
        let way = if style == Style::EcsSpot { "-spot" } else { "" };
        tariffs.has(&format!("aws-fargate/vcpu{way}/{name}"))
            && tariffs.has(&format!("aws-fargate/memory{way}/{name}"))
    };
    match workload.pin.architecture {
        Some(pinned) => pinned,
        None if offered(Architecture::Arm64) => Architecture::Arm64,
        None => Architecture::X86_64,
    }
}

const fn architecture_name(architecture: Architecture) -> &'static str {
    match architecture {
        Architecture::X86_64 => "x86-64",
        Architecture::Arm64 => "arm64",
    }
}

impl<'a> TaskPrices<'a> {
    pub(super) fn new(
        tariffs: &mut Tariffs<'a>,
        workload: &Workload,
        architecture: Architecture,
        style: Style,
    ) -> Self {
        let name = architecture_name(architecture);
        let disk_gb =
            (workload.local_disk.gigabytes() - Rules::embedded().fargate_included_disk_gb).max(0.0);
        Self {
            on_demand: on_demand(tariffs, name, ["Task vCPU", "Task memory"]),
            committed: committed(tariffs, name, workload.terms.commitment),
            spot: (style == Style::EcsSpot).then(|| spot(tariffs, name)),
            disk: tariffs.rate(
                disk_gb > 0.0,
                Group::Compute,
                "Task disk",
                "aws-fargate/ephemeral-storage/standard",
            ),
            disk_gb,
            address: tariffs.rate(
                !style.private_network(workload),
                Group::Network,
                "Public IPv4 of the tasks",
                "amazon-vpc/public-ipv4/hour",
            ),
        }
    }

    /// Disk and address of one task for an hour: no plan covers them.
    pub(super) fn beside_usd(&self) -> f64 {
        self.disk.first_usd() * self.disk_gb + self.address.first_usd()
    }

    pub(super) fn charge_beside(&self, bill: &mut dyn Charges, task_hours: f64) {
        self.disk.charge(bill, task_hours * self.disk_gb);
        self.address.charge(bill, task_hours);
    }

    /// All that a task hour costs where every task may be interrupted.
    pub(super) fn spot_usd_per_hour(&self, size: TaskSize) -> f64 {
        self.spot.as_ref().unwrap_or(&self.on_demand).usd(size) + self.beside_usd()
    }

    /// The least that an hour of a task costs, however it is bought.
    pub(super) fn least_usd(&self, size: TaskSize) -> f64 {
        let ways = self.all_usd_per_hour(size);
        ways.into_iter().fold(f64::INFINITY, f64::min) + self.beside_usd()
    }

    /// Every price that may be paid for vCPUs and memory of a size, for comparing sizes.
    pub(super) fn all_usd_per_hour(&self, size: TaskSize) -> [f64; 3] {
        let or_on_demand =
            |way: &Option<Hourly<'_>>| way.as_ref().unwrap_or(&self.on_demand).usd(size);
        [
            self.on_demand.usd(size),
            or_on_demand(&self.committed),
            or_on_demand(&self.spot),
        ]
    }
}

/// The on-demand price of an architecture, with lines of these names.
pub(super) fn on_demand<'a>(
    tariffs: &mut Tariffs<'a>,
    architecture: &str,
    [vcpu, memory]: [&'static str; 2],
) -> Hourly<'a> {
    let mut rate = |name, what: &str| {
        let id = format!("aws-fargate/{what}/{architecture}");
        tariffs.rate(true, Group::Compute, name, &id)
    };
    Hourly {
        vcpu: rate(vcpu, "vcpu"),
        memory: rate(memory, "memory"),
    }
}

/// A savings plan covers vCPUs and memory of tasks. Reservations are not sold for Fargate:
/// [`commitment_note`](super::commitment_note).
fn committed<'a>(
    tariffs: &mut Tariffs<'a>,
    architecture: &str,
    commitment: Commitment,
) -> Option<Hourly<'a>> {
    let plan = match commitment {
        Commitment::SavingsPlan1y => "savings-plan-1y",
        Commitment::SavingsPlan3y => "savings-plan-3y",
        Commitment::None | Commitment::Reserved1y | Commitment::Reserved3y => return None,
    };
    let mut rate = |name, what: &str| {
        tariffs.discounted(
            Group::Commitment,
            name,
            &format!("aws-fargate/{what}-{plan}/{architecture}"),
            &format!("aws-fargate/{what}/{architecture}"),
            &format!("aws-fargate/{plan}/discount"),
        )
    };
    let (vcpu, memory) = (
        rate("Savings plan, task vCPU", "vcpu"),
        rate("Savings plan, task memory", "memory"),
    );
    Some(Hourly {
        vcpu: vcpu?,
        memory: memory?,
    })
}

/// Spot moves and differs by region: only its own price counts, and without one the option
/// stays unpriced.
fn spot<'a>(tariffs: &mut Tariffs<'a>, architecture: &str) -> Hourly<'a> {
    let mut rate = |name, what: &str| {
        let id = format!("aws-fargate/{what}-spot/{architecture}");
        tariffs.rate(true, Group::Compute, name, &id)
    };
    Hourly {
        vcpu: rate("Spot task vCPU", "vcpu"),
        memory: rate("Spot task memory", "memory"),
    }
}

/// The cluster that pods run in: its control plane, and its DNS, which without nodes runs on
/// Fargate too. The components of a system may share one.
pub(super) struct Cluster<'a> {
    control_plane: Rate<'a>,
    dns: Hourly<'a>,
    dns_size: TaskSize,
}

impl<'a> Cluster<'a> {
    pub(super) fn new(
        tariffs: &mut Tariffs<'a>,
        architecture: Architecture,
        smallest: TaskSize,
    ) -> Self {
        let name = architecture_name(architecture);
        Self {
            control_plane: tariffs.rate(
                true,
                Group::Compute,
                "Cluster control plane",
                "amazon-eks/cluster/hour",
            ),
            dns: on_demand(tariffs, name, ["Cluster DNS vCPU", "Cluster DNS memory"]),
            dns_size: smallest,
        }
    }

    pub(super) fn charge(&self, bill: &mut dyn Charges) {
        let hours = crate::units::HOURS_PER_MONTH;
        self.control_plane.charge(bill, hours);
        self.dns
            .charge(bill, self.dns_size, hours * Rules::embedded().eks_dns_pods);
    }
}

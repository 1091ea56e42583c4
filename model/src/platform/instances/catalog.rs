//! The instance types in question, with the ids of their prices and the names of their lines.

use std::sync::LazyLock;

use super::Hosting;
use crate::behavior::{Architecture, Behavior, InstanceType};
use crate::price::InstancePrices;
use crate::system::{Commitment, Need};
use crate::tariff::Tariffs;
use crate::workload::Workload;

/// An instance type with what it is called in the price book and on a bill.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) kind: &'static InstanceType,
    /// Its place among all types.
    pub(super) place: usize,
    /// The first place of a type of the same vCPUs, memory, pods and graphics processors: they
    /// carry the same.
    pub(super) alike: usize,
    pub(super) on_demand: String,
    pub(super) credits: String,
    pub(super) spot: Purchase,
    committed: [Purchase; 4],
}

/// One way to buy an instance type.
#[derive(Debug)]
pub(super) struct Purchase {
    /// Price id of the type's own price.
    pub(super) own: String,
    /// Id of the share off the on-demand price that stands in.
    pub(super) share: &'static str,
    /// Name of the line.
    pub(super) line: String,
}

/// The commitments with the stem of the own price and the share that stands in.
const COMMITMENTS: [(Commitment, &str, &str); 4] = [
    (
        Commitment::SavingsPlan1y,
        "aws-ec2/savings-plan-1y",
        "aws-ec2/savings-plan-1y/discount",
    ),
    (
        Commitment::SavingsPlan3y,
        "aws-ec2/savings-plan-3y",
        "aws-ec2/savings-plan-3y/discount",
    ),
    (
        Commitment::Reserved1y,
        "aws-ec2/reserved-1y-standard",
        "aws-ec2/reserved-1y/discount",
    ),
    (
        Commitment::Reserved3y,
        "aws-ec2/reserved-3y-standard",
        "aws-ec2/reserved-3y/discount",
    ),
];

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let kinds = Behavior::embedded().instance_types();
    let entry = |(place, kind)| {
        let alike = |other: &InstanceType| carries_the_same(other, kind);
        Entry::new(kind, place, kinds.iter().position(alike).unwrap_or(place))
    };
    kinds.iter().enumerate().map(entry).collect()
});

/// Whether any workload fills both in the same way.
fn carries_the_same(one: &InstanceType, other: &InstanceType) -> bool {
    let figures = |kind: &InstanceType| [kind.vcpu, kind.memory_gb, kind.max_pods, kind.gpu];
    let pairs = figures(one).into_iter().zip(figures(other));
    pairs.into_iter().all(|(a, b)| a.total_cmp(&b).is_eq())
}

impl Entry {
    fn new(kind: &'static InstanceType, place: usize, alike: usize) -> Self {
        let name = &kind.name;
        Self {
            kind,
            place,
            alike,
            on_demand: format!("aws-ec2/instance/{name}"),
            credits: format!("aws-ec2/cpu-credits/{}", kind.family()),
            spot: Purchase {
                own: format!("aws-ec2/spot/{name}"),
                share: "aws-ec2/spot/discount",
                line: format!("Spot: {name}"),
            },
            committed: COMMITMENTS.map(|(commitment, stem, share)| Purchase {
                own: format!("{stem}/{name}"),
                share,
                line: format!("{}: {name}", commitment.label()),
            }),
        }
    }

    /// How the type is bought under a commitment; `None` without one.
    pub(super) fn committed(&self, commitment: Commitment) -> Option<&Purchase> {
        self.committed.get(commitment_place(commitment)?)
    }
}

/// The commitment's place among those of a type.
pub(super) fn commitment_place(commitment: Commitment) -> Option<usize> {
    let mut known = COMMITMENTS.iter();
    known.position(|(known, _, _)| *known == commitment)
}

/// The prices of all types as plain numbers.
pub(super) fn prices(tariffs: &Tariffs<'_>) -> Vec<InstancePrices> {
    let of = |entry: &Entry| {
        let on_demand = tariffs.usd(&entry.on_demand);
        let discounted = |way: &Purchase| {
            on_demand.and_then(|usd| tariffs.discounted_usd(&way.own, usd, way.share))
        };
        InstancePrices {
            on_demand,
            credits: tariffs.usd(&entry.credits),
            spot: discounted(&entry.spot),
            committed: [0, 1, 2, 3].map(|place| discounted(&entry.committed[place])),
            outdone: false,
            outdone_alike: false,
        }
    };
    let mut all: Vec<InstancePrices> = ENTRIES.iter().map(of).collect();
    for place in 0..all.len() {
        let kind = |place: usize| ENTRIES[place].kind.architecture;
        let better = |other: &usize| outdoes(*other, place, &all);
        let outdone = (0..all.len()).any(|other| better(&other));
        let alike = |other: &usize| kind(*other) == kind(place);
        let outdone_alike = (0..all.len()).filter(alike).any(|other| better(&other));
        (all[place].outdone, all[place].outdone_alike) = (outdone, outdone_alike);
    }
    all
}

/// Whether a type is chosen before another one whatever the workload and its terms: it stands in
/// the same list, carries the same, and in each way to buy it costs less, or no more and
/// stands before.
fn outdoes(one: usize, other: usize, all: &[InstancePrices]) -> bool {
    let (left, right) = (&ENTRIES[one], &ENTRIES[other]);
    let steady = |entry: &Entry| entry.kind.baseline_share.is_none();
    let listed = |entry: &Entry| entry.kind.name.chars().next();
    let (Some(ours), Some(theirs)) = (all[one].ways(), all[other].ways()) else {
        return false;
    };
    let mut ways = ours.iter().zip(&theirs);
    left.alike == right.alike
        && listed(left) == listed(right)
        && steady(left)
        && steady(right)
        && ways.all(|(ours, theirs)| ours < theirs || (ours <= theirs && one < other))
}

/// The types that a workload may run on. A pinned type wins over architecture and needs.
pub(super) fn wanted<'w>(
    workload: &'w Workload,
    hosting: &Hosting,
) -> impl Iterator<Item = &'static Entry> + use<'w> {
    let families = hosting.families;
    let gpu = workload.needs.contains(&Need::Gpu);
    let windows = workload.needs.contains(&Need::Windows);
    let pin = &workload.pin;
    ENTRIES.iter().filter(move |entry| {
        let kind = entry.kind;
        let offered = families.is_empty() || (kind.name.starts_with(families) && kind.gpu <= 0.0);
        let fits = match &pin.instance_type {
            Some(name) => *name == kind.name,
            None => {
                (kind.gpu > 0.0) == gpu
                    && (!windows || kind.architecture == Architecture::X86_64)
                    && pin
                        .architecture
                        .is_none_or(|wanted| wanted == kind.architecture)
            }
        };
        offered && fits
    })
}

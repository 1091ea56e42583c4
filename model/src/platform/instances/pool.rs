//! A workload on EC2 instances: the candidates of one platform, the cheapest at a volume, and
//! what it puts on the bill.

mod choice;
mod drafts;

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

pub(in crate::platform) use choice::Choice;

use super::catalog::Entry;
use super::dominance::Draft;
use super::purchase::{Beside, Bought, Prices, Rates, someone_waits};
use super::shape::Shape;
use super::{Hosting, Packing};
use crate::behavior::Behavior;
use crate::bill::{Charges, Group};
use crate::capacity::{Layout, UnitRate};
use crate::math;
use crate::platform::Memo;
use crate::platform::fleet::{Candidate, FleetLoad, ROUNDING, TargetRate, cheapest_by};
use crate::platform::front_door::Door;
use crate::rules::Rules;
use crate::scaling::{Credits, Fleet, Instances};
use crate::tariff::{Rate, Tariffs};
use crate::traffic::Level;
use crate::units::{HOURS_PER_MONTH, RequestsPerMonth, Seconds};
use crate::workload::Workload;

/// A workload on the instances of one platform.
pub(in crate::platform) struct Pool<'a> {
    pub(super) workload: &'a Workload,
    pub(super) hosting: Hosting,
    layout: Layout,
    room: f64,
    disk: Rate<'a>,
    address: Rate<'a>,
    /// Known once the first type is priced.
    beside: Option<Beside>,
    /// Memory that the largest type in question has for the workload, GB.
    pub(super) largest_gb: f64,
    tariffs: Tariffs<'a>,
    pub(super) candidates: Vec<Candidate<Host<'a>>>,
    loads: Vec<FleetLoad<'a>>,
    use_of_month: RefCell<Vec<(f64, f64)>>,
    /// The last volume, the place of its cheapest candidate and what is bought of it: bill, limits and description
    /// ask for the same one after the other.
    last: Cell<Option<(u64, usize, Bought)>>,
}

/// A type in a shape, ready to be counted.
pub(in crate::platform) struct Host<'a> {
    pub(super) entry: &'static Entry,
    pub(super) shape: Shape,
    pub(super) prices: Prices,
    /// The rates of its lines, looked up when it is put on a bill.
    rates: OnceCell<Box<Rates<'a>>>,
    /// Which load it carries: they differ in the number of units where instances are pinned.
    load: usize,
}

/// Where units stand and what must always be carried, where a platform decides that itself.
#[derive(Clone, Copy, Debug)]
pub(in crate::platform) struct Footing {
    pub(in crate::platform) layout: Layout,
    pub(in crate::platform) standing_height: f64,
}

impl<'a> Pool<'a> {
    /// Without a `footing` zones follow from the availability, and what stands from the bursts
    /// that come faster than an instance starts.
    pub(in crate::platform) fn new(
        hosting: Hosting,
        workload: &'a Workload,
        tariffs: &mut Tariffs<'a>,
        door: &Door<'_>,
        footing: Option<Footing>,
    ) -> Self {
        let disk = tariffs.rate(
            hosting.root_disk,
            Group::Compute,
            "Root disks",
            "amazon-ebs/gp3/storage",
        );
        let address = tariffs.rate(
            !workload.private_network,
            Group::Network,
            "Public IPv4 of the instances",
            "amazon-vpc/public-ipv4/hour",
        );
        let load = load(
            workload,
            pinned_units(hosting, workload),
            door,
            footing,
            tariffs.memo(),
        );
        // Jobs that run and stop are not deployed over one another.
        let deployed = hosting.packing.is_tasks() && !workload.kind.runs_and_stops();
        let room = if deployed {
            Rules::embedded().rolling_deployment_tasks
        } else {
            0.0
        };
        let mut pool = Self {
            layout: load.layout,
            loads: vec![load],
            room,
            disk,
            address,
            beside: None,
            largest_gb: 0.0,
            tariffs: tariffs.again(),
            candidates: Vec::new(),
            use_of_month: RefCell::new(Vec::new()),
            last: Cell::new(None),
            workload,
            hosting,
        };
        let drafts = pool.drafts(tariffs);
        pool.candidates.reserve(drafts.len());
        for draft in drafts {
            pool.add(draft, tariffs, door, footing);
        }
        pool
    }

    fn add(
        &mut self,
        draft: Draft,
        tariffs: &mut Tariffs<'a>,
        door: &Door<'_>,
        footing: Option<Footing>,
    ) {
        let Draft {
            entry,
            shape,
            mut prices,
        } = draft;
        let rates = OnceCell::new();
        if prices.complete(self.workload, &self.hosting) {
            let beside = self
                .beside
                .get_or_insert_with(|| Beside::new(self.hosting, self.workload, tariffs));
            prices.beside += beside.usd(&prices, entry.kind);
        } else {
            // Looked up at once, to name what is missing.
            let found = Rates::new(entry, self.workload, &self.hosting, tariffs);
            prices.beside += found.beside(entry.kind);
            let _ = rates.set(Box::new(found));
        }
        let pinned = self
            .workload
            .pin
            .instance_count
            .filter(|_| self.hosting.packing != Packing::Whole)
            .map(|instances| instances * shape.per_instance);
        let known = self.loads.iter().position(|load| {
            pinned.is_none_or(|units| {
                load.pinned_count
                    .is_some_and(|count| count.total_cmp(&units).is_eq())
            })
        });
        let load_index = known.unwrap_or_else(|| {
            let memo = tariffs.memo();
            self.loads
                .push(load(self.workload, pinned, door, footing, memo));
            self.loads.len() - 1
        });
        let load = &self.loads[load_index];
        let host = Host {
            entry,
            shape,
            prices,
            rates,
            load: load_index,
        };
        let candidate = load.candidate(host, shape.unit, shape.queues);
        self.candidates.push(candidate);
    }

    pub(super) fn load(&self, candidate: &Candidate<Host<'_>>) -> &FleetLoad<'a> {
        &self.loads[candidate.size.load]
    }

    /// Units kept free for a rolling deployment.
    pub(super) const fn room(&self) -> f64 {
        self.room
    }

    /// Fewest instances.
    pub(super) const fn floor(&self) -> u32 {
        self.layout.floor
    }

    /// Instances that must not be interrupted.
    pub(super) fn standing(&self) -> f64 {
        if someone_waits(self.workload.kind) {
            f64::from(self.layout.floor)
        } else {
            0.0
        }
    }

    fn disk_gb(&self) -> f64 {
        Rules::embedded().ec2_root_disk_gb + self.workload.local_disk.gigabytes()
    }

    /// Instances in one hour: `max(zones, ceil((units + room) / units on an instance))`.
    fn instances_at(
        &self,
        candidate: &Candidate<Host<'_>>,
        rate: UnitRate,
        requests: RequestsPerMonth,
        level: Level,
    ) -> f64 {
        if let Some(pinned) = self.workload.pin.instance_count {
            return pinned;
        }
        let units = self.load(candidate).units_at(rate, requests, level);
        let instances = math::ceil((units + self.room) / candidate.size.shape.per_instance);
        instances.max(f64::from(self.layout.floor))
    }

    /// What one candidate takes in a month.
    fn buy(&self, candidate: &Candidate<Host<'_>>, requests: RequestsPerMonth) -> Bought {
        let mut use_of_month = self.use_of_month.borrow_mut();
        use_of_month.clear();
        let rate = self.load(candidate).rate(candidate);
        let mut credit_hours = 0.0;
        for level in &self.workload.levels {
            let instances = self.instances_at(candidate, rate, requests, *level);
            let hours = Workload::hours_a_month(*level);
            use_of_month.push((instances, hours));
            if let Some(baseline) = candidate.size.entry.kind.baseline_share {
                let busy =
                    Workload::rate_at(requests, *level).offered_load(self.workload.cpu.seconds());
                let included = instances * candidate.size.entry.kind.vcpu * baseline;
                credit_hours += (busy - included).max(0.0) * hours;
            }
        }
        let mut bought = Bought::new(&mut use_of_month, &candidate.size.prices, self.standing());
        bought.credit_hours = credit_hours;
        bought
    }

    /// A cost that a candidate cannot undercut at a volume: whole units of the mean load, at the
    /// lowest price, with the credits that so few instances need. `hours` of `n` units for a
    /// rate `r` of one are at least `max(zones, arrival rate / (n r))` around the clock.
    fn least_usd(
        &self,
        candidate: &Candidate<Host<'_>>,
        rate: UnitRate,
        requests: RequestsPerMonth,
    ) -> f64 {
        if self.workload.pin.instance_count.is_some() || self.loads[0].pinned_count.is_some() {
            return 0.0;
        }
        let host = &candidate.size;
        let units = requests.per_second() / rate.usual;
        let instances = (units / host.shape.per_instance).max(f64::from(self.layout.floor));
        let hours = instances * HOURS_PER_MONTH;
        let price = host.prices.least();
        let Some(baseline) = host.entry.kind.baseline_share else {
            return hours * price * ROUNDING;
        };
        let busy = requests
            .per_second()
            .offered_load(self.workload.cpu.seconds())
            * HOURS_PER_MONTH;
        let included = host.entry.kind.vcpu * baseline;
        let credit = host.prices.credit;
        // Where an hour costs less than the credits it brings, more instances may stand for them.
        let credits = (busy - hours * included).max(0.0) * credit.min(price / included);
        (hours * price + credits) * ROUNDING
    }

    /// The cheapest candidate that keeps the target, or the cheapest where none does.
    pub(in crate::platform) fn best(&self, requests: RequestsPerMonth) -> Option<Choice<'_, 'a>> {
        let volume = requests.get().to_bits();
        let known = self.last.get().filter(|(known, ..)| *known == volume);
        let (place, bought) = match known {
            Some((_, place, bought)) => (place, bought),
            None => self.cheapest(requests)?,
        };
        self.last.set(Some((volume, place, bought)));
        let candidate = &self.candidates[place];
        Some(Choice {
            candidate,
            bought,
            rate: self.load(candidate).rate(candidate),
        })
    }

    fn cheapest(&self, requests: RequestsPerMonth) -> Option<(usize, Bought)> {
        let load = |candidate: &Candidate<Host<'_>>| self.load(candidate);
        let least =
            |candidate: &Candidate<Host<'_>>, rate| self.least_usd(candidate, rate, requests);
        let buy = |candidate: &Candidate<Host<'_>>| {
            let bought = self.buy(candidate, requests);
            (bought, bought.usd(&candidate.size.prices))
        };
        cheapest_by(&self.candidates, load, least, buy)
    }

    /// The lines of the instances.
    pub(in crate::platform) fn charge(&self, bill: &mut dyn Charges, choice: &Choice<'_, 'a>) {
        let host = &choice.candidate.size;
        let rates = host.rates.get_or_init(|| {
            let mut tariffs = self.tariffs.again();
            Box::new(Rates::new(
                host.entry,
                self.workload,
                &self.hosting,
                &mut tariffs,
            ))
        });
        rates.charge(bill, host.entry.kind, &choice.bought);
        let hours = choice.bought.running_hours;
        self.disk
            .charge(bill, hours / HOURS_PER_MONTH * self.disk_gb());
        self.address.charge(bill, hours);
    }

    /// How the choice follows the load.
    pub(in crate::platform) fn fleet(&self, choice: &Choice<'_, 'a>) -> Fleet {
        let host = &choice.candidate.size;
        let levels = self.workload.levels.iter();
        let week =
            levels.map(|level| (level.weight, level.weight, Workload::hours_a_month(*level)));
        let prices = &host.prices;
        let committed = prices.committed.filter(|_| prices.on_demand > 0.0);
        Fleet {
            instances: Some(Instances {
                room: self.room,
                units_on_each: host.shape.per_instance,
                floor: self.layout.floor,
                pinned: self.workload.pin.instance_count,
            }),
            spot_above: prices.spot.map(|_| self.standing()),
            price_ratio: committed.map(|usd| usd / prices.on_demand),
            credits: host.entry.kind.baseline_share.map(|share| Credits {
                cpu: self.workload.cpu.seconds(),
                included_vcpu: host.entry.kind.vcpu * share,
            }),
            ..self.load(choice.candidate).as_fleet(choice.rate, week)
        }
    }

    /// Whether the choice is never saturated and keeps the target over the week.
    pub(in crate::platform) fn in_time(
        &self,
        choice: &Choice<'_, 'a>,
        requests: RequestsPerMonth,
    ) -> bool {
        let load = self.load(choice.candidate);
        // Units that each stay below the rate at which the target is kept keep it together.
        let sized = load.pinned_count.is_none() && self.workload.pin.instance_count.is_none();
        (sized && matches!(load.target(choice.candidate), TargetRate::AtMost(_)))
            || load.in_time(choice.candidate, requests)
    }
}

/// The units that the user pinned, where they do not depend on the type.
fn pinned_units(hosting: Hosting, workload: &Workload) -> Option<f64> {
    match hosting.packing {
        Packing::Whole => workload.pin.instance_count,
        Packing::Tasks | Packing::Pods => workload.pin.task_count,
        Packing::Environments { .. } => None,
    }
}

fn load<'a>(
    workload: &'a Workload,
    pinned: Option<f64>,
    door: &Door<'_>,
    footing: Option<Footing>,
    memo: &Rc<Memo>,
) -> FleetLoad<'a> {
    let reaction = Seconds::new(Behavior::embedded().scaling().ec2_reaction_s());
    let mut load = FleetLoad::new(workload, pinned, reaction, door, memo);
    if let Some(footing) = footing {
        load.layout = footing.layout;
        load.standing_height = footing.standing_height;
    }
    load
}

//! AWS Lambda with provisioned concurrency: environments kept initialized, for each level of
//! the week as many as pay or as the latency target asks for.
//!
//! What finds all N busy runs on demand and may start cold. An environment that is used for
//! more than about 60 % of the time pays by itself, because duration on it is cheaper.

mod plan;
mod rates;
mod week;

use std::cell::RefCell;
use std::rc::Rc;

use plan::Plan;
use rates::{PoolRates, architecture, charge_use};

use super::fit::FitCheck;
use super::fleet::whole;
use super::lambda::{Function, Lambda, Load, Size, Start, gb_seconds};
use super::{Costing, Depth, Description, Platform};
use crate::bill::{Charges, Total};
use crate::evaluation::{Configuration, Family, Fit, LatencyEstimate};
use crate::replay::MonthOfUse;
use crate::rules::Rules;
use crate::simulation::{self, FunctionRules, Provisioned};
use crate::system::Burst;
use crate::tariff::Tariffs;
use crate::traffic::WeeklyProfile;
use crate::units::{
    HOURS_PER_MONTH, MS_PER_S, RequestsPerMonth, SECONDS_PER_HOUR, SECONDS_PER_MONTH, Seconds,
};
use crate::workload::{MOST_LEVELS, Workload};

/// AWS Lambda with provisioned concurrency.
#[derive(Clone, Copy, Debug)]
pub(super) struct LambdaProvisioned;

impl Platform for LambdaProvisioned {
    fn id(&self) -> &'static str {
        "aws-lambda-provisioned"
    }

    fn label(&self) -> &'static str {
        "AWS Lambda with provisioned concurrency"
    }

    fn family(&self) -> Family {
        Family::Serverless
    }

    fn operations_score(&self) -> u8 {
        1
    }

    /// Test environments do not keep functions initialized.
    fn beside_production(&self) -> Option<&'static dyn Platform> {
        Some(&Lambda)
    }

    fn prepare<'a>(
        &self,
        workload: &'a Workload,
        tariffs: &mut Tariffs<'a>,
    ) -> Box<dyn Costing + 'a> {
        Box::new(ProvisionedCosting::new(workload, tariffs))
    }
}

/// Whether a burst is known ahead, so that environments are scheduled for it.
const fn announced(burst: &Burst) -> bool {
    burst.announced
}

/// A volume, asked for in full or from the table, with its plan.
type Last = ((u64, bool), Rc<Plan>);

struct ProvisionedCosting<'a> {
    function: Function<'a>,
    rates: PoolRates<'a>,
    pinned: Option<u32>,
    /// The last one: bill, limits and description ask for the same one after the other.
    last: RefCell<Option<Last>>,
}

impl<'a> ProvisionedCosting<'a> {
    fn new(workload: &'a Workload, tariffs: &mut Tariffs<'a>) -> Self {
        let architecture = architecture(workload, tariffs);
        Self {
            rates: PoolRates::new(workload, tariffs, architecture),
            function: Function::new(workload, tariffs, architecture, Start::Init),
            pinned: workload.pin.provisioned_concurrency.map(whole),
            last: RefCell::new(None),
        }
    }

    /// The cheapest size and schedule that keep the target, or the cheapest where none does.
    fn best(&self, requests: RequestsPerMonth) -> Option<Rc<Plan>> {
        let calls = self.function.calls(requests);
        let volume = (requests.get().to_bits(), self.function.tabulated.get());
        if let Some((known, plan)) = &*self.last.borrow()
            && *known == volume
        {
            return Some(Rc::clone(plan));
        }
        let mut best: Option<Plan> = None;
        for (place, size) in self.function.sizes.iter().enumerate() {
            if best.as_ref().is_some_and(|best| {
                best.rank() == (true, true) && self.at_least(size, calls) >= best.usd
            }) {
                continue;
            }
            let beaten_at = best
                .as_ref()
                .filter(|best| best.rank() == (true, true))
                .map_or(f64::INFINITY, |best| best.usd);
            let Some(plan) = self.plan(place, calls, beaten_at) else {
                continue;
            };
            let better = best
                .as_ref()
                .is_none_or(|best| (plan.rank(), -plan.usd) > (best.rank(), -best.usd));
            if better {
                best = Some(plan);
            }
        }
        let plan = Rc::new(best?);
        *self.last.borrow_mut() = Some((volume, Rc::clone(&plan)));
        Some(plan)
    }

    /// What a size costs at the least: each request on demand at the cheapest tier, or in a
    /// pool that is always busy.
    fn at_least(&self, size: &Size, calls: RequestsPerMonth) -> f64 {
        let usd = self
            .function
            .duration
            .least_usd()
            .min(self.rates.least_usd());
        size.memory.held_for(size.service).get() * calls.get() * usd
    }

    /// The pool: what is held, and what runs inside.
    fn charge_pool(&self, bill: &mut dyn Charges, plan: &Plan) {
        let mut use_of_month = [(0.0, 0.0); MOST_LEVELS];
        let levels = &self.function.workload.levels;
        let hour = plan
            .size()
            .memory
            .held_for(Seconds::new(SECONDS_PER_HOUR))
            .get();
        for ((slot, level), pool) in use_of_month.iter_mut().zip(levels).zip(plan.pools) {
            *slot = (f64::from(pool) * hour, Workload::hours_a_month(*level));
        }
        let held = &use_of_month[..levels.len()];
        let rates = &self.rates;
        charge_use(
            bill,
            (&rates.held, rates.held_committed.as_ref()),
            held,
            plan.announced_hours * hour,
        );
        for ((slot, level), inside) in use_of_month.iter_mut().zip(levels).zip(plan.inside) {
            let calls = inside * SECONDS_PER_HOUR;
            *slot = (
                gb_seconds(plan.size(), calls, plan.size().billed),
                Workload::hours_a_month(*level),
            );
        }
        let inside = &use_of_month[..levels.len()];
        charge_use(
            bill,
            (&rates.inside, rates.inside_committed.as_ref()),
            inside,
            0.0,
        );
    }

    /// What spills, in GB-seconds of duration and of initialization.
    fn spilled(plan: &Plan, calls: RequestsPerMonth) -> (f64, f64) {
        let calls = calls.get();
        let spilled = gb_seconds(plan.size(), plan.spill * calls, plan.size().billed);
        let started = gb_seconds(plan.size(), plan.cold * calls, plan.size().billed_init());
        (spilled, started)
    }

    /// What differs from size to size.
    fn compute_usd(&self, plan: &Plan, calls: RequestsPerMonth) -> f64 {
        let mut total = Total::default();
        let (spilled, started) = Self::spilled(plan, calls);
        self.charge_pool(&mut total, plan);
        let already = self.function.charge_duration(&mut total, spilled);
        self.function
            .charge_initialization(&mut total, already, started);
        self.function.charge_disk(&mut total, plan.size(), calls);
        total.usd().get()
    }

    fn pins(&self) -> Vec<String> {
        let mut pinned = self.function.pinned();
        if self.pinned.is_some() {
            pinned.push("provisioned_concurrency".to_owned());
        }
        pinned
    }
}

impl Costing for ProvisionedCosting<'_> {
    fn expect_many_volumes(&self) {
        self.function.tabulated.set(true);
    }

    fn charge(&self, requests: RequestsPerMonth, bill: &mut dyn Charges) -> Option<bool> {
        let plan = self.best(requests)?;
        let function = &self.function;
        let calls = function.calls(requests);
        let (spilled, started) = Self::spilled(&plan, calls);
        function.charge_requests(bill, requests);
        self.charge_pool(bill, &plan);
        let already = function.charge_duration(bill, spilled);
        function.charge_initialization(bill, already, started);
        function.charge_disk(bill, plan.size(), calls);
        // The free tier is not for duration on provisioned concurrency.
        function.charge_around(bill, requests, already + started);
        Some(plan.meets_target)
    }

    fn describe(&self, requests: RequestsPerMonth) -> Option<Description> {
        let plan = self.best(requests)?;
        Some(Description {
            configuration: Configuration {
                architecture: Some(self.function.architecture.name().to_owned()),
                memory_mb: Some(plan.size().memory.get()),
                front_door: Some(self.function.door.name().to_owned()),
                provisioned_concurrency: Some(f64::from(plan.most)),
                count_min: Some(f64::from(plan.least)),
                count_max: Some(f64::from(plan.most)),
                count_mean: Some(plan.pool_hours / HOURS_PER_MONTH),
                pinned: self.pins(),
                ..Configuration::default()
            },
            latency: latency(&plan),
        })
    }

    /// The schedule by the level of each hour; bursts that were announced are played as the others.
    fn rules(
        &self,
        requests: RequestsPerMonth,
        profile: &WeeklyProfile,
    ) -> Option<simulation::Rules> {
        let plan = self.best(requests)?;
        let pools = profile.weights().iter();
        let pools = pools.map(|weight| plan.pools[level_of(&self.function.workload, *weight)]);
        let rules = self.function.rules(plan.size());
        Some(simulation::Rules::Functions(FunctionRules {
            // A pool beyond the account's quota needs a larger quota anyway.
            account_concurrency: rules
                .account_concurrency
                .map(|left| left.max(plan.most + 1)),
            provisioned: Some(Provisioned {
                environments: plan.most.max(1),
                requests_per_s: Some(Rules::embedded().lambda_requests_per_concurrency),
                by_hour: pools.collect(),
            }),
            ..rules
        }))
    }

    fn batch(&self) -> f64 {
        self.function.batch
    }

    fn charge_replay(
        &self,
        requests: RequestsPerMonth,
        used: &MonthOfUse,
        bill: &mut dyn Charges,
    ) -> Option<f64> {
        let plan = self.best(requests)?;
        let (function, size) = (&self.function, plan.size());
        function.charge_requests(bill, used.requests);
        let month = |seconds: f64| {
            [(
                size.held_gb_seconds(seconds) / HOURS_PER_MONTH,
                HOURS_PER_MONTH,
            )]
        };
        let rates = &self.rates;
        let held = (&rates.held, rates.held_committed.as_ref());
        charge_use(bill, held, &month(used.held_s), 0.0);
        let inside = (&rates.inside, rates.inside_committed.as_ref());
        charge_use(bill, inside, &month(used.inside_s), 0.0);
        let already = function.charge_duration(bill, size.held_gb_seconds(used.billed_s));
        let started = size.held_gb_seconds(used.init_s);
        function.charge_initialization(bill, already, started);
        function.charge_disk_of(bill, Seconds::new(used.billed_s + used.inside_s));
        function.charge_around(bill, used.requests, already + started);
        Some(used.held_s / SECONDS_PER_MONTH)
    }

    fn check(&self, requests: RequestsPerMonth, depth: Depth) -> Fit {
        let mut fit = FitCheck::new("aws-lambda-provisioned", &self.function.workload, depth);
        let plan = self.best(requests);
        let load = plan.as_ref().map(|plan| Load {
            size: plan.size(),
            alive: plan.alive,
            held: f64::from(plan.most),
            throttled: plan.throttled,
        });
        self.function
            .check_limits(&mut fit, "aws-lambda/init-provisioned", load, requests);
        // What spills starts as any function does, within the time of such a start.
        if let Some(plan) = plan.filter(|plan| plan.cold > Rules::embedded().negligible_spill) {
            fit.at_most("aws-lambda/init", plan.size().init_p99_ms() / MS_PER_S);
        }
        fit.finish()
    }
}

/// The level of the week that stands for an hour of this weight.
fn level_of(workload: &Workload, weight: f64) -> usize {
    let apart = |place: &usize| (workload.levels[*place].weight - weight).abs();
    let places = 0..workload.levels.len();
    let nearest = places.min_by(|left, right| apart(left).total_cmp(&apart(right)));
    nearest.unwrap_or(0)
}

fn latency(plan: &Plan) -> Option<LatencyEstimate> {
    let start = plan.size().start();
    Some(LatencyEstimate {
        percentiles: plan
            .size()
            .mixture(plan.cold, plan.throttled)
            .percentiles()?,
        cold_start_probability: plan.cold,
        cold_start_p50_ms: Some(start.total_p50_ms),
        cold_start_p99_ms: Some(start.total_p99_ms),
        busiest_hour: plan
            .size()
            .mixture(plan.busiest_cold, plan.throttled)
            .percentiles()?,
    })
}

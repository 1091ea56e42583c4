//! AWS Lambda on demand: one request per environment, billed by the millisecond.
//!
//! `duration(m) = wait + cpu / min(m / 1769, parallelism)`; the bill counts
//! `E[ceil duration]` a request, and INIT with the first handler call for every cold
//! start. Sizes are tried from the cheapest on; the first that keeps the latency target
//! and cannot be undercut wins.

mod cold_starts;
mod commitment;
mod function;
mod limits;
mod pool;
mod ramp;
mod replay;
mod size;
mod snapshot;

pub(super) use cold_starts::recycled;
pub(super) use commitment::committed_rate;
pub(super) use function::{Function, architecture, gb_seconds, price_variant};
pub(super) use limits::Load;
pub(super) use pool::{PayingPool, cheapest_pool, smallest_pool};
pub(super) use ramp::{Throttled, bursts_a_month, occupancy};
pub(super) use size::{Size, SizesKey, Start};
pub(super) use snapshot::Snapshot;

use std::cell::Cell;

use super::fit::FitCheck;
use super::{Costing, Depth, Description, Platform};
use crate::bill::{Charges, Total};
use crate::evaluation::{Configuration, Family, Fit, LatencyEstimate};
use crate::latency::cold_start::ColdStartOutcome;
use crate::replay::MonthOfUse;
use crate::simulation::Rules;
use crate::tariff::Tariffs;
use crate::traffic::WeeklyProfile;
use crate::units::{RequestsPerMonth, SECONDS_PER_MONTH, Seconds, Usd};
use crate::workload::Workload;

/// AWS Lambda on demand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lambda;

impl Platform for Lambda {
    fn id(&self) -> &'static str {
        "aws-lambda"
    }

    fn label(&self) -> &'static str {
        "AWS Lambda"
    }

    fn family(&self) -> Family {
        Family::Serverless
    }

    fn operations_score(&self) -> u8 {
        0
    }

    fn prepare<'a>(
        &self,
        workload: &'a Workload,
        tariffs: &mut Tariffs<'a>,
    ) -> Box<dyn Costing + 'a> {
        let architecture = architecture(workload, tariffs);
        Box::new(LambdaCosting {
            platform: self.id(),
            function: Function::new(workload, tariffs, architecture, Start::Init),
            snapshot: None,
            last: Cell::default(),
        })
    }
}

/// Functions whose environments start when a request finds none: from scratch, or from a
/// snapshot.
pub(super) struct LambdaCosting<'a> {
    pub(super) platform: &'static str,
    pub(super) function: Function<'a>,
    pub(super) snapshot: Option<Snapshot<'a>>,
    pub(super) last: Cell<Option<Last>>,
}

/// The choice of the last volume: bill, limits and description ask for the same one after the
/// other.
#[derive(Clone, Copy)]
pub(super) struct Last {
    volume: u64,
    tabulated: bool,
    place: usize,
    figures: Figures,
}

impl LambdaCosting<'_> {
    fn warm_cost(&self, size: &Size, requests: RequestsPerMonth) -> Usd {
        let mut total = Total::default();
        let calls = self.function.calls(requests);
        self.function
            .charge_duration(&mut total, gb_seconds(size, calls.get(), size.billed));
        self.function.charge_disk(&mut total, size, calls);
        total.usd()
    }

    /// What starting environments costs, after `already` GB-seconds of duration; returns the
    /// GB-seconds of it.
    fn charge_starts(
        &self,
        bill: &mut dyn Charges,
        size: &Size,
        cold_starts: f64,
        already: f64,
    ) -> f64 {
        let started = gb_seconds(size, cold_starts, size.billed_init());
        self.function.charge_initialization(bill, already, started);
        if let Some(snapshot) = &self.snapshot {
            snapshot.charge(bill, size, cold_starts);
        }
        started
    }

    /// Everything on the bill for one size.
    fn charge_choice(
        &self,
        bill: &mut dyn Charges,
        choice: &Choice<'_>,
        requests: RequestsPerMonth,
    ) {
        let function = &self.function;
        let (size, calls) = (choice.size, function.calls(requests));
        function.charge_requests(bill, requests);
        let duration = function.charge_duration(bill, gb_seconds(size, calls.get(), size.billed));
        let cold_starts = choice.figures.outcome.cold_start_probability * calls.get();
        let started = self.charge_starts(bill, size, cold_starts, duration);
        function.charge_disk(bill, size, calls);
        function.charge_around(bill, requests, duration + started);
    }

    /// The cheapest size that keeps the target, or the cheapest where none does.
    fn best(&self, requests: RequestsPerMonth) -> Option<Choice<'_>> {
        let (volume, tabulated) = (requests.get().to_bits(), self.function.tabulated.get());
        let known = |last: &Last| last.volume == volume && last.tabulated == tabulated;
        let last = if let Some(last) = self.last.get().filter(known) {
            last
        } else {
            let (place, figures) = self.cheapest(requests)?;
            Last {
                volume,
                tabulated,
                place,
                figures,
            }
        };
        self.last.set(Some(last));
        Some(Choice {
            size: &self.function.sizes[last.place],
            figures: last.figures,
        })
    }

    fn cheapest(&self, requests: RequestsPerMonth) -> Option<(usize, Figures)> {
        let mut best: Option<(usize, Figures)> = None;
        for (place, size) in self.function.sizes.iter().enumerate() {
            let warm_cost = self.warm_cost(size, requests);
            // Cold starts only add: what is dearer warm than the best whole cannot win.
            if best.as_ref().is_some_and(|(_, best)| {
                best.rank() == (true, true) && warm_cost.get() >= best.compute.get()
            }) {
                continue;
            }
            let figures = self.figures(size, requests, warm_cost);
            let better = best.as_ref().is_none_or(|(_, best)| {
                (figures.rank(), -figures.compute.get()) > (best.rank(), -best.compute.get())
            });
            if better {
                best = Some((place, figures));
            }
        }
        best
    }

    fn figures(&self, size: &Size, requests: RequestsPerMonth, warm_cost: Usd) -> Figures {
        let function = &self.function;
        let calls = function.calls(requests);
        let outcome = function.cold_starts(size, calls);
        let throttled = function.throttled(size, calls, outcome.instances, |_| false);
        let cold = outcome.cold_start_probability;
        let mut starts = Total::default();
        self.charge_starts(&mut starts, size, cold * calls.get(), 0.0);
        // Of no requests none is late.
        let workload = function.workload.as_ref();
        let meets_target = requests.get() <= 0.0
            || workload.target.is_none_or(|target| {
                size.late(target, cold, throttled) <= 1.0 - workload.percentile.share()
            });
        Figures {
            outcome,
            throttled,
            compute: warm_cost + starts.usd(),
            within_limits: function.within_limits(size),
            meets_target,
        }
    }

    fn latency(&self, choice: &Choice<'_>, requests: RequestsPerMonth) -> Option<LatencyEstimate> {
        let function = &self.function;
        let busiest = function.calls(requests).per_second() * function.workload.peak_weight();
        let at_peak = function
            .cold_starts_at(choice.size, busiest)
            .cold_start_probability;
        let p = choice.figures.outcome.cold_start_probability;
        let throttled = choice.figures.throttled;
        Some(LatencyEstimate {
            percentiles: choice.size.mixture(p, throttled).percentiles()?,
            cold_start_probability: p,
            cold_start_p50_ms: Some(choice.size.start().total_p50_ms),
            cold_start_p99_ms: Some(choice.size.start().total_p99_ms),
            busiest_hour: choice.size.mixture(at_peak, throttled).percentiles()?,
        })
    }
}

/// One size at one volume.
struct Choice<'s> {
    size: &'s Size,
    figures: Figures,
}

/// What one size does at one volume.
#[derive(Clone, Copy)]
struct Figures {
    outcome: ColdStartOutcome,
    throttled: Throttled,
    compute: Usd,
    within_limits: bool,
    meets_target: bool,
}

impl Figures {
    /// What comes before cost: the time limits, then the latency target.
    const fn rank(&self) -> (bool, bool) {
        (self.within_limits, self.meets_target)
    }
}

impl Costing for LambdaCosting<'_> {
    fn expect_many_volumes(&self) {
        self.function.tabulated.set(true);
    }

    fn charge(&self, requests: RequestsPerMonth, bill: &mut dyn Charges) -> Option<bool> {
        let best = self.best(requests)?;
        self.charge_choice(bill, &best, requests);
        Some(best.figures.meets_target)
    }

    fn describe(&self, requests: RequestsPerMonth) -> Option<Description> {
        let best = self.best(requests)?;
        Some(Description {
            configuration: Configuration {
                architecture: Some(self.function.architecture.name().to_owned()),
                memory_mb: Some(best.size.memory.get()),
                front_door: Some(self.function.door.name().to_owned()),
                count_mean: Some(best.figures.outcome.instances),
                pinned: self.function.pinned(),
                ..Configuration::default()
            },
            latency: self.latency(&best, requests),
        })
    }

    fn rules(&self, requests: RequestsPerMonth, _: &WeeklyProfile) -> Option<Rules> {
        let size = self.best(requests)?.size;
        Some(Rules::Functions(self.function.rules(size)))
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
        let size = self.best(requests)?.size;
        let function = &self.function;
        function.charge_requests(bill, used.requests);
        let duration = function.charge_duration(bill, size.held_gb_seconds(used.billed_s));
        let started = size.held_gb_seconds(used.init_s);
        function.charge_initialization(bill, duration, started);
        if let Some(snapshot) = &self.snapshot {
            snapshot.charge(bill, size, used.cold_starts);
        }
        function.charge_disk_of(bill, Seconds::new(used.billed_s));
        function.charge_around(bill, used.requests, duration + started);
        Some(used.alive_s / SECONDS_PER_MONTH)
    }

    fn check(&self, requests: RequestsPerMonth, depth: Depth) -> Fit {
        let workload = self.function.workload.as_ref();
        let mut fit = FitCheck::new(self.platform, workload, depth);
        let best = self.best(requests);
        let load = best.as_ref().map(|best| Load {
            size: best.size,
            alive: best.figures.outcome.instances,
            held: 0.0,
            throttled: best.figures.throttled,
        });
        let init = if self.snapshot.is_some() {
            "aws-lambda/init-provisioned"
        } else {
            "aws-lambda/init"
        };
        self.function.check_limits(&mut fit, init, load, requests);
        if self.snapshot.is_some() {
            snapshot::check(&mut fit, workload, self.function.architecture);
        }
        fit.finish()
    }
}

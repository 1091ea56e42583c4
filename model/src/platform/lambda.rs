//! AWS Lambda on demand: one request per environment, billed by the millisecond.
//!
//! `duration(m) = wait + cpu / min(m / 1769, parallelism)`; the bill counts
//! `E[ceil duration]` a request, and INIT with the first handler call for every cold
//! start. Sizes are tried from the cheapest on; the first that keeps the latency target
//! and cannot be undercut wins.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};

use super::fit::FitCheck;
use super::front_door::Door;
use super::shared::SharedLines;
use super::{Costing, Detail, Platform, Prepared, Quote};
use crate::behavior::{Architecture, Behavior, ColdStartTime, StartUp};
use crate::bill::{Bill, Charges, Group, Total};
use crate::evaluation::{Configuration, Family, Fit, LatencyEstimate};
use crate::latency::burst::Burst;
use crate::latency::cold_start::{
    ColdStart, ColdStartOutcome, ColdStartTable, over_hours, recycling_probability,
};
use crate::latency::distribution::LogNormal;
use crate::latency::percentile::Mixture;
use crate::price::PriceBook;
use crate::rules::Rules;
use crate::system::{FrontDoor, Kind};
use crate::tariff::{Rate, Tariffs};
use crate::units::{
    HOURS_PER_MONTH, HOURS_PER_WEEK, Hours, KB_PER_MB, MS_PER_S, MebiBytes, Milliseconds,
    RequestsPerMonth, RequestsPerSecond, Seconds, Usd,
};
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

    fn prepare<'a>(&self, workload: &'a Workload, book: &'a PriceBook) -> Prepared<'a> {
        let mut tariffs = Tariffs::new(book, workload);
        let costing = LambdaCosting::new(workload, &mut tariffs);
        Prepared {
            missing: tariffs.missing(),
            costing: Box::new(costing),
        }
    }
}

struct LambdaCosting<'a> {
    /// One invocation: a batch of messages where there are batches.
    workload: Cow<'a, Workload>,
    batch: f64,
    architecture: Architecture,
    duration: Rate<'a>,
    initialization: Rate<'a>,
    request: Rate<'a>,
    disk: Rate<'a>,
    door: Door<'a>,
    shared: SharedLines<'a>,
    requests_per_call: f64,
    longest: Milliseconds,
    free_gb_seconds: f64,
    free_requests: f64,
    sizes: Vec<Size>,
    tabulated: Cell<bool>,
}

/// One memory size.
struct Size {
    memory: MebiBytes,
    service: Seconds,
    billed: Milliseconds,
    billed_init: Milliseconds,
    start: ColdStartTime,
    warm: LogNormal,
    cold: LogNormal,
    table: OnceCell<ColdStartTable>,
}

impl<'a> LambdaCosting<'a> {
    fn new(workload: &'a Workload, tariffs: &mut Tariffs<'a>) -> Self {
        let rules = Rules::embedded();
        let architecture = architecture(workload, tariffs);
        let price_id = match architecture {
            Architecture::X86_64 => "aws-lambda/duration/x86-64",
            Architecture::Arm64 => "aws-lambda/duration/arm64",
        };
        let extra_disk = workload.local_disk.get() > rules.lambda_included_disk_mb;
        let door = Door::new(tariffs, workload, true);
        let overhead = door.overhead();
        let invocation = if workload.batch_size > 1.0 {
            Cow::Owned(workload.batched())
        } else {
            Cow::Borrowed(workload)
        };
        Self {
            architecture,
            duration: tariffs.rate(true, Group::Compute, "Duration", price_id),
            initialization: tariffs.rate(true, Group::Compute, "Initialization", price_id),
            request: tariffs.rate(
                true,
                Group::Requests,
                "Requests",
                "aws-lambda/request/standard",
            ),
            disk: tariffs.rate(
                extra_disk,
                Group::Compute,
                "Ephemeral storage",
                "aws-lambda/ephemeral-storage/standard",
            ),
            shared: SharedLines::new(
                tariffs,
                workload,
                "amazon-cloudwatch/logs/lambda-ingest",
                workload.logs_kb + rules.lambda_own_logs_kb / workload.batch_size,
                false,
            ),
            requests_per_call: requests_per_call(invocation.as_ref()),
            batch: workload.batch_size,
            longest: longest_run(door.kind()),
            door,
            free_gb_seconds: tariffs.allowance("aws-lambda/free-tier/duration"),
            free_requests: tariffs.allowance("aws-lambda/free-tier/requests"),
            sizes: memory_sizes(workload)
                .map(|memory| Size::new(invocation.as_ref(), architecture, memory, overhead))
                .collect(),
            tabulated: Cell::new(false),
            workload: invocation,
        }
    }

    /// Invocations a month.
    fn calls(&self, requests: RequestsPerMonth) -> RequestsPerMonth {
        requests / self.batch
    }

    /// GB-seconds a month that `billed` milliseconds a request take.
    fn gb_seconds(size: &Size, requests: f64, billed: Milliseconds) -> f64 {
        size.memory.held_for(billed.seconds()).get() * requests
    }

    fn warm_cost(&self, size: &Size, requests: RequestsPerMonth) -> Usd {
        let mut total = Total::default();
        let calls = self.calls(requests);
        self.duration
            .charge(&mut total, Self::gb_seconds(size, calls.get(), size.billed));
        self.charge_disk(&mut total, size, calls);
        total.usd()
    }

    fn charge_disk(&self, bill: &mut impl Charges, size: &Size, calls: RequestsPerMonth) {
        let extra =
            self.workload.local_disk - MebiBytes::new(Rules::embedded().lambda_included_disk_mb);
        let seconds = size.billed.seconds() * calls.get();
        self.disk
            .charge(bill, extra.max(MebiBytes::ZERO).held_for(seconds).get());
    }

    /// Everything on the bill for one size.
    fn charge(
        &self,
        bill: &mut impl Charges,
        size: &Size,
        requests: RequestsPerMonth,
        cold_starts: f64,
    ) {
        let calls = self.calls(requests);
        self.request
            .charge(bill, calls.get() * self.requests_per_call);
        let duration = Self::gb_seconds(size, calls.get(), size.billed);
        self.duration.charge(bill, duration);
        self.initialization.charge_after(
            bill,
            duration,
            Self::gb_seconds(size, cold_starts, size.billed_init),
        );
        self.charge_disk(bill, size, calls);
        self.door.charge(bill, requests);
        self.shared.charge(bill, requests);
        let init = Self::gb_seconds(size, cold_starts, size.billed_init);
        self.duration.credit(
            bill,
            "Free tier: duration",
            duration + init,
            self.free_gb_seconds,
        );
        self.request.credit(
            bill,
            "Free tier: requests",
            calls.get() * self.requests_per_call,
            self.free_requests,
        );
    }

    /// The cheapest size that keeps the target, or the cheapest where none does.
    fn best(&self, requests: RequestsPerMonth) -> Option<Choice<'_>> {
        let mut sizes: Vec<(&Size, Usd)> = self
            .sizes
            .iter()
            .map(|size| (size, self.warm_cost(size, requests)))
            .collect();
        sizes.sort_by(|left, right| left.1.get().total_cmp(&right.1.get()));
        let mut best: Option<Choice<'_>> = None;
        for (size, warm_cost) in sizes {
            // Initialization only adds: what is dearer warm than the best whole cannot win.
            if best.as_ref().is_some_and(|best| {
                best.rank() == (true, true) && warm_cost.get() >= best.compute.get()
            }) {
                break;
            }
            let choice = self.choice(size, requests, warm_cost);
            let better = best.as_ref().is_none_or(|best| {
                (choice.rank(), -choice.compute.get()) > (best.rank(), -best.compute.get())
            });
            if better {
                best = Some(choice);
            }
        }
        best
    }

    fn choice<'s>(
        &'s self,
        size: &'s Size,
        requests: RequestsPerMonth,
        warm_cost: Usd,
    ) -> Choice<'s> {
        let calls = self.calls(requests);
        let outcome = self.cold_starts(size, calls);
        let cold_starts = outcome.cold_start_probability * calls.get();
        let mut init = Total::default();
        self.initialization.charge(
            &mut init,
            Self::gb_seconds(size, cold_starts, size.billed_init),
        );
        // Of no requests none is late.
        let meets_target = requests.get() <= 0.0
            || self.workload.target.is_none_or(|target| {
                let mixture = size.mixture(outcome.cold_start_probability);
                mixture.survival(target) <= 1.0 - self.workload.percentile.share()
            });
        let within_limits =
            size.stretched(&self.workload, self.workload.max_duration) <= self.longest;
        Choice {
            size,
            outcome,
            compute: warm_cost + init.usd(),
            within_limits,
            meets_target,
        }
    }

    /// Cold starts over the week: by the hour, by recycling, and by bursts.
    fn cold_starts(&self, size: &Size, requests: RequestsPerMonth) -> ColdStartOutcome {
        if requests.get() <= 0.0 {
            return ColdStartOutcome {
                cold_start_probability: 1.0,
                instances: 0.0,
            };
        }
        let lifetime = Hours::new(Behavior::embedded().lifecycle().lifetime.value).seconds();
        let hours = self
            .workload
            .levels
            .iter()
            .map(|level| (Workload::rate_at(requests, *level), level.hours));
        let mut outcome = over_hours(hours, |rate| {
            let mut at = self.cold_starts_at(size, rate);
            at.cold_start_probability += recycling_probability(at.instances, lifetime, rate);
            at
        });
        let from_bursts =
            self.burst_cold_starts(size, requests, outcome.instances) / requests.get();
        outcome.cold_start_probability = (outcome.cold_start_probability + from_bursts).min(1.0);
        outcome
    }

    /// Cold starts a month that bursts add, with the mean number of environments alive.
    fn burst_cold_starts(&self, size: &Size, requests: RequestsPerMonth, alive: f64) -> f64 {
        let weeks = HOURS_PER_MONTH / HOURS_PER_WEEK;
        let each = |burst: &crate::system::Burst| {
            let cold = Burst {
                arrival_rate: requests.per_second() * burst.height,
                service_time: size.service,
                init_duration: Seconds::new((size.start.total_p50_ms) / MS_PER_S),
                alive,
            };
            burst.per_week * weeks * cold.cold_starts()
        };
        self.workload.bursts.iter().map(each).sum()
    }

    fn cold_starts_at(&self, size: &Size, rate: RequestsPerSecond) -> ColdStartOutcome {
        if self.tabulated.get() {
            return self.table(size).outcome(rate);
        }
        let keep_alive = Seconds::new(self.workload.keep_alive_s);
        ColdStart {
            arrival_rate: rate,
            service_time: size.service,
            keep_alive,
        }
        .outcome()
    }

    fn table<'s>(&self, size: &'s Size) -> &'s ColdStartTable {
        size.table.get_or_init(|| {
            let (_, most) = Rules::embedded().break_even_decades;
            let most = RequestsPerMonth::new(crate::math::pow(10.0, most)).per_second()
                * self.workload.peak_weight();
            ColdStartTable::new(
                size.service,
                Seconds::new(self.workload.keep_alive_s),
                most,
                0,
            )
        })
    }

    fn latency(&self, choice: &Choice<'_>, requests: RequestsPerMonth) -> Option<LatencyEstimate> {
        let busiest = self.calls(requests).per_second() * self.workload.peak_weight();
        let at_peak = self
            .cold_starts_at(choice.size, busiest)
            .cold_start_probability;
        let p = choice.outcome.cold_start_probability;
        Some(LatencyEstimate {
            percentiles: choice.size.mixture(p).percentiles()?,
            cold_start_probability: p,
            cold_start_p50_ms: Some(choice.size.start.total_p50_ms),
            cold_start_p99_ms: Some(choice.size.start.total_p99_ms),
            busiest_hour: choice.size.mixture(at_peak).percentiles()?,
        })
    }

    fn fit_at(&self, size: Option<&Size>, requests: RequestsPerMonth) -> Fit {
        let workload = self.workload.as_ref();
        let mut fit = FitCheck::new("aws-lambda", workload);
        let slowest = size.map_or(workload.max_duration, |size| {
            size.stretched(workload, workload.max_duration)
        });
        fit.at_most("aws-lambda/timeout", slowest.seconds().get());
        fit.at_most("aws-lambda/memory", needed_memory(workload).get());
        fit.at_most("aws-lambda/disk", workload.local_disk.get());
        if workload.image {
            fit.at_most("aws-lambda/image", workload.package.gigabytes());
        } else {
            fit.at_most("aws-lambda/package-unzipped", workload.package.get());
        }
        self.fit_payload(&mut fit);
        if let Some(size) = size {
            fit.at_most("aws-lambda/init", size.start.init_p99_ms / MS_PER_S);
            let peak = self.calls(requests).per_second().get() * self.peak_with_bursts();
            fit.quota(
                "aws-lambda/account-concurrency",
                workload.account_concurrency,
                peak * size.service.get(),
            );
            let per_unit = Rules::embedded().lambda_requests_per_concurrency;
            fit.quota(
                "aws-lambda/requests-per-concurrency",
                workload.account_concurrency * per_unit,
                peak,
            );
        }
        fit.door(
            self.door.kind(),
            slowest,
            requests.per_second() * workload.peak_weight(),
        );
        fit.needs();
        fit.finish()
    }

    fn fit_payload(&self, fit: &mut FitCheck<'_>) {
        let workload = self.workload.as_ref();
        if workload.kind.is_http() {
            fit.at_most("aws-lambda/payload-in", workload.payload_in_kb / KB_PER_MB);
            fit.at_most(
                "aws-lambda/payload-out",
                workload.payload_out_kb / KB_PER_MB,
            );
        } else {
            fit.at_most(
                "aws-lambda/async-payload",
                workload.payload_in_kb / KB_PER_MB,
            );
        }
    }

    fn peak_with_bursts(&self) -> f64 {
        let bursts = self.workload.bursts.iter().map(|burst| burst.height);
        bursts.fold(self.workload.peak_weight(), f64::max)
    }
}

/// One size at one volume.
struct Choice<'s> {
    size: &'s Size,
    outcome: ColdStartOutcome,
    compute: Usd,
    within_limits: bool,
    meets_target: bool,
}

impl Choice<'_> {
    /// What comes before cost: the time limits, then the latency target.
    const fn rank(&self) -> (bool, bool) {
        (self.within_limits, self.meets_target)
    }
}

impl Costing for LambdaCosting<'_> {
    fn expect_many_volumes(&self) {
        self.tabulated.set(true);
    }

    fn quote(&self, requests: RequestsPerMonth) -> Option<Quote> {
        let best = self.best(requests)?;
        let mut total = Total::default();
        self.charge(
            &mut total,
            best.size,
            requests,
            best.outcome.cold_start_probability * self.calls(requests).get(),
        );
        Some(Quote {
            usd: total.usd(),
            meets_target: best.meets_target,
        })
    }

    fn detail(&self, requests: RequestsPerMonth) -> Option<Detail> {
        let best = self.best(requests)?;
        let mut bill = Bill::default();
        self.charge(
            &mut bill,
            best.size,
            requests,
            best.outcome.cold_start_probability * self.calls(requests).get(),
        );
        Some(Detail {
            configuration: Configuration {
                architecture: Some(self.architecture.name().to_owned()),
                memory_mb: Some(best.size.memory.get()),
                front_door: Some(self.door.kind().id().to_owned()),
                count_mean: Some(best.outcome.instances),
                pinned: pinned(&self.workload),
                ..Configuration::default()
            },
            bill,
            latency: self.latency(&best, requests),
            meets_target: best.meets_target,
        })
    }

    fn fit(&self, requests: RequestsPerMonth) -> Fit {
        self.fit_at(self.best(requests).map(|best| best.size), requests)
    }
}

impl Size {
    fn new(
        workload: &Workload,
        architecture: Architecture,
        memory: MebiBytes,
        overhead: Option<LogNormal>,
    ) -> Self {
        let mean = mean_duration(workload, memory);
        let duration = workload.duration_around(mean);
        let start = Behavior::embedded().cold_start(StartUp {
            language: workload.language,
            framework: workload.framework,
            architecture,
            image: workload.image,
            memory_mb: memory.get(),
            package_mb: workload.package.get(),
            private_network: workload.private_network,
        });
        let warm = overhead.map_or(duration, |overhead| duration.plus(overhead));
        let cold_start = LogNormal::from_p50_p95(
            Milliseconds::new(start.total_p50_ms),
            Milliseconds::new(start.total_p95_ms),
        );
        let billed = duration.expected_rounded_up_ms();
        // INIT and duration are rounded up together; where the duration is fixed, its own
        // rounding is given back to the sum.
        let init = Milliseconds::new(start.init_mean_ms + start.first_call_ms);
        let billed_init = if duration.is_constant() {
            mean + init + Milliseconds::new(0.5) - billed
        } else {
            init
        };
        Self {
            memory,
            service: mean.seconds(),
            billed,
            billed_init,
            start,
            warm,
            cold: cold_start.map_or(warm, |cold_start| warm.plus(cold_start)),
            table: OnceCell::new(),
        }
    }

    fn mixture(&self, cold_start_probability: f64) -> Mixture {
        let mut mixture = Mixture::new();
        mixture.add_warm_and_cold(1.0, self.warm, self.cold, cold_start_probability);
        mixture
    }

    /// A duration stated at one full vCPU, at this size.
    fn stretched(&self, workload: &Workload, duration: Milliseconds) -> Milliseconds {
        duration * (self.service.milliseconds() / workload.duration).max(1.0)
    }
}

/// The longest run that the platform and its front door wait for.
fn longest_run(door: FrontDoor) -> Milliseconds {
    let behavior = Behavior::embedded();
    let limit = |id: &str| Seconds::new(behavior.limit(id).value).milliseconds();
    let own = limit("aws-lambda/timeout");
    match door {
        FrontDoor::HttpApi => own.min(limit("aws-api-gateway/http-timeout")),
        FrontDoor::RestApi => own.min(limit("aws-api-gateway/rest-timeout")),
        FrontDoor::Alb | FrontDoor::Auto | FrontDoor::FunctionUrl | FrontDoor::None => own,
    }
}

/// Mean duration at a memory size; a pinned size is where it was stated.
fn mean_duration(workload: &Workload, memory: MebiBytes) -> Milliseconds {
    if workload.pin.lambda_memory.is_some() {
        workload.duration
    } else {
        workload.duration_at(memory.get() / Rules::embedded().lambda_mb_per_vcpu)
    }
}

fn needed_memory(workload: &Workload) -> MebiBytes {
    workload
        .pin
        .lambda_memory
        .unwrap_or(workload.process_memory + workload.request_memory)
}

/// The sizes to try; none when the workload does not fit the largest.
fn memory_sizes(workload: &Workload) -> impl Iterator<Item = MebiBytes> {
    let pinned = workload.pin.lambda_memory;
    let needed = workload.process_memory + workload.request_memory;
    let steps = Rules::embedded()
        .lambda_memory_steps_mb
        .iter()
        .map(|&mb| MebiBytes::new(mb));
    let free = steps.filter(move |memory| pinned.is_none() && *memory >= needed);
    pinned.into_iter().chain(free)
}

/// arm64 where it is priced and nothing speaks against it: the same work for less.
fn architecture(workload: &Workload, tariffs: &Tariffs<'_>) -> Architecture {
    match workload.pin.architecture {
        Some(pinned) => pinned,
        None if tariffs.has("aws-lambda/duration/arm64") => Architecture::Arm64,
        None => Architecture::X86_64,
    }
}

/// An asynchronous event counts once for its first 256 KB and once for each further 64 KB.
fn requests_per_call(workload: &Workload) -> f64 {
    if workload.kind != Kind::Event {
        return 1.0;
    }
    let rules = Rules::embedded();
    let further = (workload.payload_in_kb - rules.async_request_first_kb).max(0.0);
    1.0 + crate::math::ceil(further / rules.async_request_next_kb)
}

fn pinned(workload: &Workload) -> Vec<String> {
    let pins = [
        ("architecture", workload.pin.architecture.is_some()),
        ("lambda_memory_mb", workload.pin.lambda_memory.is_some()),
    ];
    pins.into_iter()
        .filter(|(_, set)| *set)
        .map(|(name, _)| name.to_owned())
        .collect()
}

//! AWS Lambda on demand: one request per environment, billed by the millisecond.
//!
//! `duration(m) = wait + cpu / min(m / 1769, parallelism)`; the bill counts
//! `E[ceil duration]` a request, and INIT with the first handler call for every cold
//! start. Sizes are tried from the cheapest on; the first that keeps the latency target
//! and cannot be undercut wins.

mod cold_starts;
mod limits;
mod size;

use std::borrow::Cow;
use std::cell::Cell;

use limits::longest_run;
use size::{Size, memory_sizes};

use super::front_door::Door;
use super::shared::SharedLines;
use super::{Costing, Description, Platform};
use crate::behavior::Architecture;
use crate::bill::{Charges, Group, Total};
use crate::evaluation::{Configuration, Family, Fit, LatencyEstimate};
use crate::latency::cold_start::ColdStartOutcome;
use crate::rules::Rules;
use crate::system::Kind;
use crate::tariff::{Rate, Tariffs};
use crate::units::{MebiBytes, Milliseconds, RequestsPerMonth, Usd};
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
        Box::new(LambdaCosting::new(workload, tariffs))
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

    fn charge_disk(&self, bill: &mut dyn Charges, size: &Size, calls: RequestsPerMonth) {
        let extra =
            self.workload.local_disk - MebiBytes::new(Rules::embedded().lambda_included_disk_mb);
        let seconds = size.billed.seconds() * calls.get();
        self.disk
            .charge(bill, extra.max(MebiBytes::ZERO).held_for(seconds).get());
    }

    /// Everything on the bill for one size.
    fn charge_size(
        &self,
        bill: &mut dyn Charges,
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

    fn charge(&self, requests: RequestsPerMonth, bill: &mut dyn Charges) -> Option<bool> {
        let best = self.best(requests)?;
        let cold_starts = best.outcome.cold_start_probability * self.calls(requests).get();
        self.charge_size(bill, best.size, requests, cold_starts);
        Some(best.meets_target)
    }

    fn describe(&self, requests: RequestsPerMonth) -> Option<Description> {
        let best = self.best(requests)?;
        Some(Description {
            configuration: Configuration {
                architecture: Some(self.architecture.name().to_owned()),
                memory_mb: Some(best.size.memory.get()),
                front_door: Some(self.door.name().to_owned()),
                count_mean: Some(best.outcome.instances),
                pinned: pinned(&self.workload),
                ..Configuration::default()
            },
            latency: self.latency(&best, requests),
        })
    }

    fn fit(&self, requests: RequestsPerMonth) -> Fit {
        self.fit_at(self.best(requests).map(|best| best.size), requests)
    }
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

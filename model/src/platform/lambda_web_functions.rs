//! AWS Lambda Web Functions: a Node.js server as a function, many requests per environment.
//!
//! Environment j starts when j-1 environments are full, so with k places each the slots that
//! start one are `(j-1) k + 1`: `p_cold = sum over j of B((j-1) k, a) P(T > tau + S)`, T the
//! time between overflows of `(j-1) k` servers. That holds for requests that go to the first
//! environment with room; AWS does not say where they go, and keeps some headroom, so the
//! figure is neither measured nor simulated. Several requests share two processors; one
//! process per vCPU is assumed, because Node.js computes on one thread.

mod environment;

use std::cell::Cell;

use environment::{Environment, limit};

use super::fit::FitCheck;
use super::shared::SharedLines;
use super::{Costing, Depth, Description, Platform};
use crate::behavior::{Architecture, Behavior, Language};
use crate::bill::{Charges, Group};
use crate::evaluation::{Configuration, Family, Fit, LatencyEstimate};
use crate::latency::cold_start::ColdStartOutcome;
use crate::latency::percentile::Mixture;
use crate::replay::MonthOfUse;
use crate::simulation::Rules;
use crate::system::FrontDoor;
use crate::tariff::{Rate, Tariffs};
use crate::traffic::WeeklyProfile;
use crate::units::{MB_PER_GB, MS_PER_S, RequestsPerMonth, SECONDS_PER_MONTH};
use crate::workload::Workload;

/// AWS Lambda Web Functions.
#[derive(Clone, Copy, Debug)]
pub(super) struct LambdaWebFunctions;

impl Platform for LambdaWebFunctions {
    fn id(&self) -> &'static str {
        "aws-lambda-web-functions"
    }

    fn label(&self) -> &'static str {
        "AWS Lambda Web Functions"
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
        Box::new(WebFunctionsCosting::new(workload, tariffs))
    }
}

struct WebFunctionsCosting<'a> {
    workload: &'a Workload,
    cpu: Rate<'a>,
    memory: Rate<'a>,
    request: Rate<'a>,
    shared: SharedLines<'a>,
    /// `None` where it cannot run at all.
    environment: Option<Environment>,
    /// The last volume with its week: bill and description ask for the same one.
    last: Cell<Option<(u64, ColdStartOutcome)>>,
}

impl<'a> WebFunctionsCosting<'a> {
    fn new(workload: &'a Workload, tariffs: &mut Tariffs<'a>) -> Self {
        let offered = lacking(workload).is_empty();
        let mut rate = |group, name, what: &str| {
            let id = format!("aws-lambda-web-functions/{what}");
            tariffs.rate(offered, group, name, &id)
        };
        Self {
            cpu: rate(Group::Compute, "Active CPU", "cpu/arm64"),
            memory: rate(Group::Compute, "Memory of environments", "memory/arm64"),
            request: rate(Group::Requests, "Requests", "request/standard"),
            shared: SharedLines::new(
                tariffs,
                workload,
                "amazon-cloudwatch/logs/lambda-ingest",
                workload.logs_kb,
                false,
            ),
            environment: offered.then(|| Environment::new(workload)).flatten(),
            last: Cell::new(None),
            workload,
        }
    }

    /// The week: cold starts, and environments alive on average.
    fn week(&self, environment: &Environment, requests: RequestsPerMonth) -> ColdStartOutcome {
        if requests.get() <= 0.0 {
            return ColdStartOutcome {
                cold_start_probability: 1.0,
                instances: 0.0,
            };
        }
        let volume = requests.get().to_bits();
        if let Some((_, outcome)) = self.last.get().filter(|(known, _)| *known == volume) {
            return outcome;
        }
        let levels = self.workload.levels.iter();
        let hours = levels.map(|level| (Workload::rate_at(requests, *level), level.hours));
        let mut outcome =
            crate::latency::cold_start::over_hours(hours, |rate| environment.cold_starts(rate));
        let bursts = environment.burst_share(self.workload, requests, outcome.instances);
        outcome.cold_start_probability = (outcome.cold_start_probability + bursts).min(1.0);
        self.last.set(Some((volume, outcome)));
        outcome
    }

    /// Response times with a share of cold starts, at the rates of these levels.
    fn mixture(
        &self,
        environment: &Environment,
        requests: RequestsPerMonth,
        cold: f64,
        only_weight: Option<f64>,
    ) -> Mixture {
        let mut mixture = Mixture::new();
        let levels = self.workload.levels.iter();
        for level in levels.filter(|level| only_weight.is_none_or(|weight| level.weight >= weight))
        {
            let wait = environment.wait(Workload::rate_at(requests, *level));
            let weight = level.weight * level.hours;
            mixture.add_queued(weight * (1.0 - cold), environment.warm, wait);
            mixture.add_queued(weight * cold, environment.cold, wait);
        }
        mixture
    }

    fn meets_target(
        &self,
        environment: &Environment,
        requests: RequestsPerMonth,
        cold: f64,
    ) -> bool {
        requests.get() <= 0.0
            || self.workload.target.is_none_or(|target| {
                let late = self
                    .mixture(environment, requests, cold, None)
                    .survival(target);
                late <= 1.0 - self.workload.percentile.share()
            })
    }

    fn check_limits(&self, fit: &mut FitCheck<'_>, requests: RequestsPerMonth) {
        let workload = self.workload;
        let needed = workload.process_memory + workload.request_memory;
        let own = |what: &str| format!("aws-lambda-web-functions/{what}");
        fit.at_most(&own("timeout"), workload.max_duration.seconds().get());
        fit.at_most(&own("memory"), needed.gigabytes());
        fit.at_most(&own("package"), workload.package.get());
        fit.at_most(&own("disk"), workload.local_disk.get());
        let bursts = workload.bursts.iter().map(|burst| burst.height);
        let peak = requests.per_second() * bursts.fold(workload.peak_weight(), f64::max);
        fit.shared_quota(&own("requests"), limit("requests"), peak.get(), 0.0);
        fit.shared_quota(
            &own("account-requests"),
            limit("account-requests"),
            peak.get(),
            workload.elsewhere.requests_per_s,
        );
        let Some(environment) = &self.environment else {
            return;
        };
        let most = environment.at_work(peak);
        fit.at_most(&own("vcpu"), environment.vcpu());
        fit.at_most(&own("init"), environment.start.init_p99_ms / MS_PER_S);
        fit.at_most(&own("concurrency"), environment.places());
        fit.at_most(&own("environments"), most);
        fit.shared_quota(
            &own("account-vcpu"),
            limit("account-vcpu"),
            most * limit("vcpu"),
            0.0,
        );
    }
}

impl Costing for WebFunctionsCosting<'_> {
    fn charge(&self, requests: RequestsPerMonth, bill: &mut dyn Charges) -> Option<bool> {
        let environment = self.environment.as_ref()?;
        let outcome = self.week(environment, requests);
        self.request.charge(bill, requests.get());
        self.cpu
            .charge(bill, requests.get() * self.workload.cpu.seconds().get());
        self.memory.charge(
            bill,
            outcome.instances * limit("memory") * SECONDS_PER_MONTH,
        );
        self.shared.charge(bill, requests);
        Some(self.meets_target(environment, requests, outcome.cold_start_probability))
    }

    fn describe(&self, requests: RequestsPerMonth) -> Option<Description> {
        let environment = self.environment.as_ref()?;
        let outcome = self.week(environment, requests);
        let p = outcome.cold_start_probability;
        let peak = self.workload.peak_weight();
        let busiest = environment.cold_starts(requests.per_second() * peak);
        let at_peak = busiest.cold_start_probability;
        let percentiles = |cold, only| {
            self.mixture(environment, requests, cold, only)
                .percentiles()
        };
        let latency = percentiles(p, None).zip(percentiles(at_peak, Some(peak)));
        Some(Description {
            configuration: Configuration {
                architecture: Some(Architecture::Arm64.name().to_owned()),
                memory_mb: Some(limit("memory") * MB_PER_GB),
                front_door: Some(FrontDoor::FunctionUrl.id().to_owned()),
                requests_per_environment: Some(environment.places()),
                count_mean: Some(outcome.instances),
                ..Configuration::default()
            },
            latency: latency.map(|(percentiles, busiest_hour)| LatencyEstimate {
                percentiles,
                cold_start_probability: p,
                cold_start_p50_ms: Some(environment.start.total_p50_ms),
                cold_start_p99_ms: Some(environment.start.total_p99_ms),
                busiest_hour,
            }),
        })
    }

    fn rules(&self, _requests: RequestsPerMonth, _: &WeeklyProfile) -> Option<Rules> {
        let environment = self.environment.as_ref()?;
        Some(Rules::Functions(environment.rules(self.workload)))
    }

    fn charge_replay(
        &self,
        _requests: RequestsPerMonth,
        used: &MonthOfUse,
        bill: &mut dyn Charges,
    ) -> Option<f64> {
        self.request.charge(bill, used.requests.get());
        let cpu = self.workload.cpu.seconds().get();
        self.cpu.charge(bill, used.requests.get() * cpu);
        self.memory.charge(bill, used.alive_s * limit("memory"));
        self.shared.charge(bill, used.requests);
        Some(used.alive_s / SECONDS_PER_MONTH)
    }

    fn check(&self, requests: RequestsPerMonth, depth: Depth) -> Fit {
        let mut fit = FitCheck::new("aws-lambda-web-functions", self.workload, depth);
        self.check_limits(&mut fit, requests);
        let documented = Behavior::embedded().limit("aws-lambda-web-functions/concurrency");
        for what in lacking(self.workload) {
            fit.lacking(&what, documented);
        }
        fit.needs();
        fit.finish()
    }
}

/// What a component asks for that Web Functions do not have.
fn lacking(workload: &Workload) -> Vec<String> {
    let mut lacking = Vec::new();
    if !workload.kind.is_http() {
        lacking.push("event sources and WebSockets (it serves HTTP only)".to_owned());
    }
    if workload.language != Language::Nodejs {
        lacking.push(format!("Web Functions for {}", workload.language.label()));
    }
    if workload.image {
        lacking.push("Web Functions for container images".to_owned());
    }
    if workload.pin.architecture == Some(Architecture::X86_64) {
        lacking.push("Web Functions on x86_64".to_owned());
    }
    lacking
}

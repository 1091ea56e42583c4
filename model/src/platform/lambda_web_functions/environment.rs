//! One environment of a Web Function: how many requests it takes, how they wait, how it starts.

use crate::behavior::{Architecture, Behavior, ColdStartTime, Language, StartUp};
use crate::latency::burst::Burst;
use crate::latency::cold_start::{ColdStart, ColdStartOutcome};
use crate::latency::distribution::LogNormal;
use crate::latency::queue::{Queue, Wait};
use crate::math::{ceil, floor, sqrt};
use crate::platform::fleet::whole;
use crate::platform::lambda::{bursts_a_month, recycled};
use crate::rules::Rules;
use crate::simulation::{ColdStartRules, FunctionRules, KeepAlive, Span};
use crate::units::{
    Hours, MB_PER_GB, MS_PER_S, Milliseconds, RequestsPerMonth, RequestsPerSecond, Seconds,
};
use crate::workload::Workload;

/// Standard deviations below the offered load where an environment is never idle.
const FAR: f64 = 9.0;
/// Environments alive beyond a slot that count as none.
const NEGLIGIBLE: f64 = 1e-9;
/// Offered loads above this need as many environments as they fill.
const STEADY: f64 = 1e4;

/// A limit of Web Functions, in its own unit.
pub(super) fn limit(what: &str) -> f64 {
    Behavior::embedded()
        .limit(&format!("aws-lambda-web-functions/{what}"))
        .value
}

/// An environment with its share of the work.
pub(super) struct Environment {
    /// Requests at once.
    places: u32,
    /// Processes that compute, one per vCPU.
    processes: u32,
    service: Seconds,
    keep_alive: Seconds,
    cpu: Milliseconds,
    cpu_cv: f64,
    pub(super) start: ColdStartTime,
    pub(super) warm: LogNormal,
    pub(super) cold: LogNormal,
}

impl Environment {
    /// `None` where one request does not fit.
    pub(super) fn new(workload: &Workload) -> Option<Self> {
        let memory = limit("memory") * MB_PER_GB;
        let (process, each) = (workload.process_memory.get(), workload.request_memory.get());
        let fits = |processes: f64| process * processes + each <= memory;
        let processes = [limit("vcpu"), 1.0].into_iter().find(|n| fits(*n))?;
        let start = Behavior::embedded().cold_start(StartUp {
            language: Language::Nodejs,
            framework: workload.framework,
            architecture: Architecture::Arm64,
            image: false,
            memory_mb: memory,
            package_mb: workload.package.get(),
            resident_mb: process,
            largest_zip_mb: limit("package"),
            private_network: workload.private_network,
        });
        let duration = workload.duration_around(workload.duration);
        let warm = endpoint().map_or(duration, |overhead| duration.plus(overhead));
        let cold_start = LogNormal::from_p50_p95(
            Milliseconds::new(start.total_p50_ms),
            Milliseconds::new(start.total_p95_ms),
        );
        let set = workload
            .max_requests_per_instance
            .unwrap_or(Rules::embedded().web_function_concurrency)
            .min(limit("concurrency"));
        // Below the ceiling AWS lets in as many as the environment can work on.
        let busy = workload.cpu / workload.duration;
        let by_cpu = processes * workload.utilization_target / busy;
        let by_memory = (memory - process * processes) / each;
        let places = [by_cpu, by_memory]
            .into_iter()
            .filter(|places| places.is_finite())
            .fold(set, f64::min);
        Some(Self {
            places: whole(floor(places)).max(1),
            processes: whole(processes),
            service: workload.duration.seconds(),
            keep_alive: Seconds::new(workload.keep_alive_s),
            cpu: workload.cpu,
            cpu_cv: duration.cv(),
            start,
            warm,
            cold: cold_start.map_or(warm, |cold_start| warm.plus(cold_start)),
        })
    }

    /// The environment as a replay plays it. Requests in it do not slow each other down there.
    pub(super) fn rules(&self, workload: &Workload) -> FunctionRules {
        let behavior = Behavior::embedded();
        let extra = LogNormal::from_p50_p95(
            Milliseconds::new(self.start.total_p50_ms),
            Milliseconds::new(self.start.total_p95_ms),
        );
        FunctionRules {
            cold_start: ColdStartRules {
                extra: extra.map_or_else(|_| Span::constant(0.0), Span::from),
                ..ColdStartRules::default()
            },
            keep_alive: KeepAlive::Fixed {
                s: self.keep_alive.get(),
            },
            environment_lifetime_s: Some(
                Hours::new(behavior.lifecycle().lifetime.value)
                    .seconds()
                    .get(),
            ),
            requests_per_environment: self.places,
            account_concurrency: Some(whole(limit("environments")).max(1)),
            front_door: endpoint().map(Span::from),
            ..FunctionRules::new(Span::from(workload.duration_around(workload.duration)))
        }
    }

    pub(super) fn places(&self) -> f64 {
        f64::from(self.places)
    }

    /// vCPUs that compute.
    pub(super) fn vcpu(&self) -> f64 {
        f64::from(self.processes)
    }

    /// Environments at work at once at a rate.
    pub(super) fn at_work(&self, rate: RequestsPerSecond) -> f64 {
        ceil(rate.offered_load(self.service) / self.places())
    }

    /// The wait for a processor in an environment that is as full as it gets.
    pub(super) fn wait(&self, rate: RequestsPerSecond) -> Wait {
        if self.places <= self.processes {
            return Wait::default();
        }
        let full = RequestsPerSecond::new(self.places() / self.service.get());
        let queue = Queue {
            arrival_rate: rate.min(full),
            service_time: self.cpu.seconds(),
            servers: self.processes,
            service_cv: self.cpu_cv,
        };
        queue.wait().unwrap_or_default()
    }

    /// Cold starts and environments alive at a steady rate, each environment by the slot that
    /// starts it: what flows over `(j-1) k` slots less what flows over one more.
    pub(super) fn cold_starts(&self, rate: RequestsPerSecond) -> ColdStartOutcome {
        let question = ColdStart {
            arrival_rate: rate,
            service_time: self.service,
            keep_alive: self.keep_alive,
        };
        let offered_load = rate.offered_load(self.service);
        let spread = FAR * sqrt(offered_load);
        if offered_load > STEADY {
            let instances = offered_load / self.places();
            let steady = ColdStartOutcome {
                cold_start_probability: 0.0,
                instances,
            };
            return ColdStartOutcome {
                cold_start_probability: recycled(steady, rate),
                ..steady
            };
        }
        let never_idle = floor((offered_load - spread).max(0.0) / self.places());
        let (mut cold, mut instances) = (0.0, never_idle);
        let mut slots = whole(never_idle) * self.places;
        let mut overflow = question.overflow();
        loop {
            let full = overflow.above(slots);
            if full.instances < NEGLIGIBLE {
                break;
            }
            let next = overflow.above(slots + 1);
            cold += full.cold_start_probability - next.cold_start_probability;
            instances += full.instances - next.instances;
            slots += self.places;
        }
        let alone = ColdStartOutcome {
            cold_start_probability: cold.clamp(0.0, 1.0),
            instances: instances.max(0.0),
        };
        ColdStartOutcome {
            cold_start_probability: recycled(alone, rate),
            ..alone
        }
    }

    /// Share of requests that wait for an environment because of bursts.
    pub(super) fn burst_share(
        &self,
        workload: &Workload,
        requests: RequestsPerMonth,
        instances: f64,
    ) -> f64 {
        let each = |burst: &crate::system::Burst| {
            let waiting = Burst {
                arrival_rate: requests.per_second() * burst.height,
                service_time: self.service,
                init_duration: Seconds::new(self.start.total_p50_ms / MS_PER_S),
                alive: instances * self.places(),
            };
            bursts_a_month(burst) * waiting.cold_starts()
        };
        workload.bursts.iter().map(each).sum::<f64>() / requests.get()
    }
}

/// What the endpoint adds, as a function URL does: nothing else was measured.
fn endpoint() -> Option<LogNormal> {
    let latency = Behavior::embedded().service_latency("front_door/function_url")?;
    LogNormal::from_p50_p95(
        Milliseconds::new(latency.p50_ms),
        Milliseconds::new(latency.p95_ms),
    )
    .ok()
}

//! What else could be done about response times, each with its price.
//!
//! Every mitigation is a changed workload, prepared and evaluated like any other: nothing is
//! estimated from the unchanged one. Those that change neither P99 nor cost are left out.

use crate::behavior::{Behavior, Framework, Language};
use crate::evaluation::{Configuration, Mitigation};
use crate::platform::{self, Prepared};
use crate::price::PriceBook;
use crate::rules::Rules;
use crate::system::Percentile;
use crate::units::{MebiBytes, Milliseconds};
use crate::wording::short;
use crate::workload::Workload;

/// A change of P99 below one millisecond is none.
const NOTICED_MS: f64 = 1.0;
/// A change of P99 or cost below one per cent is none.
const NOTICED_SHARE: f64 = 0.01;
/// A package is made so many times smaller.
const SMALLER: f64 = 4.0;
/// How many of the next larger sizes are tried.
const LARGER_SIZES: usize = 2;
/// The languages that start fastest, two interpreted and one compiled; all are measured.
const LANGUAGES: [Language; 3] = [Language::Nodejs, Language::Python, Language::Rust];

/// A workload on a platform, in the three figures that count here.
struct Outcome {
    configuration: Configuration,
    p99_ms: f64,
    monthly_usd: f64,
    fits: bool,
}

/// P99 (ms), cost (USD a month) and configuration of a workload; `None` without a price, or
/// where it cannot run or has no steady state.
fn outcome(workload: &Workload, book: &PriceBook, id: &str) -> Option<Outcome> {
    let prepared = Prepared::new(platform::find(id)?, workload, book);
    if !prepared.priced() {
        return None;
    }
    let detail = prepared.detail(workload.requests)?;
    Some(Outcome {
        p99_ms: detail.latency?.percentiles.p99_ms,
        monthly_usd: detail.bill.monthly_usd,
        configuration: detail.configuration,
        fits: prepared.fit(workload.requests).ok,
    })
}

/// The mitigations of one option: changes of the workload, or of the way functions are kept
/// warm, with P99 and cost a month after each.
///
/// For functions on demand: a pool, a snapshot, a smaller package, another language, no private
/// network, a zip, more memory. For tasks and instances: the next larger sizes. Empty where
/// the option itself has no bill or no latency. Changes that break a limit are left out.
#[must_use]
pub fn mitigations(workload: &Workload, book: &PriceBook, platform: &str) -> Vec<Mitigation> {
    let Some(now) = outcome(workload, book, platform) else {
        return Vec::new();
    };
    let mut found = Found {
        book,
        now: &now,
        mitigations: Vec::new(),
    };
    if platform == "aws-lambda" {
        found.kept_warm(workload);
        found.lighter(workload);
        found.more_memory(workload);
    }
    found.larger_task(workload, platform);
    found.larger_instance(workload, platform);
    found.mitigations
}

struct Found<'a> {
    book: &'a PriceBook,
    now: &'a Outcome,
    mitigations: Vec<Mitigation>,
}

impl Found<'_> {
    /// Keeps a change that fits and makes a difference.
    fn add(&mut self, change: String, after: &Outcome) {
        let (now, after_ms) = (self.now, after.p99_ms);
        let faster = (after_ms - now.p99_ms).abs();
        let dearer = (after.monthly_usd - now.monthly_usd).abs();
        let noticed = faster > NOTICED_MS
            || faster > NOTICED_SHARE * now.p99_ms
            || dearer > NOTICED_SHARE * now.monthly_usd;
        if after.fits && noticed {
            self.mitigations.push(Mitigation {
                change,
                p99_ms: after_ms,
                monthly_usd: after.monthly_usd,
            });
        }
    }

    fn try_on(&mut self, platform: &str, change: String, workload: &Workload) {
        if let Some(after) = outcome(workload, self.book, platform) {
            self.add(change, &after);
        }
    }

    fn kept_warm(&mut self, workload: &Workload) {
        const POOL: &str = "aws-lambda-provisioned";
        let wanted = warm_target(workload, self.book, POOL);
        let after = wanted.and_then(|wanted| outcome(&wanted, self.book, POOL));
        if let Some(after) = after {
            let kept = kept(&after.configuration);
            self.add(
                format!("Keep {kept} initialized (provisioned concurrency)"),
                &after,
            );
        }
        let change = "Start from a snapshot (SnapStart)".to_owned();
        self.try_on("aws-lambda-snapstart", change, workload);
    }

    fn lighter(&mut self, workload: &Workload) {
        const FUNCTION: &str = "aws-lambda";
        if workload.package > MebiBytes::ZERO && !workload.image {
            let package = workload.package / SMALLER;
            let change = format!("Make the package smaller: {} MB", short(package.get()));
            let changed = Workload {
                package,
                ..workload.clone()
            };
            self.try_on(FUNCTION, change, &changed);
        }
        for language in LANGUAGES {
            if language == workload.language {
                continue;
            }
            let changed = Workload {
                language,
                framework: Framework::None,
                ..workload.clone()
            };
            let change = format!("Write it for {} without a framework", language.label());
            self.try_on(FUNCTION, change, &changed);
        }
        if workload.private_network {
            let changed = Workload {
                private_network: false,
                ..workload.clone()
            };
            let change = "Leave the private network".to_owned();
            self.try_on(FUNCTION, change, &changed);
        }
        if workload.image {
            let changed = Workload {
                image: false,
                ..workload.clone()
            };
            let change = "Ship a zip package instead of an image".to_owned();
            self.try_on(FUNCTION, change, &changed);
        }
    }

    /// The next larger memory sizes, with the duration that each brings. Where memory is pinned
    /// the duration was stated there, and what another size does to it is not known.
    fn more_memory(&mut self, workload: &Workload) {
        let (Some(now), None) = (self.now.configuration.memory_mb, workload.pin.lambda_memory)
        else {
            return;
        };
        let rules = Rules::embedded();
        let larger = rules.lambda_memory_steps_mb.iter().filter(|mb| **mb > now);
        for &memory_mb in larger.take(LARGER_SIZES) {
            let duration = workload.duration_at(memory_mb / rules.lambda_mb_per_vcpu);
            let factor = duration / workload.duration;
            let mut changed = workload.clone();
            changed.duration = duration;
            changed.duration_p99 = workload.duration_p99 * factor;
            changed.max_duration = workload.max_duration * factor.max(1.0);
            changed.pin.lambda_memory = Some(MebiBytes::new(memory_mb));
            let change = format!("Give it {} MB of memory", short(memory_mb));
            self.try_on("aws-lambda", change, &changed);
        }
    }

    fn larger_task(&mut self, workload: &Workload, platform: &str) {
        let configuration = &self.now.configuration;
        let (Some(vcpu), Some(memory_gb)) = (configuration.task_vcpu, configuration.task_memory_gb)
        else {
            return;
        };
        let sizes = Behavior::embedded().fargate_sizes().iter();
        let next = sizes
            .filter(|size| size.vcpu > vcpu && size.memory_gb >= memory_gb)
            .min_by(|left, right| {
                (left.vcpu, left.memory_gb)
                    .partial_cmp(&(right.vcpu, right.memory_gb))
                    .unwrap_or(std::cmp::Ordering::Equal)
            });
        if let Some(size) = next {
            let mut changed = workload.clone();
            changed.pin.task_vcpu = Some(size.vcpu);
            changed.pin.task_memory_gb = Some(size.memory_gb);
            let (vcpu, memory) = (short(size.vcpu), short(size.memory_gb));
            let change = format!("Give each task {vcpu} vCPU and {memory} GB");
            self.try_on(platform, change, &changed);
        }
    }

    fn larger_instance(&mut self, workload: &Workload, platform: &str) {
        let behavior = Behavior::embedded();
        let name = self.now.configuration.instance_type.as_deref();
        let Some(now) = name.and_then(|name| behavior.instance_type(name)) else {
            return;
        };
        let family = behavior.instance_types().iter();
        let next = family
            .filter(|kind| kind.family() == now.family() && kind.memory_gb > now.memory_gb)
            .min_by(|left, right| left.memory_gb.total_cmp(&right.memory_gb));
        if let Some(kind) = next {
            let mut changed = workload.clone();
            changed.pin.instance_type = Some(kind.name.clone());
            let change = format!("Use {} instances", kind.name);
            self.try_on(platform, change, &changed);
        }
    }
}

/// The workload with a target that a pool is to keep: the user's own where functions on demand
/// miss it, else the P99 of warm requests, to 1 %.
fn warm_target(workload: &Workload, book: &PriceBook, pool: &str) -> Option<Workload> {
    let on_demand = Prepared::new(platform::find("aws-lambda")?, workload, book);
    let missed = !on_demand.detail(workload.requests)?.meets_target;
    let mut wanted = workload.clone();
    if workload.target.is_some() && missed {
        return Some(wanted);
    }
    let mut always_warm = workload.clone();
    always_warm.pin.provisioned_concurrency = Some(enough(workload));
    let warm_ms = outcome(&always_warm, book, pool)?.p99_ms;
    wanted.percentile = Percentile::P99;
    wanted.target = Some(Milliseconds::new(warm_ms * (1.0 + NOTICED_SHARE)));
    Some(wanted)
}

/// As many environments as are at work at once in 99 of 100 moments of the busiest hour or
/// burst, at the smallest memory.
fn enough(workload: &Workload) -> f64 {
    let rules = Rules::embedded();
    let bursts = workload.bursts.iter().map(|burst| burst.height);
    let height = bursts.fold(workload.peak_weight(), f64::max);
    let smallest = rules.lambda_memory_steps_mb.first();
    let slowest = smallest.map_or(workload.duration, |mb| {
        workload.duration_at(mb / rules.lambda_mb_per_vcpu)
    });
    let rate = workload.requests.per_second() * height;
    let busy = rate
        .offered_load(slowest.seconds())
        .max(rate.get() / rules.lambda_requests_per_concurrency);
    crate::math::ceil(busy + rules.concurrency_z * crate::math::sqrt(busy)).max(1.0)
}

/// `12 environments`, or `2 to 12 environments` where a schedule follows the week.
fn kept(configuration: &Configuration) -> String {
    let most = configuration.count_max.unwrap_or(0.0);
    let least = configuration.count_min.unwrap_or(most);
    let noun = if most > 1.0 {
        "environments"
    } else {
        "environment"
    };
    if least < most {
        format!("{} to {} {noun}", short(least), short(most))
    } else {
        format!("{} {noun}", short(most))
    }
}

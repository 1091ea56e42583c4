//! The limits of Lambda and of what stands in front of it.

use super::function::Function;
use super::ramp::Throttled;
use super::size::{Size, needed_memory};
use crate::behavior::{Behavior, LimitKind};
use crate::evaluation::LimitCheck;
use crate::platform::fit::{FitCheck, headroom, source_url};
use crate::rules::Rules;
use crate::system::{FrontDoor, Kind};
use crate::units::{KB_PER_MB, MS_PER_S, Milliseconds, RequestsPerMonth, Seconds};
use crate::wording::percent;

/// A size at a volume, as its limits see it.
#[derive(Clone, Copy)]
pub(in crate::platform) struct Load<'s> {
    pub(in crate::platform) size: &'s Size,
    /// Environments alive before a burst.
    pub(in crate::platform) alive: f64,
    /// Environments held ready at most; they count against the account whether used or not.
    pub(in crate::platform) held: f64,
    pub(in crate::platform) throttled: Throttled,
}

impl Function<'_> {
    /// The limits that all ways to run a function have; `init` names the one of init.
    pub(in crate::platform) fn check_limits(
        &self,
        fit: &mut FitCheck<'_>,
        init: &str,
        load: Option<Load<'_>>,
        requests: RequestsPerMonth,
    ) {
        let workload = self.workload.as_ref();
        let slowest = load.map_or(workload.max_duration, |load| {
            load.size.stretched(workload, workload.max_duration)
        });
        fit.at_most("aws-lambda/timeout", slowest.seconds().get());
        fit.at_most("aws-lambda/memory", needed_memory(workload).get());
        fit.at_most("aws-lambda/disk", workload.local_disk.get());
        if workload.image {
            fit.at_most("aws-lambda/image", workload.package.gigabytes());
        } else {
            fit.at_most("aws-lambda/package-unzipped", workload.package.get());
        }
        self.check_payload(fit);
        if let Some(load) = load {
            let memory = load.size.memory.get();
            fit.at_most("aws-lambda/memory-minimum", memory);
            fit.at_most(
                "aws-lambda/vcpu",
                memory / Rules::embedded().lambda_mb_per_vcpu,
            );
            fit.at_most(init, load.size.init_p99_ms() / MS_PER_S);
            self.check_quotas(fit, load, requests);
        }
        fit.door(
            self.door.kind(),
            slowest,
            requests.per_second() * workload.peak_weight(),
        );
        fit.needs();
    }

    /// What all components of the account share, and the ramp of bursts.
    fn check_quotas(&self, fit: &mut FitCheck<'_>, load: Load<'_>, requests: RequestsPerMonth) {
        let workload = self.workload.as_ref();
        let calls = self.calls(requests);
        let peak = calls.per_second().get() * self.peak_with_bursts();
        fit.shared_quota(
            "aws-lambda/account-concurrency",
            workload.account_concurrency,
            (peak * load.size.service.get()).max(load.held),
            workload.elsewhere.concurrency,
        );
        let per_unit = Rules::embedded().lambda_requests_per_concurrency;
        fit.shared_quota(
            "aws-lambda/requests-per-concurrency",
            workload.account_concurrency * per_unit,
            peak,
            workload.elsewhere.requests_per_s,
        );
        if let Some(ramp) = self.steepest(load.size, calls, load.alive) {
            fit.warning(|| ramp_check(ramp.allowed, ramp.needed, load.throttled));
        }
    }

    /// A synchronous call carries 6 MB, an asynchronous one 1 MB. Queues and streams are polled
    /// and call synchronously, with all messages of a batch at once.
    fn check_payload(&self, fit: &mut FitCheck<'_>) {
        let workload = self.workload.as_ref();
        let payload_in = workload.payload_in_kb / KB_PER_MB;
        if workload.kind.is_http() {
            fit.at_most("aws-lambda/payload-in", payload_in);
            fit.at_most(
                "aws-lambda/payload-out",
                workload.payload_out_kb / KB_PER_MB,
            );
        } else if matches!(workload.kind, Kind::QueueWorker | Kind::Stream) {
            fit.at_most("aws-lambda/payload-in", payload_in);
        } else {
            fit.at_most("aws-lambda/async-payload", payload_in);
        }
    }

    fn peak_with_bursts(&self) -> f64 {
        let bursts = self.workload.bursts.iter().map(|burst| burst.height);
        bursts.fold(self.workload.peak_weight(), f64::max)
    }
}

/// The ramp as a limit that nobody raises and that takes nothing out: it throttles.
fn ramp_check(allowed: f64, needed: f64, throttled: Throttled) -> LimitCheck {
    let figure = &Behavior::embedded().scaling().lambda_ramp;
    let ok = needed <= allowed;
    let what = "Environments started by the time a burst has arrived";
    LimitCheck {
        limit: if ok {
            what.to_owned()
        } else {
            format!(
                "{what} ({} of all requests are throttled and retried)",
                percent(throttled.share)
            )
        },
        limit_value: allowed,
        workload_value: needed,
        unit: "environments".to_owned(),
        ok,
        headroom: headroom(allowed, needed),
        source: source_url(&figure.source),
        as_of: figure.as_of.clone(),
        eliminates: false,
        kind: LimitKind::Guideline,
    }
}

/// The longest run that the platform and its front door wait for.
pub(super) fn longest_run(door: FrontDoor) -> Milliseconds {
    let behavior = Behavior::embedded();
    let limit = |id: &str| Seconds::new(behavior.limit(id).value).milliseconds();
    let own = limit("aws-lambda/timeout");
    match door {
        FrontDoor::HttpApi => own.min(limit("aws-api-gateway/http-timeout")),
        FrontDoor::RestApi => own.min(limit("aws-api-gateway/rest-timeout")),
        FrontDoor::Alb | FrontDoor::Auto | FrontDoor::FunctionUrl | FrontDoor::None => own,
    }
}

//! The limits of Lambda and of what stands in front of it.

use super::LambdaCosting;
use super::size::{Size, needed_memory};
use crate::behavior::Behavior;
use crate::evaluation::Fit;
use crate::platform::fit::FitCheck;
use crate::rules::Rules;
use crate::system::FrontDoor;
use crate::units::{KB_PER_MB, MS_PER_S, Milliseconds, RequestsPerMonth, Seconds};

impl LambdaCosting<'_> {
    pub(super) fn fit_at(&self, size: Option<&Size>, requests: RequestsPerMonth) -> Fit {
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

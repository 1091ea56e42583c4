//! A function as a replay of the traffic plays it.

use super::function::Function;
use super::size::Size;
use crate::behavior::Behavior;
use crate::latency::distribution::LogNormal;
use crate::platform::fleet::whole;
use crate::platform::instances::someone_waits;
use crate::rules::Rules;
use crate::simulation::{
    ColdStartRules, FunctionRules, KeepAlive, Refused, Routing, Span, StartRamp,
};
use crate::units::{Hours, MS_PER_S, Milliseconds};

/// Seconds until an asynchronous event that was refused is tried again: AWS doubles them up to five minutes.
const RETRY_AFTER_S: f64 = 300.0;
/// Asynchronous events are kept for six hours.
const GIVE_UP_S: f64 = 6.0 * 3_600.0;

impl Function<'_> {
    /// One request per environment at a size, with the limits of the account that the rest of the system leaves.
    pub(in crate::platform) fn rules(&self, size: &Size) -> FunctionRules {
        let workload = self.workload.as_ref();
        let (behavior, start) = (Behavior::embedded(), size.start());
        let extra = LogNormal::from_p50_p95(
            Milliseconds::new(start.total_p50_ms),
            Milliseconds::new(start.total_p95_ms),
        );
        let left = workload.account_concurrency - workload.elsewhere.concurrency;
        FunctionRules {
            service: Span::from(size.duration()),
            cold_start: ColdStartRules {
                extra: extra.map_or_else(|_| Span::constant(0.0), Span::from),
                billed_init_s: (start.init_mean_ms + start.first_call_ms) / MS_PER_S,
                billed_handler_s: 0.0,
            },
            keep_alive: KeepAlive::Fixed {
                s: workload.keep_alive_s,
            },
            environment_lifetime_s: Some(
                Hours::new(behavior.lifecycle().lifetime.value)
                    .seconds()
                    .get(),
            ),
            requests_per_environment: 1,
            routing: Routing::NewestFirst,
            account_concurrency: Some(whole(left).max(1)),
            ramp: Some(StartRamp {
                at_once: behavior.scaling().lambda_burst.value,
                per_second: behavior.scaling().lambda_ramp.value,
            }),
            requests_per_concurrency: Some(Rules::embedded().lambda_requests_per_concurrency),
            provisioned: None,
            refused: if someone_waits(workload.kind) {
                Refused::Drop
            } else {
                Refused::Retry {
                    after_s: RETRY_AFTER_S,
                    give_up_s: GIVE_UP_S,
                }
            },
            front_door: size.overhead().map(Span::from),
        }
    }
}

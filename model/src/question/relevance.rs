//! When a question can matter for the answers given so far. A question that cannot is not asked.

use crate::behavior::{Behavior, DefaultEntry};
use crate::platform;
use crate::system::{Answer, Component, Kind, System};
use crate::traffic::{Shape, ShapeName};

/// Whether a question can matter under these circumstances.
pub(super) type Rule = fn(&Circumstances<'_>) -> bool;

/// What was answered so far about one component.
pub(super) struct Circumstances<'a> {
    system: &'a System,
    component: &'a Component,
    kind: Kind,
}

impl<'a> Circumstances<'a> {
    pub(super) fn new(system: &'a System, component: &'a Component) -> Self {
        let assumed = || {
            let entry = Behavior::embedded().default("kind");
            entry.text().and_then(|text| text.parse().ok())
        };
        Self {
            system,
            component,
            kind: component.kind.or_else(assumed).unwrap_or(Kind::HttpApi),
        }
    }

    /// Whether one of the platforms whose name begins so offers all that is needed.
    fn offered(&self, prefix: &str) -> bool {
        let offers = |platform: &str| {
            let mut needs = self.component.needs.iter();
            needs.all(|need| Behavior::embedded().lacks(platform, need.id()).is_none())
        };
        platform::all()
            .iter()
            .any(|platform| platform.id().starts_with(prefix) && offers(platform.id()))
    }
}

/// Whatever else was answered.
pub(super) const fn always(_: &Circumstances<'_>) -> bool {
    true
}

/// One invocation may take several messages.
pub(super) const fn batched(asked: &Circumstances<'_>) -> bool {
    asked.kind.is_batched()
}

/// Requests share an instance; a job has its own.
pub(super) const fn shared_instances(asked: &Circumstances<'_>) -> bool {
    !asked.kind.runs_and_stops()
}

/// Somebody or something calls it over a network port.
pub(super) const fn behind_a_door(asked: &Circumstances<'_>) -> bool {
    asked.kind.is_http()
}

/// It holds connections.
pub(super) const fn holds_connections(asked: &Circumstances<'_>) -> bool {
    matches!(asked.kind, Kind::Websocket)
}

/// Requests come when they like; a schedule has no bursts.
pub(super) const fn unscheduled(asked: &Circumstances<'_>) -> bool {
    !matches!(asked.kind, Kind::ScheduledBatch)
}

/// Parts are told apart, may call each other, and may be bought in different ways.
pub(super) const fn several_components(asked: &Circumstances<'_>) -> bool {
    asked.system.components.len() > 1
}

/// There is a target to speak of: a stated one, or the default of its kind.
pub(super) fn has_target(asked: &Circumstances<'_>) -> bool {
    let default = || Behavior::embedded().find_default("latency.target_ms", asked.kind.id());
    let assumed = |entry: &DefaultEntry| entry.number_given(0.0).is_some();
    asked.component.latency.target_ms.is_some()
        || (shared_instances(asked) && default().is_some_and(assumed))
}

/// The week has a busiest hour.
pub(super) fn has_a_peak(asked: &Circumstances<'_>) -> bool {
    asked.component.traffic.shape != Some(Shape::Named(ShapeName::Steady))
}

/// Something computes that could use more than one vCPU.
pub(super) fn computes(asked: &Circumstances<'_>) -> bool {
    let cpu = asked.component.work.cpu_ms;
    cpu.is_none_or(|cpu| cpu.bounds().1 > 0.0)
}

/// It stands in a private network.
pub(super) fn private(asked: &Circumstances<'_>) -> bool {
    asked.component.network.private == Some(true)
}

/// Functions can run it at all.
pub(super) fn on_functions(asked: &Circumstances<'_>) -> bool {
    asked.offered("aws-lambda")
}

/// Fargate can run it at all.
pub(super) fn on_tasks(asked: &Circumstances<'_>) -> bool {
    asked.offered("aws-fargate")
}

/// Fargate can run it, as tasks that stay up.
pub(super) fn on_standing_tasks(asked: &Circumstances<'_>) -> bool {
    shared_instances(asked) && on_tasks(asked)
}

/// Instances can run it at all.
pub(super) fn on_instances(asked: &Circumstances<'_>) -> bool {
    asked.offered("aws-ec2") || asked.offered("aws-ecs-ec2")
}

/// There is a bill to move away from, or traffic that changes: later differs from now.
pub(super) fn looks_ahead(asked: &Circumstances<'_>) -> bool {
    let grows = |component: &Component| {
        let growth = component.traffic.growth_per_month_pct;
        growth.is_some_and(|growth| growth != Answer::Exact(0.0))
    };
    asked.system.today_usd_per_month.is_some() || asked.system.components.iter().any(grows)
}

#[cfg(test)]
mod tests {
    use crate::question::question;
    use crate::system::System;

    /// Whether a question can matter for one component with these answers.
    fn check(path: &str, component: &str, expected: bool) {
        let json = format!(
            r#"{{"version": 1, "components": [{{{component}}}], "today_usd_per_month": null}}"#
        );
        let system: System = serde_json::from_str(&json).expect("answers");
        let question = question(path).expect("a question");
        assert_eq!(
            question.can_matter(&system, 0),
            expected,
            "{path} with {component}"
        );
    }

    #[test]
    fn what_decides_is_always_asked() {
        for path in [
            "kind",
            "region",
            "work.duration_ms",
            "work.cpu_ms",
            "traffic.shape",
        ] {
            check(path, "", true);
            check(path, r#""kind": "scheduled_batch", "needs": ["gpu"]"#, true);
        }
    }

    #[test]
    fn only_what_can_matter_for_the_kind_is_asked() {
        check("latency.target_ms", r#""kind": "http_api""#, true);
        check("latency.target_ms", r#""kind": "queue_worker""#, true);
        check("latency.target_ms", r#""kind": "scheduled_batch""#, false);
        check("latency.target_ms", r#""kind": "workflow""#, false);
        check("latency.percentile", "", true);
        check("latency.percentile", r#""kind": "event""#, false);
        check(
            "latency.percentile",
            r#""kind": "event", "latency": {"target_ms": 500}"#,
            true,
        );
        check("latency.percentile", r#""kind": "scheduled_batch""#, false);
        check("traffic.bursts", "", true);
        check("traffic.bursts", r#""kind": "scheduled_batch""#, false);
        check("traffic.batch_size", r#""kind": "http_api""#, false);
        check("traffic.batch_size", r#""kind": "stream""#, true);
        check("traffic.batch_size", r#""kind": "queue_worker""#, true);
        check("state.websocket_connections", "", false);
        check(
            "state.websocket_connections",
            r#""kind": "websocket""#,
            true,
        );
        check("front_door", r#""kind": "web_app""#, true);
        check("front_door", r#""kind": "event""#, false);
        check(
            "work.max_requests_per_instance",
            r#""kind": "scheduled_batch""#,
            false,
        );
        check("work.max_requests_per_instance", "", true);
        check("pin.task_count", r#""kind": "workflow""#, false);
        check("pin.task_vcpu", r#""kind": "workflow""#, true);
    }

    #[test]
    fn what_is_needed_rules_questions_of_a_platform_out() {
        let needs = |need: &str| format!(r#""needs": ["{need}"]"#);
        for path in [
            "runtime.language",
            "runtime.keep_alive_s",
            "pin.lambda_memory_mb",
            "pin.provisioned_concurrency",
            "operations.account_concurrency",
        ] {
            check(path, "", true);
            check(path, &needs("gpu"), false);
            check(path, &needs("raw_tcp"), false);
            check(path, &needs("untrusted_code"), true);
        }
        check("pin.task_vcpu", &needs("gpu"), false);
        check("pin.task_vcpu", &needs("raw_tcp"), true);
        check("pin.instance_type", &needs("gpu"), true);
        check("pin.instance_type", &needs("untrusted_code"), false);
    }

    #[test]
    fn what_depends_on_another_answer_waits_for_it() {
        check("network.outbound_gb", "", false);
        check(
            "network.outbound_gb",
            r#""network": {"private": true}"#,
            true,
        );
        check(
            "traffic.peak_to_mean",
            r#""traffic": {"shape": "steady"}"#,
            false,
        );
        check(
            "traffic.peak_to_mean",
            r#""traffic": {"shape": "rare"}"#,
            true,
        );
        check("work.parallelism", r#""work": {"cpu_ms": 0}"#, false);
        check("work.parallelism", "", true);
        check("horizon_months", "", false);
        check(
            "horizon_months",
            r#""traffic": {"growth_per_month_pct": 5}"#,
            true,
        );
        check(
            "migration_usd",
            r#""traffic": {"growth_per_month_pct": 0}"#,
            false,
        );
    }

    #[test]
    fn a_bill_of_today_makes_moving_and_the_horizon_matter() {
        let json = r#"{"version": 1, "components": [{}], "today_usd_per_month": 900}"#;
        let system: System = serde_json::from_str(json).expect("answers");
        for path in ["migration_usd", "horizon_months"] {
            let question = question(path).expect("a question");
            assert!(question.can_matter(&system, 0), "{path}");
        }
    }

    #[test]
    fn parts_have_names_links_and_purchases_of_their_own_where_there_are_several() {
        for path in ["component.name", "links", "component.purchase.spot"] {
            let question = question(path).expect("a question");
            for (components, expected) in [("{}", false), ("{}, {}", true)] {
                let json = format!(r#"{{"version": 1, "components": [{components}]}}"#);
                let system: System = serde_json::from_str(&json).expect("answers");
                assert_eq!(question.can_matter(&system, 0), expected, "{path}");
            }
        }
    }

    #[test]
    fn a_component_that_is_not_there_yet_is_an_ordinary_one() {
        let system = System::default();
        let can_matter = |path: &str| question(path).expect("a question").can_matter(&system, 7);
        assert!(can_matter("latency.target_ms"));
        assert!(!can_matter("traffic.batch_size"));
    }
}

//! The metrics of `CloudWatch` by what is watched and where it runs.
//!
//! No tool checks these names: compare a new one with the service's page on its metrics. Those of Container Insights
//! with their dimensions are of the `CloudWatch` user guide, "Amazon ECS Container Insights metrics" and "Amazon EKS and
//! Kubernetes Container Insights metrics" (read on 2026-11-28). `None` where `CloudWatch` has nothing: such watches are
//! listed to be looked at by hand.

use model::system::Kind;
use model::watch::{Metric, Watch};

use super::place::{Parameter, Place, Scene, What};
use super::{Look, Series, Value};
use crate::report::Subject;

const INSIGHTS: &str = "Lambda Insights must be on.";
const CONTAINER_INSIGHTS: &str = "Container Insights must be on.";
const PERCENT: f64 = 100.0;
const MS_PER_S: f64 = 1_000.0;

pub(super) fn look(subject: &Subject<'_>, watch: &Watch) -> Option<Look> {
    match watch.metric {
        Metric::MonthlyCost => return Some(charges()),
        Metric::Month | Metric::PriceBookAge => return None,
        _ => {}
    }
    let scene = &Scene::of(subject.system, subject.evaluation, watch.index?)?;
    match watch.metric {
        Metric::RequestsPerMonth => {
            let a_day = requests(scene)?;
            let each = a_day.expression.as_deref().unwrap_or("m1");
            Some(Look {
                expression: Some(format!("{each} * 730 / 24")),
                ..a_day
            })
        }
        Metric::RequestsInBusiestHour | Metric::RequestsInBusiestMinute => requests(scene),
        Metric::Latency(percentile) => duration(scene, &statistic(percentile.share())),
        Metric::MeanDuration => Some(per_request(scene, duration(scene, "Average")?)),
        Metric::LongestRun => function(scene, "Duration", "Maximum"),
        Metric::CpuTime => Some(per_request(
            scene,
            insights(scene, "cpu_total_time", "Average")?,
        )),
        Metric::Throttles => function(scene, "Throttles", "Sum"),
        Metric::Concurrency => {
            let series = series("AWS/Lambda", "ConcurrentExecutions", "Maximum", Vec::new());
            Some(plain(
                series,
                1.0,
                "All functions of account and region together.",
            ))
        }
        Metric::ColdStartShare => cold_starts(scene),
        Metric::CpuUtilization => utilization(
            scene,
            "CPUUtilization",
            "pod_cpu_utilization_over_pod_limit",
        ),
        Metric::MemoryUtilization if scene.place == Place::Functions => Some(Look {
            scale: PERCENT,
            ..insights(scene, "memory_utilization", "Maximum")?
        }),
        Metric::MemoryUtilization if scene.place == Place::Instances => None,
        Metric::MemoryUtilization => utilization(
            scene,
            "MemoryUtilization",
            "pod_memory_utilization_over_pod_limit",
        ),
        Metric::RunningTasks => tasks(scene),
        Metric::RunningInstances => instances(scene),
        Metric::MonthlyCost | Metric::Month | Metric::PriceBookAge => None,
    }
}

/// `p99`, `p99.9`.
fn statistic(share: f64) -> String {
    format!("p{}", app::format::significant(share * PERCENT, 3))
}

fn series(
    namespace: &'static str,
    metric: &'static str,
    statistic: &str,
    dimensions: Vec<(&'static str, Value)>,
) -> Series {
    Series {
        namespace,
        metric,
        dimensions,
        statistic: statistic.to_owned(),
    }
}

fn plain(series: Series, scale: f64, remark: &'static str) -> Look {
    Look {
        series: vec![series],
        expression: None,
        scale,
        remark,
    }
}

fn given(scene: &Scene<'_>, dimension: &'static str, what: What) -> (&'static str, Value) {
    let index = scene.index;
    (dimension, Value::Given(Parameter { what, index }))
}

/// Month to date, of the whole account.
fn charges() -> Look {
    let usd = vec![("Currency", Value::Fixed("USD"))];
    let series = series("AWS/Billing", "EstimatedCharges", "Maximum", usd);
    plain(
        series,
        1.0,
        "The whole account's charges of this month so far, published in us-east-1 only, once billing alerts are on.",
    )
}

/// Requests in a period.
fn requests(scene: &Scene<'_>) -> Option<Look> {
    let of = |namespace, metric, dimension, what| {
        let series = series(
            namespace,
            metric,
            "Sum",
            vec![given(scene, dimension, what)],
        );
        plain(series, 1.0, "")
    };
    let functions = scene.place == Place::Functions;
    Some(match (scene.door, scene.kind) {
        ("http_api", _) => of("AWS/ApiGateway", "Count", "ApiId", What::ApiId),
        ("rest_api", _) => of("AWS/ApiGateway", "Count", "ApiName", What::ApiName),
        ("websocket_api", _) => of("AWS/ApiGateway", "MessageCount", "ApiId", What::ApiId),
        // A balancer counts connections, not messages.
        ("alb", Kind::Websocket) => return None,
        ("alb", _) => of(
            "AWS/ApplicationELB",
            "RequestCount",
            "LoadBalancer",
            What::LoadBalancer,
        ),
        (_, Kind::Stream) => of("AWS/Kinesis", "IncomingRecords", "StreamName", What::Stream),
        (_, Kind::QueueWorker) => of(
            "AWS/SQS",
            "NumberOfMessagesDeleted",
            "QueueName",
            What::Queue,
        ),
        _ if functions => of("AWS/Lambda", "Invocations", "FunctionName", What::Function),
        (_, Kind::Event) => of(
            "AWS/SQS",
            "NumberOfMessagesDeleted",
            "QueueName",
            What::Queue,
        ),
        _ => return None,
    })
}

/// How long requests take, as seen nearest to whoever waits.
fn duration(scene: &Scene<'_>, statistic: &str) -> Option<Look> {
    let gateway = |dimension, what| {
        let dimensions = vec![given(scene, dimension, what)];
        plain(
            series("AWS/ApiGateway", "Latency", statistic, dimensions),
            1.0,
            "",
        )
    };
    let waits = statistic != "Average";
    match scene.door {
        "http_api" if waits => Some(gateway("ApiId", What::ApiId)),
        "rest_api" if waits => Some(gateway("ApiName", What::ApiName)),
        "alb" if scene.kind != Kind::Websocket && scene.place != Place::Functions => {
            let dimensions = vec![given(scene, "LoadBalancer", What::LoadBalancer)];
            let time = series(
                "AWS/ApplicationELB",
                "TargetResponseTime",
                statistic,
                dimensions,
            );
            Some(plain(time, MS_PER_S.recip(), ""))
        }
        _ => Some(Look {
            remark: "Without what a cold start or a queue adds.",
            ..function(scene, "Duration", statistic)?
        }),
    }
}

/// An invocation handles a batch.
fn per_request(scene: &Scene<'_>, look: Look) -> Look {
    let batched = scene.batch > 1.0;
    Look {
        expression: batched.then(|| format!("m1 / {}", scene.batch)),
        ..look
    }
}

fn function(scene: &Scene<'_>, metric: &'static str, statistic: &str) -> Option<Look> {
    let dimensions = vec![given(scene, "FunctionName", What::Function)];
    (scene.place == Place::Functions)
        .then(|| plain(series("AWS/Lambda", metric, statistic, dimensions), 1.0, ""))
}

fn insights(scene: &Scene<'_>, metric: &'static str, statistic: &str) -> Option<Look> {
    let dimensions = vec![given(scene, "function_name", What::Function)];
    let series = series("LambdaInsights", metric, statistic, dimensions);
    (scene.place == Place::Functions).then(|| plain(series, 1.0, INSIGHTS))
}

/// Starts that were initialized over all invocations.
fn cold_starts(scene: &Scene<'_>) -> Option<Look> {
    let starts = insights(scene, "init_duration", "SampleCount")?;
    let calls = function(scene, "Invocations", "Sum")?;
    Some(Look {
        series: [starts.series, calls.series].concat(),
        expression: Some("100 * m1 / m2".to_owned()),
        scale: PERCENT,
        remark: INSIGHTS,
    })
}

fn service(scene: &Scene<'_>) -> Vec<(&'static str, Value)> {
    vec![
        given(scene, "ClusterName", What::Cluster),
        given(scene, "ServiceName", What::Service),
    ]
}

fn pods(scene: &Scene<'_>) -> Vec<(&'static str, Value)> {
    vec![
        given(scene, "ClusterName", What::Cluster),
        given(scene, "Namespace", What::Namespace),
        given(scene, "Service", What::Service),
    ]
}

fn utilization(scene: &Scene<'_>, of_service: &'static str, of_pods: &'static str) -> Option<Look> {
    let average = |namespace, metric, dimensions, remark| {
        let series = series(namespace, metric, "Average", dimensions);
        Some(plain(series, PERCENT, remark))
    };
    match scene.place {
        Place::Service => average("AWS/ECS", of_service, service(scene), ""),
        Place::Pods => average(
            "ContainerInsights",
            of_pods,
            pods(scene),
            CONTAINER_INSIGHTS,
        ),
        Place::Instances => {
            let group = given(scene, "AutoScalingGroupName", What::AutoScalingGroup);
            average("AWS/EC2", of_service, vec![group], "")
        }
        Place::Functions | Place::Jobs => None,
    }
}

fn tasks(scene: &Scene<'_>) -> Option<Look> {
    let (namespace, metric, dimensions) = match scene.place {
        Place::Service => ("ECS/ContainerInsights", "RunningTaskCount", service(scene)),
        Place::Pods => (
            "ContainerInsights",
            "service_number_of_running_pods",
            pods(scene),
        ),
        Place::Functions | Place::Instances | Place::Jobs => return None,
    };
    let series = series(namespace, metric, "Average", dimensions);
    Some(plain(series, 1.0, CONTAINER_INSIGHTS))
}

fn instances(scene: &Scene<'_>) -> Option<Look> {
    let cluster = || vec![given(scene, "ClusterName", What::Cluster)];
    let (namespace, metric, dimensions, remark) = match scene.place {
        Place::Service => (
            "ECS/ContainerInsights",
            "ContainerInstanceCount",
            cluster(),
            CONTAINER_INSIGHTS,
        ),
        Place::Pods => (
            "ContainerInsights",
            "cluster_node_count",
            cluster(),
            CONTAINER_INSIGHTS,
        ),
        Place::Instances => (
            "AWS/AutoScaling",
            "GroupInServiceInstances",
            vec![given(scene, "AutoScalingGroupName", What::AutoScalingGroup)],
            "",
        ),
        Place::Functions | Place::Jobs => return None,
    };
    Some(plain(
        series(namespace, metric, "Average", dimensions),
        1.0,
        remark,
    ))
}

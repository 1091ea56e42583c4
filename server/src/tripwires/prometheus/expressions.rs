//! The expression of each watch, over the metric names that the file assumes.

use app::format::significant;
use model::watch::{Comparison, Hold, Metric, Watch};

use crate::report::Subject;
use crate::tripwires::cloudwatch::{Place, Scene};

/// Digits of a threshold: more than an estimate has, fewer than a float shows.
const DIGITS: usize = 4;
const MS_PER_S: f64 = 1_000.0;
const PERCENT: f64 = 100.0;

/// An alerting rule without its words.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) expression: String,
    /// How long the expression must hold.
    pub(super) held: &'static str,
}

/// Selectors of one component.
struct Names {
    job: String,
    nodes: String,
    function: String,
}

impl Names {
    fn of(index: usize) -> Self {
        let end = match index {
            0 => String::new(),
            index => format!("-{}", index + 1),
        };
        Self {
            job: format!("job=\"your-job{end}\""),
            nodes: format!("job=\"your-nodes{end}\""),
            function: format!("function_name=\"your-function{end}\""),
        }
    }
}

/// The rule of a watch; `None` for dates, and where the platform shows no such metric.
pub(super) fn rule(subject: &Subject<'_>, watch: &Watch) -> Option<Rule> {
    let (value, scale) = if watch.metric == Metric::MonthlyCost {
        let charges = "max(aws_billing_estimated_charges_maximum{currency=\"USD\"})".to_owned();
        (charges, 1.0)
    } else {
        let scene = Scene::of(subject.system, subject.evaluation, watch.index?)?;
        (value(watch, &scene)?, scale(watch, &scene))
    };
    let threshold = significant(watch.threshold.value * scale, DIGITS);
    let sign = match watch.comparison {
        Comparison::Above => '>',
        Comparison::Below => '<',
        Comparison::Reached => return None,
    };
    let mut expression = format!("{value} {sign} {threshold}");
    let volume = matches!(
        watch.metric,
        Metric::RequestsPerMonth | Metric::RequestsInBusiestHour
    );
    if volume && watch.comparison == Comparison::Below {
        // Before a week has been seen, less than a week's requests is no news.
        let names = Names::of(watch.index.unwrap_or(0));
        expression = format!(
            "{expression} and on () count(http_requests_total{{{}}} offset 7d) > 0",
            names.job
        );
    }
    Some(Rule {
        expression,
        held: held(watch.for_how_long),
    })
}

/// Where the expression looks back for the whole time itself, it need not hold for long.
fn held(hold: Hold) -> &'static str {
    match hold {
        Hold::QUARTER_HOUR => "15m",
        Hold::THREE_HOURS => "3h",
        Hold::MOST_DAYS_OF_A_WEEK | Hold::EACH_HOUR_OF_A_WEEK => "1h",
        _ => "0m",
    }
}

/// The factor from the unit of a watch to that of its expression.
fn scale(watch: &Watch, scene: &Scene<'_>) -> f64 {
    let functions = scene.place == Place::Functions;
    match watch.metric {
        Metric::CpuTime if functions => 1.0,
        Metric::Latency(_) | Metric::MeanDuration | Metric::CpuTime => MS_PER_S.recip(),
        Metric::MemoryUtilization if functions => PERCENT,
        _ => 1.0,
    }
}

/// What is compared.
fn value(watch: &Watch, scene: &Scene<'_>) -> Option<String> {
    let names = &Names::of(scene.index);
    let below = watch.comparison == Comparison::Below;
    match scene.place {
        Place::Functions => of_functions(watch.metric, names, scene.batch),
        Place::Instances if watch.metric == Metric::CpuUtilization => Some(format!(
            "1 - avg(rate(node_cpu_seconds_total{{{}, mode=\"idle\"}}[5m]))",
            names.nodes
        )),
        _ => of_containers(watch.metric, names),
    }
    .or_else(|| of_requests(watch.metric, below, &names.job))
}

/// What the requests show, wherever they are answered.
fn of_requests(metric: Metric, below: bool, job: &str) -> Option<String> {
    let hour = format!("sum(increase(http_requests_total{{{job}}}[1h]))");
    Some(match metric {
        Metric::RequestsPerMonth => {
            format!("sum(increase(http_requests_total{{{job}}}[7d])) * 730 / 168")
        }
        Metric::RequestsInBusiestHour if below => format!("max_over_time({hour}[7d:1h])"),
        Metric::RequestsInBusiestHour => hour,
        Metric::RequestsInBusiestMinute => {
            format!("sum(rate(http_requests_total{{{job}}}[2m])) * 60")
        }
        Metric::Latency(percentile) => format!(
            "histogram_quantile({}, sum by (le) (rate(http_request_duration_seconds_bucket{{{job}}}[5m])))",
            percentile.share()
        ),
        Metric::MeanDuration => per_request(
            job,
            "http_request_duration_seconds_sum",
            "http_request_duration_seconds_count",
        ),
        _ => return None,
    })
}

fn per_request(job: &str, total: &str, count: &str) -> String {
    format!("sum(rate({total}{{{job}}}[7d])) / sum(rate({count}{{{job}}}[7d]))")
}

/// What the exporter of `CloudWatch` shows of functions.
fn of_functions(metric: Metric, names: &Names, batch: f64) -> Option<String> {
    let function = &names.function;
    let most = |metric: &str| format!("max({metric}{{{function}}})");
    let sum =
        |metric: &str, time: &str| format!("sum(sum_over_time({metric}{{{function}}}[{time}]))");
    Some(match metric {
        Metric::CpuTime => format!(
            "avg(avg_over_time(lambda_insights_cpu_total_time_average{{{function}}}[7d])) / {batch}"
        ),
        Metric::LongestRun => most("aws_lambda_duration_maximum"),
        Metric::Concurrency => "max(aws_lambda_concurrent_executions_maximum)".to_owned(),
        Metric::Throttles => sum("aws_lambda_throttles_sum", "5m"),
        Metric::ColdStartShare => format!(
            "{} / {}",
            sum("lambda_insights_init_duration_sample_count", "1h"),
            sum("aws_lambda_invocations_sum", "1h")
        ),
        Metric::MemoryUtilization => most("lambda_insights_memory_utilization_maximum"),
        _ => return None,
    })
}

/// What cAdvisor shows of tasks, pods and containers, and how many are up.
fn of_containers(metric: Metric, names: &Names) -> Option<String> {
    let Names { job, nodes, .. } = names;
    Some(match metric {
        Metric::CpuTime => per_request(
            job,
            "container_cpu_usage_seconds_total",
            "http_requests_total",
        ),
        Metric::CpuUtilization => format!(
            "sum(rate(container_cpu_usage_seconds_total{{{job}}}[5m])) / sum(container_spec_cpu_quota{{{job}}} / container_spec_cpu_period{{{job}}})"
        ),
        Metric::MemoryUtilization => format!(
            "max(container_memory_working_set_bytes{{{job}}} / (container_spec_memory_limit_bytes{{{job}}} > 0))"
        ),
        Metric::RunningTasks => format!("count(up{{{job}}} == 1)"),
        Metric::RunningInstances => format!("count(up{{{nodes}}} == 1)"),
        _ => return None,
    })
}

//! The expression of each watch, over the metric names that the file assumes.

use app::format::significant;
use model::watch::{Comparison, Hold, Metric, Watch};

use crate::report::Subject;
use crate::tripwires::cloudwatch::{Place, Scene};

/// Digits of a threshold: more than an estimate has, fewer than a float shows.
const DIGITS: i32 = 4;
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
        value(watch, &scene)?
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

/// What is compared, and the factor from the watch's unit to its own.
fn value(watch: &Watch, scene: &Scene<'_>) -> Option<(String, f64)> {
    let Names {
        job,
        nodes,
        function,
    } = Names::of(scene.index);
    let functions = scene.place == Place::Functions;
    let hour = format!("sum(increase(http_requests_total{{{job}}}[1h]))");
    let per_request = |total: &str, count: &str| {
        format!("sum(rate({total}{{{job}}}[7d])) / sum(rate({count}{{{job}}}[7d]))")
    };
    let of_function = |metric: &str| format!("max({metric}{{{function}}})");
    Some(match watch.metric {
        Metric::RequestsPerMonth => (
            format!("sum(increase(http_requests_total{{{job}}}[7d])) * 730 / 168"),
            1.0,
        ),
        Metric::RequestsInBusiestHour if watch.comparison == Comparison::Below => {
            (format!("max_over_time({hour}[7d:1h])"), 1.0)
        }
        Metric::RequestsInBusiestHour => (hour, 1.0),
        Metric::RequestsInBusiestMinute => (
            format!("sum(rate(http_requests_total{{{job}}}[2m])) * 60"),
            1.0,
        ),
        Metric::Latency(percentile) => (
            format!(
                "histogram_quantile({}, sum by (le) (rate(http_request_duration_seconds_bucket{{{job}}}[5m])))",
                percentile.share()
            ),
            MS_PER_S.recip(),
        ),
        Metric::MeanDuration => (
            per_request(
                "http_request_duration_seconds_sum",
                "http_request_duration_seconds_count",
            ),
            MS_PER_S.recip(),
        ),
        Metric::CpuTime if functions => (
            format!(
                "avg(avg_over_time(lambda_insights_cpu_total_time_average{{{function}}}[7d])) / {}",
                scene.batch
            ),
            1.0,
        ),
        Metric::CpuTime => (
            per_request("container_cpu_usage_seconds_total", "http_requests_total"),
            MS_PER_S.recip(),
        ),
        Metric::LongestRun => (of_function("aws_lambda_duration_maximum"), 1.0),
        Metric::Concurrency => (
            "max(aws_lambda_concurrent_executions_maximum)".to_owned(),
            1.0,
        ),
        Metric::Throttles => (
            format!("sum(sum_over_time(aws_lambda_throttles_sum{{{function}}}[5m]))"),
            1.0,
        ),
        Metric::ColdStartShare => (
            format!(
                "sum(sum_over_time(lambda_insights_init_duration_sample_count{{{function}}}[1h])) / sum(sum_over_time(aws_lambda_invocations_sum{{{function}}}[1h]))"
            ),
            1.0,
        ),
        Metric::CpuUtilization if scene.place == Place::Instances => (
            format!("1 - avg(rate(node_cpu_seconds_total{{{nodes}, mode=\"idle\"}}[5m]))"),
            1.0,
        ),
        Metric::CpuUtilization if functions => return None,
        Metric::CpuUtilization => (
            format!(
                "sum(rate(container_cpu_usage_seconds_total{{{job}}}[5m])) / sum(container_spec_cpu_quota{{{job}}} / container_spec_cpu_period{{{job}}})"
            ),
            1.0,
        ),
        Metric::MemoryUtilization if functions => (
            of_function("lambda_insights_memory_utilization_maximum"),
            PERCENT,
        ),
        Metric::MemoryUtilization => (
            format!(
                "max(container_memory_working_set_bytes{{{job}}} / (container_spec_memory_limit_bytes{{{job}}} > 0))"
            ),
            1.0,
        ),
        Metric::RunningTasks => (format!("count(up{{{job}}} == 1)"), 1.0),
        Metric::RunningInstances => (format!("count(up{{{nodes}}} == 1)"), 1.0),
        Metric::MonthlyCost | Metric::Month | Metric::PriceBookAge => return None,
    })
}

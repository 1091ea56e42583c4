//! A rule file of Prometheus.
//!
//! The names of metrics and labels are assumptions, stated at the top of the file, because every
//! installation has its own. What a person typed stands in annotations, with the marks of
//! Prometheus' templates escaped.

mod expressions;

use std::fmt::Write as _;

use model::watch::Watch;

use super::text::{comment, quoted};
use super::{Format, by_hand, explanation, of, title};
use crate::report::Subject;

pub(super) const FORMAT: Format = Format {
    file: "tripwires.rules.yaml",
    content_type: "application/yaml",
    write,
};

/// More than this is not read on a pager.
const MOST_BYTES: usize = 4096;

const ASSUMED: [&str; 12] = [
    "Assumed names, to be replaced by your own:",
    "- job=\"your-job\" (your-job-2 for the second component): what exports the metrics of the component",
    "- job=\"your-nodes\": the node exporters of the fleet's instances",
    "- function_name=\"your-function\": the Lambda function, as the CloudWatch exporter labels it",
    "- http_requests_total: counter of requests, messages or jobs",
    "- http_request_duration_seconds_bucket, _sum, _count: histogram of the response times",
    "- container_cpu_usage_seconds_total, container_spec_cpu_quota, container_spec_cpu_period: cAdvisor",
    "- container_memory_working_set_bytes, container_spec_memory_limit_bytes: cAdvisor",
    "- node_cpu_seconds_total: node exporter",
    "- aws_lambda_*: CloudWatch exporter, namespace AWS/Lambda, one sample a minute",
    "- lambda_insights_*: CloudWatch exporter, namespace LambdaInsights",
    "- aws_billing_estimated_charges_maximum: CloudWatch exporter in us-east-1, the whole account's charges of this month so far",
];

/// Text that Prometheus' templates leave as it is.
fn literal(text: &str) -> String {
    quoted(&text.replace("{{", "{{ \"{{\" }}"))
}

fn write(subject: &Subject<'_>) -> String {
    let watches = of(subject);
    let rules = watches
        .iter()
        .map(|watch| (watch, expressions::rule(subject, watch)));
    let (able, rest): (Vec<_>, Vec<_>) = rules.partition(|(_, rule)| rule.is_some());
    let mut text = String::new();
    let lines = [
        title(subject),
        "When to look at the answer again, as alerting rules of Prometheus.".to_owned(),
        format!("This answer: {}", subject.link),
    ];
    for line in lines.iter().map(String::as_str).chain(ASSUMED) {
        text.push_str(&comment(line));
    }
    if !rest.is_empty() {
        text.push_str(&comment("No rule is made of these; look at them by hand:"));
    }
    for line in by_hand(rest.into_iter().map(|(watch, _)| watch)) {
        text.push_str(&comment(&format!("- {line}")));
    }
    text.push_str("groups:\n  - name: breakeven-tripwires\n");
    text.push_str(if able.is_empty() {
        "    rules: []\n"
    } else {
        "    rules:\n"
    });
    for (watch, rule) in able {
        if let Some(rule) = rule {
            put(&mut text, subject, watch, &rule);
        }
    }
    text
}

fn put(text: &mut String, subject: &Subject<'_>, watch: &Watch, rule: &expressions::Rule) {
    let name: String = watch
        .id
        .split('-')
        .map(super::cloudwatch::capital)
        .collect();
    let component = watch.index.map_or(0, |index| index + 1);
    let summary = format!("{} {}", watch.metric.label(), watch.condition());
    // Writing into a string cannot fail.
    let _ = write!(
        text,
        "      - alert: {name}\n        expr: {}\n        for: {}\n        labels:\n          severity: info\n          component: \"{component}\"\n        annotations:\n          summary: {}\n          description: {}\n          link: {}\n",
        quoted(&rule.expression),
        rule.held,
        literal(&summary),
        literal(&explanation(subject, watch, MOST_BYTES)),
        literal(subject.link),
    );
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn templates_are_text() {
        for (typed, expected) in [
            ("{{ $value }}", r#""{{ \"{{\" }} $value }}""#),
            ("{{{", r#""{{ \"{{\" }}{""#),
            ("}} a", r#""}} a""#),
        ] {
            assert_eq!(literal(typed), expected);
        }
    }
}

//! A `CloudFormation` template of `CloudWatch` alarms.
//!
//! What a person typed stands in descriptions only, never in a function such as `Fn::Sub`.

use std::fmt::Write as _;

use super::cloudwatch::{Alarm, Series, Value, alarms, capital, parameters};
use super::text::{comment, cut, quoted};
use super::{Format, by_hand, explanation, title};
use crate::report::Subject;

pub(super) const FORMAT: Format = Format {
    file: "tripwires.yaml",
    content_type: "application/yaml",
    write,
};

/// Bytes that the description of a template or an alarm may have.
const MOST_BYTES: usize = 1024;
const TOPIC: &str = "NotificationTopicArn";

/// Text as `CloudFormation` keeps it: without the marks of dynamic references and of functions,
/// which it would look for in any string of a resource.
fn literal(text: &str) -> String {
    let marked = text.replace("{{", "{ {").replace("${", "$ {");
    quoted(cut(&marked, MOST_BYTES))
}

fn write(subject: &Subject<'_>) -> String {
    let (alarms, rest) = alarms(subject);
    let mut text = String::new();
    head(&mut text, subject, &by_hand(&rest));
    given(&mut text, &alarms);
    if alarms.iter().any(Alarm::only_in_us_east_1) {
        text.push_str("\nConditions:\n  InUsEast1: !Equals [!Ref AWS::Region, us-east-1]\n");
    }
    text.push_str("\nResources:\n");
    if alarms.is_empty() {
        text.push_str(
            "  # A template needs a resource; this one costs nothing and does nothing.\n",
        );
        text.push_str("  NothingToWatch:\n    Type: AWS::CloudFormation::WaitConditionHandle\n");
    }
    for alarm in &alarms {
        resource(&mut text, subject, alarm);
    }
    text
}

fn head(text: &mut String, subject: &Subject<'_>, by_hand: &[String]) {
    let lines = [
        "When to look at the answer again, as alarms of Amazon CloudWatch.".to_owned(),
        format!("This answer: {}", subject.link),
        "Parameters are the names that only you know. Each alarm costs as CloudWatch prices alarms.".to_owned(),
    ];
    for line in &lines {
        text.push_str(&comment(line));
    }
    if !by_hand.is_empty() {
        text.push_str(&comment(
            "CloudWatch has no metric for these; look at them by hand:",
        ));
        for line in by_hand {
            text.push_str(&comment(&format!("- {line}")));
        }
    }
    text.push_str("AWSTemplateFormatVersion: \"2010-09-09\"\n");
    put(text, 0, "Description", &literal(&title(subject)));
}

/// A line; writing into a string cannot fail.
fn put(text: &mut String, depth: usize, key: &str, value: &str) {
    let space = if value.is_empty() { "" } else { " " };
    let _ = writeln!(text, "{:1$}{key}:{space}{value}", "", 2 * depth);
}

fn given(text: &mut String, alarms: &[Alarm]) {
    if alarms.is_empty() {
        return;
    }
    text.push_str("\nParameters:\n");
    let topic = (
        TOPIC.to_owned(),
        "ARN of the SNS topic that is told".to_owned(),
    );
    let names = parameters(alarms).into_iter();
    let names = names.map(|parameter| (parameter.pascal(), parameter.description()));
    for (name, description) in std::iter::once(topic).chain(names) {
        put(text, 1, &name, "");
        put(text, 2, "Type", "String");
        put(text, 2, "Description", &quoted(&description));
    }
}

fn resource(text: &mut String, subject: &Subject<'_>, alarm: &Alarm) {
    let watch = &alarm.watch;
    let id: String = watch.id.split('-').map(capital).collect();
    if !alarm.look.remark.is_empty() {
        let _ = write!(text, "  {}", comment(alarm.look.remark));
    }
    put(text, 1, &id, "");
    put(text, 2, "Type", "AWS::CloudWatch::Alarm");
    if alarm.only_in_us_east_1() {
        put(text, 2, "Condition", "InUsEast1");
    }
    put(text, 2, "Properties", "");
    let name = format!("!Sub \"${{AWS::StackName}}-{}\"", watch.id);
    put(text, 3, "AlarmName", &name);
    let why = literal(&explanation(subject, watch, MOST_BYTES - MARGIN));
    put(text, 3, "AlarmDescription", &why);
    put(text, 3, "AlarmActions", &format!("[!Ref {TOPIC}]"));
    put(text, 3, "ComparisonOperator", alarm.operator());
    put(text, 3, "Threshold", &alarm.threshold.to_string());
    put(text, 3, "EvaluationPeriods", &alarm.of.to_string());
    put(text, 3, "DatapointsToAlarm", &alarm.breaching.to_string());
    put(text, 3, "TreatMissingData", alarm.missing());
    match (&alarm.look.expression, alarm.look.series.as_slice()) {
        (None, [series]) => single(text, alarm, series),
        (expression, series) => math(text, alarm, expression.as_deref(), series),
    }
}

/// Room for the spaces that [`literal`] puts between marks.
const MARGIN: usize = 64;

fn single(text: &mut String, alarm: &Alarm, series: &Series) {
    put(text, 3, "Namespace", series.namespace);
    put(text, 3, "MetricName", series.metric);
    dimensions(text, 3, series);
    put(text, 3, "Period", &alarm.period_s.to_string());
    if alarm.percentile() {
        put(text, 3, "ExtendedStatistic", &series.statistic);
        put(text, 3, "EvaluateLowSampleCountPercentile", "ignore");
    } else {
        put(text, 3, "Statistic", &series.statistic);
    }
}

fn math(text: &mut String, alarm: &Alarm, expression: Option<&str>, series: &[Series]) {
    put(text, 3, "Metrics", "");
    if let Some(expression) = expression {
        put(text, 4, "- Id", "watched");
        put(text, 5, "Label", &quoted(&alarm.watch.metric.label()));
        put(text, 5, "Expression", &quoted(expression));
        put(text, 5, "ReturnData", "true");
    }
    for (number, series) in series.iter().enumerate() {
        put(text, 4, "- Id", &format!("m{}", number + 1));
        put(text, 5, "ReturnData", "false");
        put(text, 5, "MetricStat", "");
        put(text, 6, "Metric", "");
        put(text, 7, "Namespace", series.namespace);
        put(text, 7, "MetricName", series.metric);
        dimensions(text, 7, series);
        put(text, 6, "Period", &alarm.period_s.to_string());
        put(text, 6, "Stat", &series.statistic);
    }
}

fn dimensions(text: &mut String, depth: usize, series: &Series) {
    if series.dimensions.is_empty() {
        return;
    }
    put(text, depth, "Dimensions", "");
    for (name, value) in &series.dimensions {
        let value = match value {
            Value::Given(parameter) => format!("!Ref {}", parameter.pascal()),
            Value::Fixed(text) => quoted(text),
        };
        put(text, depth + 1, "- Name", name);
        put(text, depth + 2, "Value", &value);
    }
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn what_cloudformation_would_resolve_is_text() {
        for (typed, expected) in [
            ("{{resolve:ssm:/x}}", r#""{ {resolve:ssm:/x}}""#),
            ("${AWS::AccountId}", r#""$ {AWS::AccountId}""#),
            ("!Ref Topic", r#""!Ref Topic""#),
            ("{{{", r#""{ {{""#),
        ] {
            assert_eq!(literal(typed), expected);
        }
        assert_eq!(literal(&"ü".repeat(600)).len(), 2 + 1024);
    }
}

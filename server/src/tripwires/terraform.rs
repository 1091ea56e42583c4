//! The same alarms of `CloudWatch` in the language of Terraform and `OpenTofu`.

mod hcl;

use hcl::{Block, number, string};

use super::cloudwatch::{Alarm, Series, Value, alarms, parameters};
use super::text::comment;
use super::{Format, by_hand, explanation, title};
use crate::report::Subject;

pub(super) const FORMAT: Format = Format {
    file: "tripwires.tf",
    content_type: "text/plain; charset=utf-8",
    write,
};

/// Bytes that the description of an alarm may have.
const MOST_BYTES: usize = 1024;

fn write(subject: &Subject<'_>) -> String {
    let (alarms, rest) = alarms(subject);
    let mut text = head(subject, &by_hand(&rest));
    let mut blocks = vec![settings()];
    if !alarms.is_empty() {
        blocks.extend(variables(&alarms));
    }
    blocks.extend(alarms.iter().map(|alarm| resource(subject, alarm)));
    for block in blocks {
        text.push('\n');
        block.write(&mut text, 0);
    }
    text
}

fn head(subject: &Subject<'_>, by_hand: &[String]) -> String {
    let mut text = comment(&title(subject));
    text.push_str(&comment(
        "When to look at the answer again, as alarms of Amazon CloudWatch.",
    ));
    text.push_str(&comment(&format!("This answer: {}", subject.link)));
    if !by_hand.is_empty() {
        text.push_str(&comment(
            "CloudWatch has no metric for these; look at them by hand:",
        ));
    }
    for line in by_hand {
        text.push_str(&comment(&format!("- {line}")));
    }
    text
}

fn settings() -> Block {
    let aws = [
        ("source", string("hashicorp/aws")),
        ("version", string(">= 5.0")),
    ];
    Block::new("terraform")
        .with("required_version", string(">= 1.3"))
        .block(Block::new("required_providers").object("aws", &aws))
}

fn variable(name: &str, kind: &str, description: &str) -> Block {
    Block::new(&format!("variable \"{name}\""))
        .with("type", kind.to_owned())
        .with("description", string(description))
}

fn variables(alarms: &[Alarm]) -> Vec<Block> {
    let mut all = vec![
        variable(
            "notification_topic_arn",
            "string",
            "ARN of the SNS topic that is told",
        ),
        variable(
            "alarm_prefix",
            "string",
            "What the names of the alarms begin with",
        )
        .with("default", string("breakeven")),
    ];
    if alarms.iter().any(Alarm::only_in_us_east_1) {
        let billing = "Whether to watch the charges of the account: only with a provider of us-east-1, once billing alerts are on";
        all.push(variable("billing_alarm", "bool", billing).with("default", "false".to_owned()));
    }
    let names = parameters(alarms).into_iter();
    all.extend(names.map(|name| variable(&name.snake(), "string", &name.description())));
    all
}

fn resource(subject: &Subject<'_>, alarm: &Alarm) -> Block {
    let watch = &alarm.watch;
    let name = watch.id.replace('-', "_");
    let mut block = Block::new(&format!(
        "resource \"aws_cloudwatch_metric_alarm\" \"{name}\""
    ))
    .remark(alarm.look.remark);
    if alarm.only_in_us_east_1() {
        block = block.with("count", "var.billing_alarm ? 1 : 0".to_owned());
    }
    let prefixed = format!("\"${{var.alarm_prefix}}-{}\"", watch.id);
    let block = block
        .with("alarm_name", prefixed)
        .with(
            "alarm_description",
            string(&explanation(subject, watch, MOST_BYTES)),
        )
        .with("alarm_actions", "[var.notification_topic_arn]".to_owned())
        .with("comparison_operator", string(alarm.operator()))
        .with("threshold", number(alarm.threshold))
        .with("evaluation_periods", alarm.of.to_string())
        .with("datapoints_to_alarm", alarm.breaching.to_string())
        .with("treat_missing_data", string(alarm.missing()));
    match (&alarm.look.expression, alarm.look.series.as_slice()) {
        (None, [series]) => single(block, alarm, series),
        (expression, series) => math(block, alarm, expression.as_deref(), series),
    }
}

fn dimensions(block: Block, series: &Series) -> Block {
    if series.dimensions.is_empty() {
        return block;
    }
    let values: Vec<(&str, String)> = series
        .dimensions
        .iter()
        .map(|(name, value)| {
            let value = match value {
                Value::Given(parameter) => format!("var.{}", parameter.snake()),
                Value::Fixed(text) => string(text),
            };
            (*name, value)
        })
        .collect();
    block.object("dimensions", &values)
}

fn single(block: Block, alarm: &Alarm, series: &Series) -> Block {
    let block = block
        .with("namespace", string(series.namespace))
        .with("metric_name", string(series.metric))
        .with("period", alarm.period_s.to_string());
    let statistic = string(&series.statistic);
    let block = if alarm.percentile() {
        block
            .with("extended_statistic", statistic)
            .with("evaluate_low_sample_count_percentiles", string("ignore"))
    } else {
        block.with("statistic", statistic)
    };
    dimensions(block, series)
}

fn math(mut block: Block, alarm: &Alarm, expression: Option<&str>, series: &[Series]) -> Block {
    if let Some(expression) = expression {
        block = block.block(
            Block::new("metric_query")
                .with("id", string("watched"))
                .with("label", string(&alarm.watch.metric.label()))
                .with("expression", string(expression))
                .with("return_data", "true".to_owned()),
        );
    }
    for (number, series) in series.iter().enumerate() {
        let metric = Block::new("metric")
            .with("namespace", string(series.namespace))
            .with("metric_name", string(series.metric))
            .with("period", alarm.period_s.to_string())
            .with("stat", string(&series.statistic));
        block = block.block(
            Block::new("metric_query")
                .with("id", string(&format!("m{}", number + 1)))
                .with("return_data", "false".to_owned())
                .block(dimensions(metric, series)),
        );
    }
    block
}

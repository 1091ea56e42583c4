//! Every format over every example, and over names that would like to be more than names.

use model::price::PriceBook;
use model::{Evaluation, Parts, System, evaluate};

use super::{all, explanation, of};
use crate::report::Subject;

const HOSTILE: [&str; 8] = [
    "a \"b\" 'c' \\ `d` #e",
    "${AWS::AccountId} ${file(\"/etc/passwd\")} %{ if true }",
    "{{ $value }} {{resolve:ssm:/x}} }} {{{",
    "two\nlines:\r\n  - !Ref Topic\u{2028}x\u{85}y",
    "!Sub x: [y, {z}] & *a | > @ %",
    "🧀 עברית \u{202e}gnp.exe",
    "nul\0 bell\u{7} escape\u{1b}[31m",
    "*/ --> ]]> </script>",
];

fn evaluated(system: &System) -> Evaluation {
    evaluate(system, PriceBook::embedded(), &Parts::ALL)
}

fn subject<'a>(system: &'a System, evaluation: &'a Evaluation) -> Subject<'a> {
    Subject {
        system,
        evaluation,
        book: PriceBook::embedded(),
        link: "https://breakeven.example/s/x/revisions/1",
        saved: None,
    }
}

fn example(slug: &str) -> System {
    model::example::example(slug)
        .expect("an example")
        .system
        .clone()
}

/// What the three files of a system hold, in the order of the list.
fn check(slug: &str, expected: [&[&str]; 3]) {
    let system = example(slug);
    let evaluation = evaluated(&system);
    for (format, expected) in all().iter().zip(expected) {
        let text = (format.write)(&subject(&system, &evaluation));
        for part in expected {
            assert!(
                text.contains(part),
                "{slug}: {part:?} is missing in\n{text}"
            );
        }
    }
}

#[test]
fn functions_are_watched_where_they_run() {
    check(
        "day-and-night-api",
        [
            &[
                "AWSTemplateFormatVersion: \"2010-09-09\"",
                "  ApiId:\n    Type: String",
                "  FunctionName:\n    Type: String",
                "Expression: \"m1 * 730 / 24\"",
                "Threshold: 18170000",
                "ExtendedStatistic: p99\n",
                "MetricName: ConcurrentExecutions\n      Period: 60",
                "Condition: InUsEast1",
                "# - Age of the price book above 365 days.",
            ],
            &[
                "sum(increase(http_requests_total{job=\\\"your-job\\\"}[7d])) * 730 / 168 > 18170000",
                "histogram_quantile(0.99, ",
                "aws_lambda_throttles_sum",
            ],
            &[
                "resource \"aws_cloudwatch_metric_alarm\" \"requests_above\" {",
                "ApiId = var.api_id",
                "extended_statistic ",
            ],
        ],
    );
}

#[test]
fn fleets_are_watched_where_they_run() {
    check(
        "steady-api",
        [
            &[
                "MetricName: ContainerInstanceCount",
                "MetricName: TargetResponseTime",
                "Threshold: 0.3\n",
                "ComparisonOperator: LessThanThreshold",
                "TreatMissingData: missing",
                "  LoadBalancerFullName:",
            ],
            &["offset 7d) > 0", "for: 15m"],
            &["LoadBalancer = var.load_balancer_full_name"],
        ],
    );
}

#[test]
fn the_second_component_has_names_of_its_own() {
    check(
        "shop-system",
        [
            &["RequestsAbove2:", "!Ref FunctionName2"],
            &["function_name=\\\"your-function-2\\\"", "component: \"2\""],
            &["variable \"function_name_2\"", "\"requests_above_2\""],
        ],
    );
}

#[test]
fn what_nothing_runs_is_a_file_all_the_same() {
    let mut system = example("steady-api");
    system.components[0].work.process_memory_mb = Some(1e6.into());
    let evaluation = evaluated(&system);
    let texts = all().map(|format| (format.write)(&subject(&system, &evaluation)));
    assert!(
        texts[0].contains("AWS::CloudFormation::WaitConditionHandle"),
        "{}",
        texts[0]
    );
    assert!(texts[1].contains("    rules: []\n"), "{}", texts[1]);
    assert!(!texts[2].contains("resource"), "{}", texts[2]);
}

#[test]
fn what_a_person_types_never_becomes_more_than_text() {
    let long = "x🧀".repeat(250);
    for name in HOSTILE.into_iter().chain([long.as_str()]) {
        let plain = example("shop-system");
        let mut system = plain.clone();
        name.clone_into(&mut system.name);
        system.components[0].name = name.chars().take(100).collect();
        let mut evaluation = evaluated(&plain);
        evaluation.components[0].name = system.components[0].name.clone();
        let unnamed = evaluated(&plain);
        for format in all() {
            let typed = (format.write)(&subject(&system, &evaluation));
            let usual = (format.write)(&subject(&plain, &unnamed));
            // Lines and their beginnings are those of a harmless name.
            let shape = |text: &str| {
                let lines = text.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']);
                let beginnings = lines.map(|line| {
                    let end = line.find(['"', '#']).unwrap_or(line.len());
                    line[..end].to_owned()
                });
                beginnings.collect::<Vec<_>>()
            };
            assert_eq!(shape(&typed), shape(&usual), "{} of {name:?}", format.file);
            let unseen =
                |letter: char| letter != '\n' && letter.is_control() || letter == '\u{202e}';
            assert!(!typed.contains(unseen), "{} of {name:?}", format.file);
        }
    }
}

#[test]
fn explanations_fit_and_keep_their_reason() {
    let mut system = example("day-and-night-api");
    system.components[0].name = "ü".repeat(100);
    let mut evaluation = evaluated(&system);
    evaluation.components[0].name = "ü".repeat(600);
    let mut subject = subject(&system, &evaluation);
    let long = format!("https://breakeven.example/answer?{}", "x".repeat(4000));
    for link in [subject.link, &long] {
        subject.link = link;
        for watch in of(&subject) {
            let text = explanation(&subject, &watch, 1024);
            assert!(
                text.len() <= 1024 && text.contains(&watch.because),
                "{text}"
            );
            let cut = text.contains("https://") && !text.ends_with(subject.link);
            assert!(!cut, "{text}");
        }
    }
}

#[test]
fn every_example_has_alarms_in_each_format() {
    for example in model::example::all() {
        let evaluation = evaluated(&example.system);
        let subject = subject(&example.system, &evaluation);
        for (format, mark) in all().iter().zip([
            "AWS::CloudWatch::Alarm",
            "alert: ",
            "aws_cloudwatch_metric_alarm",
        ]) {
            let text = (format.write)(&subject);
            assert!(
                text.contains(mark)
                    && !text.contains("NaN")
                    && !text.contains("> inf")
                    && !text.contains(": inf\n"),
                "{} of {}",
                format.file,
                example.slug
            );
        }
    }
}

#[test]
fn every_format_of_the_folder_is_in_the_list() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tripwires");
    let files = std::fs::read_dir(folder)
        .expect("the folder")
        .filter_map(Result::ok);
    let formats = files
        .filter(|file| file.path().is_file())
        .filter(|file| {
            let source = std::fs::read_to_string(file.path()).expect("a source");
            source.contains("const FORMAT: Format")
        })
        .count();
    // This very file holds the words, too.
    assert_eq!(formats - 1, all().len());
}

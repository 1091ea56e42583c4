//! Replays of the examples beside the formulas that priced them, and what a question refuses.

use std::ops::ControlFlow;

use model::replay::{Play, Question, Replay, SeriesText};
use model::simulation::{Outcome, Step, TwoState};
use model::{PriceBook, System, example};
use serde_json::{Value, json};

/// Requests of a run that a test has time for.
const MOST_REQUESTS: f64 = 4e6;

fn replayed(question: &Question) -> Replay {
    let book = PriceBook::embedded();
    let (plays, left_out) = question.plays(book).expect("not too large");
    let once = |play: &Play, replication| -> Outcome {
        let outcome = play.run(replication, &mut |_| ControlFlow::Continue(()));
        outcome.expect("a valid plan")
    };
    let outcomes: Vec<Vec<Outcome>> = plays
        .iter()
        .map(|play| {
            (0..question.replications)
                .map(|replication| once(play, replication))
                .collect()
        })
        .collect();
    question.judged(&plays, &outcomes, left_out, book)
}

fn all_platforms() -> Vec<String> {
    let ids = model::platform::all().iter();
    ids.map(|platform| platform.id().to_owned()).collect()
}

fn web(more: &Value) -> System {
    let mut component = json!({
        "name": "web", "kind": "http_api",
        "traffic": { "requests_per_month": 2_000_000, "shape": "office_hours" },
        "work": { "duration_ms": 120, "duration_p99_ms": 400, "cpu_ms": 40 },
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        component[name] = value.clone();
    }
    System::from_value(json!({ "version": 1, "region": "us-east-1", "components": [component] }))
        .expect("a valid system")
}

/// The cost of every option that can be replayed is what the formulas say, within 3 % for four in five of them and within
/// 10 % for nineteen in twenty: what is left are fleets of long requests that follow late, which is what a replay is for.
#[test]
fn formulas_and_replays_of_the_examples_agree_on_the_cost() {
    let (mut near, mut middle, mut far) = (0, 0, Vec::new());
    for example in example::all() {
        let question = Question::week(example.system.clone(), all_platforms());
        let Ok((plays, _)) = question.plays(PriceBook::embedded()) else {
            continue;
        };
        if plays
            .iter()
            .any(|play| play.expected_requests() > MOST_REQUESTS)
        {
            continue;
        }
        for run in replayed(&question).runs {
            let off = run.difference_pct.monthly_usd.unwrap_or(0.0);
            assert!(
                run.simulated.monthly_usd > 0.0,
                "{} {}",
                example.slug,
                run.platform
            );
            if off.abs() <= 3.0 {
                near += 1;
            } else if off.abs() <= 10.0 {
                middle += 1;
            } else {
                far.push(format!("{} on {}: {off:.1} %", example.slug, run.platform));
            }
        }
    }
    let all = near + middle + far.len();
    assert!(all >= 100, "only {all} runs were compared");
    assert!(near * 5 >= all * 4, "{near} of {all} within 3 %");
    assert!(far.len() * 20 <= all, "of {all} far: {far:#?}");
}

#[test]
fn the_bill_of_a_replay_has_the_lines_of_the_formulas_bill() {
    let system = web(&json!({}));
    let evaluation = model::evaluate(&system, PriceBook::embedded(), &model::Parts::ALL);
    let replay = replayed(&Question::week(system, all_platforms()));
    assert!(replay.runs.len() >= 6, "{}", replay.runs.len());
    for run in &replay.runs {
        let options = &evaluation.components[0].options;
        let option = options
            .iter()
            .find(|option| option.platform == run.platform);
        let bill = option
            .and_then(|option| option.bill.as_ref())
            .expect("a bill");
        let names = |bill: &model::Bill| -> Vec<String> {
            bill.lines
                .iter()
                .map(|line| line.price_id.clone())
                .collect()
        };
        assert_eq!(names(&run.bill), names(bill), "{}", run.platform);
        let sum: f64 = run.bill.lines.iter().map(|line| line.amount_usd).sum();
        assert!(
            (sum - run.bill.monthly_usd).abs() < 1e-9,
            "{}",
            run.platform
        );
        let figures = &run.simulated;
        assert!(
            figures.p50_ms <= figures.p95_ms
                && figures.p95_ms <= figures.p99_ms
                && figures.p99_ms <= figures.p999_ms
        );
        assert!(!run.hides.is_empty() && !run.timeline.is_empty());
    }
}

#[test]
fn the_same_seed_gives_the_same_bits_and_another_one_does_not() {
    let question = |seed| Question {
        seed,
        months: 24.0 / 730.0,
        ..Question::week(
            web(&json!({})),
            vec!["aws-lambda".to_owned(), "aws-fargate".to_owned()],
        )
    };
    let json = |seed| serde_json::to_string(&replayed(&question(seed))).expect("JSON");
    assert_eq!(json(7), json(7));
    assert_ne!(json(7), json(8));
}

#[test]
fn several_runs_give_an_interval_that_holds_their_mean() {
    let question = Question {
        replications: 4,
        months: 24.0 / 730.0,
        ..Question::week(web(&json!({})), vec!["aws-lambda".to_owned()])
    };
    let replay = replayed(&question);
    let run = &replay.runs[0];
    let width = run.half_width.as_ref().expect("four runs");
    assert!(width.monthly_usd > 0.0 && width.monthly_usd < 0.2 * run.simulated.monthly_usd);
    assert!(replay.requests > 4 * 50_000);
}

/// A burst is part of the month's requests; whoever fails it is told.
#[test]
fn bursts_are_part_of_the_traffic() {
    let bursts = json!({ "traffic": {
        "requests_per_month": 2_000_000, "shape": "steady",
        "bursts": [{ "height": 20, "minutes": 30, "per_week": 4, "arrives_within_s": 5 }],
    } });
    let replay = replayed(&Question::week(web(&bursts), vec!["aws-lambda".to_owned()]));
    let a_week = 2_000_000.0 * 168.0 / 730.0;
    let requests = model::replay::count(replay.requests);
    assert!(
        (requests / a_week - 1.0).abs() < 0.03,
        "{requests} against {a_week}"
    );
    let most = replay.runs[0]
        .timeline
        .iter()
        .map(|bucket| bucket.requests)
        .max();
    let mean = requests / 672.0;
    assert!(model::replay::count(most.unwrap_or(0)) > 10.0 * mean);
}

/// The same requests in two states: environments that must be started for the high one, and a fleet that follows late.
#[test]
fn two_states_start_more_environments_than_independent_requests() {
    let question = |two_state| Question {
        two_state,
        ..Question::week(
            web(&json!({})),
            vec!["aws-lambda".to_owned(), "aws-fargate".to_owned()],
        )
    };
    let states = TwoState {
        high: 8.0,
        high_s: 120.0,
        low_s: 1_800.0,
    };
    let (even, bursty) = (replayed(&question(None)), replayed(&question(Some(states))));
    let requests = |replay: &Replay| model::replay::count(replay.requests);
    assert!((requests(&bursty) / requests(&even) - 1.0).abs() < 0.1);
    let cold = |replay: &Replay| replay.runs[0].simulated.cold_start_probability;
    assert!(
        cold(&bursty) > 1.5 * cold(&even),
        "{} against {}",
        cold(&bursty),
        cold(&even)
    );
    let queued = |replay: &Replay| replay.runs[1].queued_share;
    assert!(queued(&bursty) > queued(&even));
}

#[test]
fn a_series_takes_the_place_of_the_traffic() {
    let counts: String = (0..24 * 60)
        .map(|minute| if minute % 60 < 5 { "600\n" } else { "20\n" })
        .collect();
    let question = Question {
        series: Some(SeriesText {
            component: 0,
            step: Step::Minute,
            csv: counts,
        }),
        months: 24.0 / 730.0,
        ..Question::week(web(&json!({})), vec!["aws-lambda".to_owned()])
    };
    let replay = replayed(&question);
    assert_eq!(replay.requests, 24 * (5 * 600 + 55 * 20));
    // The formulas see the same volume.
    let off = replay.runs[0]
        .difference_pct
        .monthly_usd
        .expect("a comparison");
    assert!(off.abs() < 5.0, "{off} %");
}

#[test]
fn what_is_wrong_is_named() {
    let system = json!({ "version": 1, "region": "us-east-1", "components": [{
        "traffic": { "requests_per_month": 1_000_000 }, "work": { "duration_ms": 100 } }] });
    let with = |name: &str, value: Value| {
        let mut question = json!({ "system": system });
        question[name] = value;
        question
    };
    let cases = [
        (json!({}), "system"),
        (json!({ "system": { "version": 1 } }), "system.components"),
        (with("platforms", json!([])), "platforms"),
        (
            with("platforms", json!(["aws-lambda", "nowhere"])),
            "platforms[1]",
        ),
        (
            with("platforms", json!(["aws-lambda", "aws-lambda"])),
            "platforms[1]",
        ),
        (with("months", json!(0)), "months"),
        (with("months", json!(13)), "months"),
        (with("replications", json!(0)), "replications"),
        (with("seed", json!(-1)), "seed"),
        (
            with("series", json!({ "csv": "1\n2\n", "component": 3 })),
            "series.component",
        ),
        (with("series", json!({ "csv": "5\n7\n-1\n" })), "series.csv"),
        (
            with(
                "two_state",
                json!({ "high": 99, "high_s": 10, "low_s": 10 }),
            ),
            "two_state.high",
        ),
        (
            with("two_state", json!({ "high": 2, "high_s": 0, "low_s": 10 })),
            "two_state.high_s",
        ),
        (with("elsewhere", json!(1)), "elsewhere"),
    ];
    for (question, path) in cases {
        let refused = Question::from_value(question.clone()).expect_err("refused");
        let paths: Vec<&str> = refused
            .errors
            .iter()
            .map(|error| error.path.as_str())
            .collect();
        assert!(
            paths.iter().any(|found| found.starts_with(path)),
            "{question}: {paths:?} instead of {path}"
        );
    }
    let bad_line = with("series", json!({ "csv": "5\n7\nseven\n" }));
    let refused = Question::from_value(bad_line).expect_err("refused");
    assert!(
        refused.errors[0].message.contains("line 3"),
        "{:?}",
        refused.errors
    );
}

#[test]
fn too_much_is_refused_with_what_would_do() {
    let huge = json!({ "traffic": { "requests_per_month": 1e12, "shape": "steady" } });
    let question = Question::week(web(&huge), vec!["aws-lambda".to_owned()]);
    let refused = question
        .plays(PriceBook::embedded())
        .expect_err("too large");
    assert_eq!(refused.errors[0].path, "months");
    assert!(
        refused.errors[0].message.contains("not even an hour"),
        "{:?}",
        refused.errors
    );
}

#[test]
fn no_traffic_is_replayed_as_none() {
    let none = json!({ "traffic": { "requests_per_month": 0, "shape": "steady" } });
    let replay = replayed(&Question::week(web(&none), all_platforms()));
    assert_eq!(replay.requests, 0);
    for run in &replay.runs {
        assert!(
            run.simulated.monthly_usd.is_finite() && run.simulated.monthly_usd >= 0.0,
            "{run:?}"
        );
    }
}

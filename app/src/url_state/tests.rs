//! The round trip, and what is said of text that cannot be read.

use model::system::{Answer, Component, NUMBER_FIELDS, System};
use proptest::prelude::*;

use super::*;

fn flat(query: &str) -> System {
    system_from_query(query).expect("a good query")
}

#[test]
fn flat_names_are_read_as_typed() {
    let system = flat(
        "kind=http_api&region=eu-west-1&work.duration_ms=0.2s&work.cpu_ms=25%25&traffic.requests_per_month=2M&purchase.free_tier=true&provenance.work.cpu_ms=measured",
    );
    let component = &system.components[0];
    assert_eq!(component.work.cpu_ms, Some(Answer::Exact(50.0)));
    assert_eq!(
        component.traffic.requests_per_month,
        Some(Answer::Exact(2e6))
    );
    assert_eq!(
        system
            .purchase
            .as_ref()
            .and_then(|purchase| purchase.free_tier),
        Some(true)
    );
    assert!(system.provenance.contains_key("components[0].work.cpu_ms"));
}

#[test]
fn every_bad_field_is_named_at_once() {
    let invalid = system_from_query(
        "kind=nonsense&runtime.language=cobol&work.duration_ms=fast&traffic.requests_per_month=-1&unheard=of",
    )
    .expect_err("bad fields");
    let mut paths: Vec<_> = invalid
        .errors
        .iter()
        .map(|error| error.path.as_str())
        .collect();
    paths.sort_unstable();
    assert_eq!(
        paths,
        [
            "components[0].kind",
            "components[0].runtime.language",
            "components[0].traffic.requests_per_month",
            "components[0].work.duration_ms",
            "unheard",
        ]
    );
}

#[test]
fn missing_answers_are_named() {
    for (query, expected) in [("", 2), ("region=us-east-1", 2), ("kind=nonsense", 3)] {
        let invalid = system_from_query(query).expect_err(query);
        assert_eq!(invalid.errors.len(), expected, "{query}: {invalid:?}");
    }
}

#[test]
fn a_packed_link_that_was_cut_off_says_so() {
    let mut system = flat("work.duration_ms=1&traffic.requests_per_month=1");
    system.components.push(Component {
        name: "second".to_owned(),
        ..system.components[0].clone()
    });
    let query = query_from_system(&system);
    assert!(query.starts_with("s="), "{query}");
    assert_eq!(system_from_query(&query), Ok(system));
    let invalid = system_from_query(&query[..query.len() / 2]).expect_err("cut off");
    assert_eq!(invalid.errors[0].path, "s");
}

fn answers() -> impl Strategy<Value = Answer> {
    prop_oneof![
        (0.0..1.0_f64).prop_map(Answer::Exact),
        (0.0..1.0_f64, 0.0..1.0_f64, 0.0..1.0_f64).prop_map(|(a, b, c)| {
            let mut ends = [a, b, c];
            ends.sort_by(f64::total_cmp);
            Answer::Range {
                low: ends[0],
                typical: ends[1],
                high: ends[2],
            }
        }),
    ]
}

proptest! {
    #[test]
    fn the_link_of_a_system_is_that_system(
        picks in proptest::collection::vec(proptest::option::weighted(0.3, answers()), NUMBER_FIELDS.len()),
        duration in 1.0..1000.0_f64,
        name in "[^\u{0}]{0,20}",
        free_tier in proptest::option::of(any::<bool>()),
    ) {
        let mut system = flat("work.duration_ms=1&traffic.requests_per_month=1");
        for (field, pick) in NUMBER_FIELDS.iter().zip(picks) {
            let within = |part: f64| {
                let value = field.min + part * (field.max - field.min).min(1000.0);
                if field.whole { value.trunc() } else { value }
            };
            let answer = pick.map(|answer| match answer {
                Answer::Exact(part) => Answer::Exact(within(part)),
                Answer::Range { low, typical, high } =>
                    Answer::Range { low: within(low), typical: within(typical), high: within(high) },
            });
            if answer.is_some() {
                (field.set)(&mut system.components[0], answer);
            }
        }
        system.components[0].work.duration_ms = Some(Answer::Exact(duration));
        system.components[0].name.clone_from(&name);
        system.name = name;
        if free_tier.is_some() {
            system.purchase = Some(model::system::Purchase { free_tier, ..Default::default() });
        }
        prop_assume!(system.check().is_ok());
        let query = query_from_system(&system);
        prop_assert_eq!(system_from_query(&query), Ok(system));
    }
}

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

const TWO: &str = "kind=web_app&region=us-east-1&work.duration_ms=fast&component.name=web";

/// A draft of two parts, the first of which cannot be read yet.
fn two() -> Draft {
    let first = Draft::parse(TWO).expect("a draft");
    first.added(Pairs::parse(
        "work.duration_ms=1s&traffic.requests_per_month=1k",
    ))
}

#[test]
fn a_draft_of_several_parts_keeps_what_was_typed_even_where_it_cannot_be_read() {
    let draft = two();
    let query = draft.query();
    assert!(query.starts_with("draft="), "{query}");
    assert_eq!(Draft::parse(&query), Ok(draft.clone()));
    assert_eq!(draft.form(0).last("work.duration_ms"), Some("fast"));
    assert_eq!(draft.form(1).last("work.duration_ms"), Some("1s"));
    assert_eq!(draft.form(1).last("region"), Some("us-east-1"));
    let paths: Vec<String> = draft.read().1.into_iter().map(|error| error.path).collect();
    assert_eq!(
        paths,
        [
            "components[0].work.duration_ms",
            "components[0].traffic.requests_per_month"
        ]
    );
}

#[test]
fn what_a_form_sends_replaces_what_is_packed_for_its_part_only() {
    let query = Pairs::parse(&two().query())
        .with("component", "0")
        .with("work.duration_ms", "200");
    let query = format!("{}&kind=&needs=&done=1&region=eu-west-1", query.query());
    let draft = Draft::parse(&query).expect("a draft");
    assert_eq!(draft.form(0).last("work.duration_ms"), Some("200"));
    assert_eq!(draft.form(1).last("work.duration_ms"), Some("1s"));
    assert_eq!(
        draft.form(0).last("kind"),
        None,
        "an empty text takes the answer back"
    );
    assert_eq!(draft.form(1).last("region"), Some("eu-west-1"));
}

#[test]
fn flat_names_beside_a_packed_system_change_one_part() {
    let mut system = flat("work.duration_ms=1&traffic.requests_per_month=1");
    system.components.push(system.components[0].clone());
    let query = format!(
        "{}&component=1&work.duration_ms=7",
        query_from_system(&system)
    );
    let changed = flat(&query);
    assert_eq!(changed.components[0], system.components[0]);
    assert_eq!(
        changed.components[1].work.duration_ms,
        Some(Answer::Exact(7.0))
    );
    assert_eq!(
        flat(&format!("{query}&chart=over")),
        changed,
        "what is no answer is left alone"
    );
}

#[test]
fn rows_hours_and_own_prices_have_flat_names() {
    let query = "work.duration_ms=1&traffic.requests_per_month=1\
        &traffic.bursts[0].height=10&traffic.bursts[4].minutes=1h&traffic.bursts[4].announced=yes\
        &operations.environments[0].name=test&operations.environments[0].hours_per_week=40\
        &traffic.shape=steady&traffic.shape.hourly=1+2,3;4+5+6+7+8+9+10+11+12+13+14+15+16+17+18+19+20+21+22+23+24\
        &rates[0].id=aws-lambda/requests&rates[0].usd=0.1&purchase.spot=unknown";
    let system = flat(query);
    let component = &system.components[0];
    let bursts = component.traffic.bursts.clone().expect("bursts");
    assert_eq!((bursts[0].height, bursts[0].minutes), (10.0, 15.0));
    assert_eq!((bursts[1].minutes, bursts[1].announced), (60.0, true));
    assert!(matches!(
        component.traffic.shape,
        Some(model::traffic::Shape::Hourly(_))
    ));
    let environments = system
        .operations
        .environments
        .clone()
        .expect("environments");
    assert_eq!(
        (environments[0].hours_per_week, environments[0].scale),
        (40.0, 1.0)
    );
    assert_eq!(system.rates.get("aws-lambda/requests"), Some(&0.1));
    assert!(system.purchase.is_none() && system.provenance.contains_key("purchase.spot"));
    let again = query_from_system(&system);
    assert!(!again.starts_with("s="), "{again}");
    assert_eq!(flat(&again), system);
}

#[test]
fn a_wrong_cell_is_named_by_its_row_and_column() {
    for (cell, path) in [
        (
            "traffic.bursts[3].height=lots",
            "components[0].traffic.bursts[0].height",
        ),
        (
            "traffic.bursts[0].height=0",
            "components[0].traffic.bursts[0].height",
        ),
        (
            "traffic.bursts[0].height=1..2",
            "components[0].traffic.bursts[0].height",
        ),
        (
            "operations.environments[0].scale=1",
            "operations.environments[0].name",
        ),
        (
            "traffic.shape.hourly=1+2+3",
            "components[0].traffic.shape.hourly",
        ),
        (
            "traffic.bursts[99999999999].height=1",
            "components[0].traffic.bursts[99999999999].height",
        ),
        (
            "traffic.bursts[0].nonsense=1",
            "components[0].traffic.bursts[0].nonsense",
        ),
        ("traffic.bursts=1", "components[0].traffic.bursts"),
    ] {
        let query = format!("work.duration_ms=1&traffic.requests_per_month=1&{cell}");
        let invalid = system_from_query(&query).expect_err(cell);
        let paths: Vec<&str> = invalid
            .errors
            .iter()
            .map(|error| error.path.as_str())
            .collect();
        assert_eq!(paths, [path], "{cell}");
    }
}

#[test]
fn parts_are_added_copied_moved_renamed_and_removed_with_their_links() {
    let draft = two().copied(0);
    assert_eq!(draft.names(), ["web", "web copy", "part 2"]);
    let linked = Pairs::parse(&draft.query())
        .with("links[0].from", "web")
        .with("links[0].to", "part 2");
    let linked = linked
        .with("links[1].from", "web copy")
        .with("links[1].to", "part 2");
    let draft = Draft::parse(&linked.query()).expect("a draft");
    let renamed = draft.renamed(0, "shop");
    assert_eq!(renamed.form(0).last("links[0].from"), Some("shop"));
    let moved = renamed.moved(2, true).moved(0, true).moved(2, false);
    assert_eq!(moved.names(), ["shop", "part 2", "web copy"]);
    let removed = moved.removed(0);
    assert_eq!(removed.names(), ["part 2", "web copy"]);
    assert_eq!(removed.form(0).last("links[0].from"), None);
    assert_eq!(removed.form(0).last("links[1].from"), Some("web copy"));
    let one = removed.removed(0).removed(0);
    assert_eq!(one.names(), ["web copy"], "the last one stays");
}

#[test]
fn a_draft_that_was_cut_off_or_overfilled_is_refused() {
    let query = two().query();
    for broken in [&query[..query.len() / 2], "draft=", "draft=x", "draft=%00"] {
        let invalid = Draft::parse(broken);
        assert!(broken == "draft=" || invalid.is_err(), "{broken}");
    }
    let mut crowd = Draft::default();
    for _ in 0..60 {
        crowd = crowd.added(Pairs::default());
    }
    let invalid = Draft::parse(&crowd.query()).expect_err("too many parts");
    assert_eq!(invalid.errors[0].path, "draft");
}

#[test]
fn every_typical_value_can_be_typed_and_lies_within_its_bounds() {
    for (_, question) in model::question::all() {
        for typical in question.typical {
            let pairs = Pairs::parse("work.duration_ms=100").with(question.path, typical.value);
            let value = read_typed(question.path, &pairs);
            let value = value.unwrap_or_else(|| panic!("{}: {}", question.path, typical.value));
            if let Some(field) = model::system::number_field(question.path) {
                assert!(
                    (field.min..=field.max).contains(&value),
                    "{}: {}",
                    question.path,
                    typical.value
                );
            }
        }
    }
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
        prop_assert_eq!(system_from_query(&query), Ok(system.clone()));
        // The same as the first of two parts, as a draft; blanks around a text are not kept there.
        system.name = system.name.trim().to_owned();
        system.components[0].name = "first".to_owned();
        let second = Component { name: "second".to_owned(), ..system.components[0].clone() };
        system.components.push(second);
        prop_assume!(system.check().is_ok());
        let query = Draft::of(&system).expect("a draft").query();
        prop_assert_eq!(system_from_query(&query), Ok(system));
    }

    #[test]
    fn no_address_is_too_broken_to_be_read(query in "([a-z_.\\[\\]0-9]{0,30}=[^&]{0,20}&){0,6}") {
        if let Ok(draft) = Draft::parse(&query) {
            prop_assert_eq!(Draft::parse(&draft.query()), Ok(draft));
        }
    }
}

//! Links and systems that nobody made in good faith: whatever comes, it is refused with the name of what is wrong, or it
//! is a system that its own link gives back. `make soak` runs a hundred thousand cases of each (`PROPTEST_CASES`).
#![cfg(feature = "ssr")]

use app::url_state::{Draft, Pairs, query_from_system, system_from_query};
use model::question;
use model::system::System;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;

/// What comes of a query string: an error that says where, or a system whose link is the same system.
fn check(query: &str) {
    match system_from_query(query) {
        Ok(system) => {
            system.check().expect("what was read keeps the bounds");
            assert_eq!(
                system_from_query(&query_from_system(&system)).as_ref(),
                Ok(&system)
            );
        }
        Err(invalid) => assert!(invalid.errors.iter().all(|error| !error.message.is_empty())),
    }
    // The questionnaire takes what cannot be computed, too.
    if let Ok(draft) = Draft::parse(query) {
        let _whatever_it_is = (draft.read(), Draft::parse(&draft.query()));
    }
}

/// A system of two components with something of everything.
const SYSTEM: &str = r#"{"version":1,"name":"Shop","region":"us-east-1","components":[{"name":"web","kind":"http_api",
"traffic":{"requests_per_month":{"low":1000,"typical":2000,"high":9000},"shape":{"hourly":[1,2,3,4,5,6,7,8,9,10,11,12,1,2,3,4,5,6,7,8,9,10,11,12]},
"bursts":[{"height":10,"minutes":15,"per_week":2,"arrives_within_s":60}]},"work":{"duration_ms":120,"cpu_ms":30},"needs":["gpu"],"pin":{"architecture":"arm64"}},
{"name":"jobs","traffic":{"requests_per_month":5},"work":{"duration_ms":9000}}],"links":[{"from":"web","to":"jobs","calls_per_request":0.2}],
"purchase":{"spot":true},"operations":{"environments":[{"name":"test","hours_per_week":40,"scale":0.5}]},"rates":{"aws-lambda/duration/arm64":0.1},
"exclude":["logs"],"horizon_months":24,"provenance":{"components[0].work.cpu_ms":"measured"}}"#;

/// Every place in a JSON value, by its pointer.
fn places(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                places(field, &format!("{at}/{}", name.replace('/', "~1")), all);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{at}/{index}"), all);
            }
        }
        _ => {}
    }
}

/// Values that are wrong nearly everywhere.
fn odd() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        select(vec![0.0, -0.0, -1.0, 1e13, 1e14, 1e300, 5e-324, 0.1]).prop_map(Value::from),
        ".{0,40}".prop_map(Value::from),
        select(vec![
            "", "NaN", "Infinity", "<script>", "\u{202e}", "\0", "=1+1"
        ])
        .prop_map(Value::from),
        (any::<f64>(), any::<f64>()).prop_map(|(low, high)| {
            serde_json::json!({ "low": low, "typical": 1, "high": high })
        }),
        Just(Value::Array(vec![Value::Null; 200])),
        Just(serde_json::json!({ "unknown": [[[[[[]]]]]] })),
    ]
}

proptest! {
    #[test]
    fn any_query_string(query in ".{0,200}") {
        check(&query);
    }

    #[test]
    fn known_names_with_any_text(
        answers in proptest::collection::vec((any::<Index>(), "[0-9a-z.,%/: <>\"'\u{e4}\u{202e}-]{0,30}"), 0..12),
    ) {
        let questions: Vec<_> = question::all().map(|(_, question)| question).collect();
        let mut pairs = Pairs::default();
        for (index, text) in &answers {
            pairs = pairs.with(index.get(&questions).path, text.as_str());
        }
        check(&pairs.query());
    }

    #[test]
    fn a_packed_link_that_was_changed(flips in proptest::collection::vec((any::<Index>(), any::<u8>()), 0..6), cut in any::<Index>(), cuts in any::<bool>()) {
        let system = System::from_json(SYSTEM.as_bytes()).expect("a system");
        let link = query_from_system(&system);
        assert!(link.starts_with("s="), "{link}");
        let mut bytes = link.into_bytes();
        for (index, byte) in flips {
            let at = 2 + index.index(bytes.len() - 2);
            bytes[at] = byte;
        }
        if cuts {
            bytes.truncate(cut.index(bytes.len()));
        }
        let query = String::from_utf8_lossy(&bytes).into_owned();
        check(&query);
        check(&query.replacen("s=", "draft=", 1));
    }

    #[test]
    fn a_system_with_something_odd_in_it(changes in proptest::collection::vec((any::<Index>(), odd()), 1..4)) {
        let mut value: Value = serde_json::from_str(SYSTEM).expect("JSON");
        for (index, odd) in changes {
            let mut all = Vec::new();
            places(&value, "", &mut all);
            if let Some(place) = value.pointer_mut(&all[index.index(all.len())]) {
                *place = odd;
            }
        }
        let json = value.to_string();
        match System::from_json(json.as_bytes()) {
            Ok(system) => check(&query_from_system(&system)),
            Err(invalid) => prop_assert!(!invalid.errors.is_empty()),
        }
    }

    #[test]
    fn any_bytes_as_a_system(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _refused_or_not = System::from_json(&bytes);
    }
}

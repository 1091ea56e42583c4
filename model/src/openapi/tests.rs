//! The schemas say what the types and their checks do.

use serde_json::json;

use super::Schemas;
use crate::system::{Kind, NUMBER_FIELDS};

fn schemas() -> Schemas {
    super::schemas(|_| {})
}

#[test]
fn every_number_of_a_component_has_its_bounds() {
    let schemas = schemas();
    for field in NUMBER_FIELDS {
        let (group, name) = field.path.split_once('.').expect("a group");
        let schema = schemas
            .iter()
            .find(|(schema, _)| schema.to_lowercase() == group)
            .map(|(_, schema)| &schema["properties"][name])
            .expect(group);
        let exact = &schema["oneOf"][0];
        assert_eq!(exact["minimum"].as_f64(), Some(field.min), "{}", field.path);
        assert_eq!(exact["maximum"].as_f64(), Some(field.max), "{}", field.path);
        assert_eq!(exact["type"] == "integer", field.whole, "{}", field.path);
        let high = &schema["oneOf"][1]["properties"]["high"];
        assert_eq!(high["maximum"].as_f64(), Some(field.max), "{}", field.path);
        assert_eq!(schema["x-unit"], field.unit, "{}", field.path);
        assert!(schema["description"].is_string(), "{}", field.path);
    }
}

#[test]
fn every_schema_and_every_property_says_what_it_is() {
    for (name, schema) in schemas() {
        assert!(schema["description"].is_string(), "{name}");
        let properties = schema["properties"].as_object();
        for (property, schema) in properties.into_iter().flatten() {
            let text = schema.to_string();
            assert!(
                text.contains("\"description\""),
                "{name}.{property}: {text}"
            );
        }
    }
}

#[test]
fn what_a_component_cannot_do_without_is_required() {
    let schemas = schemas();
    assert_eq!(schemas["Component"]["required"], json!(["traffic", "work"]));
    assert_eq!(schemas["Work"]["required"], json!(["duration_ms"]));
    assert_eq!(
        schemas["System"]["required"],
        json!(["version", "components"])
    );
    assert_eq!(schemas["System"]["additionalProperties"], json!(false));
}

#[test]
fn every_reference_leads_to_a_schema() {
    let schemas = schemas();
    let text = json!(schemas).to_string();
    for reference in text.split(super::PLACE).skip(1) {
        let name = reference.split('"').next().unwrap_or_default();
        assert!(schemas.contains_key(name), "{name}");
    }
}

#[test]
fn a_link_within_the_code_is_a_name_for_readers() {
    for (comment, text) in [
        (
            "Id of the [`Source`](super::Source); as is.",
            "Id of the `Source`; as is.",
        ),
        ("See [`is_stale`].", "See `is_stale`."),
        ("One\nline.\n\nAnother.", "One line.\n\nAnother."),
    ] {
        assert_eq!(super::plain(comment), text);
    }
}

#[test]
fn a_choice_is_one_of_its_public_names() {
    let schemas = schemas();
    let names = |schema: &str| schemas[schema]["enum"].to_string();
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.id()).collect();
    assert_eq!(names("Kind"), json!(kinds).to_string());
    assert!(names("Language").contains("\"nodejs\""));
    assert!(names("Group").contains("\"front_door\""));
    assert!(names("Region").contains("\"us-east-1\""));
}

//! The document that describes the API, held against the API.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use super::schema::Schemas;
use super::support::{Answer, SMALLEST, TestApp, with};

const DOCUMENT: &str = "/api/v1/openapi.json";

async fn document(app: &TestApp) -> Value {
    let answer = app.get(DOCUMENT).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/json");
    answer.json()
}

/// Path, method and description of every call.
fn calls(document: &Value) -> Vec<(String, String, Value)> {
    let paths = document["paths"].as_object().expect("paths");
    let calls = paths.iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().expect("methods");
        methods
            .iter()
            .map(|(method, operation)| (path.clone(), method.clone(), operation.clone()))
    });
    calls.collect()
}

/// The routes of the API as its table writes them down: the router itself cannot be asked.
fn routes() -> BTreeSet<(String, String)> {
    let table = include_str!("../../src/http/api.rs");
    let mut routes = BTreeSet::new();
    for route in table.split(".route(").skip(1) {
        let path = route.split('"').nth(1).expect("a path").to_owned();
        let handlers = route.split(".fallback").next().expect("a beginning");
        for method in ["get", "post", "put", "patch", "delete"] {
            if handlers.contains(&format!("{method}(")) {
                routes.insert((path.clone(), method.to_owned()));
            }
        }
        if handlers.contains("::route()") {
            routes.insert((path, "get".to_owned()));
        }
    }
    routes
}

#[tokio::test]
async fn every_route_is_described_and_every_description_has_a_route() {
    let app = TestApp::start().await;
    let described: BTreeSet<(String, String)> = calls(&document(&app).await)
        .into_iter()
        .map(|(path, method, _)| (path, method))
        .collect();
    assert_eq!(described, routes());
}

/// The example of a parameter as it stands in an address.
fn written(example: &Value) -> String {
    match example {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(written).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

/// The address of a call with the examples of its parameters in their places.
fn address(path: &str, operation: &Value) -> String {
    let mut address = format!("/api/v1{path}?");
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let name = parameter["name"].as_str().expect("a name");
        let example = written(&parameter["example"])
            .replace('[', "%5B")
            .replace(']', "%5D");
        if parameter["in"] == "query" && !parameter["example"].is_null() {
            address = format!("{address}{name}={example}&");
        }
    }
    address.trim_end_matches(['?', '&']).to_owned()
}

async fn sent(app: &TestApp, path: &str, method: &str, operation: &Value, body: &Value) -> Answer {
    let request = Request::builder()
        .method(method.to_uppercase().as_str())
        .uri(address(path, operation))
        .header("content-type", "application/json");
    let body = if body.is_null() {
        Body::empty()
    } else {
        Body::from(body.to_string())
    };
    app.send(request.body(body).expect("a request")).await
}

#[tokio::test]
async fn every_example_is_answered_as_described() {
    let app = TestApp::start().await;
    let document = document(&app).await;
    let schemas = Schemas(&document);
    let mut asked = 0;
    for (path, method, operation) in calls(&document) {
        // What is there already cannot be known by an example.
        if path.contains('{') {
            continue;
        }
        let body = &operation["requestBody"]["content"]["application/json"];
        let examples = body["examples"].as_object();
        let examples: Vec<Value> = examples.map_or_else(
            || vec![Value::Null],
            |examples| {
                examples
                    .values()
                    .map(|example| example["value"].clone())
                    .collect()
            },
        );
        for example in examples {
            let case = format!("{method} {path}");
            if !example.is_null() {
                assert_eq!(
                    schemas.wrong(&body["schema"], &example),
                    Vec::<String>::new(),
                    "{case}"
                );
            }
            let answer = sent(&app, &path, &method, &operation, &example).await;
            assert!(
                answer.status.is_success(),
                "{case}: {} {}",
                answer.status,
                answer.text()
            );
            let response = &operation["responses"][answer.status.as_str()];
            let schema = &response["content"]["application/json"]["schema"];
            assert_eq!(
                schemas.wrong(schema, &answer.json()),
                Vec::<String>::new(),
                "{case}"
            );
            for (name, _) in response["headers"].as_object().expect("headers") {
                assert!(!answer.header(name).is_empty(), "{case}: {name}");
            }
            asked += 1;
        }
    }
    assert!(asked >= 12, "{asked} examples");
}

#[tokio::test]
async fn an_example_of_an_answer_is_what_is_answered() {
    let app = TestApp::start().await;
    let document = document(&app).await;
    for (path, method, operation) in calls(&document) {
        let expected = &operation["responses"]["200"]["content"]["application/json"]["example"];
        let examples = &operation["requestBody"]["content"]["application/json"]["examples"];
        if expected.is_null() {
            continue;
        }
        let example = examples
            .as_object()
            .expect("examples")
            .values()
            .next()
            .expect("one");
        let answer = sent(&app, &path, &method, &operation, &example["value"]).await;
        assert_eq!(&answer.json(), expected, "{path}");
    }
}

#[tokio::test]
async fn every_example_workload_and_its_evaluation_are_as_described() {
    let app = TestApp::start().await;
    let document = document(&app).await;
    let schemas = Schemas(&document);
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    for example in app
        .get("/api/v1/examples")
        .await
        .json()
        .as_array()
        .expect("a list")
    {
        let slug = &example["slug"];
        assert_eq!(
            schemas.wrong(&reference("Example"), example),
            Vec::<String>::new(),
            "{slug}"
        );
        let evaluation = app
            .post_json("/api/v1/evaluate", example["system"].to_string())
            .await;
        let wrong = schemas.wrong(&reference("Evaluation"), &evaluation.json());
        assert_eq!(wrong, Vec::<String>::new(), "{slug}");
    }
}

#[tokio::test]
async fn a_system_at_its_bounds_is_answered_as_described() {
    let app = TestApp::start().await;
    let document = document(&app).await;
    let evaluation = json!({ "$ref": "#/components/schemas/Evaluation" });
    for (pointer, value) in [
        ("/components/0/traffic/requests_per_month", 0.0),
        ("/components/0/traffic/requests_per_month", 1e13),
        ("/components/0/work/duration_ms", 0.01),
    ] {
        let answer = app
            .post_json("/api/v1/evaluate", with(pointer, value))
            .await;
        let wrong = Schemas(&document).wrong(&evaluation, &answer.json());
        assert_eq!(wrong, Vec::<String>::new(), "{pointer}: {value}");
    }
}

#[tokio::test]
async fn every_problem_is_as_described() {
    let app = TestApp::start().await;
    let document = document(&app).await;
    let schemas = Schemas(&document);
    let problem = json!({ "$ref": "#/components/schemas/Problem" });
    for (case, answer) in [
        ("no such thing", app.get("/api/v1/nothing").await),
        ("no JSON", app.post_json("/api/v1/evaluate", "{").await),
        (
            "a bad value",
            app.post_json(
                "/api/v1/evaluate",
                with("/components/0/work/duration_ms", 0),
            )
            .await,
        ),
        ("a form", app.post_form("/api/v1/evaluate", "a=b").await),
        (
            "a bad parameter",
            app.post_json("/api/v1/evaluate?parts=all", SMALLEST).await,
        ),
    ] {
        assert!(answer.status.is_client_error(), "{case}");
        assert_eq!(
            schemas.wrong(&problem, &answer.json()),
            Vec::<String>::new(),
            "{case}"
        );
        let shared = &document["components"]["responses"][answer.status.as_str()];
        assert!(
            shared["content"]["application/problem+json"].is_object(),
            "{case}"
        );
    }
}

#[tokio::test]
async fn what_the_schema_refuses_the_server_refuses() {
    let app = TestApp::start().await;
    let document = document(&app).await;
    let schemas = Schemas(&document);
    let system = json!({ "$ref": "#/components/schemas/System" });
    for (case, body) in [
        (
            "too small a duration",
            with("/components/0/work/duration_ms", 0.001),
        ),
        (
            "half an instance",
            with("/components/0/pin", json!({ "instance_count": 1.5 })),
        ),
        ("an unknown field", with("/components/0/colour", "red")),
        ("an unknown kind", with("/components/0/kind", "mainframe")),
        (
            "an unknown instance type",
            with("/components/0/pin", json!({ "instance_type": "z80" })),
        ),
        ("no components", with("/components", json!([]))),
        ("too long a name", with("/name", "x".repeat(501))),
        (
            "a price below zero",
            with("/rates", json!({ "aws-lambda/request/standard": -1 })),
        ),
        (
            "a burst without a height",
            with("/components/0/traffic/bursts", json!([{ "minutes": 1 }])),
        ),
        ("another version", with("/version", 2)),
        (
            "a list in place of a record",
            with("/components/0/runtime", json!([])),
        ),
        (
            "23 hours",
            with(
                "/components/0/traffic/shape",
                json!({ "hourly": vec![1; 23] }),
            ),
        ),
    ] {
        let value: Value = serde_json::from_str(&body).expect("JSON");
        assert_ne!(
            schemas.wrong(&system, &value),
            Vec::<String>::new(),
            "{case}"
        );
        let answer = app.post_json("/api/v1/evaluate", body).await;
        assert_eq!(answer.status, 422, "{case}");
    }
}

#[tokio::test]
async fn who_has_it_already_is_not_sent_it_again() {
    let app = TestApp::start().await;
    for path in [DOCUMENT, "/api/v1/price-book", "/api/v1/examples"] {
        let first = app.get(path).await;
        let etag = first.header("etag").to_owned();
        assert!(etag.starts_with('"'), "{path}: {etag}");
        for (shown, status) in [
            (etag.as_str(), 304),
            (&format!("W/{etag}, \"other\""), 304),
            ("*", 304),
            ("\"other\"", 200),
        ] {
            let request = Request::get(path).header("if-none-match", shown);
            let again = app
                .send(request.body(Body::empty()).expect("a request"))
                .await;
            assert_eq!(again.status, status, "{path}: {shown}");
            assert_eq!(again.header("etag"), etag, "{path}");
            assert_eq!(again.body.is_empty(), status == 304, "{path}");
        }
    }
}

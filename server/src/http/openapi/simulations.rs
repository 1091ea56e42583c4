//! The calls that simulate: they take a while, so each is a job.

use model::openapi::{Schemas, add};
use model::platform;
use serde_json::{Value, json};

use super::call::{Call, reference};
use super::computing::systems;
use crate::http::simulations::Simulation;

const ID: &str = "^[a-z2-7]{26}$";
const FOR_EXAMPLE: &str = "abcdefghijklmnopqrstuvwxyz";

pub(super) fn add_schemas(schemas: &mut Schemas) {
    add::<Simulation>(schemas);
    schemas.insert("SimulationQuestion".to_owned(), question());
}

/// By hand: what is left out has a default.
fn question() -> Value {
    let ids: Vec<&str> = platform::all()
        .iter()
        .map(|platform| platform.id())
        .collect();
    json!({
        "description": "What to simulate.",
        "type": "object",
        "required": ["system"],
        "additionalProperties": false,
        "properties": {
            "system": reference("System"),
            "platforms": {
                "description": "On which platforms; Lambda on demand when absent.",
                "type": "array", "items": { "type": "string", "enum": ids }, "minItems": 1, "uniqueItems": true,
            },
            "seed": {
                "description": "Decides all that is random: the same seed gives the same numbers. 1 when absent.",
                "type": "integer", "minimum": 0, "maximum": 9_007_199_254_740_991_u64,
            },
            "months": {
                "description": "Simulated time in months of 730 hours; a week is 168/730. 1 when absent.",
                "type": "number", "minimum": 0.001_369_863_013_698_630_1, "maximum": 12,
            },
            "replications": {
                "description": "Independent runs of each platform; with two there is a confidence interval. 1 when absent.",
                "type": "integer", "minimum": 1, "maximum": 32,
            },
            "series": {
                "description": "Traffic as it was measured, in place of the requests, shape and bursts of one component; null for none.",
                "anyOf": [{ "type": "null" }, series()],
            },
            "two_state": {
                "description": "Traffic that is high for a while and low for a while around its mean; null for independent requests. Sojourns are \
                    exponential; `high` is at most `(high_s + low_s) / high_s`.",
                "anyOf": [{ "type": "null" }, two_state()],
            },
        },
    })
}

fn two_state() -> Value {
    let seconds = |what: &str| json!({ "description": what, "type": "number", "minimum": 0.001, "maximum": 1e7 });
    json!({
        "type": "object",
        "required": ["high", "high_s", "low_s"],
        "additionalProperties": false,
        "properties": {
            "high": { "description": "The rate while it is high, against the mean.", "type": "number", "minimum": 1 },
            "high_s": seconds("How long it is high, on average."),
            "low_s": seconds("How long it is low, on average."),
        },
    })
}

fn series() -> Value {
    json!({
        "type": "object",
        "required": ["csv"],
        "additionalProperties": false,
        "properties": {
            "component": { "description": "The place of the component, from 0.", "type": "integer", "minimum": 0, "maximum": 19 },
            "step": { "description": "The time of one count where there are no timestamps.", "type": "string", "enum": ["second", "minute", "hour"] },
            "csv": { "description": "A count on each line, or a timestamp and a count.", "type": "string" },
        },
    })
}

pub(super) fn calls() -> Vec<Call> {
    let [(name, system), _] = systems();
    let asked =
        json!({ "system": system, "platforms": ["aws-lambda", "aws-fargate"], "months": 0.05 });
    let location = json!({
        "Location": { "description": "Where it stands.", "required": true, "schema": { "type": "string" } },
    });
    vec![
        Call::new("post", "/simulations", [
            "beginSimulation",
            "Begin a simulation",
            "Sends the traffic through the rules of each platform, request by request, and puts what comes of it beside the formulas. It waits in a \
             queue and takes seconds; the result is kept for seven days. A body may have 2 MB more than others, for a traffic series.",
        ])
        .takes("SimulationQuestion", &[(name, asked)])
        .gives_with(202, "It waits for its turn.", &reference("Simulation"), &location),
        of_one("get", "/simulations/{id}", [
            "readSimulation",
            "Read how it stands",
            "With the result once it is done.",
        ])
        .gives(200, "How it stands.", &reference("Simulation")),
        of_one("get", "/simulations/{id}/events", [
            "followSimulation",
            "Follow it",
            "Server-sent events: `progress` with the state, the share that is done in per cent, the requests so far and a second, and the time left; then \
             `end`.",
        ])
        .streams(200, "Its events, until it has ended."),
        of_one("delete", "/simulations/{id}", [
            "cancelSimulation",
            "Cancel it",
            "What has ended stays as it is.",
        ])
        .gives_nothing(204, "It does not run any more.", &json!({})),
    ]
}

fn of_one(method: &'static str, path: &'static str, words: [&str; 3]) -> Call {
    Call::new(method, path, words)
        .with(json!({
            "name": "id",
            "in": "path",
            "required": true,
            "description": "The simulation.",
            "schema": { "type": "string", "pattern": ID },
            "example": FOR_EXAMPLE,
        }))
        .refuses(&[404])
}

//! The calls that ask one equation of the model by itself.

use model::latency::cold_start::ColdStart;
use model::latency::percentile::WarmAndCold;
use model::latency::provisioned::Provisioned;
use model::latency::queue::Queue;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::call::{Call, reference};

/// An equation: its address, its words, what it takes and gives, what is asked for example.
struct Equation {
    path: &'static str,
    words: [&'static str; 3],
    takes: &'static str,
    gives: &'static str,
    asked: Value,
    outcome: fn(Value) -> Option<Value>,
}

pub(super) fn calls() -> Vec<Call> {
    equations().into_iter().map(call).collect()
}

fn call(equation: Equation) -> Call {
    let outcome = (equation.outcome)(equation.asked.clone());
    Call::new("post", equation.path, equation.words)
        .takes(equation.takes, &[("a question", equation.asked)])
        .gives(200, "The outcome.", &reference(equation.gives))
        .for_example(200, &json!(outcome))
}

fn equations() -> [Equation; 4] {
    [
        Equation {
            path: "/method/cold_start",
            words: [
                "coldStart",
                "How often a request starts cold",
                "The share of requests that find no warm environment, and how many environments live, under Poisson arrivals.",
            ],
            takes: "ColdStart",
            gives: "ColdStartOutcome",
            asked: json!({ "arrival_rate_per_s": 0.5, "service_time_s": 0.2, "keep_alive_s": 420 }),
            outcome: |asked| Some(json!(read::<ColdStart>(asked)?.outcome())),
        },
        Equation {
            path: "/method/queue",
            words: [
                "queue",
                "How long a request waits for a server",
                "One common queue in front of equal servers: the share that waits, and for how long.",
            ],
            takes: "Queue",
            gives: "WaitSummary",
            asked: json!({ "arrival_rate_per_s": 50, "service_time_s": 0.1, "servers": 8, "service_cv": 1 }),
            outcome: |asked| Some(json!(read::<Queue>(asked)?.wait().ok()?.summary())),
        },
        Equation {
            path: "/method/mixture",
            words: [
                "mixture",
                "Percentiles of warm and cold requests together",
                "What a share of cold starts does to the percentiles, with both durations lognormal.",
            ],
            takes: "WarmAndCold",
            gives: "Percentiles",
            asked: json!({
                "warm": { "p50_ms": 60, "p95_ms": 140 },
                "cold": { "p50_ms": 450, "p95_ms": 900 },
                "cold_start_probability": 0.02,
            }),
            outcome: |asked| Some(json!(read::<WarmAndCold>(asked)?.percentiles().ok()?)),
        },
        Equation {
            path: "/method/provisioned",
            words: [
                "provisioned",
                "How much spills over provisioned concurrency",
                "The share of requests that find all provisioned environments busy.",
            ],
            takes: "Provisioned",
            gives: "Spill",
            asked: json!({ "arrival_rate_per_s": 40, "service_time_s": 0.2, "provisioned": 12 }),
            outcome: |asked| Some(json!(read::<Provisioned>(asked)?.spill())),
        },
    ]
}

fn read<T: DeserializeOwned>(asked: Value) -> Option<T> {
    serde_json::from_value(asked).ok()
}

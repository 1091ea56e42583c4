//! The calls that compute from a system or from a list of quantities.

use model::Parts;
use model::PriceBook;
use model::bill::price_lines;
use model::example;
use model::price::Region;
use model::system::NUMBER_FIELDS;
use model::system::limits::LARGEST_COMPONENTS;
use serde_json::{Value, json};

use super::call::{Call, reference};

/// The example whose answers the document shows.
const EXAMPLE: &str = "thumbnails";
/// The smallest system there is, but for its region.
const SMALLEST: &str = "the least that can be said";

pub(super) fn calls() -> Vec<Call> {
    vec![evaluate(), break_even(), bill()]
}

/// Systems that are answered, by name.
pub(super) fn systems() -> [(&'static str, Value); 2] {
    let example = example::example(EXAMPLE).map(|example| json!(example.system));
    [
        (EXAMPLE, example.unwrap_or_default()),
        (
            SMALLEST,
            json!({
                "version": 1,
                "region": "us-east-1",
                "components": [{
                    "traffic": { "requests_per_month": 5_000_000 },
                    "work": { "duration_ms": 80 },
                }],
            }),
        ),
    ]
}

fn evaluate() -> Call {
    Call::new("post", "/evaluate", [
        "evaluate",
        "Evaluate a system",
        "The verdict, and for each component every platform with its bill, response times and limits, the break-evens, and what would flip the \
         answer. Stores nothing. What you leave out gets a stated default; the evaluation lists those it used.",
    ])
    .with(json!({
        "name": "parts",
        "in": "query",
        "description": "What to compute; everything when absent. Less takes less time.",
        "schema": { "type": "array", "items": { "type": "string", "enum": Parts::NAMES }, "minItems": 1 },
        "style": "form",
        "explode": false,
        "example": ["bill", "latency"],
    }))
    .takes("System", &systems())
    .gives(200, "The evaluation.", &reference("Evaluation"))
}

fn break_even() -> Call {
    Call::new("post", "/break-even", [
        "breakEvenOverInput",
        "Break-evens over any input",
        "Costs of all platforms while one numeric answer of a component runs from a hundredth to the hundredfold of what it is, and where their \
         order flips.",
    ])
    .with(json!({
        "name": "over",
        "in": "query",
        "required": true,
        "description": "The answer that runs, by its path.",
        "schema": { "type": "string", "pattern": paths() },
        "example": "components[0].work.cpu_ms",
    }))
    .takes("System", &systems())
    .gives(200, "Costs and break-evens.", &reference("InputBreakEvens"))
}

/// Every numeric answer of a component.
fn paths() -> String {
    let fields: Vec<String> = NUMBER_FIELDS
        .iter()
        .map(|field| field.path.replace('.', r"\."))
        .collect();
    let numbers: Vec<String> = (0..LARGEST_COMPONENTS)
        .map(|number| number.to_string())
        .collect();
    format!(
        r"^components\[({})\]\.({})$",
        numbers.join("|"),
        fields.join("|")
    )
}

fn bill() -> Call {
    let lines = [
        ("aws-lambda/request/standard", 3e6),
        ("aws-lambda/duration/arm64", 450_000.0),
    ];
    let lines = lines.map(|(id, quantity)| (id.to_owned(), quantity));
    let asked: Vec<Value> = lines
        .iter()
        .map(|(id, quantity)| json!({ "price_id": id, "quantity": quantity }))
        .collect();
    let billed = price_lines(PriceBook::embedded(), Region::UsEast1, true, &lines);
    Call::new("post", "/bill", [
        "bill",
        "Bill quantities of prices",
        "Each line through its tiers, and their sum. With `free_tier`, what AWS does not charge is credited.",
    ])
    .takes("Quantities", &[("a small function", json!({ "region": "us-east-1", "free_tier": true, "lines": asked }))])
    .gives(200, "The bill.", &reference("Bill"))
    .for_example(200, &json!(billed.ok()))
}

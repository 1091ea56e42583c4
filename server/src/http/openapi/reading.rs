//! The calls that give what the answers are made from.

use serde_json::json;

use super::call::{Call, etag, reference};

pub(super) fn calls() -> Vec<Call> {
    let examples = json!({ "type": "array", "items": reference("Example") });
    let document = json!({ "type": "object", "required": ["openapi", "paths"] });
    vec![
        Call::new(
            "get",
            "/examples",
            [
                "examples",
                "Example workloads",
                "The workloads of the home page, each with its answers: a place to start from.",
            ],
        )
        .gives_with(200, "All examples.", &examples, &etag())
        .or_not_modified(),
        Call::new(
            "get",
            "/price-book",
            [
                "priceBook",
                "The price book",
                "Every price with its tiers, region, source and date.",
            ],
        )
        .gives_with(200, "The whole book.", &reference("PriceBook"), &etag())
        .or_not_modified(),
        Call::new(
            "get",
            "/openapi.json",
            [
                "openapi",
                "This document",
                "OpenAPI 3.1, made from the types that the program reads and writes.",
            ],
        )
        .gives_with(200, "The document.", &document, &etag())
        .or_not_modified(),
    ]
}

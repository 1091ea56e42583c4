//! What was saved against what is computed today.

use app::components::since::Since;
use leptos::prelude::*;
use model::{Evaluation, Parts, PriceBook, System};

use super::{check_has, html};

fn system(slug: &str) -> System {
    let mut examples = model::example::all().iter();
    let example = examples.find(|example| example.slug == slug);
    example.expect(slug).system.clone()
}

fn evaluated(system: &System) -> Evaluation {
    let parts: Parts = "bill,latency,break_even".parse().expect("parts");
    model::evaluate(system, PriceBook::embedded(), &parts)
}

fn since(saved: Evaluation, today: Evaluation) -> String {
    html("/s/id", || {
        view! { <Since saved today saved_on="2025-03-01".to_owned() region="us-east-1".to_owned()/> }
    })
}

#[test]
fn where_nothing_has_changed_it_says_so_and_shows_no_table() {
    let saved = evaluated(&system("thumbnails"));
    let mut today = saved.clone();
    let page = since(saved.clone(), today.clone());
    check_has(&page, &["Nothing has changed since 2025-03-01", "as then"]);
    assert!(!page.contains("<table"), "{page}");
    today.price_book = "2027-01-01".to_owned();
    let page = since(saved, today);
    check_has(
        &page,
        &["Nothing has changed", "Price book 2027-01-01, then "],
    );
}

#[test]
fn a_dearer_price_is_named_with_its_source_and_both_amounts() {
    let saved = evaluated(&system("thumbnails"));
    let mut dearer = system("thumbnails");
    dearer
        .rates
        .insert("aws-lambda/request/standard".to_owned(), 4e-7);
    let page = since(saved, evaluated(&dearer));
    check_has(
        &page,
        &[
            "The same answer, AWS Lambda, now about",
            "$0.20 more",
            ">price<",
            "$0.0000004",
            "$0.0000002",
            "/prices?region=us-east-1&amp;q=aws-lambda%2Frequest%2Fstandard",
            "+$0.20",
            "The other lines",
        ],
    );
}

#[test]
fn another_answer_is_told_with_both_costs() {
    let saved = evaluated(&system("thumbnails"));
    let mut busy = system("thumbnails");
    busy.components[0].traffic.requests_per_month = Some(300_000_000.0.into());
    let page = since(saved, evaluated(&busy));
    check_has(
        &page,
        &[
            "Today the answer would be another",
            "On 2025-03-01 it was AWS Lambda, about",
            ">quantity<",
        ],
    );
}

#[test]
fn systems_of_several_parts_are_told_part_by_part() {
    let saved = evaluated(&system("shop-system"));
    let mut dearer = system("shop-system");
    dearer
        .rates
        .insert("aws-lambda/request/standard".to_owned(), 4e-6);
    dearer.components[0].name = "<script>alert(1)</script>".to_owned();
    let page = since(saved, evaluated(&dearer));
    check_has(&page, &["<h3>", "+$"]);
    assert!(!page.contains("<script>alert"), "{page}");
}

//! Method, prices and claims: what they show, what they keep, what they say is wrong.

use app::pages::{claims, method, prices};
use leptos::prelude::*;

use super::{check_has, html};

fn method_page(query: &str) -> String {
    html(
        &format!("/method?{query}"),
        || view! { <method::MethodPage/> },
    )
}

fn prices_page(query: &str) -> String {
    html(
        &format!("/prices?{query}"),
        || view! { <prices::PricesPage/> },
    )
}

fn claims_page(query: &str) -> String {
    html(
        &format!("/claims?{query}"),
        || view! { <claims::ClaimsPage/> },
    )
}

fn check_lacks(page: &str, unexpected: &[&str]) {
    for text in unexpected {
        assert!(!page.contains(text), "{text} is in\n{page}");
    }
}

#[test]
fn the_method_has_an_anchor_for_every_link_to_it() {
    let page = method_page("");
    for anchor in [
        "week",
        "bill",
        "functions",
        "capacity",
        "cold-starts",
        "waiting",
        "percentiles",
        "break-even",
        "not-modelled",
    ] {
        check_has(
            &page,
            &[&format!("id=\"{anchor}\""), &format!("href=\"#{anchor}\"")],
        );
    }
}

#[test]
fn every_formula_is_set_with_its_words_beside_it() {
    let page = method_page("");
    let formulas = page.matches("<math display=\"block\"").count();
    assert!(formulas >= 13, "{formulas} formulas");
    assert_eq!(page.matches("alttext=\"").count(), formulas);
    assert_eq!(page.matches("<figcaption>").count(), formulas);
    check_lacks(&page, &[" style=", "NaN"]);
}

#[test]
fn an_equation_is_computed_for_what_was_typed() {
    // One erlang on one environment: half of the requests spill.
    let page = method_page(
        "provisioned.arrival_rate_per_s=1&provisioned.service_time_s=1&provisioned.provisioned=1",
    );
    check_has(&page, &["50 %"]);
    // 120,000 requests a month earn back $60 at $500 a million.
    let page = method_page(
        "break-even.functions_per_million=500&break-even.containers_fixed=60&break-even.containers_per_million=0",
    );
    check_has(&page, &["120,000 a month", "about $60.00"]);
    let page =
        method_page("functions.duration_ms=200&functions.cpu_ms=0&functions.architecture=x86_64");
    check_has(&page, &["$18.67"]);
}

#[test]
fn a_bad_value_is_named_beside_its_field_and_nothing_typed_is_lost() {
    for (query, expected) in [
        (
            "cold-starts.arrival_rate_per_s=lots&waiting.servers=9",
            &["is not a number: lots", "value=\"lots\"", "value=\"9\""][..],
        ),
        ("waiting.servers=2", &["cannot keep up"]),
        ("waiting.servers=1.5", &["must be a whole number"]),
        ("provisioned.provisioned=-1", &["must be a whole number"]),
        (
            "percentiles.cold_start_pct=200",
            &["must be between 0 and 100"],
        ),
        ("bill.price_id=nothing", &["is none of the price book"]),
        ("bill.quantity=-1", &["must be 0 or more"]),
        ("functions.cpu_ms=-1", &["aria-invalid=\"true\""]),
        ("functions.region=mars", &["must be one of the list"]),
        ("week.peak_to_mean=1..5", &["takes one number, not a range"]),
        ("capacity.wall_ms=1e12", &["must be between"]),
        ("commitments.hours=800", &["must be between 0 and 730"]),
    ] {
        let page = method_page(query);
        check_has(&page, expected);
        check_has(
            &page,
            &["Not computed: see the field above", "aria-invalid"],
        );
    }
}

#[test]
fn what_is_typed_into_a_form_stays_text_and_strangers_are_not_carried() {
    let script = "%3Cscript%3Ealert(1)%3C/script%3E";
    for page in [
        method_page(&format!(
            "bill.price_id={script}&week.requests_per_month={script}&x={script}"
        )),
        prices_page(&format!(
            "q={script}&product={script}&region={script}&page={script}"
        )),
        claims_page(&format!(
            "instance_type={script}&requests={script}&covered_pct={script}"
        )),
    ] {
        check_lacks(&page, &["<script>alert", "name=\"x\""]);
    }
}

#[test]
fn prices_are_found_by_all_of_the_words_in_a_region() {
    let page = prices_page("q=lambda+arm64+duration&region=eu-west-1");
    check_has(
        &page,
        &["id=\"aws-lambda/duration/arm64\"", "Europe (Ireland)"],
    );
    check_lacks(&page, &["aws-lambda/duration/x86-64"]);
    check_has(&prices_page("q=no-such-thing"), &["No prices", "match"]);
}

#[test]
fn a_price_says_how_old_it_is_and_only_stale_ones_are_listed_when_asked_for() {
    let page = prices_page("q=amazon-api-gateway/http-api/request");
    check_has(&page, &["2025-11-02", "387 days old", ">stale<"]);
    let stale = prices_page("stale=1&region=all");
    check_has(&stale, &["stale prices in every region"]);
    let rows = stale.matches("days old").count();
    assert_eq!(rows, stale.matches(">stale<").count());
}

#[test]
fn the_whole_book_is_in_its_pages_with_what_has_no_rate() {
    let all = model::PriceBook::embedded().entries().count();
    let pages: Vec<String> = (1..=all.div_ceil(300))
        .map(|page| prices_page(&format!("region=all&page={page}")))
        .collect();
    for price in model::PriceBook::embedded().entries() {
        let id = format!("<code>{}</code>", price.id);
        assert!(pages.iter().any(|page| page.contains(&id)), "{id}");
    }
    for one in model::PriceBook::embedded().unpriced() {
        check_has(
            &pages[pages.len() - 1],
            &[&one.id, "Without a published rate"],
        );
    }
    check_has(&prices_page("page=999999"), &["Amazon"]);
}

#[test]
fn each_claim_has_its_verdict_and_its_figures() {
    let page = claims_page("");
    check_has(
        &page,
        &[
            "10 million invocations with 512 MB cost about $800 a month",
            "one invocation runs 9.58 s",
            "18.67",
            "18.2 GB",
            "A VPC adds 500 ms to 2 s",
            "0 ms to 230 ms were measured",
            "Under 100 ms with a tree-shaken bundle",
            "cover 90 % of cases",
            "10 times the traffic at its peak",
        ],
    );
    assert_eq!(page.matches("<h2 id=").count(), 9);
    check_lacks(&page, &["NaN", "Not computed", " style="]);
}

#[test]
fn a_claim_follows_its_inputs() {
    check_has(
        &claims_page("claimed_usd=1"),
        &["which no function may run"],
    );
    check_has(&claims_page("cpu_share=2"), &["share their memory"]);
    check_has(&claims_page("covered_pct=1"), &["Holds: "]);
    check_has(
        &claims_page("network_from_ms=0&network_to_ms=300"),
        &["that is what was measured"],
    );
    check_has(&claims_page("peak_requests=500M"), &["500 million, yours"]);
}

#[test]
fn one_bad_claim_leaves_the_others_standing() {
    for query in [
        "requests=lots",
        "requests=0",
        "instance_type=nope",
        "crossover_from=5M",
        "cpu_share=200",
        "network_from_ms=5000",
        "small_ms=-1",
        "peak_hours=1.5",
        "peak_duration_ms=1e11",
        "covered_pct=900",
        "region=mars",
    ] {
        let page = claims_page(query);
        check_has(&page, &["not computed", "aria-invalid=\"true\""]);
        check_has(&page, &["cover", "A VPC adds", "The crossover is at"]);
    }
}

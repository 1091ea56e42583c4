//! `breakeven evaluate`.

use super::support::{SYSTEM, check};

#[test]
fn it_evaluates_what_it_is_given() {
    check(&["evaluate", "-"], SYSTEM, 0, "\"verdict\"", "");
    check(
        &["evaluate", "-", "--format", "table"],
        SYSTEM,
        0,
        "USD a month",
        "",
    );
    check(
        &["evaluate", "--format=json", "-"],
        SYSTEM,
        0,
        "\"aws-lambda\"",
        "",
    );
}

#[test]
fn bad_input_ends_with_2_and_names_the_field() {
    let negative = SYSTEM.replace("120", "-120");
    check(
        &["evaluate", "-"],
        &negative,
        2,
        "",
        "components[0].work.duration_ms",
    );
    check(
        &["evaluate", "-"],
        &SYSTEM.replace("duration_ms", "duration"),
        2,
        "",
        "components[0].work.duration",
    );
    check(&["evaluate", "-"], "{", 2, "", "-:");
    check(&["evaluate", "/no/such/file"], "", 2, "", "/no/such/file");
    check(
        &["evaluate", "-", "--prices", "/no/such/folder"],
        SYSTEM,
        2,
        "",
        "/no/such/folder",
    );
    check(&["evaluate", "-", "--format", "pdf"], "", 2, "", "pdf");
    check(&["nonsense"], "", 2, "", "nonsense");
    check(
        &["serve", "--public-url", "example.com"],
        "",
        2,
        "",
        "public-url",
    );
}

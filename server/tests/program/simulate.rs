//! `breakeven simulate`.

use super::support::{SYSTEM, check};

#[test]
fn it_simulates_lambda_on_demand_unless_told_otherwise() {
    check(
        &["simulate", "-", "--months", "0.05"],
        SYSTEM,
        0,
        "AWS Lambda",
        "",
    );
    check(
        &[
            "simulate",
            "-",
            "--months=0.05",
            "--seed=7",
            "--platform=aws-fargate",
            "--platform=aws-ec2",
            "--format=json",
        ],
        SYSTEM,
        0,
        "\"platform\": \"aws-fargate\"",
        "",
    );
}

#[test]
fn bad_input_ends_with_2_and_names_the_field() {
    for (arguments, named) in [
        (["simulate", "-", "--months", "99"], "months"),
        (["simulate", "-", "--platform", "nowhere"], "platforms[0]"),
        (["simulate", "-", "--replications", "0"], "replications"),
        (["simulate", "-", "--seed", "9007199254740992"], "seed"),
        (
            ["simulate", "-", "--series", "/no/such/file"],
            "/no/such/file",
        ),
    ] {
        check(&arguments, SYSTEM, 2, "", named);
    }
    check(
        &["simulate", "-"],
        &SYSTEM.replace("120", "-120"),
        2,
        "",
        "components[0].work.duration_ms",
    );
}

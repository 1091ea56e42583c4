use super::*;

fn check(text: &str, step: Step, step_s: f64, counts: &[u32]) {
    let expected = Series::new(step_s, counts.to_vec());
    assert_eq!(Series::parse(text, step), Ok(expected), "{text:?}");
}

#[test]
fn a_number_a_line_is_counted_per_the_given_step() {
    check("1\n2\n3\n", Step::Second, 1.0, &[1, 2, 3]);
    check("1\n2\n3", Step::Minute, 60.0, &[1, 2, 3]);
    check("1\n0\n", Step::Hour, 3600.0, &[1, 0]);
}

#[test]
fn what_people_export_is_read() {
    check("requests\n5\n", Step::Second, 1.0, &[5]);
    check(
        "\u{feff}# mine\r\n\r\n 7 \r\n8.0\r\n",
        Step::Second,
        1.0,
        &[7, 8],
    );
    check("time,count\n60,5\n120,6\n", Step::Second, 60.0, &[5, 6]);
    check("\"0\";\"5\"\n\"3600\";\"6\"", Step::Second, 3600.0, &[5, 6]);
    let iso = "Timestamp\tSum\n2026-11-02T08:00:00Z\t5\n2026-11-02T08:05:00Z\t1e3\n";
    check(iso, Step::Hour, 300.0, &[5, 1000]);
    check("2026-11-02T08:00:00Z,5\n", Step::Minute, 60.0, &[5]);
}

fn refused(text: &str, line: usize, word: &str) {
    let error = Series::parse(text, Step::Minute).expect_err(text);
    assert_eq!(error.line, line, "{error}");
    assert!(error.problem.contains(word), "{error}");
}

#[test]
fn a_bad_line_is_named_with_what_is_wrong() {
    refused("", 1, "ends before");
    refused("# nothing\n\n", 3, "ends before");
    refused("1\n-2\n", 2, "negative");
    refused("1\n\n# x\ntwo\n", 4, "not a number");
    refused("1\nNaN\n", 2, "not a number");
    refused("NaN\n", 1, "not a number");
    refused("1.5\n", 1, "whole");
    refused("1\n2e9\n", 2, "too large");
    refused("1,2,3\n", 1, "fields");
    refused("0,1\n5\n", 2, "lacks the timestamp");
    refused("5\n0,1\n", 2, "unlike");
    refused("0,1\n60,1\n180,1\n", 3, "gap");
    refused("0,1\n60,1\n90,1\n", 3, "too close");
    refused("0,1\n60,1\n30,1\n", 3, "does not come after");
    refused("60,1\n60,1\n", 2, "does not come after");
    refused("0,1\n0.2,1\n", 2, "want intervals");
    refused("0,1\n100000,1\n", 2, "want intervals");
    refused("noon,5\n", 1, "no timestamp");
    refused(
        &"1\n".repeat(MOST_INTERVALS + 1),
        MOST_INTERVALS + 1,
        "too many",
    );
}

#[test]
fn a_series_knows_its_length_and_rate() {
    let series = Series::new(60.0, vec![30, 90]);
    assert!((series.seconds() - 120.0).abs() < 1e-9);
    assert!((series.rate_per_s() - 1.0).abs() < 1e-12);
    assert_eq!(series.total(), 120);
}

//! What was typed, said back in the words that help to judge it.

use model::system::Answer;

use super::number::{Measure, read};
use super::pairs::Pairs;
use crate::format;

const REQUESTS: &str = "traffic.requests_per_month";
const DURATION: &str = "work.duration_ms";
const SECONDS_A_MONTH: f64 = 730.0 * 3_600.0;
/// Below this many a second the time between two says more.
const SELDOM: f64 = 0.1;

fn answer(path: &str, pairs: &Pairs) -> Option<Answer> {
    let whole = pairs.last(DURATION).filter(|_| path != DURATION);
    let whole = whole.and_then(|text| read(text, Measure::Ms, None).ok());
    read(pairs.last(path)?, Measure::of(path), whole).ok()
}

/// The typical value of a number that was typed and can be read.
pub(crate) fn read_typed(path: &str, pairs: &Pairs) -> Option<f64> {
    answer(path, pairs).map(Answer::typical)
}

/// A conversion that helps: requests a second, the middle of a range, a share as a time.
pub(crate) fn echo(path: &str, pairs: &Pairs) -> Option<String> {
    let answer = answer(path, pairs)?;
    let typed = pairs.last(path)?;
    match answer {
        _ if path == REQUESTS => per_second(answer),
        Answer::Exact(ms) if path.ends_with("_ms") && typed.ends_with('%') => Some(format::ms(ms)),
        Answer::Range { low, typical, high } if path.ends_with("_ms") => Some(format!(
            "{}, from {} to {}",
            format::ms(typical),
            format::ms(low),
            format::ms(high)
        )),
        Answer::Range { low, typical, high } => Some(format!(
            "{}, from {} to {}",
            format::count(typical),
            format::count(low),
            format::count(high)
        )),
        Answer::Exact(_) => None,
    }
}

/// Requests a month as a rate: `0.38 a second on average`, or `one every 26 s on average`.
pub(crate) fn per_second(answer: Answer) -> Option<String> {
    let rate = |requests: f64| format::count(format::significant(requests / SECONDS_A_MONTH, 2));
    let typical = answer.typical() / SECONDS_A_MONTH;
    if typical.is_nan() || typical <= 0.0 {
        return None;
    }
    Some(match answer {
        Answer::Range { low, high, .. } => {
            format!("{} to {} a second on average", rate(low), rate(high))
        }
        Answer::Exact(_) if typical < SELDOM => {
            format!("one every {} on average", format::ms(1_000.0 / typical))
        }
        Answer::Exact(requests) => format!("{} a second on average", rate(requests)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, path: &str, expected: Option<&str>) {
        assert_eq!(
            echo(path, &Pairs::parse(query)).as_deref(),
            expected,
            "{query}"
        );
    }

    #[test]
    fn conversions_are_said_back() {
        check(
            "traffic.requests_per_month=1M",
            REQUESTS,
            Some("0.38 a second on average"),
        );
        check(
            "traffic.requests_per_month=50/s",
            REQUESTS,
            Some("50 a second on average"),
        );
        check(
            "traffic.requests_per_month=1000",
            REQUESTS,
            Some("one every 44 min on average"),
        );
        check(
            "traffic.requests_per_month=1M..4M",
            REQUESTS,
            Some("0.38 to 1.5 a second on average"),
        );
        check("traffic.requests_per_month=0", REQUESTS, None);
        check("traffic.requests_per_month=lots", REQUESTS, None);
        check(
            "work.duration_ms=200&work.cpu_ms=25%25",
            "work.cpu_ms",
            Some("50 ms"),
        );
        check("work.cpu_ms=25%25", "work.cpu_ms", None);
        check(
            "work.duration_ms=100..400",
            DURATION,
            Some("200 ms, from 100 ms to 400 ms"),
        );
        check("work.duration_ms=100", DURATION, None);
    }
}

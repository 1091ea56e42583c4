//! Numbers as people type them: `5k`, `2M`, `1.5s`, `100/s`, `100..400`.

use model::system::Answer;

use crate::format::significant;

/// What a number is a number of; decides which endings it may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// Milliseconds.
    Ms,
    /// Seconds.
    S,
    /// Minutes.
    Minutes,
    /// Megabytes.
    Mb,
    /// Kilobytes.
    Kb,
    /// Gigabytes.
    Gb,
    /// Requests a month.
    PerMonth,
    /// Anything else.
    Plain,
}

const HOURS_A_MONTH: f64 = 730.0;

impl Measure {
    pub(super) fn of(path: &str) -> Self {
        match path {
            "traffic.requests_per_month" => Self::PerMonth,
            _ if path.ends_with("_ms") => Self::Ms,
            _ if ["keep_alive_s", "within_s", "_time_s"]
                .iter()
                .any(|end| path.ends_with(end)) =>
            {
                Self::S
            }
            "minutes" => Self::Minutes,
            _ if path.ends_with("_mb") => Self::Mb,
            _ if path.ends_with("_kb") => Self::Kb,
            _ if path.ends_with("_gb") => Self::Gb,
            _ => Self::Plain,
        }
    }

    /// Endings and what they multiply by. The binary steps are those of the price lists.
    const fn endings(self) -> &'static [(&'static str, f64)] {
        match self {
            Self::Ms => &[
                ("", 1.0),
                ("ms", 1.0),
                ("s", 1e3),
                ("sec", 1e3),
                ("m", 6e4),
                ("min", 6e4),
                ("h", 3.6e6),
                ("d", 8.64e7),
            ],
            Self::S => &[
                ("", 1.0),
                ("s", 1.0),
                ("sec", 1.0),
                ("m", 60.0),
                ("min", 60.0),
                ("h", 3600.0),
                ("ms", 1e-3),
            ],
            Self::Minutes => &[
                ("", 1.0),
                ("m", 1.0),
                ("min", 1.0),
                ("h", 60.0),
                ("d", 1_440.0),
                ("s", 1.0 / 60.0),
            ],
            Self::Mb => &[
                ("", 1.0),
                ("mb", 1.0),
                ("mib", 1.0),
                ("gb", 1024.0),
                ("gib", 1024.0),
                ("kb", 1.0 / 1024.0),
            ],
            Self::Kb => &[
                ("", 1.0),
                ("kb", 1.0),
                ("kib", 1.0),
                ("mb", 1024.0),
                ("mib", 1024.0),
                ("gb", 1_048_576.0),
            ],
            Self::Gb => &[
                ("", 1.0),
                ("gb", 1.0),
                ("gib", 1.0),
                ("tb", 1024.0),
                ("mb", 1.0 / 1024.0),
            ],
            Self::PerMonth => &[
                ("", 1.0),
                ("/s", HOURS_A_MONTH * 3600.0),
                ("/sec", HOURS_A_MONTH * 3600.0),
                ("/second", HOURS_A_MONTH * 3600.0),
                ("/min", HOURS_A_MONTH * 60.0),
                ("/minute", HOURS_A_MONTH * 60.0),
                ("/h", HOURS_A_MONTH),
                ("/hour", HOURS_A_MONTH),
                ("/d", HOURS_A_MONTH / 24.0),
                ("/day", HOURS_A_MONTH / 24.0),
                ("/week", HOURS_A_MONTH / 168.0),
                ("/mo", 1.0),
                ("/month", 1.0),
                ("/year", 1.0 / 12.0),
            ],
            Self::Plain => &[("", 1.0), ("%", 1.0), ("x", 1.0), ("$", 1.0)],
        }
    }
}

/// Thousands, millions, billions; a small `m` is a minute where that can be meant.
fn scale(text: &str, measure: Measure) -> (&str, f64) {
    for (ending, factor) in [
        ("k", 1e3),
        ("K", 1e3),
        ("M", 1e6),
        ("G", 1e9),
        ("B", 1e9),
        ("bn", 1e9),
        ("mio", 1e6),
    ] {
        if let Some(rest) = text.strip_suffix(ending) {
            return (rest, factor);
        }
    }
    match text.strip_suffix('m') {
        Some(rest) if !matches!(measure, Measure::Ms | Measure::S | Measure::Minutes) => {
            (rest, 1e6)
        }
        _ => (text, 1.0),
    }
}

/// Reads a number or a range. `whole` is what a share such as `25%` is a share of.
pub(super) fn read(text: &str, measure: Measure, whole: Option<Answer>) -> Result<Answer, String> {
    let parts: Vec<&str> = text.split("..").map(str::trim).collect();
    let one = |part: &str| single(part, measure, whole);
    match parts[..] {
        [value] => match (value.strip_suffix('%'), whole) {
            (Some(share), Some(Answer::Range { low, typical, high })) if measure == Measure::Ms => {
                let share = plain(share)? / 100.0;
                Ok(Answer::Range {
                    low: low * share,
                    typical: typical * share,
                    high: high * share,
                })
            }
            _ => one(value).map(Answer::Exact),
        },
        [low, high] => {
            let (low, high) = (one(low)?, one(high)?);
            // The middle of a range whose ends differ by a factor is their geometric mean.
            let middle = if low > 0.0 {
                (low * high).sqrt()
            } else {
                f64::midpoint(low, high)
            };
            let typical = significant(middle, 3).clamp(low.min(high), low.max(high));
            Ok(Answer::Range { low, typical, high })
        }
        [low, typical, high] => Ok(Answer::Range {
            low: one(low)?,
            typical: one(typical)?,
            high: one(high)?,
        }),
        _ => Err("may have at most three numbers: low..typical..high".to_owned()),
    }
}

fn single(text: &str, measure: Measure, whole: Option<Answer>) -> Result<f64, String> {
    if measure == Measure::Ms
        && let Some(share) = text.strip_suffix('%')
    {
        let whole = whole.ok_or("is a share of the duration, which is not known yet")?;
        return Ok(plain(share)? / 100.0 * whole.typical());
    }
    let compact: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '_')
        .collect();
    let compact = compact.strip_prefix('$').unwrap_or(&compact);
    // The longest ending first, so that `min` is not read as `n`.
    let mut endings: Vec<_> = measure.endings().to_vec();
    endings.sort_by_key(|(ending, _)| std::cmp::Reverse(ending.len()));
    for (ending, factor) in endings {
        let Some(cut) = compact
            .len()
            .checked_sub(ending.len())
            .filter(|cut| compact.is_char_boundary(*cut))
        else {
            continue;
        };
        let (rest, found) = compact.split_at(cut);
        let exact = found == ending
            || (found.eq_ignore_ascii_case(ending) && !(measure == Measure::Ms && ending == "m"));
        if !exact {
            continue;
        }
        let (digits, thousands) = scale(rest, measure);
        match plain(digits) {
            Ok(value) => return Ok(value * thousands * factor),
            // A comma is to blame, whatever the unit: say so.
            Err(refused) if digits.contains(',') => return Err(refused),
            Err(_) => {}
        }
    }
    Err(format!("is not a number: {text:.60}"))
}

/// Digits with a point; commas only between thousands.
fn plain(text: &str) -> Result<f64, String> {
    let text = text.trim();
    let refuse = || format!("is not a number: {text:.60}");
    if let Some((first, rest)) = text.split_once(',') {
        let groups = rest.split('.').next().unwrap_or_default();
        if first.is_empty() || !groups.split(',').all(|group| group.len() == 3) {
            return Err(format!(
                "has a comma; write a point before decimals: {text:.60}"
            ));
        }
    }
    let digits: String = text.chars().filter(|letter| *letter != ',').collect();
    let named = digits.bytes().any(|byte| byte.is_ascii_digit());
    let value: f64 = digits.parse().map_err(|_| refuse())?;
    if named && value.is_finite() {
        Ok(value)
    } else {
        Err(refuse())
    }
}

/// An answer as text that [`read`] turns into the same bits.
pub(crate) fn written(answer: Answer) -> String {
    match answer {
        Answer::Exact(value) => format!("{value}"),
        Answer::Range { low, typical, high } => format!("{low}..{typical}..{high}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, path: &str, expected: f64) {
        let answer = read(text, Measure::of(path), Some(Answer::Exact(200.0)));
        assert_eq!(answer, Ok(Answer::Exact(expected)), "{text}");
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        check("5k", "traffic.requests_per_month", 5_000.0);
        check("2M", "traffic.requests_per_month", 2_000_000.0);
        check("2m", "traffic.requests_per_month", 2_000_000.0);
        check("1,500,000", "traffic.requests_per_month", 1_500_000.0);
        check("1 500 000", "traffic.requests_per_month", 1_500_000.0);
        check("10/s", "traffic.requests_per_month", 26_280_000.0);
        check("3000/min", "traffic.requests_per_month", 131_400_000.0);
        check("2M/day", "traffic.requests_per_month", 2e6 * 730.0 / 24.0);
        check("24/hour", "traffic.requests_per_month", 17_520.0);
        check("5 / second", "traffic.requests_per_month", 13_140_000.0);
        check("7k/month", "traffic.requests_per_month", 7_000.0);
        check("12M/year", "traffic.requests_per_month", 1e6);
        check("1.5h", "minutes", 90.0);
        check("5 min", "arrives_within_s", 300.0);
        check("2k/h", "traffic.requests_per_month", 1_460_000.0);
        check("1.5s", "work.duration_ms", 1_500.0);
        check("2 min", "work.duration_ms", 120_000.0);
        check("2m", "work.duration_ms", 120_000.0);
        check("120 ms", "work.duration_ms", 120.0);
        check("25%", "work.cpu_ms", 50.0);
        check("1.5 GB", "work.request_memory_mb", 1_536.0);
        check("1e6", "traffic.requests_per_month", 1e6);
        check("-3", "traffic.growth_per_month_pct", -3.0);
        check("5 %", "traffic.growth_per_month_pct", 5.0);
    }

    #[test]
    fn ranges_have_their_geometric_mean_in_the_middle() {
        let read = |text| read(text, Measure::Ms, None);
        assert_eq!(
            read("100..400"),
            Ok(Answer::Range {
                low: 100.0,
                typical: 200.0,
                high: 400.0
            })
        );
        assert_eq!(
            read("100 .. 150 .. 400"),
            Ok(Answer::Range {
                low: 100.0,
                typical: 150.0,
                high: 400.0
            })
        );
        assert_eq!(
            read("0..10"),
            Ok(Answer::Range {
                low: 0.0,
                typical: 5.0,
                high: 10.0
            })
        );
        assert_eq!(
            read("1s..2s"),
            Ok(Answer::Range {
                low: 1000.0,
                typical: 1410.0,
                high: 2000.0
            })
        );
    }

    #[test]
    fn what_is_no_number_is_said_so() {
        for text in [
            "",
            "fast",
            "1,5",
            "NaN",
            "inf",
            "1..2..3..4",
            "..",
            "5 bananas",
            "25%",
            "ü",
            "ms",
        ] {
            assert!(read(text, Measure::Ms, None).is_err(), "{text}");
        }
    }

    #[test]
    fn a_comma_for_a_point_is_said_to_be_one() {
        let refused = read("1,5 s", Measure::Ms, None).expect_err("a comma");
        assert!(refused.contains("write a point"), "{refused}");
    }
}

//! Points in time as tables write them.

/// Seconds since 1970-01-01 00:00 UTC.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Timestamp(pub(super) f64);

/// Epoch times above this are in milliseconds; in seconds it is the year 5138.
const MILLISECONDS_FROM: f64 = 1e11;

/// From ISO 8601 (`2026-11-02T08:00:00Z`, `2026-11-02 08:00`, with fraction or offset, UTC if
/// there is none), or seconds or milliseconds since 1970.
pub(super) fn parse(text: &str) -> Result<Timestamp, String> {
    let wrong = || format!("{text:?} is no timestamp: want 2026-11-02T08:00:00Z or seconds");
    if let Ok(number) = text.parse::<f64>() {
        return match number {
            _ if !number.is_finite() || number < 0.0 => Err(wrong()),
            _ if number >= MILLISECONDS_FROM => Ok(Timestamp(number / 1000.0)),
            _ => Ok(Timestamp(number)),
        };
    }
    iso(text).map(Timestamp).ok_or_else(wrong)
}

fn iso(text: &str) -> Option<f64> {
    let (date, rest) = text.split_at_checked(10)?;
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    if !(1..=12).contains(&month) || !(1..=days_of(year, month)).contains(&day) {
        return None;
    }
    let midnight = f64::from(days_since_1970(year, month, day)) * 86_400.0;
    if rest.is_empty() {
        return Some(midnight);
    }
    let time = rest.strip_prefix(['T', 't', ' '])?;
    let zone = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (time, zone) = time.split_at(zone);
    Some(midnight + of_day(time.trim_end())? - offset(zone)?)
}

/// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.fraction`, in seconds.
fn of_day(time: &str) -> Option<f64> {
    let (time, fraction) = match time.split_once(['.', ',']) {
        Some((time, digits)) if digits.bytes().all(|b| b.is_ascii_digit()) => {
            (time, format!("0.{digits}").parse::<f64>().ok()?)
        }
        Some(_) => return None,
        None => (time, 0.0),
    };
    let [hours, minutes, seconds] = match time.len() {
        5 => numbers(time, ':', [2, 2]).map(|[h, m]| [h, m, 0])?,
        _ => numbers(time, ':', [2, 2, 2])?,
    };
    let valid = hours < 24 && minutes < 60 && seconds <= 60;
    valid.then(|| f64::from(hours * 3600 + minutes * 60 + seconds) + fraction)
}

/// `Z`, nothing, `+hh:mm`, `-hhmm` or `+hh`, in seconds.
fn offset(zone: &str) -> Option<f64> {
    if zone.is_empty() || zone.eq_ignore_ascii_case("z") {
        return Some(0.0);
    }
    let sign = if zone.starts_with('-') { -1.0 } else { 1.0 };
    let digits = zone[1..].replace(':', "");
    let [hours, minutes] = match digits.len() {
        2 => numbers(&digits, ':', [2]).map(|[h]| [h, 0])?,
        4 => [
            numbers(&digits[..2], ':', [2])?[0],
            numbers(&digits[2..], ':', [2])?[0],
        ],
        _ => return None,
    };
    (hours < 24 && minutes < 60).then(|| sign * f64::from(hours * 3600 + minutes * 60))
}

/// So many numbers of so many digits each, parted by one sign.
fn numbers<const N: usize>(text: &str, between: char, digits: [usize; N]) -> Option<[i32; N]> {
    let mut parts = text.split(between);
    let mut numbers = [0; N];
    for (number, digits) in numbers.iter_mut().zip(digits) {
        let part = parts.next()?;
        let plain = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
        *number = plain.then(|| part.parse().ok())??;
    }
    parts.next().is_none().then_some(numbers)
}

fn days_of(year: i32, month: i32) -> i32 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 in the Gregorian calendar; years count from March.
///
/// Reference: H. Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`.
fn days_since_1970(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_are_seconds_since_1970() {
        for (text, seconds) in [
            ("0", 0.0),
            ("1793606400", 1_793_606_400.0),
            ("1793606400000", 1_793_606_400.0),
            ("1970-01-01", 0.0),
            ("2000-03-01T00:00:00Z", 951_868_800.0),
            ("2026-11-02T08:00:00Z", 1_793_606_400.0),
            ("2026-11-02 08:00", 1_793_606_400.0),
            ("2026-11-02T10:00:00+02:00", 1_793_606_400.0),
            ("2026-11-02T03:30:00.250-0430", 1_793_606_400.25),
            ("2026-11-02t09:00:00 +01", 1_793_606_400.0),
            ("2024-02-29", 1_709_164_800.0),
        ] {
            assert_eq!(parse(text), Ok(Timestamp(seconds)), "{text}");
        }
    }

    #[test]
    fn what_is_no_timestamp_is_refused() {
        for text in [
            "",
            "yesterday",
            "NaN",
            "-5",
            "2026-13-01",
            "2026-02-29",
            "2026-1-1",
            "20261102",
            "2026-11-02X08:00",
            "2026-11-02T25:00",
            "2026-11-02T08:60",
            "2026-11-02T08:00:00+1",
            "2026-11-02T08:00:00.x",
            "2026-11-02T",
            "2026-11-0é",
        ] {
            let number = text.parse::<f64>().is_ok_and(|n| n.is_finite() && n >= 0.0);
            assert!(number || parse(text).is_err(), "{text}");
        }
    }
}

//! How old a figure is, and when it should be looked up again. Today is an argument.

use super::is_iso_date;

/// A price older than this should be looked up again: a year.
pub const STALE_AFTER_DAYS: i64 = DAYS_PER_YEAR;

const DAYS_PER_YEAR: i64 = 365;
const MONTHS_PER_YEAR: usize = 12;
const MONTH_LENGTHS: [i64; MONTHS_PER_YEAR] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/// Every fourth year is a leap year, but not each hundredth, unless it is a four-hundredth.
const LEAP_YEARS: [i64; 3] = [4, 100, 400];

/// How many days before `today` the last day of an ISO date (`2026`, `2026-09`, `2026-09-11`) was;
/// 0 for what is not over yet. `None` where either is no date, or `today` is none of one day.
#[must_use]
pub fn age_in_days(as_of: &str, today: &str) -> Option<i64> {
    let exact = today.split('-').count() == 3;
    let (day, today) = (last_day(as_of)?, last_day(today).filter(|_| exact)?);
    Some((today - day).max(0))
}

/// Whether a figure of this date should be looked up again; one without a date always.
#[must_use]
pub fn is_stale(as_of: &str, today: &str) -> bool {
    age_in_days(as_of, today).is_none_or(|days| days > STALE_AFTER_DAYS)
}

/// The last day that an ISO date may mean, counted from the beginning of the calendar.
fn last_day(date: &str) -> Option<i64> {
    if !is_iso_date(date) {
        return None;
    }
    let mut parts = date.split('-').map(str::parse::<usize>);
    let year = i64::try_from(parts.next()?.ok()?).ok()?;
    let month = parts.next().map_or(Some(MONTHS_PER_YEAR), Result::ok)?;
    let mut lengths = MONTH_LENGTHS;
    lengths[1] += i64::from(is_leap(year));
    let before: i64 = lengths.iter().take(month - 1).sum();
    let day = match parts.next() {
        Some(day) => i64::try_from(day.ok()?).ok()?,
        None => lengths[month - 1],
    };
    let [each, century, era] = LEAP_YEARS.map(|years| (year - 1) / years);
    Some((year - 1) * DAYS_PER_YEAR + each - century + era + before + day)
}

fn is_leap(year: i64) -> bool {
    let [each, century, era] = LEAP_YEARS.map(|years| year % years == 0);
    each && (!century || era)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn age_counts_from_the_last_day_that_is_meant() {
        for (as_of, expected) in [
            ("2026-11-23", Some(0)),
            ("2026-11", Some(0)),
            ("2026", Some(0)),
            ("2026-10", Some(23)),
            ("2025-11-23", Some(365)),
            ("2025", Some(327)),
            ("2024-02", Some(998)),
            ("2024-02-29", Some(998)),
            ("2024-03-01", Some(997)),
            ("", None),
            ("2026-13", None),
            ("2026-02-30", None),
        ] {
            assert_eq!(age_in_days(as_of, "2026-11-23"), expected, "{as_of}");
        }
    }

    #[test]
    fn a_year_is_not_stale_yet_and_no_date_is() {
        for (as_of, expected) in [("2025-11-23", false), ("2025-11-22", true), ("", true)] {
            assert_eq!(is_stale(as_of, "2026-11-23"), expected, "{as_of}");
        }
        assert!(is_stale("2026", "someday") && is_stale("2026", "2026-11"));
    }
}

//! Numbers as people say them, for the sentences that the model writes.
//!
//! Precision that is not there is not shown: whole dollars from $100 on, cents below,
//! three digits of a count.

use crate::math;

/// "$41.20", "$1,234": cents below $100, whole dollars from there.
#[must_use]
pub fn usd(value: f64) -> String {
    if value == 0.0 {
        "$0".to_owned()
    } else if value < 99.995 {
        format!("${value:.2}")
    } else {
        format!("${}", grouped(math::round(value)))
    }
}

/// A count: "950", "12,300", "1.5 million", "31.4 million": three significant digits.
#[must_use]
pub fn count(value: f64) -> String {
    let size = value.abs();
    let (scaled, word) = match size {
        _ if size >= 1e12 => (value / 1e12, " trillion"),
        _ if size >= 1e9 => (value / 1e9, " billion"),
        _ if size >= 0.9995e6 => (value / 1e6, " million"),
        _ if size >= 1e3 => return grouped(significant(value, 3)),
        _ => (value, ""),
    };
    let scaled = significant(scaled, 3);
    if scaled.abs() >= 1e3 {
        return format!("{}{word}", grouped(scaled));
    }
    format!("{}{word}", trimmed(scaled, 6))
}

/// "0.4", "7.5", "12": one decimal below ten, none for whole numbers.
#[must_use]
pub fn short(value: f64) -> String {
    let tenths = math::round(value * 10.0) / 10.0;
    if value >= 1e3 {
        grouped(value)
    } else if value >= 10.0 || (tenths - math::round(tenths)).abs() <= 0.0 && tenths >= 1.0 {
        format!("{value:.0}")
    } else if value >= 0.1 || value == 0.0 {
        format!("{tenths}")
    } else {
        format!("{value:.2}")
    }
}

/// "8.1 ms", "120 ms", "2.3 s", "14 min".
#[must_use]
pub fn milliseconds(value: f64) -> String {
    if value < 0.1 {
        format!("{value:.3} ms")
    } else if value < 10.0 {
        format!("{value:.1} ms")
    } else if value < 999.5 {
        format!("{value:.0} ms")
    } else if value < 119_950.0 {
        format!("{} s", short(value / 1e3))
    } else {
        format!("{:.0} min", value / 6e4)
    }
}

/// A share: "0.03 %", "0.19 %", "1.2 %", "37 %".
#[must_use]
pub fn percent(share: f64) -> String {
    let percent = share * 100.0;
    let decimals = match percent.abs() {
        0.0 => 0,
        size if size < 0.01 => return "under 0.01 %".to_owned(),
        size if size < 1.0 => 2,
        size if size < 10.0 => 1,
        _ => 0,
    };
    format!("{} %", trimmed(percent, decimals))
}

/// Rounded to so many significant digits.
#[must_use]
pub fn significant(value: f64, digits: usize) -> f64 {
    format!("{value:.*e}", digits.saturating_sub(1))
        .parse()
        .unwrap_or(value)
}

/// So many decimals, without zeros at their end.
#[must_use]
pub fn trimmed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    if !text.contains('.') {
        return text;
    }
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// "1,234,567", "-12,000": whole, with commas between thousands.
#[must_use]
pub fn grouped(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if value < 0.0 {
        text.push('-');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The text with a small first letter, unless the first word is an abbreviation.
#[must_use]
pub fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next();
    let abbreviation = letters.clone().next().is_some_and(char::is_uppercase);
    match first {
        Some(first) if !abbreviation => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_has_cents_below_a_hundred_dollars() {
        assert_eq!(usd(0.0), "$0");
        assert_eq!(usd(41.2), "$41.20");
        assert_eq!(usd(99.994), "$99.99");
        assert_eq!(usd(99.996), "$100");
        assert_eq!(usd(1_234_567.4), "$1,234,567");
    }

    #[test]
    fn counts_are_spoken() {
        assert_eq!(count(950.0), "950");
        assert_eq!(count(2_000.0), "2,000");
        assert_eq!(count(12_340.0), "12,300");
        assert_eq!(count(1_000_000.0), "1 million");
        assert_eq!(count(31_440_000.0), "31.4 million");
        assert_eq!(count(1_240_000_000.0), "1.24 billion");
    }

    #[test]
    fn times_take_the_unit_that_reads_best() {
        assert_eq!(milliseconds(8.13), "8.1 ms");
        assert_eq!(milliseconds(120.4), "120 ms");
        assert_eq!(milliseconds(2_310.0), "2.3 s");
        assert_eq!(milliseconds(840_000.0), "14 min");
    }

    #[test]
    fn shares_keep_what_is_small_visible() {
        assert_eq!(percent(0.0003), "0.03 %");
        assert_eq!(percent(0.0019), "0.19 %");
        assert_eq!(percent(0.00001), "under 0.01 %");
        assert_eq!(percent(0.37), "37 %");
        assert_eq!(percent(0.0), "0 %");
    }
}

//! Numbers as people read them. Screen and reports use the same words.

use model::wording::trimmed;
pub use model::wording::{count, percent, significant};

const THOUSAND: f64 = 1_000.0;
const CENTS_BELOW_USD: f64 = 100.0;

/// A headline: `about $1,235`, with cents under $100: `about $41.20`.
#[must_use]
pub fn usd_headline(usd: f64) -> String {
    if usd == 0.0 {
        return "$0".to_owned();
    }
    if usd.abs() < 0.005 {
        return "under $0.01".to_owned();
    }
    let decimals = usize::from(usd.abs() < CENTS_BELOW_USD - 0.005) * 2;
    format!("about {}", dollars(usd, decimals))
}

/// A bill: to the cent, `$1,234.57`.
#[must_use]
pub fn usd_cents(usd: f64) -> String {
    dollars(model::units::Usd::new(usd).rounded_to_cents().get(), 2)
}

/// A unit price: as many digits as it has, `$0.0000166667`, at least two decimals.
#[must_use]
pub fn usd_unit(usd: f64) -> String {
    let mut text = trimmed(usd, 12);
    let decimals = text
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    if decimals == 0 {
        text.push('.');
    }
    for _ in decimals..2 {
        text.push('0');
    }
    format!("${text}")
}

/// A quantity on a bill: grouped, with up to three decimals where they matter.
#[must_use]
pub fn quantity(value: f64) -> String {
    let decimals = match value.abs() {
        size if size >= THOUSAND => 0,
        size if size >= 1.0 => 2,
        _ => 6,
    };
    grouped(&trimmed(value, decimals))
}

/// A duration given in milliseconds: `8.4 ms`, `120 ms`, `1.5 s`, `2 min`, `3 h`.
#[must_use]
pub fn ms(value: f64) -> String {
    const SECOND: f64 = 1_000.0;
    const MINUTE: f64 = 60.0 * SECOND;
    const HOUR: f64 = 60.0 * MINUTE;
    let (scaled, unit) = match value {
        _ if value >= 2.0 * HOUR => (value / HOUR, "h"),
        _ if value >= 2.0 * MINUTE => (value / MINUTE, "min"),
        _ if value >= SECOND => (value / SECOND, "s"),
        _ => (value, "ms"),
    };
    let digits = if scaled >= 100.0 { 3 } else { 2 };
    format!("{} {unit}", trimmed(significant(scaled, digits), 4))
}

/// A duration where the third digit matters: `9.54 s`, `200 ms`.
#[must_use]
pub fn ms_precise(value: f64) -> String {
    let (scaled, unit) = if value >= 1_000.0 {
        (value / 1_000.0, "s")
    } else {
        (value, "ms")
    };
    format!("{} {unit}", trimmed(significant(scaled, 3), 4))
}

/// A plain number with at most six decimals, grouped.
#[must_use]
pub fn number(value: f64) -> String {
    grouped(&trimmed(value, 6))
}

fn dollars(usd: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", usd.abs());
    let sign = if usd < 0.0 && text.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) {
        "-"
    } else {
        ""
    };
    format!("{sign}${}", grouped(&text))
}

/// Commas between thousands.
fn grouped(text: &str) -> String {
    let (sign, rest) = text
        .strip_prefix('-')
        .map_or(("", text), |rest| ("-", rest));
    let (whole, fraction) = rest
        .split_once('.')
        .map_or((rest, ""), |(whole, fraction)| (whole, fraction));
    let mut out = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str, expected: &str) {
        assert_eq!(written, expected);
    }

    #[test]
    fn headlines_are_whole_dollars_and_cents_only_when_small() {
        check(&usd_headline(1234.56), "about $1,235");
        check(&usd_headline(41.2), "about $41.20");
        check(&usd_headline(99.996), "about $100");
        check(&usd_headline(0.0), "$0");
        check(&usd_headline(0.001), "under $0.01");
    }

    #[test]
    fn bills_are_to_the_cent() {
        check(&usd_cents(1_234_567.885), "$1,234,567.89");
        check(&usd_cents(-0.6), "-$0.60");
        check(&usd_cents(-0.001), "$0.00");
        check(&usd_unit(0.000_016_666_7), "$0.0000166667");
        check(&usd_unit(0.2), "$0.20");
        check(&usd_unit(3.0), "$3.00");
    }

    #[test]
    fn counts_use_words() {
        check(&count(31_000_000.0), "31 million");
        check(&count(1_540_000.0), "1.54 million");
        check(&count(999_900.0), "1 million");
        check(&count(12_345.0), "12,300");
        check(&count(950.0), "950");
        check(&count(0.0), "0");
        check(&count(1e13), "10 trillion");
        check(&count(0.25), "0.25");
    }

    #[test]
    fn durations_and_shares_have_two_or_three_digits() {
        check(&ms(8.43), "8.4 ms");
        check(&ms(123.4), "123 ms");
        check(&ms(1540.0), "1.5 s");
        check(&ms(90_000.0), "90 s");
        check(&ms(600_000.0), "10 min");
        check(&ms(7_200_000.0), "2 h");
        check(&percent(0.126), "13 %");
        check(&percent(0.0126), "1.3 %");
        check(&percent(0.001), "0.1 %");
        check(&percent(0.0), "0 %");
        check(&percent(0.000_001), "under 0.01 %");
        check(&percent(1.0), "100 %");
    }
}

//! The cost of the options as a Mermaid chart, which GitHub and GitLab draw.

use std::fmt::Write as _;

use model::evaluation::ComponentEvaluation;
use model::units::Usd;

use crate::report::content::choice::able_and_rest;

/// More bars than this cannot be read.
const MOST_BARS: usize = 8;

/// Bars that can be seen on white and on black.
const INK: &str =
    r##"%%{init: {"themeVariables": {"xyChart": {"plotColorPalette": "#8a7f6d"}}}}%%"##;

/// A bar for each option that can be chosen. Its names are ours: nothing that a person typed stands in it.
pub(super) fn costs(
    text: &mut String,
    component: &ComponentEvaluation,
    several: bool,
    index: usize,
) {
    let (able, _) = able_and_rest(component);
    let bars: Vec<(&str, f64)> = able
        .into_iter()
        .filter_map(|option| {
            let bill = option.bill.as_ref()?;
            Some((
                option.label.as_str(),
                Usd::new(bill.monthly_usd).rounded_to_cents().get(),
            ))
        })
        .take(MOST_BARS)
        .collect();
    let most = bars.iter().map(|(_, usd)| *usd).fold(0.0, f64::max);
    if bars.len() < 2 || most <= 0.0 {
        return;
    }
    let which = if several {
        format!(" of component {}", index + 1)
    } else {
        String::new()
    };
    let (unit, usd) = unit(most);
    let names: Vec<String> = bars
        .iter()
        .map(|(name, _)| format!("\"{}\"", short(name)))
        .collect();
    let costs: Vec<String> = bars.iter().map(|(_, cost)| plain(cost / usd)).collect();
    let _fits = write!(
        text,
        "```mermaid\n{INK}\nxychart-beta horizontal\n    title \"Estimated cost{which} a month, {unit}\"\n    x-axis [{}]\n    y-axis \"{unit}\" 0 --> {}\n    bar [{}]\n```\n\n",
        names.join(", "),
        plain(most / usd),
        costs.join(", ")
    );
}

/// The unit of the axis in words and in dollars: the library puts ten numbers on the axis however long they are, so
/// none has more than three digits.
fn unit(most: f64) -> (&'static str, f64) {
    const UNITS: [(&str, f64); 3] = [
        ("billion US dollars", 1e9),
        ("million US dollars", 1e6),
        ("thousand US dollars", 1e3),
    ];
    let fitting = UNITS.into_iter().find(|(_, usd)| most >= *usd);
    fitting.unwrap_or(("US dollars", 1.0))
}

/// Five decimals: cents of a thousand.
fn plain(number: f64) -> String {
    let text = format!("{number:.5}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A name without its vendor's: there is little room.
fn short(label: &str) -> String {
    label
        .trim_start_matches("AWS ")
        .trim_start_matches("Amazon ")
        .replace(['"', '\n'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_of_the_axis_has_more_than_three_digits() {
        for (most, unit, shown) in [
            (0.04, "US dollars", "0.04"),
            (999.99, "US dollars", "999.99"),
            (1_000.0, "thousand US dollars", "1"),
            (12_345.67, "thousand US dollars", "12.34567"),
            (1_234_567.89, "million US dollars", "1.23457"),
            (5e9, "billion US dollars", "5"),
        ] {
            let (found, usd) = super::unit(most);
            assert_eq!((found, plain(most / usd).as_str()), (unit, shown));
        }
    }
}

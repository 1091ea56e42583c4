//! The cost of the options as a Mermaid chart, which GitHub and GitLab draw.

use std::fmt::Write as _;

use app::components::options::arranged;
use model::evaluation::ComponentEvaluation;
use model::units::Usd;

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
    let (able, _) = arranged(component);
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
    let names: Vec<String> = bars
        .iter()
        .map(|(name, _)| format!("\"{}\"", short(name)))
        .collect();
    let costs: Vec<String> = bars.iter().map(|(_, usd)| format!("{usd}")).collect();
    let _fits = write!(
        text,
        "```mermaid\n{INK}\nxychart-beta horizontal\n    title \"Estimated cost{which} a month, US dollars\"\n    x-axis [{}]\n    y-axis \"US dollars\" 0 --> {}\n    bar [{}]\n```\n\n",
        names.join(", "),
        most.ceil(),
        costs.join(", ")
    );
}

/// A name without its vendor's: there is little room.
fn short(label: &str) -> String {
    label
        .trim_start_matches("AWS ")
        .trim_start_matches("Amazon ")
        .replace(['"', '\n'], " ")
}

//! The colours of images. They are read from the style sheets, so that an image and the page around it agree.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

const TOKENS: &str = include_str!("../../../style/tokens.css");
const PRINT: &str = include_str!("../../../style/print.css");
/// What follows it in the tokens is for dark screens.
const DARK_FROM: &str = "@media (prefers-color-scheme: dark)";
/// Where there is no page the fonts of the system are as good; pictures in reports find the embedded font.
pub const FONT: &str =
    "system-ui, 'IBM Plex Sans', 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/// Where an image is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// On a light page.
    #[default]
    Light,
    /// On a dark page.
    Dark,
    /// On paper.
    Print,
}

type Colours = BTreeMap<&'static str, &'static str>;

static LIGHT_COLOURS: LazyLock<Colours> = LazyLock::new(|| properties(&[light()]));
static DARK_COLOURS: LazyLock<Colours> = LazyLock::new(|| properties(&[light(), dark()]));
static PRINT_COLOURS: LazyLock<Colours> = LazyLock::new(|| properties(&[light(), PRINT]));

impl Theme {
    /// By its name in addresses.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "light" => Some(Self::Light),
            "dark" => Some(Self::Dark),
            "print" => Some(Self::Print),
            _ => None,
        }
    }

    /// Its name in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Print => "print",
        }
    }

    /// The colour of a custom property, such as `--ink`.
    #[must_use]
    pub fn colour(self, property: &str) -> Option<&'static str> {
        let colours = match self {
            Self::Light => &*LIGHT_COLOURS,
            Self::Dark => &*DARK_COLOURS,
            Self::Print => &*PRINT_COLOURS,
        };
        colours.get(property).copied()
    }

    /// An option with plain colours in place of `var(--..)`, the paper behind it and a font.
    #[must_use]
    pub fn resolve(self, option: &str) -> String {
        let mut out = String::with_capacity(option.len() + 200);
        let inside = option.strip_prefix('{').unwrap_or(option);
        let paper = self.colour("--paper").unwrap_or("#fff");
        // Named first: what the option says itself stands later and wins.
        let _fits = write!(
            out,
            r#"{{"backgroundColor":"{paper}","textStyle":{{"fontFamily":"{FONT}"}},"#
        );
        let mut rest = inside;
        while let Some(start) = rest.find("\"var(") {
            out.push_str(&rest[..=start]);
            let name = &rest[start + "\"var(".len()..];
            let end = name.find(")\"").unwrap_or(0);
            out.push_str(self.colour(&name[..end]).unwrap_or("none"));
            rest = &name[(end + 1).min(name.len())..];
        }
        out.push_str(rest);
        out
    }
}

fn light() -> &'static str {
    TOKENS
        .split_once(DARK_FROM)
        .map_or(TOKENS, |(light, _)| light)
}

fn dark() -> &'static str {
    TOKENS.split_once(DARK_FROM).map_or("", |(_, dark)| dark)
}

/// The colours among the custom properties of some styles; later ones win.
fn properties(styles: &[&'static str]) -> Colours {
    styles
        .iter()
        .flat_map(|style| style.lines())
        .filter_map(|line| line.trim().strip_suffix(';')?.split_once(':'))
        .map(|(name, value)| (name.trim(), value.trim()))
        .filter(|(name, value)| name.starts_with("--") && value.starts_with('#'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_has_its_own_paper_and_accents() {
        for property in ["--paper", "--ink", "--serverless", "--containers"] {
            let [light, dark, print] = [Theme::Light, Theme::Dark, Theme::Print]
                .map(|theme| theme.colour(property).expect(property));
            assert!(
                light != dark && dark != print && light != print,
                "{property}"
            );
        }
    }

    #[test]
    fn names_of_colours_become_colours() {
        let ink = Theme::Light.colour("--ink").expect("ink");
        let option =
            Theme::Light.resolve(r#"{"a":"var(--ink)","b":["var(--unknown)","in var(--ink)"]}"#);
        let option: serde_json::Value = serde_json::from_str(&option).expect("JSON");
        assert_eq!(option["a"], ink);
        assert_eq!(option["b"][0], "none");
        assert_eq!(option["b"][1], "in var(--ink)");
        assert!(option["backgroundColor"].is_string(), "{option}");
    }
}

//! The limits as a document: `docs/limits.md`.

use std::fmt::{Result, Write as _};

use super::{Behavior, Capability, Confidence, Figure, HostReserve, Limit, older_than_a_year};
use crate::wording;

impl Behavior {
    /// Limits, needs that are not served, scaling figures and host reserves as Markdown.
    /// What is old against `at`, the ISO date of the price book, is marked.
    ///
    /// # Panics
    ///
    /// Never: writing to a string cannot fail.
    #[must_use]
    pub fn limits_markdown(&self, at: &str) -> String {
        let mut text = String::new();
        self.write_limits(&mut text, at)
            .and_then(|()| self.write_capabilities(&mut text, at))
            .and_then(|()| self.write_scaling(&mut text, at))
            .and_then(|()| self.write_reserves(&mut text, at))
            .expect("writing to a string cannot fail");
        text
    }

    fn write_limits(&self, out: &mut String, at: &str) -> Result {
        writeln!(out, "{}", intro(at))?;
        let mut products: Vec<&str> = Vec::new();
        for limit in self.limits() {
            if !products.contains(&limit.product()) {
                products.push(limit.product());
            }
        }
        for product in products {
            let named = self.limits.product.iter().find(|row| row.id == product);
            let title = named.map_or(product, |row| &row.title);
            let of_product = self
                .limits()
                .iter()
                .filter(|limit| limit.product() == product);
            writeln!(
                out,
                "\n## {title}\n\n| what | value | kind | id | binds | source | as of | confidence | note |"
            )?;
            writeln!(out, "|---|---|---|---|---|---|---|---|---|")?;
            for limit in of_product {
                self.write_limit(out, limit, at)?;
            }
        }
        Ok(())
    }

    fn write_limit(&self, out: &mut String, limit: &Limit, at: &str) -> Result {
        let binds = match limit.platforms.as_slice() {
            [] => "-".to_owned(),
            some => some.join(", "),
        };
        writeln!(
            out,
            "| {} | {} | {} | `{}` | {binds} | {} | {} | {} | {} |",
            cell(&limit.what),
            quantity(limit.value, &limit.unit),
            limit.kind.label(),
            limit.id,
            self.link(&limit.source),
            limit.as_of,
            trust(limit.confidence, limit.provisional(at)),
            cell(&limit.note)
        )
    }

    fn write_capabilities(&self, out: &mut String, at: &str) -> Result {
        writeln!(
            out,
            "\n## What a platform does not serve at all\n\n| platform | needs | source | as of | note |\n|---|---|---|---|---|"
        )?;
        self.limits.capability.iter().try_for_each(|row| {
            let Capability {
                platform,
                lacks,
                source,
                as_of,
                note,
            } = row;
            let old = marked(as_of, older_than_a_year(as_of, at));
            let (needs, source) = (lacks.join(", "), self.link(source));
            writeln!(
                out,
                "| {platform} | {needs} | {source} | {old} | {} |",
                cell(note)
            )
        })
    }

    fn write_scaling(&self, out: &mut String, at: &str) -> Result {
        writeln!(
            out,
            "\n## How fast platforms follow their load\n\n| figure | value | plausible | source | as of | confidence | note |\n|---|---|---|---|---|---|---|"
        )?;
        self.scaling()
            .figures()
            .into_iter()
            .try_for_each(|(name, figure)| {
                let Figure { value, unit, .. } = figure;
                let range = match (figure.low, figure.high) {
                    (Some(low), Some(high)) => format!("{}..{}", number(low), number(high)),
                    _ => String::new(),
                };
                let provisional =
                    figure.confidence == Confidence::Low || older_than_a_year(&figure.as_of, at);
                writeln!(
                    out,
                    "| `{name}` | {} | {range} | {} | {} | {} | {} |",
                    quantity(*value, unit),
                    self.link(&figure.source),
                    figure.as_of,
                    trust(figure.confidence, provisional),
                    cell(&figure.note)
                )
            })
    }

    fn write_reserves(&self, out: &mut String, at: &str) -> Result {
        writeln!(
            out,
            "\n## What an instance keeps for itself\n\n| platform | vCPU | memory | and of all memory | source | as of | confidence | note |\n|---|---|---|---|---|---|---|---|"
        )?;
        self.instances.reserve.iter().try_for_each(|row| {
            let HostReserve { platform, vcpu, .. } = row;
            let provisional =
                row.confidence == Confidence::Low || older_than_a_year(&row.as_of, at);
            writeln!(
                out,
                "| {platform} | {vcpu} | {} | {} | {} | {} | {} | {} |",
                quantity(row.memory_mb, "MB"),
                wording::percent(row.memory_share),
                self.link(&row.source),
                row.as_of,
                trust(row.confidence, provisional),
                cell(&row.note)
            )
        })
    }

    /// The title of a source with its address; a page of the site has none outside of it.
    fn link(&self, id: &str) -> String {
        match self.source(id) {
            Some(source) if source.url.starts_with("https://") => {
                format!("[{}]({})", cell(&source.title), source.url)
            }
            Some(source) => cell(&source.title),
            None => id.to_owned(),
        }
    }
}

fn intro(at: &str) -> String {
    format!(
        "# Limits\n\n\
         <!-- Generated from model/data/behavior: `BREAKEVEN_BLESS=1 cargo test -p model --test whole_model docs` rewrites it. -->\n\n\
         What a platform or a service around it cannot do, as the price book of {at} knows it. A *hard limit* and a *minimum*\n\
         take a platform out of the running where the model checks them; a *quota* is raised on request, so it is shown with its\n\
         headroom and takes nothing out; a *guideline* is advice. *Provisional* marks what its source showed more than a year\n\
         before the price book, and what is of low confidence: look it up before it decides.\n\
         Where no platform is named, a limit binds whoever uses the service; MicroVMs, durable functions, App Runner, Azure and\n\
         Google stand here for comparison and are not priced.\n\n\
         To change one, edit its entry in `model/data/behavior/limits.toml`; each names its source and date."
    )
}

fn trust(confidence: Confidence, provisional: bool) -> String {
    marked(confidence.name(), provisional)
}

fn marked(text: &str, provisional: bool) -> String {
    if provisional {
        format!("{text}, *provisional*")
    } else {
        text.to_owned()
    }
}

fn quantity(value: f64, unit: &str) -> String {
    match unit {
        "1" => number(value),
        "1/s" => format!("{} a second", number(value)),
        unit => format!("{} {unit}", number(value)),
    }
}

/// Whole numbers with commas, others as they stand in the data.
fn number(value: f64) -> String {
    if value.fract().abs() > 0.0 {
        value.to_string()
    } else {
        wording::grouped(value)
    }
}

/// Text within a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

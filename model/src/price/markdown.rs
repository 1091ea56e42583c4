//! The price book as a document: `docs/prices.md`, and what the site may show.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Price, PriceBook, Region, Tier};

impl PriceBook {
    /// The whole book as Markdown: a table for each product, then free quantities, shares and sources.
    ///
    /// # Panics
    ///
    /// Never: writing to a string cannot fail.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = String::new();
        self.write_markdown(&mut text)
            .expect("writing to a string cannot fail");
        text
    }

    fn write_markdown(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "{}", intro(self.version()))?;
        for (product, title) in self.products() {
            let prefix = format!("{product}/");
            let mut by_id: BTreeMap<&str, Vec<&Price>> = BTreeMap::new();
            for price in self.entries().filter(|price| price.id.starts_with(&prefix)) {
                by_id.entry(&price.id).or_default().push(price);
            }
            if !by_id.is_empty() {
                writeln!(
                    out,
                    "\n## {title}\n\n| id | unit | region | USD a unit | source | as of | confidence |"
                )?;
                writeln!(out, "|---|---|---|---|---|---|---|")?;
                let mut notes = Vec::new();
                for prices in by_id.into_values() {
                    write_prices(out, &prices, &mut notes)?;
                }
                write_notes(out, &notes)?;
            }
        }
        self.write_unpriced(out)?;
        self.write_allowances(out)?;
        self.write_shares(out)?;
        self.write_sources(out)
    }

    fn write_unpriced(&self, out: &mut String) -> std::fmt::Result {
        writeln!(
            out,
            "\n## No published rate\n\nMetered, but without a price so far; a rate of your own under one of these ids is used.\n\n| id | unit | source | as of | confidence |"
        )?;
        writeln!(out, "|---|---|---|---|---|")?;
        for metered in self.unpriced() {
            let (id, unit, source, as_of) =
                (&metered.id, metered.unit, &metered.source, &metered.as_of);
            let confidence = metered.confidence.name();
            writeln!(
                out,
                "| `{id}` | {unit} | {source} | {as_of} | {confidence} |"
            )?;
        }
        let notes: Vec<_> = self
            .unpriced()
            .filter_map(|metered| Some((metered.id.as_str(), "", metered.note.as_deref()?)))
            .collect();
        write_notes(out, &notes)
    }

    fn write_allowances(&self, out: &mut String) -> std::fmt::Result {
        writeln!(
            out,
            "\n## Free each month\n\n| id | quantity | unit | applies to | source | as of | confidence |"
        )?;
        writeln!(out, "|---|---|---|---|---|---|---|")?;
        for free in self.allowances() {
            let applies = free
                .applies_to
                .iter()
                .map(|id| format!("`{id}`"))
                .collect::<Vec<_>>()
                .join(", ");
            let (id, quantity, unit) = (&free.id, free.quantity, free.unit);
            let (source, as_of, confidence) = (&free.source, &free.as_of, free.confidence.name());
            writeln!(
                out,
                "| `{id}` | {quantity} | {unit} | {applies} | {source} | {as_of} | {confidence} |"
            )?;
        }
        let notes: Vec<_> = self
            .allowances()
            .filter_map(|free| Some((free.id.as_str(), "", free.note.as_deref()?)))
            .collect();
        write_notes(out, &notes)
    }

    fn write_shares(&self, out: &mut String) -> std::fmt::Result {
        writeln!(
            out,
            "\n## Fees and discounts as a share\n\n| id | region | share | of | source | as of | confidence |"
        )?;
        writeln!(out, "|---|---|---|---|---|---|---|")?;
        let mut notes = Vec::new();
        for share in self.shares() {
            let (id, region, of, source, as_of) = (
                &share.id,
                share.region,
                &share.of,
                &share.source,
                &share.as_of,
            );
            let confidence = describe(share.confidence.name(), share.assumption);
            writeln!(
                out,
                "| `{id}` | {region} | {} | `{of}` | {source} | {as_of} | {confidence} |",
                share.fraction
            )?;
            notes.extend(
                share
                    .note
                    .as_deref()
                    .map(|note| (id.as_str(), region.id(), note)),
            );
        }
        write_notes(out, &notes)
    }

    fn write_sources(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "\n## Sources\n\n| id | title | kind |\n|---|---|---|")?;
        for source in self.sources().filter(|source| !source.url.is_empty()) {
            writeln!(
                out,
                "| {} | [{}]({}) | {} |",
                source.id, source.title, source.url, source.kind
            )?;
        }
        Ok(())
    }
}

fn intro(version: &str) -> String {
    format!(
        "# Prices\n\n\
         <!-- Generated from model/data/prices: `BREAKEVEN_BLESS=1 cargo test -p model --test price_data` rewrites it. -->\n\n\
         The price book of {version}, in US dollars without tax. Each figure bears the date at which its source showed it.\n\
         Confidence is high for an official page or price list of this year or two sources that agree, medium for one third\n\
         party or anything older, low for what is inferred, taken from a bill or contradicted. *Assumed* marks a figure that\n\
         was inferred from another. A region that is not listed has no price here: none is ever filled from another region.\n\n\
         A file of `model/data/prices` holds one product: `[[price]]` (a figure, or `tiers`, for one or more regions),\n\
         `[[table]]` (rows of variants, columns of regions), `[[allowance]]` (what is free each month), `[[share]]` (a fraction\n\
         of another price) and `[[unpriced]]` (what is metered without a published rate). A folder of such files can be laid over the book; its entries win."
    )
}

/// One row for each run of regions that share the figure and its origin.
fn write_prices<'a>(
    out: &mut String,
    prices: &[&'a Price],
    notes: &mut Vec<(&'a str, &'a str, &'a str)>,
) -> std::fmt::Result {
    let mut rows: Vec<(&Price, Vec<Region>)> = Vec::new();
    for price in prices {
        match rows.iter_mut().find(|(first, _)| same_figure(first, price)) {
            Some((_, regions)) => regions.push(price.region),
            None => rows.push((price, vec![price.region])),
        }
    }
    for (price, regions) in rows {
        let named = if regions.len() == Region::ALL.len() {
            "all".to_owned()
        } else {
            regions
                .iter()
                .map(|region| region.id())
                .collect::<Vec<_>>()
                .join(", ")
        };
        let (id, unit, source, as_of) = (&price.id, price.unit, &price.source, &price.as_of);
        let confidence = describe(price.confidence.name(), price.assumption);
        writeln!(
            out,
            "| `{id}` | {unit} | {named} | {} | {source} | {as_of} | {confidence} |",
            figures(&price.tiers)
        )?;
        notes.extend(price.note.as_deref().map(|note| {
            (
                id.as_str(),
                if regions.len() == 1 {
                    price.region.id()
                } else {
                    ""
                },
                note,
            )
        }));
    }
    Ok(())
}

fn same_figure(a: &Price, b: &Price) -> bool {
    (&a.tiers, &a.source, &a.as_of, a.confidence, &a.note)
        == (&b.tiers, &b.source, &b.as_of, b.confidence, &b.note)
}

fn describe(confidence: &str, assumption: bool) -> String {
    if assumption {
        format!("{confidence}, *assumed*")
    } else {
        confidence.to_owned()
    }
}

fn figures(tiers: &[Tier]) -> String {
    let parts = tiers.iter().map(|tier| match tier.up_to {
        Some(up_to) => format!("{} to {up_to}", tier.usd),
        None if tiers.len() == 1 => format!("{}", tier.usd),
        None => format!("{} beyond", tier.usd),
    });
    parts.collect::<Vec<_>>().join("; ")
}

/// The notes below a table, one for each text.
fn write_notes(out: &mut String, notes: &[(&str, &str, &str)]) -> std::fmt::Result {
    let mut by_text: Vec<(&str, Vec<String>)> = Vec::new();
    for (id, region, text) in notes {
        let of = if region.is_empty() {
            format!("`{id}`")
        } else {
            format!("`{id}` in {region}")
        };
        match by_text.iter_mut().find(|(seen, _)| seen == text) {
            Some((_, ids)) if !ids.contains(&of) => ids.push(of),
            Some(_) => {}
            None => by_text.push((text, vec![of])),
        }
    }
    for (index, (text, ids)) in by_text.iter().enumerate() {
        let gap = if index == 0 { "\n" } else { "" };
        let named = if ids.len() > 4 {
            format!("{} and {} more", ids[..3].join(", "), ids.len() - 3)
        } else {
            ids.join(", ")
        };
        writeln!(out, "{gap}- {named}: {text}")?;
    }
    Ok(())
}

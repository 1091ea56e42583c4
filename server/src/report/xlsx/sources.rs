//! Where every price comes from.

use std::collections::BTreeSet;

use model::Region;
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::Hook;
use super::page::Page;
use super::plan::{Plan, SOURCES};
use super::style::Styles;

pub(super) fn page(styles: &Styles, hook: Hook, plan: &Plan<'_>) -> Result<Worksheet, XlsxError> {
    let mut page = Page::new(SOURCES, styles, hook)?;
    page.widths(&[48.0, 18.0, 16.0, 50.0, 70.0, 14.0, 14.0])?;
    page.text((0, 0), "Sources", &styles.title)?;
    page.text(
        (1, 0),
        "Every price on a bill, with the page that it was read from.",
        &styles.text,
    )?;
    let heads = [
        "Price id",
        "US dollars a unit",
        "Unit",
        "Source",
        "Address",
        "As of",
        "Confidence",
    ];
    page.heads(3, &heads, &[1])?;
    page.freeze_above(4)?;
    page.may_break(4);
    let lines = plan.options().flat_map(|(_, billed)| &billed.scaling.lines);
    let ids: BTreeSet<&str> = lines.map(|line| line.price_id.as_str()).collect();
    let region = plan.region();
    for (row, id) in (4..).zip(ids) {
        source(&mut page, plan, id, region, row)?;
    }
    page.finish()
}

fn source(
    page: &mut Page<'_>,
    plan: &Plan<'_>,
    id: &str,
    region: Region,
    row: u32,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    let subject = plan.subject;
    page.text((row, 0), id, &styles.text)?;
    if subject.system.rates.contains_key(id) || id.starts_with("own/") {
        return page.text((row, 3), "Your own figure", &styles.text);
    }
    let price = subject.book.find(id, region);
    let share = subject.book.share(id, region).ok();
    let (source, as_of, confidence) = if let Some(price) = price {
        page.number((row, 1), price.first_usd(), &styles.price)?;
        page.text((row, 2), price.unit.name(), &styles.text)?;
        (&price.source, &price.as_of, price.confidence.name())
    } else if let Some(share) = share {
        (&share.source, &share.as_of, share.confidence.name())
    } else {
        return page.text(
            (row, 3),
            "No price of its own: made from another one, see its note on the sheet Inputs",
            &styles.text,
        );
    };
    if let Some(source) = subject.book.source(source) {
        page.text((row, 3), &source.title, &styles.text)?;
        page.text((row, 4), &source.url, &styles.text)?;
    }
    page.text((row, 5), as_of, &styles.text)?;
    page.text((row, 6), confidence, &styles.text)
}

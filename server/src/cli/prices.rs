//! `breakeven prices`: what is charged, where that stands, and how old it is.

use clap::Args;
use model::price::{PriceBook, STALE_AFTER_DAYS, age_in_days};

use super::table::{Column, table};
use super::{Book, Failure, print};
use crate::clock::{Clock as _, SystemClock, iso_date};

#[derive(Args, Debug)]
pub(super) struct Prices {
    /// Fail when a price is older than a year
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    book: Book,
}

impl Prices {
    pub(super) fn run(self) -> Result<(), Failure> {
        let book = self.book.open()?;
        let today = iso_date(SystemClock.now());
        print(&list(&book, &today))?;
        let stale = book
            .entries()
            .filter(|price| price.is_stale(&today))
            .count();
        if self.check && stale > 0 {
            return Err(Failure::Failed(format!(
                "{stale} prices are older than {STALE_AFTER_DAYS} days"
            )));
        }
        Ok(())
    }
}

fn list(book: &PriceBook, today: &str) -> String {
    let columns = [
        Column::left("price"),
        Column::left("region"),
        Column::right("USD"),
        Column::left("unit"),
        Column::left("as of"),
        Column::right("days"),
        Column::left("source"),
    ];
    let rows = book.entries().map(|price| {
        let days = age_in_days(&price.as_of, today)
            .map_or_else(|| "?".to_owned(), |days| days.to_string());
        let source = book
            .source(&price.source)
            .map_or(price.source.as_str(), |source| source.url.as_str());
        let usd = app::format::usd_unit(price.first_usd());
        let columns = [
            &price.id,
            price.region.id(),
            &usd,
            price.unit.name(),
            &price.as_of,
            &days,
            source,
        ];
        columns.map(str::to_owned).to_vec()
    });
    format!(
        "Price book of {}\n\n{}",
        book.version(),
        table(&columns, rows)
    )
}

//! What stands in the book beside prices: free quantities, shares of a price, and what is
//! metered without a published rate.

use leptos::prelude::*;
use model::PriceBook;
use model::price::{Allowance, Share, Unpriced};

use super::search::Search;
use super::table::{as_of, source};
use crate::format;
use crate::markup::{IntoMarkup as _, Markup};

/// All three, as far as the search takes them.
pub(super) fn beside(book: &PriceBook, search: &Search, today: &str) -> impl IntoView + use<> {
    let wanted = |id: &str, name: &str, date: &str| {
        search.takes_product(id)
            && search.has_words(&[id, name])
            && (!search.stale || model::price::is_stale(date, today))
    };
    let unpriced = book
        .unpriced()
        .filter(|one| wanted(&one.id, &one.name, &one.as_of))
        .map(|one| without_rate(book, one, today).into_markup())
        .collect();
    let shares = book
        .shares()
        .filter(|one| search.region.is_none_or(|region| region == one.region))
        .filter(|one| wanted(&one.id, &one.name, &one.as_of))
        .map(|one| share(book, one, today).into_markup())
        .collect();
    let free = book
        .allowances()
        .filter(|one| wanted(&one.id, &one.name, &one.as_of))
        .map(|one| allowance(book, one, today).into_markup())
        .collect();
    view! {
        {section("unpriced", "Without a published rate", "Metered, but nobody has published what it costs. Workloads that need it are not priced until you give a rate of your own under this id.", "Unit", unpriced)}
        {section("shares", "Fees and discounts", "A share of another price.", "Share", shares)}
        {section("free", "Free every month", "Once for each account. Counted only when the free tier is switched on.", "Quantity", free)}
    }
}

fn section(
    id: &'static str,
    title: &'static str,
    text: &'static str,
    figure: &'static str,
    rows: Vec<Markup>,
) -> Option<impl IntoView + use<>> {
    (!rows.is_empty()).then(|| {
        view! {
            <section class="wide product" aria-labelledby=id>
                <h2 id=id>{title}</h2>
                <p>{text}</p>
                <table class="prices stack">
                    <caption class="visually-hidden">{title}</caption>
                    <thead>
                        <tr>
                            <th scope="col">"What"</th><th scope="col" class="num">{figure}</th>
                            <th scope="col">"Source"</th><th scope="col">"As of"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
    })
}

fn without_rate(book: &PriceBook, one: &Unpriced, today: &str) -> impl IntoView + use<> {
    let unit = one.unit.to_string();
    row(Row {
        id: &one.id,
        name: one.name.clone(),
        note: one.note.clone(),
        figure: unit,
        source: source(book, &one.source),
        date: as_of(&one.as_of, today).into_markup(),
    })
}

fn share(book: &PriceBook, one: &Share, today: &str) -> impl IntoView + use<> {
    let figure = format!("{} of {}", format::percent(one.fraction), one.of);
    row(Row {
        id: &one.id,
        name: format!("{}, {}", one.name, one.region.id()),
        note: one.note.clone(),
        figure,
        source: source(book, &one.source),
        date: as_of(&one.as_of, today).into_markup(),
    })
}

fn allowance(book: &PriceBook, one: &Allowance, today: &str) -> impl IntoView + use<> {
    row(Row {
        id: &one.id,
        name: one.name.clone(),
        note: one.note.clone(),
        figure: format!("{} {}", format::count(one.quantity), one.unit.plural()),
        source: source(book, &one.source),
        date: as_of(&one.as_of, today).into_markup(),
    })
}

struct Row<'a> {
    id: &'a str,
    name: String,
    note: Option<String>,
    figure: String,
    source: Markup,
    date: Markup,
}

fn row(row: Row<'_>) -> impl IntoView + use<> {
    let note = row
        .note
        .map(|note| view! { <span class="note">{note}</span> });
    view! {
        <tr>
            <th scope="row">{row.name} <code>{row.id.to_owned()}</code> {note}</th>
            <td data-label="Figure" class="num">{row.figure}</td>
            <td data-label="Source">{row.source}</td>
            <td data-label="As of">{row.date}</td>
        </tr>
    }
}

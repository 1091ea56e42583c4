//! The prices of one product as a table.

use leptos::prelude::*;
use model::PriceBook;
use model::price::{Price, age_in_days, is_stale};

use super::search::Search;
use crate::format;
use crate::markup::{IntoMarkup as _, Markup};

/// A section with the prices of a product; nothing where none is shown.
pub(super) fn product(
    id: &str,
    title: &str,
    shown: &[&Price],
    book: &PriceBook,
    search: &Search,
    today: &str,
) -> Option<Markup> {
    let own: Vec<&Price> = shown
        .iter()
        .filter(|price| price.id.split('/').next() == Some(id))
        .copied()
        .collect();
    let everywhere = search.region.is_none();
    let mut before = "";
    let rows = own
        .iter()
        .map(|price| {
            let first = before != price.id;
            before = &price.id;
            row(book, price, first, everywhere, today).into_markup()
        })
        .collect_view();
    let region = everywhere.then(|| view! { <th scope="col">"Region"</th> });
    let heading = format!("product-{id}");
    (!own.is_empty()).then(|| {
        view! {
            <section class="wide product" aria-labelledby=heading.clone()>
                <h2 id=heading.clone()>{title.to_owned()}</h2>
                <table class="prices stack" class:everywhere=everywhere>
                    <caption class="visually-hidden">{title.to_owned()}</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Price"</th> {region} <th scope="col" class="num">"US dollars"</th>
                            <th scope="col">"Source"</th> <th scope="col">"As of"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
        .into_markup()
    })
}

/// One price; what it is called stands only with the first of its regions.
fn row(
    book: &PriceBook,
    price: &Price,
    first: bool,
    everywhere: bool,
    today: &str,
) -> impl IntoView + use<> {
    let region = everywhere
        .then(|| view! { <td data-label="Region" class="region">{price.region.id()}</td> });
    let id = (first || !everywhere).then(|| price.id.clone());
    let name = if first {
        view! { {price.name.clone()} <code>{price.id.clone()}</code> }.into_markup()
    } else {
        view! { <span class="visually-hidden">{price.name.clone()}</span> }.into_markup()
    };
    let note = price
        .note
        .clone()
        .map(|note| view! { <span class="note">{note}</span> });
    let assumed = price
        .assumption
        .then(|| view! { <span class="tag">"assumed"</span> });
    view! {
        <tr id=id>
            <th scope="row">{name} {assumed} {note}</th>
            {region}
            <td data-label="US dollars" class="num">{tiers(price)}</td>
            <td data-label="Source">{source(book, &price.source)} <span class="note">{price.confidence.name()} " confidence"</span></td>
            <td data-label="As of">{as_of(&price.as_of, today)}</td>
        </tr>
    }
}

fn tiers(price: &Price) -> impl IntoView + use<> {
    let unit = price.unit.to_string();
    let graduated = price.tiers.len() > 1;
    let tiers = price.tiers.iter().map(|tier| {
        let reach = match tier.up_to {
            Some(limit) => Some(format!(" to {}", exact(limit))),
            None if graduated => Some(" beyond".to_owned()),
            None => None,
        };
        view! { <span class="tier">{format::usd_unit(tier.usd)} <span class="unit">{reach}</span></span> }
    });
    view! { {tiers.collect_view()} <span class="unit per">"per " {unit}</span> }
}

/// In words where that loses no digit.
fn exact(limit: f64) -> String {
    if (format::significant(limit, 3) - limit).abs() < f64::EPSILON {
        format::count(limit)
    } else {
        format::quantity(limit)
    }
}

/// Where it stands; an own rate stands nowhere.
pub(super) fn source(book: &PriceBook, id: &str) -> Markup {
    match book.source(id) {
        Some(source) if !source.url.is_empty() => {
            view! { <a href=source.url.clone() rel="noreferrer">{source.title.clone()}</a> }
                .into_markup()
        }
        Some(source) => source.title.clone().into_markup(),
        None => id.to_owned().into_markup(),
    }
}

/// The date, its age, and a mark where that is too old.
pub(super) fn as_of(date: &str, today: &str) -> impl IntoView + use<> {
    let age = match age_in_days(date, today) {
        Some(0) => "today or this month".to_owned(),
        Some(1) => "1 day old".to_owned(),
        Some(days) => format!("{days} days old"),
        None => "no date".to_owned(),
    };
    let stale = is_stale(date, today).then(|| view! { <span class="tag stale">"stale"</span> });
    view! { <span class="date">{date.to_owned()}</span> {stale} <span class="note">{age}</span> }
}

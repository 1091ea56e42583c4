//! The price book: each price with its tiers, source and date.

use leptos::prelude::*;
use model::price::Price;
use model::{PriceBook, Region};

use crate::components::frame::Head;
use crate::format;
use crate::pages;
use crate::url_state::Pairs;

#[component]
pub fn PricesPage() -> impl IntoView {
    let pairs = Pairs::parse(&pages::query());
    let search = pairs.last("q").unwrap_or_default().to_lowercase();
    let region = pairs
        .last("region")
        .and_then(|id| Region::ALL.into_iter().find(|region| region.id() == id))
        .unwrap_or(Region::UsEast1);
    let ports = pages::ports();
    let book = ports.book.as_ref();
    let found: Vec<&Price> = book
        .entries()
        .filter(|price| price.region == region)
        .filter(|price| price.id.contains(&search) || price.name.to_lowercase().contains(&search))
        .collect();
    let count = found.len();
    let rows = found
        .into_iter()
        .map(|price| row(book, price))
        .collect_view();
    let regions = Region::ALL
        .map(|one| view! { <option value=one.id() selected=one == region>{one.name()}</option> });
    view! {
        <Head title="Prices" description="Every price that Breakeven computes with, with its source and date."/>
        <h1>"Prices"</h1>
        <p class="lead">
            "Every figure that a bill is made of, with where it comes from and when it was read. Price book " {book.version().to_owned()}
            ". A price that is not here is missing, and a bill that needs it says so."
        </p>
        <form method="get" action="/prices" class="search" role="search">
            <div class="field small"><label for="q">"Search"</label><input type="search" id="q" name="q" value=search placeholder="lambda, vcpu, c5.large"/></div>
            <div class="field small"><label for="region">"Region"</label><select id="region" name="region">{regions}</select></div>
            <button type="submit">"Show"</button>
        </form>
        <section class="wide">
            <table class="prices stack">
                <caption>{count} " prices in " {region.name()} ", US dollars before tax"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Price"</th><th scope="col" class="num">"US dollars"</th><th scope="col">"Unit"</th>
                        <th scope="col">"Source"</th><th scope="col">"As of"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

fn row(book: &PriceBook, price: &Price) -> impl IntoView + use<> {
    let tiers = price
        .tiers
        .iter()
        .map(|tier| {
            let up_to = tier
                .up_to
                .map(|limit| format!(" up to {}", format::count(limit)));
            let rest = (tier.up_to.is_none() && price.tiers.len() > 1).then_some(" beyond");
            view! { <span class="tier">{format::usd_unit(tier.usd)} {up_to} {rest}</span> }
        })
        .collect_view();
    let source = book.source(&price.source).map_or_else(
        || price.source.clone().into_any(),
        |source| {
            view! { <a href=source.url.clone() rel="noreferrer">{source.title.clone()}</a> }
                .into_any()
        },
    );
    let note = price
        .note
        .clone()
        .map(|note| view! { <span class="note">{note}</span> });
    let assumed = price
        .assumption
        .then(|| view! { <span class="tag">"assumption"</span> });
    view! {
        <tr id=price.id.clone()>
            <th scope="row">{price.name.clone()} {assumed} <code>{price.id.clone()}</code> {note}</th>
            <td data-label="US dollars" class="num">{tiers}</td>
            <td data-label="Unit">{price.unit.to_string()}</td>
            <td data-label="Source">{source}</td>
            <td data-label="As of" class="date">{price.as_of.clone()}</td>
        </tr>
    }
}

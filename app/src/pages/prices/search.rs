//! What is looked for in the price book: the query string, its form, and what it takes.

use leptos::prelude::*;
use model::price::Price;
use model::{PriceBook, Region};

use crate::url_state::Pairs;

const EVERY_REGION: &str = "all";

/// What is looked for.
pub(super) struct Search {
    words: String,
    /// `None` is every region.
    pub(super) region: Option<Region>,
    product: String,
    pub(super) stale: bool,
    pub(super) page: usize,
}

impl Search {
    pub(super) fn read(pairs: &Pairs) -> Self {
        let region = match pairs.last("region") {
            Some(EVERY_REGION) => None,
            Some(id) => Some(id.parse().unwrap_or(Region::UsEast1)),
            None => Some(Region::UsEast1),
        };
        Self {
            words: pairs.last("q").unwrap_or_default().to_owned(),
            region,
            product: pairs.last("product").unwrap_or_default().to_owned(),
            stale: pairs.last("stale").is_some(),
            page: pairs
                .last("page")
                .and_then(|page| page.parse().ok())
                .unwrap_or(1),
        }
    }

    /// The address of a page of the same search.
    pub(super) fn address(&self, page: usize) -> String {
        let region = self.region.map_or(EVERY_REGION, Region::id);
        let pairs = Pairs::default()
            .with("q", self.words.as_str())
            .with("region", region)
            .with("product", self.product.as_str())
            .with("stale", if self.stale { "1" } else { "" })
            .with("page", page.to_string());
        format!("/prices?{}", pairs.query())
    }

    /// Whether a price is looked for.
    pub(super) fn takes(&self, book: &PriceBook, price: &Price, today: &str) -> bool {
        self.region.is_none_or(|region| region == price.region)
            && (!self.stale || price.is_stale(today))
            && self.takes_product(&price.id)
            && self.has_words(&[
                &price.id,
                &price.name,
                book.source(&price.source)
                    .map_or("", |source| &source.title),
                price.note.as_deref().unwrap_or_default(),
            ])
    }

    /// Whether this product is looked for, by the id of one of its prices.
    pub(super) fn takes_product(&self, id: &str) -> bool {
        self.product.is_empty() || id.split('/').next() == Some(self.product.as_str())
    }

    /// Whether each word stands somewhere in these texts.
    pub(super) fn has_words(&self, texts: &[&str]) -> bool {
        let texts: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
        self.words
            .to_lowercase()
            .split_whitespace()
            .all(|word| texts.iter().any(|text| text.contains(word)))
    }

    pub(super) fn form(&self, book: &PriceBook) -> impl IntoView + use<> {
        let regions = Region::ALL
            .map(|one| {
                let on = Some(one) == self.region;
                view! { <option value=one.id() selected=on>{one.name()}</option> }
            })
            .into_iter()
            .collect_view();
        let products = book
            .products()
            .map(|(id, title)| {
                let on = id == self.product;
                view! { <option value=id.to_owned() selected=on>{title.to_owned()}</option> }
            })
            .collect_view();
        view! {
            <form method="get" action="/prices" class="search" role="search">
                <div class="field small"><label for="q">"Words"</label><input type="search" id="q" name="q" value=self.words.clone()/></div>
                <div class="field small"><label for="product">"Product"</label><select id="product" name="product"><option value="">"Every product"</option>{products}</select></div>
                <div class="field small"><label for="region">"Region"</label><select id="region" name="region">{regions}<option value=EVERY_REGION selected=self.region.is_none()>"Every region"</option></select></div>
                <div class="choice"><input type="checkbox" id="stale" name="stale" value="1" checked=self.stale/><label for="stale">"Stale only"</label></div>
                <button type="submit">"Show"</button>
            </form>
        }
    }
}

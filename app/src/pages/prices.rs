//! The price book: each price with its tiers, source, date and age; what is free, what is a
//! share of another price, and what has no published rate.

mod beside;
mod search;
mod table;

use leptos::prelude::*;
use model::PriceBook;
use model::price::{Price, STALE_AFTER_DAYS};

use crate::components::frame::Head;
use crate::format;
use crate::markup::IntoMarkup as _;
use crate::pages;
use crate::url_state::Pairs;
use search::Search;

/// So many prices on one page keep it light.
const PER_PAGE: usize = 300;

#[component]
pub fn PricesPage() -> impl IntoView {
    let ports = pages::ports();
    let book = ports.book.as_ref();
    let today = ports.calendar.today();
    let search = Search::read(&Pairs::parse(&pages::query()));
    let found: Vec<&Price> = book
        .entries()
        .filter(|price| search.takes(book, price, &today))
        .collect();
    let pages = found.len().div_ceil(PER_PAGE).max(1);
    let page = search.page.clamp(1, pages);
    let from = (page - 1) * PER_PAGE;
    let shown: Vec<&Price> = found.iter().skip(from).take(PER_PAGE).copied().collect();
    let products = book
        .products()
        .filter_map(|(id, title)| table::product(id, title, &shown, book, &search, &today))
        .collect_view();
    let rest = (page == pages).then(|| beside::beside(book, &search, &today));
    view! {
        <Head title="Prices" description="Every price that Breakeven computes with, with its source, date and age."/>
        <h1>"Prices"</h1>
        <p class="lead">
            "Every figure that a bill is made of, with where it comes from and when it was read. A price that is not here is missing, and a bill that needs it says so."
        </p>
        {state_of_the_book(book, &today)}
        {search.form(book)}
        <p class="count" role="status">{found_words(&search, found.len(), from, shown.len())}</p>
        {products}
        {pager(&search, page, pages)}
        {rest}
    }
    .into_markup()
}

/// How old the book is as a whole.
fn state_of_the_book(book: &PriceBook, today: &str) -> impl IntoView + use<> {
    let all = book.entries().count();
    let stale = book.entries().filter(|price| price.is_stale(today)).count();
    view! {
        <dl class="outcome even">
            <div><dt>"Price book of"</dt><dd class="figure">{book.version().to_owned()}</dd></div>
            <div><dt>"Prices"</dt><dd class="figure">{format::quantity(count(all))}</dd></div>
            <div><dt>"Stale, over " {STALE_AFTER_DAYS} " days"</dt><dd class="figure">{format::quantity(count(stale))}</dd></div>
        </dl>
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "there are far fewer prices than a double counts"
)]
const fn count(number: usize) -> f64 {
    number as f64
}

fn found_words(search: &Search, found: usize, from: usize, shown: usize) -> String {
    let place = search.region.map_or("every region", |region| region.name());
    let which = if search.stale {
        "stale prices"
    } else {
        "prices"
    };
    match (found, shown) {
        (0, _) => {
            format!("No {which} in {place} match. Fewer words find more, and so does every region.")
        }
        (found, shown) if found == shown => {
            format!("{found} {which} in {place}, in US dollars before tax.")
        }
        (found, shown) => format!(
            "{} to {} of {found} {which} in {place}, in US dollars before tax.",
            from + 1,
            from + shown
        ),
    }
}

fn pager(search: &Search, page: usize, pages: usize) -> impl IntoView + use<> {
    let links = (1..=pages).map(|number| {
        let current = (number == page).then_some("page");
        let href = search.address(number);
        view! { <li><a href=href aria-current=current>{number}</a></li> }
    });
    (pages > 1).then(|| view! { <nav class="pager" aria-label="Pages of prices"><ul>{links.collect_view()}</ul></nav> })
}

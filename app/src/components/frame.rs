//! Header, footer, and the title of a page.

use leptos::prelude::*;
use leptos::tachys::reactive_graph::OwnedView;
use leptos_meta::{Link, Meta, Title};

use crate::api::ports::Ports;
use crate::pages;

const NAVIGATION: [(&str, &str); 6] = [
    ("/advise/quick", "Start"),
    ("/claims", "Claims"),
    ("/prices", "Prices"),
    ("/method", "Method"),
    ("/scenarios", "Scenarios"),
    ("/api", "API"),
];

/// Wordmark and navigation.
#[component]
pub fn SiteHeader() -> impl IntoView {
    let here = pages::path();
    let links = NAVIGATION.map(|(href, name)| {
        let current = (here == href).then_some("page");
        view! { <li><a href=href aria-current=current>{name}</a></li> }
    });
    view! {
        <header class="site">
            <a class="wordmark" href="/">
                <svg viewBox="0 0 32 20" width="32" height="20" aria-hidden="true" focusable="false">
                    <path class="mark-containers" d="M1 14h9V9h9V4h12" fill="none" stroke-width="2.5"/>
                    <path class="mark-serverless" d="M1 19 31 1" fill="none" stroke-width="2.5" stroke-dasharray="4 2.5"/>
                </svg>
                "Breakeven"
            </a>
            <nav aria-label="Main"><ul>{links}</ul></nav>
        </header>
    }
}

/// Which prices, which model, and what the numbers are not.
#[component]
pub fn SiteFooter() -> impl IntoView {
    let book = use_context::<std::sync::Arc<Ports>>().map(|ports| ports.book.version().to_owned());
    view! {
        <footer class="site">
            <p>"Estimates, not quotes. Prices are AWS list prices in US dollars before tax, for a month of 730 hours."</p>
            <p>
                <a href="/prices">"Price book " {book}</a>
                ", model " {model::MODEL_VERSION} ". Open source, MIT or Apache 2.0."
            </p>
        </footer>
    }
}

/// Title, description and the preview of a link.
#[component]
pub fn Head(
    /// What the page is called.
    #[prop(into)]
    title: String,
    /// One sentence on what it says.
    #[prop(into)]
    description: String,
    /// For pages that hold what a person entered.
    #[prop(optional)]
    private: bool,
) -> impl IntoView {
    let title = if title == "Breakeven" {
        title
    } else {
        format!("{title} - Breakeven")
    };
    let address = use_context::<std::sync::Arc<Ports>>()
        .map(|ports| format!("{}{}", ports.public_url, pages::path()));
    // What was waited for may be written on another thread, where nobody knows the head of this page.
    OwnedView::new(view! {
        <Title text=escaped(&title)/>
        <Meta name="description" content=description.clone()/>
        <Meta property="og:title" content=title/>
        <Meta property="og:description" content=description/>
        {private.then(|| view! { <Meta name="robots" content="noindex"/> })}
        {address.filter(|_| !private).map(|href| view! { <Link rel="canonical" href=href/> })}
    })
}

/// What was typed into a `textarea`, which the framework writes as it stands. A browser swallows the first line break.
pub(crate) fn in_textarea(typed: &str) -> String {
    format!("\n{}", escaped(typed))
}

/// `leptos_meta` writes a title as it stands, and titles hold what people type.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

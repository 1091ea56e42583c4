//! The document around every page.

use std::sync::Arc;

use leptos::config::LeptosOptions;
use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::api::ports::Ports;
use crate::app::App;

/// The folder of scripts and styles of this build.
pub(crate) fn asset(file: &str) -> String {
    let hash = use_context::<Arc<Ports>>()
        .map_or_else(|| "unbuilt".to_owned(), |ports| ports.asset_hash.clone());
    format!("/pkg/{hash}/{file}")
}

/// The whole document. Scripts are not here: the pages that have islands or charts name theirs.
#[must_use]
pub fn shell(_options: LeptosOptions) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" content="#faf7f0" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#171512" media="(prefers-color-scheme: dark)"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=asset("main.css")/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

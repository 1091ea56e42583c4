//! A part of the answer that comes from its own address: a link without scripts; with them it is
//! fetched when it comes near.

use leptos::prelude::*;

/// Which parts come later; each is a page of its own below `/answer/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Later {
    /// How sure: samples of all ranges.
    Confidence,
    /// What would flip it, and what else could be done.
    Flips,
    /// Month by month.
    Growth,
}

impl Later {
    /// The last part of its address, and the name of its place on the page.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Confidence => "confidence",
            Self::Flips => "flips",
            Self::Growth => "growth",
        }
    }

    /// What the link to it says.
    const fn words(self) -> &'static str {
        match self {
            Self::Confidence => "How sure is this?",
            Self::Flips => "What would flip this, and what else could be done",
            Self::Growth => "What growth does to it",
        }
    }

    /// The page's heading.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Confidence => "How sure this is",
            Self::Flips => "What would flip this",
            Self::Growth => "As it grows",
        }
    }
}

/// The place of a part that is not computed yet.
#[component]
pub fn LaterPart(
    /// Which.
    part: Later,
    /// The answers.
    query: String,
) -> impl IntoView {
    let href = format!("/answer/{}?{query}", part.id());
    view! {
        <div class=format!("later {}", part.id()) data-part=part.id() data-later=href.clone()>
            <p><a href=href.clone()>{part.words()}</a></p>
        </div>
    }
}

//! Parts of pages as HTML.
//!
//! A view is a nested type, and of each type the compiler makes every way of showing it: as a string, as a stream, in
//! and out of order, resolved, built and rebuilt in a document. A page on the server needs the first alone. So its parts
//! end as [`Markup`], and an [`AnyView`](leptos::prelude::AnyView), which asks for all of them, is left to what waits.

use leptos::prelude::RenderHtml;
use leptos::tachys::html::InertElement;
use leptos::tachys::view::Position;

/// A part of a page that is HTML already. What waits, a `Suspend`, stands around it: in it, it would show nothing.
pub type Markup = InertElement;

/// Ends a view: it becomes the HTML that it shows.
pub trait IntoMarkup {
    /// The HTML.
    fn into_markup(self) -> Markup;
}

impl<V: RenderHtml> IntoMarkup for V {
    fn into_markup(self) -> Markup {
        let mut html = String::new();
        self.to_html_with_buf(
            &mut html,
            &mut Position::FirstChild,
            true,
            false,
            Vec::new(),
        );
        Markup::new(html)
    }
}

//! Takes the parts of a fetched page into this one, without losing the reader's place: what
//! stands open stays open, and what is on the screen stays where it is.

use wasm_bindgen::JsCast as _;
use web_sys::{CustomEvent, Document, Element, HtmlElement};

/// Tells the charts that parts are new.
const SWAPPED: &str = "breakeven:parts";

/// All elements that a selector finds, in their order.
pub(super) fn all(document: &Document, selector: &str) -> Vec<Element> {
    document.query_selector_all(selector).map_or_else(
        |_| Vec::new(),
        |list| {
            (0..list.length())
                .filter_map(|index| list.get(index)?.dyn_into().ok())
                .collect()
        },
    )
}

fn within(element: &Element, selector: &str) -> Vec<Element> {
    element.query_selector_all(selector).map_or_else(
        |_| Vec::new(),
        |list| {
            (0..list.length())
                .filter_map(|index| list.get(index)?.dyn_into().ok())
                .collect()
        },
    )
}

fn part_named(document: &Document, name: &str) -> Option<Element> {
    document
        .query_selector(&format!("[data-part=\"{name}\"]"))
        .ok()?
}

/// Puts each part of `page` in the place of the same part here. With `keep`, a part that comes
/// later stays as it was until its own answer is there.
pub(super) fn parts(document: &Document, page: &Document, keep: bool) {
    let anchor = Anchor::find(document);
    for fresh in all(page, "[data-part]") {
        let name = fresh.get_attribute("data-part").unwrap_or_default();
        let Some(old) = part_named(document, &name) else {
            continue;
        };
        if keep && let Some(address) = fresh.get_attribute("data-later") {
            let _ = old.set_attribute("data-later", &address);
            continue;
        }
        replace(document, &old, &fresh);
    }
    if let Some(anchor) = anchor {
        anchor.hold(document);
    }
    if let Ok(event) = CustomEvent::new(SWAPPED) {
        let _ = document.dispatch_event(&event);
    }
}

fn replace(document: &Document, old: &Element, fresh: &Element) {
    let open: Vec<bool> = within(old, "details")
        .iter()
        .map(|details| details.has_attribute("open"))
        .collect();
    let kept = within(old, "[data-keep]");
    let Ok(fresh) = document.import_node_with_deep(fresh, true) else {
        return;
    };
    let Ok(fresh) = fresh.dyn_into::<Element>() else {
        return;
    };
    for (details, open) in within(&fresh, "details").iter().zip(open) {
        let _ = if open {
            details.set_attribute("open", "")
        } else {
            details.remove_attribute("open")
        };
    }
    // A picture that no script has drawn over yet is better new.
    for old in kept
        .into_iter()
        .filter(|old| !matches!(old.query_selector("picture"), Ok(Some(_))))
    {
        let name = old.get_attribute("data-keep").unwrap_or_default();
        let place = fresh.query_selector(&format!("[data-keep=\"{name}\"]"));
        if let Ok(Some(place)) = place {
            carry(&place, &old);
            let _ = place.replace_with_with_node_1(&old);
        }
    }
    let _ = old.replace_with_with_node_1(&fresh);
}

/// What is new of a place goes to the element that stays there.
fn carry(place: &Element, old: &Element) {
    for name in ["data-chart-url", "aria-label"] {
        if let Some(value) = place.get_attribute(name) {
            let _ = old.set_attribute(name, &value);
        }
    }
}

/// Shows what is wrong with an answer beside its field on the sheet, and clears what is mended.
pub(super) fn errors(document: &Document, page: &Document) {
    for place in all(document, "[data-error]") {
        let path = place.get_attribute("data-error").unwrap_or_default();
        let said = page
            .query_selector(&format!("[data-wrong=\"{path}\"]"))
            .ok()
            .flatten()
            .and_then(|wrong| wrong.text_content());
        place.set_text_content(said.as_deref());
        if let Some(place) = place.dyn_ref::<HtmlElement>() {
            place.set_hidden(said.is_none());
        }
        if let Ok(Some(field)) =
            document.query_selector(&format!("form[data-live] [name=\"{path}\"]"))
        {
            let wrong = if said.is_some() { "true" } else { "false" };
            let _ = field.set_attribute("aria-invalid", wrong);
        }
    }
}

/// The part that is uppermost on the screen, and where it stood.
struct Anchor {
    name: String,
    top: f64,
}

impl Anchor {
    fn find(document: &Document) -> Option<Self> {
        all(document, ".result [data-part]")
            .into_iter()
            .find(|part| part.get_bounding_client_rect().bottom() > 0.0)
            .map(|part| Self {
                name: part.get_attribute("data-part").unwrap_or_default(),
                top: part.get_bounding_client_rect().top(),
            })
    }

    /// Scrolls by what the part was moved.
    fn hold(&self, document: &Document) {
        let Some(part) = part_named(document, &self.name) else {
            return;
        };
        let moved = part.get_bounding_client_rect().top() - self.top;
        if let Some(window) = document.default_view().filter(|_| moved.abs() >= 1.0) {
            window.scroll_by_with_x_and_y(0.0, moved);
        }
    }
}

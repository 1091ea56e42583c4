//! Asks the server for the page with the answers of the sheet, and takes its parts over.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, DomParser, Element, FormData, HtmlFormElement, IntersectionObserver,
    IntersectionObserverInit, Response, SupportedType, UrlSearchParams,
};

use super::swap;

/// Between the last key and the request.
const PAUSE: Duration = Duration::from_millis(60);
/// Between the last answer and the parts that take longer.
const LATER: Duration = Duration::from_millis(400);
/// How near a part comes before it is fetched.
const NEAR: &str = "600px";

/// The sheet, and what it waits for.
#[derive(Clone)]
pub(super) struct Live {
    /// What is read out.
    said: RwSignal<&'static str>,
    /// Only the newest request counts.
    newest: Rc<Cell<u32>>,
    pause: Rc<RefCell<Option<TimeoutHandle>>>,
}

impl Live {
    pub(super) fn new(said: RwSignal<&'static str>) -> Self {
        Self {
            said,
            newest: Rc::default(),
            pause: Rc::default(),
        }
    }

    /// A key was pressed.
    pub(super) fn typed(&self) {
        let live = self.clone();
        self.after(PAUSE, move || live.sent());
    }

    /// The answers are to be computed now.
    pub(super) fn sent(&self) {
        let Some(address) = form().and_then(|form| address_of(&form)) else {
            return;
        };
        let live = self.clone();
        let turn = self.newest.get().wrapping_add(1);
        self.newest.set(turn);
        leptos::task::spawn_local(async move { live.show(address, turn).await });
    }

    async fn show(self, address: String, turn: u32) {
        let Ok((ok, page)) = fetch(&address).await else {
            self.said
                .set("The server cannot be reached. What you typed is kept.");
            return;
        };
        // What was typed since counts, not this.
        if self.newest.get() != turn {
            return;
        }
        let document = document();
        swap::errors(&document, &page);
        if !ok {
            self.said.set("One answer cannot be read.");
            return;
        }
        swap::parts(&document, &page, true);
        if let Ok(history) = window().history() {
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
        }
        self.said.set("Updated");
        let live = self.clone();
        self.after(LATER, move || live.fetch_later());
    }

    /// Fetches each part that comes later, as soon as it is near.
    pub(super) fn fetch_later(&self) {
        for place in swap::all(&document(), "[data-later]") {
            let live = self.clone();
            when_near(&place, move |place| live.fetch_part(&place));
        }
    }

    fn fetch_part(&self, place: &Element) {
        let Some(address) = place.get_attribute("data-later") else {
            return;
        };
        let live = self.clone();
        let turn = self.newest.get();
        leptos::task::spawn_local(async move {
            if let Ok((true, page)) = fetch(&address).await
                && live.newest.get() == turn
            {
                swap::parts(&document(), &page, false);
            }
        });
    }

    fn after(&self, pause: Duration, act: impl Fn() + 'static) {
        if let Some(handle) = self.pause.borrow_mut().take() {
            handle.clear();
        }
        *self.pause.borrow_mut() = set_timeout_with_handle(act, pause).ok();
    }
}

fn form() -> Option<HtmlFormElement> {
    document()
        .query_selector("form[data-live]")
        .ok()??
        .dyn_into()
        .ok()
}

/// The page with the answers of the form. Empty ones are left out as in every link, unless they
/// stand beside a packed system, in which they take an answer back.
fn address_of(form: &HtmlFormElement) -> Option<String> {
    let answers = FormData::new_with_form(form).ok()?;
    let query = UrlSearchParams::new().ok()?;
    let packed = form.query_selector("[name=component]").ok()?.is_some();
    for pair in answers.entries().into_iter().flatten() {
        let pair: js_sys::Array = pair.dyn_into().ok()?;
        let (name, text) = (pair.get(0).as_string()?, pair.get(1).as_string()?);
        if packed || !text.trim().is_empty() {
            query.append(&name, &text);
        }
    }
    Some(format!("/answer?{}", query.to_string().as_string()?))
}

/// A page of this server, and whether it says what was asked for.
async fn fetch(address: &str) -> Result<(bool, Document), JsValue> {
    let response: Response = JsFuture::from(window().fetch_with_str(address))
        .await?
        .dyn_into()?;
    let text = JsFuture::from(response.text()?)
        .await?
        .as_string()
        .unwrap_or_default();
    let page = DomParser::new()?.parse_from_string(&text, SupportedType::TextHtml)?;
    Ok((response.ok(), page))
}

/// Acts once, when the element is on the screen or near it.
fn when_near(element: &Element, act: impl FnOnce(Element) + 'static) {
    let act = Cell::new(Some(act));
    let seen = Closure::<dyn Fn(js_sys::Array, IntersectionObserver)>::new(
        move |entries: js_sys::Array, observer: IntersectionObserver| {
            let near = entries
                .iter()
                .filter_map(|entry| entry.dyn_into::<web_sys::IntersectionObserverEntry>().ok())
                .find(web_sys::IntersectionObserverEntry::is_intersecting);
            if let Some(entry) = near
                && let Some(act) = act.take()
            {
                observer.disconnect();
                act(entry.target());
            }
        },
    );
    let options = IntersectionObserverInit::new();
    options.set_root_margin(NEAR);
    let observer = IntersectionObserver::new_with_options(seen.as_ref().unchecked_ref(), &options);
    if let Ok(observer) = observer {
        observer.observe(element);
    }
    // The observer holds it as long as the element is there.
    seen.forget();
}

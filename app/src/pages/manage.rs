//! What the owner of a scenario may do with it: another name, a last day, a new token, delete. Others prove that it is
//! theirs.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::api::ports::{Fresh, ScenarioRecord};
use crate::components::done::Done;
use crate::components::frame::Head;
use crate::components::problem::PortProblem;
use crate::components::token::TokenField;
use crate::islands::CopyLink;
use crate::markup::IntoMarkup as _;
use crate::pages::not_found::NotFoundPage;
use crate::pages::{self, day};
use crate::shell::asset;

const DONE: [(&str, &str); 3] = [
    ("claimed", "It is on the list of this browser now."),
    ("dated", "Its last day is set."),
    ("renamed", "It has its new name."),
];

#[component]
pub fn ManagePage() -> impl IntoView {
    let id = use_params_map()
        .get_untracked()
        .get("id")
        .unwrap_or_default();
    let (ports, visitor, fresh) = (pages::ports(), pages::visitor(), use_context::<Fresh>());
    let query = pages::query();
    Suspend::new(async move {
        match ports.scenarios.read(&id, None).await {
            Ok(Some(record)) => {
                let mine = record.is_of(visitor);
                let today = ports.calendar.today();
                view! { <Manage record mine fresh today query/> }.into_markup()
            }
            Ok(None) => view! { <NotFoundPage/> }.into_markup(),
            Err(error) => view! { <PortProblem error/> }.into_markup(),
        }
    })
    .into_any()
}

#[component]
fn Manage(
    record: ScenarioRecord,
    mine: bool,
    fresh: Option<Fresh>,
    today: String,
    query: String,
) -> impl IntoView {
    let title = if record.name.is_empty() {
        "An unnamed scenario".to_owned()
    } else {
        record.name.clone()
    };
    let forms = if mine {
        view! { <Forms record=record.clone() fresh today/> }.into_markup()
    } else {
        view! { <Prove id=record.id.clone()/> }.into_markup()
    };
    view! {
        <Head title=format!("Manage {title}") description="Rename, expire, hand over or delete a saved scenario." private=true/>
        <p class="back"><a href=format!("/s/{}", record.id)>"The scenario"</a> <a href="/scenarios">"My scenarios"</a></p>
        <Done query all=&DONE/>
        <h1>{title}</h1>
        {forms}
        <script type="module" src=asset("fragment.js")></script>
        <script type="module" src=asset("islands.js")></script>
    }
}

/// For whoever did not save it here.
#[component]
fn Prove(id: String) -> impl IntoView {
    view! {
        <p class="lead">"This browser did not save it. With the owner's token you put it on the list of this browser, and may change it here."</p>
        <form method="post" action=format!("/s/{id}/claim") class="sections">
            <TokenField label="Owner's token" hint="43 letters, digits, - and _; it was told once, when the scenario was saved by the API or the token was issued."/>
            <button type="submit">"It is mine"</button>
        </form>
        <p class="aside below">"Without the token you can still copy it: the copy is yours."</p>
    }
}

/// For the owner.
#[component]
fn Forms(record: ScenarioRecord, fresh: Option<Fresh>, today: String) -> impl IntoView {
    let base = format!("/s/{}", record.id);
    let last_day = record
        .expires_at
        .as_deref()
        .map(last_day)
        .unwrap_or_default();
    view! {
        <p class="lead">"You saved it in this browser, which may change it. Its revisions stay as they are, whatever you do here."</p>
        <div class="sections">
            <section aria-labelledby="rename">
                <h2 id="rename">"Name"</h2>
                <form method="post" action=format!("{base}/rename") class="inline">
                    <label class="visually-hidden" for="name">"Name"</label>
                    <input type="text" id="name" name="name" value=record.name.clone() maxlength="500" autocomplete="off"/>
                    <button type="submit">"Rename"</button>
                </form>
            </section>
            <section aria-labelledby="expiry">
                <h2 id="expiry">"Last day"</h2>
                <p>"After this day, in UTC, its links say that it is gone, and nothing of it is kept. Empty: it stays."</p>
                <form method="post" action=format!("{base}/expiry") class="inline">
                    <label class="visually-hidden" for="last-day">"Last day"</label>
                    <input type="date" id="last-day" name="last_day" value=last_day min=today/>
                    <button type="submit">"Set"</button>
                </form>
            </section>
            <Token base=base.clone() fresh/>
            <section aria-labelledby="delete">
                <h2 id="delete">"Delete"</h2>
                <p>"All revisions go at once and for good. Whoever opens a link to it reads that it was deleted; copies that others made stay theirs."</p>
                <form method="post" action=format!("{base}/delete")>
                    <p class="choice">
                        <input type="checkbox" id="sure" required/>
                        <label for="sure">"I want all " {record.newest} " of its revisions to be gone"</label>
                    </p>
                    <button type="submit">"Delete the scenario"</button>
                </form>
            </section>
        </div>
    }
}

/// A token for programs and for other browsers.
#[component]
fn Token(base: String, fresh: Option<Fresh>) -> impl IntoView {
    let issued = match fresh {
        Some(Fresh::OwnerToken { token, url }) => Some(view! {
            <div class="fresh" role="status">
                <p><strong>"The new owner's token."</strong> " It is told this once; the one before no longer counts."</p>
                <p><code class="token">{token}</code></p>
                <p>"Or as a link that hands the scenario over to whoever opens it:"</p>
                <p class="link"><code class="token">{url.clone()}</code> " " <CopyLink url/></p>
            </div>
        }),
        _ => None,
    };
    view! {
        <section aria-labelledby="token">
            <h2 id="token">"Owner's token"</h2>
            <p>"Whoever has it may change and delete this scenario: programs through the API, and you in another browser. A new one stops the old one."</p>
            {issued}
            <form method="post" action=format!("{base}/owner-token")>
                <button type="submit" class="quiet">"Issue a new token"</button>
            </form>
        </section>
    }
}

/// The last day before it expires.
pub(super) fn last_day(expires_at: &str) -> String {
    // It expires at a midnight where the form has set it; the API may say any moment.
    let text = day(expires_at);
    if expires_at.contains("T00:00:00") {
        day_before(&text).unwrap_or(text)
    } else {
        text
    }
}

/// The day before one written as `2027-03-01`.
fn day_before(day: &str) -> Option<String> {
    let mut parts = day.splitn(3, '-').map(str::parse::<u32>);
    let (year, month, date) = (
        parts.next()?.ok()?,
        parts.next()?.ok()?,
        parts.next()?.ok()?,
    );
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let length = |month: u32| match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let (year, month, date) = match (month, date) {
        (1, 1) => (year.checked_sub(1)?, 12, 31),
        (_, 1) => (year, month - 1, length(month - 1)),
        _ => (year, month, date - 1),
    };
    Some(format!("{year:04}-{month:02}-{date:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_is_the_one_that_was_set() {
        for (expires_at, expected) in [
            ("2027-03-01T00:00:00Z", "2027-02-28"),
            ("2028-03-01T00:00:00Z", "2028-02-29"),
            ("2027-01-01T00:00:00Z", "2026-12-31"),
            ("2027-05-11T00:00:00Z", "2027-05-10"),
            ("2027-05-11T08:00:00Z", "2027-05-11"),
        ] {
            assert_eq!(last_day(expires_at), expected);
        }
    }
}

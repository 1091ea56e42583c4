//! How to call the API: address, bodies, errors, limits, and what changes a scenario safely.

use leptos::prelude::*;

use crate::markup::{IntoMarkup as _, Markup};

use super::document::{Document, text};
use super::fields::prose;

/// A rule and what it says.
const MANNERS: [(&str, &str); 7] = [
    (
        "Bodies",
        "JSON in UTF-8, sent as `application/json`, of at most 256 kB. Fields that are not known are refused, so a slip of the pen does not pass for an answer.",
    ),
    (
        "Names",
        "`snake_case`. A number carries its unit in its name: `duration_ms`, `monthly_usd`. An answer is a number or its range, `{\"low\": 100, \"typical\": 150, \"high\": 400}`.",
    ),
    (
        "Versions",
        "The address has it: `/api/v1`. Fields may be added to answers; none is changed or dropped without a new version.",
    ),
    (
        "ETags",
        "What can be read again carries an `ETag`. Show it in `If-None-Match`, and what you have already is not sent again (304).",
    ),
    (
        "Idempotency",
        "Computing and reading may be repeated at will. Saving is repeated safely with an `Idempotency-Key` of your own: within a day the same key gives the same scenario and a fresh token, and with another body it is refused (422).",
    ),
    (
        "Ownership",
        "Saving returns a token. Whoever sends it as `Authorization: Bearer ..` may revise, rename and delete the scenario; everybody else may read it. It is kept as a hash only, so nobody can look it up for you. `POST .. /owner-token` issues a new one, and the old one stops working.",
    ),
    (
        "Changing",
        "To add a revision, show in `If-Match` the `ETag` that you have read. Where somebody was faster the answer is 412, and nothing is lost: read again, and decide. The checks come in this order: 404, 410, 401, 403, 428, 412.",
    ),
];

const LIMITS: &str = "By client address, as this server is set: by default 600 requests a minute for reading and computing, 60 for saving. Beyond, the answer is 429 \
with `Retry-After`. What takes more than ten seconds to compute is given up with 503; ask for fewer `parts`.";

pub(super) fn section(document: Document, url: &str) -> Markup {
    let manners = MANNERS
        .iter()
        .chain(&[("Limits", LIMITS)])
        .map(|(what, how)| view! { <div><dt>{*what}</dt><dd>{prose(how)}</dd></div> }.into_markup())
        .collect_view();
    let address = format!("{url}{}", document.root());
    view! {
        <section class="equation" id="manners" aria-labelledby="manners-title">
            <h2 id="manners-title">"How to call it"</h2>
            <p class="address"><code>{address}</code></p>
            <dl class="notes manners">{manners}</dl>
            {problems(document)}
        </section>
    }
    .into_markup()
}

/// All that may go wrong, once for all calls.
fn problems(document: Document) -> Markup {
    let rows = document
        .problems()
        .map(|(status, response)| {
            view! {
                <tr id=format!("problem-{status}")>
                    <th scope="row">{status}</th>
                    <td>{prose(text(&response["description"]))}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <h3>"Errors"</h3>
        <p>
            "Each is a problem document (RFC 9457), " <code>"application/problem+json"</code> ": "
            <a href="#record-Problem">"its fields"</a> ". Bad values are named all at once, each with its path, such as "
            <code>"components[0].work.cpu_ms"</code> "."
        </p>
        <table class="problems">
            <caption>"Statuses of errors"</caption>
            <thead><tr><th scope="col">"Status"</th><th scope="col">"When"</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_markup()
}

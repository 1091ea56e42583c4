//! The revisions of a scenario.

use leptos::prelude::*;

use crate::api::ports::RevisionLine;
use crate::pages::day;

/// The history, the newest first; nothing where there is one revision only.
pub(super) fn history(id: &str, shown: u32, lines: Vec<RevisionLine>) -> impl IntoView + use<> {
    let several = lines.len() > 1;
    let rows = lines
        .into_iter()
        .map(|line| row(id, shown, line))
        .collect_view();
    several.then(|| {
        view! {
            <section class="wide" aria-labelledby="history">
                <h2 id="history">"History"</h2>
                <table class="stack compact history">
                    <caption class="visually-hidden">"Revisions, the newest first"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Revision"</th><th scope="col">"Saved on"</th>
                            <th scope="col">"Verdict"</th><th scope="col">"Price book"</th><th scope="col">"Compare"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
    })
}

fn row(id: &str, shown: u32, line: RevisionLine) -> impl IntoView + use<> {
    let number = line.revision;
    let here = number == shown;
    let compare = (!here).then(|| {
        let (left, right) = (number.min(shown), number.max(shown));
        let href = format!("/compare?left={id}@{left}&right={id}@{right}");
        view! { <a href=href>"with revision " {shown}</a> }
    });
    view! {
        <tr>
            <th scope="row"><a href=format!("/s/{id}/revisions/{number}") aria-current=here.then_some("true")>{number}</a></th>
            <td data-label="Saved on"><time datetime=line.created_at.clone()>{day(&line.created_at)}</time></td>
            <td data-label="Verdict">{line.headline.unwrap_or_else(|| "in the revision itself".to_owned())}</td>
            <td data-label="Price book">{line.price_book} ", model " {line.model_version}</td>
            <td data-label="Compare">{compare}</td>
        </tr>
    }
}

//! Save, share, take away.

use leptos::prelude::*;

use crate::api::ports::ScenarioLine;
use crate::islands::CopyLink;

/// The form that saves an answer, and its reports.
#[component]
pub fn Share(
    /// The answers.
    query: String,
    /// The name that they already have.
    name: String,
    /// The address of this answer.
    url: String,
    /// What this browser has saved: the answer may become a revision of one of them.
    mine: Vec<ScenarioLine>,
) -> impl IntoView {
    let named = name.clone();
    view! {
        <section class="share" data-part="share" aria-labelledby="share">
            <h2 id="share">"Save and share"</h2>
            <form method="post" action="/scenarios" class="save">
                <input type="hidden" name="answers" value=query.clone()/>
                {save_as(&mine, &named)}
                <label for="scenario-name">"Name, if you like"</label>
                <div class="inline">
                    <input type="text" id="scenario-name" name="name" value=name maxlength="500" autocomplete="off"/>
                    <button type="submit">"Save"</button>
                </div>
                <p class="aside">
                    "Saving gives a short link to this result as it is now, prices included. Whoever has the link can read it; this browser can change it."
                    {(!mine.is_empty()).then_some(" A revision keeps the name of its scenario.")}
                </p>
            </form>
            <Reports base="/answer".to_owned() query/>
            <p>"Not saved, the address of this page carries all answers. " <CopyLink url/></p>
        </section>
    }
}

/// More of a list than this is no choice any more.
const MOST_CHOICES: usize = 20;

/// Whether it becomes a scenario of its own or a revision; the one of the same name is offered first.
fn save_as(mine: &[ScenarioLine], name: &str) -> impl IntoView + use<> {
    let options = mine
        .iter()
        .take(MOST_CHOICES)
        .map(|line| {
            let value = format!("{} \"{}-{}\"", line.id, line.newest.revision, line.changes);
            let same = !name.is_empty() && line.name == name;
            let next = line.newest.revision + 1;
            view! { <option value=value selected=same>{format!("revision {next} of \u{201c}{}\u{201d}", called(line))}</option> }
        })
        .collect_view();
    (!mine.is_empty()).then(|| {
        view! {
            <label for="save-as">"Save as"</label>
            <select id="save-as" name="as">
                <option value="">"a new scenario"</option>
                {options}
            </select>
        }
    })
}

/// What a scenario is called on a list.
pub(crate) fn called(line: &ScenarioLine) -> String {
    if line.name.trim().is_empty() {
        format!(
            "unnamed, {}",
            line.newest.created_at.get(..10).unwrap_or_default()
        )
    } else {
        line.name.clone()
    }
}

/// Links to the reports of a page.
#[component]
pub fn Reports(
    /// The page.
    base: String,
    /// Its query; empty for a saved scenario.
    query: String,
) -> impl IntoView {
    let end = if query.is_empty() {
        String::new()
    } else {
        format!("?{query}")
    };
    view! {
        <p class="reports">
            "Reports: "
            <a href=format!("{base}/report.md{end}") download="">"Markdown decision record"</a>
            ", "
            <a href=format!("{base}/report.json{end}") download="">"JSON"</a>
            ". Alarms for "
            <a href="#again">"how we will know"</a>
            ": "
            <a href=format!("{base}/tripwires.yaml{end}") download="">"CloudFormation"</a>
            ", "
            <a href=format!("{base}/tripwires.tf{end}") download="">"Terraform"</a>
            ", "
            <a href=format!("{base}/tripwires.rules.yaml{end}") download="">"Prometheus rules"</a>
            "."
        </p>
    }
}

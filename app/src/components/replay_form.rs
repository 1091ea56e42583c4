//! *Replay a week of this*: a form on an answer that starts a simulation of its traffic.

use leptos::prelude::*;
use model::Evaluation;
use model::evaluation::{Family, PlatformOption};

use crate::markup::{IntoMarkup as _, Markup};

/// The names of the form's fields.
pub const ANSWERS: &str = "answers";
pub const PLATFORM: &str = "platform";
pub const SERIES: &str = "series";
pub const STEP: &str = "step";

/// The form, under its heading.
#[component]
pub fn ReplayForm(
    /// What was computed: the first component names the options.
    evaluation: Evaluation,
    /// The answers as a link.
    query: String,
) -> impl IntoView {
    let component = evaluation.components.first()?;
    let options: Vec<&PlatformOption> = component
        .options
        .iter()
        .filter(|option| option.fit.ok && option.bill.is_some())
        .collect();
    if options.is_empty() {
        return None;
    }
    let first = |family: Family| {
        let mut of = options.iter().filter(move |option| option.family == family);
        of.next().map(|option| option.platform.clone())
    };
    let chosen = [first(Family::Serverless), first(Family::Containers)];
    let boxes: Vec<Markup> = options
        .iter()
        .map(|option| {
            let (id, label) = (option.platform.clone(), option.label.clone());
            let checked = chosen.iter().flatten().any(|chosen| *chosen == id);
            view! {
                <label class="option">
                    <input type="checkbox" name=PLATFORM value=id checked=checked/>
                    <span>{label}</span>
                </label>
            }
            .into_markup()
        })
        .collect();
    Some(view! {
        <section class="replay-form" data-part="replay" aria-labelledby="replay">
            <h2 id="replay">"Replay a week of this"</h2>
            <p>
                "The figures above come from formulas, and these see the hour. A replay sends a week of such requests, one after another, through the rules of each option: environments that start and end, queues, a fleet that grows later than its load. It takes some seconds and says how far the formulas are off."
            </p>
            <form method="post" action="/replays" enctype="multipart/form-data">
                <input type="hidden" name=ANSWERS value=query/>
                <fieldset>
                    <legend>"Options to replay"</legend>
                    <div class="boxes">{boxes}</div>
                </fieldset>
                <details>
                    <summary>"Traffic as you measured it"</summary>
                    <p class="field">
                        <label for="replay-series">"Counts of requests, as CSV"</label>
                        <input type="file" id="replay-series" name=SERIES accept=".csv,.txt,text/csv,text/plain"
                            aria-describedby="replay-series-hint"/>
                    </p>
                    <p class="aside" id="replay-series-hint">
                        "A count on each line, or a time and a count; at most 2 MB. It replaces requests, shape and bursts of the first component. It begins on Monday at 00:00 and is repeated where it is shorter than a week. Drop the file on the button, or choose it."
                    </p>
                    <p class="field">
                        <label for="replay-step">"One count stands for"</label>
                        <select id="replay-step" name=STEP>
                            <option value="second">"a second"</option>
                            <option value="minute" selected>"a minute"</option>
                            <option value="hour">"an hour"</option>
                        </select>
                    </p>
                </details>
                <p><button type="submit">"Replay a week"</button></p>
            </form>
        </section>
    })
}

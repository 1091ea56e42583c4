//! All answers on one page: what was said, what is assumed, what hangs on it, and what could
//! flip the result.

mod assumed;
mod stated;

use leptos::prelude::*;
use model::evaluation::Evaluation;
use model::{Parts, System};

use crate::api::ports::{PortError, Ports};
use crate::components::frame::Head;
use crate::components::problem::{CannotCompute, PortProblem};
use crate::format;
use crate::markup::{IntoMarkup as _, Markup};
use crate::pages;
use crate::pages::advise::next::{Worth, most_valuable};
use crate::pages::advise::{field_link, section_link};
use crate::url_state::{Draft, Pairs, is_component_field, query_from_system};

/// The row of an answer.
pub(crate) fn row_id(index: usize, path: &str) -> String {
    if index > 0 && is_component_field(path) {
        format!("row-{index}-{path}")
    } else {
        format!("row-{path}")
    }
}

#[component]
pub fn CheckPage() -> impl IntoView {
    let query = pages::query();
    let parsed = Draft::parse(&query);
    let (draft, system) = match parsed.and_then(|draft| Ok((draft.system()?, draft))) {
        Ok((system, draft)) => (draft, system),
        Err(invalid) => {
            let pairs = Pairs::parse(&query);
            return view! { <CannotCompute pairs errors=invalid.errors/> }
                .into_markup()
                .into_any();
        }
    };
    let ports = pages::ports();
    Suspend::new(async move {
        match marked(&ports, &system).await {
            Ok((evaluation, asked_next)) => {
                view! { <Answers draft system evaluation asked_next/> }.into_markup()
            }
            Err(error) => view! { <PortProblem error/> }.into_markup(),
        }
    })
    .into_any()
}

/// The evaluation with its marks. On a busy server the answers are shown without them.
async fn marked(ports: &Ports, system: &System) -> Result<(Evaluation, AskedNext), PortError> {
    // All of it, so that the answer is there at once.
    match ports.evaluator.evaluate(system.clone(), Parts::ALL).await {
        Ok(evaluation) => {
            let worth = most_valuable(system, &evaluation);
            let asked_next = worth.map_or(AskedNext::Nothing, AskedNext::One);
            Ok((evaluation, asked_next))
        }
        Err(PortError::Overloaded) => {
            let evaluation = ports
                .evaluator
                .evaluate(system.clone(), Parts::NONE)
                .await?;
            Ok((evaluation, AskedNext::Unknown))
        }
        Err(error) => Err(error),
    }
}

/// What the rows of the page are made from.
struct Checked {
    draft: Draft,
    system: System,
    evaluation: Evaluation,
}

/// Which open question is worth most.
enum AskedNext {
    One(Worth),
    Nothing,
    /// There was no time to find out.
    Unknown,
}

#[component]
fn Answers(
    draft: Draft,
    system: System,
    evaluation: Evaluation,
    asked_next: AskedNext,
) -> impl IntoView {
    let query = draft.query();
    let answer = format!("/answer?{}", query_from_system(&system));
    let several = draft.len() > 1;
    let first = section_link(&draft, 0, model::question::Section::Work);
    let checked = Checked {
        draft,
        system,
        evaluation,
    };
    let back = Pairs::parse(&query).with("step", "6").query();
    view! {
        <Head title="Check your answers" description="All answers, stated and assumed." private=true/>
        <p class="back"><a href=format!("/advise/quick?{back}")>"Back"</a></p>
        <h1>"Check your answers"</h1>
        {stated::tables(&checked)}
        <p class="actions"><a class="button" href=answer>"Show the answer"</a></p>
        {next_question(&checked, &asked_next)}
        {assumed::tables(&checked)}
        <p class="actions">
            <a href=first>"Ask me everything"</a>
            <a href=format!("/advise/system?{query}")>{if several { "Change the parts and their links" } else { "Add another part" }}</a>
        </p>
    }
}

/// What to answer next, because knowing it is worth most.
fn next_question(checked: &Checked, asked_next: &AskedNext) -> Markup {
    let worth = match asked_next {
        AskedNext::One(worth) => worth,
        AskedNext::Nothing => {
            return view! { <p class="aside asked-nothing">"No open question is worth asking next: none of them alone would make another choice pay."</p> }
                .into_markup();
        }
        AskedNext::Unknown => {
            let href = format!("/advise/next?{}", checked.draft.query());
            return view! {
                <p class="aside asked-nothing">
                    "The server is busy, so nothing is marked that could flip the answer. "
                    <a href=href>"Ask what matters most"</a>
                </p>
            }
            .into_markup();
        }
    };
    let of = (checked.draft.len() > 1).then(|| {
        let name = checked.draft.names()[worth.index].clone();
        format!(" ({name})")
    });
    let href = field_link(&checked.draft, worth.index, worth.question.path);
    view! {
        <section class="asked-next" aria-labelledby="asked-next">
            <h2 id="asked-next">"Asked next, because it matters most"</h2>
            <p>
                <a href=href>{worth.question.title}</a> {of}
                " Knowing it is worth " {format::usd_headline(worth.usd_per_month)} " a month."
            </p>
        </section>
    }
    .into_markup()
}

//! The article's figures, computed again with what they leave out, each with a form to vary it.

mod cold_starts;
mod cost;
mod coverage;
mod peaks;
mod section;

use leptos::prelude::*;

use crate::components::frame::Head;
use crate::components::trial::Input;
use crate::markup::IntoMarkup as _;
use crate::pages;
use crate::url_state::Pairs;
use section::{Section, section};

/// All inputs of the page; nothing else is carried along.
const FORMS: [&[Input]; 8] = [
    cost::FUNCTIONS,
    cost::INSTANCE,
    cost::CROSSOVER,
    cold_starts::LANGUAGES,
    cold_starts::NETWORK,
    cold_starts::SMALL,
    coverage::INPUTS,
    peaks::INPUTS,
];

#[component]
pub fn ClaimsPage() -> impl IntoView {
    let pairs = known(&Pairs::parse(&pages::query()));
    let book = pages::ports().book.clone();
    let sections: Vec<Section> = cost::sections(&pairs, &book)
        .into_iter()
        .chain(cold_starts::sections(&pairs))
        .chain([
            peaks::section(&pairs, &book),
            coverage::section(&pairs, &book),
        ])
        .collect();
    let contents = sections
        .iter()
        .map(|section| {
            let href = format!("#{}", section.id);
            view! {
                <tr>
                    <th scope="row"><a href=href>{section.said.clone()}</a></th>
                    <td data-label="Verdict" class="strong">{section.word()}</td>
                </tr>
            }
        })
        .collect_view();
    let sections = sections
        .into_iter()
        .map(|one| section(one, &pairs).into_markup())
        .collect_view();
    view! {
        <Head title="Claims" description="The figures of a well-known article on serverless in production, computed again with the inputs that they leave out."/>
        <h1>"The claims, computed again"</h1>
        <p class="lead">
            "An article on three years of production serverless names figures that are often repeated. Most can be right, and few say for what. Here is what each leaves out, with today's prices and measurements. Change the inputs to yours."
        </p>
        <table class="verdicts">
            <caption>"What becomes of them"</caption>
            <thead><tr><th scope="col">"The article says"</th><th scope="col">"Verdict"</th></tr></thead>
            <tbody>{contents}</tbody>
        </table>
        {sections}
        <section aria-labelledby="whole">
            <h2 id="whole">"The whole comparison"</h2>
            <p>"With front door, logs, latency and all break-evens: "
                <a href="/#article-c5-large">"the article's workloads among the examples"</a> "."</p>
        </section>
    }
    .into_markup()
}

/// Only what the forms of this page ask for.
fn known(pairs: &Pairs) -> Pairs {
    let names = FORMS.into_iter().flatten().map(|input| input.name);
    names.fold(Pairs::default(), |kept, name| match pairs.last(name) {
        Some(text) => kept.with(name, text),
        None => kept,
    })
}

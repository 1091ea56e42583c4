//! How it is computed: each equation with its signs, its range, its sources, and a form to try it.

mod compared;
mod equations;
mod math;

use leptos::prelude::*;
use model::PriceBook;

use crate::components::frame::Head;
use crate::components::trial::Typed;
use crate::markup::IntoMarkup as _;
use crate::pages;
use crate::url_state::Pairs;
use equations::{Equation, Formula, Outcome, Source, Symbol, Trial};

/// What the model leaves out, and what that does to an answer.
const NOT_MODELLED: [(&str, &str); 9] = [
    (
        "People's time",
        "The operations score and the skills stand beside the bill and are never turned into money.",
    ),
    (
        "Upfront payment",
        "Commitments are paid by the month here. Paying ahead saves a few percent more, and binds money.",
    ),
    (
        "Work lost to Spot interruptions",
        "Spot is priced and its capacity kept in reserve, but nothing is counted for what runs twice.",
    ),
    (
        "Streams",
        "They run as many environments as they have shards. The model gives them the cold starts of independent arrivals, which is too many.",
    ),
    (
        "WebSocket messages",
        "No measured delay of the managed WebSocket API is known to us, so it adds none. The service has one.",
    ),
    (
        "Retries and failures",
        "What fails and comes again is neither billed nor waited for.",
    ),
    (
        "Deployments",
        "Each new version starts all environments anew. A team that deploys hourly sees more cold starts than this.",
    ),
    (
        "Connection pools",
        "A full pool is a warning and a limit, not a queue.",
    ),
    (
        "Private discounts",
        "What you negotiated comes in as one percentage, or as rates of your own.",
    ),
];

#[component]
pub fn MethodPage() -> impl IntoView {
    let equations = equations::all();
    let pairs = known(&Pairs::parse(&pages::query()), &equations);
    let ports = pages::ports();
    let contents = equations
        .iter()
        .map(|equation| (equation.id, equation.title))
        .chain([
            (compared::ID, compared::TITLE),
            ("not-modelled", "What is not modelled"),
        ])
        .map(|(id, title)| view! { <li><a href=format!("#{id}")>{title}</a></li> })
        .collect_view();
    let sections = equations
        .iter()
        .map(|equation| section(equation, &pairs, &ports.book).into_markup())
        .collect_view();
    let gaps = NOT_MODELLED
        .map(|(what, so)| view! { <div><dt>{what}</dt><dd>{so}</dd></div> })
        .collect_view();
    view! {
        <Head title="Method" description="How Breakeven computes costs, response times and break-evens: each equation with its source, its range, and a form to try it."/>
        <h1>"Method"</h1>
        <p class="lead">"What is computed from your answers, in the order in which it happens. Each equation is the one that the program runs, and can be tried by itself."</p>
        <nav class="contents" aria-label="On this page"><ol>{contents}</ol></nav>
        {sections}
        {compared::section()}
        <section class="equation" id="not-modelled" aria-labelledby="not-modelled-title">
            <h2 id="not-modelled-title">"What is not modelled"</h2>
            <p>"A model is a choice of what to leave out. These are the omissions that could matter to you."</p>
            <dl class="gaps">{gaps}</dl>
        </section>
    }
    .into_markup()
}

/// Only what the forms of this page ask for.
fn known(pairs: &Pairs, equations: &[Equation]) -> Pairs {
    let names: Vec<String> = equations
        .iter()
        .filter_map(|equation| Some((equation.id, equation.trial.as_ref()?)))
        .flat_map(|(id, trial)| {
            let names = trial.inputs.iter().map(|input| input.name);
            names.map(move |name| format!("{}{name}", prefix(id)))
        })
        .collect();
    names
        .iter()
        .fold(Pairs::default(), |kept, name| match pairs.last(name) {
            Some(text) => kept.with(name, text),
            None => kept,
        })
}

/// What stands before the names of an equation's inputs in the address.
fn prefix(id: &str) -> String {
    format!("{id}.")
}

fn section(equation: &Equation, pairs: &Pairs, book: &PriceBook) -> impl IntoView + use<> {
    let title = format!("{}-title", equation.id);
    let formulas = equation.formulas.iter().map(formula).collect_view();
    let sources = equation.sources.iter().map(source).collect_view();
    let trial = equation
        .trial
        .as_ref()
        .map(|trial| tried(equation.id, equation.title, trial, pairs, book).into_markup());
    view! {
        <section class="equation" id=equation.id aria-labelledby=title.clone()>
            <h2 id=title.clone()>{equation.title}</h2>
            <p>{equation.lead}</p>
            {formulas}
            {symbols(&equation.symbols, equation.title)}
            <dl class="notes">
                <div><dt>"Range"</dt><dd>{equation.range}</dd></div>
                <div><dt>"Sources"</dt><dd><ul>{sources}</ul></dd></div>
            </dl>
            {trial}
        </section>
    }
}

fn formula(formula: &Formula) -> impl IntoView + use<> {
    view! {
        <figure class="formula">
            <div class="scroll" role="group" aria-label="Formula" tabindex="0" inner_html=formula.math.display(formula.words)></div>
            <figcaption>{formula.words}</figcaption>
        </figure>
    }
}

fn symbols(symbols: &[Symbol], title: &'static str) -> impl IntoView + use<> {
    let rows = symbols
        .iter()
        .map(|symbol| {
            view! {
                <tr>
                    <td class="sign" inner_html=symbol.sign.inline()></td>
                    <th scope="row">{symbol.meaning}</th>
                    <td class="unit">{unit(symbol.unit)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="symbols">
            <caption><span class="visually-hidden">{title} ": "</span>"Symbols"</caption>
            <thead><tr><th scope="col">"Symbol"</th><th scope="col">"Meaning"</th><th scope="col">"Unit"</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// A plain number has no unit.
fn unit(unit: &'static str) -> &'static str {
    if unit == "1" { "a number" } else { unit }
}

fn source(source: &Source) -> impl IntoView + use<> {
    let title = if source.url.is_empty() {
        source.title.clone().into_markup()
    } else {
        view! { <a href=source.url.clone() rel="noreferrer">{source.title.clone()}</a> }
            .into_markup()
    };
    view! { <li>{title} ", " <span class="date">{source.date.clone()}</span></li> }
}

/// The form, with the result of what stands in it.
fn tried(
    id: &'static str,
    title: &'static str,
    trial: &Trial,
    pairs: &Pairs,
    book: &PriceBook,
) -> impl IntoView + use<> {
    let mut typed = Typed::read(&prefix(id), trial.inputs, pairs);
    let result = typed.checked().and_then(|()| (trial.compute)(&typed, book));
    let outcome = match result {
        Ok(rows) => outcome(&rows).into_markup(),
        Err(errors) => {
            typed.accuse(errors);
            view! { <p class="outcome error" role="alert">"Not computed: see the field above."</p> }
                .into_markup()
        }
    };
    let api = trial.api.map(|path| {
        view! { <p class="aside">"The same by the API: " <code>"POST " {path}</code></p> }
    });
    let heading = format!("{id}-try");
    view! {
        <form method="get" action=format!("/method#{id}-try") class="trial" aria-labelledby=heading.clone()>
            <h3 id=heading.clone()>"Try it" <span class="visually-hidden">": " {title}</span></h3>
            {typed.carried(pairs)}
            <div class="vary">{typed.fields()} <button type="submit">"Compute"</button></div>
            {outcome}
            {api}
        </form>
    }
}

fn outcome(rows: &[Outcome]) -> impl IntoView + use<> {
    let rows = rows
        .iter()
        .map(|row| view! { <div><dt>{row.label}</dt><dd class="figure">{row.value.clone()}</dd></div> })
        .collect_view();
    view! { <dl class="outcome">{rows}</dl> }
}

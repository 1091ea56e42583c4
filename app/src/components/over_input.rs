//! Break-evens over an answer of choice: a form that asks for the page again, and what came of it.

use leptos::prelude::*;
use model::evaluation::{ComponentEvaluation, InputBreakEvens};
use model::question::{Question, Section, below_component, question};
use model::system::number_field;

use crate::charts::over_input::{OverInput, Turn};
use crate::components::assumptions::value_words;
use crate::components::field::carried;
use crate::format;
use crate::markup::{IntoMarkup as _, Markup};
use crate::url_state::{PACKED, Pairs};

/// The name in the address.
pub const OVER: &str = "over";
/// What this would show, the chart shows already.
const CHARTED: &str = "traffic.requests_per_month";

/// What was asked for, and what came of it.
#[derive(Clone, Debug)]
pub enum Over {
    /// Nothing yet.
    Offered,
    /// The costs over an input.
    Found(Box<InputBreakEvens>),
    /// Why not.
    Refused(String),
}

/// The component and the path that an address names: `components[1].work.cpu_ms`, or
/// `work.cpu_ms` of the first.
#[must_use]
pub fn named(text: &str) -> (usize, &str) {
    let index = text
        .strip_prefix("components[")
        .and_then(|rest| rest.split_once(']')?.0.parse().ok());
    (index.unwrap_or(0), below_component(text))
}

/// The form, and beneath it the result where it is this component's.
#[component]
pub fn OverAnotherInput(
    /// Whose costs.
    component: ComponentEvaluation,
    /// Its number.
    index: usize,
    /// The answers.
    query: String,
    /// What came of it.
    over: Over,
) -> impl IntoView {
    let id = format!("over-{index}");
    let (chosen, result) = match over {
        Over::Found(found) if named(&found.input).0 == index => (
            Some(below_component(&found.input).to_owned()),
            Some(view! { <Found component found=*found/> }.into_markup()),
        ),
        Over::Refused(why) => (
            None,
            Some(view! { <p class="error">{why}</p> }.into_markup()),
        ),
        Over::Offered | Over::Found(_) => (None, None),
    };
    let answers = Pairs::parse(&query).answers();
    let several = answers.last(PACKED).is_some();
    view! {
        <section class="wide" id=id.clone() data-part=id.clone()>
            <h2>"Break-even over another answer"</h2>
            <form class="vary" method="get" action=format!("/answer#{id}")>
                {carried(&answers, &[])}
                <div class="field small">
                    <label for=format!("{id}-input")>"Which answer moves, all others as they are?"</label>
                    <select id=format!("{id}-input") name=OVER>
                        {Section::ALL.iter().map(|section| group(*section, index, several, chosen.as_deref())).collect_view()}
                    </select>
                </div>
                <button type="submit">"Show"</button>
            </form>
            {result}
        </section>
    }
}

/// The numeric answers of a section.
fn group(
    section: Section,
    index: usize,
    several: bool,
    chosen: Option<&str>,
) -> impl IntoView + use<> {
    let options = section
        .questions()
        .iter()
        .filter(|question| offered(question))
        .map(|question| {
            let value = if several {
                format!("components[{index}].{}", question.path)
            } else {
                question.path.to_owned()
            };
            let selected = chosen == Some(question.path);
            view! { <option value=value selected=selected>{question.name}</option> }
        })
        .collect::<Vec<_>>();
    (!options.is_empty()).then(|| view! { <optgroup label=section.title()>{options}</optgroup> })
}

fn offered(question: &Question) -> bool {
    question.path != CHARTED
        && !question.path.starts_with("pin.")
        && number_field(question.path).is_some()
}

/// Finding, turns and costs.
#[component]
fn Found(component: ComponentEvaluation, found: InputBreakEvens) -> impl IntoView {
    let over = OverInput::of(&component, &found);
    let name = question(&found.input).map_or(found.input.as_str(), |question| question.name);
    let words = |value: f64| value_words(&found.input, &value.into());
    let label = |id: &str| {
        let mut options = component.options.iter();
        options
            .find(|option| option.platform == id)
            .map_or_else(|| id.to_owned(), |option| option.label.clone())
    };
    let rows = over
        .turns
        .iter()
        .map(|turn: &Turn| {
            view! {
                <tr>
                    <th scope="row" class="num">{words(format::significant(turn.at, 3))}</th>
                    <td data-label="Cheapest below">{label(&turn.below)}</td>
                    <td data-label="Cheapest above">{label(&turn.above)}</td>
                </tr>
            }
        })
        .collect_view();
    let range = found.values.first().zip(found.values.last());
    let range = range.map_or_else(String::new, |(first, last)| {
        format!(
            "from {} to {}",
            words(*first),
            words(format::significant(*last, 3))
        )
    });
    let finding = match over.turns.len() {
        0 => format!("{name}, {range}: the answer does not change sides."),
        1 => format!("{name}, {range}: the answer changes sides once."),
        many => format!("{name}, {range}: the answer changes sides {many} times."),
    };
    let others = match over.others {
        0 => String::new(),
        1 => {
            " One more flip lies between options of which one is not the cheapest there.".to_owned()
        }
        many => format!(
            " {many} more flips lie between options of which one is not the cheapest there."
        ),
    };
    view! {
        <p class="finding">{finding} {others}</p>
        {(!over.turns.is_empty()).then(|| view! {
            <table class="stack compact worded">
                <caption>{format!("Where the answer changes sides: {name}")}</caption>
                <thead>
                    <tr>
                        <th scope="col" class="num">"At"</th><th scope="col">"Cheapest below"</th>
                        <th scope="col">"Cheapest above"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        })}
        {costs(&over, name, words, label)}
    }
}

fn costs(
    over: &OverInput,
    name: &str,
    words: impl Fn(f64) -> String,
    label: impl Fn(&str) -> String,
) -> Markup {
    let names: Vec<String> = over.platforms.iter().map(|id| label(id)).collect();
    let heads = names
        .iter()
        .map(|name| view! { <th scope="col" class="num">{name.clone()}</th> })
        .collect_view();
    let rows = over
        .rows
        .iter()
        .map(|row| {
            let cells = row.monthly_usd.iter().zip(&names).map(|(usd, name)| {
                let usd = usd.map_or_else(|| "does not fit".to_owned(), format::usd_cents);
                view! { <td class="num" data-label=name.clone()>{usd}</td> }
            });
            let now = row.now.then(|| view! { " " <span class="tag pick">"now"</span> });
            view! {
                <tr class=if row.now { "marked" } else { "" }>
                    <th scope="row" class="num">{words(format::significant(row.value, 3))} {now}</th>
                    {cells.collect_view()}
                </tr>
            }
        })
        .collect_view();
    (!over.rows.is_empty()).then(|| {
        view! {
            <table class="stack compact worded">
                <caption>"Cost a month"</caption>
                <thead><tr><th scope="col" class="num">{name.to_owned()}</th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
    })
    .into_markup()
}

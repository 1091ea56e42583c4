//! What would flip the answer, what growth does to it, and when to look again.

use leptos::prelude::*;
use model::evaluation::Switch;
use model::question::question;
use model::watch::{Metric, Watch, watches};
use model::{Evaluation, System};

use crate::components::assumptions::value_words;
use crate::components::figure::{DrawnFigure, drawing};
use crate::components::verdict::label;
use crate::format;
use crate::markup::{IntoMarkup as _, Markup};

/// In place of flips.
const NO_CHOICE: &str =
    "There is no choice that could flip: the options say what stands in the way of each.";
/// In place of growth.
const NO_COST: &str = "There is no cost to follow: an option that can be chosen is missing.";

/// The nearest value of each input at which another option wins.
#[component]
pub fn Flips(
    /// The whole, for names.
    evaluation: Evaluation,
    /// Whose flips.
    index: usize,
    /// Whether its name stands above.
    named: bool,
) -> impl IntoView {
    let component = evaluation.components.get(index)?;
    let rows = component.flips.iter().map(|flip| {
        let name = question(&flip.input).map_or_else(|| flip.input.clone(), |question| question.name.to_owned());
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td data-label="Now" class="num">{value_words(&flip.input, &flip.now.into())}</td>
                <td data-label="Flips at" class="num strong">{value_words(&flip.input, &format::significant(flip.at, 3).into())}</td>
                <td data-label="Then wins">{label(&evaluation, &flip.winner).to_owned()}</td>
            </tr>
        }
    });
    let rows = rows.collect::<Vec<_>>();
    let title = named.then(|| view! { <h3>{component.name.clone()}</h3> });
    if rows.is_empty() {
        let none = if evaluation.choice(index).is_some() {
            "No single answer, moved within its bounds, changes the choice."
        } else {
            NO_CHOICE
        };
        return Some(view! { {title} <p>{none}</p> }.into_markup());
    }
    let table = view! {
        {title}
        <p>"Each answer alone, the others as they are."</p>
        <table class="stack compact worded flips">
            <caption class="visually-hidden">"Values at which another option wins: " {component.name.clone()}</caption>
            <thead>
                <tr>
                    <th scope="col">"Answer"</th><th scope="col" class="num">"Now"</th>
                    <th scope="col" class="num">"Flips at"</th><th scope="col">"Then wins"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    };
    Some(table.into_markup())
}

/// The month in which the winner changes, and the cost month by month.
#[component]
pub fn Growth(
    /// The answers.
    system: System,
    /// What was computed.
    evaluation: Evaluation,
    /// The answers as a link.
    query: String,
) -> impl IntoView {
    let drawing = drawing("growth", &system, &evaluation, 0);
    let finding = match (&drawing, &evaluation.switch) {
        (None, _) if evaluation.verdict.monthly_usd.is_none() => NO_COST.to_owned(),
        (None, _) => "No growth was stated: each month costs the same.".to_owned(),
        (_, None) => "The winner stays the same within the horizon.".to_owned(),
        (_, Some(switch)) => switch_words(&evaluation, switch),
    };
    view! {
        <section class="wide" data-part="growth" aria-labelledby="growth">
            <h2 id="growth">"As it grows"</h2>
            <p>{finding}</p>
            {drawing.map(|drawing| view! { <DrawnFigure chart="growth" query index=0 drawing/> })}
        </section>
    }
}

/// When the winner changes, and whether moving pays.
#[must_use]
pub fn switch_words(evaluation: &Evaluation, switch: &Switch) -> String {
    let pays = match switch.pays_back_months {
        Some(0) => format!(
            "; moving then saves {} until the horizon",
            format::usd_cents(switch.saved_usd)
        ),
        Some(months) => format!(
            "; moving then pays for itself after {months} months and saves {} until the horizon",
            format::usd_cents(switch.saved_usd)
        ),
        None => "; moving then does not pay for itself within the horizon".to_owned(),
    };
    let commitment = switch.commitment_ends.map_or_else(String::new, |month| {
        format!(" A commitment made today runs until month {month}.")
    });
    format!(
        "From month {} {} is the cheapest that fits{pays}.{commitment}",
        switch.month,
        label(evaluation, &switch.to)
    )
}

/// As many watches stand open; the rest opens on demand.
const OPEN_WATCHES: usize = 8;

/// What to measure and past which threshold to come back; what is left out.
#[component]
pub fn LookAgain(
    /// The answers.
    system: System,
    /// What was computed.
    evaluation: Evaluation,
    /// The answers as a link, where samples and flips come later.
    later: Option<String>,
) -> impl IntoView {
    // Where nothing can be chosen no thresholds come later.
    let later = later.filter(|_| {
        (0..evaluation.components.len()).any(|index| evaluation.choice(index).is_some())
    });
    let mut first = watches(&system, &evaluation);
    if later.is_some() {
        // The range of the cost is not known yet.
        first.retain(|watch| watch.metric != Metric::MonthlyCost);
    }
    let more = first.split_off(first.len().min(OPEN_WATCHES));
    let several = evaluation.components.len() > 1;
    let many = more.len();
    let excluded = evaluation.excluded.join(", ");
    view! {
        <section data-part="again" aria-labelledby="again">
            <h2 id="again">"When to look again"</h2>
            <p>"How we will know, each alone being reason enough:"</p>
            <ul class="watches">{watch_items(first, several)}</ul>
            {(many > 0).then(|| view! {
                <details>
                    <summary>{many} " more"</summary>
                    <ul class="watches">{watch_items(more, several)}</ul>
                </details>
            })}
            {later.map(|query| view! {
                <p>
                    "Thresholds for the cost, for measured times and for growth come with "
                    <a href=format!("/answer/flips?{query}")>"what would flip this"</a> "."
                </p>
            })}
            <p>"And in any case:"</p>
            <ul>
                <li>"When you have measured the computing time and the peak: they move the break-even most."</li>
                <li>"When the price book is newer than " {evaluation.price_book.clone()} "."</li>
            </ul>
            <p class="aside">
                "Not in the numbers: support plans, taxes, people's time, and the cost of moving. "
                {(!excluded.is_empty()).then(|| format!("Left out at your wish: {excluded}."))}
            </p>
        </section>
    }
}

/// One line for each watch, with the component's name where there are several.
fn watch_items(watches: Vec<Watch>, several: bool) -> Vec<Markup> {
    let item = |watch: Watch| {
        let part = several && !watch.component.is_empty();
        let name = part.then(|| format!("{}: ", watch.component));
        let condition = format!("{} {}.", watch.metric.label(), watch.condition());
        view! { <li>{name} <strong>{condition}</strong> " " {watch.because}</li> }.into_markup()
    };
    watches.into_iter().map(item).collect()
}

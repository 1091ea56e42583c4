//! What was saved against what today's prices and today's model say.

use leptos::prelude::*;
use model::Evaluation;
use model::comparison::{
    Both, Comparison, ComponentComparison, OptionComparison, VISIBLE_USD, evaluations,
};
use model::evaluation::Family;

use crate::components::changed_lines::{ChangedLines, Sides, difference_words};
use crate::components::verdict::{family_class, label};
use crate::format;
use crate::markup::{IntoMarkup as _, Markup};

/// The section *With today's prices and model* of a saved scenario.
#[component]
pub fn Since(
    /// As saved.
    saved: Evaluation,
    /// The same answers, evaluated now, with the same parts.
    today: Evaluation,
    /// The day on which it was saved, `2026-11-23`.
    saved_on: String,
    /// Whose prices the links lead to.
    region: String,
) -> impl IntoView {
    let compared = evaluations(&saved, &today);
    let changed = compared.differs();
    let sides = Sides {
        heads: Both {
            left: "Then",
            right: "Now",
        },
        alone: Both {
            left: "not any more",
            right: "new",
        },
        region: Both {
            left: region.clone(),
            right: region,
        },
    };
    let several = compared.components.len() > 1;
    let components = compared
        .components
        .iter()
        .filter(|component| component.differs())
        .map(|component| of_component(component, several, &sides))
        .collect_view();
    view! {
        <section class="wide since" aria-labelledby="today">
            <h2 id="today">"With today\u{2019}s prices and model"</h2>
            <p class="finding">{finding(&saved, &today, &compared, &saved_on)}</p>
            <p class="aside">{computed_by(&saved, &today)}</p>
            {changed.then_some(components)}
        </section>
    }
}

/// What became of the verdict, in one sentence.
fn finding(
    saved: &Evaluation,
    today: &Evaluation,
    compared: &Comparison,
    saved_on: &str,
) -> String {
    let (then, now) = (place(saved), place(today));
    let cost = |usd: Option<f64>| {
        usd.map_or_else(
            || "no price".to_owned(),
            |usd| format!("{} a month", format::usd_headline(usd)),
        )
    };
    let (before, after) = (
        cost(compared.monthly_usd.left),
        cost(compared.monthly_usd.right),
    );
    if !compared.differs() {
        return format!(
            "Nothing has changed since {saved_on}: {now}, {after}, and every line of every bill is the same."
        );
    }
    if then != now {
        return format!(
            "Today the answer would be another: {now}, {after}. On {saved_on} it was {then}, {before}."
        );
    }
    match compared.monthly_usd.difference {
        Some(usd) if usd.abs() < VISIBLE_USD => {
            format!(
                "The same answer at the same cost, {now}, {after}; other numbers have changed since {saved_on}."
            )
        }
        Some(usd) => format!(
            "The same answer, {now}, now {after} instead of {before}: {} {}.",
            format::usd_cents(usd.abs()),
            if usd > 0.0 { "more" } else { "less" }
        ),
        None => format!("The same answer, {now}: {after}, on {saved_on} {before}."),
    }
}

/// Where the verdict says to run it.
pub(crate) fn place(evaluation: &Evaluation) -> String {
    let verdict = &evaluation.verdict;
    place_of(evaluation, verdict.family, verdict.platform.as_deref())
}

/// A platform by its name for people; without one the side.
pub(crate) fn place_of(evaluation: &Evaluation, family: Family, platform: Option<&str>) -> String {
    let side = match family {
        Family::Serverless => "functions",
        Family::Containers => "containers",
        Family::Either => "either side",
        Family::Hybrid => "each part where it is best",
        Family::None => "nothing that fits",
    };
    platform.map_or_else(|| side.to_owned(), |id| label(evaluation, id).to_owned())
}

/// Which price books and models.
fn computed_by(saved: &Evaluation, today: &Evaluation) -> String {
    let version = |what: &str, then: &str, now: &str| {
        if then == now {
            format!("{what} {now}, as then")
        } else {
            format!("{what} {now}, then {then}")
        }
    };
    format!(
        "{}; {}.",
        version("Price book", &saved.price_book, &today.price_book),
        version("model", &saved.model_version, &today.model_version)
    )
}

fn of_component(component: &ComponentComparison, several: bool, sides: &Sides) -> Markup {
    let title = several.then(|| {
        let name = [&component.name.left, &component.name.right];
        let name = name.into_iter().find(|name| !name.is_empty()).cloned();
        view! { <h3>{name}</h3> }
    });
    let changed: Vec<&OptionComparison> = component
        .options
        .iter()
        .filter(|option| option.differs())
        .collect();
    view! {
        {title}
        {totals(&changed)}
        {bills(&changed, sides)}
    }
    .into_markup()
}

/// Options whose total, fit or response time is another.
fn totals(changed: &[&OptionComparison]) -> impl IntoView + use<> {
    let rows = changed
        .iter()
        .map(|option| {
            let usd = &option.monthly_usd;
            let cost = |usd: Option<f64>| usd.map_or_else(|| "not priced".to_owned(), format::usd_cents);
            view! {
                <tr class=family_class(option.family)>
                    <th scope="row"><span class="swatch" aria-hidden="true"></span>{option.label.clone()} {notes(option)}</th>
                    <td class="num" data-label="Then">{cost(usd.left)}</td>
                    <td class="num" data-label="Now">{cost(usd.right)}</td>
                    <td class="num strong" data-label="Difference">{difference_words(usd)}</td>
                </tr>
            }
        })
        .collect_view();
    (!changed.is_empty()).then(|| {
        view! {
            <table class="stack compact compared">
                <caption class="visually-hidden">"Options that changed, a month"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Option"</th><th scope="col" class="num">"Then"</th>
                        <th scope="col" class="num">"Now"</th><th scope="col" class="num">"Difference"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    })
}

/// What changed beside the cost.
fn notes(option: &OptionComparison) -> Vec<Markup> {
    let turned = |both: &Both<Option<bool>>, yes: &'static str, no: &'static str| match (
        both.left, both.right,
    ) {
        (Some(false), Some(true)) => Some(yes),
        (Some(true), Some(false)) => Some(no),
        _ => None,
    };
    let p99 = option.p99_ms.left.zip(option.p99_ms.right);
    let (before, after) = p99
        .map(|(left, right)| (format::ms(left), format::ms(right)))
        .unwrap_or_default();
    let slower = (before != after).then(|| format!("P99 {after}, then {before}"));
    let tags = [
        turned(&option.fits, "fits now", "does not fit any more").map(str::to_owned),
        turned(
            &option.meets_target,
            "meets the target now",
            "misses the target now",
        )
        .map(str::to_owned),
        slower,
    ];
    tags.into_iter()
        .flatten()
        .map(|text| view! { <span class="tag">{text}</span> }.into_markup())
        .collect()
}

/// The lines that changed, option by option; the first stands open.
fn bills(changed: &[&OptionComparison], sides: &Sides) -> Vec<Markup> {
    let billed = changed.iter().filter_map(|option| {
        let bill = option.bill.as_ref()?;
        bill.changed
            .iter()
            .any(model::comparison::LineDifference::is_visible)
            .then_some((*option, bill))
    });
    billed
        .enumerate()
        .map(|(place, (option, bill))| {
            view! {
                <details class=format!("bill {}", family_class(option.family)) open=place == 0>
                    <summary>
                        <span class="swatch" aria-hidden="true"></span>
                        <span>{option.label.clone()}</span>
                        <span class="num strong">{difference_words(&option.monthly_usd)}</span>
                    </summary>
                    <ChangedLines label=option.label.clone() bill=bill.clone() total=option.monthly_usd sides=sides.clone()/>
                </details>
            }
            .into_markup()
        })
        .collect()
}

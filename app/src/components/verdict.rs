//! The verdict: a sentence with money, then the numbers it rests on.

use leptos::prelude::*;
use model::Evaluation;
use model::evaluation::{Decision, Family, PlatformOption};

use crate::components::later::Later;
use crate::format;
use crate::markup::{IntoMarkup as _, Markup};

/// The class that carries a family's colour.
pub(crate) const fn family_class(family: Family) -> &'static str {
    match family {
        Family::Serverless => "serverless",
        Family::Containers => "containers",
        Family::Either | Family::Hybrid | Family::None => "neutral",
    }
}

/// The option that the verdict speaks of: the named platform, or the first that fits.
#[must_use]
pub fn chosen<'a>(
    options: &'a [PlatformOption],
    platform: Option<&str>,
) -> Option<&'a PlatformOption> {
    let named = platform.and_then(|id| options.iter().find(|option| option.platform == id));
    named.or_else(|| {
        options
            .iter()
            .find(|option| option.fit.ok && option.bill.is_some())
    })
}

/// A platform's name for people, where the evaluation has it.
#[must_use]
pub fn label<'a>(evaluation: &'a Evaluation, platform: &'a str) -> &'a str {
    evaluation
        .components
        .iter()
        .flat_map(|component| &component.options)
        .find(|option| option.platform == platform)
        .map_or(platform, |option| option.label.as_str())
}

/// Headline, figures, reasons.
#[component]
pub fn Verdict(
    /// What was computed.
    evaluation: Evaluation,
    /// The name of the system, shown above.
    name: String,
    /// The answers, where how sure it is comes from its own address.
    query: Option<String>,
) -> impl IntoView {
    let verdict = &evaluation.verdict;
    let class = format!("verdict {}", family_class(verdict.family));
    let (first, rest) = sentences(&verdict.headline);
    let reasons = reasons(&evaluation);
    let name = (!name.is_empty()).then(|| view! { <p class="kicker">{name}</p> });
    view! {
        <section class=class data-part="verdict" aria-labelledby="verdict">
            {name}
            <h1 id="verdict">{first.to_owned()}{(!rest.is_empty()).then(|| view! { " " <span class="rest">{rest.to_owned()}</span> })}</h1>
            {figures(&evaluation, query)}
            {conditions(&evaluation)}
            {reasons}
        </section>
        <div data-part="warnings">{warnings(&evaluation)}</div>
    }
}

/// The first sentence, and the rest. A full stop inside a number or a name ends none.
fn sentences(text: &str) -> (&str, &str) {
    let end = text.match_indices(". ").map(|(at, _)| at + 1).find(|at| {
        let next = text[*at..].trim_start().chars().next();
        next.is_some_and(char::is_uppercase)
    });
    end.map_or((text, ""), |end| (&text[..end], text[end..].trim_start()))
}

/// None where there is no cost: then nothing fits, and nothing is to be sure of.
fn figures(evaluation: &Evaluation, query: Option<String>) -> Option<Markup> {
    let verdict = &evaluation.verdict;
    let usd = verdict.monthly_usd?;
    let single = match &evaluation.components[..] {
        [component] => chosen(&component.options, verdict.platform.as_deref()),
        _ => None,
    };
    let range = verdict
        .monthly_usd_low
        .zip(verdict.monthly_usd_high)
        .filter(|(low, high)| high - low > 0.01 * high);
    let note = range.map(|(low, high)| {
        format!(
            "{} to {} over the ranges of your answers",
            short_usd(low),
            short_usd(high)
        )
    });
    let name = if verdict.decision == Decision::Stay {
        "The best other way, a month"
    } else {
        "A month"
    };
    let money = figure(name, format::usd_headline(usd), note);
    let p99 = single
        .and_then(|option| option.latency.as_ref())
        .map(|latency| {
            let cold = format!(
                "{} of requests wait for a cold start",
                format::percent(latency.cold_start_probability)
            );
            figure(
                "P99",
                format::ms(latency.percentiles.p99_ms),
                (latency.cold_start_probability > 0.0).then_some(cold),
            )
        });
    let sure = verdict.confidence.map(|confidence| {
        let regret = verdict.regret_usd.filter(|usd| *usd >= 0.01);
        let note = regret.map(|usd| {
            format!(
                "being wrong would cost {} a month",
                format::usd_headline(usd)
            )
        });
        figure("Confidence", confidence_words(confidence), note)
    });
    let sure = match query {
        Some(query) => how_sure(&query).into_markup(),
        None => sure.into_markup(),
    };
    Some(view! { <dl class="figures">{money} {p99} {sure}</dl> }.into_markup())
}

/// Samples take longer than the rest: they come from their own address.
fn how_sure(query: &str) -> impl IntoView + use<> {
    let href = format!("/answer/{}?{query}", Later::Confidence.id());
    view! {
        <div data-later=href.clone()>
            <dt>"Confidence"</dt>
            <dd><a href=href.clone()>"How sure is this?"</a></dd>
        </div>
    }
}

/// The verdict in few words: where, how much, how fast.
#[must_use]
pub fn short_words(evaluation: &Evaluation) -> String {
    let verdict = &evaluation.verdict;
    let Some(usd) = verdict.monthly_usd else {
        return "Nothing fits".to_owned();
    };
    let cost = format!("{} a month", format::usd_headline(usd));
    match &evaluation.components[..] {
        [component] => {
            let option = chosen(&component.options, verdict.platform.as_deref());
            let name = option.map_or("", |option| option.label.as_str());
            let p99 = option
                .and_then(|option| option.latency.as_ref())
                .map_or_else(String::new, |latency| {
                    format!(", P99 {}", format::ms(latency.percentiles.p99_ms))
                });
            format!("{name}, {cost}{p99}")
        }
        _ => cost,
    }
}

/// Sampling never makes certain.
#[must_use]
pub fn confidence_words(confidence: f64) -> String {
    const NEARLY: f64 = 0.995;
    if confidence >= NEARLY {
        "over 99 %".to_owned()
    } else {
        format::percent(confidence)
    }
}

/// An amount of a headline without its "about".
#[must_use]
pub fn short_usd(usd: f64) -> String {
    format::usd_headline(usd)
        .trim_start_matches("about ")
        .to_owned()
}

fn figure(name: &'static str, value: String, note: Option<String>) -> impl IntoView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>
                <span class="figure">{value}</span>
                {note.map(|note| view! { <span class="note">{note}</span> })}
            </dd>
        </div>
    }
}

fn reasons(evaluation: &Evaluation) -> impl IntoView + use<> {
    let several = evaluation.components.len() > 1;
    evaluation
        .components
        .iter()
        .filter(|component| !component.verdict.reasons.is_empty())
        .map(|component| {
            let lines = component.verdict.reasons.iter().map(|reason| view! { <li>{reason.text.clone()}</li> }).collect_view();
            let title = several.then(|| {
                let platform = component.verdict.platform.as_deref().map(|platform| label(evaluation, platform).to_owned());
                view! { <h2>{component.name.clone()} {platform.map(|platform| format!(": {platform}"))}</h2> }
            });
            view! { {title} <ul class="reasons">{lines}</ul> }
        })
        .collect_view()
}

/// What must hold, or be found out first.
fn conditions(evaluation: &Evaluation) -> impl IntoView + use<> {
    let verdict = &evaluation.verdict;
    let lines = verdict
        .conditions
        .iter()
        .map(|condition| view! { <li>{condition.clone()}</li> })
        .collect_view();
    (!verdict.conditions.is_empty()).then(|| {
        view! {
            <h2>{if verdict.decision == Decision::Defer { "First find out" } else { "On condition" }}</h2>
            <ul class="reasons">{lines}</ul>
        }
    })
}

fn warnings(evaluation: &Evaluation) -> impl IntoView + use<> {
    let lines = evaluation
        .warnings
        .iter()
        .map(|warning| view! { <li>{warning.clone()}</li> })
        .collect_view();
    (!evaluation.warnings.is_empty()).then(|| {
        view! {
            <aside class="warnings" aria-label="What to know beside the numbers">
                <ul>{lines}</ul>
            </aside>
        }
    })
}

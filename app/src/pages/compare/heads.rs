//! Who is who: names, dates, versions, and the two answers in one table.

use leptos::prelude::*;
use model::comparison::{Amounts, Both, Comparison};
use model::evaluation::Family;

use super::sides::Side;
use crate::components::changed_lines::difference_words;
use crate::components::verdict::{chosen, confidence_words, family_class};
use crate::format;
use crate::markup::{IntoMarkup as _, Markup};

/// The finding, and the table below it.
pub(super) fn heads(left: &Side, right: &Side, compared: &Comparison, finding: String) -> Markup {
    let same = left.reference() == right.reference();
    let what = if left.record.id == right.record.id {
        "revisions"
    } else {
        "scenarios"
    };
    let said = same.then(|| view! { <p class="lead">"There is nothing to tell apart. Name another revision below."</p> });
    let rows = [
        row("Scenario", link(left), link(right), None),
        row(
            "Saved",
            saved(left).into_markup(),
            saved(right).into_markup(),
            None,
        ),
        row(
            "Price book",
            text(&left.record.price_book),
            text(&right.record.price_book),
            None,
        ),
        row(
            "Model",
            text(&left.record.model_version),
            text(&right.record.model_version),
            None,
        ),
        row("Answer", answer(left), answer(right), None),
        money(&compared.monthly_usd),
        p99(left, right),
        confidence(left, right),
    ];
    view! {
        <section class="wide" aria-labelledby="finding">
            <p class="kicker">"Two " {what} " side by side"</p>
            <h1 id="finding">{finding}</h1>
            {said}
            <table class="stack sides">
                <caption class="visually-hidden">"A and B"</caption>
                <thead>
                    <tr>
                        <td></td><th scope="col">"A"</th><th scope="col">"B"</th><th scope="col" class="num">"Difference"</th>
                    </tr>
                </thead>
                <tbody>{rows.into_markup()}</tbody>
            </table>
        </section>
    }
    .into_markup()
}

fn row(name: &'static str, left: Markup, right: Markup, difference: Option<String>) -> Markup {
    let difference = match difference {
        Some(words) => {
            view! { <td data-label="Difference" class="num strong">{words}</td> }.into_markup()
        }
        None => view! { <td class="none"></td> }.into_markup(),
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td data-label="A">{left}</td>
            <td data-label="B">{right}</td>
            {difference}
        </tr>
    }
    .into_markup()
}

fn text(text: &str) -> Markup {
    view! { <span>{text.to_owned()}</span> }.into_markup()
}

fn link(side: &Side) -> Markup {
    view! { <a href=side.page()><bdi>{side.title()}</bdi></a> }.into_markup()
}

fn saved(side: &Side) -> Markup {
    let record = &side.record;
    let newest = if side.newest { ", the newest" } else { "" };
    let expires = record
        .expires_at
        .as_deref()
        .map(|at| format!("; expires on {}", at.get(..10).unwrap_or(at)));
    view! {
        <span>
            <time datetime=record.created_at.clone()>{side.day()}</time>
            {format!(", revision {}{newest}", record.revision)} {expires}
        </span>
    }
    .into_markup()
}

/// Where to run it, in the colour of its side.
fn answer(side: &Side) -> Markup {
    let evaluation = &side.record.evaluation;
    let family = evaluation.verdict.family;
    let swatch = matches!(family, Family::Serverless | Family::Containers)
        .then(|| view! { <span class="swatch" aria-hidden="true"></span> });
    view! {
        <span class=family_class(family)>{swatch} {crate::components::since::place(evaluation)}</span>
    }
    .into_markup()
}

fn money(amounts: &Amounts) -> Markup {
    let cost = |usd: Option<f64>| {
        view! { <span class="figure">{usd.map_or_else(|| "no price".to_owned(), format::usd_headline)}</span> }.into_markup()
    };
    row(
        "A month",
        cost(amounts.left),
        cost(amounts.right),
        Some(difference_words(amounts)),
    )
}

/// Of the option that the answer speaks of; only where there is one component.
fn p99(left: &Side, right: &Side) -> Markup {
    let single = |side: &Side| side.record.evaluation.components.len() == 1;
    if !single(left) || !single(right) {
        return ().into_markup();
    }
    let of = |side: &Side| {
        let evaluation = &side.record.evaluation;
        let [component] = &evaluation.components[..] else {
            return None;
        };
        let option = chosen(&component.options, evaluation.verdict.platform.as_deref())?;
        Some(option.latency.as_ref()?.percentiles.p99_ms)
    };
    let both = Both {
        left: of(left),
        right: of(right),
    };
    if both.left.is_none() && both.right.is_none() {
        return ().into_markup();
    }
    let words = |ms: Option<f64>| text(&ms.map_or_else(|| "-".to_owned(), format::ms));
    let difference = Amounts::of(both.left, both.right).difference.map(signed_ms);
    row(
        "P99",
        words(both.left),
        words(both.right),
        Some(difference.unwrap_or_else(|| "-".to_owned())),
    )
}

/// A duration with its sign: `+120 ms`.
fn signed_ms(ms: f64) -> String {
    let sign = if ms > 0.0 { "+" } else { "-" };
    if ms.abs() < 0.05 {
        "0 ms".to_owned()
    } else {
        format!("{sign}{}", format::ms(ms.abs()))
    }
}

fn confidence(left: &Side, right: &Side) -> Markup {
    let of = |side: &Side| side.record.evaluation.verdict.confidence;
    if of(left).is_none() && of(right).is_none() {
        return ().into_markup();
    }
    let words = |share: Option<f64>| text(&share.map_or_else(|| "-".to_owned(), confidence_words));
    row("Confidence", words(of(left)), words(of(right)), None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::changed_lines::signed_usd;

    #[test]
    fn differences_carry_their_sign_and_none_below_what_is_shown() {
        assert_eq!(signed_ms(120.0), "+120 ms");
        assert_eq!(signed_ms(-1500.0), "-1.5 s");
        assert_eq!(signed_ms(0.01), "0 ms");
        assert_eq!(signed_usd(0.2), "+$0.20");
        assert_eq!(signed_usd(-0.2), "-$0.20");
        assert_eq!(signed_usd(0.001), "$0.00");
        assert_eq!(signed_usd(-0.001), "$0.00");
    }
}

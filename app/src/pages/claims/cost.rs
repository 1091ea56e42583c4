//! What the article says about money: the $800, the c5.large, the crossover.

use std::sync::Arc;

use leptos::prelude::*;
use model::claims::{AtDuration, ClaimError, ClaimInputs, Claims, Standing, claims};
use model::method::bounds::{self, Bound};
use model::system::FieldError;
use model::{PriceBook, Region};

use super::section::{Answer, Section};
use crate::components::bill::price_link;
use crate::components::trial::{Input, Typed, wrong};
use crate::format;
use crate::markup::IntoMarkup as _;
use crate::url_state::Pairs;

pub(super) const FUNCTIONS: &[Input] = &[
    Input::number("requests", "Requests", "a month", "10M"),
    Input::number("memory_mb", "Memory", "MB", "512"),
    Input::number("claimed_usd", "Claimed cost", "$ a month", "800"),
    Input::region("region"),
];
pub(super) const INSTANCE: &[Input] = &[
    Input::words("instance_type", "Instance", "c5.large"),
    Input::number("cpu_share", "Share that computes", "%", "25"),
];
pub(super) const CROSSOVER: &[Input] = &[
    Input::number("small_memory_mb", "Memory", "MB", "256"),
    Input::number("crossover_from", "Crossover from", "requests", "1M"),
    Input::number("crossover_to", "to", "requests a month", "2M"),
];

const REQUESTS: Bound = Bound {
    low: 1.0,
    high: 1e13,
};
const MEMORY: Bound = Bound {
    low: 128.0,
    high: 10_240.0,
};
const USD: Bound = Bound {
    low: 0.01,
    high: 1e9,
};
const PERCENT: Bound = Bound {
    low: 0.0,
    high: 100.0,
};

/// The three claims; what one form cannot read stops the claims that need it.
pub(super) fn sections(pairs: &Pairs, book: &Arc<PriceBook>) -> Vec<Section> {
    let read = |inputs| Typed::read("", inputs, pairs);
    let (functions, instance, crossover) = (read(FUNCTIONS), read(INSTANCE), read(CROSSOVER));
    let said = [
        format!(
            "{} invocations with {} MB cost about {} a month",
            functions.said("requests", format::count),
            functions.said("memory_mb", format::number),
            functions.said("claimed_usd", dollars)
        ),
        format!(
            "A {:.40} at $60 handles the same load",
            instance.text("instance_type")
        ),
        format!(
            "The crossover is at {} to {} invocations a month for a {} MB function",
            crossover.said("crossover_from", format::count),
            crossover.said("crossover_to", format::count),
            crossover.said("small_memory_mb", format::number)
        ),
    ];
    let whole = [&functions, &instance, &crossover].map(Clone::clone);
    // Another form says what is wrong with it; here its claim's own figures stand.
    let compute = |own: usize| {
        whole[own].checked().and_then(|()| check(&whole[own]))?;
        claims(inputs(&whole), book).map_err(|error| refused(&error))
    };
    let [first, second, third] = said;
    vec![
        Section::new("functions", first, functions, |_| {
            Ok(of_functions(&compute(0)?))
        }),
        Section::new("instance", second, instance, |_| {
            Ok(of_instance(&compute(1)?))
        }),
        Section::new("crossover", third, crossover, |_| {
            Ok(of_crossover(&compute(2)?))
        }),
    ]
}

fn check(typed: &Typed) -> Result<(), Vec<FieldError>> {
    let checks = [
        ("requests", REQUESTS),
        ("memory_mb", MEMORY),
        ("claimed_usd", USD),
        ("cpu_share", PERCENT),
        ("small_memory_mb", MEMORY),
        ("crossover_from", REQUESTS),
        ("crossover_to", REQUESTS),
    ];
    let own: Vec<_> = checks
        .into_iter()
        .filter(|(name, _)| typed.has(name))
        .map(|(name, bound)| (name, typed.number(name), bound))
        .collect();
    let mut outside = bounds::outside(&own);
    if typed.number("crossover_from") > typed.number("crossover_to") {
        outside.push(wrong("crossover_to", "must be at least where it begins"));
    }
    if outside.is_empty() {
        Ok(())
    } else {
        Err(outside)
    }
}

/// What was typed, and the article's figure in the place of what cannot be used.
fn inputs([functions, instance, crossover]: &[Typed; 3]) -> ClaimInputs {
    let usual = ClaimInputs::default();
    let usable = |typed: &Typed| typed.checked().and_then(|()| check(typed)).is_ok();
    let (first, second, third) = (usable(functions), usable(instance), usable(crossover));
    let or = |usable: bool, typed: &Typed, name: &str, usual: f64| {
        if usable { typed.number(name) } else { usual }
    };
    ClaimInputs {
        region: functions.region("region"),
        requests_per_month: or(first, functions, "requests", usual.requests_per_month),
        memory_mb: or(first, functions, "memory_mb", usual.memory_mb),
        claimed_usd: or(first, functions, "claimed_usd", usual.claimed_usd),
        instance_type: instance.text("instance_type").to_owned(),
        cpu_share: or(second, instance, "cpu_share", usual.cpu_share * 100.0) / 100.0,
        small_memory_mb: or(third, crossover, "small_memory_mb", usual.small_memory_mb),
        claimed_crossover: (
            or(
                third,
                crossover,
                "crossover_from",
                usual.claimed_crossover.0,
            ),
            or(third, crossover, "crossover_to", usual.claimed_crossover.1),
        ),
        ..usual
    }
}

fn refused(error: &ClaimError) -> Vec<FieldError> {
    match error {
        ClaimError::UnknownInstance(name) => {
            vec![wrong(
                "instance_type",
                format!("is none that we know: {name:.40}"),
            )]
        }
        ClaimError::MissingPrice(missing) => {
            let message = format!("lacks a price in {}: {}", missing.region, missing.price_id);
            let field = if missing.price_id.starts_with("aws-ec2/") {
                "instance_type"
            } else {
                "region"
            };
            vec![wrong(field, message)]
        }
    }
}

/// Whole dollars where that loses nothing.
fn dollars(usd: f64) -> String {
    format::usd_cents(usd).trim_end_matches(".00").to_owned()
}

fn three(value: f64) -> String {
    format::number(format::significant(value, 3))
}

fn link(price: &(String, f64), region: Region) -> impl IntoView + use<> {
    view! { <a href=price_link(&price.0, region.id())>{format::usd_unit(price.1)}</a> }
}

fn of_functions(claims: &Claims) -> Answer {
    let inputs = &claims.inputs;
    let duration = format::ms_precise(claims.assumed.duration_ms);
    let standing = claims.of_functions();
    let finding = if standing == Standing::Not {
        format!("it would take {duration} an invocation, which no function may run.")
    } else {
        format!("one invocation runs {duration}.")
    };
    Answer {
        standing,
        finding: finding.into_markup(),
        leaves_out: view! { "The duration, which is what Lambda bills: " {link(&claims.prices.gb_second, inputs.region)} " a GB-second, and " {link(&claims.prices.request, inputs.region)} " a request." }.into_markup(),
        holds: "The arithmetic, for work that takes that long. A function that answers in 200 ms costs a fraction. A front door, logs and egress come on top, on both sides.".into_markup(),
        table: ordinary(claims).into_markup(),
    }
}

fn ordinary(claims: &Claims) -> impl IntoView + use<> {
    let rows = std::iter::once((&claims.assumed, true))
        .chain(claims.ordinary.iter().map(|row| (row, false)))
        .map(|(row, assumed)| duration_row(row, assumed))
        .collect_view();
    view! {
        <table class="stack">
            <caption>"The same requests at other durations, without free tier and front door"</caption>
            <thead>
                <tr>
                    <th scope="col">"Duration"</th><th scope="col" class="num">"Lambda a month"</th>
                    <th scope="col" class="num">"Requests at once"</th><th scope="col" class="num">"Memory they need together"</th>
                    <th scope="col">{format!("On a {:.40}", claims.inputs.instance_type)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn duration_row(row: &AtDuration, assumed: bool) -> impl IntoView + use<> {
    let carries = if row.instance_carries_it {
        "fits"
    } else {
        "does not fit"
    };
    view! {
        <tr class=assumed.then_some("marked")>
            <th scope="row">{format::ms_precise(row.duration_ms)} {assumed.then_some(", the claim's")}</th>
            <td data-label="Lambda a month" class="num strong">{format::usd_cents(row.monthly_usd)}</td>
            <td data-label="Requests at once" class="num">{three(row.concurrency)}</td>
            <td data-label="Memory" class="num">{format!("{} GB", three(row.memory_gb))}</td>
            <td data-label="On the instance">{carries}</td>
        </tr>
    }
}

fn of_instance(claims: &Claims) -> Answer {
    let row = &claims.assumed;
    let region = claims.inputs.region;
    let finding = match claims.of_instance() {
        Standing::Holds => {
            "memory and processors carry it, with nothing to fail over to.".to_owned()
        }
        Standing::OnlyIf => format!(
            "the {} requests at work at once share their memory.",
            three(row.concurrency)
        ),
        Standing::Not => format!(
            "{} requests are at work at once and keep {} vCPUs busy; it has {}.",
            three(row.concurrency),
            three(row.busy_vcpu),
            format::number(claims.instance_vcpu)
        ),
    };
    Answer {
        standing: claims.of_instance(),
        finding: finding.into_markup(),
        leaves_out: view! {
            "How many requests are in work at once, and what they hold. At " {format::number(claims.inputs.memory_mb)} " MB each they need "
            <strong>{three(row.memory_gb)} " GB"</strong> "; it has " <strong>{format::number(claims.instance_memory_gb)} " GB"</strong>
            ". Its " {format::number(claims.instance_vcpu)} " vCPUs keep up only while at most "
            <strong>{format::percent(claims.largest_cpu_share)}</strong> " of the time is computing."
        }.into_markup(),
        holds: view! {
            "The price: " {link(&claims.prices.instance_hour, region)} " an hour is " {format::usd_cents(claims.instance_monthly_usd)}
            " a month on demand. And that work which mostly waits, and shares its memory, packs well on an instance."
        }.into_markup(),
        table: ().into_markup(),
    }
}

fn of_crossover(claims: &Claims) -> Answer {
    let (longest, shortest) = claims.crossover_duration_ms;
    let rows = claims.ordinary.iter().map(|row| {
        view! {
            <tr>
                <th scope="row">{format::ms_precise(row.duration_ms)}</th>
                <td class="num strong">{format::count(row.crossover_requests)}</td>
            </tr>
        }
    });
    let span = format!(
        "one invocation runs {} to {}.",
        format::ms_precise(shortest),
        format::ms_precise(longest)
    );
    let finding = match claims.of_crossover() {
        Standing::Not => "the requests alone cost as much as the instance, or would have to run longer than a function may.".to_owned(),
        Standing::Holds | Standing::OnlyIf => span,
    };
    Answer {
        standing: claims.of_crossover(),
        finding: finding.into_markup(),
        leaves_out: "The duration again, the size of the machine it is compared with, and how much of that would stand idle.".into_markup(),
        holds: "There is a crossover, and memory times duration decides where. With ordinary durations it lies far higher.".into_markup(),
        table: view! {
            <table class="short">
                <caption>{format!("Requests a month at which Lambda costs as much as one {:.40}", claims.inputs.instance_type)}</caption>
                <thead><tr><th scope="col">"Duration"</th><th scope="col" class="num">"Break-even"</th></tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        }.into_markup(),
    }
}

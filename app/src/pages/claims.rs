//! The article's two cost claims, computed again with what they leave out.

use leptos::prelude::*;
use model::Region;
use model::claims::{AtDuration, ClaimInputs, Claims, claims};

use crate::components::bill::price_link;
use crate::components::frame::Head;
use crate::format;
use crate::pages;
use crate::url_state::{Pairs, read_one};

#[component]
pub fn ClaimsPage() -> impl IntoView {
    let pairs = Pairs::parse(&pages::query());
    let (inputs, errors) = inputs(&pairs);
    let result = claims(inputs.clone(), &pages::ports().book);
    let body = match result {
        Ok(claims) => view! { <FirstClaim claims=claims.clone()/> <Load claims=claims.clone()/> <SecondClaim claims/> }.into_any(),
        Err(error) => view! { <p class="error" role="alert">"Not computed: " {error.to_string()}</p> }.into_any(),
    };
    view! {
        <Head title="Claims" description="Two well-known cost claims about Lambda and EC2, computed again with the inputs they leave out."/>
        <h1>"Two claims, computed again"</h1>
        <p class="lead">
            "An article on three years of production serverless names two figures that are often repeated. Both can be right, and neither says for what. Here is what each leaves out."
        </p>
        {body}
        <Vary inputs pairs errors/>
    }
}

/// Reads what the reader varies; what cannot be read stays as the article has it, and is said.
fn inputs(pairs: &Pairs) -> (ClaimInputs, Vec<String>) {
    let mut inputs = ClaimInputs::default();
    let mut errors = Vec::new();
    let fields: [(&str, &mut f64, f64, f64); 4] = [
        ("requests", &mut inputs.requests_per_month, 1.0, 1e13),
        ("memory_mb", &mut inputs.memory_mb, 128.0, 10_240.0),
        ("claimed_usd", &mut inputs.claimed_usd, 0.01, 1e9),
        (
            "small_memory_mb",
            &mut inputs.small_memory_mb,
            128.0,
            10_240.0,
        ),
    ];
    for (name, place, min, max) in fields {
        match pairs.last(name).map(|text| read_one(name, text)) {
            Some(Ok(value)) if (min..=max).contains(&value) => *place = value,
            Some(_) => errors.push(format!("{name} must be a number between {min} and {max}")),
            None => {}
        }
    }
    match pairs
        .last("cpu_share")
        .map(|text| read_one("cpu_share", text))
    {
        Some(Ok(value)) if (0.0..=100.0).contains(&value) => inputs.cpu_share = value / 100.0,
        Some(_) => errors.push("cpu_share must be between 0 and 100 %".to_owned()),
        None => {}
    }
    if let Some(name) = pairs.last("instance_type") {
        name.clone_into(&mut inputs.instance_type);
    }
    if let Some(region) = pairs
        .last("region")
        .and_then(|id| Region::ALL.into_iter().find(|region| region.id() == id))
    {
        inputs.region = region;
    }
    (inputs, errors)
}

#[component]
fn FirstClaim(claims: Claims) -> impl IntoView {
    let inputs = &claims.inputs;
    let link = |price: &(String, f64)| view! { <a href=price_link(&price.0, inputs.region.id())>{format::usd_unit(price.1)}</a> };
    view! {
        <section class="wide claim" aria-labelledby="first">
            <h2 id="first">
                {format!("{} requests at {} MB cost {}", format::count(inputs.requests_per_month), format::number(inputs.memory_mb), format::usd_headline(inputs.claimed_usd))}
            </h2>
            <p class="finding">
                "Only if one invocation runs " <strong class="figure">{format::ms_precise(claims.assumed.duration_ms)}</strong> "."
            </p>
            <dl class="three">
                <div><dt>"What it says"</dt><dd>"Ten million invocations with 512 MB cost about $800 a month."</dd></div>
                <div><dt>"What it leaves out"</dt><dd>"The duration, which is what Lambda bills: " {link(&claims.prices.gb_second)} " a GB-second, and " {link(&claims.prices.request)} " a request."</dd></div>
                <div><dt>"What holds"</dt><dd>"The arithmetic, for work that takes that long. A function that answers in 200 ms costs a fraction of it. An API gateway, logs and egress come on top, on both sides."</dd></div>
            </dl>
            {ordinary(&claims)}
        </section>
    }
}

fn ordinary(claims: &Claims) -> impl IntoView + use<> {
    let rows = std::iter::once((&claims.assumed, true))
        .chain(claims.ordinary.iter().map(|row| (row, false)))
        .map(|(row, assumed)| duration_row(row, assumed))
        .collect_view();
    view! {
        <table class="stack">
            <caption>"The same requests at other durations, without free tier and API gateway"</caption>
            <thead>
                <tr>
                    <th scope="col">"Duration"</th><th scope="col" class="num">"Lambda a month"</th>
                    <th scope="col" class="num">"Requests at once"</th><th scope="col" class="num">"Memory they need together"</th>
                    <th scope="col">{format!("On a {}", claims.inputs.instance_type)}</th>
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
            <td data-label="Requests at once" class="num">{format::number(format::significant(row.concurrency, 3))}</td>
            <td data-label="Memory" class="num">{format::number(format::significant(row.memory_gb, 3))} " GB"</td>
            <td data-label="On the instance">{carries}</td>
        </tr>
    }
}

#[component]
fn Load(claims: Claims) -> impl IntoView {
    let row = &claims.assumed;
    let kind = claims.inputs.instance_type.clone();
    let concurrency = format::number(format::significant(row.concurrency, 2));
    view! {
        <section class="claim" aria-labelledby="load">
            <h2 id="load">"And a " {kind.clone()} " handles the same load"</h2>
            <p class="finding">
                {if row.instance_carries_it { "It can, with these inputs." } else { "Not that load." }}
            </p>
            <dl class="three">
                <div><dt>"What it says"</dt><dd>"A c5.large at $60 a month handles what costs $800 on Lambda."</dd></div>
                <div><dt>"What it leaves out"</dt><dd>
                    "At the duration that the $800 need, " {concurrency.clone()} " requests are in work at once. At "
                    {format::number(claims.inputs.memory_mb)} " MB each they need "
                    <strong>{format::number(format::significant(row.memory_gb, 2))} " GB"</strong> "; the " {kind.clone()} " has "
                    <strong>{format::number(claims.instance_memory_gb)} " GB"</strong> ". Its "
                    {format::number(claims.instance_vcpu)} " vCPUs keep up only if at most "
                    <strong>{format::percent(claims.largest_cpu_share)}</strong> " of the time is computing."
                </dd></div>
                <div><dt>"What holds"</dt><dd>
                    "Work that mostly waits and shares its memory packs well: then the instance, at "
                    <a href=price_link(&claims.prices.instance_hour.0, claims.inputs.region.id())>{format::usd_cents(claims.instance_monthly_usd)}</a>
                    " a month on demand, does carry it, without a second one to fail over to."
                </dd></div>
            </dl>
        </section>
    }
}

#[component]
fn SecondClaim(claims: Claims) -> impl IntoView {
    let (longer, shorter) = claims.crossover_duration_ms;
    let rows = claims.ordinary.iter().map(|row| {
        view! {
            <tr>
                <th scope="row">{format::ms_precise(row.duration_ms)}</th>
                <td data-label="Break-even" class="num strong">{format::count(row.crossover_requests)}</td>
            </tr>
        }
    });
    view! {
        <section class="claim" aria-labelledby="second">
            <h2 id="second">{format!("The crossover lies at 1 to 2 million invocations at {} MB", format::number(claims.inputs.small_memory_mb))}</h2>
            <p class="finding">
                "Only if one invocation runs " <strong class="figure">{format::ms_precise(shorter)} " to " {format::ms_precise(longer)}</strong> "."
            </p>
            <dl class="three">
                <div><dt>"What it says"</dt><dd>"Beyond one to two million invocations a month, containers are cheaper."</dd></div>
                <div><dt>"What it leaves out"</dt><dd>"The duration again, the size of the machine it is compared with, and how much of it would stand idle."</dd></div>
                <div><dt>"What holds"</dt><dd>"There is a crossover, and memory times duration decides where. With ordinary durations it lies far higher; the table says where."</dd></div>
            </dl>
            <table>
                <caption>{format!("Requests a month at which Lambda costs as much as one {}", claims.inputs.instance_type)}</caption>
                <thead><tr><th scope="col">"Duration"</th><th scope="col" class="num">"Break-even"</th></tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </section>
    }
}

/// The inputs, to vary.
#[component]
fn Vary(inputs: ClaimInputs, pairs: Pairs, errors: Vec<String>) -> impl IntoView {
    let field = |name: &'static str, label: &'static str, unit: &'static str, value: f64| {
        let value = pairs
            .last(name)
            .map_or_else(|| format!("{value}"), str::to_owned);
        view! {
            <div class="field small">
                <label for=name>{label}</label>
                <span class="with-unit"><input class="number" type="text" id=name name=name value=value autocomplete="off"/><span class="unit">{unit}</span></span>
            </div>
        }
    };
    let regions = Region::ALL.map(|region| view! { <option value=region.id() selected=region == inputs.region>{region.name()}</option> });
    let errors = errors
        .into_iter()
        .map(|error| view! { <p class="error" role="alert">{error} "."</p> })
        .collect_view();
    view! {
        <section aria-labelledby="vary">
            <h2 id="vary">"With your numbers"</h2>
            {errors}
            <form method="get" action="/claims" class="vary">
                {field("requests", "Requests", "a month", inputs.requests_per_month)}
                {field("memory_mb", "Memory, first claim", "MB", inputs.memory_mb)}
                {field("claimed_usd", "Claimed cost", "$ a month", inputs.claimed_usd)}
                {field("small_memory_mb", "Memory, second claim", "MB", inputs.small_memory_mb)}
                {field("cpu_share", "Computing share", "%", inputs.cpu_share * 100.0)}
                <div class="field small">
                    <label for="instance_type">"Instance"</label>
                    <input type="text" id="instance_type" name="instance_type" value=inputs.instance_type.clone() autocomplete="off"/>
                </div>
                <div class="field small">
                    <label for="region">"Region"</label>
                    <select id="region" name="region">{regions}</select>
                </div>
                <p class="actions"><button type="submit">"Compute again"</button> <a class="aside" href="/claims">"Back to the article's numbers"</a></p>
            </form>
            <p>"The whole comparison, with the front door, logs, latency and all break-evens: "
                <a href="/#article-c5-large">"the article's workloads among the examples"</a> "."</p>
        </section>
    }
}

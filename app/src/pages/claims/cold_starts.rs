//! What the article says about cold starts: by language, in a VPC, and with a small bundle.

use std::collections::BTreeSet;

use leptos::prelude::*;
use model::behavior::{Architecture, Behavior, Framework, Source};
use model::claims::cold_starts::Start;
use model::claims::{ColdStartClaims, ColdStartInputs, Standing};
use model::method::bounds::{self, Bound, DURATION_MS};
use model::system::FieldError;

use super::section::{Answer, Section};
use crate::components::trial::{Input, Typed, wrong};
use crate::format;
use crate::markup::IntoMarkup as _;
use crate::url_state::Pairs;

const NO_YES: &[(&str, &str)] = &[("no", "no"), ("yes", "yes")];

pub(super) const LANGUAGES: &[Input] = &[
    Input::number("start_memory_mb", "Memory", "MB", "1024"),
    Input::number("package_mb", "Code loaded", "MB", "5"),
    Input::one("image", "Container image", "no", NO_YES),
    Input::one("private", "Private network", "no", NO_YES),
    Input::one(
        "processor",
        "Processor",
        "x86_64",
        &[("x86_64", "x86-64"), ("arm64", "arm64")],
    ),
    Input::number("nodejs_from_ms", "Node.js from", "ms", "200"),
    Input::number("nodejs_to_ms", "to", "ms", "500"),
    Input::number("others_from_ms", "Java, .NET from", "ms", "1000"),
    Input::number("others_to_ms", "to", "ms", "5000"),
];
pub(super) const NETWORK: &[Input] = &[
    Input::number("network_from_ms", "It adds from", "ms", "500"),
    Input::number("network_to_ms", "to", "ms", "2000"),
];
pub(super) const SMALL: &[Input] = &[
    Input::number("small_ms", "Under", "ms", "100"),
    Input::number("small_package_mb", "Bundle", "MB", "0.5"),
];

const MEMORY: Bound = Bound {
    low: 128.0,
    high: 10_240.0,
};
const PACKAGE: Bound = Bound {
    low: 0.0,
    high: 10_240.0,
};
/// A range may begin at nothing.
const FROM_MS: Bound = Bound {
    low: 0.0,
    ..DURATION_MS
};

pub(super) fn sections(pairs: &Pairs) -> Vec<Section> {
    let read = |inputs| Typed::read("", inputs, pairs);
    let (languages, network, small) = (read(LANGUAGES), read(NETWORK), read(SMALL));
    let ms = |typed: &Typed, name: &str| typed.said(name, format::ms);
    let said = [
        format!(
            "Node.js starts in {} to {}, Java and .NET in {} to {}",
            ms(&languages, "nodejs_from_ms"),
            ms(&languages, "nodejs_to_ms"),
            ms(&languages, "others_from_ms"),
            ms(&languages, "others_to_ms")
        ),
        format!(
            "A VPC adds {} to {}",
            ms(&network, "network_from_ms"),
            ms(&network, "network_to_ms")
        ),
        format!("Under {} with a tree-shaken bundle", ms(&small, "small_ms")),
    ];
    let inputs = inputs(&languages, &network, &small);
    let claims = ColdStartClaims::new(inputs);
    let [first, second, third] = said;
    vec![
        Section::new("cold-starts", first, languages, |typed| {
            check(typed)?;
            Ok(of_languages(&claims))
        }),
        Section::new("private-network", second, network, |typed| {
            check(typed)?;
            Ok(of_network(&claims))
        }),
        Section::new("small-bundles", third, small, |typed| {
            check(typed)?;
            Ok(of_small(&claims))
        }),
    ]
}

/// What was typed, and the article's figure in the place of what cannot be used.
fn inputs(languages: &Typed, network: &Typed, small: &Typed) -> ColdStartInputs {
    let usual = ColdStartInputs::default();
    let usable = |typed: &Typed| typed.checked().and_then(|()| check(typed)).is_ok();
    let range = |typed: &Typed, from: &str, to: &str| (typed.number(from), typed.number(to));
    let yes = |name: &str| languages.text(name) == "yes";
    let mut inputs = usual.clone();
    if usable(languages) {
        inputs = ColdStartInputs {
            memory_mb: languages.number("start_memory_mb"),
            package_mb: languages.number("package_mb"),
            image: yes("image"),
            private_network: yes("private"),
            architecture: if languages.text("processor") == "arm64" {
                Architecture::Arm64
            } else {
                Architecture::X86_64
            },
            nodejs_ms: range(languages, "nodejs_from_ms", "nodejs_to_ms"),
            jvm_and_dotnet_ms: range(languages, "others_from_ms", "others_to_ms"),
            ..usual
        };
    }
    if usable(network) {
        inputs.network_ms = range(network, "network_from_ms", "network_to_ms");
    }
    if usable(small) {
        inputs.small_ms = small.number("small_ms");
        inputs.small_package_mb = small.number("small_package_mb");
    }
    inputs
}

fn check(typed: &Typed) -> Result<(), Vec<FieldError>> {
    let bound = |name: &str| match name {
        "start_memory_mb" => Some(MEMORY),
        "package_mb" | "small_package_mb" => Some(PACKAGE),
        _ if name.ends_with("_from_ms") => Some(FROM_MS),
        _ if name.ends_with("_ms") => Some(DURATION_MS),
        _ => None,
    };
    let checks: Vec<_> = LANGUAGES
        .iter()
        .chain(NETWORK)
        .chain(SMALL)
        .filter(|input| typed.has(input.name))
        .filter_map(|input| Some((input.name, typed.number(input.name), bound(input.name)?)))
        .collect();
    let mut outside = bounds::outside(&checks);
    for (from, to) in [
        ("nodejs_from_ms", "nodejs_to_ms"),
        ("others_from_ms", "others_to_ms"),
        ("network_from_ms", "network_to_ms"),
    ] {
        if typed.number(from) > typed.number(to) {
            outside.push(wrong(to, "must be at least where it begins"));
        }
    }
    if outside.is_empty() {
        Ok(())
    } else {
        Err(outside)
    }
}

fn of_languages(claims: &ColdStartClaims) -> Answer {
    let standing = claims.of_languages();
    let holding: Vec<String> = claims
        .starts
        .iter()
        .filter(|start| start.standing == Standing::Holds)
        .map(name)
        .collect();
    let finding = match standing {
        Standing::Holds => "median to P99 of all of them lie there.".to_owned(),
        Standing::Not => "none of them was measured there.".to_owned(),
        Standing::OnlyIf if holding.is_empty() => {
            "you look at a part of the starts: each range is missed at one end.".to_owned()
        }
        Standing::OnlyIf => format!(
            "the function is {}. The others miss the range at one end or altogether.",
            holding.join(" or ")
        ),
    };
    Answer {
        standing,
        finding: finding.into_markup(),
        leaves_out: "The framework, which matters more than the language; the size of the code; zip or image; and how many requests meet a start at all, which is another figure.".into_markup(),
        holds: "That starts take seconds where a framework starts too. Plain handlers in Java and .NET stay below.".into_markup(),
        table: view! {
            {table(&claims.starts, "Whole starts as measured, allocation and first call included")}
            {sources()}
        }.into_markup(),
    }
}

fn of_network(claims: &ColdStartClaims) -> Answer {
    let (low, usual, high) = claims.network_ms;
    let figure = &Behavior::embedded().lifecycle().private_network;
    let source = Behavior::embedded().source(&figure.source).map(|source| {
        view! { <a href=source.url.clone() rel="noreferrer">{source.title.clone()}</a> ", " {figure.as_of.clone()} }
    });
    let finding = match claims.of_network() {
        Standing::Holds => "that is what was measured.".to_owned(),
        Standing::Not => format!("{} to {} were measured.", format::ms(low), format::ms(high)),
        Standing::OnlyIf => format!(
            "yours is a slow case: {} to {} were measured.",
            format::ms(low),
            format::ms(high)
        ),
    };
    Answer {
        standing: claims.of_network(),
        finding: finding.into_markup(),
        leaves_out: view! { "The date. Until 2019 each start made a network interface, which took seconds; since then interfaces are shared. Measured: " {source} "." }.into_markup(),
        holds: view! { "It adds something: the model counts " <strong>{format::ms(usual)}</strong> " with a range of " {format::ms(low)} " to " {format::ms(high)} ". And a function that is in a private network without need pays for the way out." }.into_markup(),
        table: ().into_markup(),
    }
}

fn of_small(claims: &ColdStartClaims) -> Answer {
    let under: Vec<String> = claims
        .small
        .iter()
        .filter(|start| start.measured.init_p50_ms <= claims.inputs.small_ms)
        .map(name)
        .collect();
    let nodejs = claims
        .small
        .first()
        .map(|start| format::ms_precise(start.measured.init_p50_ms));
    let finding = match claims.of_small() {
        Standing::Holds => "each of these starts is faster than that.".to_owned(),
        Standing::Not => format!(
            "Node.js alone takes {} to initialize before any code of yours runs.",
            nodejs.unwrap_or_default()
        ),
        Standing::OnlyIf => {
            "the language is another than Node.js, or the start is a fast one.".to_owned()
        }
    };
    let reported = if under.is_empty() {
        "No language here initializes that fast.".to_owned()
    } else {
        format!(
            "Of INIT as CloudWatch reports it, the median of {} is below.",
            under.join(" and ")
        )
    };
    Answer {
        standing: claims.of_small(),
        finding: finding.into_markup(),
        leaves_out: "What is timed. INIT as reported leaves out allocation and the download of the code, which whoever waits feels too.".into_markup(),
        holds: view! { {reported} " A small bundle does help: what is not loaded costs nothing." }.into_markup(),
        table: table(&claims.small, "Starts with the smallest of bundles").into_markup(),
    }
}

fn name(start: &Start) -> String {
    match start.framework {
        Framework::None => start.language.label().to_owned(),
        framework => format!("{} with {}", start.language.label(), framework.label()),
    }
}

fn table(starts: &[Start], caption: &'static str) -> impl IntoView + use<> {
    let rows = starts
        .iter()
        .map(|start| {
            let verdict = match start.standing {
                Standing::Holds => "within",
                Standing::OnlyIf => "partly",
                Standing::Not if start.measured.total_p99_ms < start.claimed_ms.0 => "faster",
                Standing::Not => "slower",
            };
            let claimed = if start.claimed_ms.0 > 0.0 {
                format!("{} to {}", format::ms(start.claimed_ms.0), format::ms(start.claimed_ms.1))
            } else {
                format!("under {}", format::ms(start.claimed_ms.1))
            };
            view! {
                <tr>
                    <th scope="row">{name(start)}</th>
                    <td data-label="Claimed" class="num">{claimed}</td>
                    <td data-label="INIT, median" class="num">{format::ms_precise(start.measured.init_p50_ms)}</td>
                    <td data-label="Start, median" class="num strong">{format::ms_precise(start.measured.total_p50_ms)}</td>
                    <td data-label="Start, P99" class="num">{format::ms_precise(start.measured.total_p99_ms)}</td>
                    <td data-label="It is">{verdict}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="stack">
            <caption>{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">"Function"</th><th scope="col" class="num">"Claimed"</th>
                    <th scope="col" class="num">"INIT, median"</th><th scope="col" class="num">"Start, median"</th>
                    <th scope="col" class="num">"Start, P99"</th><th scope="col">"It is"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// Where the figures on starts come from, each once.
fn sources() -> impl IntoView + use<> {
    let behavior = Behavior::embedded();
    let cited: BTreeSet<(String, String)> = behavior
        .citations()
        .into_iter()
        .filter(|citation| citation.entry.starts_with("cold_starts.toml"))
        .map(|citation| (citation.source, citation.as_of))
        .collect();
    let links: Vec<(&Source, String)> = cited
        .into_iter()
        .filter_map(|(id, as_of)| Some((behavior.source(&id)?, as_of)))
        .collect();
    let links = links
        .into_iter()
        .map(|(source, as_of)| {
            view! { <li><a href=source.url.clone() rel="noreferrer">{source.title.clone()}</a> ", " <span class="date">{as_of}</span></li> }
        })
        .collect_view();
    view! { <details class="sources"><summary>"Where these figures come from"</summary><ul>{links}</ul></details> }
}

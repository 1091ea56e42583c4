//! Ten times the traffic at the peak: what that does to both bills.

use leptos::prelude::*;
use model::PriceBook;
use model::claims::{AtVolume, PeakInputs, Peaks, Standing};
use model::method::bounds::{self, Bound, DURATION_MS};
use model::system::FieldError;

use super::section::{Answer, Section};
use crate::components::trial::{Input, Typed};
use crate::format;
use crate::markup::IntoMarkup as _;
use crate::url_state::Pairs;

pub(super) const INPUTS: &[Input] = &[
    Input::number("peak_requests", "Requests", "a month", "1M"),
    Input::number("peak_ratio", "Peak over off-peak", "times", "10"),
    Input::number("peak_hours", "Peak", "hours a day", "4"),
    Input::number("peak_duration_ms", "Duration", "ms", "200"),
    Input::number("peak_cpu_ms", "of which computing", "ms", "50"),
];

const REQUESTS: Bound = Bound {
    low: 1.0,
    high: 1e13,
};
const RATIO: Bound = Bound {
    low: 1.0,
    high: 168.0,
};
const HOURS: Bound = Bound {
    low: 1.0,
    high: 23.0,
};
const CPU_MS: Bound = Bound {
    low: 0.0,
    ..DURATION_MS
};

pub(super) fn section(pairs: &Pairs, book: &PriceBook) -> Section {
    let typed = Typed::read("", INPUTS, pairs);
    let region = Typed::read("", super::cost::FUNCTIONS, pairs).region("region");
    let said = format!(
        "An API with {} times the traffic at its peak belongs on functions",
        typed.said("peak_ratio", format::number)
    );
    Section::new("peaks", said, typed, |typed| {
        let hours = typed.whole("peak_hours")?;
        let checks = [
            ("peak_requests", REQUESTS),
            ("peak_ratio", RATIO),
            ("peak_hours", HOURS),
            ("peak_duration_ms", DURATION_MS),
            ("peak_cpu_ms", CPU_MS),
        ];
        let outside =
            bounds::outside(&checks.map(|(name, bound)| (name, typed.number(name), bound)));
        if !outside.is_empty() {
            return Err(outside);
        }
        let inputs = PeakInputs {
            region,
            requests_per_month: typed.number("peak_requests"),
            peak_over_off_peak: typed.number("peak_ratio"),
            peak_hours: hours,
            duration_ms: typed.number("peak_duration_ms"),
            cpu_ms: typed.number("peak_cpu_ms"),
        };
        let peaks = Peaks::new(inputs, book).map_err(|invalid| named(invalid.errors))?;
        Ok(answer(&peaks))
    })
}

/// The paths of a workload as the names of this form.
fn named(errors: Vec<FieldError>) -> Vec<FieldError> {
    errors
        .into_iter()
        .map(|mut error| {
            let path = error.path.as_str();
            let name = match path.rsplit('.').next().unwrap_or(path) {
                "duration_ms" => "peak_duration_ms",
                "cpu_ms" => "peak_cpu_ms",
                "requests_per_month" => "peak_requests",
                _ => "peak_ratio",
            };
            name.clone_into(&mut error.path);
            error
        })
        .collect()
}

fn answer(peaks: &Peaks) -> Answer {
    let volume = |up_to: Option<f64>| {
        up_to.map_or_else(
            || "no volume that is shown".to_owned(),
            |requests| {
                format!(
                    "about {} a month",
                    format::count(format::significant(requests, 2))
                )
            },
        )
    };
    let standing = peaks.standing();
    let finding = match standing {
        Standing::Holds => "functions are the cheaper at every volume below.".to_owned(),
        Standing::OnlyIf => format!(
            "the requests are no more than {}.",
            volume(peaks.functions_up_to)
        ),
        Standing::Not => "containers are the cheaper at every volume below.".to_owned(),
    };
    let rows = std::iter::once((&peaks.stated, true))
        .chain(peaks.others.iter().map(|at| (at, false)))
        .map(|(at, stated)| row(at, stated))
        .collect_view();
    Answer {
        standing,
        finding: finding.into_markup(),
        leaves_out: "The volume. A peak makes a fleet larger, but a small fleet stands at one task a zone whatever the peak, and a large one follows the day.".into_markup(),
        holds: view! {
            "With this peak functions are the cheaper up to " {volume(peaks.functions_up_to)} ", with flat traffic up to "
            {volume(peaks.functions_up_to_flat)} ". Peaks that come faster than a fleet grows favour them further, and are not in these figures."
        }.into_markup(),
        table: view! {
            <table class="stack">
                <caption>"Front door, logs and all included, a month"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Requests"</th><th scope="col" class="num">"Functions"</th>
                        <th scope="col" class="num">"Containers, with the peak"</th><th scope="col" class="num">"Containers, flat traffic"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }.into_markup(),
    }
}

fn row(at: &AtVolume, stated: bool) -> impl IntoView + use<> {
    let usd = |usd: Option<f64>| usd.map_or_else(|| "not priced".to_owned(), format::usd_cents);
    let yours = if stated { ", yours" } else { "" };
    view! {
        <tr class=stated.then_some("marked")>
            <th scope="row">{format!("{}{yours}", format::count(at.requests_per_month))}</th>
            <td data-label="Functions" class="num strong">{usd(at.functions_usd)}</td>
            <td data-label="With the peak" class="num strong">{usd(at.containers_usd)}</td>
            <td data-label="Flat traffic" class="num">{usd(at.containers_flat_usd)}</td>
        </tr>
    }
}

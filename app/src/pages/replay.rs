//! A replay: how far it is, or what came of it beside the formulas.

mod run;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::api::ports::{ReplayProgress, ReplayRecord, ReplayState};
use crate::components::frame::Head;
use crate::components::problem::PortProblem;
use crate::format;
use crate::markup::IntoMarkup as _;
use crate::pages::not_found::NotFoundPage;
use crate::pages::{self, day};
use crate::shell::asset;
use crate::url_state::query_from_system;

/// From one look to the next where no script runs, in seconds.
const LOOK_AGAIN_S: u32 = 2;

#[component]
pub fn ReplayPage() -> impl IntoView {
    let id = use_params_map()
        .get_untracked()
        .get("id")
        .unwrap_or_default();
    let ports = pages::ports();
    Suspend::new(async move {
        match ports.replays.find(&id).await {
            Ok(Some(record)) if record.progress.state.is_open() => {
                view! { <Waiting record/> }.into_markup()
            }
            Ok(Some(record)) => view! { <Ended record/> }.into_markup(),
            Ok(None) => view! { <NotFoundPage/> }.into_markup(),
            Err(error) => view! { <PortProblem error/> }.into_markup(),
        }
    })
}

fn title(record: &ReplayRecord) -> String {
    let name = record.question.system.name.trim();
    let span = span(record.question.hours());
    if name.is_empty() {
        format!("{span}, replayed")
    } else {
        format!("{span} of {name}, replayed")
    }
}

/// `A week`, `3 days`, `12 hours`.
fn span(hours: f64) -> String {
    const WEEK: f64 = 168.0;
    const DAY: f64 = 24.0;
    let close = |to: f64| (hours - to).abs() < 0.01 * to;
    if close(WEEK) {
        "A week".to_owned()
    } else if close(DAY) {
        "A day".to_owned()
    } else if close(1.0) {
        "An hour".to_owned()
    } else if hours >= 2.0 * DAY {
        format!(
            "{} days",
            format::number(format::significant(hours / DAY, 3))
        )
    } else {
        format!("{} hours", format::number(format::significant(hours, 3)))
    }
}

fn answer(record: &ReplayRecord) -> String {
    format!("/answer?{}", query_from_system(&record.question.system))
}

/// How far it is, in words.
#[must_use]
pub fn said(progress: &ReplayProgress) -> String {
    match (progress.state, progress.ahead) {
        (ReplayState::Queued, Some(0) | None) => "It is the next to begin.".to_owned(),
        (ReplayState::Queued, Some(1)) => "One other waits before it.".to_owned(),
        (ReplayState::Queued, Some(ahead)) => format!("{ahead} others wait before it."),
        (state, _) if !state.is_open() => "It has ended.".to_owned(),
        _ => {
            let left = progress.seconds_left.map_or_else(String::new, |seconds| {
                format!(", {} left", duration(seconds))
            });
            format!(
                "{:.0} %: {} · {} requests, {} a second{left}",
                progress.percent.floor(),
                progress.doing,
                format::count(progress.requests.round()),
                format::count(format::significant(progress.requests_per_s, 2)),
            )
        }
    }
}

fn duration(seconds: f64) -> String {
    const MINUTE: f64 = 60.0;
    if seconds >= 2.0 * MINUTE {
        format!("{:.0} min", (seconds / MINUTE).ceil())
    } else {
        format!("{:.0} s", seconds.ceil())
    }
}

#[component]
fn Waiting(record: ReplayRecord) -> impl IntoView {
    let events = format!("/api/v1/simulations/{}/events", record.id);
    let percent = record.progress.percent.clamp(0.0, 100.0);
    let status = said(&record.progress);
    view! {
        <Head title=title(&record) description="A replay that is being computed." private=true/>
        <p class="back"><a href=answer(&record)>"The answer"</a></p>
        <h1>{title(&record)}</h1>
        // The page of a browser without scripts looks again by itself.
        <noscript><meta http-equiv="refresh" content=LOOK_AGAIN_S.to_string()/></noscript>
        <section class="replaying" data-events=events>
            <progress max="100" value=format!("{percent:.1}") aria-label="How far the replay is"></progress>
            <p class="said">{status}</p>
            // Read out now and then only; the words above change several times a second.
            <p class="visually-hidden" role="status"></p>
            <form method="post" action=format!("/replays/{}/cancel", record.id)>
                <button type="submit" class="quiet">"Cancel"</button>
            </form>
        </section>
        <script type="module" src=asset("replay.js")></script>
    }
}

#[component]
fn Ended(record: ReplayRecord) -> impl IntoView {
    let Some(replay) = record.replay.clone() else {
        return view! { <Without record/> }.into_markup();
    };
    let base = format!("/replays/{}", record.id);
    let runs = replay.runs.iter().enumerate();
    let several = replay.runs.iter().any(|run| run.index > 0);
    let sections = runs
        .map(|(place, run)| run::section(run, base.clone(), place, several))
        .collect_view();
    let left_out = (!replay.left_out.is_empty()).then(|| {
        let lines = replay
            .left_out
            .iter()
            .map(|line| view! { <li>{line.clone()}</li> });
        view! {
            <section><h2>"Not replayed"</h2><ul>{lines.collect_view()}</ul></section>
        }
    });
    let requests = format::count(model::replay::count(replay.requests));
    let again = if replay.replications > 1 {
        format!(
            " Each option ran {} times; behind ± is half of the 99 % confidence interval.",
            replay.replications
        )
    } else {
        String::new()
    };
    let json = format!("/api/v1/simulations/{}", record.id);
    [
        view! { <Head title=title(&record) description="The traffic of a workload, request by request, beside what the formulas say." private=true/> }.into_markup(),
        view! {
            <p class="back"><a href=answer(&record)>"The answer"</a></p>
            <h1>{title(&record)}</h1>
            <p>
                {format!("{requests} requests altogether, one after another, through the rules of each option, beside what the formulas say.{again}")}
            </p>
        }
        .into_markup(),
        sections.into_markup(),
        left_out.into_markup(),
        view! {
            <section class="aside">
                <p>
                    {format!("Prices of {}, model {}, seed {}. The same seed gives the same numbers. Kept until {}.", replay.price_book, replay.model_version, replay.seed, day(&record.expires_at))}
                    " " <a href=json>"As JSON"</a>
                </p>
            </section>
            <script type="module" src=asset("charts.js")></script>
        }
        .into_markup(),
    ]
    .into_markup()
}

/// What ended without a result, and the way to begin anew.
#[component]
fn Without(record: ReplayRecord) -> impl IntoView {
    let (head, why) = match record.progress.state {
        ReplayState::Cancelled => (
            "This replay was cancelled",
            "Nothing was kept of it.".to_owned(),
        ),
        ReplayState::Interrupted => (
            "This replay was interrupted",
            "The server that computed it stopped. Begin it again from the answer: the same seed gives the same numbers.".to_owned(),
        ),
        _ => (
            "This replay failed",
            record
                .progress
                .why
                .clone()
                .unwrap_or_else(|| "Its result cannot be read.".to_owned()),
        ),
    };
    view! {
        <Head title=head description="A replay without a result." private=true/>
        <h1>{head}</h1>
        <p>{why}</p>
        <p><a class="button" href=format!("{}#replay", answer(&record))>"Back to the answer"</a></p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(
        state: ReplayState,
        ahead: Option<usize>,
        seconds_left: Option<f64>,
    ) -> ReplayProgress {
        ReplayProgress {
            state,
            ahead,
            percent: 41.9,
            doing: "web on AWS Lambda".to_owned(),
            requests: 1_200_000.0,
            requests_per_s: 5_123_456.0,
            seconds_left,
            why: None,
        }
    }

    #[test]
    fn progress_is_said_in_words() {
        for (state, ahead, left, expected) in [
            (
                ReplayState::Queued,
                Some(0),
                None,
                "It is the next to begin.",
            ),
            (
                ReplayState::Queued,
                Some(3),
                None,
                "3 others wait before it.",
            ),
            (
                ReplayState::Running,
                None,
                Some(1.2),
                "41 %: web on AWS Lambda · 1.2 million requests, 5.1 million a second, 2 s left",
            ),
        ] {
            assert_eq!(said(&progress(state, ahead, left)), expected);
        }
    }

    #[test]
    fn spans_are_said_as_people_do() {
        for (hours, expected) in [
            (168.0, "A week"),
            (24.0, "A day"),
            (1.0, "An hour"),
            (730.0, "30.4 days"),
            (6.0, "6 hours"),
        ] {
            assert_eq!(span(hours), expected);
        }
    }
}

//! What is wrong with the answers, and how to mend it; what went wrong on our side.

use http::StatusCode;
use leptos::prelude::*;
use model::question::{below_component, question};
use model::system::FieldError;

use crate::api::ports::PortError;
use crate::components::frame::Head;
use crate::pages::set_status;
use crate::url_state::Pairs;

/// The field a message is about, without the end of a range or a place in a list.
pub(crate) fn field_of(error: &FieldError) -> &str {
    let path = below_component(&error.path);
    let path = path.split('[').next().unwrap_or(path);
    ["low", "typical", "high"]
        .iter()
        .find_map(|end| {
            path.strip_suffix(end)
                .and_then(|rest| rest.strip_suffix('.'))
        })
        .unwrap_or(path)
}

/// A message with its subject.
pub(crate) fn sentence(error: &FieldError) -> String {
    let field = field_of(error);
    let name = question(field).map_or_else(
        || format!("\u{201c}{field}\u{201d}"),
        |question| question.name.to_owned(),
    );
    if field == "s" {
        format!("The link {}", error.message)
    } else {
        format!("{name}: {}", error.message)
    }
}

/// The summary at the top of a form; each line leads to its field.
#[component]
pub fn ErrorSummary(
    /// What is wrong.
    errors: Vec<FieldError>,
) -> impl IntoView {
    let lines = errors
        .iter()
        .map(|error| view! { <li><a href=format!("#{}", field_of(error))>{sentence(error)}</a></li> })
        .collect_view();
    (!errors.is_empty()).then(|| {
        view! {
            <div class="error-summary" role="alert" aria-labelledby="error-title" tabindex="-1">
                <h2 id="error-title">"There is a problem"</h2>
                <ul>{lines}</ul>
            </div>
        }
    })
}

/// Answers that cannot be computed yet: what is missing or wrong, each with a link to mend it.
#[component]
pub fn CannotCompute(
    /// What was answered, as typed.
    pairs: Pairs,
    /// What is wrong.
    errors: Vec<FieldError>,
) -> impl IntoView {
    set_status(StatusCode::BAD_REQUEST);
    let answers = pairs.answers();
    let lines = errors
        .iter()
        .map(|error| {
            let field = field_of(error).to_owned();
            let typed = answers
                .last(&field)
                .map(|text| format!(" You wrote \u{201c}{text:.80}\u{201d}."));
            let link = if question(&field).is_some() {
                let query = answers.clone().with("path", field.clone()).query();
                view! { <a href=format!("/advise/field?{query}")>"Answer it"</a> }
            } else {
                let query = answers.clone().without(&[&field]).query();
                view! { <a href=format!("/check?{query}")>"Leave it out"</a> }
            };
            view! { <li><span data-wrong=field>{sentence(error)} "." {typed}</span> " " {link}</li> }
        })
        .collect_view();
    view! {
        <Head title="Answers are missing" description="Some answers are missing or cannot be read." private=true/>
        <h1>"Nearly there"</h1>
        <p class="lead">"These answers are missing or cannot be read. Nothing else is lost."</p>
        <ul class="mend">{lines}</ul>
        <p><a class="button" href=format!("/advise/quick?{}", answers.query())>"Go through the six questions"</a></p>
    }
}

/// Something outside the answers failed.
#[component]
pub fn PortProblem(
    /// What.
    error: PortError,
) -> impl IntoView {
    let (status, advice) = match &error {
        PortError::Overloaded | PortError::Unavailable => {
            (StatusCode::SERVICE_UNAVAILABLE, "Try again in a moment.")
        }
        PortError::TooLarge(_) => (
            StatusCode::PAYLOAD_TOO_LARGE,
            "Leave something out, or use fewer components.",
        ),
        PortError::Internal => (
            StatusCode::INTERNAL_SERVER_ERROR,
            "It is logged. Try again, or tell whoever runs this site.",
        ),
    };
    set_status(status);
    view! {
        <Head title="Not computed" description="The answer could not be computed." private=true/>
        <h1>"Not computed: " {error.to_string()}</h1>
        <p class="lead">"Your answers are in the address; reloading the page is safe. " {advice}</p>
    }
}

//! What is wrong with the answers, and how to mend it; what went wrong on our side.

use http::StatusCode;
use leptos::prelude::*;
use model::question::{Form, question};
use model::system::FieldError;

use crate::api::ports::PortError;
use crate::components::field::control_id;
use crate::components::frame::Head;
use crate::markup::{IntoMarkup as _, Markup};
use crate::pages::set_status;
use crate::url_state::{COMPONENT, DRAFT, Draft, PACKED, Pairs, name_of};

/// The question that a message is about.
pub(crate) fn field_of(error: &FieldError) -> String {
    name_of(&error.path).1
}

/// Where in a list of rows something is wrong: `Burst 2, lasts: `.
pub(crate) fn place_in_rows(error: &FieldError) -> String {
    let place = || {
        let Form::Rows(form) = question(&field_of(error))?.form else {
            return None;
        };
        let (row, column) = error.path.rsplit_once('[')?.1.split_once(']')?;
        let number: usize = row.parse().ok()?;
        let column = column.trim_start_matches('.');
        let mut columns = form.columns.iter();
        let label = columns.find(|known| known.name == column);
        let label = label.map_or_else(String::new, |column| {
            format!(", {}", column.label.to_lowercase())
        });
        Some(format!("{} {}{label}: ", form.one, number + 1))
    };
    place().unwrap_or_default()
}

/// A message with its subject.
pub(crate) fn sentence(error: &FieldError) -> String {
    let field = field_of(error);
    let name = question(&field).map_or_else(
        || format!("\u{201c}{field:.80}\u{201d}"),
        |question| question.name.to_owned(),
    );
    if [PACKED, DRAFT].contains(&field.as_str()) {
        format!("The link {}", error.message)
    } else {
        format!("{name}: {}{}", place_in_rows(error), error.message)
    }
}

/// The summary at the top of a form; each line leads to its field. It has the focus, so that it
/// is read first.
#[component]
pub fn ErrorSummary(
    /// What is wrong.
    errors: Vec<FieldError>,
) -> impl IntoView {
    let lines = errors
        .iter()
        .map(|error| view! { <li><a href=format!("#{}", anchor(error))>{sentence(error)}</a></li> })
        .collect_view();
    (!errors.is_empty()).then(|| {
        view! {
            <div class="error-summary" role="alert" aria-labelledby="error-title" tabindex="-1" autofocus>
                <h2 id="error-title">"There is a problem"</h2>
                <ul>{lines}</ul>
            </div>
        }
    })
}

/// The control that a line of the summary leads to.
fn anchor(error: &FieldError) -> String {
    let field = field_of(error);
    let Some(question) = question(&field) else {
        return field;
    };
    let cell = error.path.rsplit_once('[').map(|(_, cell)| cell);
    match (question.form, cell) {
        (Form::Rows(_), Some(cell)) if cell.contains("].") => format!("{field}[{cell}"),
        _ => control_id(question),
    }
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
    let draft = Draft::parse(&pairs.query()).unwrap_or_default();
    let answers = Pairs::parse(&draft.query());
    let names = draft.names();
    let lines = errors
        .iter()
        .map(|error| mend(error, &draft, &answers, &names))
        .collect_view();
    let quick = format!("/advise/quick?{}", answers.query());
    view! {
        <Head title="Answers are missing" description="Some answers are missing or cannot be read." private=true/>
        <h1>"Nearly there"</h1>
        <p class="lead">"These answers are missing or cannot be read. Nothing else is lost."</p>
        <ul class="mend">{lines}</ul>
        <p><a class="button" href=quick>"Go through the six questions"</a></p>
    }
}

/// One thing that is wrong, what was typed, and the way to mend it.
fn mend(error: &FieldError, draft: &Draft, answers: &Pairs, names: &[String]) -> Markup {
    let (index, field) = name_of(&error.path);
    let number = index.unwrap_or(0);
    let wrong = field.clone();
    let of = names
        .get(number)
        .filter(|_| index.is_some() && names.len() > 1)
        .map(|name| format!("{name}, "));
    let typed = draft
        .form(number)
        .last(&field)
        .map(|text| format!(" You wrote \u{201c}{text:.80}\u{201d}."));
    let link = if question(&field).is_some() {
        let mut query = answers.clone().with("path", field);
        if names.len() > 1 {
            query = query.with(COMPONENT, number.to_string());
        }
        view! { <a href=format!("/advise/field?{}", query.query())>"Answer it"</a> }.into_markup()
    } else if field == "components" {
        view! { <a href=format!("/advise/system?{}", answers.query())>"Change the parts"</a> }
            .into_markup()
    } else {
        let query = answers.clone().without(&[&field]).query();
        view! { <a href=format!("/check?{query}")>"Leave it out"</a> }.into_markup()
    };
    // The sheet of the answer page looks for what is said of its fields.
    view! { <li>{of} <span data-wrong=wrong>{sentence(error)} "." {typed}</span> " " {link}</li> }
        .into_markup()
}

/// Something outside the answers failed.
#[component]
pub fn PortProblem(
    /// What.
    error: PortError,
) -> impl IntoView {
    if error == PortError::Gone {
        return view! { <Gone/> }.into_markup();
    }
    let (status, advice) = match &error {
        PortError::Overloaded | PortError::Unavailable => {
            (StatusCode::SERVICE_UNAVAILABLE, "Try again in a moment.")
        }
        PortError::Internal | PortError::Gone => (
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
    .into_markup()
}

/// A scenario that was here.
#[component]
fn Gone() -> impl IntoView {
    set_status(StatusCode::GONE);
    view! {
        <Head title="No longer here" description="This scenario was deleted or has expired." private=true/>
        <h1>"This scenario is no longer here"</h1>
        <p class="lead">
            "Whoever saved it has deleted it, or its last day is over. Nothing of it was kept but its address."
        </p>
        <p>
            "A report or a copy that was made of it still holds its numbers. A link that carries the answers themselves, beginning with "
            <code>"/answer?"</code> ", works without anything being saved."
        </p>
        <p class="actions">
            <a class="button" href="/advise/quick">"Describe a workload"</a>
            <a class="aside" href="/scenarios">"My scenarios"</a>
        </p>
    }
}

//! One answer to change, whichever it is.

use leptos::prelude::*;
use model::question::{Question, question};

use crate::components::field::Field;
use crate::components::form::{carried_draft, errors_of};
use crate::components::frame::Head;
use crate::components::problem::{CannotCompute, ErrorSummary};
use crate::markup::IntoMarkup as _;
use crate::pages;
use crate::pages::check::row_id;
use crate::pages::not_found::NotFoundPage;
use crate::url_state::{COMPONENT, Draft, Pairs, is_component_field};

/// The shape of the week is a name or numbers, and the numbers win: both are asked together.
const SHAPE: [&str; 2] = ["traffic.shape", "traffic.shape.hourly"];

fn together(asked: &'static Question) -> Vec<&'static Question> {
    if SHAPE.contains(&asked.path) {
        SHAPE.iter().filter_map(|path| question(path)).collect()
    } else {
        vec![asked]
    }
}

#[component]
pub fn FieldPage() -> impl IntoView {
    let query = pages::query();
    let sent = Pairs::parse(&query);
    let Some(question) = sent.last("path").and_then(question) else {
        return view! { <NotFoundPage/> }.into_markup();
    };
    let draft = match Draft::parse(&query) {
        Ok(draft) => draft,
        Err(invalid) => {
            return view! { <CannotCompute pairs=Pairs::default() errors=invalid.errors/> }
                .into_markup();
        }
    };
    let index = sent.last(COMPONENT).and_then(|text| text.parse().ok());
    let index: usize = index.filter(|index| *index < draft.len()).unwrap_or(0);
    let asked = together(question);
    let errors = if sent.last("done").is_some() {
        errors_of(&draft, index, &asked)
    } else {
        Vec::new()
    };
    let check = format!("/check?{}", draft.query());
    if sent.last("done").is_some() && errors.is_empty() {
        pages::redirect(&format!("{check}#{}", row_id(index, question.path)));
        return ().into_markup();
    }
    let title = if errors.is_empty() {
        question.title.to_owned()
    } else {
        format!("Error: {}", question.title)
    };
    let of = (draft.len() > 1 && is_component_field(question.path)).then(|| {
        let name = draft.names()[index].clone();
        view! { <p class="step">{name}</p> }
    });
    let fields = asked
        .iter()
        .map(|question| {
            let heading = asked[0].path == question.path;
            view! { <Field question=question pairs=draft.form(index) errors=errors.clone() heading=heading sure=true components=draft.names()/> }
        })
        .collect_view();
    view! {
        <Head title=title description=question.why private=true/>
        <p class="back"><a href=check>"Back to your answers"</a></p>
        <ErrorSummary errors=errors.clone()/>
        <form class="question" method="get" action="/advise/field" novalidate>
            {carried_draft(&draft, index, &asked)}
            <input type="hidden" name="path" value=question.path/>
            <input type="hidden" name="done" value="1"/>
            {of}
            {fields}
            <p class="actions">
                <button type="submit">"Save this answer"</button>
            </p>
        </form>
    }
    .into_markup()
}

//! Six questions, one page each. The address holds the answers; `done` is the page just
//! sent, `step` one to look at again.

use leptos::prelude::*;
use model::question::{Question, Section, question};

use crate::components::field::Field;
use crate::components::form::{carried_draft, errors_of};
use crate::components::frame::Head;
use crate::components::problem::{CannotCompute, ErrorSummary};
use crate::markup::IntoMarkup as _;
use crate::pages;
use crate::pages::advise::section_link;
use crate::url_state::{Draft, Pairs};

struct Step {
    title: &'static str,
    fields: &'static [&'static str],
}

const STEPS: [Step; 6] = [
    Step {
        title: "What does it do, and where?",
        fields: &["kind", "region"],
    },
    Step {
        title: "How long does one piece of work take?",
        fields: &["work.duration_ms", "work.duration_p99_ms"],
    },
    Step {
        title: "How much of that time is it computing, not waiting?",
        fields: &["work.cpu_ms"],
    },
    Step {
        title: "How much traffic does it get?",
        fields: &["traffic.requests_per_month"],
    },
    Step {
        title: "What does a day look like, and how big is its peak?",
        fields: &["traffic.shape", "traffic.peak_to_mean"],
    },
    Step {
        title: "How fast must it answer?",
        fields: &["latency.target_ms", "latency.percentile"],
    },
];

impl Step {
    fn questions(&self) -> Vec<&'static Question> {
        self.fields
            .iter()
            .filter_map(|path| question(path))
            .collect()
    }
}

/// The step to show, and whether it was sent and must be mended; `None` when all are done.
fn place(sent: &Pairs, draft: &Draft) -> Option<(usize, bool)> {
    let number = |name: &str| sent.last(name).and_then(|text| text.parse::<usize>().ok());
    if let Some(done) = number("done").filter(|done| (1..=STEPS.len()).contains(done)) {
        if !errors_of(draft, 0, &STEPS[done - 1].questions()).is_empty() {
            return Some((done - 1, true));
        }
        return (done < STEPS.len()).then_some((done, false));
    }
    let step = number("step").unwrap_or(1).clamp(1, STEPS.len());
    Some((step - 1, false))
}

#[component]
pub fn QuickPage() -> impl IntoView {
    let query = pages::query();
    let draft = match Draft::parse(&query) {
        Ok(draft) => draft,
        Err(invalid) => {
            return view! { <CannotCompute pairs=Pairs::default() errors=invalid.errors/> }
                .into_markup();
        }
    };
    let Some((index, sent)) = place(&Pairs::parse(&query), &draft) else {
        pages::redirect(&format!("/check?{}", draft.query()));
        return ().into_markup();
    };
    let step = &STEPS[index];
    let questions = step.questions();
    let errors = if sent {
        errors_of(&draft, 0, &questions)
    } else {
        Vec::new()
    };
    let title = if errors.is_empty() {
        step.title.to_owned()
    } else {
        format!("Error: {}", step.title)
    };
    let alone = questions.len() == 1;
    let back = if index == 0 {
        "/".to_owned()
    } else {
        let before = Pairs::parse(&draft.query()).with("step", index.to_string());
        format!("/advise/quick?{}", before.query())
    };
    let fields = questions
        .iter()
        .map(|question| view! { <Field question pairs=draft.form(0) errors=errors.clone() heading=alone/> })
        .collect_view();
    view! {
        <Head title=title description="Six questions about your workload." private=true/>
        <p class="back"><a href=back>"Back"</a></p>
        <ErrorSummary errors=errors.clone()/>
        <form class="question" method="get" action="/advise/quick" novalidate>
            {carried_draft(&draft, 0, &questions)}
            <input type="hidden" name="done" value=(index + 1).to_string()/>
            <p class="step">{format!("Question {} of {}", index + 1, STEPS.len())}</p>
            {(!alone).then(|| view! { <h1>{step.title}</h1> })}
            {fields}
            <Footer last=index + 1 == STEPS.len() draft=draft.clone()/>
        </form>
    }
    .into_markup()
}

#[component]
fn Footer(last: bool, draft: Draft) -> impl IntoView {
    let check = format!("/check?{}", draft.query());
    let everything = section_link(&draft, 0, Section::Work);
    view! {
        <p class="typed">"Numbers may be written as 5k, 2M, 1.5s, or as a range: 100..400."</p>
        <p class="actions">
            <button type="submit">{if last { "Check your answers" } else { "Continue" }}</button>
            <a class="aside" href=check>"See all answers"</a>
            <a class="aside" href=everything>"Ask me everything"</a>
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, expected: Option<(usize, bool)>) {
        let draft = Draft::parse(query).expect("a draft");
        assert_eq!(place(&Pairs::parse(query), &draft), expected, "{query}");
    }

    #[test]
    fn the_address_says_which_question_comes_next() {
        check("", Some((0, false)));
        check("step=3", Some((2, false)));
        check("step=99", Some((5, false)));
        check("done=1&kind=http_api&region=us-east-1", Some((1, false)));
        check("done=1&kind=http_api", Some((0, true)));
        check("done=2&work.duration_ms=fast", Some((1, true)));
        check("done=6", None);
        check("done=0", Some((0, false)));
    }

    #[test]
    fn every_step_asks_questions_that_exist() {
        for step in &STEPS {
            assert_eq!(step.questions().len(), step.fields.len(), "{}", step.title);
        }
    }
}

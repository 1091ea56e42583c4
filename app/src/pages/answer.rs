//! The answer for the answers in the address.

use leptos::prelude::*;
use model::{Parts, System};

use crate::api::ports::{Evaluator, PortError, ScenarioLine};
use crate::components::frame::Head;
use crate::components::over_input::{OVER, Over, named};
use crate::components::problem::{CannotCompute, PortProblem};
use crate::components::result::{ResultView, Shown};
use crate::components::share::Share;
use crate::components::sheet::Sheet;
use crate::markup::IntoMarkup as _;
use crate::pages;
use crate::shell::asset;
use crate::url_state::{COMPONENT, Draft, Pairs, query_from_system, system_from_query};

/// What the first paint waits for; samples, flips and growth come from their own addresses.
pub const FIRST: Parts = Parts {
    bill: true,
    latency: true,
    break_even: true,
    hybrid: true,
    flips: false,
    confidence: false,
    growth: false,
};

#[component]
pub fn AnswerPage() -> impl IntoView {
    let query = pages::query();
    let typed = Pairs::parse(&query);
    let on_sheet = typed
        .last(COMPONENT)
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    let system = match system_from_query(&query) {
        Ok(system) => system,
        Err(invalid) => {
            return view! { <CannotCompute pairs=typed errors=invalid.errors/> }
                .into_markup()
                .into_any();
        }
    };
    let draft = Draft::parse(&query).unwrap_or_default();
    let asked = typed.last(OVER).map(str::to_owned);
    let (ports, visitor) = (pages::ports(), pages::visitor());
    Suspend::new(async move {
        let shown = match shown(ports.evaluator.as_ref(), system, asked).await {
            Ok(shown) => shown,
            Err(error) => return view! { <PortProblem error/> }.into_markup(),
        };
        let url = format!("{}/answer?{}", ports.public_url, shown.query);
        // The answer needs no store: without one it is merely saved as something new.
        let mine = pages::saved_here(&ports, visitor).await.unwrap_or_default();
        view! { <Answer shown draft url on_sheet mine/> }.into_markup()
    })
    .into_any()
}

/// The evaluation with all its parts where it is known already, else what the first paint needs.
async fn shown(
    evaluator: &dyn Evaluator,
    system: System,
    asked: Option<String>,
) -> Result<Shown, PortError> {
    let known = evaluator.known(&system);
    let later = known.is_none();
    let evaluation = match known {
        Some(evaluation) => evaluation,
        None => evaluator.evaluate(system.clone(), FIRST).await?,
    };
    let over = match asked {
        None => Over::Offered,
        Some(asked) => over_input(evaluator, &system, &asked).await?,
    };
    let query = query_from_system(&system);
    Ok(Shown {
        system,
        evaluation,
        query,
        later,
        over: Some(over),
    })
}

/// The page, with the sheet beside the result.
#[component]
fn Answer(
    shown: Shown,
    draft: Draft,
    url: String,
    on_sheet: usize,
    mine: Vec<ScenarioLine>,
) -> impl IntoView {
    let Shown {
        system,
        evaluation,
        query,
        ..
    } = shown.clone();
    let title = if system.name.is_empty() {
        "The answer".to_owned()
    } else {
        system.name.clone()
    };
    let index = on_sheet.min(system.components.len().saturating_sub(1));
    let name = system.name.clone();
    let headline = evaluation.verdict.headline.clone();
    let share = view! { <Share query=query.clone() name url mine system=system.clone() evaluation=evaluation.clone()/> }
        .into_markup();
    view! {
        <Head title=title description=headline private=true/>
        <p class="back" data-part="back">
            <a href=format!("/check?{query}")>"Check the answers"</a>
            <a class="to-sheet" href="#sheet">"Change an answer"</a>
        </p>
        <div class="answer">
            <div class="result">
                {view! { <ResultView shown/> }.into_markup()}
                {share}
            </div>
            {view! { <Sheet system draft index evaluation/> }.into_markup()}
        </div>
        <script type="module" src=asset("islands.js")></script>
    }
}

/// Costs over the input that the address names.
async fn over_input(
    evaluator: &dyn Evaluator,
    system: &System,
    asked: &str,
) -> Result<Over, PortError> {
    let (index, path) = named(asked);
    let found = evaluator.over_input(system.clone(), index, path.to_owned());
    Ok(match found.await? {
        Ok(found) => Over::Found(Box::new(found)),
        Err(error) => Over::Refused(format!("Not computed: {OVER} {error}.")),
    })
}

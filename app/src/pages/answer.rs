//! The answer for the answers in the address.

use leptos::prelude::*;
use model::{Parts, System};

use crate::api::ports::{Evaluator, PortError};
use crate::components::frame::Head;
use crate::components::over_input::{OVER, Over, named};
use crate::components::problem::{CannotCompute, PortProblem};
use crate::components::result::ResultView;
use crate::components::share::Share;
use crate::pages;
use crate::shell::asset;
use crate::url_state::{Pairs, query_from_system, system_from_query};

#[component]
pub fn AnswerPage() -> impl IntoView {
    let query = pages::query();
    let system = match system_from_query(&Pairs::parse(&query).answers().query()) {
        Ok(system) => system,
        Err(invalid) => {
            return view! { <CannotCompute pairs=Pairs::parse(&query) errors=invalid.errors/> }
                .into_any();
        }
    };
    let asked = Pairs::parse(&query).last(OVER).map(str::to_owned);
    let ports = pages::ports();
    Suspend::new(async move {
        let evaluation = match ports.evaluator.evaluate(system.clone(), Parts::ALL).await {
            Ok(evaluation) => evaluation,
            Err(error) => return view! { <PortProblem error/> }.into_any(),
        };
        let over = match asked {
            None => Over::Offered,
            Some(asked) => match over_input(ports.evaluator.as_ref(), &system, &asked).await {
                Ok(over) => over,
                Err(error) => return view! { <PortProblem error/> }.into_any(),
            },
        };
        let query = query_from_system(&system);
        let url = format!("{}/answer?{query}", ports.public_url);
        let title = if system.name.is_empty() {
            "The answer".to_owned()
        } else {
            system.name.clone()
        };
        let name = system.name.clone();
        view! {
            <Head title=title description=evaluation.verdict.headline.clone() private=true/>
            <p class="back"><a href=format!("/check?{query}")>"Change the answers"</a></p>
            {view! { <ResultView system evaluation query=query.clone() over=Some(over)/> }.into_any()}
            {view! { <Share query name url/> }.into_any()}
            <script type="module" src=asset("islands.js")></script>
        }
        .into_any()
    })
    .into_any()
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

//! One chart by itself, with its numbers: what pages link to that do not wait for it.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::charts;
use crate::components::figure::{Picture, TableTwin};
use crate::components::frame::Head;
use crate::components::problem::{CannotCompute, PortProblem};
use crate::markup::IntoMarkup as _;
use crate::pages;
use crate::pages::not_found::NotFoundPage;
use crate::shell::asset;
use crate::url_state::{Pairs, query_from_system, system_from_query};

/// Which component a chart is about.
const COMPONENT: &str = "component";

#[component]
pub fn ChartPage() -> impl IntoView {
    let params = use_params_map().get_untracked();
    let Some(chart) = charts::find(&params.get("chart").unwrap_or_default()) else {
        return view! { <NotFoundPage/> }.into_markup().into_any();
    };
    let pairs = Pairs::parse(&pages::query());
    let index = pairs.last(COMPONENT).map_or(Ok(0), str::parse);
    let answers = pairs.without(&[COMPONENT]).answers();
    let system = match system_from_query(&answers.query()) {
        Ok(system) => system,
        Err(invalid) => {
            return view! { <CannotCompute pairs=answers errors=invalid.errors/> }
                .into_markup()
                .into_any();
        }
    };
    let Some(index) = index.ok().filter(|index| *index < system.components.len()) else {
        return view! { <NotFoundPage/> }.into_markup().into_any();
    };
    let ports = pages::ports();
    Suspend::new(async move {
        let query = query_from_system(&system);
        match ports.evaluator.drawing(chart, system, index).await {
            Ok(Some(drawing)) => view! {
                <Head title=drawing.title.clone() description=drawing.sentence.clone() private=true/>
                <p class="back"><a href=format!("/answer?{query}")>"The whole answer"</a></p>
                <h1>{drawing.title.clone()}</h1>
                <section class="wide">
                    <figure>
                        <Picture chart=chart.id query index heights=(drawing.wide.height, drawing.narrow.height) label=drawing.title.clone()/>
                        <figcaption>{drawing.sentence}</figcaption>
                    </figure>
                    <div class="scroll" tabindex="0" role="group" aria-label="The numbers, may be wider than the screen">
                        <TableTwin table=drawing.table/>
                    </div>
                </section>
                <script type="module" src=asset("charts.js")></script>
            }
            .into_markup(),
            Ok(None) => view! { <NotFoundPage/> }.into_markup(),
            Err(error) => view! { <PortProblem error/> }.into_markup(),
        }
    })
    .into_any()
}

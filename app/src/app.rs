//! The route table, and what stands around every page.

#![expect(
    clippy::must_use_candidate,
    reason = "a component is called by the view macro"
)]

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{SsrMode, path};

use crate::api::ports::Failure;
use crate::components::failure::FailurePage;
use crate::components::frame::{SiteFooter, SiteHeader};
use crate::markup::IntoMarkup as _;
use crate::pages::{
    advise, answer, answer_part, api, chart, check, claims, compare, field, home, manage, method,
    not_found, prices, quick, recover, replay, saved, scenarios,
};

/// All pages. Each is rendered whole on the server before the first byte leaves,
/// so that its status and title are known.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let content = match use_context::<Failure>() {
        Some(failure) => view! { <main id="main"><FailurePage failure/></main> }
            .into_markup()
            .into_any(),
        None => view! { <Table/> }.into_any(),
    };
    view! {
        <a class="skip" href="#main">"Skip to the content"</a>
        <SiteHeader/>
        {content}
        <SiteFooter/>
    }
}

/// Which page is at which address.
#[component]
fn Table() -> impl IntoView {
    view! {
        <Router>
            <main id="main">
                <Routes fallback=not_found::NotFoundPage>
                    <Route path=path!("/") view=home::HomePage ssr=SsrMode::Async/>
                    <Route path=path!("/advise/field") view=field::FieldPage ssr=SsrMode::Async/>
                    <Route path=path!("/advise/quick") view=quick::QuickPage ssr=SsrMode::Async/>
                    <Route path=path!("/advise/next") view=advise::next::NextPage ssr=SsrMode::Async/>
                    <Route path=path!("/advise/system") view=advise::system::SystemPage ssr=SsrMode::Async/>
                    <Route path=path!("/advise/:component/:section") view=advise::SectionPage ssr=SsrMode::Async/>
                    <Route path=path!("/answer") view=answer::AnswerPage ssr=SsrMode::Async/>
                    <Route path=path!("/answer/confidence") view=answer_part::ConfidencePage ssr=SsrMode::Async/>
                    <Route path=path!("/answer/flips") view=answer_part::FlipsPage ssr=SsrMode::Async/>
                    <Route path=path!("/answer/growth") view=answer_part::GrowthPage ssr=SsrMode::Async/>
                    <Route path=path!("/answer/charts/:chart") view=chart::ChartPage ssr=SsrMode::Async/>
                    <Route path=path!("/api") view=api::ApiPage ssr=SsrMode::Async/>
                    <Route path=path!("/check") view=check::CheckPage ssr=SsrMode::Async/>
                    <Route path=path!("/claims") view=claims::ClaimsPage ssr=SsrMode::Async/>
                    <Route path=path!("/compare") view=compare::ComparePage ssr=SsrMode::Async/>
                    <Route path=path!("/method") view=method::MethodPage ssr=SsrMode::Async/>
                    <Route path=path!("/prices") view=prices::PricesPage ssr=SsrMode::Async/>
                    <Route path=path!("/replays/:id") view=replay::ReplayPage ssr=SsrMode::Async/>
                    <Route path=path!("/s/:id") view=saved::SavedPage ssr=SsrMode::Async/>
                    <Route path=path!("/s/:id/manage") view=manage::ManagePage ssr=SsrMode::Async/>
                    <Route path=path!("/s/:id/revisions/:revision") view=saved::SavedPage ssr=SsrMode::Async/>
                    <Route path=path!("/s/:id/revisions/:revision/today") view=saved::today::TodayPage ssr=SsrMode::Async/>
                    <Route path=path!("/scenarios") view=scenarios::ScenariosPage ssr=SsrMode::Async/>
                    <Route path=path!("/scenarios/recover") view=recover::RecoverPage ssr=SsrMode::Async/>
                </Routes>
            </main>
        </Router>
    }
}

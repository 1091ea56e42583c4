//! What keeps the state of a component: the service for each need, on both sides.

use leptos::prelude::*;
use model::evaluation::{ComponentEvaluation, StateService};

/// A row for each need; nothing for a component that keeps nothing.
#[component]
pub fn Services(
    /// Whose needs.
    component: ComponentEvaluation,
) -> impl IntoView {
    let rows = component.services.iter().map(row).collect_view();
    (!component.services.is_empty()).then(|| {
        view! {
                <p>"Functions and tasks forget. What must last is kept beside them, and is in the bills."</p>
                <table class="services stack compact">
                    <caption class="visually-hidden">"The service for each need, on both sides"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Need"</th><th scope="col">"Beside functions"</th>
                            <th scope="col">"Beside containers"</th><th scope="col">"Why"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
        }
    })
}

fn row(service: &StateService) -> impl IntoView + use<> {
    view! {
        <tr>
            <th scope="row">{need_label(&service.need)}</th>
            <td data-label="Beside functions">{service.serverless.clone()}</td>
            <td data-label="Beside containers">{service.containers.clone()}</td>
            <td data-label="Why" class="consequence">{service.reason.clone()}</td>
        </tr>
    }
}

/// A need in words; reports use the same.
#[must_use]
pub fn need_label(need: &str) -> String {
    match need {
        "cache" => "Cache",
        "events" => "Events",
        "key_value" => "Key-value state",
        "objects" => "Files",
        "queue" => "Queue",
        "relational" => "Relational database",
        "stream" => "Stream",
        "websocket" => "Open connections",
        "workflow" => "Workflow",
        other => return other.replace('_', " "),
    }
    .to_owned()
}

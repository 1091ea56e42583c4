//! What else could be done: changes of the workload, with their effect on P99 and on the bill.

use leptos::prelude::*;
use model::evaluation::ComponentEvaluation;

use crate::format;

/// A row for each change; nothing where none is known.
#[component]
pub fn Mitigations(
    /// Whose options.
    component: ComponentEvaluation,
) -> impl IntoView {
    let rows = component
        .options
        .iter()
        .flat_map(|option| option.mitigations.iter().map(move |mitigation| (option, mitigation)))
        .map(|(option, mitigation)| {
            let now = option.latency.as_ref().map(|latency| latency.percentiles.p99_ms);
            let cost = option.bill.as_ref().map(|bill| bill.monthly_usd);
            view! {
                <tr>
                    <th scope="row">{mitigation.change.clone()}</th>
                    <td data-label="Option">{option.label.clone()}</td>
                    <td data-label="P99" class="num">
                        {format::ms(mitigation.p99_ms)}
                        {now.map(|now| view! { <span class="note">"now " {format::ms(now)}</span> })}
                    </td>
                    <td data-label="A month" class="num">
                        {format::usd_cents(mitigation.monthly_usd)}
                        {cost.map(|now| view! { <span class="note">"now " {format::usd_cents(now)}</span> })}
                    </td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <table class="stack compact worded">
                <caption class="visually-hidden">"Changes, with their effect: " {component.name.clone()}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Change"</th><th scope="col">"Option"</th>
                        <th scope="col" class="num">"P99"</th><th scope="col" class="num">"A month"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    })
}

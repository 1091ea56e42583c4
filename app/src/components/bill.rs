//! Bills line by line; each line leads to its price, with source and date.

use leptos::prelude::*;
use model::bill::{Bill, LineItem};
use model::evaluation::ComponentEvaluation;
use model::question::group_label;

use crate::components::verdict::{chosen, family_class};
use crate::format;

/// The bill of each option; the chosen one's is open.
#[component]
pub fn Bills(
    /// Whose options.
    component: ComponentEvaluation,
    /// Whose prices.
    region: String,
) -> impl IntoView {
    let pick = chosen(&component.options, component.verdict.platform.as_deref())
        .map(|option| option.platform.clone());
    let bills = component
        .options
        .iter()
        .filter_map(|option| {
            let bill = option.bill.as_ref()?;
            let open = Some(&option.platform) == pick.as_ref();
            Some(view! {
                <details class=format!("bill {}", family_class(option.family)) open=open>
                    <summary>
                        <span class="swatch" aria-hidden="true"></span>
                        <span>{option.label.clone()}</span>
                        <span class="num strong">{format::usd_cents(bill.monthly_usd)}</span>
                    </summary>
                    {table(&option.label, bill, &region)}
                </details>
            })
        })
        .collect_view();
    view! {
        {(!bills.is_empty()).then(|| view! { <h2>"The bills, line by line"</h2> })}
        {bills}
    }
}

fn table(label: &str, bill: &Bill, region: &str) -> impl IntoView + use<> {
    let lines = bill
        .lines
        .iter()
        .map(|line| row(line, region))
        .collect_view();
    view! {
        <table class="lines stack">
            <caption class="visually-hidden">"Bill for " {label.to_owned()} ", a month"</caption>
            <thead>
                <tr>
                    <th scope="col">"Line"</th>
                    <th scope="col">"Group"</th>
                    <th scope="col" class="num">"Quantity"</th>
                    <th scope="col" class="num">"Unit price"</th>
                    <th scope="col" class="num">"Amount"</th>
                </tr>
            </thead>
            <tbody>{lines}</tbody>
            <tfoot>
                <tr>
                    <th scope="row" colspan="4">"A month"</th>
                    <td class="num strong">{format::usd_cents(bill.monthly_usd)}</td>
                </tr>
            </tfoot>
        </table>
    }
}

fn row(line: &LineItem, region: &str) -> impl IntoView + use<> {
    let source = price_link(&line.price_id, region);
    let note = line
        .note
        .clone()
        .map(|note| view! { <span class="note">{note}</span> });
    view! {
        <tr>
            <th scope="row">{line.name.clone()} {note}</th>
            <td data-label="Group">{group_label(line.group)}</td>
            <td data-label="Quantity" class="num">{format::quantity(line.quantity)} " " <span class="unit">{line.unit.to_string()}</span></td>
            <td data-label="Unit price" class="num">
                <a href=source title=line.price_id.clone()>{format::usd_unit(line.unit_price_usd)}</a>
            </td>
            <td data-label="Amount" class="num">{format::usd_cents(line.amount_usd)}</td>
        </tr>
    }
}

/// Where the price book shows a price.
pub(crate) fn price_link(price_id: &str, region: &str) -> String {
    let query = crate::url_state::Pairs::default()
        .with("region", region)
        .with("q", price_id)
        .query();
    format!("/prices?{query}")
}

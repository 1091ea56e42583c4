//! Bills line by line; each line leads to its price, with source and date.

use leptos::prelude::*;
use model::bill::{Bill, Group, LineItem};
use model::evaluation::{ComponentEvaluation, PlatformOption};
use model::question::group_label;

use crate::components::options::arranged;
use crate::components::verdict::family_class;
use crate::format;
use crate::markup::{IntoMarkup as _, Markup};

/// The bill of each option; the chosen one's is open.
#[component]
pub fn Bills(
    /// Whose options.
    component: ComponentEvaluation,
    /// The platform that is chosen.
    choice: Option<String>,
    /// Whose prices.
    region: String,
) -> impl IntoView {
    let (able, rest) = arranged(&component);
    let bill_of = |option: &&PlatformOption| {
        let bill = option.bill.as_ref()?;
        let open = Some(&option.platform) == choice.as_ref();
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
    };
    let bills = able.iter().filter_map(bill_of).collect::<Vec<_>>();
    let others = rest.iter().filter_map(bill_of).collect::<Vec<_>>();
    view! {
        {(!bills.is_empty()).then(|| view! { <h2>"The bills, line by line"</h2> })}
        {bills}
        {(!others.is_empty()).then(|| view! {
            <details class="rest">
                <summary>"What those that do not fit would cost"</summary>
                {others}
            </details>
        })}
    }
}

fn table(label: &str, bill: &Bill, region: &str) -> impl IntoView + use<> {
    let mut groups: Vec<(Group, Vec<&LineItem>)> = Vec::new();
    for line in &bill.lines {
        match groups.iter_mut().find(|(group, _)| *group == line.group) {
            Some((_, lines)) => lines.push(line),
            None => groups.push((line.group, vec![line])),
        }
    }
    let lines = groups
        .iter()
        .map(|(group, lines)| of_group(*group, lines, region))
        .collect_view();
    view! {
        <table class="lines stack compact">
            <caption class="visually-hidden">"Bill for " {label.to_owned()} ", a month"</caption>
            <thead>
                <tr>
                    <th scope="col">"Group"</th>
                    <th scope="col">"Line"</th>
                    <th scope="col" class="num">"Quantity"</th>
                    <th scope="col" class="num">"Unit price"</th>
                    <th scope="col" class="num">"Amount"</th>
                </tr>
            </thead>
            {lines}
            <tfoot>
                <tr>
                    <th scope="row" colspan="4">"A month"</th>
                    <td class="num strong">{format::usd_cents(bill.monthly_usd)}</td>
                </tr>
            </tfoot>
        </table>
    }
}

/// The lines of one group, with its name beside the first.
fn of_group(group: Group, lines: &[&LineItem], region: &str) -> impl IntoView + use<> {
    let count = lines.len().to_string();
    let mut name = Some(view! {
        <th scope="rowgroup" class="group" rowspan=count>{group_label(group)}</th>
    });
    let rows = lines
        .iter()
        .map(|line| row(line, region, name.take().into_markup()).into_markup())
        .collect_view();
    view! { <tbody>{rows}</tbody> }
}

fn row(line: &LineItem, region: &str, group: Markup) -> impl IntoView + use<> {
    let source = price_link(&line.price_id, region);
    let note = line
        .note
        .clone()
        .map(|note| view! { <span class="note">{note}</span> });
    view! {
        <tr>
            {group}
            <th scope="row">{line.name.clone()} {note}</th>
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

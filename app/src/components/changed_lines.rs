//! What changed on a bill, line by line: why, on both sides, and by how much. The rest is one row, so that what is
//! shown adds up to the totals; it unfolds below.

use leptos::prelude::*;
use model::bill::LineItem;
use model::comparison::{Amounts, BillComparison, Both, Cause, Charge, LineDifference};
use model::question::group_label;

use crate::components::bill::price_link;
use crate::format;
use crate::markup::{IntoMarkup as _, Markup};

/// What the two sides are called, and whose prices they pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides {
    /// The heads of their columns.
    pub heads: Both<&'static str>,
    /// Said of a line that only one of them has.
    pub alone: Both<&'static str>,
    /// Their regions.
    pub region: Both<String>,
}

impl Sides {
    /// Why an amount changed, in few words.
    fn cause(&self, cause: Cause) -> &'static str {
        match cause {
            Cause::Quantity => "quantity",
            Cause::Price => "price",
            Cause::QuantityAndPrice => "quantity and price",
            Cause::OnlyLeft => self.alone.left,
            Cause::OnlyRight => self.alone.right,
        }
    }
}

/// An amount with its sign: `+$1.20`, `-$0.40`, `$0.00`.
pub(crate) fn signed_usd(usd: f64) -> String {
    let text = format::usd_cents(usd);
    let more = usd > 0.0 && text.bytes().any(|digit| (b'1'..=b'9').contains(&digit));
    if more { format!("+{text}") } else { text }
}

/// A difference as people see it; nothing where one side has no cost.
pub(crate) fn difference_words(amounts: &Amounts) -> String {
    amounts
        .difference
        .map_or_else(|| "-".to_owned(), signed_usd)
}

/// The bills of one option on both sides.
#[component]
pub fn ChangedLines(
    /// What the bills are for.
    label: String,
    /// Line by line.
    bill: BillComparison,
    /// The totals.
    total: Amounts,
    /// Who is who.
    sides: Sides,
) -> impl IntoView {
    let (visible, small): (Vec<_>, Vec<_>) =
        bill.changed.iter().partition(|line| line.is_visible());
    let mut visible = visible;
    visible.sort_by(|one, other| {
        other
            .difference_usd
            .abs()
            .total_cmp(&one.difference_usd.abs())
    });
    let rows = visible
        .iter()
        .map(|line| {
            let alike =
                |other: &&&LineDifference| other.name == line.name && other.group == line.group;
            row(line, visible.iter().filter(alike).count() > 1, &sides)
        })
        .collect_view();
    let caption = format!("What changed on the bill for {label}, a month");
    let same = bill.unchanged;
    view! {
        <table class="lines changed stack compact">
            <caption class="visually-hidden">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">"Line"</th>
                    <th scope="col">"What changed"</th>
                    <th scope="col" class="num">{sides.heads.left}</th>
                    <th scope="col" class="num">{sides.heads.right}</th>
                    <th scope="col" class="num">"Difference"</th>
                </tr>
            </thead>
            <tbody>
                {rows}
                {rest(&small, &same, &sides)}
            </tbody>
            <tfoot>
                <tr>
                    <th scope="row" colspan="2">"A month"</th>
                    <td class="num" data-label=sides.heads.left>{cents(total.left)}</td>
                    <td class="num" data-label=sides.heads.right>{cents(total.right)}</td>
                    <td class="num strong" data-label="Difference">{difference_words(&total)}</td>
                </tr>
            </tfoot>
        </table>
        {unchanged(&label, &small, &same, &sides)}
    }
}

fn cents(usd: Option<f64>) -> String {
    usd.map_or_else(|| "-".to_owned(), format::usd_cents)
}

/// A line; where another has its name, what is bought is told by the price.
fn row(line: &LineDifference, ambiguous: bool, sides: &Sides) -> impl IntoView + use<> {
    let what = ambiguous.then(|| view! { ", " <code>{line.price_id.clone()}</code> });
    let side = |charge: Option<Charge>, head: &'static str, region: &str| {
        let content = charge.map(|charge| bought(line, charge, region));
        view! { <td class="num" data-label=head>{content.unwrap_or_else(|| "-".into_markup())}</td> }
    };
    view! {
        <tr>
            <th scope="row">{line.name.clone()} <span class="note">{group_label(line.group)} {what}</span></th>
            <td data-label="What changed" class="cause">{sides.cause(line.cause)}</td>
            {side(line.charge.left, sides.heads.left, &sides.region.left)}
            {side(line.charge.right, sides.heads.right, &sides.region.right)}
            <td class="num strong" data-label="Difference">{signed_usd(line.difference_usd)}</td>
        </tr>
    }
}

/// The amount, and beneath it how much at which price.
fn bought(line: &LineDifference, charge: Charge, region: &str) -> Markup {
    view! {
        {format::usd_cents(charge.amount_usd)}
        <span class="note">
            {format::quantity(charge.quantity)} " " {line.unit.to_string()} " \u{d7} "
            <a href=price_link(&line.price_id, region) title=line.price_id.clone()>{format::usd_unit(charge.unit_price_usd)}</a>
        </span>
    }
    .into_markup()
}

/// What people would call unchanged, as one row.
fn rest(small: &[&LineDifference], same: &[LineItem], sides: &Sides) -> Option<Markup> {
    let count = small.len() + same.len();
    if count == 0 {
        return None;
    }
    let alike: f64 = same.iter().map(|line| line.amount_usd).sum();
    let of = |side: fn(&Both<Option<Charge>>) -> Option<Charge>| -> f64 {
        let charges = small.iter().filter_map(|line| side(&line.charge));
        charges.map(|charge| charge.amount_usd).sum::<f64>() + alike
    };
    let (left, right) = (of(|both| both.left), of(|both| both.right));
    let what = if small.is_empty() {
        "nothing"
    } else {
        "less than a cent a line"
    };
    Some(
        view! {
            <tr class="rest">
                <th scope="row">{lines_words(count)}</th>
                <td data-label="What changed" class="cause">{what}</td>
                <td class="num" data-label=sides.heads.left>{format::usd_cents(left)}</td>
                <td class="num" data-label=sides.heads.right>{format::usd_cents(right)}</td>
                <td class="num" data-label="Difference">{signed_usd(right - left)}</td>
            </tr>
        }
        .into_markup(),
    )
}

fn lines_words(count: usize) -> String {
    match count {
        1 => "One other line".to_owned(),
        many => format!("{many} other lines"),
    }
}

/// The lines that both have alike, folded away.
fn unchanged(
    label: &str,
    small: &[&LineDifference],
    same: &[LineItem],
    sides: &Sides,
) -> Option<Markup> {
    let region = sides.region.right.clone();
    let line = |name: &str, group: &'static str, id: &str, charge: Charge, unit: String| {
        view! {
            <tr>
                <th scope="row">{name.to_owned()} <span class="note">{group}</span></th>
                <td data-label="Quantity" class="num">{format::quantity(charge.quantity)} " " <span class="unit">{unit}</span></td>
                <td data-label="Unit price" class="num"><a href=price_link(id, &region) title=id.to_owned()>{format::usd_unit(charge.unit_price_usd)}</a></td>
                <td data-label="Amount" class="num">{format::usd_cents(charge.amount_usd)}</td>
            </tr>
        }
        .into_markup()
    };
    let nearly = small.iter().filter_map(|small| {
        let charge = small.charge.right.or(small.charge.left)?;
        let group = group_label(small.group);
        Some(line(
            &small.name,
            group,
            &small.price_id,
            charge,
            small.unit.to_string(),
        ))
    });
    let alike = same.iter().map(|item| {
        let charge = Charge {
            quantity: item.quantity,
            unit_price_usd: item.unit_price_usd,
            amount_usd: item.amount_usd,
        };
        line(
            &item.name,
            group_label(item.group),
            &item.price_id,
            charge,
            item.unit.to_string(),
        )
    });
    let rows: Vec<Markup> = nearly.chain(alike).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <details class="unchanged">
                <summary>"The other lines"</summary>
                <table class="lines stack compact">
                    <caption class="visually-hidden">"Lines of the bill for " {label.to_owned()} " that did not change"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Line"</th><th scope="col" class="num">"Quantity"</th>
                            <th scope="col" class="num">"Unit price"</th><th scope="col" class="num">"Amount"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        }
        .into_markup()
    })
}

//! The bill of one option, live.

use app::format::{count, number, significant};
use model::bill::Group;
use model::evaluation::Decision;
use model::scaling::{Form, Rule};
use model::units::Usd;
use rust_xlsxwriter::{ConditionalFormatText, ConditionalFormatTextRule, XlsxError};

use super::inputs::full_name;
use super::page::{Page, literal, quoted_text, relative};
use super::plan::{Billed, Component, Plan};
use super::quantity::{self, Cells, Spot};
use super::style;
use super::summary;

/// Row of the column heads.
const HEADS: u32 = 5;
const QUANTITY: u16 = 2;
const AMOUNT: u16 = 5;
/// What requests may be off where a range ends.
const ROUNDING: f64 = 1e-9;
/// What stands where there is no best.
const NONE_FITS: &str = "No option fits; these are bills only.";

/// Where the live total of an option stands on its sheet.
pub(super) fn total_cell(billed: &Billed<'_>) -> (u32, u16) {
    (row(HEADS + 1, billed.scaling.lines.len()), AMOUNT)
}

fn row(from: u32, lines: usize) -> u32 {
    from + u32::try_from(lines).unwrap_or(u32::MAX)
}

pub(super) fn write(
    page: &mut Page<'_>,
    plan: &Plan<'_>,
    component: &Component<'_>,
    billed: &Billed<'_>,
    cells: &Cells<'_>,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    page.widths(&[15.0, 46.0, 20.0, 16.0, 18.0, 16.0, 48.0, 80.0])?;
    let title = format!("{}: {}", billed.option.label, component.name);
    page.text((0, 0), &title, &styles.title)?;
    page.text((1, 0), &about(billed), &styles.text)?;
    page.text((2, 0), "Requests a month", &styles.text)?;
    let requests = &cells.inputs.requests[component.index];
    page.formula((2, QUANTITY), requests, component.requests, &styles.whole)?;
    warning(page, plan, component, billed, requests)?;
    let heads = [
        "Group",
        "Line",
        "Quantity a month",
        "Unit",
        "US dollars a unit",
        "Amount",
        "Price id",
        "Note",
    ];
    page.heads(HEADS, &heads, &[2, 4, 5])?;
    page.freeze_above(HEADS + 1)?;
    lines(page, component, billed, cells)?;
    totals(page, component, billed)
}

fn about(billed: &Billed<'_>) -> String {
    let mut parts = vec!["Estimate of the bill a month with this configuration held".to_owned()];
    let configuration = &billed.option.configuration;
    let size =
        |value: Option<f64>, unit: &str| value.map(|value| format!("{} {unit}", size(value)));
    parts.extend(size(configuration.memory_mb, "MB"));
    parts.extend(size(configuration.task_vcpu, "vCPU a task"));
    parts.extend(size(configuration.task_memory_gb, "GB a task"));
    parts.extend(configuration.instance_type.clone());
    parts.extend(configuration.architecture.clone());
    format!(
        "{}. Limits and response times are those of the stated requests.",
        parts.join(", ")
    )
}

/// Whole sizes are sold as such; others come from a division.
fn size(value: f64) -> String {
    if value.fract() == 0.0 {
        number(value)
    } else {
        number(significant(value, 3))
    }
}

/// What stands where nothing is to be warned of; nothing where no option fits.
fn stays(plan: &Plan<'_>, component: &Component<'_>) -> Option<&'static str> {
    let first = component.options.first()?.option;
    let is_stay = plan.subject.evaluation.verdict.decision == Decision::Stay;
    first.fit.ok.then_some(match (first.meets_target, is_stay) {
        (true, false) => "The best of those that fit.",
        (true, true) => "The best of those that fit; the advice is to stay.",
        (false, false) => "None keeps the latency target; the best of those that fit.",
        (false, true) => {
            "None keeps the latency target; the best of those that fit. The advice is to stay."
        }
    })
}

/// Whether at the edited requests this is still the best of those that fit.
fn warning(
    page: &mut Page<'_>,
    plan: &Plan<'_>,
    component: &Component<'_>,
    billed: &Billed<'_>,
    requests: &str,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    let stated_best = component.options.first();
    let is_best = stated_best.is_some_and(|best| best.place == billed.place);
    let (low, high) = billed.scaling.range;
    let outside = format!(
        "Outside {} to {} requests a month, for which these formulas were verified: look at Breakeven again.",
        count(low),
        count(high)
    );
    let beaten = if is_best {
        "Would no longer be the best at these requests. That would be: "
    } else {
        "Not the best at these requests. That is: "
    };
    let (within, now) = match (stays(plan, component), stated_best) {
        (Some(stays), Some(stated)) => {
            let best = summary::best(plan, component);
            let within = format!(
                "IF({best}={},{},{}&{best})",
                quoted_text(&billed.option.label),
                quoted_text(stays),
                quoted_text(beaten)
            );
            let now = if is_best {
                stays.to_owned()
            } else {
                format!("{beaten}{}", stated.option.label)
            };
            (within, now)
        }
        _ => (quoted_text(NONE_FITS), NONE_FITS.to_owned()),
    };
    let formula = format!(
        "IF(OR({requests}<{},{requests}>{}),{},{within})",
        literal(low * (1.0 - ROUNDING)),
        literal(high * (1.0 + ROUNDING)),
        quoted_text(&outside)
    );
    page.formula_of_text((3, 0), &formula, &now, &styles.bold)?;
    for beginning in [beaten, "Outside"] {
        let alert = ConditionalFormatText::new()
            .set_rule(ConditionalFormatTextRule::BeginsWith(beginning.to_owned()))
            .set_format(style::alert());
        page.sheet.add_conditional_format(3, 0, 3, 0, &alert)?;
    }
    held(page, billed)
}

fn held(page: &mut Page<'_>, billed: &Billed<'_>) -> Result<(), XlsxError> {
    let lines = &billed.scaling.lines;
    let held = lines.iter().filter(|line| line.form.is_held()).count();
    if held == 0 {
        return Ok(());
    }
    let text = format!(
        "{held} of {} lines do not follow the requests here: they stay as computed for the stated ones.",
        lines.len()
    );
    let styles = page.styles;
    page.text((4, 0), &text, &styles.warning)
}

fn lines(
    page: &mut Page<'_>,
    component: &Component<'_>,
    billed: &Billed<'_>,
    cells: &Cells<'_>,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    let scaling = &billed.scaling;
    let quantities = scaling.quantities(component.requests);
    let amounts = scaling.amounts(component.requests);
    for (place, line) in scaling.lines.iter().enumerate() {
        let spot = Spot {
            first: HEADS + 1,
            line: place,
            quantity: QUANTITY,
            amount: AMOUNT,
        };
        let at = |column: u16| (spot.row(), column);
        let own = &cells.inputs.lines[&(billed.place, place)];
        let quantity = match line.rule {
            Rule::Discount(_) => amounts[..place].iter().sum(),
            _ => quantities[place] * line.share,
        };
        let usd = amounts[place];
        let each = match line.rule {
            Rule::Discount(share) => -share,
            _ if quantity.abs() > 0.0 => usd / quantity,
            _ => line.tiers.first().map_or(0.0, |tier| tier.usd),
        };
        page.text(at(0), group(line.group), &styles.text)?;
        page.text(at(1), &full_name(line), &styles.text)?;
        page.formula(
            at(QUANTITY),
            &quantity::quantity(component, billed, spot, cells),
            quantity,
            &styles.quantity,
        )?;
        page.text(at(3), line.unit.name(), &styles.text)?;
        page.formula(
            at(4),
            &quantity::unit_price(line, spot, own),
            each,
            &styles.price,
        )?;
        page.formula(
            at(AMOUNT),
            &quantity::amount(line, spot, own),
            usd,
            &styles.usd,
        )?;
        page.text(at(6), &line.price_id, &styles.text)?;
        page.text(at(7), &note(line), &styles.text)?;
    }
    Ok(())
}

fn note(line: &model::scaling::Line) -> String {
    let how = match &line.form {
        Form::Held(_) => Some("As computed for the stated requests; does not follow them here."),
        Form::Tabulated(_) => Some("From a table of the model: there is no closed formula."),
        Form::Stairs(_) => Some("From a table of the model's steps."),
        _ => None,
    };
    let texts = [line.note.as_deref(), how];
    texts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn totals(
    page: &mut Page<'_>,
    component: &Component<'_>,
    billed: &Billed<'_>,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    let total = total_cell(billed);
    let live = billed.scaling.total(component.requests);
    let stated = billed
        .option
        .bill
        .as_ref()
        .map_or(0.0, |bill| bill.monthly_usd);
    for column in 0..AMOUNT {
        page.text((total.0, column), "", &styles.total_text)?;
    }
    page.text((total.0, 1), "Estimated total a month", &styles.total_text)?;
    let sum = if billed.scaling.lines.is_empty() {
        "0".to_owned()
    } else {
        format!(
            "SUM({}:{})",
            relative(HEADS + 1, AMOUNT),
            relative(total.0 - 1, AMOUNT)
        )
    };
    page.formula(total, &sum, live, &styles.total)?;
    let computed = format!(
        "As computed by Breakeven for {} requests",
        number(component.requests)
    );
    page.text((total.0 + 1, 1), &computed, &styles.text)?;
    page.number((total.0 + 1, AMOUNT), stated, &styles.usd)?;
    page.text((total.0 + 2, 1), "Difference", &styles.text)?;
    // To the cent: what rounds to nothing has no sign.
    let difference = format!(
        "ROUND({}-{},2)",
        relative(total.0, AMOUNT),
        relative(total.0 + 1, AMOUNT)
    );
    page.formula(
        (total.0 + 2, AMOUNT),
        &difference,
        Usd::new(live - stated).rounded_to_cents().get(),
        &styles.usd,
    )
}

fn group(group: Group) -> &'static str {
    match group {
        Group::Compute => "Compute",
        Group::Requests => "Requests",
        Group::FrontDoor => "Front door",
        Group::Network => "Network",
        Group::Logs => "Logs",
        Group::Storage => "Storage",
        Group::State => "State",
        Group::Commitment => "Commitment",
        Group::FreeTier => "Free tier",
        Group::Environments => "Environments",
    }
}

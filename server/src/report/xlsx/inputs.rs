//! The inputs: requests a month, prices with their tiers, what a request takes of each line. What
//! may be edited has a colour; everything else follows from it.

use std::collections::BTreeMap;

use model::price::Tier;
use model::scaling::{Form, Line, Rule};
use rust_xlsxwriter::XlsxError;

use super::page::{Page, absolute};
use super::plan::{Billed, Component, Plan};

/// Where the inputs stand, as other sheets name them.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    /// Requests counted, by component.
    pub(super) requests: Vec<String>,
    /// By sheet of an option and line.
    pub(super) lines: BTreeMap<(usize, usize), LineCells>,
    prices: Vec<(PriceKey, Vec<TierCells>)>,
}

/// The cells of one line.
#[derive(Clone, Debug)]
pub(super) struct LineCells {
    /// The fixed quantity, the free allowance, or the share that comes off.
    pub(super) fixed: String,
    /// What each request or hour adds.
    pub(super) factor: String,
    /// The part of the month.
    pub(super) share: String,
    pub(super) tiers: Vec<TierCells>,
}

/// The cells of one tier.
#[derive(Clone, Debug)]
pub(super) struct TierCells {
    pub(super) from: String,
    pub(super) usd: String,
}

type PriceKey = (String, Vec<(u64, u64)>);

fn key(line: &Line) -> PriceKey {
    let bits = |tier: &Tier| {
        (
            tier.up_to.unwrap_or(f64::INFINITY).to_bits(),
            tier.usd.to_bits(),
        )
    };
    (line.price_id.clone(), line.tiers.iter().map(bits).collect())
}

pub(super) fn write(page: &mut Page<'_>, plan: &Plan<'_>) -> Result<Inputs, XlsxError> {
    let styles = page.styles;
    page.widths(&[54.0, 40.0, 40.0, 20.0, 20.0, 24.0, 16.0])?;
    page.text((0, 0), "Inputs", &styles.title)?;
    page.text(
        (1, 0),
        "Cells of this colour may be edited",
        styles.input_text(),
    )?;
    page.text(
        (1, 1),
        "Everything else follows from them. All amounts are estimates in US dollars a month of 730 hours, before taxes.",
        &styles.text,
    )?;
    let mut inputs = Inputs::default();
    let row = requests(page, plan, &mut inputs, 3)?;
    let row = prices(page, plan, &mut inputs, row + 1)?;
    quantities(page, plan, &mut inputs, row + 1)?;
    page.sheet.set_freeze_panes(2, 0)?;
    Ok(inputs)
}

fn requests(
    page: &mut Page<'_>,
    plan: &Plan<'_>,
    inputs: &mut Inputs,
    mut row: u32,
) -> Result<u32, XlsxError> {
    let styles = page.styles;
    page.text((row, 0), "Requests a month", &styles.section)?;
    row += 1;
    let heads = [
        "Component",
        "",
        "",
        "Requests a month",
        "At least, from other components",
        "Counted",
    ];
    page.heads(row, &heads, &[3, 4, 5])?;
    let times = page.hook.times.unwrap_or(1.0);
    for component in &plan.components {
        row += 1;
        page.text((row, 0), &component.name, &styles.text)?;
        page.number((row, 3), component.requests * times, &styles.input_whole)?;
        page.number((row, 4), component.linked, &styles.whole)?;
        let formula = format!("MAX({},{})", absolute((row, 3)), absolute((row, 4)));
        page.formula((row, 5), &formula, component.requests, &styles.whole)?;
        inputs.requests.push(page.cell((row, 5)));
    }
    if plan.components.len() > 1 {
        row += 1;
        page.text(
            (row, 0),
            "Components do not follow one another here: where one calls another, change both.",
            &styles.text,
        )?;
    }
    Ok(row + 1)
}

fn prices(
    page: &mut Page<'_>,
    plan: &Plan<'_>,
    inputs: &mut Inputs,
    mut row: u32,
) -> Result<u32, XlsxError> {
    let styles = page.styles;
    page.may_break(row);
    page.text((row, 0), "Unit prices", &styles.section)?;
    row += 1;
    let heads = [
        "Price id",
        "What",
        "Unit",
        "US dollars a unit",
        "From this quantity a month",
        "Note",
    ];
    page.heads(row, &heads, &[3, 4])?;
    let lines = plan.options().flat_map(|(_, billed)| &billed.scaling.lines);
    for line in lines.filter(|line| !matches!(line.rule, Rule::Discount(_))) {
        if inputs.prices.iter().any(|(known, _)| *known == key(line)) {
            continue;
        }
        let mut from = 0.0;
        let mut cells = Vec::new();
        for tier in &line.tiers {
            row += 1;
            page.text((row, 0), &line.price_id, &styles.text)?;
            page.text((row, 1), &line.name, &styles.text)?;
            page.text((row, 2), line.unit.name(), &styles.text)?;
            page.number((row, 3), tier.usd, &styles.input_price)?;
            page.number((row, 4), from, &styles.whole)?;
            if let Some(note) = &line.note {
                page.text((row, 5), note, &styles.text)?;
            }
            cells.push(TierCells {
                from: page.cell((row, 4)),
                usd: page.cell((row, 3)),
            });
            from = tier.up_to.unwrap_or(from);
        }
        inputs.prices.push((key(line), cells));
    }
    Ok(row + 1)
}

fn quantities(
    page: &mut Page<'_>,
    plan: &Plan<'_>,
    inputs: &mut Inputs,
    mut row: u32,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    page.may_break(row);
    page.text((row, 0), "Quantities", &styles.section)?;
    row += 1;
    let heads = [
        "Component and option",
        "Line",
        "Follows",
        "Fixed a month",
        "For each",
        "Unit",
        "Part of the month",
    ];
    page.heads(row, &heads, &[3, 4, 6])?;
    for (component, billed) in plan.options() {
        page.may_break(row + 1);
        for (place, line) in billed.scaling.lines.iter().enumerate() {
            row += 1;
            let cells = quantity(page, component, billed, line, row)?;
            let known = inputs.prices.iter().find(|(known, _)| *known == key(line));
            let tiers = known.map(|(_, cells)| cells.clone()).unwrap_or_default();
            inputs
                .lines
                .insert((billed.place, place), LineCells { tiers, ..cells });
        }
    }
    Ok(())
}

/// One line of the quantities; its prices are added by the caller.
fn quantity(
    page: &mut Page<'_>,
    component: &Component<'_>,
    billed: &Billed<'_>,
    line: &Line,
    row: u32,
) -> Result<LineCells, XlsxError> {
    let styles = page.styles;
    let of = format!("{}: {}", component.name, billed.option.label);
    page.text((row, 0), &of, &styles.text)?;
    page.text((row, 1), &full_name(line), &styles.text)?;
    page.text((row, 2), &follows(line, billed), &styles.text)?;
    let (fixed, factor) = figures(line);
    for (column, figure) in [(3, fixed), (4, factor)] {
        if let Some(figure) = figure {
            page.number((row, column), figure, styles.input(figure))?;
        }
    }
    page.text((row, 5), line.unit.name(), &styles.text)?;
    page.number((row, 6), line.share, &styles.plain)?;
    Ok(LineCells {
        fixed: page.cell((row, 3)),
        factor: page.cell((row, 4)),
        share: page.cell((row, 6)),
        tiers: Vec::new(),
    })
}

/// What can be edited of a line: the fixed quantity, what is added for each.
fn figures(line: &Line) -> (Option<f64>, Option<f64>) {
    match (&line.rule, &line.form) {
        (_, Form::Held(quantity)) => (Some(*quantity), None),
        (Rule::Credit { allowance, .. }, _) => (Some(*allowance), None),
        (Rule::Discount(share), _) => (Some(*share), None),
        (_, Form::Fixed(quantity)) => (Some(*quantity), None),
        (_, Form::Linear { fixed, per_request }) => (Some(*fixed), Some(*per_request)),
        (_, Form::Fleet { fixed, factor, .. }) => (Some(*fixed), Some(*factor)),
        (_, Form::Tabulated(_) | Form::Stairs(_)) => (None, None),
    }
}

fn follows(line: &Line, billed: &Billed<'_>) -> String {
    match (&line.rule, &line.form) {
        (_, Form::Held(_)) => "nothing: as computed".to_owned(),
        (Rule::Credit { .. }, _) => "what is free a month".to_owned(),
        (Rule::Discount(_), _) => "share of the lines above".to_owned(),
        (_, Form::Fixed(_)) => "nothing: fixed".to_owned(),
        (_, Form::Linear { .. }) => "requests".to_owned(),
        (_, Form::Fleet { fleet, part, .. }) => {
            let environment = billed.scaling.fleets[*fleet].environment.as_deref();
            let of = environment
                .map(|name| format!(" of {name}"))
                .unwrap_or_default();
            format!("{}{of} (sheet Week)", part.name())
        }
        (_, Form::Tabulated(_) | Form::Stairs(_)) => "a table (sheet Tables)".to_owned(),
    }
}

/// The name with the environment before it.
pub(super) fn full_name(line: &Line) -> String {
    match &line.environment {
        Some(environment) => format!("{environment}: {}", line.name),
        None => line.name.clone(),
    }
}

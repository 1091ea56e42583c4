//! Cost over requests a month, as a table with a chart of its own, and where the order turns.

use model::evaluation::{BreakEvenKind, ComponentEvaluation, Family};
use rust_xlsxwriter::{Chart, ChartFormat, ChartLine, ChartType, Worksheet, XlsxError};

use super::Hook;
use super::page::{Page, short};
use super::plan::{Component, Plan, sheet_name};
use super::style::{Styles, colour};

/// Row of the column heads of the curve, and of the chart.
const HEADS: u32 = 2;
/// Room for the longest name in three lines, in points.
const HEAD_HEIGHT: f64 = 45.0;
const CHART_SIZE: (u32, u32) = (900, 420);
/// Row of the column heads of the points: below the chart, which takes 21 rows.
const POINTS: u32 = HEADS + 22;
const LOG_BASE: u16 = 10;

/// Two sheets for each component that has a curve: the points with the chart, and the curve.
pub(super) fn pages(
    styles: &Styles,
    hook: Hook,
    plan: &Plan<'_>,
) -> Result<Vec<Worksheet>, XlsxError> {
    let mut taken: Vec<String> = plan
        .options()
        .map(|(_, billed)| billed.sheet.clone())
        .collect();
    let mut pages = Vec::new();
    for component in &plan.components {
        if component.evaluation.cost_curve.options.is_empty() {
            continue;
        }
        let prefix = if plan.components.len() > 1 {
            format!("{} ", component.index + 1)
        } else {
            String::new()
        };
        let mut sheet = |label: &str| {
            let name = sheet_name(&prefix, label, &taken);
            taken.push(name.clone());
            name
        };
        let (points, curve) = (sheet("Break-even points"), sheet("Break-even"));
        let mut page = Page::new(&points, styles, hook)?;
        turns(&mut page, component, &curve)?;
        pages.push(page.finish()?);
        let mut page = Page::new(&curve, styles, hook)?;
        write(&mut page, component)?;
        pages.push(page.finish()?);
    }
    Ok(pages)
}

fn label<'e>(evaluation: &'e ComponentEvaluation, platform: &'e str) -> &'e str {
    let mut options = evaluation.options.iter();
    let option = options.find(|option| option.platform == platform);
    option.map_or(platform, |option| option.label.as_str())
}

fn write(page: &mut Page<'_>, component: &Component<'_>) -> Result<(), XlsxError> {
    let styles = page.styles;
    let evaluation = component.evaluation;
    let curve = &evaluation.cost_curve;
    page.text(
        (0, 0),
        &short(&format!("Break-even: {}", component.name)),
        &styles.title,
    )?;
    page.text((1, 0), "Estimated cost a month of each option, its configuration chosen anew at every volume. Not live.", &styles.text)?;
    page.width(0, 26.0)?;
    page.text((HEADS, 0), "Requests a month", &styles.head_right)?;
    for (column, series) in (1..).zip(&curve.options) {
        page.width(column, 18.0)?;
        page.text(
            (HEADS, column),
            label(evaluation, &series.platform),
            &styles.head_right,
        )?;
    }
    page.sheet.set_row_height(HEADS, HEAD_HEIGHT)?;
    for (row, requests) in (HEADS + 1..).zip(&curve.requests_per_month) {
        page.number((row, 0), *requests, &styles.whole)?;
    }
    for (column, series) in (1..).zip(&curve.options) {
        for (row, usd) in (HEADS + 1..).zip(&series.monthly_usd) {
            if let Some(usd) = usd {
                page.number((row, column), *usd, &styles.usd)?;
            }
        }
    }
    page.may_break(HEADS + 1);
    page.freeze_above(HEADS + 1)
}

/// Where the order of two options turns, below the chart of the curve.
fn turns(page: &mut Page<'_>, component: &Component<'_>, curve: &str) -> Result<(), XlsxError> {
    let styles = page.styles;
    let evaluation = component.evaluation;
    let title = format!("Break-even points: {}", component.name);
    page.text((0, 0), &short(&title), &styles.title)?;
    let about = format!(
        "Where the order of two options turns. The curves are on the sheet {curve}. Not live."
    );
    page.text((1, 0), &about, &styles.text)?;
    page.widths(&[22.0, 42.0, 42.0, 42.0, 12.0, 12.0])?;
    page.sheet
        .insert_chart(HEADS, 0, &chart(curve, component))?;
    if evaluation.break_even.is_empty() {
        let none = "No two options change their order.";
        return page.text((POINTS, 0), none, &styles.text);
    }
    let heads = [
        "Requests a month",
        "One",
        "Other",
        "Cheaper above",
        "Kind",
        "Decides",
    ];
    page.heads(POINTS, &heads, &[0])?;
    page.repeat(POINTS)?;
    page.may_break(POINTS);
    for (row, turn) in (POINTS + 1..).zip(&evaluation.break_even) {
        page.number((row, 0), turn.requests_per_month, &styles.whole)?;
        let kind = match turn.kind {
            BreakEvenKind::Crossing => "crossing",
            BreakEvenKind::Step => "step",
        };
        let texts = [
            label(evaluation, &turn.between[0]),
            label(evaluation, &turn.between[1]),
            label(evaluation, &turn.cheaper_above),
            kind,
            if turn.decides { "yes" } else { "" },
        ];
        for (column, text) in (1..).zip(texts) {
            page.text((row, column), text, &styles.text)?;
        }
    }
    Ok(())
}

fn chart(sheet: &str, component: &Component<'_>) -> Chart {
    let evaluation = component.evaluation;
    let rows = evaluation.cost_curve.requests_per_month.len();
    let last = HEADS + u32::try_from(rows).unwrap_or(0);
    let mut chart = Chart::new(ChartType::ScatterStraight);
    for (column, series) in (1_u16..).zip(&evaluation.cost_curve.options) {
        let mut options = evaluation.options.iter();
        let family = options
            .find(|option| option.platform == series.platform)
            .map(|option| option.family);
        let (serverless, best) = (
            family == Some(Family::Serverless),
            is_best(evaluation, &series.platform),
        );
        let mut line = ChartLine::new();
        line.set_color(colour(if serverless {
            "--serverless"
        } else {
            "--containers"
        }));
        line.set_width(if best { 2.5 } else { 1.0 });
        if !best {
            line.set_transparency(55);
        }
        chart
            .add_series()
            .set_name((sheet, HEADS, column))
            .set_categories((sheet, HEADS + 1, 0, last, 0))
            .set_values((sheet, HEADS + 1, column, last, column))
            .set_format(ChartFormat::new().set_line(&line));
    }
    chart
        .title()
        .set_name("Estimated cost a month over requests a month");
    chart
        .x_axis()
        .set_name("Requests a month")
        .set_log_base(LOG_BASE)
        .set_num_format("#,##0");
    chart
        .y_axis()
        .set_name("US dollars a month")
        .set_log_base(LOG_BASE)
        .set_num_format("#,##0.00");
    if let Some(least) = evaluation
        .cost_curve
        .requests_per_month
        .iter()
        .copied()
        .find(|requests| *requests > 0.0)
    {
        chart.x_axis().set_min(least);
    }
    chart.set_width(CHART_SIZE.0).set_height(CHART_SIZE.1);
    chart.set_alt_text(
        "Estimated cost a month of each option over requests a month, as in the table of the curve",
    );
    chart
}

/// Whether an option is the first of its family.
fn is_best(evaluation: &ComponentEvaluation, platform: &str) -> bool {
    let mut options = evaluation.options.iter();
    let Some(family) = options
        .find(|option| option.platform == platform)
        .map(|option| option.family)
    else {
        return false;
    };
    let mut ranked = evaluation.options.iter();
    ranked
        .find(|option| option.family == family)
        .is_some_and(|option| option.platform == platform)
}

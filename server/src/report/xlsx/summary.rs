//! The summary: the answer, the options with their costs now and at the edited requests.

use app::format::count;
use model::evaluation::{Family, PlatformOption};
use model::rules::Rules;
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::Hook;
use super::bill;
use super::page::{Page, cell_of, literal, range_of, relative};
use super::plan::{self, Billed, Component, Plan, SUMMARY};
use super::style::Styles;

/// Column of the live totals.
pub(super) const LIVE: u16 = 1;
const SIDE: u16 = 8;
const EFFORT: u16 = 9;
/// Column of the order: the least is the best.
const ORDER: u16 = 10;
/// What one step of effort weighs against dollars, and what stands behind all others.
const EFFORT_STEP: f64 = 1e12;
const BEHIND: f64 = 1e14;
/// Rows of the facts at the top.
const FACTS: u32 = 9;

/// Row of the section of a component.
fn section(plan: &Plan<'_>, component: &Component<'_>) -> u32 {
    let before = plan.components.iter().take(component.index);
    let rows = before.map(|component| component.evaluation.options.len() + 3);
    FACTS + 1 + u32::try_from(rows.sum::<usize>()).unwrap_or(u32::MAX)
}

/// First and last row of the options between which cost decides.
pub(super) fn contenders(plan: &Plan<'_>, component: &Component<'_>) -> (u32, u32) {
    let first = section(plan, component) + 2;
    let more = component.contenders().saturating_sub(1);
    (first, first + u32::try_from(more).unwrap_or(u32::MAX))
}

/// The formula for the name of the best option of a component at the edited requests.
pub(super) fn best(plan: &Plan<'_>, component: &Component<'_>) -> String {
    let (first, last) = contenders(plan, component);
    let order = range_of(SUMMARY, first, last, ORDER);
    let labels = range_of(SUMMARY, first, last, 0);
    format!("INDEX({labels},MATCH(MIN({order}),{order},0))")
}

pub(super) fn page(styles: &Styles, hook: Hook, plan: &Plan<'_>) -> Result<Worksheet, XlsxError> {
    let mut page = Page::new(SUMMARY, styles, hook)?;
    page.widths(&[
        42.0, 22.0, 22.0, 12.0, 12.0, 12.0, 10.0, 70.0, 12.0, 16.0, 22.0,
    ])?;
    // For the formulas only.
    page.sheet.set_column_hidden(ORDER)?;
    facts(&mut page, plan)?;
    for component in &plan.components {
        options(&mut page, plan, component)?;
    }
    warnings(&mut page, plan)?;
    page.finish()
}

fn facts(page: &mut Page<'_>, plan: &Plan<'_>) -> Result<(), XlsxError> {
    let styles = page.styles;
    let subject = plan.subject;
    let evaluation = subject.evaluation;
    page.text((0, 0), &plan::title(subject), &styles.title)?;
    page.text((1, 0), &evaluation.verdict.headline, &styles.bold)?;
    let saved = subject
        .saved
        .as_ref()
        .map_or("not saved".to_owned(), |saved| {
            format!("revision {}, {}", saved.revision, saved.created_at)
        });
    let facts = [
        (
            "Amounts",
            "estimates in US dollars a month of 730 hours, before taxes",
        ),
        ("Region", plan.region().name()),
        ("Price book", &evaluation.price_book),
        ("Model version", &evaluation.model_version),
        ("Saved", &saved),
        ("This answer", subject.link),
    ];
    for (row, (name, value)) in (3..).zip(facts) {
        page.text((row, 0), name, &styles.text)?;
        page.text((row, 1), value, &styles.text)?;
    }
    Ok(())
}

fn options(
    page: &mut Page<'_>,
    plan: &Plan<'_>,
    component: &Component<'_>,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    let row = section(plan, component);
    page.text((row, 0), &component.name, &styles.section)?;
    let heads = [
        "Option",
        "Estimate at the requests of the sheet Inputs",
        "Estimate as computed",
        "P99 as computed",
        "Cold starts",
        "In time",
        "Fits",
        "Why not as computed",
        "Side",
        "Effort to operate, 0 to 3",
        "Order",
    ];
    page.heads(row + 1, &heads, &[1, 2, 3, 4, 9, 10])?;
    let billed = component.options.iter().map(|billed| billed.option);
    let others = component
        .evaluation
        .options
        .iter()
        .filter(|option| option.bill.is_none());
    for (row, option) in (row + 2..).zip(billed.chain(others)) {
        option_row(page, component, option, row, plan.has_target(component))?;
    }
    order(page, plan, component)
}

fn option_row(
    page: &mut Page<'_>,
    component: &Component<'_>,
    option: &PlatformOption,
    row: u32,
    has_target: bool,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    page.text((row, 0), &option.label, &styles.text)?;
    let billed = component
        .options
        .iter()
        .find(|billed| billed.option.platform == option.platform);
    if let (Some(billed), Some(bill)) = (billed, &option.bill) {
        let total = cell_of(&billed.sheet, bill::total_cell(billed));
        page.formula(
            (row, LIVE),
            &total,
            billed.scaling.total(component.requests),
            &styles.usd,
        )?;
        page.number((row, 2), bill.monthly_usd, &styles.usd)?;
    }
    if let Some(latency) = &option.latency {
        page.number((row, 3), latency.percentiles.p99_ms, &styles.ms)?;
        page.number((row, 4), latency.cold_start_probability, &styles.share)?;
    }
    let yes = |is: bool| if is { "yes" } else { "no" };
    let in_time = if has_target {
        yes(option.meets_target)
    } else {
        "no target"
    };
    page.text((row, 5), in_time, &styles.text)?;
    page.text((row, 6), yes(option.fit.ok), &styles.text)?;
    page.text((row, 7), &option.why_not, &styles.text)?;
    let side = if option.family == Family::Serverless {
        "serverless"
    } else {
        "containers"
    };
    page.text((row, SIDE), side, &styles.text)?;
    let effort = f64::from(option.operations_score);
    page.number((row, EFFORT), effort, &styles.plain)
}

/// The order as the model has it: the cheapest, but of those on its side that cost nearly the
/// same the lightest to operate.
fn order(page: &mut Page<'_>, plan: &Plan<'_>, component: &Component<'_>) -> Result<(), XlsxError> {
    let styles = page.styles;
    let (first, last) = contenders(plan, component);
    let totals = range_of(SUMMARY, first, last, LIVE);
    let sides = range_of(SUMMARY, first, last, SIDE);
    let usd = |billed: &Billed<'_>| billed.scaling.total(component.requests);
    let contending = || component.options.iter().take(component.contenders());
    let Some(cheapest) = contending().min_by(|left, right| usd(left).total_cmp(&usd(right))) else {
        return Ok(());
    };
    let band = 1.0 + Rules::embedded().same_family_band;
    for (row, billed) in (first..).zip(contending()) {
        let [total, side, effort] = [LIVE, SIDE, EFFORT].map(|column| relative(row, column));
        let formula = format!(
            "{total}+IF(AND({side}=INDEX({sides},MATCH(MIN({totals}),{totals},0)),{total}<=MIN({totals})*{}),{effort}*{},{})",
            literal(band),
            literal(EFFORT_STEP),
            literal(BEHIND)
        );
        let option = billed.option;
        let near = option.family == cheapest.option.family && usd(billed) <= usd(cheapest) * band;
        let behind = if near {
            f64::from(option.operations_score) * EFFORT_STEP
        } else {
            BEHIND
        };
        page.formula((row, ORDER), &formula, usd(billed) + behind, &styles.whole)?;
    }
    Ok(())
}

fn warnings(page: &mut Page<'_>, plan: &Plan<'_>) -> Result<(), XlsxError> {
    let styles = page.styles;
    let after = plan.components.last().map_or(FACTS, |component| {
        let rows = component.evaluation.options.len() + 3;
        section(plan, component) + u32::try_from(rows).unwrap_or(u32::MAX)
    });
    for (row, warning) in (after..).zip(&plan.subject.evaluation.warnings) {
        page.text((row, 0), warning, &styles.text)?;
    }
    let stated = plan.components.iter().map(|component| {
        format!(
            "{}: {} requests a month",
            component.name,
            count(component.requests)
        )
    });
    let row = after + u32::try_from(plan.subject.evaluation.warnings.len()).unwrap_or(0);
    for (row, text) in (row + 1..).zip(stated) {
        page.text((row, 0), &text, &styles.small)?;
    }
    Ok(())
}

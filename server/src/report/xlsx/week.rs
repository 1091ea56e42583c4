//! The week of every fleet: how many units each level of it takes, and the hours of a month by
//! the way they are bought.

use model::scaling::{Fleet, Hours, Part};
use model::units::{HOURS_PER_MONTH, SECONDS_PER_MONTH};
use rust_xlsxwriter::XlsxError;

use super::inputs::Inputs;
use super::page::{Page, absolute, literal, relative};
use super::plan::Plan;
use super::quantity::Weeks;

/// Rounded up with the last bit of a division forgiven, as the model does.
const FORGIVING: &str = "(1-1E-15)";
/// Most zones of which a lost one takes half of the units.
const TWO_ZONES: u32 = 2;

const WEIGHT: u16 = 0;
const SIZED: u16 = 1;
const HOURS: u16 = 2;
const UNITS: u16 = 3;
const COUNT: u16 = 4;
const RUNNING: u16 = 5;
const BASE: u16 = 6;
const SPOT: u16 = 7;
const REACHED: u16 = 8;
const WORTH: u16 = 9;
const CREDITS: u16 = 10;
const HEADS: [&str; 11] = [
    "Arrival rate over the mean",
    "Sized for, over the mean",
    "Hours a month",
    "Units needed",
    "Tasks or instances",
    "Hours that run",
    "Not on Spot",
    "Hours on Spot",
    "Hours a month with so many",
    "Worth committing",
    "vCPU-hours above the baseline",
];

/// The cells of one fleet's figures and the rows of its week.
struct Block<'f> {
    fleet: &'f Fleet,
    rate: String,
    usual: String,
    zone_lost: String,
    first: u32,
    last: u32,
}

pub(super) fn write(
    page: &mut Page<'_>,
    plan: &Plan<'_>,
    inputs: &Inputs,
) -> Result<Weeks, XlsxError> {
    let styles = page.styles;
    page.widths(&[
        40.0, 16.0, 16.0, 16.0, 16.0, 16.0, 16.0, 16.0, 16.0, 16.0, 16.0,
    ])?;
    page.text((0, 0), "The week of the fleets", &styles.title)?;
    page.text(
        (1, 0),
        "Working table: units of each level of the week at the requests of the sheet Inputs.",
        &styles.text,
    )?;
    let mut weeks = Weeks::new();
    let mut row = 3;
    for (component, billed) in plan.options() {
        for (place, fleet) in billed.scaling.fleets.iter().enumerate() {
            let environment = fleet.environment.as_deref();
            let of = environment
                .map(|name| format!(", {name}"))
                .unwrap_or_default();
            let title = format!("{}: {}{of}", component.name, billed.option.label);
            page.may_break(row);
            page.text((row, 0), &title, &styles.section)?;
            let requests = &inputs.requests[component.index];
            let block = figures(page, fleet, requests, component.requests, row + 1)?;
            page.heads(block.first - 1, &HEADS, &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])?;
            for (at, hours) in (block.first..).zip(&fleet.week) {
                level(page, &block, hours, component.requests, at)?;
            }
            row = totals(page, &block, component.requests, |part, cell| {
                weeks.insert((billed.place, place, part), cell);
            })? + 2;
        }
    }
    Ok(weeks)
}

/// The arrival rate and what a unit carries.
fn figures<'f>(
    page: &mut Page<'_>,
    fleet: &'f Fleet,
    requests: &str,
    now: f64,
    row: u32,
) -> Result<Block<'f>, XlsxError> {
    let styles = page.styles;
    page.text((row, 0), "Requests a second in the mean", &styles.text)?;
    let scale = literal(fleet.scale);
    let formula = format!("{requests}*{scale}/{}", literal(SECONDS_PER_MONTH));
    page.formula(
        (row, 1),
        &formula,
        now * fleet.scale / SECONDS_PER_MONTH,
        &styles.quantity,
    )?;
    let rates = [
        (
            "One unit carries, requests a second",
            fleet.rate.usual.get(),
        ),
        ("While a zone is lost", fleet.rate.zone_lost.get()),
    ];
    for (row, (name, rate)) in (row + 1..).zip(rates) {
        page.text((row, 0), name, &styles.text)?;
        page.number((row, 1), rate, styles.input(rate))?;
    }
    page.text((row + 3, 0), &layout(fleet), &styles.text)?;
    let first = row + 5;
    Ok(Block {
        fleet,
        rate: absolute((row, 1)),
        usual: absolute((row + 1, 1)),
        zone_lost: absolute((row + 2, 1)),
        first,
        last: first + u32::try_from(fleet.week.len()).unwrap_or(0) - 1,
    })
}

fn layout(fleet: &Fleet) -> String {
    let mut parts = vec![format!(
        "{} zones, at least {} units",
        fleet.layout.zones, fleet.layout.floor
    )];
    if let Some(instances) = fleet.instances {
        parts.push(format!(
            "{} units on an instance, room for {} more",
            instances.units_on_each, instances.room
        ));
    }
    if let Some(above) = fleet.spot_above {
        parts.push(format!("above {above} on Spot"));
    }
    if let Some(ratio) = fleet.price_ratio {
        parts.push(format!(
            "a committed hour costs {ratio:.4} of one on demand"
        ));
    }
    parts.join("; ")
}

/// One row of the week.
fn level(
    page: &mut Page<'_>,
    block: &Block<'_>,
    hours: &Hours,
    now: f64,
    row: u32,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    let fleet = block.fleet;
    let cell = |column: u16| relative(row, column);
    let (units, count) = (fleet.units(now, hours), fleet.count(now, hours));
    page.number((row, WEIGHT), hours.weight, &styles.quantity)?;
    page.number((row, SIZED), hours.sized_for, &styles.quantity)?;
    page.number((row, HOURS), hours.hours, &styles.quantity)?;
    page.formula(
        (row, UNITS),
        &units_formula(block, row),
        units,
        &styles.whole,
    )?;
    page.formula(
        (row, COUNT),
        &count_formula(fleet, row),
        count,
        &styles.whole,
    )?;
    let running = format!("{}*{}", cell(COUNT), cell(HOURS));
    page.formula(
        (row, RUNNING),
        &running,
        count * hours.hours,
        &styles.quantity,
    )?;
    let stays = count.min(fleet.spot_above.unwrap_or(f64::INFINITY));
    let base = match fleet.spot_above {
        Some(above) => format!("MIN({},{})", cell(COUNT), literal(above)),
        None => cell(COUNT),
    };
    page.formula((row, BASE), &base, stays, &styles.whole)?;
    let spot = format!("({}-{})*{}", cell(COUNT), cell(BASE), cell(HOURS));
    page.formula(
        (row, SPOT),
        &spot,
        (count - stays) * hours.hours,
        &styles.quantity,
    )?;
    if let Some(ratio) = fleet.price_ratio {
        committed(page, block, ratio, now, row)?;
    }
    if let Some(credits) = fleet.credits {
        let formula = format!(
            "MAX(0,{}*{}*{}-{}*{})*{}",
            block.rate,
            cell(WEIGHT),
            literal(credits.cpu.get()),
            cell(COUNT),
            literal(credits.included_vcpu),
            cell(HOURS)
        );
        let busy = now * fleet.scale / SECONDS_PER_MONTH * hours.weight * credits.cpu.get();
        let above = (busy - count * credits.included_vcpu).max(0.0) * hours.hours;
        page.formula((row, CREDITS), &formula, above, &styles.quantity)?;
    }
    Ok(())
}

/// `max(usual need, need while a zone is lost, floor)`.
fn units_formula(block: &Block<'_>, row: u32) -> String {
    let fleet = block.fleet;
    if let Some(pinned) = fleet.pinned {
        return literal(pinned);
    }
    let rate = format!("{}*{}", block.rate, relative(row, SIZED));
    let needed = |carries: f64, cell: &str| {
        if carries.is_finite() {
            format!("ROUNDUP({rate}/{cell}*{FORGIVING},0)")
        } else {
            "0".to_owned()
        }
    };
    let usual = needed(fleet.rate.usual.get(), &block.usual);
    let zones = fleet.layout.zones;
    let lost = needed(fleet.rate.zone_lost.get(), &block.zone_lost);
    let lost = match zones {
        0 | 1 => "0".to_owned(),
        TWO_ZONES => format!("2*{lost}"),
        _ => format!("{lost}+ROUNDUP({lost}/{},0)", zones - 1),
    };
    format!("MAX({usual},{lost},{})", fleet.layout.floor)
}

fn count_formula(fleet: &Fleet, row: u32) -> String {
    let units = relative(row, UNITS);
    match fleet.instances {
        None => units,
        Some(instances) => match instances.pinned {
            Some(pinned) => literal(pinned),
            None => format!(
                "MAX({},ROUNDUP(({units}+{})/{},0))",
                instances.floor,
                literal(instances.room),
                literal(instances.units_on_each)
            ),
        },
    }
}

/// How many hours this level is reached, and whether that makes it worth committing.
fn committed(
    page: &mut Page<'_>,
    block: &Block<'_>,
    ratio: f64,
    now: f64,
    row: u32,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    let fleet = block.fleet;
    let column = |column: u16| {
        format!(
            "{}:{}",
            absolute((block.first, column)),
            absolute((block.last, column))
        )
    };
    let (base, hours) = (column(BASE), column(HOURS));
    let own = relative(row, BASE);
    let stays = |hours: &Hours| {
        fleet
            .count(now, hours)
            .min(fleet.spot_above.unwrap_or(f64::INFINITY))
    };
    let level = usize::try_from(row - block.first).unwrap_or(0);
    let level = fleet.week.get(level).map_or(0.0, stays);
    let reached: f64 = fleet
        .week
        .iter()
        .filter(|hours| stays(hours) >= level)
        .map(|hours| hours.hours)
        .sum();
    let formula = format!("SUMPRODUCT(({base}>={own})*{hours})");
    page.formula((row, REACHED), &formula, reached, &styles.quantity)?;
    let worth = ratio < 1.0 && reached > ratio * HOURS_PER_MONTH;
    let formula = if ratio < 1.0 {
        let least = literal(ratio * HOURS_PER_MONTH);
        format!("IF({}>{least},{own},0)", relative(row, REACHED))
    } else {
        "0".to_owned()
    };
    page.formula(
        (row, WORTH),
        &formula,
        if worth { level } else { 0.0 },
        &styles.whole,
    )
}

/// The hours of the month by the way they are bought; returns the row.
fn totals(
    page: &mut Page<'_>,
    block: &Block<'_>,
    now: f64,
    mut keep: impl FnMut(Part, String),
) -> Result<u32, XlsxError> {
    let styles = page.styles;
    let month = block.fleet.of_month(now);
    let range = |column: u16| {
        format!(
            "{}:{}",
            relative(block.first, column),
            relative(block.last, column)
        )
    };
    let is_committed = block.fleet.price_ratio.is_some();
    let committed = if is_committed {
        format!("MAX({})", range(WORTH))
    } else {
        "0".to_owned()
    };
    let base = range(BASE);
    let mut row = block.last + 1;
    for part in Part::ALL {
        let formula = match part {
            Part::Running => format!("SUM({})", range(RUNNING)),
            Part::Spot => format!("SUM({})", range(SPOT)),
            Part::Committed => format!("{committed}*{}", literal(HOURS_PER_MONTH)),
            Part::OnDemand => format!(
                "SUMPRODUCT(({base}>{committed})*({base}-{committed})*{})",
                range(HOURS)
            ),
            Part::Credits if block.fleet.credits.is_some() => format!("SUM({})", range(CREDITS)),
            Part::Credits => "0".to_owned(),
        };
        page.text((row, 0), part.name(), &styles.bold)?;
        page.formula((row, 1), &formula, month.part(part), &styles.quantity)?;
        keep(part, page.cell((row, 1)));
        row += 1;
    }
    Ok(row)
}

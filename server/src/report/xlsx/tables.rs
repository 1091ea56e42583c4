//! Tables for what has no closed formula: the model's figures at many volumes, and between them
//! a line on logarithmic scales.

use model::scaling::{Form, Knot};
use rust_xlsxwriter::XlsxError;

use super::inputs::{Inputs, full_name};
use super::page::{Page, absolute};
use super::plan::Plan;
use super::quantity::Tables;

/// Row of the first knot.
const FIRST: u32 = 9;

pub(super) fn write(
    page: &mut Page<'_>,
    plan: &Plan<'_>,
    inputs: &Inputs,
) -> Result<Tables, XlsxError> {
    let styles = page.styles;
    page.text((0, 0), "Tables", &styles.title)?;
    page.text(
        (1, 0),
        "What the model computes without a closed formula, over requests a month.",
        &styles.text,
    )?;
    let mut tables = Tables::new();
    let mut column = 0;
    for (component, billed) in plan.options() {
        for (place, line) in billed.scaling.lines.iter().enumerate() {
            let (knots, stairs) = match &line.form {
                Form::Tabulated(knots) => (knots, false),
                Form::Stairs(knots) => (knots, true),
                _ => continue,
            };
            let of = format!("{}: {}", component.name, billed.option.label);
            page.text((2, column), &of, &styles.bold)?;
            page.text((3, column), &full_name(line), &styles.bold)?;
            let requests = &inputs.requests[component.index];
            let result = line.form.at(component.requests, &billed.scaling.fleets);
            let table = Table {
                knots,
                stairs,
                column,
                requests,
            };
            let cell = table.write(page, component.requests, result)?;
            tables.insert((billed.place, place), cell);
            column += 3;
        }
    }
    Ok(tables)
}

struct Table<'t> {
    knots: &'t [Knot],
    stairs: bool,
    column: u16,
    requests: &'t str,
}

impl Table<'_> {
    /// The knots, where among them the requests lie, and what follows; returns the cell of that.
    fn write(&self, page: &mut Page<'_>, now: f64, result: f64) -> Result<String, XlsxError> {
        let styles = page.styles;
        let (volumes, quantities) = (self.column, self.column + 1);
        page.width(volumes, 20.0)?;
        page.width(quantities, 20.0)?;
        let last = FIRST + u32::try_from(self.knots.len()).unwrap_or(0) - 1;
        let range =
            |column: u16| format!("{}:{}", absolute((FIRST, column)), absolute((last, column)));
        let below = self.knots.partition_point(|knot| knot.requests <= now);
        let most = if self.stairs {
            self.knots.len()
        } else {
            self.knots.len() - 1
        };
        let position = below.clamp(1, most.max(1));
        let found = format!("IFERROR(MATCH({},{},1),1)", self.requests, range(volumes));
        page.text((4, volumes), "Place in the table", &styles.text)?;
        let place = f64::from(u32::try_from(position).unwrap_or(0));
        page.formula(
            (4, quantities),
            &format!("MIN({found},{most})"),
            place,
            &styles.whole,
        )?;
        let position_cell = absolute((4, quantities));
        let at =
            |column: u16, more: &str| format!("INDEX({},{position_cell}{more})", range(column));
        let low = self.knots[position - 1];
        let high = self.knots[(position).min(self.knots.len() - 1)];
        let next = if self.stairs { "" } else { "+1" };
        let high = if self.stairs { low } else { high };
        page.formula(
            (5, volumes),
            &at(volumes, ""),
            low.requests,
            &styles.quantity,
        )?;
        page.formula(
            (5, quantities),
            &at(quantities, ""),
            low.quantity,
            &styles.quantity,
        )?;
        page.formula(
            (6, volumes),
            &at(volumes, next),
            high.requests,
            &styles.quantity,
        )?;
        page.formula(
            (6, quantities),
            &at(quantities, next),
            high.quantity,
            &styles.quantity,
        )?;
        page.text((7, volumes), "Quantity", &styles.bold)?;
        page.formula((7, quantities), &self.between(), result, &styles.quantity)?;
        page.text((FIRST - 1, volumes), "Requests a month", &styles.head_right)?;
        page.text((FIRST - 1, quantities), "Quantity", &styles.head_right)?;
        for (row, knot) in (FIRST..).zip(self.knots) {
            page.number((row, volumes), knot.requests, &styles.quantity)?;
            page.number((row, quantities), knot.quantity, &styles.quantity)?;
        }
        Ok(page.cell((7, quantities)))
    }

    /// Linear on logarithmic scales; on plain ones where a quantity is zero.
    fn between(&self) -> String {
        let x = self.requests;
        let [x0, x1] = [5, 6].map(|row| absolute((row, self.column)));
        let [y0, y1] = [5, 6].map(|row| absolute((row, self.column + 1)));
        if self.stairs {
            return y0;
        }
        format!(
            "IF(MIN({x},{y0},{y1})>0,{y0}*EXP(LN({x}/{x0})/LN({x1}/{x0})*LN({y1}/{y0})),{y0}+({x}-{x0})/({x1}-{x0})*({y1}-{y0}))"
        )
    }
}

//! The formulas of quantities and amounts.

use std::collections::BTreeMap;

use model::scaling::{Form, Line, Part, Rule};

use super::inputs::{Inputs, LineCells};
use super::page::relative;
use super::plan::{Billed, Component};

/// By sheet of an option, fleet and part: where the hours of a month stand.
pub(super) type Weeks = BTreeMap<(usize, usize, Part), String>;
/// By sheet of an option and line: where the quantity of a table stands.
pub(super) type Tables = BTreeMap<(usize, usize), String>;

/// Where everything stands that a bill refers to.
#[derive(Clone, Copy)]
pub(super) struct Cells<'c> {
    pub(super) inputs: &'c Inputs,
    pub(super) weeks: &'c Weeks,
    pub(super) tables: &'c Tables,
}

/// The place of one line on its sheet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    /// Row of the first line.
    pub(super) first: u32,
    /// Which of the lines.
    pub(super) line: usize,
    pub(super) quantity: u16,
    pub(super) amount: u16,
}

impl Spot {
    pub(super) fn row(self) -> u32 {
        self.row_of(self.line)
    }

    fn row_of(self, line: usize) -> u32 {
        self.first + u32::try_from(line).unwrap_or(u32::MAX)
    }

    /// The quantities of other lines, added.
    fn sum(self, lines: &[usize]) -> String {
        let cells: Vec<String> = lines
            .iter()
            .map(|line| relative(self.row_of(*line), self.quantity))
            .collect();
        cells.join("+")
    }

    fn own_quantity(self) -> String {
        relative(self.row(), self.quantity)
    }
}

/// The quantity on the bill.
pub(super) fn quantity(
    component: &Component<'_>,
    billed: &Billed<'_>,
    spot: Spot,
    cells: &Cells<'_>,
) -> String {
    let line = &billed.scaling.lines[spot.line];
    let own = &cells.inputs.lines[&(billed.place, spot.line)];
    let requests = &cells.inputs.requests[component.index];
    let LineCells {
        fixed,
        factor,
        share,
        ..
    } = own;
    let month = match (&line.rule, &line.form) {
        (_, Form::Held(_)) => fixed.clone(),
        (Rule::Credit { of, .. }, _) => return format!("-MIN({},{fixed})", spot.sum(of)),
        (Rule::Discount(_), _) => return above(spot),
        (_, Form::Fixed(_)) => fixed.clone(),
        (_, Form::Linear { .. }) => format!("({fixed}+{factor}*{requests})"),
        (_, Form::Fleet { fleet, part, .. }) => {
            let hours = &cells.weeks[&(billed.place, *fleet, *part)];
            format!("({fixed}+{factor}*{hours})")
        }
        (_, Form::Tabulated(_) | Form::Stairs(_)) => {
            cells.tables[&(billed.place, spot.line)].clone()
        }
    };
    if line.share < 1.0 {
        format!("{month}*{share}")
    } else {
        month
    }
}

/// The amounts of all lines above.
fn above(spot: Spot) -> String {
    if spot.line == 0 {
        return "0".to_owned();
    }
    let (from, to) = (
        relative(spot.first, spot.amount),
        relative(spot.row() - 1, spot.amount),
    );
    format!("SUM({from}:{to})")
}

/// What the quantity costs.
pub(super) fn amount(line: &Line, spot: Spot, own: &LineCells) -> String {
    let quantity = spot.own_quantity();
    if let Rule::Discount(_) = line.rule {
        return format!("-{quantity}*{}", own.fixed);
    }
    if let [tier] = own.tiers.as_slice() {
        return format!("{quantity}*{}", tier.usd);
    }
    let month = if line.share < 1.0 {
        format!("{quantity}/{}", own.share)
    } else {
        quantity
    };
    let before = match &line.rule {
        Rule::After(lines) | Rule::Credit { of: lines, .. } => spot.sum(lines),
        Rule::Discount(_) => String::new(),
    };
    let usd = if before.is_empty() {
        tiered(own, &month)
    } else {
        format!(
            "({})-({})",
            tiered(own, &format!("({before}+{month})")),
            tiered(own, &format!("({before})"))
        )
    };
    if line.share < 1.0 {
        format!("{}*({usd})", own.share)
    } else {
        usd
    }
}

/// `quantity x first price + sum of max(0, quantity - from) x (price - price before)`.
fn tiered(own: &LineCells, quantity: &str) -> String {
    let first = own.tiers.first().map_or("0", |tier| tier.usd.as_str());
    let steps = own.tiers.windows(2).map(|pair| {
        format!(
            "+MAX(0,{quantity}-{})*({}-{})",
            pair[1].from, pair[1].usd, pair[0].usd
        )
    });
    format!("{quantity}*{first}{}", steps.collect::<String>())
}

/// The price of a unit: that of the only tier, or what the quantity costs on average.
pub(super) fn unit_price(line: &Line, spot: Spot, own: &LineCells) -> String {
    match (&line.rule, own.tiers.as_slice()) {
        (Rule::Discount(_), _) => format!("-{}", own.fixed),
        (_, [tier]) => tier.usd.clone(),
        (_, tiers) => {
            let first = tiers.first().map_or("0", |tier| tier.usd.as_str());
            let quantity = spot.own_quantity();
            format!(
                "IF({quantity}=0,{first},{}/{quantity})",
                relative(spot.row(), spot.amount)
            )
        }
    }
}

//! A line of the bill with its price, and what its quantity costs.

use super::{Fleet, Form};
use crate::bill::{Group, LineItem};
use crate::price::{Tier, Unit};

/// One line: everything bought under one name and price, through all tiers.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it is for.
    pub group: Group,
    /// The environment that it is bought for, where that is not production.
    pub environment: Option<String>,
    /// What is bought.
    pub name: String,
    /// What one unit is.
    pub unit: Unit,
    /// The price in the book.
    pub price_id: String,
    /// What it costs; the tiers ascend.
    pub tiers: Vec<Tier>,
    /// What a reader should know.
    pub note: Option<String>,
    /// How the quantity follows the requests, for a whole month. That of a credit follows from
    /// the lines that it credits.
    pub form: Form,
    /// How the amount follows from the quantity.
    pub rule: Rule,
    /// The part of the month that it is bought for.
    pub share: f64,
}

/// How an amount follows from quantities.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// The quantity through the tiers, after that of these lines.
    After(Vec<usize>),
    /// What is free of the quantities of these lines, taken from the top.
    Credit {
        /// The lines that are credited.
        of: Vec<usize>,
        /// Units a month that are free.
        allowance: f64,
    },
    /// This share of the lines above comes off.
    Discount(f64),
}

impl Line {
    /// A line of a finished bill.
    pub(super) fn as_computed(line: &LineItem) -> Self {
        Self {
            group: line.group,
            environment: None,
            name: line.name.clone(),
            unit: line.unit,
            price_id: line.price_id.clone(),
            tiers: vec![Tier {
                up_to: None,
                usd: line.unit_price_usd,
            }],
            note: line.note.clone(),
            form: Form::Held(line.quantity),
            rule: Rule::After(Vec::new()),
            share: 1.0,
        }
    }

    /// What a quantity costs through the tiers.
    #[must_use]
    pub fn tiered(&self, quantity: f64) -> f64 {
        // What is credited is negative, and has one price.
        if let [tier] = self.tiers.as_slice() {
            return quantity * tier.usd;
        }
        let mut usd = 0.0;
        let mut start = 0.0;
        for tier in &self.tiers {
            let end = tier.up_to.unwrap_or(f64::INFINITY);
            usd += (quantity.min(end) - start).max(0.0) * tier.usd;
            start = end;
        }
        usd
    }
}

/// Quantities of a whole month, before the share.
pub(super) fn quantities(lines: &[Line], fleets: &[Fleet], requests: f64) -> Vec<f64> {
    let mut quantities: Vec<f64> = Vec::with_capacity(lines.len());
    for line in lines {
        let quantity = match (&line.rule, &line.form) {
            (Rule::Credit { of, allowance }, form) if !form.is_held() => {
                let charged: f64 = of.iter().map(|place| quantities[*place]).sum();
                -charged.min(*allowance)
            }
            (_, form) => form.at(requests, fleets),
        };
        quantities.push(quantity);
    }
    quantities
}

/// The amounts of the lines at a volume.
pub(super) fn amounts(lines: &[Line], fleets: &[Fleet], requests: f64) -> Vec<f64> {
    let quantities = quantities(lines, fleets, requests);
    let mut amounts: Vec<f64> = Vec::with_capacity(lines.len());
    for (line, quantity) in lines.iter().zip(&quantities) {
        let sum = |places: &[usize]| -> f64 { places.iter().map(|place| quantities[*place]).sum() };
        let usd = match &line.rule {
            Rule::After(lines) => {
                let already = sum(lines);
                line.tiered(already + quantity) - line.tiered(already)
            }
            Rule::Credit { of, .. } => {
                let charged = sum(of);
                line.tiered(charged + quantity) - line.tiered(charged)
            }
            Rule::Discount(share) => -share * amounts.iter().sum::<f64>(),
        };
        amounts.push(usd * line.share);
    }
    amounts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(form: Form, rule: Rule, share: f64) -> Line {
        let tiers = vec![
            Tier {
                up_to: Some(100.0),
                usd: 2.0,
            },
            Tier {
                up_to: None,
                usd: 1.0,
            },
        ];
        Line {
            group: Group::Compute,
            environment: None,
            name: "Hours".to_owned(),
            unit: Unit::VcpuHour,
            price_id: "a/b/c".to_owned(),
            tiers,
            note: None,
            form,
            rule,
            share,
        }
    }

    const BY_REQUEST: Form = Form::Linear {
        fixed: 0.0,
        per_request: 1.0,
    };

    fn check(lines: &[Line], requests: f64, wanted: &[f64]) {
        let found = amounts(lines, &[], requests);
        let off = found
            .iter()
            .zip(wanted)
            .map(|(found, wanted)| found - wanted);
        assert!(off.into_iter().all(|off| off.abs() < 1e-9), "{found:?}");
    }

    #[test]
    fn a_second_line_of_a_price_goes_on_in_its_tiers() {
        let first = line(BY_REQUEST, Rule::After(vec![]), 1.0);
        let second = line(Form::Fixed(50.0), Rule::After(vec![0]), 1.0);
        check(&[first, second], 80.0, &[160.0, 20.0 * 2.0 + 30.0]);
    }

    #[test]
    fn a_credit_takes_from_the_top() {
        let charged = line(BY_REQUEST, Rule::After(vec![]), 1.0);
        let rule = Rule::Credit {
            of: vec![0],
            allowance: 30.0,
        };
        let credit = line(Form::Fixed(0.0), rule, 1.0);
        let lines = [charged, credit];
        check(&lines, 110.0, &[210.0, -(10.0 + 20.0 * 2.0)]);
        check(&lines, 10.0, &[20.0, -20.0]);
    }

    #[test]
    fn a_discount_is_a_share_of_all_lines_above() {
        let charged = line(BY_REQUEST, Rule::After(vec![]), 1.0);
        let discount = line(Form::Fixed(0.0), Rule::Discount(0.1), 1.0);
        check(&[charged, discount], 10.0, &[20.0, -2.0]);
    }

    #[test]
    fn another_environment_pays_its_part_of_the_month_after_the_tiers() {
        check(
            &[line(BY_REQUEST, Rule::After(vec![]), 0.5)],
            200.0,
            &[150.0],
        );
    }
}

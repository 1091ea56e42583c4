//! Dates: when prices are old, when growth turns the answer, when a commitment ends.

use super::{Comparison, Metric, Threshold, Unit, Watch, label, of_system};
use crate::evaluation::{Evaluation, Switch};
use crate::growth::commitment_months;
use crate::price::STALE_AFTER_DAYS;
use crate::system::System;

pub(super) fn watches(system: &System, evaluation: &Evaluation) -> Vec<Watch> {
    let switch = evaluation.switch.as_ref();
    let mut dates: Vec<Watch> = switch
        .map(|switch| switched(evaluation, switch))
        .into_iter()
        .chain(commitment(system, evaluation))
        .collect();
    dates.sort_by(|one, other| one.threshold.value.total_cmp(&other.threshold.value));
    dates.push(prices(evaluation));
    dates
}

fn reached(id: &str, month: u32, because: String, then: &str) -> Watch {
    let threshold = Threshold::new(f64::from(month), Unit::Months);
    Watch {
        because,
        then: then.to_owned(),
        ..of_system(id, Metric::Month, (Comparison::Reached, threshold))
    }
}

fn switched(evaluation: &Evaluation, switch: &Switch) -> Watch {
    let because = format!(
        "From month {} of the growth that was stated {} is cheaper than {}.",
        switch.month,
        label(evaluation, &switch.to),
        label(evaluation, &switch.from)
    );
    let then = "Evaluate again with the traffic that you see by then.";
    reached("growth-switch", switch.month, because, then)
}

/// When what is committed today ends; nothing is where nothing runs.
fn commitment(system: &System, evaluation: &Evaluation) -> Option<Watch> {
    let months = commitment_months(system)?;
    (0..evaluation.components.len()).find_map(|index| evaluation.choice(index))?;
    let because = format!("A commitment made today runs for {months} months.");
    let then = "Evaluate again before you renew it.";
    Some(reached("commitment-end", months, because, then))
}

fn prices(evaluation: &Evaluation) -> Watch {
    let days = u32::try_from(STALE_AFTER_DAYS).map_or(0.0, f64::from);
    let threshold = Threshold::new(days, Unit::Days);
    Watch {
        because: format!(
            "The prices and limits are those of {}; after a year they should be looked up again.",
            evaluation.price_book
        ),
        then: "Evaluate again with the newest price book.".to_owned(),
        ..of_system(
            "price-book-age",
            Metric::PriceBookAge,
            (Comparison::Above, threshold),
        )
    }
}

//! The bill, against the upper end of the estimate.

use super::{Comparison, Hold, Metric, Threshold, Unit, Watch, of_system};
use crate::evaluation::Evaluation;
use crate::rules::Rules;
use crate::wording::{percent, usd};

/// The 95 % point of the cost where the ranges leave room, else a margin above the estimate:
/// ranges that leave less than the band within which two bills are alike leave none.
pub(super) fn watch(evaluation: &Evaluation) -> Option<Watch> {
    let rules = Rules::embedded();
    let estimate = evaluation.verdict.monthly_usd.filter(|usd| *usd > 0.0)?;
    let high = evaluation.verdict.monthly_usd_high;
    let high = high.filter(|high| *high > estimate * (1.0 + rules.regret_band));
    let most = high.unwrap_or(estimate * rules.watch_cost_factor);
    let why = if high.is_some() {
        "the ranges of the answers leave it below".to_owned()
    } else {
        format!("{} of it is", percent(rules.watch_cost_factor))
    };
    Some(Watch {
        for_how_long: Hold::ONCE,
        because: format!(
            "The estimate is {} a month; {why} {}.",
            usd(estimate),
            usd(most)
        ),
        then:
            "Compare the bill line by line with the estimate, and evaluate again with what differs."
                .to_owned(),
        ..of_system(
            "monthly-cost-above",
            Metric::MonthlyCost,
            (Comparison::Above, Threshold::new(most, Unit::Usd)),
        )
    })
}

//! Which metric of `CloudWatch` shows what is watched: the alarms of AWS, before they are written
//! in a language.

mod place;
mod sources;

use app::format::significant;
use model::watch::{Comparison, Hold, Metric, Watch};

use super::of;
use crate::report::Subject;

use place::Parameter;
pub(super) use place::{Place, Scene, capital};

/// Digits of a threshold: more than an estimate has, fewer than a float shows.
const DIGITS: usize = 4;
const HOUR_S: u32 = 3_600;
/// Charges are published every few hours.
const CHARGES_PERIOD_S: u32 = 6 * HOUR_S;

/// A series of `CloudWatch`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Series {
    pub(super) namespace: &'static str,
    pub(super) metric: &'static str,
    pub(super) dimensions: Vec<(&'static str, Value)>,
    /// Such as `Sum` or `p99`.
    pub(super) statistic: String,
}

/// The value of a dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Given(Parameter),
    Fixed(&'static str),
}

/// What an alarm looks at: series, `m1` the first, and what is computed of them. Without an
/// expression there is one series, taken as it is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Look {
    pub(super) series: Vec<Series>,
    pub(super) expression: Option<String>,
    /// From the unit of the watch to that of the look.
    pub(super) scale: f64,
    /// What must be switched on, or what it leaves out.
    pub(super) remark: &'static str,
}

/// One alarm.
#[derive(Clone, Debug)]
pub(super) struct Alarm {
    pub(super) watch: Watch,
    pub(super) look: Look,
    pub(super) period_s: u32,
    pub(super) breaching: u32,
    pub(super) of: u32,
    pub(super) threshold: f64,
}

impl Alarm {
    pub(super) fn operator(&self) -> &'static str {
        match self.watch.comparison {
            Comparison::Below => "LessThanThreshold",
            Comparison::Above | Comparison::Reached => "GreaterThanThreshold",
        }
    }

    /// No figures mean no use. Below a threshold that would be news on the first day already, so
    /// there they say nothing.
    pub(super) fn missing(&self) -> &'static str {
        match self.watch.comparison {
            Comparison::Below => "missing",
            Comparison::Above | Comparison::Reached => "notBreaching",
        }
    }

    /// Charges exist in one region only.
    pub(super) fn only_in_us_east_1(&self) -> bool {
        self.watch.metric == Metric::MonthlyCost
    }

    /// Whether the statistic is a percentile, as `p99`.
    pub(super) fn percentile(&self) -> bool {
        let mut series = self.look.series.iter();
        series.any(|series| series.statistic.starts_with('p'))
    }
}

/// The alarms of an answer, and what `CloudWatch` has no metric for.
pub(super) fn alarms(subject: &Subject<'_>) -> (Vec<Alarm>, Vec<Watch>) {
    let (mut alarms, mut rest) = (Vec::new(), Vec::new());
    for watch in of(subject) {
        match sources::look(subject, &watch) {
            Some(look) => alarms.push(alarm(watch, look)),
            None => rest.push(watch),
        }
    }
    (alarms, rest)
}

fn alarm(watch: Watch, look: Look) -> Alarm {
    let hold = match watch.for_how_long {
        Hold { period_s: 0, .. } => Hold {
            period_s: CHARGES_PERIOD_S,
            ..watch.for_how_long
        },
        hold => hold,
    };
    Alarm {
        threshold: significant(watch.threshold.value * look.scale, DIGITS),
        period_s: hold.period_s,
        breaching: hold.breaching,
        of: hold.of,
        watch,
        look,
    }
}

/// The names that only the user knows, each once, in the order of their first use.
pub(super) fn parameters(alarms: &[Alarm]) -> Vec<Parameter> {
    let mut found = Vec::new();
    let series = alarms.iter().flat_map(|alarm| &alarm.look.series);
    for (_, value) in series.flat_map(|series| &series.dimensions) {
        if let Value::Given(parameter) = value
            && !found.contains(parameter)
        {
            found.push(*parameter);
        }
    }
    found
}

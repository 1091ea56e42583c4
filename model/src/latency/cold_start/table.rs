//! The cold-start equation tabulated over the arrival rate, for the many rates
//! of a week and the many volumes of a chart.
use super::{ColdStart, ColdStartOutcome};
use crate::math::{ceil, exp, floor, ln};
use crate::units::{RequestsPerSecond, Seconds};

/// Grid points per factor e of the arrival rate.
const POINTS_PER_E: f64 = 24.0;
/// Rates below `1 / (LOW (tau + S))` are computed directly: one slot does.
const LOW: f64 = 10.0;
/// More points than this are never needed: a factor of 10^18 in rate.
const MAX_POINTS: f64 = 1000.0;

/// `ln p` and `ln E[instances]` over `ln lambda`, with the cubic of Catmull and
/// Rom between the points: within 1 % of [`ColdStart::outcome`]. (Not a monotone
/// one: p rises and falls with each further slot that fills.)
///
/// One table serves one service time and keep-alive, and one provisioned pool.
/// Rates outside of it are computed directly.
#[derive(Clone, Debug)]
pub struct ColdStartTable {
    service_time: Seconds,
    keep_alive: Seconds,
    provisioned: u32,
    first_ln_rate: f64,
    rows: Vec<Row>,
}

/// Two interpolated quantities with their slopes per grid step.
#[derive(Clone, Copy, Debug, Default)]
struct Row {
    ln_probability: f64,
    probability_slope: f64,
    ln_instances: f64,
    instances_slope: f64,
}

impl ColdStartTable {
    /// Tabulates up to `max_rate`. Costs 24 point evaluations per factor e
    /// between `0.1 / (tau + S)` and `max_rate`.
    #[must_use]
    pub fn new(
        service_time: Seconds,
        keep_alive: Seconds,
        max_rate: RequestsPerSecond,
        provisioned: u32,
    ) -> Self {
        let lifetime = service_time.get().max(0.0) + keep_alive.get().max(0.0);
        let mut table = Self {
            service_time,
            keep_alive,
            provisioned,
            first_ln_rate: 0.0,
            rows: Vec::new(),
        };
        let spans = lifetime > 0.0 && lifetime.is_finite() && max_rate.get() * lifetime * LOW > 1.0;
        // A pool shifts the curve by orders of magnitude within one step: compute it directly.
        if !spans || provisioned > 0 {
            return table;
        }
        table.first_ln_rate = -ln(lifetime * LOW);
        let steps =
            ceil((ln(max_rate.get()) - table.first_ln_rate) * POINTS_PER_E).min(MAX_POINTS) + 1.0;
        let mut index = 0.0;
        while index <= steps {
            let outcome = table.exact(exp(table.first_ln_rate + index / POINTS_PER_E));
            table.rows.push(Row {
                ln_probability: ln(outcome.cold_start_probability.max(f64::MIN_POSITIVE)),
                ln_instances: ln(outcome.instances.max(f64::MIN_POSITIVE)),
                ..Row::default()
            });
            index += 1.0;
        }
        table.set_slopes();
        table
    }

    /// The outcome at one arrival rate.
    #[must_use]
    pub fn outcome(&self, arrival_rate: RequestsPerSecond) -> ColdStartOutcome {
        let rate = arrival_rate.get();
        if rate <= 0.0 {
            return self.exact(rate);
        }
        let position = (ln(rate) - self.first_ln_rate) * POINTS_PER_E;
        let below = floor(position);
        match (self.row(below), self.row(below + 1.0)) {
            (Some(low), Some(high)) => between(low, high, position - below),
            _ => self.exact(rate),
        }
    }

    fn exact(&self, rate: f64) -> ColdStartOutcome {
        let (service_time, keep_alive) = (self.service_time, self.keep_alive);
        ColdStart {
            arrival_rate: RequestsPerSecond::new(rate),
            service_time,
            keep_alive,
        }
        .outcome_above(self.provisioned)
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be a small index"
    )]
    fn row(&self, index: f64) -> Option<&Row> {
        if (0.0..=MAX_POINTS + 1.0).contains(&index) {
            self.rows.get(index as usize)
        } else {
            None
        }
    }

    fn set_slopes(&mut self) {
        let rows = self.rows.clone();
        for (row, three) in self.rows.iter_mut().skip(1).zip(rows.windows(3)) {
            if let [before, _, after] = three {
                row.probability_slope = 0.5 * (after.ln_probability - before.ln_probability);
                row.instances_slope = 0.5 * (after.ln_instances - before.ln_instances);
            }
        }
        for ends in [[0, 1], [rows.len() - 1, rows.len() - 2]] {
            let [end, inner] = ends;
            let sign = if end > inner { 1.0 } else { -1.0 };
            self.rows[end].probability_slope =
                sign * (rows[end].ln_probability - rows[inner].ln_probability);
            self.rows[end].instances_slope =
                sign * (rows[end].ln_instances - rows[inner].ln_instances);
        }
    }
}

fn between(low: &Row, high: &Row, share: f64) -> ColdStartOutcome {
    let probability = hermite(
        [low.ln_probability, high.ln_probability],
        [low.probability_slope, high.probability_slope],
        share,
    );
    let instances = hermite(
        [low.ln_instances, high.ln_instances],
        [low.instances_slope, high.instances_slope],
        share,
    );
    ColdStartOutcome {
        cold_start_probability: exp(probability).min(1.0),
        instances: exp(instances),
    }
}

/// The cubic through two values with two slopes, at a share 0..1 of the way.
fn hermite(values: [f64; 2], slopes: [f64; 2], share: f64) -> f64 {
    let rest = 1.0 - share;
    rest * rest * ((1.0 + 2.0 * share) * values[0] + share * slopes[0])
        + share * share * ((1.0 + 2.0 * rest) * values[1] - rest * slopes[1])
}

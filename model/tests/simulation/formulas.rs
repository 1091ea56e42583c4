//! The simulation as judge of the formulas: 200 random workloads each for cold starts and for the
//! waits of a fleet. A formula may be off by what it states, or by what chance leaves open.
use model::latency::cold_start::ColdStart;
use model::latency::queue::Fleet;
use model::math::{exp, ln};
use model::simulation::{Interval, Plan, Span};
use model::units::{RequestsPerSecond, Seconds};

use crate::common::{
    cold_share, exponential, fleet, functions, interval, kept, of_fleet, variation_of,
};

const WORKLOADS: u32 = 200;
/// At most this share of the workloads may lie outside.
const MOST_OUTSIDE: f64 = 0.02;
/// Requests of all runs of one workload, at most.
const MOST_REQUESTS: f64 = 1e6;
const RUNS: u32 = 5;

/// Numbers of a fixed sequence: `SplitMix64`.
struct Dice(u64);

impl Dice {
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let bits = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) >> 11) as f64 / 9_007_199_254_740_992.0
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Its logarithm is spread evenly.
    fn magnitude(&mut self, low: f64, high: f64) -> f64 {
        exp(self.between(ln(low), ln(high)))
    }

    fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        let mut index = 0;
        let reach = self.between(0.0, f64::from(u32::try_from(choices.len()).expect("few")));
        while f64::from(u32::try_from(index + 1).expect("few")) <= reach {
            index += 1;
        }
        choices[index.min(choices.len() - 1)]
    }
}

/// Which workloads a formula was right about.
#[derive(Default)]
struct Verdicts {
    judged: u32,
    sharp: u32,
    outside: u32,
}

impl Verdicts {
    fn judge(&mut self, what: &str, formula: f64, simulated: Interval, tolerance: f64) {
        let off = (formula - simulated.mean).abs();
        self.judged += 1;
        self.sharp += u32::from(simulated.half_width <= tolerance * formula);
        if off > (tolerance * formula).max(simulated.half_width) {
            self.outside += 1;
            println!(
                "{what}: formula {formula:.5}, simulation {:.5} +- {:.5}: {:+.1} %",
                simulated.mean,
                simulated.half_width,
                100.0 * (formula / simulated.mean - 1.0)
            );
        }
    }

    fn finish(&self, name: &str) {
        let share = f64::from(self.outside) / f64::from(self.judged);
        println!(
            "{name}: {} of {} outside ({:.1} %); {} with an interval within the tolerance",
            self.outside,
            self.judged,
            100.0 * share,
            self.sharp
        );
        assert!(share <= MOST_OUTSIDE, "{name}: {share}");
        assert!(2 * self.sharp > self.judged, "{name}: too few are sharp");
    }
}

#[test]
fn cold_starts_are_what_their_formula_says() {
    let mut dice = Dice(1);
    let mut verdicts = Verdicts::default();
    let mut beyond = 0;
    for workload in 0..WORKLOADS {
        let keep_alive = dice.magnitude(60.0, 1000.0);
        // Every tenth lies beyond the range of the formula.
        let service_s = if workload % 10 == 9 {
            keep_alive * dice.between(1.01, 3.0)
        } else {
            dice.magnitude(0.01, 0.2 * keep_alive)
        };
        let rate = dice.magnitude(1e-3, 20.0) / service_s;
        let question = ColdStart {
            arrival_rate: RequestsPerSecond::new(rate),
            service_time: Seconds::new(service_s),
            keep_alive: Seconds::new(keep_alive),
        };
        if !question.in_range() {
            beyond += 1;
            assert!(service_s > keep_alive);
            continue;
        }
        assert!(service_s <= keep_alive);
        let formula = question.outcome().cold_start_probability;
        let requests = (20_000.0 / formula).clamp(1e4, MOST_REQUESTS);
        let seconds = requests / f64::from(RUNS) / rate;
        let plan = Plan {
            warm_up_s: (5.0 * (keep_alive + service_s)).min(seconds),
            ..functions(kept(exponential(service_s), keep_alive), rate, seconds)
        };
        let simulated = interval(&plan, RUNS, cold_share);
        let what = format!("rate {rate:.4}, S {service_s:.3}, tau {keep_alive:.0}");
        verdicts.judge(&what, formula, simulated, 0.05);
    }
    assert_eq!(beyond, WORKLOADS / 10, "workloads beyond the range");
    verdicts.finish("cold starts");
}

#[test]
fn fleets_answer_as_their_formula_says() {
    let mut dice = Dice(2);
    let mut verdicts = Verdicts::default();
    for _ in 0..WORKLOADS {
        let tasks = dice.one_of(&[1, 2, 3, 4, 6, 8, 12, 20]);
        let servers = dice.one_of(&[1, 1, 2, 4]);
        let load = dice.between(0.3, 0.9);
        let cv = dice.one_of(&[0.5, 1.0, 1.0, 1.5, 2.0]);
        let service_s = dice.magnitude(0.001, 1.0);
        let rate = load * f64::from(tasks * servers) / service_s;
        let formula = Fleet {
            arrival_rate: RequestsPerSecond::new(rate),
            tasks,
            servers_per_task: servers,
            service_time: Seconds::new(service_s),
            service_cv: cv,
        };
        let wait = formula.per_task_wait().expect("a stable fleet").mean();
        let formula = service_s + wait.get();
        let (mut rules, _) = fleet(tasks, Span::new(service_s, variation_of(cv)), rate, 1.0);
        rules.servers_per_queue = servers;
        let seconds = MOST_REQUESTS / f64::from(RUNS) / rate;
        let plan = Plan {
            warm_up_s: 0.1 * seconds,
            ..of_fleet(&rules, rate, seconds)
        };
        let simulated = interval(&plan, RUNS, |o| service_s + o.mean_wait_ms / 1000.0);
        let what = format!("{tasks} x {servers} at {load:.2}, cv {cv}");
        // What the formula states of service and wait together.
        verdicts.judge(&what, formula, simulated, 0.07);
    }
    verdicts.finish("responses of fleets");
}

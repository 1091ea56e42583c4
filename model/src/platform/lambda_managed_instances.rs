//! AWS Lambda Managed Instances: functions on EC2 instances that Lambda runs in one's account.
//!
//! Instances and requests are paid, and a fee on the on-demand price of the instances, under a
//! commitment too; durations are not. An environment serves many requests at once. Three
//! instances always run, one in each of three zones. The load may double within five minutes;
//! where it grows faster, instances stand from which it does no more than double.

use super::fit::FitCheck;
use super::front_door::Door;
use super::instances::{Footing, Growing, Hosting, Packing, Pool};
use super::shared::SharedLines;
use super::{Costing, Depth, Description, Platform};
use crate::behavior::{Behavior, Language};
use crate::bill::{Charges, Group};
use crate::capacity::Layout;
use crate::evaluation::{Family, Fit};
use crate::platform::fleet::whole;
use crate::replay::MonthOfUse;
use crate::rules::Rules;
use crate::scaling::Fleet;
use crate::simulation;
use crate::tariff::{Rate, Tariffs};
use crate::traffic::WeeklyProfile;
use crate::units::{KB_PER_MB, MINUTES_PER_HOUR, RequestsPerMonth, SECONDS_PER_HOUR};
use crate::workload::Workload;

const ID: &str = "aws-lambda-managed-instances";

/// Growth from nothing is told as this factor.
const MOST_GROWTH: f64 = 1e6;

/// AWS Lambda Managed Instances.
#[derive(Clone, Copy, Debug)]
pub(super) struct ManagedInstances;

impl Platform for ManagedInstances {
    fn id(&self) -> &'static str {
        ID
    }

    fn label(&self) -> &'static str {
        "AWS Lambda Managed Instances"
    }

    fn family(&self) -> Family {
        Family::Serverless
    }

    fn operations_score(&self) -> u8 {
        1
    }

    fn prepare<'a>(
        &self,
        workload: &'a Workload,
        tariffs: &mut Tariffs<'a>,
    ) -> Box<dyn Costing + 'a> {
        Box::new(ManagedCosting::new(workload, tariffs))
    }
}

struct ManagedCosting<'a> {
    workload: &'a Workload,
    pool: Pool<'a>,
    request: Rate<'a>,
    door: Door<'a>,
    shared: SharedLines<'a>,
    growth: Growth,
}

impl<'a> ManagedCosting<'a> {
    fn new(workload: &'a Workload, tariffs: &mut Tariffs<'a>) -> Self {
        let rules = Rules::embedded();
        let door = Door::new(tariffs, workload, true);
        let growth = Growth::of(workload);
        let zones = whole(limit("instances-minimum"));
        let footing = Footing {
            layout: Layout {
                zones,
                floor: zones,
            },
            standing_height: growth.standing_height,
        };
        let hosting = Hosting {
            platform: ID,
            packing: Packing::Environments {
                per_vcpu: per_vcpu(workload.language).unwrap_or(0.0),
            },
            families: &['c', 'm', 'r'],
            fee: Some(("Managed Instances fee", "aws-lambda/managed-instances/fee")),
            root_disk: false,
            spot: false,
        };
        Self {
            request: tariffs.rate(
                true,
                Group::Requests,
                "Requests",
                "aws-lambda/request/standard",
            ),
            shared: SharedLines::new(
                tariffs,
                workload,
                "amazon-cloudwatch/logs/lambda-ingest",
                workload.logs_kb + rules.lambda_own_logs_kb / workload.batch_size,
                true,
            ),
            pool: Pool::new(hosting, workload, tariffs, &door, Some(footing)),
            door,
            growth,
            workload,
        }
    }

    fn fit_request(&self, fit: &mut FitCheck<'_>) {
        let workload = self.workload;
        let longest = workload.max_duration.seconds().get();
        let at_once = workload.kind.is_http();
        if at_once {
            fit.at_most("aws-lambda-managed-instances/timeout", longest);
            fit.at_most("aws-lambda/payload-in", workload.payload_in_kb / KB_PER_MB);
            fit.at_most(
                "aws-lambda/payload-out",
                workload.payload_out_kb / KB_PER_MB,
            );
        } else {
            let batch =
                longest + workload.duration.seconds().get() * (workload.batch_size - 1.0).max(0.0);
            fit.at_most("aws-lambda-managed-instances/async-timeout", batch);
            fit.at_most(
                "aws-lambda/async-payload",
                workload.payload_in_kb * workload.batch_size / KB_PER_MB,
            );
        }
        let needed = workload.process_memory + workload.request_memory;
        fit.at_most("aws-lambda-managed-instances/memory", needed.gigabytes());
        fit.at_most("aws-lambda-managed-instances/vcpu", workload.parallelism);
    }

    /// How fast the load grows against what stands, and whether that takes standing instances.
    fn fit_growth(&self, fit: &mut FitCheck<'_>, requests: RequestsPerMonth) {
        if requests.get() <= 0.0 {
            return;
        }
        let allowed = limit("growth");
        let steepest = self.growth.steepest.min(MOST_GROWTH);
        // A pinned fleet does not grow: it holds what comes, or throttles.
        let throttles = self.workload.pin.instance_count.is_some()
            && self.pool.best(requests).is_some_and(|choice| {
                choice.carries() < requests.per_second() * self.growth.highest
            });
        fit.at_most(
            "aws-lambda-managed-instances/growth",
            if throttles {
                steepest
            } else {
                steepest.min(allowed)
            },
        );
        if steepest > allowed && !throttles {
            fit.at_most("aws-lambda-managed-instances/growth-carried", steepest);
        }
    }
}

impl Costing for ManagedCosting<'_> {
    fn charge(&self, requests: RequestsPerMonth, bill: &mut dyn Charges) -> Option<bool> {
        let choice = self.pool.best(requests)?;
        self.request
            .charge(bill, requests.get() / self.workload.batch_size);
        self.pool.charge(bill, &choice);
        self.door.charge(bill, requests);
        self.shared.charge(bill, requests);
        Some(self.pool.in_time(&choice, requests))
    }

    fn describe(&self, requests: RequestsPerMonth) -> Option<Description> {
        let choice = self.pool.best(requests)?;
        Some(self.pool.describe(&choice, requests, self.door.name()))
    }

    fn fleet(&self, requests: RequestsPerMonth) -> Option<Fleet> {
        let choice = self.pool.best(requests)?;
        Some(self.pool.fleet(&choice))
    }

    fn rules(&self, requests: RequestsPerMonth, _: &WeeklyProfile) -> Option<simulation::Rules> {
        let choice = self.pool.best(requests)?;
        Some(simulation::Rules::ManagedInstances(
            self.pool.managed_rules(
                &choice,
                requests,
                Growing {
                    factor: limit("growth"),
                    within_s: Rules::embedded().managed_growth_minutes * SECONDS_PER_HOUR
                        / MINUTES_PER_HOUR,
                },
            ),
        ))
    }

    fn charge_replay(
        &self,
        requests: RequestsPerMonth,
        used: &MonthOfUse,
        bill: &mut dyn Charges,
    ) -> Option<f64> {
        let choice = self
            .pool
            .replayed_instances(&self.pool.best(requests)?, used);
        self.request
            .charge(bill, used.requests.get() / self.workload.batch_size);
        self.pool.charge(bill, &choice);
        self.door.charge(bill, used.requests);
        self.shared.charge(bill, used.requests);
        Some(choice.mean())
    }

    fn check(&self, requests: RequestsPerMonth, depth: Depth) -> Fit {
        let workload = self.workload;
        let mut fit = FitCheck::new(ID, workload, depth);
        if per_vcpu(workload.language).is_none() {
            let runtime = format!("Managed Instances for {}", workload.language.label());
            fit.own(&runtime, "needed", 0.0, 1.0);
        } else {
            self.pool.fit(&mut fit, requests);
        }
        self.fit_request(&mut fit);
        self.fit_growth(&mut fit, requests);
        if let Some(choice) = self.pool.best(requests) {
            fit.at_most(
                "aws-lambda-managed-instances/instances-minimum",
                choice.fewest(),
            );
            fit.at_most(
                "aws-lambda-managed-instances/vcpu-total",
                choice.most_vcpu(),
            );
        }
        fit.at_most(
            "aws-lambda-managed-instances/worthwhile",
            requests.get() / workload.batch_size,
        );
        fit.door(
            self.door.kind(),
            workload.max_duration,
            requests.per_second() * workload.peak_weight(),
        );
        fit.finish()
    }
}

/// A figure of the limits of Managed Instances.
fn limit(what: &str) -> f64 {
    Behavior::embedded().limit(&format!("{ID}/{what}")).value
}

/// Requests at once for each vCPU; `None` for a runtime that is not offered.
fn per_vcpu(language: Language) -> Option<f64> {
    let id = format!("{ID}/concurrency-per-vcpu-{}", language.name());
    let limit = Behavior::embedded().find_limit(&id)?;
    Some(limit.value)
}

/// How fast the load grows.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Growth {
    /// The steepest growth within the time of the rule, as a factor.
    steepest: f64,
    /// The highest load that such growth reaches, against the mean.
    highest: f64,
    /// Load against the mean that must be carried at any time, so that what comes is never
    /// more than the allowed growth of it.
    standing_height: f64,
}

impl Growth {
    /// Bursts rise from the quietest hour, as far as they get within the time of the rule. Of the
    /// hours only their levels are known: wherever they stand in the week, the load passes from
    /// each level to the next higher one, within an hour. Where nobody waits, work that is
    /// refused is offered again, and nothing needs to stand.
    fn of(workload: &Workload) -> Self {
        let allowed = limit("growth");
        let mut growth = Self {
            steepest: 1.0,
            highest: 0.0,
            standing_height: 0.0,
        };
        if !(workload.kind.is_http() || workload.websocket_connections > 0.0) {
            return growth;
        }
        let rules = Rules::embedded();
        let minutes = rules.managed_growth_minutes;
        let mut weights: Vec<f64> = workload.levels.iter().map(|level| level.weight).collect();
        weights.sort_by(f64::total_cmp);
        let least = weights.first().copied().unwrap_or(0.0);
        let share_of_rise = (minutes / rules.spread_of_rise_minutes).min(1.0);
        for pair in weights.windows(2) {
            let reached = pair[0] + (pair[1] - pair[0]) * share_of_rise;
            growth.reach(pair[0], reached, allowed);
        }
        let window_s = minutes / MINUTES_PER_HOUR * SECONDS_PER_HOUR;
        for burst in workload.bursts.iter().filter(|burst| !burst.announced) {
            let share = (window_s / burst.arrives_within_s.max(window_s)).min(1.0);
            let reached = least + (burst.height - least).max(0.0) * share;
            growth.reach(least, reached, allowed);
        }
        growth
    }

    fn reach(&mut self, from: f64, to: f64, allowed: f64) {
        if to > from {
            let factor = if from > 0.0 { to / from } else { f64::INFINITY };
            self.steepest = self.steepest.max(factor);
        }
        if to > from * allowed {
            self.highest = self.highest.max(to);
            self.standing_height = self.standing_height.max(to / allowed);
        }
    }
}

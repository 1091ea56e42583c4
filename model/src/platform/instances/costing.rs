//! Instances behind the front door of containers, with what every platform pays beside.

use super::{Hosting, Pool};
use crate::bill::Charges;
use crate::evaluation::Fit;
use crate::platform::fit::FitCheck;
use crate::platform::front_door::Door;
use crate::platform::shared::SharedLines;
use crate::platform::{Costing, Depth, Description};
use crate::replay::MonthOfUse;
use crate::scaling::Fleet;
use crate::simulation::Rules;
use crate::tariff::Tariffs;
use crate::traffic::WeeklyProfile;
use crate::units::RequestsPerMonth;
use crate::workload::Workload;

/// A fleet of instances behind the door of containers.
pub(in crate::platform) struct InstanceCosting<'a> {
    workload: &'a Workload,
    platform: &'static str,
    pool: Pool<'a>,
    door: Door<'a>,
    shared: SharedLines<'a>,
}

impl<'a> InstanceCosting<'a> {
    pub(in crate::platform) fn new(
        hosting: Hosting,
        workload: &'a Workload,
        tariffs: &mut Tariffs<'a>,
    ) -> Self {
        let door = Door::new(tariffs, workload, false);
        Self {
            workload,
            platform: hosting.platform,
            pool: Pool::new(hosting, workload, tariffs, &door, None),
            shared: SharedLines::new(
                tariffs,
                workload,
                "amazon-cloudwatch/logs/ingest",
                workload.logs_kb,
                true,
            ),
            door,
        }
    }
}

impl Costing for InstanceCosting<'_> {
    fn charge(&self, requests: RequestsPerMonth, bill: &mut dyn Charges) -> Option<bool> {
        let choice = self.pool.best(requests)?;
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

    fn rules(&self, requests: RequestsPerMonth, _: &WeeklyProfile) -> Option<Rules> {
        let choice = self.pool.best(requests)?;
        Some(Rules::Fleet(self.pool.rules(&choice, requests)))
    }

    fn charge_replay(
        &self,
        requests: RequestsPerMonth,
        used: &MonthOfUse,
        bill: &mut dyn Charges,
    ) -> Option<f64> {
        let choice = self.pool.replayed(&self.pool.best(requests)?, used);
        self.pool.charge(bill, &choice);
        self.door.charge(bill, used.requests);
        self.shared.charge(bill, used.requests);
        Some(choice.mean())
    }

    fn check(&self, requests: RequestsPerMonth, depth: Depth) -> Fit {
        let mut fit = FitCheck::new(self.platform, self.workload, depth);
        self.pool.fit(&mut fit, requests);
        fit.finish()
    }
}

//! A platform with everything around it: state services, other environments, the own discount.

use std::rc::Rc;

use super::fit::FitCheck;
use super::{Costing, Memo, Platform};
use crate::behavior::{Behavior, LimitKind};
use crate::bill::{Bill, Charges, Group, Line, Place, Total};
use crate::evaluation::{Configuration, Family, Fit, LatencyEstimate, MissingPriceNote};
use crate::price::{PriceBook, Unit};
use crate::replay::MonthOfUse;
use crate::scaling::Fleet;
use crate::simulation::Rules;
use crate::state::{self, Side, StateServices};
use crate::tariff::Tariffs;
use crate::traffic::WeeklyProfile;
use crate::units::{RequestsPerMonth, Usd};
use crate::workload::{EnvironmentLoad, Workload};

/// Price id of the own discount: the user's figure, not the book's.
const OWN_DISCOUNT: &str = "own/discount/all";

/// A platform made ready for one workload.
pub struct Prepared<'a> {
    /// Prices that the book lacks. With one that is not left out, nothing is priced.
    pub missing: Vec<MissingPriceNote>,
    costing: Box<dyn Costing + 'a>,
    state: StateServices<'a>,
    environments: Vec<(&'a EnvironmentLoad, Prepared<'a>)>,
    discount: f64,
    priced: bool,
    platform: &'static str,
    workload: &'a Workload,
    side: Side,
}

impl std::fmt::Debug for Prepared<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Prepared")
            .field("missing", &self.missing)
            .finish_non_exhaustive()
    }
}

/// One volume on one platform, in short.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quote {
    /// Cost a month.
    pub usd: Usd,
    /// Whether the latency target is met.
    pub meets_target: bool,
}

/// One volume on one platform, in full.
#[derive(Clone, Debug)]
pub struct Detail {
    /// What was configured.
    pub configuration: Configuration,
    /// Line by line.
    pub bill: Bill,
    /// Response times; `None` when the fleet is overloaded.
    pub latency: Option<LatencyEstimate>,
    /// Whether the target is met.
    pub meets_target: bool,
}

impl<'a> Prepared<'a> {
    /// The platform with the prices of a book.
    #[must_use]
    pub fn new(
        platform: &'static dyn Platform,
        workload: &'a Workload,
        book: &'a PriceBook,
    ) -> Self {
        Self::sharing(platform, workload, book, &Rc::default())
    }

    /// The same beside other platforms: what they compute alike for this workload is kept in
    /// `memo`.
    #[must_use]
    pub fn sharing(
        platform: &'static dyn Platform,
        workload: &'a Workload,
        book: &'a PriceBook,
        memo: &Rc<Memo>,
    ) -> Self {
        let mut tariffs = Tariffs::sharing(book, workload, Rc::clone(memo));
        let costing = platform.prepare(workload, &mut tariffs);
        let side = match platform.family() {
            Family::Serverless => Side::Serverless,
            _ => Side::Containers,
        };
        let state = StateServices::new(&mut tariffs, workload, side);
        let mut missing = tariffs.missing();
        let excluded = workload.exclude.contains(&Group::Environments);
        let environments: Vec<_> = workload
            .environments
            .iter()
            .enumerate()
            .filter(|_| !excluded)
            .map(|(index, environment)| {
                let platform = platform.beside_production().unwrap_or(platform);
                let memo = memo.environment(index);
                let inner = Self::sharing(platform, &environment.workload, book, &memo);
                (environment, inner)
            })
            .collect();
        for (_, inner) in &environments {
            for note in &inner.missing {
                if !missing.contains(note) {
                    missing.push(note.clone());
                }
            }
        }
        Self {
            priced: missing.iter().all(|note| note.left_out),
            missing,
            costing,
            state,
            environments,
            discount: if workload.exclude.contains(&Group::Commitment) {
                0.0
            } else {
                workload.terms.discount
            },
            platform: platform.id(),
            workload,
            side,
        }
    }

    /// Whether all prices are there that a bill needs.
    #[must_use]
    pub const fn priced(&self) -> bool {
        self.priced
    }

    /// As [`Costing::expect_many_volumes`].
    pub fn expect_many_volumes(&self) {
        self.costing.expect_many_volumes();
        for (_, environment) in &self.environments {
            environment.expect_many_volumes();
        }
    }

    /// The cost, unless a price is missing or it cannot run.
    #[must_use]
    pub fn cost(&self, requests: RequestsPerMonth) -> Option<Usd> {
        self.quote(requests).map(|quote| quote.usd)
    }

    /// The cost and whether the target is met, unless a price is missing or it cannot run.
    #[must_use]
    pub fn quote(&self, requests: RequestsPerMonth) -> Option<Quote> {
        if !self.priced {
            return None;
        }
        let mut total = Total::default();
        let meets_target = self.charge(requests, &mut total)?;
        Some(Quote {
            usd: total.usd(),
            meets_target,
        })
    }

    /// Configuration, bill and latency. With a price missing the bill is short of its lines.
    #[must_use]
    pub fn detail(&self, requests: RequestsPerMonth) -> Option<Detail> {
        let mut bill = Bill::default();
        let meets_target = self.charge(requests, &mut bill)?;
        let description = self.costing.describe(requests)?;
        Some(Detail {
            configuration: description.configuration,
            bill,
            latency: description.latency,
            meets_target,
        })
    }

    /// As [`Costing::fits`].
    #[must_use]
    pub fn fits(&self, requests: RequestsPerMonth) -> bool {
        let allows = |(id, needed): (&str, f64)| {
            let limit = Behavior::embedded().limit(id);
            limit.kind == LimitKind::Quota || limit.allows(needed)
        };
        self.costing.fits(requests)
            && state::limits(self.workload, self.side, requests)
                .into_iter()
                .all(allows)
    }

    /// The limits, checked at this volume.
    #[must_use]
    pub fn fit(&self, requests: RequestsPerMonth) -> Fit {
        let fit = self.costing.fit(requests);
        let mut checks = FitCheck::resume(self.platform, self.workload, fit);
        for (limit, needed) in state::limits(self.workload, self.side, requests) {
            checks.at_most(limit, needed);
        }
        checks.finish()
    }

    /// What is configured, where it can run.
    pub(crate) fn configuration(&self, requests: RequestsPerMonth) -> Option<Configuration> {
        Some(self.costing.describe(requests)?.configuration)
    }

    /// The fleets that stand, production first, then those of the other environments.
    #[must_use]
    pub(crate) fn fleets(&self, requests: RequestsPerMonth) -> Vec<Fleet> {
        let own = self.costing.fleet(requests).into_iter();
        let others = self.environments.iter().flat_map(|(environment, inner)| {
            let fleets = inner.fleets(requests * environment.scale).into_iter();
            fleets.map(|fleet| Fleet {
                environment: Some(environment.name.clone()),
                scale: environment.scale,
                ..fleet
            })
        });
        own.chain(others).collect()
    }

    /// As [`Costing::rules`].
    pub(crate) fn rules(
        &self,
        requests: RequestsPerMonth,
        profile: &WeeklyProfile,
    ) -> Option<Rules> {
        self.costing.rules(requests, profile)
    }

    /// As [`Costing::batch`].
    pub(crate) fn batch(&self) -> f64 {
        self.costing.batch()
    }

    /// The bill of the choice at a volume for what a replay has used. Other environments and state services follow the
    /// requests that came. Beside it, how many of what the configuration counts there were on average.
    pub(crate) fn replayed(
        &self,
        requests: RequestsPerMonth,
        used: &MonthOfUse,
    ) -> Option<(Bill, f64)> {
        let mut bill = Bill::default();
        let mut running = Running {
            bill: &mut bill,
            usd: Usd::ZERO,
        };
        let count = self.costing.charge_replay(requests, used, &mut running)?;
        self.charge_beside(used.requests, &mut running)?;
        Some((bill, count))
    }

    /// Puts everything on the bill and says whether the target is kept; `None` where it cannot
    /// run.
    pub(crate) fn charge(
        &self,
        requests: RequestsPerMonth,
        bill: &mut dyn Charges,
    ) -> Option<bool> {
        let mut running = Running {
            bill,
            usd: Usd::ZERO,
        };
        let meets_target = self.costing.charge(requests, &mut running)?;
        self.charge_beside(requests, &mut running)?;
        Some(meets_target)
    }

    /// State services, other environments, the own discount.
    fn charge_beside(&self, requests: RequestsPerMonth, running: &mut Running<'_>) -> Option<()> {
        self.state.charge(running, requests);
        for (environment, prepared) in &self.environments {
            let mut scaled = Scaled {
                bill: running,
                environment,
            };
            prepared.charge(requests * environment.scale, &mut scaled)?;
        }
        running.discount(self.discount);
        Some(())
    }
}

/// Passes lines on and adds them up.
struct Running<'b> {
    bill: &'b mut dyn Charges,
    usd: Usd,
}

impl Running<'_> {
    /// Takes the share of all lines so far off the bill.
    fn discount(&mut self, share: f64) {
        if share > 0.0 && self.usd.get() > 0.0 {
            self.bill.line(&Line {
                group: Group::Commitment,
                prefix: None,
                name: "Own discount",
                price: None,
                names_tier: false,
                place: Place::OfLinesAbove,
                share: 1.0,
                quantity: self.usd.get(),
                unit: Unit::Usd,
                unit_price_usd: -share,
                price_id: OWN_DISCOUNT,
                note: Some("Your own figure, on every line above."),
            });
        }
    }
}

impl Charges for Running<'_> {
    fn line(&mut self, line: &Line<'_>) {
        self.usd += line.amount();
        self.bill.line(line);
    }
}

/// Puts the lines of another environment on the bill, for the hours that it is up.
struct Scaled<'b, 'r> {
    bill: &'b mut Running<'r>,
    environment: &'b EnvironmentLoad,
}

impl Charges for Scaled<'_, '_> {
    fn line(&mut self, line: &Line<'_>) {
        self.bill.line(&Line {
            group: Group::Environments,
            prefix: Some(&self.environment.name),
            quantity: line.quantity * self.environment.hours_share,
            share: line.share * self.environment.hours_share,
            ..*line
        });
    }
}

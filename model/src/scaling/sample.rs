//! One option's bill at one volume, as its platform charges it.

use super::Fleet;
use crate::bill::{Charges, Group, Line, Place};
use crate::evaluation::Configuration;
use crate::platform::{self, Prepared};
use crate::price::{PriceBook, Tier, Unit};
use crate::system::{Answer, System};
use crate::units::RequestsPerMonth;
use crate::workload::Workload;

/// Whose bill is looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject<'a> {
    pub(super) system: &'a System,
    pub(super) index: usize,
    pub(super) platform: &'a str,
    pub(super) book: &'a PriceBook,
    /// Whether nothing but the number of units is left to choose.
    pub(super) pinned: bool,
}

/// What tells the lines of a bill apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) environment: Option<String>,
    pub(super) name: String,
    pub(super) price_id: String,
    pub(super) kind: Kind,
}

/// How a line comes to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Charge,
    Credit,
    Discount,
}

/// All tiers of one charge.
#[derive(Clone, Debug)]
pub(super) struct Charge {
    pub(super) key: Key,
    pub(super) group: Group,
    pub(super) unit: Unit,
    pub(super) tiers: Vec<Tier>,
    pub(super) note: Option<String>,
    pub(super) place: Place,
    pub(super) share: f64,
    /// Of a whole month.
    pub(super) quantity: f64,
    pub(super) usd: f64,
}

/// A bill at a volume.
#[derive(Clone, Debug, Default)]
pub(super) struct Sample {
    pub(super) requests: f64,
    pub(super) charges: Vec<Charge>,
    /// What stands.
    pub(super) fleets: Vec<Fleet>,
    /// What is configured, without the counts that follow the load. Not looked up for a pinned
    /// system: there the fleets tell whether tasks stand or run and stop.
    pub(super) configuration: Option<Configuration>,
}

impl Sample {
    pub(super) fn find(&self, key: &Key) -> Option<&Charge> {
        self.charges.iter().find(|charge| charge.key == *key)
    }

    /// Whether another volume is served by the same configuration.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.fleets == other.fleets && self.configuration == other.configuration
    }
}

impl Subject<'_> {
    fn workload(&self, requests: f64) -> Workload {
        let mut system = self.system.clone();
        let traffic = &mut system.components[self.index].traffic;
        traffic.requests_per_month = Some(Answer::Exact(requests));
        Workload::typical(&system, self.index).0
    }

    /// Does something with the platform at a volume; `None` where it is not priced, or where
    /// other components send more.
    fn at<T>(
        &self,
        requests: f64,
        then: impl FnOnce(&Prepared<'_>, RequestsPerMonth) -> Option<T>,
    ) -> Option<T> {
        let workload = self.workload(requests);
        if workload.requests.get() > requests {
            return None;
        }
        let platform = platform::find(self.platform)?;
        let prepared = Prepared::new(platform, &workload, self.book);
        if !prepared.priced() {
            return None;
        }
        then(&prepared, workload.requests)
    }

    /// Whether pools are chosen anew at every volume: that has no formula, nor a table of a
    /// bearable length.
    pub(super) fn moves_in_steps(&self) -> bool {
        let pin = &self.system.components[self.index].pin;
        self.platform == "aws-lambda-provisioned" && pin.provisioned_concurrency.is_none()
    }

    /// The bill at a volume.
    pub(super) fn sample(&self, requests: f64) -> Option<Sample> {
        self.at(requests, |prepared, volume| {
            let mut sample = Sample {
                requests,
                ..Sample::default()
            };
            prepared.charge(volume, &mut sample)?;
            sample.fleets = prepared.fleets(volume);
            if !self.pinned {
                sample.configuration = prepared.configuration(volume).map(without_counts);
            }
            Some(sample)
        })
    }
}

fn without_counts(configuration: Configuration) -> Configuration {
    Configuration {
        count_committed: None,
        count_spot: None,
        count_min: None,
        count_max: None,
        count_mean: None,
        peak_utilization: None,
        provisioned_concurrency: None,
        ..configuration
    }
}

impl Charges for Sample {
    fn line(&mut self, line: &Line<'_>) {
        let quantity = if line.share > 0.0 {
            line.quantity / line.share
        } else {
            0.0
        };
        let key = Key {
            environment: line.prefix.map(str::to_owned),
            name: line.name.to_owned(),
            price_id: line.price_id.to_owned(),
            kind: match line.place {
                Place::After(_) => Kind::Charge,
                Place::Credit { .. } => Kind::Credit,
                Place::OfLinesAbove => Kind::Discount,
            },
        };
        let usd = line.amount().get();
        if let Some(known) = self.charges.iter_mut().find(|charge| charge.key == key) {
            known.quantity += quantity;
            known.usd += usd;
            return;
        }
        let own = || {
            vec![Tier {
                up_to: None,
                usd: line.unit_price_usd,
            }]
        };
        self.charges.push(Charge {
            key,
            group: line.group,
            unit: line.unit,
            tiers: line
                .price
                .map_or_else(own, |(price, _)| price.tiers.clone()),
            note: line.note.map(str::to_owned),
            place: line.place,
            share: line.share,
            quantity,
            usd,
        });
    }
}

//! The platforms: what is bought for a workload, in which configuration, and how
//! fast it answers.
//!
//! A platform says *what* is bought (name, quantity, unit); what that costs is looked
//! up. [`Platform::prepare`] does everything that does not depend on the volume once:
//! prices, durations, capacities. The result then costs any volume in microseconds,
//! which is what break-evens, growth and sampling live on.

mod ec2;
mod fargate;
mod fit;
mod fleet;
mod front_door;
mod lambda;
mod run_and_stop;
mod shared;

use crate::bill::Bill;
use crate::evaluation::{Configuration, Family, Fit, LatencyEstimate, MissingPriceNote};
use crate::price::PriceBook;
use crate::units::{RequestsPerMonth, Usd};
use crate::workload::Workload;

/// One way to run a component.
pub trait Platform: Sync {
    /// Id, such as `aws-lambda`.
    fn id(&self) -> &'static str;
    /// Name, for people.
    fn label(&self) -> &'static str;
    /// Which side of the question it stands on.
    fn family(&self) -> Family;
    /// Effort to operate, 0 (least) to 3.
    fn operations_score(&self) -> u8;
    /// All that does not depend on the volume.
    fn prepare<'a>(&self, workload: &'a Workload, book: &'a PriceBook) -> Prepared<'a>;
}

/// A platform made ready for one workload.
pub struct Prepared<'a> {
    /// Prices that the book lacks; with any, nothing is priced.
    pub missing: Vec<MissingPriceNote>,
    /// The way to compute it.
    pub costing: Box<dyn Costing + 'a>,
}

impl std::fmt::Debug for Prepared<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Prepared")
            .field("missing", &self.missing)
            .finish_non_exhaustive()
    }
}

/// What a prepared platform can tell about a volume.
pub trait Costing {
    /// Says that many volumes will be asked for: what can be tabulated over the volume may
    /// be, within 1 % of the Initialization line.
    fn expect_many_volumes(&self) {}
    /// The cheapest monthly cost that keeps the latency target, or the cheapest at all
    /// where none does; `None` when the workload cannot run.
    fn quote(&self, requests: RequestsPerMonth) -> Option<Quote>;
    /// The same, with its configuration, bill and latency.
    fn detail(&self, requests: RequestsPerMonth) -> Option<Detail>;
    /// The limits, checked at this volume.
    fn fit(&self, requests: RequestsPerMonth) -> Fit;
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

impl Prepared<'_> {
    /// The cost, unless a price is missing or it cannot run.
    #[must_use]
    pub fn cost(&self, requests: RequestsPerMonth) -> Option<Usd> {
        self.quote(requests).map(|quote| quote.usd)
    }

    /// The cost and whether the target is met, unless a price is missing or it cannot run.
    #[must_use]
    pub fn quote(&self, requests: RequestsPerMonth) -> Option<Quote> {
        if self.missing.is_empty() {
            self.costing.quote(requests)
        } else {
            None
        }
    }
}

/// All platforms, in alphabetical order of their ids.
#[must_use]
pub const fn all() -> &'static [&'static dyn Platform] {
    &[&ec2::Ec2, &fargate::Fargate, &lambda::Lambda]
}

/// The platform of an id.
#[must_use]
pub fn find(id: &str) -> Option<&'static dyn Platform> {
    all().iter().copied().find(|platform| platform.id() == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_lists_every_platform_of_the_folder_in_alphabetical_order() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/platform");
        #[expect(clippy::disallowed_methods, reason = "the test reads the sources")]
        let platforms = std::fs::read_dir(folder)
            .expect("the folder")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
            .filter(|path| {
                std::fs::read_to_string(path)
                    .expect("a source")
                    .contains("impl Platform for")
            })
            .count();
        assert_eq!(all().len(), platforms);
        assert!(all().windows(2).all(|pair| pair[0].id() < pair[1].id()));
    }
}

//! "Lambda with `DynamoDB`, SQS, Step Functions and `EventBridge` covers 90 % of cases": how many
//! of the example workloads can run so, and for how many that is the cheaper side.

use std::rc::Rc;

use super::Standing;
use crate::evaluation::Family;
use crate::example;
use crate::platform::{self, Prepared};
use crate::price::{PriceBook, Region};
use crate::workload::Workload;

/// One part of an example workload.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The example's name in links.
    pub slug: &'static str,
    /// The example's name.
    pub title: &'static str,
    /// The component, where the example has several.
    pub component: String,
    /// Whether functions can run it and keep its latency target.
    pub covered: bool,
    /// Whether functions are what to choose.
    pub chosen: bool,
}

/// The claim, computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// The share that is claimed.
    pub claimed_share: f64,
    /// Every component of every example.
    pub cases: Vec<Case>,
}

/// Asks each platform about each component of each example, with the prices of a region.
#[must_use]
pub fn coverage(claimed_share: f64, region: Region, book: &PriceBook) -> Coverage {
    let cases = example::all().iter().flat_map(|example| {
        let mut system = example.system.clone();
        system.region = Some(region);
        (0..system.components.len())
            .map(|index| {
                let (workload, _) = Workload::typical(&system, index);
                let (covered, chosen) = functions(&workload, book);
                Case {
                    slug: &example.slug,
                    title: &example.title,
                    component: system.components[index].name.clone(),
                    covered,
                    chosen,
                }
            })
            .collect::<Vec<_>>()
    });
    Coverage {
        claimed_share,
        cases: cases.collect(),
    }
}

/// Whether functions can run a workload within its target, and whether they are the cheapest
/// that can.
fn functions(workload: &Workload, book: &PriceBook) -> (bool, bool) {
    let memo = Rc::default();
    let able = platform::all().iter().filter_map(|platform| {
        let prepared = Prepared::sharing(*platform, workload, book, &memo);
        let quote = prepared.quote(workload.requests)?;
        let serverless = platform.family() == Family::Serverless;
        prepared
            .fits(workload.requests)
            .then(|| (!quote.meets_target, quote.usd.get(), serverless))
    });
    let able: Vec<_> = able.collect();
    let best = able
        .iter()
        .min_by(|left, right| left.0.cmp(&right.0).then(left.1.total_cmp(&right.1)));
    let covered = able
        .iter()
        .any(|(misses, _, serverless)| *serverless && !misses);
    let chosen = best.is_some_and(|(misses, _, serverless)| *serverless && !misses);
    (covered, chosen)
}

impl Coverage {
    /// Share of the cases that functions can run.
    #[must_use]
    pub fn covered_share(&self) -> f64 {
        self.share(|case| case.covered)
    }

    /// Share of the cases for which they are what to choose.
    #[must_use]
    pub fn chosen_share(&self) -> f64 {
        self.share(|case| case.chosen)
    }

    /// Holds where they are what to choose so often, and has a condition where they can only run it.
    #[must_use]
    pub fn standing(&self) -> Standing {
        if self.chosen_share() >= self.claimed_share {
            Standing::Holds
        } else if self.covered_share() >= self.claimed_share {
            Standing::OnlyIf
        } else {
            Standing::Not
        }
    }

    fn share(&self, of: impl Fn(&Case) -> bool) -> f64 {
        let (mut some, mut all) = (0.0, 0.0);
        for case in &self.cases {
            all += 1.0;
            some += f64::from(of(case));
        }
        if all > 0.0 { some / all } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_component_of_every_example_is_asked_about() {
        let coverage = coverage(0.9, Region::UsEast1, PriceBook::embedded());
        let components: usize = example::all()
            .iter()
            .map(|example| example.system.components.len())
            .sum();
        assert_eq!(coverage.cases.len(), components);
        assert!(coverage.chosen_share() <= coverage.covered_share());
    }

    #[test]
    fn the_standing_follows_the_share_that_is_claimed() {
        let claimed = |share| coverage(share, Region::UsEast1, PriceBook::embedded());
        let exact = claimed(0.0);
        assert_eq!(exact.standing(), Standing::Holds);
        let covered = exact.covered_share();
        assert_eq!(claimed(covered + 0.01).standing(), Standing::Not);
        assert_eq!(
            claimed(covered).standing() == Standing::Holds,
            exact.chosen_share() >= covered
        );
    }
}

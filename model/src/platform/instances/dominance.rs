//! Dropping types that another one beats at any volume.

use super::catalog::Entry;
use super::purchase::Prices;
use super::shape::Shape;

/// A type in a shape, with its prices.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draft {
    pub(super) entry: &'static Entry,
    pub(super) shape: Shape,
    pub(super) prices: Prices,
}

/// A type with its prices.
#[derive(Clone, Copy, Debug)]
pub(super) struct Offer {
    pub(super) entry: &'static Entry,
    pub(super) prices: Prices,
}

/// Adds an offer unless one beats it that carries the same whatever the workload.
pub(super) fn keep_offer(offers: &mut Vec<Offer>, new: Offer) {
    let beats = |one: &Offer, other: &Offer| {
        one.entry.alike == other.entry.alike
            && no_dearer(&one.prices, &other.prices)
            && fewer_credits((one.entry, &one.prices), (other.entry, &other.prices))
    };
    if offers.iter().any(|old| beats(old, &new)) {
        return;
    }
    offers.retain(|old| !beats(&new, old));
    offers.push(new);
}

/// Adds a draft unless one beats it, and drops those that it beats; of equals the first stays.
pub(super) fn keep(drafts: &mut Vec<Draft>, new: Draft) {
    if drafts.iter().any(|old| beats(old, &new)) {
        return;
    }
    drafts.retain(|old| !beats(&new, old));
    drafts.push(new);
}

/// No less of every capacity, the same queueing, and no higher price in any way to buy.
fn beats(left: &Draft, right: &Draft) -> bool {
    let (a, b) = (&left.shape, &right.shape);
    let alike = a.queues == b.queues && (a.unit.vcpu - b.unit.vcpu).abs() < f64::EPSILON;
    let holds = a.per_instance >= b.per_instance && a.unit.places >= b.unit.places;
    alike
        && holds
        && no_dearer(&left.prices, &right.prices)
        && fewer_credits((left.entry, &left.prices), (right.entry, &right.prices))
}

fn no_dearer(left: &Prices, right: &Prices) -> bool {
    let committed = |prices: &Prices| prices.committed.unwrap_or(prices.on_demand);
    let spot = |prices: &Prices| prices.spot.unwrap_or(prices.on_demand);
    left.on_demand + left.beside <= right.on_demand + right.beside
        && committed(left) + left.beside <= committed(right) + right.beside
        && spot(left) + left.beside <= spot(right) + right.beside
}

/// Whether the first never needs more credits, or dearer ones.
fn fewer_credits(left: (&Entry, &Prices), right: (&Entry, &Prices)) -> bool {
    let base = |entry: &Entry| {
        let kind = entry.kind;
        kind.baseline_share.map(|share| share * kind.vcpu)
    };
    match (base(left.0), base(right.0)) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(a), Some(b)) => a >= b && left.1.credit <= right.1.credit,
    }
}

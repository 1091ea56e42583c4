//! Plans for a whole system: all serverless, all in containers, and the best platform for each
//! component, with what several components can share paid once.
//!
//! A load balancer, NAT gateways, endpoints and a Kubernetes control plane stand by the hour,
//! whoever uses them. Which of them a plan has is what ties the components together: for every
//! subset of them each component takes its cheapest option that needs no other, and the cheapest
//! of these plans is the plan. That is exact, since without the shared lines bills simply add up.
//! Within the band in which the bills of a family decide nothing a component then keeps the option
//! that comes first when it is alone, the lighter one to operate.

mod base_and_burst;

use std::collections::{BTreeMap, BTreeSet};

use crate::bill::LineItem;
use crate::estimate::eligible;
use crate::evaluation::{ComponentEvaluation, Family, Plan, PlatformOption};
use crate::reading::BEST_OF_EACH;
use crate::rules::Rules;

pub(crate) use base_and_burst::base_and_burst;

/// Prices of what stands by the hour for all components of a system.
const SHARED_PRICES: &[&str] = &[
    "amazon-eks/cluster/hour",
    "amazon-vpc/interface-endpoint/hour",
    "amazon-vpc/nat-gateway/hour",
    "elastic-load-balancing/alb/hour",
];
/// Addresses are shared where the load balancer is.
const SHARED_ADDRESSES: &str = "Public IPv4 of the load balancer";
/// More shared lines than this are not tried in all combinations: those beyond are always had.
const MOST_SHARED: usize = 12;

/// A shared line, by name (which tells environments apart) and price.
type Key = (String, String);

/// The plans: pure ones, and the best platform for each component.
pub(crate) fn plans(components: &[ComponentEvaluation]) -> Vec<Plan> {
    [
        ("all_serverless", Some(Family::Serverless)),
        ("all_containers", Some(Family::Containers)),
        (BEST_OF_EACH, None),
    ]
    .into_iter()
    .map(|(name, family)| plan(name, components, family))
    .collect()
}

fn plan(name: &str, components: &[ComponentEvaluation], family: Option<Family>) -> Plan {
    let choices: Vec<Vec<&PlatformOption>> = components
        .iter()
        .map(|component| choices(&component.options, family))
        .collect();
    let best = cheapest(&choices);
    let alone: Option<f64> = best.as_ref().map(|(chosen, _)| {
        let bills = chosen.iter().filter_map(|option| option.bill.as_ref());
        bills.map(|bill| bill.monthly_usd).sum()
    });
    Plan {
        plan: name.to_owned(),
        monthly_usd: best.as_ref().map(|(_, usd)| *usd),
        saved_by_sharing_usd: alone
            .zip(best.as_ref())
            .map_or(0.0, |(alone, (_, usd))| (alone - usd).max(0.0)),
        platforms: best
            .map(|(chosen, _)| {
                let ids = chosen.into_iter().map(|option| option.platform.clone());
                ids.collect()
            })
            .unwrap_or_default(),
    }
}

/// The options to choose from: those that keep the target, or all that can run where none does.
fn choices(options: &[PlatformOption], family: Option<Family>) -> Vec<&PlatformOption> {
    let able: Vec<&PlatformOption> = options
        .iter()
        .filter(|option| eligible(option) && family.is_none_or(|family| option.family == family))
        .collect();
    let in_time = able.iter().any(|option| option.meets_target);
    able.into_iter()
        .filter(|option| option.meets_target || !in_time)
        .collect()
}

/// The cheapest combination, with what it costs. A component that is alone shares nothing: its
/// own ranking holds.
fn cheapest<'o>(choices: &[Vec<&'o PlatformOption>]) -> Option<(Vec<&'o PlatformOption>, f64)> {
    if let [options] = choices {
        let first = *options.first()?;
        return Some((vec![first], usd(first)));
    }
    let options = choices.iter().flatten();
    let keys: BTreeSet<Key> = options
        .flat_map(|option| shared(option).into_keys())
        .collect();
    let keys: Vec<Key> = keys.into_iter().take(MOST_SHARED).collect();
    let mut best: Option<(Vec<&PlatformOption>, f64)> = None;
    for subset in 0_u32..1 << keys.len() {
        let had = |key: &Key| {
            let position = keys.iter().position(|known| known == key);
            position.is_none_or(|position| subset & (1 << position) != 0)
        };
        let Some(chosen) = choose(choices, &had) else {
            continue;
        };
        let usd = together(&chosen);
        if best.as_ref().is_none_or(|(_, least)| usd < *least) {
            best = Some((chosen, usd));
        }
    }
    best.map(|(chosen, usd)| lighter_first(choices, chosen, usd))
}

/// A component keeps the option that comes first when it is alone where that costs the plan so little more that within a
/// family it decides nothing: the lighter one to operate.
fn lighter_first<'o>(
    choices: &[Vec<&'o PlatformOption>],
    mut chosen: Vec<&'o PlatformOption>,
    mut least: f64,
) -> (Vec<&'o PlatformOption>, f64) {
    for (place, options) in choices.iter().enumerate() {
        let (Some(first), had) = (options.first().copied(), chosen[place]) else {
            continue;
        };
        if first.platform == had.platform || first.family != had.family {
            continue;
        }
        let mut other = chosen.clone();
        other[place] = first;
        let together = together(&other);
        if together - least <= Rules::embedded().same_family_band * usd(had) {
            (chosen, least) = (other, together);
        }
    }
    (chosen, least)
}

/// For each component the cheapest option whose shared lines are all had, these not counted.
fn choose<'o>(
    choices: &[Vec<&'o PlatformOption>],
    had: &impl Fn(&Key) -> bool,
) -> Option<Vec<&'o PlatformOption>> {
    let one = |options: &Vec<&'o PlatformOption>| {
        options
            .iter()
            .filter_map(|option| {
                let shared = shared(option);
                let possible = shared.keys().all(had);
                let counted: f64 = shared.values().sum();
                possible.then(|| (*option, usd(option) - counted))
            })
            .min_by(|left, right| left.1.total_cmp(&right.1))
            .map(|(option, _)| option)
    };
    choices.iter().map(one).collect()
}

/// What a combination costs when each shared line is paid once, at its largest.
fn together(chosen: &[&PlatformOption]) -> f64 {
    let mut largest: BTreeMap<Key, f64> = BTreeMap::new();
    let mut sum = 0.0;
    for option in chosen {
        sum += usd(option);
        for (key, amount) in shared(option) {
            sum -= amount;
            let entry = largest.entry(key).or_insert(0.0);
            *entry = entry.max(amount);
        }
    }
    sum + largest.values().sum::<f64>()
}

fn usd(option: &PlatformOption) -> f64 {
    crate::verdict::usd(option)
}

fn is_shared(line: &LineItem) -> bool {
    let shared = [SHARED_ADDRESSES, "Cluster DNS vCPU", "Cluster DNS memory"];
    SHARED_PRICES.contains(&line.price_id.as_str())
        || shared.iter().any(|name| line.name.ends_with(name))
}

fn shared(option: &PlatformOption) -> BTreeMap<Key, f64> {
    let lines = option.bill.iter().flat_map(|bill| &bill.lines);
    let mut sums = BTreeMap::new();
    for line in lines.filter(|line| is_shared(line)) {
        let key = (line.name.clone(), line.price_id.clone());
        *sums.entry(key).or_insert(0.0) += line.amount_usd;
    }
    sums
}

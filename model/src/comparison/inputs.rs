//! Every answer that differs between two systems.
//!
//! Both are first written in the one way that means the same: what says nothing (an empty list, a
//! range without width, "stated" as provenance) is left out, production alone and round the clock
//! is there whether it is named or not, sets are sorted, and the right speaks of its components by the names and places of the
//! left. Then they are compared leaf by leaf.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Both;
use super::pairs::{Pair, by_key, by_name_then_place};
use crate::system::{Answer, Environment, Link, Provenance, System};
use crate::units::HOURS_PER_WEEK;

/// An answer that differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InputDifference {
    /// Where it stands, such as `components[0].work.cpu_ms`: in the left, or in the right where
    /// only that has it.
    pub path: String,
    /// The left's; null where it has none.
    pub left: Option<Value>,
    /// The right's; null where it has none.
    pub right: Option<Value>,
}

/// What is there where no environment is named.
const PRODUCTION: &str = "production";

/// Leaves by their paths.
type Leaves = BTreeMap<String, Value>;

/// Every answer that differs: those of the system, then component by component.
///
/// A component, link or environment of one side only is one difference with all of its answers.
/// Components are the same by name, else by place; links by their ends, environments by name.
#[must_use]
pub fn inputs(left: &System, right: &System) -> Vec<InputDifference> {
    let components = by_name_then_place(&names(left), &names(right));
    let left = plain(left);
    let right = spoken_like(plain(right), &left, &components);
    let left = about_both(left, &components, |pair| pair.left);

    let mut found = Vec::new();
    compare("", &of_system(&left), &of_system(&right), &mut found);
    let environments = |system: &System| -> Vec<(String, Value)> {
        let all = system.operations.environments.iter().flatten();
        all.map(|one: &Environment| (one.name.clone(), json(one)))
            .collect()
    };
    listed(
        "operations.environments",
        &environments(&left),
        &environments(&right),
        &mut found,
    );
    let links = |system: &System| -> Vec<((String, String), Value)> {
        let all = system.links.iter();
        all.map(|link: &Link| ((link.from.clone(), link.to.clone()), json(link)))
            .collect()
    };
    listed("links", &links(&left), &links(&right), &mut found);
    let of = |system: &System| system.components.iter().map(json).collect::<Vec<_>>();
    paired(
        "components",
        &of(&left),
        &of(&right),
        &components,
        &mut found,
    );
    found
}

fn names(system: &System) -> Vec<String> {
    let components = system.components.iter();
    components.map(|component| component.name.clone()).collect()
}

/// A system without what says nothing, its sets sorted.
fn plain(system: &System) -> System {
    let mut plain = system.clone();
    system.name.trim().clone_into(&mut plain.name);
    system.notes.trim().clone_into(&mut plain.notes);
    plain.provenance.retain(|_, how| *how != Provenance::Stated);
    let whole = |one: &Environment| {
        one.hours_per_week >= HOURS_PER_WEEK && one.scale.total_cmp(&1.0).is_eq()
    };
    let environments = &mut plain.operations.environments;
    if environments.iter().flatten().all(whole) && environments.iter().flatten().count() < 2 {
        // Said or not: the same.
        *environments = Some(vec![Environment {
            name: PRODUCTION.to_owned(),
            hours_per_week: HOURS_PER_WEEK,
            scale: 1.0,
        }]);
    }
    plain.exclude.sort_unstable();
    plain.exclude.dedup();
    for component in &mut plain.components {
        component.needs.sort_by_key(|need| need.id());
        component.needs.dedup();
        let bursts = &mut component.traffic.bursts;
        *bursts = bursts.take().filter(|bursts| !bursts.is_empty());
        if let Some(bursts) = bursts {
            bursts.sort_by(|one, other| {
                let by_height = one.height.total_cmp(&other.height);
                by_height.then(one.minutes.total_cmp(&other.minutes))
            });
        }
    }
    plain
}

/// The right with the left's words for what both have: links go by the left's names, provenance
/// by the left's places.
fn spoken_like(right: System, left: &System, components: &[Pair]) -> System {
    let mut spoken = about_both(right, components, |pair| pair.right);
    let name_of = |name: &str| {
        let place = spoken.components.iter().position(|one| one.name == name);
        let mut pairs = components
            .iter()
            .filter(|pair| pair.right == place && place.is_some());
        let of_left = pairs.find_map(|pair| pair.left)?;
        Some(left.components[of_left].name.clone()).filter(|name| !name.is_empty())
    };
    let links = spoken.links.iter().map(|link| Link {
        from: name_of(&link.from).unwrap_or_else(|| link.from.clone()),
        to: name_of(&link.to).unwrap_or_else(|| link.to.clone()),
        calls_per_request: link.calls_per_request,
    });
    spoken.links = links.collect();
    let place_of_left = |path: &str| {
        let (place, rest) = placed(path)?;
        let mut pairs = components.iter();
        let pair = pairs.find(|pair| pair.right == Some(place))?;
        Some(format!("components[{}].{rest}", pair.left?))
    };
    let provenance = spoken.provenance.iter();
    spoken.provenance = provenance
        .map(|(path, how)| (place_of_left(path).unwrap_or_else(|| path.clone()), *how))
        .collect();
    spoken
}

/// Without the provenance of components that the other side does not have: they are a difference
/// as a whole.
fn about_both(mut system: System, components: &[Pair], own: fn(&Pair) -> Option<usize>) -> System {
    let shared: BTreeSet<usize> = components
        .iter()
        .filter(|pair| pair.left.is_some() && pair.right.is_some())
        .filter_map(own)
        .collect();
    system
        .provenance
        .retain(|path, _| placed(path).is_none_or(|(place, _)| shared.contains(&place)));
    system
}

/// `components[3].work.cpu_ms` as 3 and `work.cpu_ms`.
fn placed(path: &str) -> Option<(usize, &str)> {
    let (place, rest) = path.strip_prefix("components[")?.split_once("].")?;
    Some((place.parse().ok()?, rest))
}

/// What is not in lists of its own.
fn of_system(system: &System) -> Value {
    let mut value = json(system);
    if let Value::Object(fields) = &mut value {
        fields.remove("components");
        fields.remove("links");
        if let Some(Value::Object(operations)) = fields.get_mut("operations") {
            operations.remove("environments");
        }
    }
    value
}

/// Entries of two lists that are the same by their keys.
fn listed<K: PartialEq>(
    path: &str,
    left: &[(K, Value)],
    right: &[(K, Value)],
    found: &mut Vec<InputDifference>,
) {
    let split = |list: &[(K, Value)]| {
        list.iter()
            .map(|(_, value)| value.clone())
            .collect::<Vec<_>>()
    };
    let of_left: Vec<&K> = left.iter().map(|(key, _)| key).collect();
    let of_right: Vec<&K> = right.iter().map(|(key, _)| key).collect();
    let pairs = by_key(&of_left, &of_right);
    paired(path, &split(left), &split(right), &pairs, found);
}

/// Entries of two lists, compared pair by pair; what has no counterpart is listed as a whole.
fn paired(
    path: &str,
    left: &[Value],
    right: &[Value],
    pairs: &[Pair],
    found: &mut Vec<InputDifference>,
) {
    for pair in pairs {
        match (pair.left, pair.right) {
            (Some(one), Some(other)) => {
                compare(&format!("{path}[{one}]"), &left[one], &right[other], found);
            }
            (one, other) => found.push(InputDifference {
                path: format!("{path}[{}]", one.or(other).unwrap_or_default()),
                left: one.map(|place| left[place].clone()),
                right: other.map(|place| right[place].clone()),
            }),
        }
    }
}

/// The leaves that differ, by path.
fn compare(path: &str, left: &Value, right: &Value, found: &mut Vec<InputDifference>) {
    let leaves = |value: &Value| {
        let mut leaves = Leaves::new();
        collect(path, value, &mut leaves);
        leaves
    };
    let both = Both {
        left: leaves(left),
        right: leaves(right),
    };
    let paths: BTreeSet<&String> = both.left.keys().chain(both.right.keys()).collect();
    for path in paths {
        let (left, right) = (both.left.get(path), both.right.get(path));
        if left != right {
            found.push(InputDifference {
                path: path.clone(),
                left: left.cloned(),
                right: right.cloned(),
            });
        }
    }
}

/// The leaves of a value: texts, flags, numbers and ranges, lists as a whole.
fn collect(path: &str, value: &Value, leaves: &mut Leaves) {
    let Value::Object(fields) = value else {
        leaves.insert(path.to_owned(), value.clone());
        return;
    };
    if let Some(answer) = range(fields) {
        leaves.insert(path.to_owned(), answer);
        return;
    }
    // A component that buys on terms of its own does so even where it leaves them all open.
    if fields.contains_key("hourly") || (fields.is_empty() && path.ends_with("].purchase")) {
        leaves.insert(path.to_owned(), value.clone());
        return;
    }
    for (name, value) in fields {
        let path = match path {
            "" => name.clone(),
            path => format!("{path}.{name}"),
        };
        collect(&path, value, leaves);
    }
}

/// A range as it stands; one without width is a number.
fn range(fields: &Map<String, Value>) -> Option<Value> {
    let answer: Answer = serde_json::from_value(Value::Object(fields.clone())).ok()?;
    let (low, high) = answer.bounds();
    Some(if low.total_cmp(&high).is_eq() {
        json(&Answer::Exact(answer.typical()))
    } else {
        json(&answer)
    })
}

fn json<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

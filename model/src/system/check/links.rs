//! Links between components: their names and numbers, no circles, and no more requests than the
//! model takes.

use super::{Findings, LARGEST_LIST, LARGEST_NAME};
use crate::system::records::LINK_FIELDS;
use crate::system::{System, number_field};

pub(super) fn check(findings: &mut Findings, system: &System) {
    if system.links.len() > LARGEST_LIST {
        findings.add("links", format!("may have at most {LARGEST_LIST}"));
        return;
    }
    for (index, link) in system.links.iter().enumerate() {
        for (field, name) in [("from", &link.from), ("to", &link.to)] {
            findings.text(&format!("links[{index}].{field}"), name, LARGEST_NAME);
        }
        findings.record(&format!("links[{index}]"), link, LINK_FIELDS);
    }
    if let Some(index) = circle(system) {
        findings.add(
            format!("links[{index}]"),
            "closes a circle: a component would call itself without end",
        );
        return;
    }
    let most = number_field("traffic.requests_per_month").map_or(f64::INFINITY, |field| field.max);
    let totals = system.requests_with_links();
    if let Some(index) = totals.iter().position(|requests| requests.total > most) {
        findings.add(
            format!("components[{index}].traffic.requests_per_month"),
            "with the requests that links bring is more than 10^13",
        );
    }
}

/// The first link that leads back to a component that leads to it.
fn circle(system: &System) -> Option<usize> {
    let links = system.links.iter().enumerate();
    let mut closing = links.filter(|(index, link)| leads(system, *index, &link.to, &link.from));
    closing.next().map(|(index, _)| index)
}

/// Whether the links up to `last` lead from one name to another.
fn leads(system: &System, last: usize, from: &str, to: &str) -> bool {
    let mut open = vec![from];
    let mut seen: Vec<&str> = Vec::new();
    while let Some(name) = open.pop() {
        if name == to {
            return true;
        }
        if !seen.contains(&name) {
            seen.push(name);
            let next = system.links[..=last]
                .iter()
                .filter(|link| link.from == name);
            open.extend(next.map(|link| link.to.as_str()));
        }
    }
    false
}

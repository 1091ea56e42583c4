//! The rules for data: every entry has a known source, an ISO date and a unit,
//! ranges hold their value, ids are unique.

use std::collections::BTreeSet;

use super::source::{Citation, Figure, is_iso_date};
use super::{Architecture, Behavior, Language};

/// What is wrong with the data, as sentences; empty when all is well.
pub(super) fn faults(behavior: &Behavior) -> Vec<String> {
    let mut faults = Vec::new();
    origins(behavior, &mut faults);
    uniqueness(behavior, &mut faults);
    ranges(behavior, &mut faults);
    completeness(behavior, &mut faults);
    faults
}

/// Every entry with its origin.
pub(super) fn citations(behavior: &Behavior) -> Vec<Citation> {
    let mut all = Vec::new();
    for row in &behavior.limits.limit {
        all.push(Citation::new(
            format!("limits.toml {}", row.id),
            &row.source,
            &row.as_of,
            &row.unit,
        ));
    }
    for row in &behavior.limits.capability {
        all.push(Citation::new(
            format!("limits.toml capability {}", row.platform),
            &row.source,
            &row.as_of,
            "-",
        ));
    }
    all.extend(
        figures(behavior)
            .into_iter()
            .map(|(name, figure)| Citation::of(name, figure)),
    );
    let starts = &behavior.cold_starts;
    for row in starts
        .runtime
        .iter()
        .chain(&starts.framework)
        .chain(&starts.snap_start)
    {
        all.push(Citation::new(
            format!("cold_starts.toml {}", row.what),
            &row.source,
            &row.as_of,
            &row.unit,
        ));
    }
    for row in &starts.package {
        all.push(Citation::new(
            "cold_starts.toml package",
            &row.source,
            &row.as_of,
            &row.unit,
        ));
    }
    for row in &starts.stand_in {
        all.push(Citation::new(
            "cold_starts.toml stand_in",
            &row.source,
            &row.as_of,
            &row.unit,
        ));
    }
    fleet_citations(behavior, &mut all);
    for row in &behavior.latencies.service {
        all.push(Citation::new(
            format!("latencies.toml {}", row.id),
            &row.source,
            &row.as_of,
            &row.unit,
        ));
    }
    for row in &behavior.shapes {
        all.push(Citation::new(
            format!("traffic.toml {}", row.name.name()),
            &row.source,
            &row.as_of,
            &row.unit,
        ));
    }
    for row in &behavior.defaults.default {
        all.push(Citation::new(
            format!("defaults.toml {}", row.path),
            &row.source,
            &row.as_of,
            &row.unit,
        ));
    }
    all
}

fn fleet_citations(behavior: &Behavior, all: &mut Vec<Citation>) {
    let file = &behavior.instances;
    all.push(Citation::new(
        "instance_types.toml",
        &file.source,
        &file.as_of,
        &file.unit,
    ));
    all.push(Citation::new(
        "instance_types.toml baseline",
        &file.baseline_source,
        &file.baseline_as_of,
        &file.baseline_unit,
    ));
    all.push(Citation::new(
        "instance_types.toml pods",
        &file.pods_source,
        &file.pods_as_of,
        &file.pods_unit,
    ));
    for row in &file.reserve {
        all.push(Citation::new(
            format!("instance_types.toml {}", row.platform),
            &row.source,
            &row.as_of,
            "vCPU and MB",
        ));
    }
    for row in &behavior.sizes.size {
        all.push(Citation::new(
            format!("fargate_sizes.toml {}", row.vcpu),
            &row.source,
            &row.as_of,
            &row.unit,
        ));
    }
}

fn figures(behavior: &Behavior) -> Vec<(String, &Figure)> {
    let life = &behavior.cold_starts.lifecycle;
    let mut all = vec![
        ("cold_starts.toml allocation".to_owned(), &life.allocation),
        (
            "cold_starts.toml private_network".to_owned(),
            &life.private_network,
        ),
        ("cold_starts.toml large_read".to_owned(), &life.large_read),
        ("cold_starts.toml keep_alive".to_owned(), &life.keep_alive),
        ("cold_starts.toml lifetime".to_owned(), &life.lifetime),
        (
            "cold_starts.toml proactive_init_share".to_owned(),
            &life.proactive_init_share,
        ),
    ];
    let add_ons = &behavior.cold_starts.framework_add_on;
    all.extend(add_ons.iter().map(|row| {
        (
            format!("cold_starts.toml {}", row.framework.name()),
            &row.init,
        )
    }));
    let scaling = behavior.latencies.scaling.figures();
    all.extend(
        scaling
            .into_iter()
            .map(|(name, figure)| (format!("latencies.toml {name}"), figure)),
    );
    all
}

fn origins(behavior: &Behavior, faults: &mut Vec<String>) {
    for citation in citations(behavior) {
        let entry = &citation.entry;
        if behavior.source(&citation.source).is_none() {
            faults.push(format!("{entry}: no source {}", citation.source));
        }
        if !is_iso_date(&citation.as_of) {
            faults.push(format!("{entry}: {} is not an ISO date", citation.as_of));
        }
        if citation.unit.is_empty() {
            faults.push(format!("{entry}: no unit"));
        }
    }
}

fn uniqueness(behavior: &Behavior, faults: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    let sources = behavior
        .sources
        .iter()
        .map(|row| format!("source {}", row.id));
    let limits = behavior
        .limits
        .limit
        .iter()
        .map(|row| format!("limit {}", row.id));
    let services = behavior
        .latencies
        .service
        .iter()
        .map(|row| format!("latency {}", row.id));
    let instances = behavior
        .instances
        .instance_type
        .iter()
        .map(|row| format!("instance type {}", row.name));
    let defaults = behavior.defaults.default.iter().flat_map(|row| {
        let kinds = if row.kinds.is_empty() {
            vec!["any"]
        } else {
            row.kinds.iter().map(String::as_str).collect()
        };
        kinds
            .into_iter()
            .map(|kind| format!("default {} of {kind}", row.path))
    });
    for name in sources
        .chain(limits)
        .chain(services)
        .chain(instances)
        .chain(defaults)
    {
        if seen.contains(&name) {
            faults.push(format!("{name} stands twice"));
        }
        seen.insert(name);
    }
}

fn ranges(behavior: &Behavior, faults: &mut Vec<String>) {
    for (name, figure) in figures(behavior) {
        let low = figure.low.is_none_or(|low| low <= figure.value);
        let high = figure.high.is_none_or(|high| figure.value <= high);
        if !low || !high || !figure.value.is_finite() {
            faults.push(format!("{name}: the value is not within its range"));
        }
    }
    for entry in &behavior.defaults.default {
        let typical = entry.factor.or_else(|| entry.number());
        let within = typical.is_none_or(|typical| {
            entry.low.is_none_or(|low| low <= typical)
                && entry.high.is_none_or(|high| typical <= high)
        });
        if !within || entry.factor.is_some() != entry.factor_of.is_some() {
            faults.push(format!("default {}: range or factor", entry.path));
        }
    }
    let starts = &behavior.cold_starts;
    for row in starts
        .runtime
        .iter()
        .chain(&starts.framework)
        .chain(&starts.snap_start)
    {
        if !(row.p50_ms <= row.p95_ms && row.p95_ms <= row.p99_ms) || row.first_call.is_empty() {
            faults.push(format!(
                "cold start {}: percentiles or first call",
                row.what
            ));
        }
    }
}

fn completeness(behavior: &Behavior, faults: &mut Vec<String>) {
    for &language in Language::ALL {
        let stand_in = behavior
            .cold_starts
            .stand_in
            .iter()
            .find(|row| row.language == language);
        let language = stand_in.map_or(language, |row| row.measured_as);
        for &architecture in Architecture::ALL {
            for image in [false, true] {
                let measured = behavior.cold_starts.runtime.iter().any(|row| {
                    row.language == Some(language)
                        && row.architecture == Some(architecture)
                        && row.image == image
                });
                if !measured {
                    faults.push(format!(
                        "no cold start of {} on {}",
                        language.name(),
                        architecture.name()
                    ));
                }
            }
        }
    }
    for row in &behavior.sizes.size {
        if row.memory_gb.is_empty()
            || Architecture::ALL
                .iter()
                .any(|name| !row.architectures.contains(name))
        {
            faults.push(format!(
                "task size of {} vCPU: want memory, and both architectures",
                row.vcpu
            ));
        }
    }
    for &name in crate::traffic::ShapeName::ALL {
        if !behavior.shapes.iter().any(|shape| shape.name == name) {
            faults.push(format!("no shape {}", name.name()));
        }
    }
}

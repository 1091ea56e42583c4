//! From a system to its evaluation: every platform for every component, ranked, with
//! what decides between them.

mod parts;

use std::rc::Rc;

pub use parts::{Parts, UnknownPart};

use crate::break_even::{self, Curve};
use crate::evaluation::{
    Assumption, BreakEven, ComponentEvaluation, CostCurve, Evaluation, Family, Fit, Flip,
    PlatformOption,
};
use crate::growth;
use crate::hybrid;
use crate::mitigation;
use crate::platform::{self, Platform, Prepared};
use crate::price::PriceBook;
use crate::sensitivity;
use crate::state;
use crate::system::System;
use crate::uncertainty::{self, Odds};
use crate::verdict;
use crate::workload::Workload;

/// Version of the model, kept with every stored result.
pub const MODEL_VERSION: &str = env!("CARGO_PKG_VERSION");

/// Functions on demand, which mitigations start from.
const ON_DEMAND: &str = "aws-lambda";
/// A platform leads its family while nobody is cheaper by more than this share.
const LEADS_WITHIN: f64 = 1e-3;

/// One platform made ready, with what it is.
pub(crate) struct Candidate<'a> {
    pub(crate) platform: &'static dyn Platform,
    pub(crate) prepared: Prepared<'a>,
    pub(crate) fit: Fit,
}

impl Candidate<'_> {
    /// Whether it can be chosen: within its limits and priced.
    pub(crate) fn eligible(&self) -> bool {
        self.fit.ok && self.prepared.priced()
    }
}

/// All platforms, ready for a workload.
pub(crate) fn candidates<'a>(workload: &'a Workload, book: &'a PriceBook) -> Vec<Candidate<'a>> {
    let memo = Rc::default();
    let ready = |platform: &&'static dyn Platform| {
        let prepared = Prepared::sharing(*platform, workload, book, &memo);
        let fit = prepared.fit(workload.requests);
        Candidate {
            platform: *platform,
            prepared,
            fit,
        }
    };
    platform::all().iter().map(ready).collect()
}

/// Computes the evaluation of a system that passed [`System::check`].
///
/// The same system, book and parts give the same bits wherever it runs.
#[must_use]
pub fn evaluate(system: &System, book: &PriceBook, parts: &Parts) -> Evaluation {
    let mut assumptions = Vec::new();
    let mut components = Vec::new();
    let mut odds = Vec::new();
    let mut workloads = Vec::new();
    for index in 0..system.components.len() {
        let (workload, mut assumed) = Workload::typical(system, index);
        let (component, chances) = component(system, index, &workload, book, *parts, &mut assumed);
        assumptions.append(&mut assumed);
        components.push(component);
        odds.push(chances);
        workloads.push(workload);
    }
    // Shared answers are assumed once, whatever the number of components.
    assumptions.dedup_by(|left, right| left.input == right.input);
    let mut seen = std::collections::BTreeSet::new();
    assumptions.retain(|assumption| seen.insert(assumption.input.clone()));
    let totals = hybrid::plans(&components);
    let best = totals.last().cloned().unwrap_or_default();
    let growth = if parts.growth {
        growth::months(system, &workloads, book)
    } else {
        Vec::new()
    };
    let mut evaluation = Evaluation {
        price_book: book.version().to_owned(),
        model_version: MODEL_VERSION.to_owned(),
        verdict: verdict::of_system(system, &components, &best, &odds),
        totals: if parts.hybrid { totals } else { Vec::new() },
        switch: growth::switch(system, &growth),
        growth,
        assumptions,
        excluded: system
            .exclude
            .iter()
            .map(|group| group.name().to_owned())
            .collect(),
        warnings: verdict::warnings(system, &components, &workloads),
        components,
    };
    strip(&mut evaluation, *parts);
    evaluation
}

fn component(
    system: &System,
    index: usize,
    workload: &Workload,
    book: &PriceBook,
    parts: Parts,
    assumed: &mut [Assumption],
) -> (ComponentEvaluation, Option<Odds>) {
    let candidates = candidates(workload, book);
    let mut options: Vec<PlatformOption> = candidates
        .iter()
        .map(|candidate| option(candidate, workload))
        .collect();
    verdict::rank(&mut options);
    let odds = parts
        .confidence
        .then(|| uncertainty::odds(system, index, book, workload, &options))
        .flatten();
    note_odds(&mut options, odds.as_ref());
    let (break_even, mut cost_curve) = if parts.break_even {
        chart(&candidates)
    } else {
        Default::default()
    };
    if parts.break_even && odds.is_some() {
        cost_curve.bands = uncertainty::bands(system, index, book, workload, &options, &cost_curve);
    }
    let cost_curve = break_even::rounded(cost_curve);
    let family = verdict::family(&options, odds.as_ref());
    let flips = if parts.flips {
        sensitivity::mark_assumptions(system, index, book, workload, &options, assumed);
        sensitivity::flips(system, index, workload, book, &options, &break_even)
    } else {
        Vec::<Flip>::new()
    };
    let mut verdict = verdict::of_component(workload, family, &options, odds.as_ref(), &break_even);
    verdict.reasons.extend(state::batching(workload, book));
    verdict::explain(&mut options);
    let information = odds
        .as_ref()
        .map(|odds| odds.information.clone())
        .unwrap_or_default();
    if parts.flips {
        mitigate(&mut options, workload, book);
    }
    let base_and_burst = parts
        .hybrid
        .then(|| hybrid::base_and_burst(workload, book, &options))
        .flatten();
    let component = ComponentEvaluation {
        name: workload.name.clone(),
        verdict,
        options,
        break_even,
        cost_curve,
        flips,
        information,
        services: state::services_priced(workload, book),
        base_and_burst,
    };
    (component, odds)
}

/// How often each option is the cheapest that fits.
fn note_odds(options: &mut [PlatformOption], odds: Option<&Odds>) {
    for option in options {
        option.probability_cheapest = odds.and_then(|odds| odds.probability(&option.platform));
    }
}

/// What else could be done, for functions on demand and for the best container option.
fn mitigate(options: &mut [PlatformOption], workload: &Workload, book: &PriceBook) {
    let containers = options
        .iter()
        .position(|option| option.family == Family::Containers && eligible(option));
    for (rank, option) in options.iter_mut().enumerate() {
        if option.platform == ON_DEMAND || Some(rank) == containers {
            option.mitigations = mitigation::mitigations(workload, book, &option.platform);
        }
    }
}

fn option(candidate: &Candidate<'_>, workload: &Workload) -> PlatformOption {
    let priced = candidate.prepared.priced();
    let detail = candidate.prepared.detail(workload.requests);
    let (configuration, bill, latency, meets_target) = match detail {
        Some(detail) => (
            detail.configuration,
            priced.then_some(detail.bill),
            detail.latency,
            detail.meets_target,
        ),
        None => (
            crate::evaluation::Configuration::default(),
            None,
            None,
            false,
        ),
    };
    PlatformOption {
        platform: candidate.platform.id().to_owned(),
        label: candidate.platform.label().to_owned(),
        family: candidate.platform.family(),
        fit: candidate.fit.clone(),
        configuration,
        bill,
        latency,
        meets_target,
        probability_cheapest: None,
        operations_score: candidate.platform.operations_score(),
        mitigations: Vec::new(),
        missing_prices: candidate.prepared.missing.clone(),
        why_not: String::new(),
    }
}

/// The option of one platform for a workload; `None` for an id that is no platform's.
pub(crate) fn candidate(
    platform: &str,
    workload: &Workload,
    book: &PriceBook,
) -> Option<PlatformOption> {
    let platform = platform::find(platform)?;
    let prepared = Prepared::new(platform, workload, book);
    let fit = prepared.fit(workload.requests);
    Some(option(
        &Candidate {
            platform,
            prepared,
            fit,
        },
        workload,
    ))
}

fn chart(candidates: &[Candidate<'_>]) -> (Vec<BreakEven>, CostCurve) {
    let eligible = candidates.iter().filter(|candidate| candidate.eligible());
    let curves: Vec<Curve<'_>> = eligible
        .map(|candidate| {
            let platform = candidate.platform;
            Curve::new(platform.id(), platform.family(), &candidate.prepared)
        })
        .collect();
    for candidate in candidates {
        candidate.prepared.expect_many_volumes();
    }
    let drawn = break_even::cost_curve(&curves);
    let mut flips = break_even::break_evens(&curves, &drawn);
    for flip in &mut flips {
        flip.decides = decides(flip, &curves);
    }
    (flips, drawn)
}

/// Whether both platforms of a flip are the cheapest of their families there.
fn decides(flip: &BreakEven, curves: &[Curve<'_>]) -> bool {
    let cost = |curve: &Curve<'_>| curve.at(flip.requests_per_month).unwrap_or(f64::INFINITY);
    let of = |id: &str| curves.iter().find(|curve| curve.platform() == id);
    let (Some(first), Some(second)) = (of(&flip.between[0]), of(&flip.between[1])) else {
        return false;
    };
    let leads = |own: &Curve<'_>| {
        let rivals = curves.iter().filter(|rival| rival.family() == own.family());
        let least = rivals.map(cost).fold(f64::INFINITY, f64::min);
        cost(own) <= least * (1.0 + LEADS_WITHIN)
    };
    first.family() != second.family() && leads(first) && leads(second)
}

/// Takes out what was computed on the way but not asked for.
fn strip(evaluation: &mut Evaluation, parts: Parts) {
    for option in evaluation
        .components
        .iter_mut()
        .flat_map(|component| &mut component.options)
    {
        if !parts.latency {
            option.latency = None;
        }
        if let (false, Some(bill)) = (parts.bill, &mut option.bill) {
            bill.lines.clear();
        }
    }
}

/// Whether an option can be chosen.
pub(crate) fn eligible(option: &PlatformOption) -> bool {
    option.fit.ok && option.bill.is_some() && option.family != Family::None
}

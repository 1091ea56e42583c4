//! Finding the form of every line, and verifying it where it was not fitted.

mod knots;
mod quantity;
mod rule;

use super::amount::amounts;
use super::sample::{Charge, Key, Sample, Subject};
use super::{Fleet, Form, Line, Part, Rule, Scaling};
use crate::price::Tier;

/// Volumes against the stated one at which bills are looked at.
const MULTIPLES: [f64; 15] = [
    0.1, 0.143, 0.25, 0.37, 0.5, 0.71, 0.9, 1.0, 1.11, 1.4, 2.0, 2.7, 4.0, 7.0, 10.0,
];
/// Volumes between them at which only verified forms are kept.
const BETWEEN: [f64; 10] = [
    0.1017, 0.1183, 0.206, 0.3333, 0.597, 1.2345, 1.777, 3.21, 5.4321, 8.881,
];
/// How far from the stated volume forms are sought, widest first.
const WINDOWS: [f64; 3] = [10.0, 4.0, 1.5];
/// Volumes at which fleets are looked through.
const GRID: u32 = 1_000;
/// What a formula may be off.
const EXACT: f64 = 1e-9;
/// The same in US dollars a month, where the amount is small.
const EXACT_USD: f64 = 1e-6;
/// What a table may be off, US dollars a month.
const TABLE_USD: f64 = 0.002;

/// The forms of all lines; `None` where there is no bill at the stated volume.
///
/// Where some line has none over all volumes, nearer ones are tried: another environment may
/// be served in another way far from the stated volume.
pub(super) fn fit(subject: &Subject<'_>, requests: f64, linked: f64) -> Option<Scaling> {
    if requests <= 0.0 {
        return None;
    }
    let samples = regime(subject, requests)?;
    let between = BETWEEN.iter().map(|by| requests * by);
    let checks: Vec<Sample> = between
        .filter_map(|volume| subject.sample(volume))
        .collect();
    let mut widest = None;
    for window in WINDOWS {
        let near = |sample: &&Sample| {
            sample.requests >= requests / window && sample.requests <= requests * window
        };
        let samples: Vec<Sample> = samples.iter().filter(near).cloned().collect();
        let fitted = Fitting::new(subject, requests, samples)?.scaling(linked, &checks);
        if fitted.is_live() || subject.moves_in_steps() {
            return Some(fitted);
        }
        widest = widest.or(Some(fitted));
    }
    widest
}

/// The bills of one window around the stated volume.
struct Fitting<'a> {
    subject: &'a Subject<'a>,
    samples: Vec<Sample>,
    stated: Sample,
    keys: Vec<Key>,
}

impl<'a> Fitting<'a> {
    fn new(subject: &'a Subject<'a>, requests: f64, samples: Vec<Sample>) -> Option<Self> {
        Some(Self {
            subject,
            stated: samples.iter().find(|sample| is(sample, requests))?.clone(),
            keys: keys(&samples),
            samples,
        })
    }

    fn scaling(&self, linked: f64, checks: &[Sample]) -> Scaling {
        let Self {
            samples,
            stated,
            keys,
            ..
        } = self;
        let ends = |sample: Option<&Sample>| sample.map_or(stated.requests, |of| of.requests);
        let (first, last) = (ends(samples.first()), ends(samples.last()));
        let fleets = stated.fleets.clone();
        let mut lines: Vec<Line> = Vec::with_capacity(keys.len());
        let mut open = Vec::new();
        for (place, key) in keys.iter().enumerate() {
            let form = quantity::form(samples, key, &fleets);
            let rule = rule::rule(samples, key, &keys[..place]);
            if form.is_none() && rule.is_some() {
                open.push(place);
            }
            lines.push(line(samples, stated, key, form, rule.as_ref()));
        }
        let inside = |check: &&Sample| check.requests > first && check.requests < last;
        let checks: Vec<Sample> = samples
            .iter()
            .chain(checks.iter().filter(inside))
            .cloned()
            .collect();
        if !open.is_empty() && !self.subject.moves_in_steps() {
            let between = (first, stated.requests, last);
            knots::fill(self.subject, between, keys, open, &mut lines, &checks);
        }
        hold_unverified(&mut lines, keys, &fleets, &checks, stated);
        Scaling {
            requests: stated.requests,
            linked,
            range: (first, last),
            fleets,
            lines,
            pinned: false,
        }
    }
}

fn is(sample: &Sample, requests: f64) -> bool {
    sample.requests.total_cmp(&requests).is_eq()
}

/// The bills around the stated volume as far as they are of the same configuration.
fn regime(subject: &Subject<'_>, requests: f64) -> Option<Vec<Sample>> {
    let stated = subject.sample(requests)?;
    let same = |by: &f64| {
        let sample = subject.sample(requests * by)?;
        sample.is_like(&stated).then_some(sample)
    };
    let middle = MULTIPLES.iter().position(|by| *by >= 1.0)?;
    let mut samples: Vec<Sample> = MULTIPLES[..middle].iter().rev().map_while(same).collect();
    samples.reverse();
    samples.push(stated.clone());
    samples.extend(MULTIPLES[middle + 1..].iter().map_while(same));
    let (first, last) = (samples.first()?.requests, samples.last()?.requests);
    for volume in unseen(&stated.fleets, &samples, first, last) {
        samples.extend(subject.sample(volume));
    }
    samples.sort_by(|left, right| left.requests.total_cmp(&right.requests));
    Some(samples)
}

/// Volumes at which something is bought of a fleet that is not bought at any of the samples.
fn unseen(fleets: &[Fleet], samples: &[Sample], first: f64, last: f64) -> Vec<f64> {
    let bought = |fleet: &Fleet, part: Part, volume: f64| fleet.of_month(volume).part(part) > 0.0;
    let mut volumes = Vec::new();
    for fleet in fleets {
        for part in Part::ALL {
            let seen = |sample: &Sample| bought(fleet, part, sample.requests);
            if !samples.iter().any(seen) {
                let grid =
                    (1..GRID).map(|at| first + (last - first) * f64::from(at) / f64::from(GRID));
                volumes.extend(grid.into_iter().find(|volume| bought(fleet, part, *volume)));
            }
        }
    }
    volumes
}

/// All lines that occur, each after those that it follows.
fn keys(samples: &[Sample]) -> Vec<Key> {
    let mut keys: Vec<Key> = Vec::new();
    for sample in samples {
        let mut next = 0;
        for charge in &sample.charges {
            if let Some(place) = keys.iter().position(|key| *key == charge.key) {
                next = place + 1;
            } else {
                keys.insert(next, charge.key.clone());
                next += 1;
            }
        }
    }
    keys
}

/// The charge of a line where it occurs, at the stated volume if possible.
fn find<'s>(samples: &'s [Sample], stated: &'s Sample, key: &Key) -> Option<&'s Charge> {
    let anywhere = samples.iter().find_map(|sample| sample.find(key));
    stated.find(key).or(anywhere)
}

fn line(
    samples: &[Sample],
    stated: &Sample,
    key: &Key,
    form: Option<Form>,
    rule: Option<&Rule>,
) -> Line {
    let now = stated.find(key).map_or(0.0, |charge| charge.quantity);
    let charge = find(samples, stated, key);
    let charge = charge.unwrap_or_else(|| unreachable!("the key is that of one of the charges"));
    let mut line = Line {
        group: charge.group,
        environment: key.environment.clone(),
        name: key.name.clone(),
        unit: charge.unit,
        price_id: key.price_id.clone(),
        tiers: charge.tiers.clone(),
        note: charge.note.clone(),
        form: form.unwrap_or(Form::Held(now)),
        rule: rule.cloned().unwrap_or(Rule::After(Vec::new())),
        share: charge.share,
    };
    if rule.is_none() {
        hold(&mut line, stated.find(key));
    }
    line
}

/// Holds every line that does not give the model's amount at some volume, until the rest does.
fn hold_unverified(
    lines: &mut [Line],
    keys: &[Key],
    fleets: &[Fleet],
    checks: &[Sample],
    stated: &Sample,
) {
    loop {
        let mut wrong = vec![false; lines.len()];
        for check in checks {
            let found = amounts(lines, fleets, check.requests);
            for (place, usd) in found.iter().enumerate() {
                let wanted = check.find(&keys[place]).map_or(0.0, |charge| charge.usd);
                wrong[place] |= (usd - wanted).abs() > tolerance(lines, place, wanted);
            }
        }
        let mut changed = false;
        for (place, _) in wrong.iter().enumerate().filter(|(_, wrong)| **wrong) {
            if !lines[place].form.is_held() {
                hold(&mut lines[place], stated.find(&keys[place]));
                changed = true;
            }
        }
        if !changed {
            return;
        }
    }
}

/// What a line may be off: next to nothing, unless a table is in it.
fn tolerance(lines: &[Line], place: usize, usd: f64) -> f64 {
    let tabulated = |line: &Line| matches!(line.form, Form::Tabulated(_));
    let from = match &lines[place].rule {
        Rule::After(of) | Rule::Credit { of, .. } => of.iter().any(|at| tabulated(&lines[*at])),
        Rule::Discount(_) => lines[..place].iter().any(tabulated),
    };
    let exact = (usd.abs() * EXACT).max(EXACT_USD);
    if from || tabulated(&lines[place]) {
        exact.max(TABLE_USD)
    } else {
        exact
    }
}

/// The line as computed at the stated volume: what it costs there at a price of its own.
fn hold(line: &mut Line, stated: Option<&Charge>) {
    let (quantity, usd) = stated.map_or((0.0, 0.0), |charge| (charge.quantity, charge.usd));
    line.form = Form::Held(quantity);
    line.rule = Rule::After(Vec::new());
    if quantity.abs() > 0.0 && line.share > 0.0 {
        line.tiers = vec![Tier {
            up_to: None,
            usd: usd / quantity / line.share,
        }];
    }
}

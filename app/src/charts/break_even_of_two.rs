//! Two scenarios on one chart: the cheapest serverless and the cheapest container option of each over traffic, both axes
//! logarithmic, with the break-evens and where each stands. The best of a side changes with the volume; drawn like this,
//! the lines cross where the answer turns.

mod draw;
mod table;

use model::evaluation::{BreakEvenKind, ComponentEvaluation, CostSeries, Family};

use super::break_even::{Crossing, LEAST_USD, PlotLine, nearest, window};
use super::charted::{cheapest_side, decisive};
use super::drawing::{Drawing, Layout};
use super::ink::{decade_above, decade_below};
use super::{Subject, break_even};
use crate::format;
use table::cost_at;

/// Its name in addresses: the chart of one scenario, of two.
pub const ID: &str = break_even::CHART.id;

const SENTENCE: &str = "Cost a month over requests a month, both on logarithmic axes, for the cheapest option of each side at each volume. Dashed is serverless, solid is containers; A is drawn heavy, B fine with dots. A ring marks each break-even, an upright line where each scenario stands.";
/// Costs and volumes this close, as a share, are drawn as one.
const SAME: f64 = 0.01;
/// The two sides of the question, as their lines are called.
const SIDES: [(Family, &str); 2] = [
    (Family::Serverless, "Serverless"),
    (Family::Containers, "Containers"),
];

/// Whose a line or a mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The left's alone.
    A,
    /// The right's alone.
    B,
    /// Of both alike.
    Both,
}

impl Whose {
    /// The letter beside a name.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::Both => "A, B",
        }
    }
}

/// What is drawn, before it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// The cheapest of each family in each scenario; one line where they are the same.
    pub lines: Vec<(Whose, PlotLine)>,
    /// Where the cheapest option turns from one family to the other.
    pub crossings: Vec<(Whose, Crossing)>,
    /// Where each scenario stands, requests a month.
    pub here: Vec<(Whose, f64)>,
    /// Requests a month, from and to.
    pub x: (f64, f64),
    /// US dollars a month, from and to.
    pub y: (f64, f64),
}

/// One scenario's component.
struct Side<'s> {
    whose: Whose,
    component: &'s ComponentEvaluation,
    here: Option<f64>,
}

impl<'s> Side<'s> {
    fn of(whose: Whose, subject: &Subject<'s>) -> Option<Self> {
        Some(Self {
            whose,
            component: subject.evaluation.components.get(subject.index)?,
            here: subject
                .system
                .traffic(subject.index)
                .filter(|requests| *requests > 0.0),
        })
    }

    /// The break-even that one would meet first from where one stands.
    fn nearest(&self) -> Option<f64> {
        nearest(self.component, self.here).map(|flip| flip.requests_per_month)
    }

    fn lines(&self, x: (f64, f64)) -> Vec<(Whose, PlotLine)> {
        let lines = SIDES.into_iter();
        lines
            .filter_map(|(family, name)| {
                Some((self.whose, cheapest(self.component, family, name, x)?))
            })
            .collect()
    }

    /// The break-evens within the chart, on the line of the functions: it has no stairs.
    fn crossings(&self, lines: &[(Whose, PlotLine)], x: (f64, f64)) -> Vec<(Whose, Crossing)> {
        let line = lines
            .iter()
            .find(|(_, line)| line.family == Family::Serverless);
        let Some((_, line)) = line else {
            return Vec::new();
        };
        let flips = decisive(self.component).into_iter();
        let within = flips.filter(|flip| (x.0..=x.1).contains(&flip.requests_per_month));
        within
            .filter_map(|flip| {
                let requests = flip.requests_per_month;
                let crossing = Crossing {
                    requests,
                    usd: cost_at(&line.points, requests)?,
                    step: flip.kind == BreakEvenKind::Step,
                };
                Some((self.whose, crossing))
            })
            .collect()
    }
}

/// The cheapest option of a family at each volume; `None` with less than two points.
fn cheapest(
    component: &ComponentEvaluation,
    family: Family,
    name: &str,
    x: (f64, f64),
) -> Option<PlotLine> {
    let curve = &component.cost_curve;
    let of_family = |series: &&CostSeries| {
        let mut options = component.options.iter();
        options.any(|option| option.platform == series.platform && option.family == family)
    };
    let series: Vec<&CostSeries> = curve.options.iter().filter(of_family).collect();
    let least = |point: usize| {
        let costs = series.iter().filter_map(|series| series.monthly_usd[point]);
        costs.min_by(f64::total_cmp)
    };
    let volumes = curve.requests_per_month.iter().enumerate();
    let points: Vec<(f64, f64)> = volumes
        .filter(|(_, requests)| (x.0..=x.1).contains(*requests))
        .filter_map(|(point, requests)| Some((*requests, least(point)?.max(LEAST_USD))))
        .collect();
    (points.len() > 1).then(|| PlotLine {
        label: name.to_owned(),
        family,
        points,
        band: Vec::new(),
    })
}

/// The chart of two components; `None` where one of them has nothing to draw.
#[must_use]
pub fn drawing(left: &Subject<'_>, right: &Subject<'_>) -> Option<Drawing> {
    let (left, right) = (Side::of(Whose::A, left)?, Side::of(Whose::B, right)?);
    let plot = plot(&left, &right)?;
    Some(Drawing {
        title: finding(&left, &right),
        sentence: SENTENCE.to_owned(),
        wide: Layout::Wide.picture(draw::HEIGHT_WIDE, draw::chart(&plot, Layout::Wide)),
        narrow: Layout::Narrow.picture(draw::HEIGHT_NARROW, draw::chart(&plot, Layout::Narrow)),
        table: table::table(&plot),
    })
}

fn plot(left: &Side<'_>, right: &Side<'_>) -> Option<Plot> {
    let of = |side: &Side<'_>| window(side.component, side.here, None);
    let (one, other) = (of(left)?, of(right)?);
    let x = (one.0.min(other.0), one.1.max(other.1));
    let (of_left, of_right) = (left.lines(x), right.lines(x));
    let crossings = merged(
        left.crossings(&of_left, x),
        right.crossings(&of_right, x),
        |one, other| close(one.requests, other.requests) && close(one.usd, other.usd),
    );
    let lines = merged(of_left, of_right, alike);
    let stands = |side: &Side<'_>| {
        side.here
            .map(|here| (side.whose, here))
            .into_iter()
            .collect()
    };
    let here = merged(stands(left), stands(right), |one, other| {
        close(*one, *other)
    });
    let costs = || {
        lines
            .iter()
            .flat_map(|(_, line)| line.points.iter().map(|(_, usd)| *usd))
    };
    let (least, most) = (
        costs().fold(f64::INFINITY, f64::min),
        costs().fold(0.0, f64::max),
    );
    (!lines.is_empty()).then(|| Plot {
        y: (decade_below(least), decade_above(most)),
        lines,
        crossings,
        here,
        x,
    })
}

/// What both have alike becomes one.
fn merged<T>(
    left: Vec<(Whose, T)>,
    right: Vec<(Whose, T)>,
    same: impl Fn(&T, &T) -> bool,
) -> Vec<(Whose, T)> {
    let mut all = left;
    for (whose, thing) in right {
        match all
            .iter_mut()
            .find(|(of, known)| *of == Whose::A && same(known, &thing))
        {
            Some((of, _)) => *of = Whose::Both,
            None => all.push((whose, thing)),
        }
    }
    all
}

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() <= SAME * one.abs().max(other.abs())
}

/// The same option at the same cost wherever both are drawn.
fn alike(one: &PlotLine, other: &PlotLine) -> bool {
    one.label == other.label
        && one.points.len() == other.points.len()
        && one
            .points
            .iter()
            .zip(&other.points)
            .all(|(one, other)| close(one.0, other.0) && close(one.1, other.1))
}

/// How far the break-evens of the two lie apart, and where each stands.
fn finding(left: &Side<'_>, right: &Side<'_>) -> String {
    let told = match (left.nearest(), right.nearest()) {
        (Some(one), Some(other)) if close(one, other) => {
            format!(
                "Both break even at about {} requests a month",
                format::count(one)
            )
        }
        (Some(one), Some(other)) => format!(
            "The break-even moves from about {} requests a month in A to about {} in B",
            format::count(one),
            format::count(other)
        ),
        (Some(one), None) => only("A", one, "B", right),
        (None, Some(other)) => only("B", other, "A", left),
        (None, None) => none(left, right),
    };
    format!("{told}{}", stands(left.here, right.here))
}

fn only(with: &str, at: f64, without: &str, side: &Side<'_>) -> String {
    format!(
        "{with} breaks even at about {} requests a month; in {without} {} the cheaper at every volume shown",
        format::count(at),
        cheaper(side)
    )
}

fn none(left: &Side<'_>, right: &Side<'_>) -> String {
    let (one, other) = (cheaper(left), cheaper(right));
    if one == other {
        format!("No break-even in either: {one} the cheaper at every volume shown")
    } else {
        format!(
            "No break-even: at every volume shown {one} the cheaper in A, {other} the cheaper in B"
        )
    }
}

fn cheaper(side: &Side<'_>) -> &'static str {
    match cheapest_side(side.component, side.here.unwrap_or(1.0)) {
        Some(Family::Serverless) => "functions are",
        Some(Family::Containers) => "containers are",
        _ => "one side is",
    }
}

fn stands(left: Option<f64>, right: Option<f64>) -> String {
    match (left, right) {
        (Some(one), Some(other)) if close(one, other) => {
            format!("; both are at {}", format::count(one))
        }
        (Some(one), Some(other)) => format!(
            "; A is at {}, B at {}",
            format::count(one),
            format::count(other)
        ),
        _ => String::new(),
    }
}

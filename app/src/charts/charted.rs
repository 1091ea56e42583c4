//! What of an evaluation goes on the chart: with a dozen platforms, the lines that lead
//! somewhere, and the points at which the answer turns from one family to the other.

use model::evaluation::{BreakEven, ComponentEvaluation, CostSeries, Family, PlatformOption};

/// More lines than this cannot be told apart.
const MOST_LINES: usize = 4;

/// The flips that decide.
#[must_use]
pub fn decisive(component: &ComponentEvaluation) -> Vec<&BreakEven> {
    let all = component.break_even.iter();
    all.filter(|flip| flip.decides).collect()
}

/// The side of the cheapest option at a volume, or near it.
#[must_use]
pub fn cheapest_side(component: &ComponentEvaluation, requests: f64) -> Option<Family> {
    let volumes = component.cost_curve.requests_per_month.iter().enumerate();
    let (point, _) = volumes.min_by(|(_, one), (_, other)| {
        (**one - requests)
            .abs()
            .total_cmp(&(**other - requests).abs())
    })?;
    let costs = component.options.iter().filter_map(|option| {
        let usd = series(component, &option.platform)?.monthly_usd[point]?;
        Some((option.family, usd))
    });
    costs
        .min_by(|(_, one), (_, other)| one.total_cmp(other))
        .map(|(family, _)| family)
}

/// Ids of the platforms to draw: the best of each family, those of the decisive flips, and those
/// that lead their family for longest.
#[must_use]
pub fn charted(component: &ComponentEvaluation) -> Vec<&str> {
    let mut ids: Vec<&str> = Vec::new();
    let mut add = |id| {
        if ids.len() < MOST_LINES && !ids.contains(&id) {
            ids.push(id);
        }
    };
    let drawn = |option: &&PlatformOption| series(component, &option.platform).is_some();
    for family in [Family::Serverless, Family::Containers] {
        let mut options = component.options.iter().filter(drawn);
        if let Some(best) = options.find(|option| option.family == family) {
            add(best.platform.as_str());
        }
    }
    for flip in decisive(component) {
        for id in &flip.between {
            add(id);
        }
    }
    let mut leaders: Vec<(&str, usize)> = component
        .options
        .iter()
        .filter(drawn)
        .map(|option| (option.platform.as_str(), leads(component, option)))
        .filter(|(_, points)| *points > 0)
        .collect();
    leaders.sort_by_key(|(_, points)| std::cmp::Reverse(*points));
    for (id, _) in leaders {
        add(id);
    }
    ids
}

fn series<'c>(component: &'c ComponentEvaluation, platform: &str) -> Option<&'c CostSeries> {
    let mut all = component.cost_curve.options.iter();
    all.find(|series| series.platform == platform)
}

/// Points of the curve at which an option is the cheapest of its family.
fn leads(component: &ComponentEvaluation, option: &PlatformOption) -> usize {
    let Some(own) = series(component, &option.platform) else {
        return 0;
    };
    let rivals: Vec<&CostSeries> = component
        .options
        .iter()
        .filter(|rival| rival.family == option.family)
        .filter_map(|rival| series(component, &rival.platform))
        .collect();
    let least = |point: usize| {
        let costs = rivals.iter().filter_map(|rival| rival.monthly_usd[point]);
        costs.fold(f64::INFINITY, f64::min)
    };
    let points = own.monthly_usd.iter().enumerate();
    points
        .filter(|(point, usd)| usd.is_some_and(|usd| usd <= least(*point)))
        .count()
}

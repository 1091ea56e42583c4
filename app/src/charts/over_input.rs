//! What of the costs over an input is shown: the turns from one family to the other, and a
//! dozen values of the options that lead.

use model::evaluation::{ComponentEvaluation, CostSeries, Family, InputBreakEvens};

/// Columns of the table of costs.
const MOST_COLUMNS: usize = 3;
/// Rows of it, about.
const ROWS: usize = 12;
/// A value this near to the one now, as a share, is the one now.
const SAME: f64 = 0.01;

/// Turns and costs over one input.
#[derive(Clone, Debug, PartialEq)]
pub struct OverInput {
    /// Where the cheapest option changes its family, by rising value.
    pub turns: Vec<Turn>,
    /// How many other flips there are.
    pub others: usize,
    /// The options that lead: the best of each family now, then who is the cheapest for longest.
    pub platforms: Vec<String>,
    /// Their costs at some of the values.
    pub rows: Vec<Row>,
}

/// A change of the cheapest option from one family to the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// At which value.
    pub at: f64,
    /// The cheapest below.
    pub below: String,
    /// The cheapest above.
    pub above: String,
}

/// Costs at one value.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The value.
    pub value: f64,
    /// Whether it is the value now.
    pub now: bool,
    /// US dollars a month, one for each of the platforms; none where it does not fit.
    pub monthly_usd: Vec<Option<f64>>,
}

impl OverInput {
    /// What to show of the costs of a component over an input.
    #[must_use]
    pub fn of(component: &ComponentEvaluation, found: &InputBreakEvens) -> Self {
        let cheapest: Vec<Option<&str>> = (0..found.values.len())
            .map(|point| cheapest(&found.options, point))
            .collect();
        let turns = turns(component, found, &cheapest);
        let here = nearest(&found.values, found.now);
        let platforms = leading(component, found, &cheapest, here);
        Self {
            others: found.break_even.len().saturating_sub(turns.len()),
            turns,
            rows: rows(found, &platforms, here),
            platforms,
        }
    }
}

fn cheapest(options: &[CostSeries], point: usize) -> Option<&str> {
    let costs = options
        .iter()
        .filter_map(|series| Some((series.platform.as_str(), series.monthly_usd[point]?)));
    costs
        .min_by(|(_, one), (_, other)| one.total_cmp(other))
        .map(|(platform, _)| platform)
}

fn family(component: &ComponentEvaluation, platform: &str) -> Option<Family> {
    let mut options = component.options.iter();
    let found = options.find(|option| option.platform == platform)?;
    Some(found.family)
}

fn turns(
    component: &ComponentEvaluation,
    found: &InputBreakEvens,
    cheapest: &[Option<&str>],
) -> Vec<Turn> {
    let steps = found.values.windows(2).zip(cheapest.windows(2));
    steps
        .filter_map(|(values, leaders)| {
            let (below, above) = (leaders[0]?, leaders[1]?);
            if family(component, below) == family(component, above) {
                return None;
            }
            let exact = found.break_even.iter().find(|flip| {
                (values[0]..=values[1]).contains(&flip.at)
                    && flip.cheaper_above == above
                    && flip.between.iter().any(|id| id == below)
            });
            Some(Turn {
                at: exact.map_or(values[1], |flip| flip.at),
                below: below.to_owned(),
                above: above.to_owned(),
            })
        })
        .collect()
}

fn nearest(values: &[f64], now: f64) -> usize {
    let distances = values.iter().map(|value| (value - now).abs()).enumerate();
    distances
        .min_by(|(_, one), (_, other)| one.total_cmp(other))
        .map_or(0, |(point, _)| point)
}

fn leading(
    component: &ComponentEvaluation,
    found: &InputBreakEvens,
    cheapest: &[Option<&str>],
    here: usize,
) -> Vec<String> {
    let mut priced: Vec<(&str, f64)> = found
        .options
        .iter()
        .filter_map(|series| {
            let usd = series.monthly_usd.get(here).copied().flatten()?;
            Some((series.platform.as_str(), usd))
        })
        .collect();
    priced.sort_by(|(_, one), (_, other)| one.total_cmp(other));
    let mut platforms: Vec<String> = Vec::new();
    let mut add = |id: &str| {
        if platforms.len() < MOST_COLUMNS && !platforms.iter().any(|known| known == id) {
            platforms.push(id.to_owned());
        }
    };
    for side in [Family::Serverless, Family::Containers] {
        let mut of_side = priced.iter();
        if let Some((id, _)) = of_side.find(|(id, _)| family(component, id) == Some(side)) {
            add(id);
        }
    }
    let mut leaders: Vec<(&str, usize)> = found
        .options
        .iter()
        .map(|series| {
            let id = series.platform.as_str();
            let led = cheapest.iter().filter(|leader| **leader == Some(id));
            (id, led.count())
        })
        .filter(|(_, points)| *points > 0)
        .collect();
    leaders.sort_by_key(|(_, points)| std::cmp::Reverse(*points));
    for (id, _) in leaders {
        add(id);
    }
    platforms
}

fn rows(found: &InputBreakEvens, platforms: &[String], here: usize) -> Vec<Row> {
    let every = (found.values.len() / ROWS).max(1);
    let cost = |id: &String, point: usize| {
        let mut options = found.options.iter();
        options
            .find(|series| series.platform == *id)
            .and_then(|series| series.monthly_usd[point])
    };
    // Counted from the value now, so that it is among them.
    (here % every..found.values.len())
        .step_by(every)
        .map(|point| Row {
            value: found.values[point],
            now: point == here && (found.values[point] - found.now).abs() <= SAME * found.now,
            monthly_usd: platforms.iter().map(|id| cost(id, point)).collect(),
        })
        .filter(|row| row.monthly_usd.iter().any(Option::is_some))
        .collect()
}

//! The week hour by hour: what the best option of each side costs, and how many units the containers take.

mod draw;

use model::evaluation::Family;
use model::week::{Week, WeekOption};
use model::{PriceBook, System};

use super::drawing::{Drawing, Layout, Table};
use super::names::short;
use super::{Chart, Source};
use crate::format;

/// The chart.
pub(super) const CHART: Chart = Chart {
    id: "week",
    name: "The week, hour by hour",
    source: Source::Answers {
        draw: drawing,
        heights: draw::HEIGHTS,
    },
};

const SENTENCE: &str = "Above, what each hour costs, so that the hours of a month make up the bill; below, what runs in it. Dashed is serverless, solid is containers.";
const BURSTS: &str = " Bursts within the hour are left out.";
/// Hours of a day.
const DAY: usize = 24;

fn drawing(system: &System, index: usize, book: &PriceBook) -> Option<Drawing> {
    let week = model::week::week(system, index, book)?;
    let title = finding(&week);
    let paint = |layout: Layout, height| layout.picture(height, draw::chart(&week, &title, layout));
    Some(Drawing {
        sentence: format!("{SENTENCE}{}", if week.bursts { BURSTS } else { "" }),
        wide: paint(Layout::Wide, draw::HEIGHTS.0),
        narrow: paint(Layout::Narrow, draw::HEIGHTS.1),
        table: table(&week),
        title: title.clone(),
    })
}

fn of(week: &Week, family: Family) -> Option<&WeekOption> {
    week.options.iter().find(|option| option.family == family)
}

fn full_name(option: &WeekOption) -> &str {
    model::platform::find(&option.platform).map_or(&option.platform, |platform| platform.label())
}

fn name(option: &WeekOption) -> String {
    short(full_name(option))
}

/// In how many hours each side is the cheaper, and which is over the whole week.
fn finding(week: &Week) -> String {
    let sides = of(week, Family::Serverless).zip(of(week, Family::Containers));
    let Some((serverless, containers)) = sides else {
        let only = week.options.first().map_or("Nothing", full_name);
        return format!("Only {only} fits");
    };
    let pairs = serverless.usd_per_hour.iter().zip(&containers.usd_per_hour);
    let hours = pairs.filter(|(functions, tasks)| functions < tasks).count();
    let sum = |option: &WeekOption| option.usd_per_hour.iter().sum::<f64>();
    let all = week.weights.len();
    let winner = if sum(serverless) < sum(containers) {
        "functions"
    } else {
        "containers"
    };
    match hours {
        0 => "Containers are cheaper in every hour of the week".to_owned(),
        hours if hours == all => "Functions are cheaper in every hour of the week".to_owned(),
        hours => format!(
            "Functions are cheaper in {hours} of the week's {all} hours; over the whole week {winner} are"
        ),
    }
}

fn table(week: &Week) -> Table {
    let heads = week.options.iter().flat_map(|option| {
        let name = name(option);
        [format!("{name}, $ an hour"), format!("{name}, running")]
    });
    let rows = (0..week.weights.len()).map(|hour| {
        let costs = week.options.iter().flat_map(|option| {
            [
                format::usd_unit(format::significant(option.usd_per_hour[hour], 4)),
                format::number(format::significant(option.units[hour], 3)),
            ]
        });
        std::iter::once(moment(hour)).chain(costs).collect()
    });
    Table {
        caption: "Cost and units in each hour of the week".to_owned(),
        heads: std::iter::once("Hour".to_owned()).chain(heads).collect(),
        rows: rows.collect(),
    }
}

/// `Mon 09:00`.
fn moment(hour: usize) -> String {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let day = DAYS.get(hour / DAY).copied().unwrap_or_default();
    format!("{day} {:02}:00", hour % DAY)
}

//! What each option costs month by month when the traffic grows, and when another becomes the cheapest.

use charming::component::Axis;
use charming::datatype::DataPoint;
use charming::element::{
    AxisLabel, AxisType, ItemStyle, LabelPosition, LineStyleType, MarkLine, MarkLineData,
    MarkLineVariant, SplitLine, Symbol,
};
use charming::series::{Line, Scatter};
use model::Parts;
use model::evaluation::{Evaluation, Family};
use model::system::Answer;

use super::drawing::{Drawing, Layout, Table};
use super::ink::{self, across, colour, label, log_axis, mark, stroke, upwards};
use super::names::{broken, short, spread};
use super::{Chart, Source, Subject};
use crate::format;

/// The chart.
pub(super) const CHART: Chart = Chart {
    id: "growth",
    name: "Cost month by month",
    source: Source::Evaluation {
        parts: Parts {
            growth: true,
            ..Parts::NONE
        },
        draw: drawing,
    },
};

const SENTENCE: &str =
    "Cost a month of the whole system while the traffic grows as you say, on a logarithmic axis.";
/// More lines than this cannot be told apart.
const MOST_LINES: usize = 4;
/// Rows of the table, about.
const ROWS: usize = 12;
/// Space between two names, as a share of the chart's height.
const GAP: f64 = 0.07;
const HEIGHT: (u32, u32) = (380, 380);
/// The name of the line of what is paid today.
const TODAY: &str = "today";
/// A cost below this is drawn at it: a logarithmic axis has no zero.
const LEAST_USD: f64 = 0.01;

/// One option's cost.
struct Course<'e> {
    platform: &'e str,
    name: String,
    family: Family,
    points: Vec<(u32, f64)>,
}

fn drawing(subject: &Subject<'_>) -> Option<Drawing> {
    let evaluation = subject.evaluation;
    let first = evaluation.growth.first()?;
    // Without growth there is no course of time.
    evaluation
        .growth
        .iter()
        .find(|month| month.options != first.options)?;
    let courses = courses(evaluation);
    let today = subject.system.today_usd_per_month.map(Answer::typical);
    let level = today
        .filter(|usd| *usd > 0.0)
        .map(|usd| level(evaluation, usd));
    let lines: Vec<&Course<'_>> = courses.iter().chain(&level).collect();
    let paint = |layout: Layout, height| layout.picture(height, option(evaluation, &lines, layout));
    (!courses.is_empty()).then(|| Drawing {
        title: finding(evaluation, &courses),
        sentence: sentence(&courses, level.is_some()),
        wide: paint(Layout::Wide, HEIGHT.0),
        narrow: paint(Layout::Narrow, HEIGHT.1),
        table: table(evaluation, &courses),
    })
}

fn full_name(evaluation: &Evaluation, platform: &str) -> String {
    let options = evaluation
        .components
        .iter()
        .flat_map(|component| &component.options);
    let mut named = options.filter(|option| option.platform == platform);
    named
        .next()
        .map_or_else(|| platform.to_owned(), |option| option.label.clone())
}

/// What happens. A cheaper line may be of an option that misses the target, or is heavier to operate.
fn finding(evaluation: &Evaluation, courses: &[Course<'_>]) -> String {
    let name = |platform: &str| full_name(evaluation, platform);
    let months = evaluation.growth.last().map_or(0, |month| month.month);
    let first = evaluation
        .growth
        .first()
        .and_then(|month| month.winner.as_deref());
    match (first, &evaluation.switch) {
        (_, Some(switch)) => format!(
            "{} becomes the cheapest in month {}, after {}",
            name(&switch.to),
            turn(evaluation, &switch.to).unwrap_or(switch.month),
            name(&switch.from),
        ),
        (Some(first), None) => {
            let what = if undercut(evaluation, courses, first) {
                "winner"
            } else {
                "cheapest"
            };
            format!("{} stays the {what} for {months} months", name(first))
        }
        (None, None) => "Nothing that fits within the horizon".to_owned(),
    }
}

/// Whether a line lies below that of the platform in some month.
fn undercut(evaluation: &Evaluation, courses: &[Course<'_>], platform: &str) -> bool {
    let own = points(evaluation, platform);
    own.iter().any(|(month, usd)| {
        let others = courses.iter().flat_map(|course| &course.points);
        others
            .filter(|(other, _)| other == month)
            .any(|(_, cheaper)| cheaper < usd)
    })
}

/// The month from which on a platform is the cheapest.
fn turn(evaluation: &Evaluation, to: &str) -> Option<u32> {
    let months = &evaluation.growth;
    let before = months
        .iter()
        .rposition(|month| month.winner.as_deref() != Some(to))?;
    months.get(before + 1).map(|month| month.month)
}

/// How to read it.
fn sentence(courses: &[Course<'_>], today: bool) -> String {
    let sides: Vec<Family> = courses.iter().map(|course| course.family).collect();
    let level = if today {
        " The thin level line is what is paid today."
    } else {
        ""
    };
    format!("{SENTENCE} {}.{level}", ink::reading(&sides))
}

/// What is paid today, as if it stayed.
fn level(evaluation: &Evaluation, usd: f64) -> Course<'_> {
    let months = evaluation.growth.iter();
    Course {
        platform: TODAY,
        name: TODAY.to_owned(),
        family: Family::None,
        points: months.map(|month| (month.month, usd)).collect(),
    }
}

/// The options worth a line: the choice, whoever wins in a month, then the cheapest of each family, first and last.
fn courses(evaluation: &Evaluation) -> Vec<Course<'_>> {
    let family = |platform: &str| {
        let options = evaluation
            .components
            .iter()
            .flat_map(|component| &component.options);
        let mut own = options.filter(|option| option.platform == platform);
        own.next().map_or(Family::None, |option| option.family)
    };
    let mut shown: Vec<&str> = Vec::new();
    let mut add = |platform| {
        let drawn = !points(evaluation, platform).is_empty();
        if drawn && shown.len() < MOST_LINES && !shown.contains(&platform) {
            shown.push(platform);
        }
    };
    let choice = evaluation.verdict.platform.as_deref();
    choice.into_iter().for_each(&mut add);
    for month in &evaluation.growth {
        month.winner.as_deref().into_iter().for_each(&mut add);
    }
    for month in evaluation
        .growth
        .first()
        .into_iter()
        .chain(evaluation.growth.last())
    {
        for side in [Family::Serverless, Family::Containers] {
            let of_side = month
                .options
                .iter()
                .filter(|cost| family(&cost.platform) == side);
            let priced =
                of_side.filter_map(|cost| Some((cost.platform.as_str(), cost.monthly_usd?)));
            let cheapest = priced.min_by(|(_, one), (_, other)| one.total_cmp(other));
            cheapest
                .map(|(platform, _)| platform)
                .into_iter()
                .for_each(&mut add);
        }
    }
    shown
        .into_iter()
        .map(|platform| Course {
            platform,
            name: short(&full_name(evaluation, platform)),
            family: family(platform),
            points: points(evaluation, platform),
        })
        .collect()
}

fn points(evaluation: &Evaluation, platform: &str) -> Vec<(u32, f64)> {
    let months = evaluation.growth.iter();
    let costs = months.filter_map(|month| {
        let mut options = month.options.iter();
        let cost = options
            .find(|cost| cost.platform == platform)?
            .monthly_usd?;
        Some((month.month, cost))
    });
    costs.collect()
}

fn option(evaluation: &Evaluation, courses: &[&Course<'_>], layout: Layout) -> charming::Chart {
    let costs = || {
        courses
            .iter()
            .flat_map(|course| &course.points)
            .map(|(_, usd)| usd.max(LEAST_USD))
    };
    let range = (
        ink::nice_below(costs().fold(f64::INFINITY, f64::min)),
        ink::nice_above(costs().fold(LEAST_USD, f64::max)),
    );
    let last = f64::from(evaluation.growth.last().map_or(0, |month| month.month));
    let mut chart = ink::of_named_lines(layout, 56)
        .x_axis(months(last, layout))
        .y_axis(upwards(
            log_axis(layout, ink::USD, range),
            layout,
            "$ a month",
        ));
    let names: Vec<String> = courses
        .iter()
        .map(|course| layout.pick(course.name.clone(), broken(&course.name)))
        .collect();
    let ends: Vec<f64> = courses
        .iter()
        .map(|course| {
            course
                .points
                .last()
                .map_or(0.0, |(_, usd)| usd.max(LEAST_USD).log10())
        })
        .collect();
    let heights = spread(&ends, &names, (range.0.log10(), range.1.log10()), GAP);
    for (index, course) in courses.iter().enumerate() {
        let before = courses[..index].iter();
        let rank = before.filter(|other| other.family == course.family).count();
        let mut line = line(course, rank);
        if index == 0 {
            line = line.mark_line(switch(evaluation, layout));
        }
        let end = DataPoint::from(vec![last, 10f64.powf(heights[index])]);
        let name = Scatter::new()
            .symbol_size(0.01)
            .item_style(ItemStyle::new().color(colour(course.family)).opacity(1.0))
            .label(
                label(layout, &names[index], colour(course.family)).position(LabelPosition::Right),
            )
            .data(vec![end]);
        chart = chart.series(line).series(name);
    }
    chart
}

fn line(course: &Course<'_>, rank: usize) -> Line {
    let points = course.points.iter();
    let mut stroke = stroke(course.family, rank);
    if course.family == Family::None {
        stroke = stroke.width(1.0);
    }
    let data =
        points.map(|(month, usd)| DataPoint::from(vec![f64::from(*month), usd.max(LEAST_USD)]));
    Line::new()
        .name(course.name.clone())
        .show_symbol(false)
        .line_style(stroke)
        .item_style(ItemStyle::new().color(colour(course.family)))
        .data(data.collect())
}

fn months(last: f64, layout: Layout) -> Axis {
    let labels = AxisLabel::new()
        .color("var(--ink-soft)")
        .font_size(ink::font_size(layout));
    let axis = Axis::new()
        .type_(AxisType::Value)
        .min(0)
        .max(last)
        .split_number(layout.pick(6.0, 4.0))
        .axis_label(labels)
        .split_line(SplitLine::new().show(false));
    across(axis, layout, "Months from now")
}

/// The month in which another option becomes the cheapest.
fn switch(evaluation: &Evaluation, layout: Layout) -> MarkLine {
    let to = evaluation.switch.as_ref().map(|switch| switch.to.as_str());
    let month = to.and_then(|to| turn(evaluation, to));
    let place = month.map(|month| {
        let text = format!("month {month}");
        // Above the name of the axis, which it may come near to.
        let label = label(layout, &text, "var(--ink)").distance(30.0);
        MarkLineVariant::Simple(MarkLineData::new().x_axis(f64::from(month)).label(label))
    });
    MarkLine::new()
        .symbol(vec![Symbol::None, Symbol::None])
        .line_style(mark(LineStyleType::Solid))
        .data(place.into_iter().collect())
}

fn table(evaluation: &Evaluation, courses: &[Course<'_>]) -> Table {
    let months = &evaluation.growth;
    let every = (months.len() / ROWS).max(1);
    let last = months.len().saturating_sub(1);
    let shown = months
        .iter()
        .enumerate()
        .filter(|(at, _)| at % every == 0 || *at == last);
    let rows = shown.map(|(_, month)| {
        let costs = courses.iter().map(|course| {
            let mut options = month.options.iter();
            let cost = options.find(|cost| cost.platform == course.platform);
            cost.and_then(|cost| cost.monthly_usd)
                .map_or_else(|| "-".to_owned(), format::usd_cents)
        });
        std::iter::once(month.month.to_string())
            .chain(costs)
            .collect()
    });
    Table {
        caption: "Cost a month over the months".to_owned(),
        heads: std::iter::once("Month".to_owned())
            .chain(courses.iter().map(|course| course.name.clone()))
            .collect(),
        rows: rows.collect(),
    }
}

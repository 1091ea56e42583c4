//! What it costs, now and at the horizon; where the order turns; what is not in it.

use app::charts::charted::decisive;
use app::components::break_even::volumes;
use app::components::outlook::switch_words;
use app::components::plans::plan_name;
use app::components::split::{finding, mechanism};
use app::components::verdict::label;
use app::format::{usd_cents, usd_headline};
use model::bill::Group;
use model::evaluation::{BreakEvenKind, ComponentEvaluation, Evaluation};
use model::question::group_label;
use model::system::Answer;
use model::wording::lower_first;

use super::super::Subject;
use super::options::ABSENT;
use super::{Block, Part, Row, Section, Table, chart, decision, each, numbers, words};

pub(super) fn section(subject: &Subject<'_>) -> Section {
    let evaluation = subject.evaluation;
    let mut blocks: Vec<Block> = now_and_then(subject).into_iter().collect();
    if let Some(switch) = &evaluation.switch {
        blocks.push(Block::paragraph(switch_words(evaluation, switch)));
    }
    blocks.extend(each(subject, |component, index| {
        let curve = chart(subject, "break_even", index);
        let mut own: Vec<Block> = curve.into_iter().collect();
        own.extend(points(component));
        own.extend(base_and_burst(component));
        own
    }));
    blocks.extend(chart(subject, "growth", 0));
    blocks.extend(plans(subject));
    blocks.push(left_out(subject));
    Section::new(Part::Cost, "What it costs", blocks)
}

/// What is paid today, the estimate with its range, and that of the last month of the horizon; the estimate alone stands
/// on the first page.
fn now_and_then(subject: &Subject<'_>) -> Option<Block> {
    let evaluation = subject.evaluation;
    let verdict = &evaluation.verdict;
    let absent = || ABSENT.to_owned();
    let mut rows = Vec::new();
    if let Some(today) = subject.system.today_usd_per_month.map(Answer::typical) {
        rows.push(Row::of([
            "Paid today, as stated".to_owned(),
            usd_cents(today),
            absent(),
        ]));
    }
    rows.push(Row::of([
        "With this choice".to_owned(),
        verdict.monthly_usd.map_or_else(absent, usd_headline),
        decision::range(subject).map_or_else(absent, |(low, high)| format!("{low} to {high}")),
    ]));
    if let Some((month, usd)) = at_horizon(evaluation) {
        rows.push(Row::of([
            format!("With this choice in month {month}, as it grows"),
            usd_cents(usd),
            absent(),
        ]));
    }
    if rows.len() < 2 {
        return None;
    }
    Some(Block::Table(Table {
        caption: "Estimated cost a month".to_owned(),
        columns: vec![
            words("When", 1),
            numbers("Estimate a month"),
            numbers("Over the ranges of the answers"),
        ],
        rows,
    }))
}

/// The last month of the horizon and what the choice costs then, where anything changes.
fn at_horizon(evaluation: &Evaluation) -> Option<(u32, f64)> {
    let platform = evaluation.verdict.platform.as_deref()?;
    let (first, last) = (evaluation.growth.first()?, evaluation.growth.last()?);
    if first.options == last.options {
        return None;
    }
    let own = last.options.iter().find(|cost| cost.platform == platform)?;
    Some((last.month, own.monthly_usd?))
}

/// Where the answer turns from one side to the other.
fn points(component: &ComponentEvaluation) -> Option<Block> {
    let mut points = decisive(component);
    points.sort_by(|one, other| one.requests_per_month.total_cmp(&other.requests_per_month));
    let name = |id: &str| {
        let mut options = component.options.iter();
        let named = options.find(|option| option.platform == id);
        named.map_or_else(|| id.to_owned(), |option| option.label.clone())
    };
    let rows: Vec<Row> = points
        .into_iter()
        .map(|point| {
            let below = point.between.iter().find(|id| **id != point.cheaper_above);
            let kind = match point.kind {
                _ if point.up_to.is_some() => "back and forth within this range",
                BreakEvenKind::Crossing => "the costs cross",
                BreakEvenKind::Step => "a stair: one more task or instance",
            };
            Row::of([
                volumes(point),
                name(below.map_or("", String::as_str)),
                name(&point.cheaper_above),
                kind.to_owned(),
            ])
        })
        .collect();
    (!rows.is_empty()).then(|| {
        Block::Table(Table {
            caption: "Break-even points, requests a month".to_owned(),
            columns: vec![
                words("Requests a month", 2),
                words("Cheaper below", 2),
                words("Cheaper above", 2),
                words("How", 2),
            ],
            rows,
        })
    })
}

/// What a split between a base and functions would do, in the words of the screen.
fn base_and_burst(component: &ComponentEvaluation) -> Option<Block> {
    let split = component.base_and_burst.as_ref()?;
    let pays = split.best.base_units > 0.0 && split.best.burst_share > 0.0;
    let how = if pays {
        format!(" How: {}.", mechanism(split))
    } else {
        String::new()
    };
    Some(Block::paragraph(format!(
        "Split between a standing base and functions for what exceeds it: {}{how}",
        lower_first(&finding(component, split))
    )))
}

/// Plans for systems of several components.
fn plans(subject: &Subject<'_>) -> Option<Block> {
    let evaluation = subject.evaluation;
    if evaluation.components.len() < 2 || evaluation.totals.is_empty() {
        return None;
    }
    let rows = evaluation.totals.iter().map(|plan| {
        let places: Vec<&str> = plan
            .platforms
            .iter()
            .map(|id| label(evaluation, id))
            .collect();
        let cost = plan
            .monthly_usd
            .map_or_else(|| "cannot run so".to_owned(), usd_cents);
        Row::of([plan_name(&plan.plan).to_owned(), places.join(", "), cost])
    });
    Some(Block::Table(Table {
        caption: "The whole system; what stands by the hour is shared and counted once".to_owned(),
        columns: vec![
            words("Plan", 2),
            words("Where, component by component", 5),
            numbers("Estimate a month"),
        ],
        rows: rows.collect(),
    }))
}

/// What the numbers leave out.
fn left_out(subject: &Subject<'_>) -> Block {
    let label = |name: &String| {
        let mut all = Group::ALL.into_iter();
        let group = all.find(|group| group.name() == name);
        group.map_or_else(|| name.clone(), |group| group_label(group).to_owned())
    };
    let groups: Vec<String> = subject.evaluation.excluded.iter().map(label).collect();
    let wish = if groups.is_empty() {
        String::new()
    } else {
        format!(" Left out at your wish: {}.", groups.join(", "))
    };
    let moving = if subject.system.migration_usd.is_some() {
        "and people's time"
    } else {
        "people's time, and the cost of moving"
    };
    Block::paragraph(format!(
        "Not in the numbers: support plans, taxes, {moving}.{wish}"
    ))
}

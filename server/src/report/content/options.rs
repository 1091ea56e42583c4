//! The options side by side.

use app::charts::break_even::nearest;
use app::components::options::configuration;
use app::format::{count, ms, percent, usd_cents};
use model::evaluation::{ComponentEvaluation, Decision, PlatformOption};
use model::latency::percentile::Percentiles;
use model::system::Answer;

use super::super::Subject;
use super::choice::able_and_rest;
use super::{Block, Cell, Part, Row, Section, Table, each, numbers, words};

/// What stands where there is no number.
pub(super) const ABSENT: &str = "\u{2013}";

pub(super) fn section(subject: &Subject<'_>) -> Section {
    let stays = subject.evaluation.verdict.decision == Decision::Stay;
    let mut blocks = each(subject, |component, _| side_by_side(component, stays));
    // What is paid today is paid for all components together.
    if let Some(today) = subject.system.today_usd_per_month.map(Answer::typical) {
        let row = stay(today, stays);
        match (&mut blocks[..], subject.evaluation.components.len()) {
            ([Block::Table(table), ..], 1) => table.rows.push(row),
            _ => blocks.push(Block::Table(Table {
                caption: "Without a change".to_owned(),
                columns: columns(),
                rows: vec![row],
            })),
        }
    }
    Section::new(Part::Options, "The options side by side", blocks)
}

fn columns() -> Vec<super::Column> {
    vec![
        words("Option", 1),
        numbers("Estimate a month"),
        numbers("P50"),
        numbers("P95"),
        numbers("P99"),
        numbers("Cold starts"),
    ]
}

/// Those that can be chosen, and how many cannot.
fn side_by_side(component: &ComponentEvaluation, stays: bool) -> Vec<Block> {
    let (able, rest) = able_and_rest(component);
    if able.is_empty() {
        return vec![table("None can be chosen", rest, stays)];
    }
    let mut blocks = vec![table(
        "Estimated cost and response times of each option",
        able,
        stays,
    )];
    let more = match rest.len() {
        0 => return blocks,
        1 => "One more cannot be chosen: it stands in the appendix with the reason.".to_owned(),
        many => {
            format!("{many} more cannot be chosen: they stand in the appendix with the reasons.")
        }
    };
    blocks.push(Block::paragraph(more));
    blocks
}

/// Those that cannot be chosen beside those that can.
pub(super) fn ruled_out(subject: &Subject<'_>) -> Section {
    let blocks = each(subject, |component, _| {
        let (able, rest) = able_and_rest(component);
        if able.is_empty() || rest.is_empty() {
            return Vec::new();
        }
        vec![table("Each with the reason", rest, false)]
    });
    Section::new(Part::RuledOut, "Options that cannot be chosen", blocks)
}

fn table(caption: &str, options: Vec<&PlatformOption>, stays: bool) -> Block {
    Block::Table(Table {
        caption: caption.to_owned(),
        columns: columns(),
        rows: options
            .into_iter()
            .map(|option| row(option, stays))
            .collect(),
    })
}

fn row(option: &PlatformOption, stays: bool) -> Row {
    let bill = option.bill.as_ref();
    let cost = bill.map_or_else(
        || "not priced".to_owned(),
        |bill| usd_cents(bill.monthly_usd),
    );
    let latency = option.latency.as_ref();
    let at = |pick: fn(&Percentiles) -> f64| {
        latency.map_or_else(
            || ABSENT.to_owned(),
            |latency| ms(pick(&latency.percentiles)),
        )
    };
    let cold = latency.map_or_else(
        || ABSENT.to_owned(),
        |latency| percent(latency.cold_start_probability),
    );
    let first = option.why_not.is_empty();
    Row {
        family: Some(option.family),
        strong: first && !stays,
        note: Some(note(option)),
        ..Row::of([
            tagged(
                option,
                first.then_some(if stays {
                    "the best other way"
                } else {
                    "the choice"
                }),
            ),
            cost,
            at(|p| p.p50_ms),
            at(|p| p.p95_ms),
            at(|p| p.p99_ms),
            cold,
        ])
    }
}

fn tagged(option: &PlatformOption, place: Option<&'static str>) -> String {
    let mut tags: Vec<&str> = place.into_iter().collect();
    if !option.fit.ok {
        tags.push("does not fit");
    }
    if option.latency.is_some() && !option.meets_target {
        tags.push("misses the target");
    }
    if tags.is_empty() {
        option.label.clone()
    } else {
        format!("{} ({})", option.label, tags.join(", "))
    }
}

/// What was configured, why it is not the choice, and which prices are missing.
fn note(option: &PlatformOption) -> String {
    let lacking = |left_out: bool| {
        let notes = option.missing_prices.iter();
        let ids: Vec<&str> = notes
            .filter(|note| note.left_out == left_out)
            .map(|note| note.price_id.as_str())
            .collect();
        ids.join(", ")
    };
    let mut parts = vec![configuration(&option.configuration), option.why_not.clone()];
    let (lacking, left_out) = (lacking(false), lacking(true));
    // The reason names the first one already.
    if lacking.contains(", ") {
        parts.push(format!("The price book has no {lacking} here."));
    }
    if !left_out.is_empty() {
        parts.push(format!(
            "Left out of this bill, because the book has no price: {left_out}."
        ));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

/// To go on as today is an option too.
fn stay(today: f64, chosen: bool) -> Row {
    let name = if chosen {
        "Stay as you are (the choice)"
    } else {
        "Stay as you are"
    };
    let cells = [name.to_owned(), usd_cents(today)];
    let absent = [(); 4].map(|()| ABSENT.to_owned());
    Row {
        strong: chosen,
        note: Some("What you say is paid today; nothing else is known of it.".to_owned()),
        ..Row::of(cells.into_iter().chain(absent).map(Cell::from))
    }
}

/// Where the answer turns next, as a sentence.
pub(super) fn turn(component: &ComponentEvaluation, here: Option<f64>) -> Option<String> {
    let point = nearest(component, here)?;
    let mut options = component.options.iter();
    let winner = options.find(|option| option.platform == point.cheaper_above)?;
    Some(format!(
        "Above about {} requests a month {} is the cheaper side.",
        count(point.requests_per_month),
        winner.label
    ))
}

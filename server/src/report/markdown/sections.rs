//! The sections of the decision record that hold figures.

use app::charts::charted::decisive;
use app::format::{count, ms, number, percent, quantity, usd_cents, usd_headline, usd_unit};
use model::evaluation::{BreakEvenKind, ComponentEvaluation, Evaluation, PlatformOption};
use model::price::{Price, PriceBook, Region};

use super::escape::escape;
use super::{line, named, table};

const ABSENT: &str = "–";

pub(super) fn outcome(text: &mut String, evaluation: &Evaluation) {
    line(text, "## Decision outcome");
    line(
        text,
        &format!("**{}**", escape(&evaluation.verdict.headline)),
    );
    let verdict = &evaluation.verdict;
    if let Some(monthly) = verdict.monthly_usd {
        let range = verdict
            .monthly_usd_low
            .zip(verdict.monthly_usd_high)
            .map_or_else(String::new, |(low, high)| {
                format!(
                    ", {} to {} over the ranges of the answers",
                    usd_headline(low),
                    usd_headline(high)
                )
            });
        line(
            text,
            &format!("Estimated cost: {} a month{range}.", usd_headline(monthly)),
        );
    }
    for component in &evaluation.components {
        for reason in &component.verdict.reasons {
            line(
                text,
                &format!(
                    "- {}: {} (source: {})",
                    named(&component.name),
                    escape(&reason.text),
                    cited(&reason.source)
                ),
            );
        }
    }
}

pub(super) fn options(text: &mut String, component: &ComponentEvaluation) {
    line(text, "### Considered options");
    let head = [
        "Platform",
        "Estimated cost a month",
        "P50",
        "P95",
        "P99",
        "Cold starts",
        "Fits",
        "Why not",
    ];
    table(text, head, component.options.iter().map(option_row));
}

fn option_row(option: &PlatformOption) -> [String; 8] {
    let absent = || ABSENT.to_owned();
    let latency = option.latency.as_ref();
    let time = |value: Option<f64>| value.map_or_else(absent, ms);
    [
        escape(&option.label),
        option
            .bill
            .as_ref()
            .map_or_else(absent, |bill| usd_cents(bill.monthly_usd)),
        time(latency.map(|latency| latency.percentiles.p50_ms)),
        time(latency.map(|latency| latency.percentiles.p95_ms)),
        time(latency.map(|latency| latency.percentiles.p99_ms)),
        latency.map_or_else(absent, |latency| percent(latency.cold_start_probability)),
        if option.fit.ok { "yes" } else { "no" }.to_owned(),
        escape(&option.why_not),
    ]
}

/// The option that was chosen, or the first of the list.
fn choice(component: &ComponentEvaluation) -> Option<&PlatformOption> {
    let chosen = component.verdict.platform.as_deref();
    let named = component
        .options
        .iter()
        .find(|option| Some(option.platform.as_str()) == chosen);
    named.or_else(|| component.options.first())
}

pub(super) fn bill(
    text: &mut String,
    component: &ComponentEvaluation,
    book: &PriceBook,
    region: Option<Region>,
) {
    let Some((option, bill)) =
        choice(component).and_then(|option| Some((option, option.bill.as_ref()?)))
    else {
        return;
    };
    line(
        text,
        &format!("### Estimated bill a month: {}", escape(&option.label)),
    );
    let rows = bill.lines.iter().map(|item| {
        [
            item.group.name().replace('_', " "),
            escape(&item.name),
            quantity(item.quantity),
            item.unit.name().to_owned(),
            usd_unit(item.unit_price_usd),
            usd_cents(item.amount_usd),
            format!("`{}`", item.price_id.replace(['`', '|'], "")),
            source(book, &item.price_id, region),
        ]
    });
    let total = [(); 8].map(|()| String::new());
    let total = std::iter::once({
        let mut total = total;
        "**Sum**".clone_into(&mut total[1]);
        total[5] = format!("**{}**", usd_cents(bill.monthly_usd));
        total
    });
    table(
        text,
        [
            "Group",
            "Line",
            "Quantity",
            "Unit",
            "Unit price",
            "Amount",
            "Price",
            "Source",
        ],
        rows.chain(total),
    );
}

/// Where a price of today's book stands; a saved bill may name one that is gone.
fn source(book: &PriceBook, price_id: &str, region: Option<Region>) -> String {
    let here =
        |price: &&Price| price.id == price_id && region.is_none_or(|region| price.region == region);
    let price = book.entries().find(here);
    let found = price.and_then(|price| Some((price, book.source(&price.source)?)));
    found.map_or_else(String::new, |(price, source)| {
        let url = source.url.replace(['(', ')', '<', '>', ' ', '|'], "");
        let title = escape(&source.title);
        if url.is_empty() {
            title
        } else {
            format!("[{title}]({url}), {}", price.as_of)
        }
    })
}

pub(super) fn break_evens(text: &mut String, component: &ComponentEvaluation) {
    line(text, "### Break-even");
    if component.break_even.is_empty() {
        line(
            text,
            "The order of the platforms does not change with the volume.",
        );
    }
    let deciding = decisive(component);
    let others = component.break_even.len() - deciding.len();
    let rows = deciding.into_iter().map(|point| {
        let kind = match point.kind {
            BreakEvenKind::Crossing => "crossing",
            BreakEvenKind::Step => "step",
        };
        [
            point.between.join(", "),
            point.up_to.map_or_else(
                || count(point.requests_per_month),
                |to| format!("{} to {}", count(point.requests_per_month), count(to)),
            ),
            point.cheaper_above.clone(),
            kind.to_owned(),
        ]
    });
    table(
        text,
        ["Between", "Requests a month", "Cheaper above", "Kind"],
        rows,
    );
    if others > 0 {
        line(
            text,
            &format!(
                "Besides, the order of options changes {others} times where one of the two does not lead its side."
            ),
        );
    }
}

pub(super) fn limits(text: &mut String, component: &ComponentEvaluation) {
    line(text, "### Limits");
    let checks = component
        .options
        .iter()
        .flat_map(|option| option.fit.limits.iter().map(move |check| (option, check)));
    let rows = checks.map(|(option, check)| {
        [
            escape(&option.label),
            escape(&check.limit),
            measured(check.limit_value, &check.unit),
            measured(check.workload_value, &check.unit),
            if check.ok { "holds" } else { "broken" }.to_owned(),
            percent(check.headroom),
            format!("{}, {}", cited(&check.source), escape(&check.as_of)),
        ]
    });
    table(
        text,
        [
            "Platform", "Limit", "Allowed", "Needed", "Result", "Headroom", "Source",
        ],
        rows,
    );
}

pub(super) fn assumptions(text: &mut String, evaluation: &Evaluation) {
    line(text, "## Assumptions");
    if evaluation.assumptions.is_empty() {
        line(text, "None: every value was stated.");
    }
    let rows = evaluation.assumptions.iter().map(|assumption| {
        let value = match &assumption.value {
            serde_json::Value::String(value) => escape(value),
            serde_json::Value::Number(value) => {
                value.as_f64().map_or_else(|| value.to_string(), number)
            }
            value => escape(&value.to_string()),
        };
        [
            escape(&assumption.input),
            value,
            assumption.provenance.label().to_owned(),
            escape(&assumption.consequence),
            if assumption.could_flip { "yes" } else { "no" }.to_owned(),
        ]
    });
    table(
        text,
        [
            "Input",
            "Value",
            "Provenance",
            "Consequence",
            "Could flip the verdict",
        ],
        rows,
    );
}

/// A number with its unit; a plain count has none.
fn measured(value: f64, unit: &str) -> String {
    match unit {
        "1" => number(value),
        _ => format!("{} {}", number(value), escape(unit)),
    }
}

/// A source as a reader away from the site can find it: an address, or a part of the method.
fn cited(source: &str) -> String {
    source.strip_prefix("/method#").map_or_else(
        || escape(source),
        |part| format!("Breakeven's method, {}", escape(&part.replace('-', " "))),
    )
}

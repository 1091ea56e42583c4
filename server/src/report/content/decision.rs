//! What is asked, what is decided, and the paragraph that stands alone.

use app::components::options::configuration;
use app::components::verdict::{chosen, confidence_words, label, short_usd};
use app::format::{count, ms, percent, usd_headline};
use model::evaluation::{ComponentEvaluation, Decision, Family};

use super::super::Subject;
use super::{Block, Figure, Part, Section, called, name, options, region};

pub(super) fn title(subject: &Subject<'_>) -> String {
    match name(subject) {
        "" => "Serverless or containers?".to_owned(),
        name => format!("{name}: serverless or containers?"),
    }
}

pub(super) fn context(subject: &Subject<'_>) -> Section {
    let region = region(subject);
    let region = format!("{}, {},", region.name(), region.id());
    let what = match (name(subject), &subject.evaluation.components[..]) {
        ("", [_]) => "this workload".to_owned(),
        ("", _) => "this system".to_owned(),
        (name, _) => name.to_owned(),
    };
    let mut blocks = vec![Block::paragraph(format!(
        "On which platform of AWS in {region} should {what} run: on functions, or in containers? All amounts are \
         estimates in US dollars a month of 730 hours, before taxes; all times are estimates from a queueing model."
    ))];
    let notes = subject.system.notes.trim();
    let paragraphs = notes
        .split("\n\n")
        .map(str::trim)
        .filter(|text| !text.is_empty());
    blocks.extend(paragraphs.map(Block::paragraph));
    Section::new(Part::Context, "What is asked", blocks)
}

/// What to do, in the imperative.
pub(super) fn imperative(subject: &Subject<'_>) -> String {
    let evaluation = subject.evaluation;
    let verdict = &evaluation.verdict;
    if verdict.family == Family::None {
        return "Do not build it yet: no option fits as described.".to_owned();
    }
    let places: Vec<String> = evaluation
        .components
        .iter()
        .filter_map(|component| place(component, evaluation.components.len() > 1))
        .collect();
    let places = places.join("; ");
    match verdict.decision {
        Decision::Stay => "Stay where you are.".to_owned(),
        Decision::Defer => format!(
            "Decide later, and find out first what is listed below. As it looks now: {places}."
        ),
        Decision::Conditional => format!("Run {places}, on the conditions below."),
        Decision::Go => format!("Run {places}."),
    }
}

/// `it on AWS Lambda (512 MB, Arm)`.
fn place(component: &ComponentEvaluation, named: bool) -> Option<String> {
    let option = chosen(&component.options, component.verdict.platform.as_deref())?;
    let what = if named { called(component) } else { "it" };
    let how = configuration(&option.configuration);
    let how = how.trim_end_matches('.');
    Some(if how.is_empty() {
        format!("{what} on {}", option.label)
    } else {
        format!("{what} on {} ({how})", option.label)
    })
}

/// One paragraph that stands alone in an e-mail.
pub(super) fn brief(subject: &Subject<'_>) -> String {
    let evaluation = subject.evaluation;
    let verdict = &evaluation.verdict;
    let mut sentences = vec![match name(subject) {
        "" => verdict.headline.clone(),
        name => format!("{name}: {}", verdict.headline),
    }];
    if let Some((low, high)) = range(subject) {
        let sure = verdict.confidence.map_or_else(String::new, |confidence| {
            format!("; confidence {}", confidence_words(confidence))
        });
        sentences.push(format!(
            "Over the ranges of the answers it is {low} to {high}{sure}."
        ));
    }
    if let [component] = &evaluation.components[..]
        && let Some(turn) = options::turn(component, options::traffic(subject, 0))
    {
        sentences.push(turn);
    }
    let region = region(subject).id();
    sentences.push(format!(
        "Amounts are estimates before taxes, at prices of {} in {region}.",
        evaluation.price_book
    ));
    sentences.join(" ")
}

/// The range of the cost, where there is one to speak of.
pub(super) fn range(subject: &Subject<'_>) -> Option<(String, String)> {
    /// A narrower range than this share of its top is a number.
    const NARROW: f64 = 0.01;
    let verdict = &subject.evaluation.verdict;
    let (low, high) = verdict.monthly_usd_low.zip(verdict.monthly_usd_high)?;
    (high - low > NARROW * high).then(|| (short_usd(low), short_usd(high)))
}

/// The numbers of the verdict, as on the screen.
pub(super) fn figures(subject: &Subject<'_>) -> Vec<Figure> {
    let evaluation = subject.evaluation;
    let verdict = &evaluation.verdict;
    let mut figures = Vec::new();
    if let Some(usd) = verdict.monthly_usd {
        figures.push(Figure {
            name: "Estimated cost a month",
            value: usd_headline(usd),
            note: range(subject)
                .map(|(low, high)| format!("{low} to {high} over the ranges of the answers")),
        });
    }
    let single = match &evaluation.components[..] {
        [component] => chosen(&component.options, verdict.platform.as_deref()),
        _ => None,
    };
    if let Some(latency) = single.and_then(|option| option.latency.as_ref()) {
        let cold = latency.cold_start_probability;
        figures.push(Figure {
            name: "P99",
            value: ms(latency.percentiles.p99_ms),
            note: (cold > 0.0)
                .then(|| format!("{} of requests wait for a cold start", percent(cold))),
        });
    }
    if let Some(confidence) = verdict.confidence {
        let regret = verdict.regret_usd.filter(|usd| *usd >= 0.01);
        figures.push(Figure {
            name: "Confidence",
            value: confidence_words(confidence),
            note: regret.map(|usd| format!("being wrong would cost {} a month", usd_headline(usd))),
        });
    }
    if let [component] = &evaluation.components[..]
        && let Some(point) =
            app::charts::break_even::nearest(component, options::traffic(subject, 0))
    {
        figures.push(Figure {
            name: "Break-even",
            value: count(point.requests_per_month),
            note: Some(format!(
                "requests a month; {} is cheaper above",
                label(evaluation, &point.cheaper_above)
            )),
        });
    }
    figures
}

/// What must hold, or be found out first.
pub(super) fn conditions(subject: &Subject<'_>) -> Vec<Block> {
    let verdict = &subject.evaluation.verdict;
    if verdict.conditions.is_empty() {
        return Vec::new();
    }
    let title = if verdict.decision == Decision::Defer {
        "First find out"
    } else {
        "On condition"
    };
    vec![
        Block::heading(title),
        Block::list(verdict.conditions.iter().cloned()),
    ]
}

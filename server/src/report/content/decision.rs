//! What is asked, what is decided, and the paragraph that stands alone.

use app::components::options::configuration;
use app::components::verdict::{confidence_words, label, short_usd};
use app::format::{count, ms, percent, usd_cents, usd_headline};
use model::evaluation::{Decision, PlatformOption};
use model::system::Answer;
use model::wording::lower_first;

use super::super::Subject;
use super::choice::is_stuck;
use super::{Block, Figure, Part, Section, called, name, named, options, region, shortened};

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
        (name, _) => shortened(name),
    };
    let mut blocks = vec![Block::paragraph(format!(
        "On which platform of AWS in {region} should {what} run: on functions, or in containers? All amounts are \
         estimates in US dollars a month of 730 hours, before taxes; all times are estimates from a queueing model."
    ))];
    // Forms of a browser send line ends as two characters.
    let notes = subject.system.notes.replace("\r\n", "\n");
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
    if is_stuck(subject) {
        return stuck(subject);
    }
    let several = evaluation.components.len() > 1;
    let places: Vec<String> = evaluation
        .components
        .iter()
        .enumerate()
        .filter_map(|(index, component)| {
            let option = subject.evaluation.choice(index)?;
            Some(if several {
                format!("{} on {}", called(component), option.label)
            } else {
                alone(option)
            })
        })
        .collect();
    let places = places.join("; ");
    match evaluation.verdict.decision {
        Decision::Stay => "Stay where you are.".to_owned(),
        Decision::Defer => {
            format!(
                "Decide later, and find out first what is listed below. As it looks now, run {places}."
            )
        }
        Decision::Conditional => format!("Run {places}, on the conditions below."),
        Decision::Go => format!("Run {places}."),
    }
}

/// `it on AWS Lambda (512 MB, Arm)`.
fn alone(option: &PlatformOption) -> String {
    let how = configuration(&option.configuration);
    let how = how.trim_end_matches('.');
    if how.is_empty() {
        format!("it on {}", option.label)
    } else {
        format!("it on {} ({how})", option.label)
    }
}

/// Why nothing can be chosen: something that would fit lacks its prices, or nothing fits.
fn stuck(subject: &Subject<'_>) -> String {
    let components = subject.evaluation.components.iter().enumerate();
    let stuck: Vec<_> = components
        .filter(|(index, _)| subject.evaluation.choice(*index).is_none())
        .map(|(_, component)| component)
        .collect();
    let unpriced = stuck.iter().any(|component| {
        let mut options = component.options.iter();
        options.any(|option| option.fit.ok && !option.missing_prices.is_empty())
    });
    if unpriced {
        return "Do not decide yet: what would fit has no price here.".to_owned();
    }
    let names: Vec<String> = stuck
        .iter()
        .filter_map(|component| named(component))
        .collect();
    if names.is_empty() {
        "Do not build it yet: no option fits as described.".to_owned()
    } else {
        format!(
            "Do not build it yet: no option fits {} as described.",
            names.join(" or ")
        )
    }
}

/// One paragraph that stands alone in an e-mail.
pub(super) fn brief(subject: &Subject<'_>) -> String {
    let evaluation = subject.evaluation;
    let verdict = &evaluation.verdict;
    let mut sentences = vec![match name(subject) {
        "" => verdict.headline.clone(),
        name => format!("{}: {}", shortened(name), lower_first(&verdict.headline)),
    }];
    if let Some((low, high)) = range(subject) {
        let sure = verdict.confidence.map_or_else(String::new, |confidence| {
            format!("; confidence {}", confidence_words(confidence))
        });
        sentences.push(format!(
            "Over the ranges of the answers it is {low} to {high}{sure}."
        ));
    }
    if let Some(today) = subject.system.today_usd_per_month.map(Answer::typical) {
        sentences.push(format!(
            "What is paid today is {} a month, as stated.",
            usd_cents(today)
        ));
    }
    if let [component] = &evaluation.components[..]
        && let Some(turn) = options::turn(component, subject.system.traffic(0))
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
    let stays = verdict.decision == Decision::Stay;
    let cost = verdict.monthly_usd.map(|usd| Figure {
        name: if stays {
            "Estimated cost a month of the best other way"
        } else {
            "Estimated cost a month"
        },
        value: usd_headline(usd),
        note: range(subject)
            .map(|(low, high)| format!("{low} to {high} over the ranges of the answers")),
    });
    let sure = verdict.confidence.map(|confidence| {
        let regret = verdict.regret_usd.filter(|usd| *usd >= 0.01);
        Figure {
            name: "Confidence in the side",
            value: confidence_words(confidence),
            note: regret.map(|usd| format!("being wrong would cost {} a month", usd_headline(usd))),
        }
    });
    let alone = evaluation.components.len() == 1;
    let of_one =
        |figure: fn(&Subject<'_>) -> Option<Figure>| alone.then(|| figure(subject)).flatten();
    [cost, of_one(response_time), sure, of_one(break_even)]
        .into_iter()
        .flatten()
        .collect()
}

/// At the percentile that the target speaks of, or P99.
fn response_time(subject: &Subject<'_>) -> Option<Figure> {
    let option = subject.evaluation.choice(0)?;
    let latency = option.latency.as_ref()?;
    let target = subject.evaluation.target(subject.system, 0);
    let cold = latency.cold_start_probability;
    let notes = [
        target.map(|target| format!("the target is {}", ms(target.ms))),
        (cold > 0.0).then(|| format!("{} of requests wait for a cold start", percent(cold))),
    ];
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    Some(Figure {
        name: target.map_or("P99", |target| target.percentile.label()),
        value: ms(target
            .and_then(|target| target.time_of(option))
            .unwrap_or(latency.percentiles.p99_ms)),
        note: (!notes.is_empty()).then(|| notes.join("; ")),
    })
}

fn break_even(subject: &Subject<'_>) -> Option<Figure> {
    let component = subject.evaluation.components.first()?;
    let point = app::charts::break_even::nearest(component, subject.system.traffic(0))?;
    Some(Figure {
        name: "Break-even",
        value: count(point.requests_per_month),
        note: Some(format!(
            "requests a month; {} is cheaper above",
            label(subject.evaluation, &point.cheaper_above)
        )),
    })
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

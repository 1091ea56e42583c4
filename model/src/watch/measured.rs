//! Flips of the inputs that operation measures: computing time, duration, peak.

use super::{Comparison, Hold, Metric, Scene, Threshold, Unit, Watch};
use crate::evaluation::Flip;
use crate::rules::Rules;
use crate::system::Answer;
use crate::units::HOURS_PER_MONTH;
use crate::wording::{count, grouped, milliseconds, short};

const CPU: &str = "work.cpu_ms";

pub(super) fn watches(scene: &Scene<'_>) -> Vec<Watch> {
    let flips = scene.component.flips.iter();
    flips.filter_map(|flip| watch(scene, flip)).collect()
}

fn watch(scene: &Scene<'_>, flip: &Flip) -> Option<Watch> {
    let (_, path) = flip.input.split_once("].")?;
    match path {
        CPU => Some(timed(scene, flip, "cpu-time", Metric::CpuTime)),
        "work.duration_ms" => Some(timed(scene, flip, "duration", Metric::MeanDuration)),
        "traffic.peak_to_mean" => peak(scene, flip),
        _ => None,
    }
}

fn side(flip: &Flip) -> (Comparison, &'static str, &'static str) {
    if flip.at > flip.now {
        (Comparison::Above, "Above", "above")
    } else {
        (Comparison::Below, "Below", "below")
    }
}

fn timed(scene: &Scene<'_>, flip: &Flip, name: &str, metric: Metric) -> Watch {
    let (comparison, word, suffix) = side(flip);
    let (what, slower) = match metric {
        Metric::CpuTime => (" of computing", 0.0),
        _ => ("", slower_ms(scene)),
    };
    let measured = flip.at + slower;
    let where_it_runs = if slower > 0.0 {
        let memory = scene.chosen.configuration.memory_mb.unwrap_or(0.0);
        format!(
            ", measured at {} MB as {}",
            short(memory),
            milliseconds(measured)
        )
    } else {
        String::new()
    };
    let (at, now) = told_apart(flip);
    let because = format!(
        "{word} {at}{what} a request ({now} now){where_it_runs}, {} wins, the other answers as they are.",
        scene.label(&flip.winner)
    );
    let threshold = Threshold::new(measured, Unit::Milliseconds);
    Watch {
        for_how_long: Hold::MOST_DAYS_OF_A_WEEK,
        because,
        then: "Evaluate again with the time that you measured.".to_owned(),
        ..scene.watch(&format!("{name}-{suffix}"), metric, (comparison, threshold))
    }
}

/// Both values in words; where these are the same, in whole milliseconds.
fn told_apart(flip: &Flip) -> (String, String) {
    let (at, now) = (milliseconds(flip.at), milliseconds(flip.now));
    if at == now {
        let whole = |value| format!("{} ms", grouped(value));
        return (whole(flip.at), whole(flip.now));
    }
    (at, now)
}

/// What the chosen size of a function adds to a duration that was given at one full vCPU:
/// `cpu x (1 / vcpu - 1)` below one vCPU, else nothing.
fn slower_ms(scene: &Scene<'_>) -> f64 {
    if scene.answers.pin.lambda_memory_mb.is_some() {
        return 0.0;
    }
    let Some(memory) = scene.chosen.configuration.memory_mb else {
        return 0.0;
    };
    let cpu = scene.answers.work.cpu_ms.map(Answer::typical);
    let cpu = cpu.or_else(|| scene.assumed(CPU)).unwrap_or(0.0);
    let vcpu = memory / Rules::embedded().lambda_mb_per_vcpu;
    if vcpu > 0.0 && vcpu < 1.0 {
        cpu * (1.0 / vcpu - 1.0)
    } else {
        0.0
    }
}

/// The busiest hour, in requests: `peak_to_mean x requests a month / 730`.
fn peak(scene: &Scene<'_>, flip: &Flip) -> Option<Watch> {
    let (comparison, word, suffix) = side(flip);
    let hour = flip.at * scene.requests / HOURS_PER_MONTH;
    let threshold = Threshold::new(hour, Unit::Count);
    // Every hour lies below the busiest: only a whole week says that none came near.
    let for_how_long = match comparison {
        Comparison::Below => Hold::EACH_HOUR_OF_A_WEEK,
        _ => Hold::AN_HOUR,
    };
    (hour > 0.0).then(|| Watch {
        for_how_long,
        because: format!(
            "{word} {} requests in the busiest hour, {} times the mean hour ({} times now), {} wins, the other answers as they are.",
            count(hour),
            short(flip.at),
            short(flip.now),
            scene.label(&flip.winner)
        ),
        then: "Evaluate again with the peak that you see.".to_owned(),
        ..scene.watch(
            &format!("busiest-hour-{suffix}"),
            Metric::RequestsInBusiestHour,
            (comparison, threshold),
        )
    })
}

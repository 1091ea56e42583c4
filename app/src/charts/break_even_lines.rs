//! The break-even chart without its bands: these are made of samples, which take longer than the rest.

use model::Parts;

use super::{Chart, Drawing, Source, Subject, break_even};

/// The chart.
pub(super) const CHART: Chart = Chart {
    id: "break_even_lines",
    name: "Cost over requests a month, without ranges",
    source: Source::Evaluation {
        parts: Parts {
            break_even: true,
            ..Parts::NONE
        },
        draw: drawing,
    },
};

fn drawing(subject: &Subject<'_>) -> Option<Drawing> {
    break_even::drawn(subject, false)
}

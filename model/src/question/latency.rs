//! How fast it must answer, and what it is written in.

use super::relevance::{has_target, on_functions, shared_instances};
use super::{Form, Question, choices, typical};
use crate::behavior::{Framework, Language};
use crate::system::Percentile;

pub(super) const QUESTIONS: &[Question] = &[
    Question::number(
        "latency.target_ms",
        "Latency target",
        "How fast must it answer?",
        "A cold start shows in P99 long before it shows in the median; a target can rule a platform out.",
    )
    .when(shared_instances)
    .typically(&[
        typical("100", "a call inside another call"),
        typical("500", "a person waits for a page"),
        typical("2s", "a person waits and knows it"),
    ]),
    Question::new(
        "latency.percentile",
        "Percentile of the target",
        "For how many requests must that hold?",
        "P99 leaves one request in a hundred out.",
        Form::One(choices!(Percentile::ALL, id)),
    )
    .when(has_target),
    Question::new(
        "runtime.language",
        "Language",
        "What is it written in?",
        "Cold starts take 0.1 to 0.5 s in Node.js, Python and Go, and a second or more in Java and .NET.",
        Form::One(choices!(Language::ALL, name)),
    )
    .when(on_functions),
    Question::new(
        "runtime.framework",
        "Framework",
        "Which framework does it start?",
        "A framework can add seconds to a cold start.",
        Form::One(choices!(Framework::ALL, name)),
    )
    .when(on_functions),
    Question::number("runtime.package_mb", "Package size", "How large is the package?", "A larger package starts more slowly; past 250 MB it must be an image.")
.typically(&[typical("1", "a tree-shaken bundle"),
typical("5", "a bundle with a few clients"),
typical("60", "everything in node_modules"),
typical("500", "an image")])
    .when(on_functions),
    Question::flag("runtime.image", "Shipped as an image", "Is it shipped as a container image?", "Images start a little differently and may be up to 10 GB.")
    .when(on_functions),
    Question::number(
        "runtime.keep_alive_s",
        "Keep-alive",
        "How long does an idle function stay warm?",
        "AWS does not promise a time; the default is measured.",
    )
.typically(&[typical("5min", "the shortest measured"),
typical("7min", "the usual"),
typical("10min", "the longest measured")])
    .when(on_functions).rarely(),
];

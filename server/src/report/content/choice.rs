//! Which options can be chosen.

use app::components::options::arranged;
use model::evaluation::{ComponentEvaluation, Family, PlatformOption};

use super::super::Subject;

/// Whether a part of it has no option.
pub(in crate::report) fn is_stuck(subject: &Subject<'_>) -> bool {
    subject.evaluation.verdict.family == Family::None
}

/// Those that can be chosen, in the order of the screen, and the rest.
pub(in crate::report) fn able_and_rest(
    component: &ComponentEvaluation,
) -> (Vec<&PlatformOption>, Vec<&PlatformOption>) {
    let (able, rest) = arranged(component);
    let can_run = |option: &&PlatformOption| option.fit.ok && option.bill.is_some();
    if able.first().is_some_and(can_run) {
        (able, rest)
    } else {
        (Vec::new(), able)
    }
}

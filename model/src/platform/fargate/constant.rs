//! What one task carries that stands for a base, while something else takes what is above.

use super::{FargateCosting, Style};
use crate::price::PriceBook;
use crate::tariff::Tariffs;
use crate::units::RequestsPerSecond;
use crate::workload::Workload;

/// The most that one task of the workload's pinned size carries: at the target utilization,
/// within its memory and within the latency target. `None` where no such task holds a request.
pub(crate) fn task_carries(workload: &Workload, book: &PriceBook) -> Option<RequestsPerSecond> {
    let mut tariffs = Tariffs::new(book, workload);
    let costing = FargateCosting::new(workload, &mut tariffs, Style::Ecs);
    let sizes = costing.sizes.iter();
    let rates = sizes.map(|candidate| costing.load.rate(candidate).usual);
    rates.max_by(|left, right| left.get().total_cmp(&right.get()))
}

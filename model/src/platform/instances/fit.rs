//! The limits that all platforms on instances share.

use super::Pool;
use crate::behavior::{Architecture, Behavior};
use crate::platform::fit::FitCheck;
use crate::system::Need;
use crate::units::RequestsPerMonth;

impl Pool<'_> {
    /// Memory of the largest type, what must be offered, the pinned type, the pinned fleet.
    pub(in crate::platform) fn fit(&self, fit: &mut FitCheck<'_>, requests: RequestsPerMonth) {
        let workload = self.workload;
        let needed = (workload.process_memory + workload.request_memory).gigabytes();
        let largest = self.largest_gb;
        fit.own(
            "Memory of the largest instance in the price book",
            "GB",
            largest,
            needed,
        );
        fit.needs();
        self.fit_pinned_type(fit);
        if self.candidates.is_empty() && needed <= largest {
            fit.own("Instance type that holds one copy", "types", 0.0, 1.0);
        }
        if let Some(choice) = self.best(requests) {
            let candidate = choice.candidate;
            fit.pinned_fleet(self.load(candidate), candidate.unit, requests);
        }
        self.fit_tasks(fit);
    }

    fn fit_pinned_type(&self, fit: &mut FitCheck<'_>) {
        let workload = self.workload;
        let Some(kind) = workload
            .pin
            .instance_type
            .as_ref()
            .and_then(|name| Behavior::embedded().instance_type(name))
        else {
            return;
        };
        if workload.needs.contains(&Need::Gpu) {
            fit.own("GPUs of the pinned instance type", "GPUs", kind.gpu, 1.0);
        }
        if workload.needs.contains(&Need::Windows) {
            let runs = f64::from(u8::from(kind.architecture == Architecture::X86_64));
            fit.own("Windows on the pinned instance type", "needed", runs, 1.0);
        }
    }

    /// More tasks pinned than the pinned instances hold.
    fn fit_tasks(&self, fit: &mut FitCheck<'_>) {
        let pin = &self.workload.pin;
        let tasks = self.hosting.packing.is_tasks();
        let (true, Some(instances), Some(count)) = (tasks, pin.instance_count, pin.task_count)
        else {
            return;
        };
        let held = self
            .candidates
            .iter()
            .map(|candidate| candidate.size.shape.per_instance * instances)
            .fold(0.0, f64::max);
        fit.own("Tasks that the pinned instances hold", "tasks", held, count);
    }
}

//! A component in its system: the requests that other components send it, what they take of
//! the account's quotas, and the environments beside production.

use super::{Elsewhere, EnvironmentLoad, Workload, resolve};
use crate::system::{Availability, Commitment, Environment, Requests, System};
use crate::units::{HOURS_PER_WEEK, RequestsPerMonth};

/// The name that marks production among several environments.
const PRODUCTION: &str = "production";

impl Workload {
    /// Puts a resolved component into its system.
    pub(super) fn place(&mut self, system: &System, index: usize) {
        let totals = system.requests_with_links();
        self.linked_requests = RequestsPerMonth::new(totals[index].linked);
        self.requests = RequestsPerMonth::new(totals[index].total);
        self.elsewhere = elsewhere(system, index, &totals);
        self.stand_environments(system);
    }

    /// The same for another point of the ranges: what comes from other components stays.
    pub(super) fn place_like(&mut self, typical: &Self, system: &System) {
        self.linked_requests = typical.linked_requests;
        self.requests = self.requests.max(self.linked_requests);
        self.elsewhere = typical.elsewhere;
        self.stand_environments(system);
    }

    fn stand_environments(&mut self, system: &System) {
        self.environments = beside_production(system)
            .map(|environment| EnvironmentLoad {
                name: environment.name.clone(),
                hours_share: (environment.hours_per_week / HOURS_PER_WEEK).clamp(0.0, 1.0),
                scale: environment.scale,
                workload: self.in_environment(environment.scale),
            })
            .collect();
    }

    /// A test environment needs no second zone and no commitment, and the numbers pinned for
    /// production are not its own.
    fn in_environment(&self, scale: f64) -> Self {
        let mut workload = self.clone();
        workload.requests = self.requests * scale;
        workload.availability = Availability::OneZone;
        workload.terms.commitment = Commitment::None;
        workload.terms.free_tier_share = 0.0;
        workload.terms.discount = 0.0;
        workload.pin.task_count = None;
        workload.pin.instance_count = None;
        workload.pin.provisioned_concurrency = None;
        workload.environments = Vec::new();
        workload.state = self.state.scaled(scale);
        workload.websocket_connections *= scale;
        workload.outbound_gb *= scale;
        workload
    }
}

/// All environments but production: the one of that name, else the first.
pub(crate) fn beside_production(system: &System) -> impl Iterator<Item = &Environment> {
    let all = system
        .operations
        .environments
        .as_deref()
        .unwrap_or_default();
    let production = all
        .iter()
        .position(|environment| environment.name == PRODUCTION)
        .unwrap_or(0);
    all.iter()
        .enumerate()
        .filter(move |(index, _)| *index != production)
        .map(|(_, environment)| environment)
}

/// What all other components would take if they ran as functions.
fn elsewhere(system: &System, index: usize, totals: &[Requests]) -> Elsewhere {
    let mut sum = Elsewhere::default();
    for other in (0..system.components.len()).filter(|other| *other != index) {
        let workload = resolve::resolve(
            system,
            other,
            &mut |_| 0.0,
            resolve::Purpose::Record(&mut Vec::new()),
        );
        let peak = RequestsPerMonth::new(totals[other].total).per_second() * workload.peak_weight();
        sum.requests_per_s += peak.get();
        sum.concurrency += peak.offered_load(workload.duration.seconds());
    }
    sum
}

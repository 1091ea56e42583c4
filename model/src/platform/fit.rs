//! Checking a workload against the published limits of a platform.

use super::fleet::FleetLoad;
use crate::behavior::{Behavior, Limit, LimitKind};
use crate::capacity::Unit;
use crate::evaluation::{Fit, LimitCheck};
use crate::price::PriceBook;
use crate::rules::Rules;
use crate::system::{FrontDoor, Kind};
use crate::units::{Milliseconds, RequestsPerMonth, RequestsPerSecond};
use crate::workload::Workload;

/// Guidelines that are met above their value, as minima are.
const FROM_THERE_ON: [&str; 1] = ["aws-lambda-managed-instances/worthwhile"];

/// Collects limit checks; what cannot be raised eliminates.
///
/// Without a list only the verdict is kept, for the many evaluations that ask for nothing else:
/// the checks are the same, but nothing is written down.
pub(super) struct FitCheck<'a> {
    platform: &'static str,
    workload: &'a Workload,
    depth: Depth,
    fit: Fit,
}

/// How much of a fit is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Every limit that was checked.
    List,
    /// Only whether all hold.
    Verdict,
}

impl<'a> FitCheck<'a> {
    pub(super) fn new(platform: &'static str, workload: &'a Workload, depth: Depth) -> Self {
        Self {
            platform,
            workload,
            depth,
            fit: Fit {
                ok: true,
                ..Fit::default()
            },
        }
    }

    /// Further checks for a fit that was begun elsewhere.
    pub(super) const fn resume(platform: &'static str, workload: &'a Workload, fit: Fit) -> Self {
        Self {
            platform,
            workload,
            depth: Depth::List,
            fit,
        }
    }

    /// A limit of the data against what the workload needs, in the limit's unit.
    pub(super) fn at_most(&mut self, limit_id: &str, needed: f64) {
        let limit = Behavior::embedded().limit(limit_id);
        self.add(limit, limit.kind, "", limit.value, needed);
    }

    /// A quota whose value the user knows better than the data.
    pub(super) fn quota(&mut self, limit_id: &str, granted: f64, needed: f64) {
        let limit = Behavior::embedded().limit(limit_id);
        self.add(limit, LimitKind::Quota, "", granted, needed);
    }

    /// A quota that all components of the account share: `own` is what this one needs,
    /// `elsewhere` what the others take.
    pub(super) fn shared_quota(&mut self, limit_id: &str, granted: f64, own: f64, elsewhere: f64) {
        if elsewhere <= 0.0 {
            return self.quota(limit_id, granted, own);
        }
        let limit = Behavior::embedded().limit(limit_id);
        let shared = ", shared by all components";
        self.add(limit, LimitKind::Quota, shared, granted, own + elsewhere);
    }

    /// A check that warns where it fails and takes nothing out.
    pub(super) fn warning(&mut self, check: impl FnOnce() -> LimitCheck) {
        self.list(check);
    }

    /// Something that the platform does not offer, with the limit that documents it.
    pub(super) fn lacking(&mut self, what: &str, documented: &Limit) {
        self.not_offered(what, &documented.source, &documented.as_of);
    }

    /// The limits of what stands in front.
    pub(super) fn door(&mut self, door: FrontDoor, slowest: Milliseconds, peak: RequestsPerSecond) {
        let workload = self.workload;
        let payload_mb =
            workload.payload_in_kb.max(workload.payload_out_kb) / crate::units::KB_PER_MB;
        let slowest_s = slowest.seconds().get();
        let functions = self.platform.starts_with("aws-lambda");
        if functions && workload.kind == Kind::Websocket {
            self.websocket_api();
        }
        // The account's requests, whichever component they reach.
        let all = peak.get() + workload.elsewhere.requests_per_s;
        match door {
            FrontDoor::HttpApi => {
                self.at_most("aws-api-gateway/http-timeout", slowest_s);
                self.at_most("aws-api-gateway/http-payload", payload_mb);
                self.at_most("aws-api-gateway/requests", all);
            }
            FrontDoor::RestApi => {
                self.at_most("aws-api-gateway/rest-timeout", slowest_s);
                self.at_most("aws-api-gateway/rest-payload", payload_mb);
                self.at_most("aws-api-gateway/requests", all);
            }
            FrontDoor::Alb if functions => {
                self.at_most("aws-alb/lambda-payload", payload_mb);
            }
            FrontDoor::Alb | FrontDoor::Auto | FrontDoor::FunctionUrl | FrontDoor::None => {}
        }
    }

    /// Connections of functions are held by a gateway.
    fn websocket_api(&mut self) {
        let workload = self.workload;
        let message_kb = workload.payload_in_kb.max(workload.payload_out_kb);
        let renewed_s = Rules::embedded().websocket_connection_seconds;
        self.at_most("aws-api-gateway/websocket-message", message_kb);
        self.at_most(
            "aws-api-gateway/websocket-connects",
            workload.websocket_connections / renewed_s,
        );
    }

    /// A condition of the platform that the user must accept, in the data as a minimum of 1.
    pub(super) fn accepted(&mut self, limit_id: &str, accepted: bool) {
        let limit = Behavior::embedded().limit(limit_id);
        let given = if accepted { limit.value } else { 0.0 };
        self.judge(accepted, true, &limit.as_of);
        self.list(|| LimitCheck {
            limit: limit.what.clone(),
            limit_value: limit.value,
            workload_value: given,
            unit: limit.unit.clone(),
            ok: accepted,
            headroom: if accepted { 0.0 } else { -1.0 },
            source: source_url(&limit.source),
            as_of: limit.as_of.clone(),
            eliminates: !accepted,
            kind: LimitKind::Minimum,
        });
    }

    /// What the platform must offer and does not.
    pub(super) fn needs(&mut self) {
        let behavior = Behavior::embedded();
        for need in &self.workload.needs {
            if let Some(row) = behavior.lacks(self.platform, need.id()) {
                self.not_offered(need.label(), &row.source, &row.as_of);
            }
        }
    }

    fn not_offered(&mut self, what: &str, source: &str, as_of: &str) {
        self.judge(false, true, as_of);
        self.list(|| LimitCheck {
            limit: what.to_owned(),
            limit_value: 0.0,
            workload_value: 1.0,
            unit: "needed".to_owned(),
            ok: false,
            headroom: -1.0,
            source: source_url(source),
            as_of: as_of.to_owned(),
            eliminates: true,
            kind: LimitKind::Maximum,
        });
    }

    /// A condition of the user's own making, such as a pinned fleet that is too small.
    pub(super) fn own(&mut self, what: &str, unit: &str, limit_value: f64, needed: f64) {
        let (ok, as_of) = (needed <= limit_value, PriceBook::embedded().version());
        self.judge(ok, true, as_of);
        self.list(|| LimitCheck {
            limit: what.to_owned(),
            limit_value,
            workload_value: needed,
            unit: unit.to_owned(),
            ok,
            headroom: headroom(limit_value, needed),
            source: "/method#capacity".to_owned(),
            as_of: as_of.to_owned(),
            eliminates: !ok,
            kind: LimitKind::Maximum,
        });
    }

    /// A fleet whose number of units is pinned: does it carry the busiest hour at all?
    pub(super) fn pinned_fleet(
        &mut self,
        load: &FleetLoad<'_>,
        unit: Unit,
        requests: RequestsPerMonth,
    ) {
        let Some(count) = load.pinned_count else {
            return;
        };
        let workload = self.workload;
        let peak = requests.per_second() * load.peak_height();
        let computing = peak.offered_load(workload.cpu.seconds());
        self.own(
            "CPU of the pinned fleet in the busiest hour",
            "vCPU",
            count * unit.vcpu,
            computing,
        );
        if unit.places.is_finite() {
            let at_once = peak.offered_load(workload.duration.seconds());
            self.own(
                "Requests at once that the pinned fleet's memory holds",
                "requests",
                count * unit.places,
                at_once,
            );
        }
    }

    /// A limit of the data as one of a kind; `remark` is said after what it limits.
    fn add(&mut self, limit: &Limit, kind: LimitKind, remark: &str, limit_value: f64, needed: f64) {
        let ok = match kind {
            LimitKind::Minimum => needed >= limit_value,
            LimitKind::Guideline => true,
            LimitKind::Maximum | LimitKind::Quota => needed <= limit_value,
        };
        // A quota is raised on request: it warns, it does not eliminate.
        let eliminates = kind == LimitKind::Maximum;
        self.judge(ok, eliminates, &limit.as_of);
        self.fit.provisional |= self.depth == Depth::List
            && eliminates
            && !ok
            && limit.provisional(PriceBook::embedded().version());
        self.list(|| LimitCheck {
            limit: format!("{}{remark}", limit.what),
            limit_value,
            workload_value: needed,
            unit: limit.unit.clone(),
            ok,
            // What a minimum asks for may lie above it by as much as it likes.
            headroom: if from_there_on(limit, kind) {
                headroom(needed, limit_value)
            } else {
                headroom(limit_value, needed)
            },
            source: source_url(&limit.source),
            as_of: limit.as_of.clone(),
            eliminates: eliminates && !ok,
            kind,
        });
    }

    fn judge(&mut self, ok: bool, eliminates: bool, as_of: &str) {
        if !ok && eliminates {
            self.fit.ok = false;
            self.fit.provisional |= self.depth == Depth::List && older_than_a_year(as_of);
        }
    }

    fn list(&mut self, check: impl FnOnce() -> LimitCheck) {
        if self.depth == Depth::List {
            self.fit.limits.push(check());
        }
    }

    pub(super) fn finish(self) -> Fit {
        self.fit
    }
}

/// Whether it is met above its value rather than below.
fn from_there_on(limit: &Limit, kind: LimitKind) -> bool {
    kind == LimitKind::Minimum || FROM_THERE_ON.contains(&limit.id.as_str())
}

/// Share of the limit that is left.
pub(super) fn headroom(limit: f64, needed: f64) -> f64 {
    if limit > 0.0 {
        1.0 - needed / limit
    } else {
        -1.0
    }
}

pub(super) fn source_url(id: &str) -> String {
    Behavior::embedded()
        .source(id)
        .map_or_else(|| id.to_owned(), |source| source.url.clone())
}

/// Whether a date of the data lies more than a year before the price book's.
fn older_than_a_year(as_of: &str) -> bool {
    crate::behavior::older_than_a_year(as_of, PriceBook::embedded().version())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_read_two_years_before_the_book_is_provisional() {
        assert!(older_than_a_year("2024-06-01"));
        assert!(older_than_a_year("2024"));
        assert!(!older_than_a_year("2026-08"));
        assert!(!older_than_a_year("2026"));
    }
}

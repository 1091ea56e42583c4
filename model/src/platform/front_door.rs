//! What stands in front: a function URL, an HTTP or REST API, a load balancer.

use crate::behavior::Behavior;
use crate::bill::{Charges, Group};
use crate::latency::distribution::LogNormal;
use crate::math;
use crate::rules::Rules;
use crate::state;
use crate::system::{FrontDoor, Kind};
use crate::tariff::{Rate, Tariffs};
use crate::traffic::Level;
use crate::units::{
    HOURS_PER_MONTH, KB_PER_GB, MINUTES_PER_HOUR, Milliseconds, RequestsPerMonth,
    RequestsPerSecond, SECONDS_PER_HOUR,
};
use crate::workload::Workload;

/// A front door with its prices.
#[derive(Debug)]
pub(super) struct Door<'a> {
    kind: FrontDoor,
    websocket: bool,
    before_lambda: bool,
    /// Connections that messages share, instead of some requests each.
    keeps_connections: bool,
    call: Rate<'a>,
    hour: Rate<'a>,
    lcu_hour: Rate<'a>,
    address: Rate<'a>,
    connection_minute: Rate<'a>,
    connections: f64,
    zones: f64,
    transfer_kb: f64,
    metered_per_call: f64,
    levels: &'a [Level],
    delivery: Option<LogNormal>,
}

impl<'a> Door<'a> {
    pub(super) fn new(
        tariffs: &mut Tariffs<'a>,
        workload: &'a Workload,
        before_lambda: bool,
    ) -> Self {
        let kind = workload.door(before_lambda);
        let alb = kind == FrontDoor::Alb;
        // Only a gateway can hold the connections of functions.
        let websocket = before_lambda && workload.kind == Kind::Websocket;
        let (call_name, call_id) = match kind {
            _ if websocket => (
                "WebSocket API messages",
                "amazon-api-gateway/websocket-api/message",
            ),
            FrontDoor::RestApi => ("REST API calls", "amazon-api-gateway/rest-api/request"),
            _ => ("HTTP API calls", "amazon-api-gateway/http-api/request"),
        };
        let called = websocket || matches!(kind, FrontDoor::HttpApi | FrontDoor::RestApi);
        Self {
            kind,
            websocket,
            before_lambda,
            keeps_connections: workload.kind == Kind::Websocket
                && workload.websocket_connections > 0.0,
            call: tariffs.rate(called, Group::FrontDoor, call_name, call_id),
            hour: tariffs.rate(
                alb,
                Group::FrontDoor,
                "Load balancer hours",
                "elastic-load-balancing/alb/hour",
            ),
            lcu_hour: tariffs.rate(
                alb,
                Group::FrontDoor,
                "Load balancer capacity",
                "elastic-load-balancing/alb/lcu",
            ),
            address: tariffs.rate(
                alb,
                Group::Network,
                "Public IPv4 of the load balancer",
                "amazon-vpc/public-ipv4/hour",
            ),
            connection_minute: tariffs.rate(
                websocket && workload.websocket_connections > 0.0,
                Group::FrontDoor,
                "WebSocket API connections",
                "amazon-api-gateway/websocket-api/connection",
            ),
            connections: workload.websocket_connections,
            zones: f64::from(workload.availability.zones()),
            transfer_kb: workload.payload_in_kb + workload.payload_out_kb,
            metered_per_call: metered_calls(kind, websocket, workload),
            levels: &workload.levels,
            delivery: state::delivery(workload.kind, false),
        }
    }

    pub(super) const fn kind(&self) -> FrontDoor {
        self.kind
    }

    /// Its name in a configuration.
    pub(super) const fn name(&self) -> &'static str {
        if self.websocket {
            "websocket_api"
        } else {
            self.kind.id()
        }
    }

    pub(super) fn charge(&self, bill: &mut dyn Charges, requests: RequestsPerMonth) {
        self.call
            .charge(bill, requests.get() * self.metered_per_call);
        self.connection_minute
            .charge(bill, self.connections * HOURS_PER_MONTH * MINUTES_PER_HOUR);
        if self.kind == FrontDoor::Alb {
            self.hour.charge(bill, HOURS_PER_MONTH);
            self.lcu_hour.charge(bill, self.lcu_hours(requests));
            self.address.charge(bill, self.zones * HOURS_PER_MONTH);
        }
    }

    /// Capacity units hour by hour: in each the largest of new connections, open
    /// connections, data and rule evaluations beyond the free ones.
    fn lcu_hours(&self, requests: RequestsPerMonth) -> f64 {
        let hours = |level: &Level| {
            Workload::hours_a_month(*level) * self.lcus(Workload::rate_at(requests, *level))
        };
        self.levels.iter().map(hours).sum()
    }

    fn lcus(&self, rate: RequestsPerSecond) -> f64 {
        let rules = Rules::embedded();
        // Messages pass over connections that stay open; requests share one for a while.
        let (new_per_s, open, evaluated_per_s) = if self.keeps_connections {
            let new_per_s = self.connections / rules.websocket_connection_seconds;
            (new_per_s, self.connections, new_per_s)
        } else {
            let new_per_s = rate.get() / rules.requests_per_connection;
            (new_per_s, new_per_s * rules.connection_seconds, rate.get())
        };
        let gb_per_hour = rate.get() * SECONDS_PER_HOUR * self.transfer_kb / KB_PER_GB;
        let gb_per_lcu = if self.before_lambda {
            rules.lcu_gb_per_hour_lambda
        } else {
            rules.lcu_gb_per_hour
        };
        let charged_rules = (rules.alb_rules - rules.alb_rules_free).max(0.0);
        (new_per_s / rules.lcu_new_connections_per_s)
            .max(open / rules.lcu_active_connections)
            .max(gb_per_hour / gb_per_lcu)
            .max(evaluated_per_s * charged_rules / rules.lcu_rule_evaluations_per_s)
    }

    /// What happens before the handler runs: the way through the front door, or the delivery by
    /// the event source.
    pub(super) fn overhead(&self) -> Option<LogNormal> {
        match (self.passing(), self.delivery) {
            (Some(passing), Some(delivery)) => Some(passing.plus(delivery)),
            (passing, delivery) => passing.or(delivery),
        }
    }

    fn passing(&self) -> Option<LogNormal> {
        let id = match self.kind {
            FrontDoor::FunctionUrl => "front_door/function_url",
            FrontDoor::HttpApi => "front_door/http_api",
            FrontDoor::RestApi => "front_door/rest_api",
            FrontDoor::Alb => "front_door/alb",
            FrontDoor::None | FrontDoor::Auto => return None,
        };
        let latency = Behavior::embedded().service_latency(id)?;
        LogNormal::from_p50_p95(
            Milliseconds::new(latency.p50_ms),
            Milliseconds::new(latency.p95_ms),
        )
        .ok()
    }
}

/// What one request counts as: an HTTP API meters in steps of 512 KB of the larger of request
/// and response, a REST API each call once, a WebSocket API in steps of 32 KB the message
/// received and the answer sent.
fn metered_calls(kind: FrontDoor, websocket: bool, workload: &Workload) -> f64 {
    let rules = Rules::embedded();
    let steps = |kb: f64, step_kb: f64| math::ceil(kb / step_kb);
    let (received, sent) = (workload.payload_in_kb, workload.payload_out_kb);
    if websocket {
        steps(received, rules.websocket_unit_kb).max(1.0) + steps(sent, rules.websocket_unit_kb)
    } else if kind == FrontDoor::HttpApi {
        steps(received.max(sent), rules.http_api_unit_kb).max(1.0)
    } else {
        1.0
    }
}

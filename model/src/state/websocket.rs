//! Open `WebSockets`: API Gateway's WebSocket API before functions, a load balancer before
//! tasks.
//!
//! The front door of a component of kind `websocket` bills one message a request and its
//! connection minutes. Here stands what is left on the serverless side:
//! - messages over the connections beyond the requests (what is pushed):
//!   `max(0, messages/s x seconds of a month - requests) x ceil(KB / 32)`;
//! - for a component of another kind, all its messages, and
//!   `connections x minutes of a month`.

use crate::bill::{Charges, Group};
use crate::evaluation::StateService;
use crate::rules::Rules;
use crate::system::Kind;
use crate::tariff::{Rate, Tariffs};
use crate::units::{HOURS_PER_MONTH, MINUTES_PER_HOUR, RequestsPerMonth, SECONDS_PER_MONTH};
use crate::wording::{count, short};
use crate::workload::Workload;

use super::{Side, billed_units};

#[derive(Debug)]
pub(super) struct Websocket<'a> {
    message: Rate<'a>,
    minute: Rate<'a>,
    /// Whether the front door bills the requests and the connections.
    at_the_door: bool,
    messages: f64,
    units: f64,
    door_units: f64,
    connection_minutes: f64,
}

impl<'a> Websocket<'a> {
    pub(super) fn new(tariffs: &mut Tariffs<'a>, workload: &Workload, side: Side) -> Option<Self> {
        let needs = &workload.state;
        let at_the_door = workload.kind == Kind::Websocket;
        let minutes = if at_the_door {
            0.0
        } else {
            needs.websocket_connections * HOURS_PER_MONTH * MINUTES_PER_HOUR
        };
        let messages = needs.websocket_messages_per_s * SECONDS_PER_MONTH;
        if side == Side::Containers || (messages <= 0.0 && minutes <= 0.0) {
            return None;
        }
        let unit_kb = Rules::embedded().websocket_unit_kb;
        let larger = workload.payload_in_kb.max(workload.payload_out_kb);
        Some(Self {
            message: tariffs.rate(
                messages > 0.0,
                Group::FrontDoor,
                "WebSocket API further messages",
                "amazon-api-gateway/websocket-api/message",
            ),
            minute: tariffs.rate(
                minutes > 0.0,
                Group::FrontDoor,
                "WebSocket API connections",
                "amazon-api-gateway/websocket-api/connection",
            ),
            at_the_door,
            messages,
            units: billed_units(workload.payload_out_kb, unit_kb),
            door_units: billed_units(larger, unit_kb),
            connection_minutes: minutes,
        })
    }

    pub(super) fn charge(&self, bill: &mut (impl Charges + ?Sized), requests: RequestsPerMonth) {
        let at_the_door = if self.at_the_door {
            requests.get()
        } else {
            0.0
        };
        let further = (self.messages - at_the_door).max(0.0) * self.units;
        self.message
            .charge_after(bill, at_the_door * self.door_units, further);
        self.minute.charge(bill, self.connection_minutes);
    }
}

pub(super) fn service(workload: &Workload) -> Option<StateService> {
    let needs = &workload.state;
    let open = needs.websocket_connections;
    (open > 0.0 || needs.websocket_messages_per_s > 0.0).then(|| StateService {
        need: "websocket".to_owned(),
        serverless: "Amazon API Gateway WebSocket API".to_owned(),
        containers: "Application Load Balancer".to_owned(),
        reason: format!(
            "A function cannot hold a connection; a gateway or a task can. {} open connections \
             are {} connection minutes a month at the gateway, and {} messages a second pass.",
            count(open),
            count(open * HOURS_PER_MONTH * MINUTES_PER_HOUR),
            short(needs.websocket_messages_per_s)
        ),
    })
}

//! What a person describes: a system of components with its shared choices.
//!
//! These are the public JSON names, version 1. Every answer but two per
//! component may be left out; [`crate::workload`] fills the gaps from the table
//! of defaults and reports which it used. Parsing happens in two steps: serde
//! checks the structure, [`System::check`] then reports *every* value out of
//! bounds with its path, so that a form can mark all fields at once.

mod answer;
mod check;
mod choice;
mod field;
pub mod limits;
mod links;
pub mod records;

use serde::{Deserialize, Serialize};

use crate::behavior::{Architecture, Framework, Language};
use crate::price::Region;
use crate::traffic::Shape;

pub use answer::Answer;
pub use check::{FieldError, InvalidSystem};
pub use choice::{Availability, Commitment, FrontDoor, Kind, Need, Percentile, Provenance};
pub use field::{NUMBER_FIELDS, NumberField, number_field};
pub use links::Requests;

/// The only version of the format so far.
pub const VERSION: u32 = 1;

/// A system: one or more components and what they share.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct System {
    /// Format version; required, and 1.
    pub version: u32,
    /// A name for people, at most 500 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Free text, at most 10,000 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub notes: String,
    /// Where it runs. Prices differ by region and never fall back to another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
    /// The parts, 1 to 20.
    pub components: Vec<Component>,
    /// Who calls whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// How capacity is bought, unless a component says otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purchase: Option<Purchase>,
    /// Availability, environments, team.
    #[serde(default, skip_serializing_if = "is_default")]
    pub operations: Operations,
    /// Own prices by price id, in US dollars a unit; they replace the book's.
    #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub rates: std::collections::BTreeMap<String, f64>,
    /// Bill groups to leave out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude: Vec<crate::bill::Group>,
    /// What is paid today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub today_usd_per_month: Option<Answer>,
    /// One-off cost of moving.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub migration_usd: Option<Answer>,
    /// How far ahead to look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub horizon_months: Option<Answer>,
    /// How sure each answer is, by path.
    #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub provenance: std::collections::BTreeMap<String, Provenance>,
}

/// One part of a system.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// A name, unique within the system.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// How much comes in, and when.
    #[serde(default)]
    pub traffic: Traffic,
    /// What one request costs in time and memory.
    #[serde(default)]
    pub work: Work,
    /// What it is written in.
    #[serde(default, skip_serializing_if = "is_default")]
    pub runtime: Runtime,
    /// The network it stands in.
    #[serde(default, skip_serializing_if = "is_default")]
    pub network: Network,
    /// How fast it must answer.
    #[serde(default, skip_serializing_if = "is_default")]
    pub latency: Latency,
    /// What it keeps and calls.
    #[serde(default, skip_serializing_if = "is_default")]
    pub state: State,
    /// What the platform must offer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Need>,
    /// What stands in front of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub front_door: Option<FrontDoor>,
    /// Overrides the system's purchase.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purchase: Option<Purchase>,
    /// Choices taken out of the model's hands.
    #[serde(default, skip_serializing_if = "is_default")]
    pub pin: Pin,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Declares a group of optional answers; absent ones are not written.
macro_rules! answers {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$field_doc])* #[serde(default, skip_serializing_if = "Option::is_none")] pub $field: Option<$type>,)*
        }
    };
}

answers! {
    /// How much comes in, and when.
    Traffic {
        /// Requests (or messages, or jobs) a month of 730 hours; required.
        requests_per_month: Answer,
        /// The week's shape.
        shape: Shape,
        /// Busiest hour against the mean hour; stretches the shape.
        peak_to_mean: Answer,
        /// Bursts shorter than an hour.
        bursts: Vec<Burst>,
        /// Messages handled by one invocation.
        batch_size: Answer,
        /// Growth a month, percent.
        growth_per_month_pct: Answer,
    }
}

/// A burst shorter than the profile's hour.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Burst {
    /// Height against the mean rate.
    pub height: f64,
    /// How long it lasts.
    pub minutes: f64,
    /// How often.
    pub per_week: f64,
    /// How quickly it rises.
    pub arrives_within_s: f64,
    /// Known ahead, so that capacity can be scheduled before it arrives.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub announced: bool,
}

answers! {
    /// What one request costs in time and memory.
    Work {
        /// Mean wall time at one full vCPU, or at the pinned Lambda memory; required.
        duration_ms: Answer,
        /// The slowest 1 %.
        duration_p99_ms: Answer,
        /// The longest run there is.
        max_duration_ms: Answer,
        /// The part that computes, on one vCPU.
        cpu_ms: Answer,
        /// How many vCPUs one request can use at once.
        parallelism: Answer,
        /// Memory that one request adds.
        request_memory_mb: Answer,
        /// Memory of the process before any request.
        process_memory_mb: Answer,
        /// Scratch disk.
        local_disk_mb: Answer,
        /// Requests one instance may work on at once.
        max_requests_per_instance: Answer,
        /// Request size.
        payload_in_kb: Answer,
        /// Response size.
        payload_out_kb: Answer,
        /// Bytes that leave for the internet.
        egress_kb: Answer,
        /// Log bytes.
        logs_kb: Answer,
    }
}

answers! {
    /// What it is written in and how it is shipped.
    Runtime {
        /// Programming language.
        language: Language,
        /// Framework.
        framework: Framework,
        /// Size of the package.
        package_mb: Answer,
        /// Shipped as a container image.
        image: bool,
        /// How long Lambda keeps an idle environment.
        keep_alive_s: Answer,
    }
}

answers! {
    /// The network it stands in.
    Network {
        /// Must reach a private network.
        private: bool,
        /// Traffic a month from a private network to the internet, beyond responses.
        outbound_gb: Answer,
    }
}

answers! {
    /// How fast it must answer.
    Latency {
        /// Which percentile the target speaks of.
        percentile: Percentile,
        /// The target; absent means none.
        target_ms: Answer,
    }
}

answers! {
    /// What it keeps and calls, per request unless the unit says otherwise.
    State {
        /// Key-value reads a request.
        key_value_reads: Answer,
        /// Key-value writes a request.
        key_value_writes: Answer,
        /// Queue messages a request.
        queue_messages: Answer,
        /// Workflow transitions a request.
        workflow_steps: Answer,
        /// Events a request.
        events: Answer,
        /// Object reads a request.
        object_reads: Answer,
        /// Object writes a request.
        object_writes: Answer,
        /// Stored data.
        storage_gb: Answer,
        /// Cached data.
        cache_gb: Answer,
        /// Connections the database must hold.
        relational_connections: Answer,
        /// Open WebSocket connections.
        websocket_connections: Answer,
        /// WebSocket messages a second.
        websocket_messages_per_s: Answer,
    }
}

answers! {
    /// Choices that win over every optimum and every minimum.
    Pin {
        /// Processor architecture.
        architecture: Architecture,
        /// Lambda memory.
        lambda_memory_mb: Answer,
        /// Lambda provisioned concurrency.
        provisioned_concurrency: Answer,
        /// vCPU of a task.
        task_vcpu: Answer,
        /// Memory of a task.
        task_memory_gb: Answer,
        /// Number of tasks.
        task_count: Answer,
        /// EC2 instance type.
        instance_type: String,
        /// Number of instances.
        instance_count: Answer,
    }
}

answers! {
    /// How capacity is bought.
    Purchase {
        /// Commitment.
        commitment: Commitment,
        /// Use Spot.
        spot: bool,
        /// Count the free tier.
        free_tier: bool,
        /// Own discount, percent.
        discount_pct: Answer,
    }
}

answers! {
    /// Availability, environments, team.
    Operations {
        /// Zones that must be able to fail.
        availability: Availability,
        /// Environments beside production.
        environments: Vec<Environment>,
        /// Containers skill, 0..3.
        team_container_skill: Answer,
        /// Serverless skill, 0..3.
        team_serverless_skill: Answer,
        /// Lambda's account concurrency.
        account_concurrency: Answer,
        /// CPU utilization that the fleet is sized for.
        utilization_target: Answer,
    }
}

/// One environment, such as production or test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Environment {
    /// Its name.
    pub name: String,
    /// Hours a week it is up.
    pub hours_per_week: f64,
    /// Its size against production.
    pub scale: f64,
}

/// Calls from one component to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Name of the caller.
    pub from: String,
    /// Name of the called.
    pub to: String,
    /// Calls for each request of the caller.
    pub calls_per_request: f64,
}

impl System {
    /// Reads a system from JSON and checks every value.
    ///
    /// # Errors
    /// All bad fields with their paths; a structural mistake is reported alone.
    pub fn from_json(json: &[u8]) -> Result<Self, InvalidSystem> {
        check::parse(json)
    }

    /// Reads a system from a JSON value and checks every value.
    ///
    /// # Errors
    /// As [`System::from_json`].
    pub fn from_value(value: serde_json::Value) -> Result<Self, InvalidSystem> {
        check::parse_value(value)
    }

    /// Checks every value against its bounds.
    ///
    /// # Errors
    /// All bad fields with their paths.
    pub fn check(&self) -> Result<(), InvalidSystem> {
        check::check(self)
    }
}

#[cfg(test)]
mod tests;

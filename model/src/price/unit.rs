//! The units in which things are bought.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What one unit of a quantity is, spelled as on the bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub enum Unit {
    /// One request, call or request unit.
    Request,
    /// One GB of memory for one second.
    GbSecond,
    /// One vCPU for one second.
    VcpuSecond,
    /// One vCPU for one hour.
    VcpuHour,
    /// One GB of memory or disk for one hour.
    GbHour,
    /// One instance for one hour.
    InstanceHour,
    /// One hour of anything else: a load balancer, an address, a cluster.
    Hour,
    /// One GB of 2^30 bytes.
    Gb,
    /// One GB kept for a month.
    GbMonth,
    /// One load balancer capacity unit for one hour.
    LcuHour,
    /// One message.
    Message,
    /// One state transition.
    Transition,
    /// One minute.
    Minute,
    /// One month of a key, an alarm, a secret or a rule.
    Month,
    /// One US dollar of other lines: what a discount is taken of.
    Usd,
}

impl Unit {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Request,
        Self::GbSecond,
        Self::VcpuSecond,
        Self::VcpuHour,
        Self::GbHour,
        Self::InstanceHour,
        Self::Hour,
        Self::Gb,
        Self::GbMonth,
        Self::LcuHour,
        Self::Message,
        Self::Transition,
        Self::Minute,
        Self::Month,
        Self::Usd,
    ];

    /// The public name, such as `GB-second`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::GbSecond => "GB-second",
            Self::VcpuSecond => "vCPU-second",
            Self::VcpuHour => "vCPU-hour",
            Self::GbHour => "GB-hour",
            Self::InstanceHour => "instance-hour",
            Self::Hour => "hour",
            Self::Gb => "GB",
            Self::GbMonth => "GB-month",
            Self::LcuHour => "LCU-hour",
            Self::Message => "message",
            Self::Transition => "transition",
            Self::Minute => "minute",
            Self::Month => "month",
            Self::Usd => "USD",
        }
    }

    /// The name for more than one.
    #[must_use]
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Request => "requests",
            Self::GbSecond => "GB-seconds",
            Self::VcpuSecond => "vCPU-seconds",
            Self::VcpuHour => "vCPU-hours",
            Self::GbHour => "GB-hours",
            Self::InstanceHour => "instance-hours",
            Self::Hour => "hours",
            Self::Gb => "GB",
            Self::GbMonth => "GB-months",
            Self::LcuHour => "LCU-hours",
            Self::Message => "messages",
            Self::Transition => "transitions",
            Self::Minute => "minutes",
            Self::Month => "months",
            Self::Usd => "USD",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl From<Unit> for &'static str {
    fn from(unit: Unit) -> Self {
        unit.name()
    }
}

/// The text names no unit of the bill.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a unit of the bill")]
pub struct UnknownUnit(pub String);

impl TryFrom<String> for Unit {
    type Error = UnknownUnit;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::ALL
            .into_iter()
            .find(|unit| unit.name() == text)
            .ok_or(UnknownUnit(text))
    }
}

//! What a platform cannot do: maxima, minima, account quotas, and needs it does
//! not serve at all.

use serde::{Deserialize, Serialize};

use super::source::{Confidence, older_than_a_year};

/// How a limit binds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LimitKind {
    /// The workload may not exceed it.
    #[default]
    Maximum,
    /// The platform gives, or insists on, at least this much.
    Minimum,
    /// As `Maximum`, but the vendor raises it on request.
    Quota,
    /// Not a wall but advice of the vendor; it never eliminates.
    Guideline,
}

impl LimitKind {
    /// Whether it is an ordinary maximum.
    #[must_use]
    pub const fn is_maximum(&self) -> bool {
        matches!(self, Self::Maximum)
    }

    /// What it means, for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Maximum => "hard limit",
            Self::Minimum => "minimum",
            Self::Quota => "quota, raised on request",
            Self::Guideline => "guideline",
        }
    }
}

/// One published limit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// `{product}/{what}`, for instance `aws-lambda/timeout`.
    pub id: String,
    /// Platform ids it holds for. Empty for a front door or service, which binds
    /// whoever uses it, and for products that are shown for comparison only.
    pub platforms: Vec<String>,
    /// What is limited, as a noun phrase for people.
    pub what: String,
    /// The limit in `unit`.
    pub value: f64,
    /// Unit of `value`: `s`, `MB`, `GB`, `KB`, `vCPU`, `1`, `1/s`, ...
    pub unit: String,
    /// How it binds.
    pub kind: LimitKind,
    /// Id of a [`super::Source`].
    pub source: String,
    /// The date at which the source showed it.
    pub as_of: String,
    /// How far it can be trusted.
    #[serde(default)]
    pub confidence: Confidence,
    /// Exceptions, ways around, and other figures in circulation.
    #[serde(default)]
    pub note: String,
}

impl Limit {
    /// Whether it holds for the platform itself.
    #[must_use]
    pub fn holds_for(&self, platform: &str) -> bool {
        self.platforms.iter().any(|id| id == platform)
    }

    /// Whether a workload that needs `value` (in [`Limit::unit`]) keeps it.
    #[must_use]
    pub fn allows(&self, value: f64) -> bool {
        match self.kind {
            LimitKind::Maximum | LimitKind::Quota => value <= self.value,
            LimitKind::Minimum => value >= self.value,
            LimitKind::Guideline => true,
        }
    }

    /// Whether it should be looked up before it decides: read more than a year before
    /// the date `at` (ISO, of the price book), or of low confidence.
    #[must_use]
    pub fn provisional(&self, at: &str) -> bool {
        self.confidence == Confidence::Low || older_than_a_year(&self.as_of, at)
    }

    /// What it belongs to: the first part of its id.
    #[must_use]
    pub fn product(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }
}

/// What the first part of the ids of limits stands for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Product {
    pub(super) id: String,
    pub(super) title: String,
}

/// The needs that a platform does not serve at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Capability {
    /// Platform id.
    pub platform: String,
    /// Names of needs: `gpu`, `persistent_disk`, `raw_tcp`, `privileged`,
    /// `untrusted_code`, `windows`.
    pub lacks: Vec<String>,
    /// Id of a [`super::Source`].
    pub source: String,
    /// The date at which the source showed it.
    pub as_of: String,
    /// Why, and what serves instead.
    #[serde(default)]
    pub note: String,
}

/// `limits.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LimitFile {
    pub(super) product: Vec<Product>,
    pub(super) limit: Vec<Limit>,
    pub(super) capability: Vec<Capability>,
}

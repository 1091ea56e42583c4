//! The AWS regions the price book covers.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One of the six regions with prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Region {
    /// US East (N. Virginia).
    #[serde(rename = "us-east-1")]
    UsEast1,
    /// US West (Oregon).
    #[serde(rename = "us-west-2")]
    UsWest2,
    /// Europe (Ireland).
    #[serde(rename = "eu-west-1")]
    EuWest1,
    /// Europe (Frankfurt).
    #[serde(rename = "eu-central-1")]
    EuCentral1,
    /// Asia Pacific (Singapore).
    #[serde(rename = "ap-southeast-1")]
    ApSoutheast1,
    /// Asia Pacific (Tokyo).
    #[serde(rename = "ap-northeast-1")]
    ApNortheast1,
}

impl Region {
    /// All of them, in the order of the price tables.
    pub const ALL: [Self; 6] = [
        Self::UsEast1,
        Self::UsWest2,
        Self::EuWest1,
        Self::EuCentral1,
        Self::ApSoutheast1,
        Self::ApNortheast1,
    ];

    /// The region code, such as `us-east-1`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::UsEast1 => "us-east-1",
            Self::UsWest2 => "us-west-2",
            Self::EuWest1 => "eu-west-1",
            Self::EuCentral1 => "eu-central-1",
            Self::ApSoutheast1 => "ap-southeast-1",
            Self::ApNortheast1 => "ap-northeast-1",
        }
    }

    /// The name AWS gives it, such as `US East (N. Virginia)`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::UsEast1 => "US East (N. Virginia)",
            Self::UsWest2 => "US West (Oregon)",
            Self::EuWest1 => "Europe (Ireland)",
            Self::EuCentral1 => "Europe (Frankfurt)",
            Self::ApSoutheast1 => "Asia Pacific (Singapore)",
            Self::ApNortheast1 => "Asia Pacific (Tokyo)",
        }
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// The text is the code of no region in the price book.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is none of the regions us-east-1, us-west-2, eu-west-1, eu-central-1, ap-southeast-1, ap-northeast-1"
)]
pub struct UnknownRegion(pub String);

impl FromStr for Region {
    type Err = UnknownRegion;

    /// Reads a region code.
    ///
    /// # Errors
    ///
    /// [`UnknownRegion`] for any other text; case matters, as it does to AWS.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|region| region.id() == text)
            .ok_or_else(|| UnknownRegion(text.to_owned()))
    }
}

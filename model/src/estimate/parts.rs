//! Which parts of an evaluation are asked for.

/// Which parts of an evaluation to compute; the rest stays empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a set of independent switches, named as in the API"
)]
pub struct Parts {
    /// Bills line by line.
    pub bill: bool,
    /// Response times.
    pub latency: bool,
    /// Break-evens and the cost curve.
    pub break_even: bool,
    /// The flip sheet.
    pub flips: bool,
    /// Sampling of all ranges.
    pub confidence: bool,
    /// Cost month by month.
    pub growth: bool,
    /// Plans for the whole system.
    pub hybrid: bool,
}

impl Parts {
    /// The names of all, as a list of parts holds them.
    pub const NAMES: [&str; 7] = [
        "bill",
        "latency",
        "break_even",
        "flips",
        "confidence",
        "growth",
        "hybrid",
    ];
    /// Everything.
    pub const ALL: Self = Self {
        bill: true,
        latency: true,
        break_even: true,
        flips: true,
        confidence: true,
        growth: true,
        hybrid: true,
    };
    /// Nothing but fit and cost.
    pub const NONE: Self = Self {
        bill: false,
        latency: false,
        break_even: false,
        flips: false,
        confidence: false,
        growth: false,
        hybrid: false,
    };

    /// Whether all of the others are among these.
    #[must_use]
    pub const fn has(&self, others: &Self) -> bool {
        (self.bill || !others.bill)
            && (self.latency || !others.latency)
            && (self.break_even || !others.break_even)
            && (self.flips || !others.flips)
            && (self.confidence || !others.confidence)
            && (self.growth || !others.growth)
            && (self.hybrid || !others.hybrid)
    }
}

impl Default for Parts {
    fn default() -> Self {
        Self::ALL
    }
}

/// The name in a list of parts that is none of them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not one of bill, latency, break_even, flips, confidence, growth, hybrid")]
pub struct UnknownPart(pub String);

impl std::str::FromStr for Parts {
    type Err = UnknownPart;

    fn from_str(list: &str) -> Result<Self, UnknownPart> {
        let mut parts = Self::NONE;
        for name in list
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
        {
            let part = match name {
                "bill" => &mut parts.bill,
                "latency" => &mut parts.latency,
                "break_even" => &mut parts.break_even,
                "flips" => &mut parts.flips,
                "confidence" => &mut parts.confidence,
                "growth" => &mut parts.growth,
                "hybrid" => &mut parts.hybrid,
                _ => return Err(UnknownPart(name.chars().take(40).collect())),
            };
            *part = true;
        }
        Ok(parts)
    }
}

//! The source article's figures, computed again with the inputs that they leave out.
//!
//! The claimed figures are the article's; every other figure comes from the price book and the
//! behavior data. Each claim has inputs with the article's as default, and a [`Standing`].

pub mod cold_starts;
pub mod cost;
pub mod coverage;
pub mod peaks;

pub use cold_starts::{ColdStartClaims, ColdStartInputs};
pub use cost::{AtDuration, ClaimError, ClaimInputs, ClaimPrices, Claims, claims};
pub use coverage::{Coverage, coverage};
pub use peaks::{AtVolume, PeakInputs, Peaks};

/// What becomes of a claim once what it leaves out is put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is so.
    Holds,
    /// It is so in some cases, which can be named.
    OnlyIf,
    /// It is not so.
    Not,
}

impl Standing {
    /// Of a claim that something lies between two values, against what was measured.
    ///
    /// It holds where all that was measured lies between them, and not where none does.
    #[must_use]
    pub fn of_range(claimed: (f64, f64), measured: (f64, f64)) -> Self {
        if claimed.0 <= measured.0 && measured.1 <= claimed.1 {
            Self::Holds
        } else if measured.1 < claimed.0 || measured.0 > claimed.1 {
            Self::Not
        } else {
            Self::OnlyIf
        }
    }

    /// Of a claim with several parts.
    pub fn of_all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut parts = parts.into_iter();
        let Some(first) = parts.next() else {
            return Self::Not;
        };
        if parts.all(|part| part == first) {
            first
        } else {
            Self::OnlyIf
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(claimed: (f64, f64), measured: (f64, f64), expected: Standing) {
        assert_eq!(Standing::of_range(claimed, measured), expected);
    }

    #[test]
    fn a_range_holds_where_all_lies_within_and_not_where_nothing_does() {
        check((200.0, 500.0), (220.0, 400.0), Standing::Holds);
        check((200.0, 500.0), (220.0, 800.0), Standing::OnlyIf);
        check((200.0, 500.0), (100.0, 300.0), Standing::OnlyIf);
        check((200.0, 500.0), (600.0, 800.0), Standing::Not);
        check((200.0, 500.0), (10.0, 100.0), Standing::Not);
    }

    #[test]
    fn parts_that_differ_make_a_condition() {
        use Standing::{Holds, Not, OnlyIf};
        assert_eq!(Standing::of_all([Holds, Holds]), Holds);
        assert_eq!(Standing::of_all([Holds, Not]), OnlyIf);
        assert_eq!(Standing::of_all([Not, Not]), Not);
    }
}

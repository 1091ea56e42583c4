//! Quantities as newtypes: a price cannot be added to a duration, and a unit
//! stands in the type instead of in the reader's memory.
//!
//! All are finite `f64` underneath. `new` is for values the caller knows to be
//! finite; user input is parsed, with its bounds, in [`crate::system`].

mod money;
mod rate;
mod size;
mod time;

pub use money::Usd;
pub use rate::{RequestsPerMonth, RequestsPerSecond};
pub use size::{GbSeconds, MebiBytes};
pub use time::{
    HOURS_PER_MONTH, HOURS_PER_WEEK, Hours, MINUTES_PER_HOUR, MS_PER_S, Milliseconds,
    SECONDS_PER_HOUR, SECONDS_PER_MONTH, Seconds,
};

/// Bytes are counted in binary steps, as the price lists do: 1 GB = 1,024 MB.
pub const MB_PER_GB: f64 = 1024.0;
/// Kilobytes in a megabyte, binary steps.
pub const KB_PER_MB: f64 = 1024.0;
/// Kilobytes in a gigabyte, binary steps.
pub const KB_PER_GB: f64 = 1024.0 * 1024.0;

/// Declares a quantity with only the operators that mean something for all of
/// them: sum, difference, scaling by a plain number, ratio of two of a kind.
macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(f64);

        impl $name {
            /// Nothing of it.
            pub const ZERO: Self = Self(0.0);

            /// Takes a finite number in this unit.
            #[must_use]
            pub const fn new(value: f64) -> Self {
                Self(value)
            }

            /// The plain number in this unit.
            #[must_use]
            pub const fn get(self) -> f64 {
                self.0
            }

            /// The larger of two.
            #[must_use]
            pub const fn max(self, other: Self) -> Self {
                if self.0 < other.0 { other } else { self }
            }

            /// The smaller of two.
            #[must_use]
            pub const fn min(self, other: Self) -> Self {
                if other.0 < self.0 { other } else { self }
            }
        }

        impl std::ops::Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl std::ops::AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }

        impl std::ops::Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }

        impl std::ops::Mul<f64> for $name {
            type Output = Self;
            fn mul(self, factor: f64) -> Self {
                Self(self.0 * factor)
            }
        }

        impl std::ops::Div<f64> for $name {
            type Output = Self;
            fn div(self, divisor: f64) -> Self {
                Self(self.0 / divisor)
            }
        }

        /// How many times the other it is.
        impl std::ops::Div for $name {
            type Output = f64;
            fn div(self, other: Self) -> f64 {
                self.0 / other.0
            }
        }

        impl std::iter::Sum for $name {
            fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
                iter.fold(Self::ZERO, std::ops::Add::add)
            }
        }
    };
}
pub(crate) use quantity;

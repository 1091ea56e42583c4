//! A numeric answer: a number, or a range with its typical value.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A number, or low / typical / high at the 5, 50 and 95 % points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Answer {
    /// One value.
    Exact(f64),
    /// A range.
    Range {
        /// The 5 % point.
        low: f64,
        /// The median.
        typical: f64,
        /// The 95 % point.
        high: f64,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RangeForm {
    low: f64,
    typical: f64,
    high: f64,
}

impl Answer {
    /// The value to compute with when no uncertainty is asked for.
    #[must_use]
    pub const fn typical(self) -> f64 {
        match self {
            Self::Exact(value) => value,
            Self::Range { typical, .. } => typical,
        }
    }

    /// The 5 % and 95 % points, equal for an exact answer.
    #[must_use]
    pub const fn bounds(self) -> (f64, f64) {
        match self {
            Self::Exact(value) => (value, value),
            Self::Range { low, high, .. } => (low, high),
        }
    }
}

impl From<f64> for Answer {
    fn from(value: f64) -> Self {
        Self::Exact(value)
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            // Whole numbers are written without a fraction, so that links stay short.
            #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
            Self::Exact(value)
                if libm::fabs(value - libm::trunc(value)) <= 0.0 && libm::fabs(value) < 9e15 =>
            {
                serializer.serialize_i64(value as i64)
            }
            Self::Exact(value) => serializer.serialize_f64(value),
            Self::Range { low, typical, high } => {
                RangeForm { low, typical, high }.serialize(serializer)
            }
        }
    }
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Answer;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a number or {low, typical, high}")
            }

            fn visit_f64<E>(self, value: f64) -> Result<Answer, E> {
                Ok(Answer::Exact(value))
            }

            #[expect(clippy::cast_precision_loss, reason = "bounds are far below 2^53")]
            fn visit_i64<E>(self, value: i64) -> Result<Answer, E> {
                Ok(Answer::Exact(value as f64))
            }

            #[expect(clippy::cast_precision_loss, reason = "bounds are far below 2^53")]
            fn visit_u64<E>(self, value: u64) -> Result<Answer, E> {
                Ok(Answer::Exact(value as f64))
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Answer, A::Error> {
                let range =
                    RangeForm::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
                Ok(Answer::Range {
                    low: range.low,
                    typical: range.typical,
                    high: range.high,
                })
            }
        }

        deserializer.deserialize_any(Visitor)
    }
}

//! The numbers beside those of a component, as tables: what the system shares, and the plain
//! numbers of its lists. Checking and the description of the API walk them.

use super::{Answer, Burst, Environment, Link, Operations, Purchase, System};

/// A numeric answer of a record.
#[derive(Clone, Copy, Debug)]
pub struct AnswerField<T> {
    /// Its name.
    pub name: &'static str,
    /// Smallest allowed value.
    pub min: f64,
    /// Largest allowed value.
    pub max: f64,
    /// Whether it counts whole things.
    pub whole: bool,
    /// Reads it.
    pub get: fn(&T) -> Option<Answer>,
}

/// A plain number of a record.
#[derive(Clone, Copy, Debug)]
pub struct RecordField<T> {
    /// Its name.
    pub name: &'static str,
    /// Smallest allowed value.
    pub min: f64,
    /// Largest allowed value.
    pub max: f64,
    /// Reads it.
    pub get: fn(&T) -> f64,
}

const LARGEST_USD: f64 = 1e12;
const HOURS_OF_WEEK: f64 = 168.0;
const MINUTES_OF_WEEK: f64 = HOURS_OF_WEEK * 60.0;
const SECONDS_OF_DAY: f64 = 86_400.0;

macro_rules! answer_fields {
    ($($(#[$doc:meta])* $table:ident of $record:ident { $($field:ident, $min:expr, $max:expr, $whole:literal;)* })*) => {
        $($(#[$doc])* pub const $table: &[AnswerField<$record>] = &[$(AnswerField {
            name: stringify!($field),
            min: $min,
            max: $max,
            whole: $whole,
            get: |record| record.$field,
        },)*];)*
    };
}

macro_rules! record_fields {
    ($($(#[$doc:meta])* $table:ident of $record:ident { $($field:ident, $min:expr, $max:expr;)* })*) => {
        $($(#[$doc])* pub const $table: &[RecordField<$record>] = &[$(RecordField {
            name: stringify!($field),
            min: $min,
            max: $max,
            get: |record| record.$field,
        },)*];)*
    };
}

answer_fields! {
    /// How capacity is bought.
    PURCHASE_FIELDS of Purchase {
        discount_pct, 0.0, 100.0, false;
    }
    /// Team and account.
    OPERATIONS_FIELDS of Operations {
        team_container_skill, 0.0, 3.0, false;
        team_serverless_skill, 0.0, 3.0, false;
        account_concurrency, 1.0, 1e7, false;
        utilization_target, 0.05, 0.95, false;
    }
    /// Money and time of the whole system.
    SYSTEM_FIELDS of System {
        today_usd_per_month, 0.0, LARGEST_USD, false;
        migration_usd, 0.0, LARGEST_USD, false;
        horizon_months, 1.0, 120.0, true;
    }
}

record_fields! {
    /// A burst.
    BURST_FIELDS of Burst {
        height, 1.0, 1e6;
        minutes, 0.01, MINUTES_OF_WEEK;
        per_week, 0.0, 10_000.0;
        arrives_within_s, 0.0, SECONDS_OF_DAY;
    }
    /// An environment.
    ENVIRONMENT_FIELDS of Environment {
        hours_per_week, 0.0, HOURS_OF_WEEK;
        scale, 0.0, 1_000.0;
    }
    /// A link.
    LINK_FIELDS of Link {
        calls_per_request, 0.0, 1e6;
    }
}

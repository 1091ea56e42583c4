//! How an answer is given.

/// One of several answers to choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The JSON name.
    pub value: &'static str,
    /// The words people read.
    pub label: &'static str,
}

/// How an answer is given.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// A number with a unit, or a range of it.
    Number,
    /// One of a list.
    One(fn() -> Vec<Choice>),
    /// Any of a list.
    Many(fn() -> Vec<Choice>),
    /// Yes or no.
    Flag,
    /// Free text.
    Text,
    /// 24 or 168 numbers, one for each hour.
    Hours,
    /// Any number of rows of the same columns.
    Rows(&'static Rows),
}

/// A list whose entries have several fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rows {
    /// What one of them is called.
    pub one: &'static str,
    /// The fields of each.
    pub columns: &'static [Column],
}

/// One field of each row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// The JSON name.
    pub name: &'static str,
    /// The words people read.
    pub label: &'static str,
    /// The unit of a number; empty otherwise.
    pub unit: &'static str,
    /// What may stand there.
    pub cell: Cell,
}

/// What may stand in a field of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A number.
    Number,
    /// Free text.
    Text,
    /// Yes or no.
    Flag,
    /// The name of a component.
    Component,
}

impl Column {
    pub(super) const fn number(
        name: &'static str,
        label: &'static str,
        unit: &'static str,
    ) -> Self {
        Self {
            name,
            label,
            unit,
            cell: Cell::Number,
        }
    }

    pub(super) const fn other(name: &'static str, label: &'static str, cell: Cell) -> Self {
        Self {
            name,
            label,
            unit: "",
            cell,
        }
    }
}

/// A value that is often right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Typical {
    /// As it may be typed.
    pub value: &'static str,
    /// For what.
    pub meaning: &'static str,
}

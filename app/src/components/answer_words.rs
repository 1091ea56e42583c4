//! An answer as a person would say it.

use model::question::{Cell, Form, Question, Rows};
use serde_json::Value;

use crate::components::assumptions::words;
use crate::format;

/// An answer in words; rows one after another.
pub(crate) fn said(question: &Question, value: &Value) -> String {
    match (question.form, value) {
        (Form::Rows(form), Value::Array(rows)) => {
            let rows: Vec<String> = rows.iter().map(|row| row_words(form, row)).collect();
            rows.join("; ")
        }
        (Form::Rows(_), Value::Object(prices)) => {
            let prices: Vec<String> = prices
                .iter()
                .map(|(id, usd)| format!("{id}: {}", format::usd_unit(usd.as_f64().unwrap_or(0.0))))
                .collect();
            prices.join("; ")
        }
        (Form::Hours, Value::Array(numbers)) => {
            format!("{} numbers of your own", numbers.len())
        }
        _ => words(question, value),
    }
}

/// The fields of a row, one after another.
pub(crate) fn row_words(form: &Rows, row: &Value) -> String {
    let cells = form.columns.iter().filter_map(|column| {
        let value = row.get(column.name)?;
        match (column.cell, value) {
            (Cell::Flag, Value::Bool(true)) => Some(column.label.to_lowercase()),
            (Cell::Flag, _) => None,
            (_, Value::String(text)) => Some(text.clone()),
            (_, value) => Some(
                format!("{} {}", format::number(value.as_f64()?), column.unit)
                    .trim()
                    .to_owned(),
            ),
        }
    });
    cells.collect::<Vec<_>>().join(", ")
}

//! A quantity through the tiers of its price.

use model::PriceBook;
use model::bill::{BillError, price_lines};
use model::system::FieldError;

use super::super::math::{gap, m, row, sum};
use super::{Equation, Outcome, Trial, formula, outcome, paper, symbol};
use crate::components::trial::{Input, Typed, wrong};
use crate::format;

const INPUTS: &[Input] = &[
    Input::words(
        "price_id",
        "Price id",
        "amazon-api-gateway/http-api/request",
    ),
    Input::number("quantity", "Quantity", "a month", "500M"),
    Input::region("region"),
];

pub(super) fn equation() -> Equation {
    Equation {
        id: "bill",
        title: "What is bought",
        lead: "Each platform says what it buys: GB-seconds, vCPU-hours, requests, gigabytes. The price book says what that costs, tier by tier. A bill is the list of these lines, and its total is their sum.",
        formulas: vec![formula(
            row([
                m("amount ="),
                sum(m("i")),
                m("q_i p_i ,"),
                gap(),
                sum(m("i")),
                m("q_i = q"),
            ]),
            "The amount is the sum over the tiers of the part of the quantity that falls into the tier, times the price of the tier.",
        )],
        symbols: vec![
            symbol("q", "quantity", "units of the price a month"),
            symbol("q_i", "the part of it within tier i", "units"),
            symbol("p_i", "price within tier i", "US dollars a unit"),
        ],
        range: "List prices without tax, for a month of 730 hours. Nothing is rounded before it is shown. 69 bills that others worked out come out to the decimals they print. A price that the region lacks is named, never taken from another region.",
        sources: vec![paper(
            "The price book, each price with its source and date",
            "/prices",
            "see there",
        )],
        trial: Some(Trial {
            inputs: INPUTS,
            compute,
            api: Some("/api/v1/bill"),
        }),
    }
}

fn compute(typed: &Typed, book: &PriceBook) -> Result<Vec<Outcome>, Vec<FieldError>> {
    let lines = [(typed.text("price_id"), typed.number("quantity"))];
    let bill = price_lines(book, typed.region("region"), false, &lines);
    let bill = bill.map_err(|error| vec![refused(&error)])?;
    let tiers = bill.lines.iter().map(|line| {
        let value = format!(
            "{} at {}: {}",
            format::quantity(line.quantity),
            format::usd_unit(line.unit_price_usd),
            format::usd_cents(line.amount_usd)
        );
        outcome("Tier", value)
    });
    let total = outcome("Amount a month", format::usd_cents(bill.monthly_usd));
    Ok(std::iter::once(total).chain(tiers).collect())
}

fn refused(error: &BillError) -> FieldError {
    match error {
        BillError::UnknownPrice { price_id, .. } => wrong(
            "price_id",
            format!("is none of the price book: {price_id:.60}"),
        ),
        BillError::NotInRegion { missing, .. } => {
            wrong("price_id", format!("has no price in {}", missing.region))
        }
        BillError::BadQuantity { .. } => wrong("quantity", "must be 0 or more"),
        BillError::TooLarge => wrong("quantity", "is too large to be billed"),
    }
}

//! A bill from plain quantities of prices: what `POST /api/v1/bill` computes.

use std::collections::BTreeMap;

use super::{Bill, Charges, Group};
use crate::price::{MissingPrice, Price, PriceBook, Region};

/// Why quantities cannot be billed; `line` counts from 0.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum BillError {
    /// The id is in no region of the book.
    #[error("lines[{line}].price_id: {price_id:?} is no price id of the price book")]
    UnknownPrice {
        /// Which line.
        line: usize,
        /// The id as given.
        price_id: String,
    },
    /// The id is known, but not priced in this region.
    #[error("lines[{line}].price_id: {missing}")]
    NotInRegion {
        /// Which line.
        line: usize,
        /// The price and the region.
        missing: MissingPrice,
    },
    /// The quantity is negative or not a finite number.
    #[error("lines[{line}].quantity: must be a finite number of 0 or more, is {quantity}")]
    BadQuantity {
        /// Which line.
        line: usize,
        /// The quantity as given.
        quantity: f64,
    },
    /// The quantities together cost more than a number can hold.
    #[error("lines: the amounts are too large to add up")]
    TooLarge,
}

impl BillError {
    /// The path of the bad field, such as `lines[0].price_id`.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::UnknownPrice { line, .. } | Self::NotInRegion { line, .. } => {
                format!("lines[{line}].price_id")
            }
            Self::BadQuantity { line, .. } => format!("lines[{line}].quantity"),
            Self::TooLarge => "lines".to_owned(),
        }
    }
}

/// Bills quantities of prices in one region, each through its tiers.
///
/// A price id that occurs again continues where its earlier quantity ended, as AWS
/// meters an account. With `free_tier`, what AWS does not charge is credited in lines
/// of group `free_tier`: an allowance is shared by the prices it applies to, in the
/// order of the lines.
///
/// # Errors
///
/// [`BillError`] names the line: an id no region has, one this region has no price
/// for, a quantity that is negative or not finite.
pub fn price_lines(
    book: &PriceBook,
    region: Region,
    free_tier: bool,
    lines: &[(impl AsRef<str>, f64)],
) -> Result<Bill, BillError> {
    let mut bill = Bill::default();
    let mut charged: BTreeMap<&str, f64> = BTreeMap::new();
    let mut order: Vec<&Price> = Vec::new();
    for (line, (price_id, quantity)) in lines.iter().enumerate() {
        let price_id = price_id.as_ref();
        if !(quantity.is_finite() && *quantity >= 0.0) {
            return Err(BillError::BadQuantity {
                line,
                quantity: *quantity,
            });
        }
        if !book.knows(price_id) {
            return Err(BillError::UnknownPrice {
                line,
                price_id: price_id.to_owned(),
            });
        }
        let price = book
            .price(price_id, region)
            .map_err(|missing| BillError::NotInRegion { line, missing })?;
        let already = charged.entry(&price.id).or_insert_with(|| {
            order.push(price);
            0.0
        });
        bill.charge_after(group_of(&price.id), &price.name, price, *already, *quantity);
        *already += quantity;
    }
    if free_tier {
        credit_allowances(book, &mut bill, &order, &charged);
    }
    if bill.monthly_usd.is_finite() {
        Ok(bill)
    } else {
        Err(BillError::TooLarge)
    }
}

fn credit_allowances(
    book: &PriceBook,
    bill: &mut Bill,
    order: &[&Price],
    charged: &BTreeMap<&str, f64>,
) {
    for allowance in book.allowances() {
        let mut left = allowance.quantity;
        for price in order
            .iter()
            .filter(|price| allowance.applies_to.contains(&price.id))
        {
            left = bill.credit(&allowance.name, price, charged[price.id.as_str()], left);
        }
    }
}

/// The group of a price by its product: platforms choose their own, this is for plain quantities.
fn group_of(price_id: &str) -> Group {
    let mut parts = price_id.split('/');
    match (
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
    ) {
        ("aws-lambda", "request" | "edge-request") | ("aws-lambda-web-functions", "request") => {
            Group::Requests
        }
        ("amazon-api-gateway" | "elastic-load-balancing" | "amazon-cloudfront" | "aws-waf", _) => {
            Group::FrontDoor
        }
        ("amazon-vpc" | "aws-data-transfer", _) => Group::Network,
        ("amazon-cloudwatch" | "aws-x-ray", _) => Group::Logs,
        ("amazon-ebs" | "amazon-ecr" | "amazon-s3", _) => Group::Storage,
        (
            "aws-lambda"
            | "aws-lambda-web-functions"
            | "aws-fargate"
            | "aws-ec2"
            | "amazon-eks"
            | "aws-app-runner",
            _,
        ) => Group::Compute,
        _ => Group::State,
    }
}

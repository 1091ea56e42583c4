//! What the front door does to the bill.

use super::Context;
use crate::bill::Group;
use crate::evaluation::Reason;
use crate::wording::{percent, usd};

/// Share of a bill from which the front door is worth a sentence.
const NOTABLE: f64 = 0.3;

pub(super) fn reason(context: &Context<'_>) -> Option<Reason> {
    let option = context.serverless()?;
    let bill = option.bill.as_ref()?;
    let door: f64 = bill
        .lines
        .iter()
        .filter(|line| line.group == Group::FrontDoor)
        .map(|line| line.amount_usd)
        .sum();
    let share = door / bill.monthly_usd;
    if option.configuration.front_door.as_deref() != Some("http_api")
        || share.is_nan()
        || share < NOTABLE
    {
        return None;
    }
    Some(super::reason(
        "front_door",
        "https://aws.amazon.com/api-gateway/pricing/",
        format!(
            "The HTTP API is {} of the {} that {} costs here: a function URL, which has no price of its own, would leave {}.",
            percent(share),
            usd(bill.monthly_usd),
            option.label,
            usd(bill.monthly_usd - door)
        ),
    ))
}

//! What larger batches would save, and what a stream's environments need.

use crate::bill::Group;
use crate::evaluation::Reason;
use crate::price::PriceBook;
use crate::rules::Rules;
use crate::system::Kind;
use crate::tariff::Tariffs;
use crate::wording::{count, short, usd};
use crate::workload::Workload;

use super::{Side, StateServices, counted, stream_batch, stream_environments, stream_shards};

/// Advice on batches for queues and streams on Lambda; empty for other kinds, and where
/// there is nothing to gain.
///
/// The saving is the difference of the lines of requests and of the queue between the
/// workload's batch and one of ten messages (`sqs_messages_per_call`).
#[must_use]
pub fn batching(workload: &Workload, book: &PriceBook) -> Vec<Reason> {
    match workload.kind {
        Kind::QueueWorker => queue(workload, book).into_iter().collect(),
        Kind::Stream => stream(workload).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn queue(workload: &Workload, book: &PriceBook) -> Option<Reason> {
    let full = Rules::embedded().sqs_messages_per_call;
    if workload.batch_size >= full {
        return None;
    }
    let batched = Workload {
        batch_size: full,
        ..workload.clone()
    };
    let saved = request_usd(workload, book)? - request_usd(&batched, book)?;
    (saved > 0.0).then(|| Reason {
        rule: "batching".to_owned(),
        text: format!(
            "{} messages an invocation instead of {} would save {} a month on requests.",
            short(full),
            short(workload.batch_size),
            usd(saved)
        ),
        source: "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html"
            .to_owned(),
    })
}

/// Invocations and queue calls of a month; `None` where a price is missing.
fn request_usd(workload: &Workload, book: &PriceBook) -> Option<f64> {
    let mut tariffs = Tariffs::new(book, workload);
    let request = tariffs.rate(
        true,
        Group::Requests,
        "Requests",
        "aws-lambda/request/standard",
    );
    let services = StateServices::new(&mut tariffs, workload, Side::Serverless);
    let queue = services.queue.as_ref()?;
    let calls = workload.requests.get() / workload.batch_size;
    let total = super::usd(|total| {
        request.charge(total, calls);
        queue.charge(total, workload.requests);
    });
    tariffs.missing().is_empty().then_some(total)
}

fn stream(workload: &Workload) -> Option<Reason> {
    let requests = workload.requests;
    let needed = stream_batch(workload, requests);
    let environments = stream_environments(workload, requests);
    let shards = stream_shards(workload, Side::Serverless, requests);
    let text = if needed > workload.batch_size {
        format!(
            "With {} an invocation the {} of {} fall behind in the busiest hour; {} records \
             keep up.",
            counted(workload.batch_size, "record"),
            counted(environments, "environment"),
            counted(shards, "shard"),
            count(needed)
        )
    } else if environments > shards {
        format!(
            "One environment for each of {} would fall behind in the busiest hour; {} for each \
             keep up.",
            counted(shards, "shard"),
            short(environments / shards)
        )
    } else {
        return None;
    };
    Some(Reason {
        rule: "batching".to_owned(),
        text,
        source: "https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html".to_owned(),
    })
}

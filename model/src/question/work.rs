//! What it does and how long that takes.

use super::relevance::{computes, several_components, shared_instances};
use super::{Form, Question, choices, typical};
use crate::price::Region;
use crate::question::Choice;
use crate::system::Kind;

fn regions() -> Vec<Choice> {
    Region::ALL
        .iter()
        .map(|region| Choice {
            value: region.id(),
            label: region.name(),
        })
        .collect()
}

pub(super) const QUESTIONS: &[Question] = &[
    Question::new(
        "component.name",
        "Name of the part",
        "What is this part called?",
        "Tables, charts and the links between parts speak of it by this name.",
        Form::Text,
    )
    .when(several_components),
    Question::new(
        "kind",
        "What it does",
        "What does it do?",
        "It decides what stands in front, who waits, and whether containers may stop between jobs.",
        Form::One(choices!(Kind::ALL, id)),
    ),
    Question::new(
        "region",
        "Region",
        "Where does it run?",
        "Prices differ by region, and not alike for functions and containers. One region's price is never used for another.",
        Form::One(regions),
    )
    .required(),
    Question::number(
        "work.duration_ms",
        "Mean duration",
        "How long does one piece of work take, on average?",
        "Functions are billed by this time; containers hold a place for it.",
    )
    .required()
    .typically(&[
        typical("100", "an API call that reads a database"),
        typical("800", "resizing an image"),
        typical("3s", "rendering a PDF"),
        typical("30s", "a background job"),
    ]),
    Question::number(
        "work.duration_p99_ms",
        "Slowest 1 %",
        "How long do the slowest 1 % take?",
        "P99 starts from here, before any cold start.",
    )
.typically(&[typical("400", "an API of 100 ms on average"),
typical("2min", "a background job of 30 s")]),
    Question::number(
        "work.max_duration_ms",
        "Longest run",
        "How long may the longest run take?",
        "Lambda stops at 15 minutes, an API gateway at 30 seconds.",
    )
.typically(&[typical("1s", "an API that gives up"),
typical("15min", "as long as Lambda lets it run"),
typical("2h", "a nightly batch")]),
    Question::number(
        "work.cpu_ms",
        "Computing time",
        "How much of that time is it computing, not waiting?",
        "A function bills waiting like work; a container works on other requests meanwhile. Most published break-evens hide this.",
    )
    .typically(&[
        typical("5%", "mostly calls other services and waits"),
        typical("25%", "a typical web request"),
        typical("60%", "more computing than waiting"),
        typical("100%", "crunches all the time"),
    ]),
    Question::number(
        "work.parallelism",
        "vCPUs a request can use",
        "How many vCPUs can one request use at once?",
        "More memory buys a function more vCPUs, but only parallel code gets faster.",
    )
    .when(computes).rarely()
    .typically(&[typical("1", "Node.js, Python, most handlers")]),
    Question::number(
        "work.request_memory_mb",
        "Memory of a request",
        "How much memory does one request add?",
        "In a container, concurrent requests add up; in a function each has its own.",
    )
.typically(&[typical("16", "a JSON request"),
typical("128", "a request that holds its results"),
typical("512", "an image or a PDF in memory")]),
    Question::number(
        "work.process_memory_mb",
        "Memory of the process",
        "How much memory does the process need before any request?",
        "A function pays for it in every environment, a container once.",
    )
.typically(&[typical("64", "a bare handler"),
typical("256", "a runtime with its libraries"),
typical("512", "Spring Boot and its like")]),
    Question::number("work.local_disk_mb", "Scratch disk", "How much scratch disk does it need?", "Both sides charge for more than their free share.")
.typically(&[typical("0", "no files"),
typical("2 GB", "unpacking an archive")])
    .rarely(),
    Question::number(
        "work.max_requests_per_instance",
        "Requests at once",
        "How many requests may one instance work on at once?",
        "A pool or a lock inside the program can bind before CPU and memory do.",
    )
.typically(&[typical("1", "a program that takes one at a time"),
typical("20", "a pool of 20 database connections")])
    .when(shared_instances).rarely(),
    Question::number("work.payload_in_kb", "Request size", "How large is a request?", "Functions take 6 MB, or 1 MB where nobody waits; gateways bill large requests twice.")
.typically(&[typical("5", "a JSON request"),
typical("2 MB", "a photograph")]),
    Question::number("work.payload_out_kb", "Response size", "How large is a response?", "Functions return 6 MB at most.")
.typically(&[typical("20", "a JSON answer"),
typical("200", "a page with its data")]),
    Question::number("work.egress_kb", "Sent to the internet", "How much of a request's traffic leaves for the internet?", "Egress costs the same on both sides, and is often the larger part of the bill.")
.typically(&[typical("0", "the caller is in the same region"),
typical("20", "the whole answer, to a browser")]),
    Question::number("work.logs_kb", "Logs", "How much does a request log?", "Log ingestion is priced by size and often forgotten.")
.typically(&[typical("0.3", "one line"),
typical("1", "four lines"),
typical("10", "with debugging on")]),
];

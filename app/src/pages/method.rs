//! How it is computed, in short.

use leptos::prelude::*;

use crate::components::frame::Head;

/// Anchor, title, text.
const STEPS: [(&str, &str, &str); 8] = [
    (
        "week",
        "A week, hour by hour",
        "Traffic is a profile of 168 hours with mean 1, taken from published series and stretched to the peak you name. Everything below is computed for each hour and weighted by its requests.",
    ),
    (
        "bill",
        "What is bought",
        "Each platform says what it buys: GB-seconds, vCPU-hours, requests, gigabytes. The price book says what that costs. A bill is the list of these lines, and its total is their sum.",
    ),
    (
        "functions",
        "Functions",
        "Duration at a memory size is the waiting time plus the computing time divided by the vCPUs that the memory brings (one at 1,769 MB). All sizes are tried; the cheapest that keeps the latency target is taken. Starting up is billed too, and is a line of its own.",
    ),
    (
        "capacity",
        "Containers",
        "A task carries as many requests at once as its memory holds and its processors keep up with, at the target utilization. The number of tasks follows the hour, never below one a zone. That makes the cost a staircase, so there can be several break-evens.",
    ),
    (
        "cold-starts",
        "Cold starts",
        "The chance that a request finds no idle environment follows from the arrival rate, the service time and the keep-alive, exactly, for Poisson arrivals. What a cold start adds is a measured distribution for each language and framework.",
    ),
    (
        "waiting",
        "Waiting",
        "Each task has a queue of its own, because a load balancer has no common one. With n tasks served in turn, arrivals at one are smoother than Poisson (Kraemer and Langenbach-Belz). One common queue, Erlang C, would be the lower bound.",
    ),
    (
        "percentiles",
        "Percentiles",
        "P50 to P99.9 come from the mixture of warm and cold, waiting and not, over all hours. They are never sums of percentiles.",
    ),
    (
        "break-even",
        "Break-even",
        "Costs are compared over requests a month. A crossing is where two costs agree; a step is where one of them jumps past the other. All of them are shown.",
    ),
];

#[component]
pub fn MethodPage() -> impl IntoView {
    let steps = STEPS
        .map(|(id, title, text)| view! { <section id=id><h2>{title}</h2><p>{text}</p></section> });
    view! {
        <Head title="Method" description="How Breakeven computes costs, response times and break-evens."/>
        <h1>"Method"</h1>
        <p class="lead">"What is computed from your answers, in the order in which it happens. No figure is typed into the program: prices, limits and cold starts are data with a source and a date."</p>
        {steps}
        <section>
            <h2>"What it does not know"</h2>
            <p>"People's time, discounts that were negotiated in private, and what a failure costs. It says what it assumed, and which of that could flip the result."</p>
        </section>
    }
}

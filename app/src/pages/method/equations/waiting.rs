//! How long a request waits for a free server.

use model::PriceBook;
use model::latency::queue::{Fleet, Queue, Wait};
use model::method::bounds::Bounded as _;
use model::system::FieldError;
use model::units::{RequestsPerSecond, Seconds};

use super::super::math::{gap, m, over, raised, row, tall};
use super::{Equation, Outcome, Symbol, Trial, formula, inside, outcome, paper, symbol};
use crate::components::trial::{Input, Typed, wrong};
use crate::format;

const INPUTS: &[Input] = &[
    Input::number("arrival_rate_per_s", "Arrivals", "a second", "48"),
    Input::number("service_time_s", "Service time", "s", "0.1"),
    Input::number("servers", "Servers (vCPUs)", "", "8"),
    Input::number("service_cv", "Variation of it", "cv", "1"),
];

pub(super) fn equation() -> Equation {
    Equation {
        id: "waiting",
        title: "Waiting",
        lead: "One common queue before all servers is Erlang's; a load balancer has none. It deals requests to tasks in turn, each with a queue of its own, and the wait is longer by an order of magnitude. The model takes the tasks apart; one common queue is the lower bound.",
        formulas: vec![
            formula(
                row([
                    m("W_q ="),
                    over(m("1 + c_v^2"), m("2 c_v^2 / W_MM + ( 1 − c_v^2 ) / W_MD")),
                ]),
                "Kimura: the mean wait lies between that of exponential and that of constant service times, by the squared variation.",
            ),
            formula(
                row([
                    m("W_task = W_q"),
                    over(m("C_a^2 + c_v^2"), m("1 + c_v^2")),
                    m("exp"),
                    tall(over(
                        row([m("− 2 ( 1 − ρ )"), raised(m("( 1 − C_a^2 )"), m("2"))]),
                        m("3 ρ ( C_a^2 + c_v^2 )"),
                    )),
                    m(","),
                    gap(),
                    m("C_a^2 = 1 / n"),
                ]),
                "Kraemer and Langenbach-Belz: at one of n tasks that are served in turn arrivals are smoother than Poisson, with a squared variation of one over n, and the wait is shorter by this factor.",
            ),
            formula(
                m("P ( W > t ) = P_w exp ( − P_w t / W_q )"),
                "A share of the requests waits, and its wait is exponential.",
            ),
        ],
        symbols: symbols(),
        range: "Utilization below 1. Against simulation: Erlang exact, Kimura's mean within 6.3 %, its P99 within 8 % for a variation up to 1.5 and up to 35 % low for 2. Tasks in turn: mean within 9 % with one server each, 15 % with more.",
        sources: vec![
            paper(
                "T. Kimura: approximations for multi-server queues, system interpolations",
                "https://link.springer.com/article/10.1007/BF01158699",
                "1994",
            ),
            paper(
                "M/G/k queue: the approximations in short",
                "https://en.wikipedia.org/wiki/M/G/k_queue",
                "1959 to 2010",
            ),
            paper(
                "W. Kraemer and M. Langenbach-Belz, 8th International Teletraffic Congress, paper 235",
                "",
                "1976",
            ),
        ],
        trial: Some(Trial {
            inputs: INPUTS,
            compute,
            api: Some("/api/v1/method/queue"),
        }),
    }
}

fn symbols() -> Vec<Symbol> {
    vec![
        symbol("W_q", "mean wait in one common queue", "seconds"),
        symbol(
            "W_MM",
            "the same for exponential service times, by Erlang C",
            "seconds",
        ),
        symbol(
            "W_MD",
            "the same for constant ones, by Cosmetatos",
            "seconds",
        ),
        symbol(
            "c_v",
            "standard deviation over mean of the service time",
            "1",
        ),
        symbol("W_task", "mean wait at one of n tasks", "seconds"),
        symbol(
            "C_a^2",
            "squared variation of the time between arrivals",
            "1",
        ),
        symbol("ρ", "utilization, λ S over servers", "1"),
        symbol("P_w", "share of requests that wait", "1"),
    ]
}

fn compute(typed: &Typed, _: &PriceBook) -> Result<Vec<Outcome>, Vec<FieldError>> {
    let pooled = Queue {
        arrival_rate: RequestsPerSecond::new(typed.number("arrival_rate_per_s")),
        service_time: Seconds::new(typed.number("service_time_s")),
        servers: typed.whole("servers")?,
        service_cv: typed.number("service_cv"),
    };
    inside(pooled.outside())?;
    let tasks = Fleet {
        arrival_rate: pooled.arrival_rate,
        tasks: pooled.servers,
        servers_per_task: 1,
        service_time: pooled.service_time,
        service_cv: pooled.service_cv,
    };
    let refused = |error: model::latency::queue::QueueError| {
        vec![wrong("servers", format!("cannot keep up: {error}"))]
    };
    let one = pooled.wait().map_err(refused)?;
    let own = tasks.per_task_wait().map_err(refused)?;
    let time = |time: Seconds| format::ms_precise(time.milliseconds().get());
    let waits = |wait: &Wait| {
        let summary = wait.summary();
        format!(
            "{} wait; mean {}, P99 {}",
            format::percent(summary.wait_probability),
            time(Seconds::new(summary.mean_wait_s)),
            time(Seconds::new(summary.p99_wait_s))
        )
    };
    Ok(vec![
        outcome("One common queue", waits(&one)),
        outcome("As many tasks of one server, in turn", waits(&own)),
        outcome("Utilization", format::percent(tasks.utilization())),
    ])
}

//! Workflows: AWS Step Functions on both sides, standard or express, the cheaper that fits.
//!
//! - standard: `requests x steps` transitions, one each time a step is executed. Starting a
//!   task of Amazon ECS and waiting for it (`RunTask`, `.sync`) is one step as well;
//! - express: one request a run, and `requests x GB x s` of duration, memory
//!   `50 MB + payload` rounded up to 64 MB, time rounded up to 100 ms (its mean, as for
//!   Lambda). A run may last 5 minutes, and `.sync` is not to be had: a workflow whose work
//!   runs in tasks of its own is standard.

use crate::behavior::Behavior;
use crate::bill::{Charges, Group};
use crate::evaluation::StateService;
use crate::math;
use crate::rules::Rules;
use crate::system::Kind;
use crate::tariff::{Rate, Tariffs};
use crate::units::{KB_PER_MB, MebiBytes, RequestsPerMonth};
use crate::wording::{count, short, usd};
use crate::workload::Workload;

use super::{Side, StateServices};

const EXPRESS_REQUEST: &str = "aws-step-functions/express/request";
const EXPRESS_DURATION: &str = "aws-step-functions/express/duration";

#[derive(Debug)]
pub(super) struct Workflow<'a> {
    transition: Rate<'a>,
    steps: f64,
    free_transitions: f64,
    express: Option<Express<'a>>,
}

#[derive(Debug)]
struct Express<'a> {
    request: Rate<'a>,
    duration: Rate<'a>,
    gb_seconds: f64,
}

impl<'a> Workflow<'a> {
    pub(super) fn new(tariffs: &mut Tariffs<'a>, workload: &Workload, side: Side) -> Option<Self> {
        let steps = workload.state.workflow_steps;
        (steps > 0.0).then(|| Self {
            transition: tariffs.rate(
                true,
                Group::State,
                "Step Functions transitions",
                "aws-step-functions/standard/transition",
            ),
            steps,
            free_transitions: tariffs.allowance("aws-step-functions/free-tier/transitions"),
            express: Express::new(tariffs, workload, side),
        })
    }

    pub(super) fn charge(&self, bill: &mut (impl Charges + ?Sized), requests: RequestsPerMonth) {
        match &self.express {
            Some(express) if self.express_is_cheaper(requests) => express.charge(bill, requests),
            _ => self.charge_standard(bill, requests),
        }
    }

    fn charge_standard(&self, bill: &mut (impl Charges + ?Sized), requests: RequestsPerMonth) {
        let transitions = requests.get() * self.steps;
        self.transition.charge(bill, transitions);
        self.transition.credit(
            bill,
            "Free tier: transitions",
            transitions,
            self.free_transitions,
        );
    }

    pub(super) fn express_is_cheaper(&self, requests: RequestsPerMonth) -> bool {
        self.express.as_ref().is_some_and(|express| {
            super::usd(|total| express.charge(total, requests))
                < super::usd(|total| self.charge_standard(total, requests))
        })
    }

    fn name(&self, requests: RequestsPerMonth) -> &'static str {
        if self.express_is_cheaper(requests) {
            "AWS Step Functions, express"
        } else {
            "AWS Step Functions, standard"
        }
    }
}

impl<'a> Express<'a> {
    /// `None` where a run does not fit or a price is not known.
    fn new(tariffs: &mut Tariffs<'a>, workload: &Workload, side: Side) -> Option<Self> {
        let longest = Behavior::embedded().limit("aws-step-functions/express-duration");
        let waits_for_tasks = side == Side::Containers && workload.kind == Kind::Workflow;
        let priced = tariffs.has(EXPRESS_REQUEST) && tariffs.has(EXPRESS_DURATION);
        let fits = longest.allows(workload.max_duration.seconds().get());
        if waits_for_tasks || !priced || !fits {
            return None;
        }
        Some(Self {
            request: tariffs.rate(
                true,
                Group::State,
                "Step Functions express requests",
                EXPRESS_REQUEST,
            ),
            duration: tariffs.rate(
                true,
                Group::State,
                "Step Functions express duration",
                EXPRESS_DURATION,
            ),
            gb_seconds: gb_seconds(workload),
        })
    }

    fn charge(&self, bill: &mut (impl Charges + ?Sized), requests: RequestsPerMonth) {
        self.request.charge(bill, requests.get());
        self.duration.charge(bill, requests.get() * self.gb_seconds);
    }
}

/// What one express run holds, in GB-seconds.
fn gb_seconds(workload: &Workload) -> f64 {
    let rules = Rules::embedded();
    let payload_mb = (workload.payload_in_kb + workload.payload_out_kb) / KB_PER_MB;
    let chunks = math::ceil((rules.express_base_mb + payload_mb) / rules.express_memory_step_mb);
    let memory = MebiBytes::new(chunks * rules.express_memory_step_mb);
    let step = rules.express_time_step_ms;
    let run = workload
        .duration_around(workload.duration)
        .scaled_by(1.0 / step)
        .expected_rounded_up_ms()
        * step;
    memory.held_for(run.seconds()).get()
}

pub(super) fn service(
    workload: &Workload,
    serverless: &StateServices<'_>,
    containers: &StateServices<'_>,
) -> Option<StateService> {
    let (here, there) = (serverless.workflow.as_ref()?, containers.workflow.as_ref()?);
    let requests = workload.requests;
    let standard = usd(super::usd(|total| here.charge_standard(total, requests)));
    let choice = match &here.express {
        Some(express) => {
            let express = usd(super::usd(|total| express.charge(total, requests)));
            format!(
                "standard would cost {standard} a month, express, which may run one twice, \
                 {express}"
            )
        }
        None => format!("standard costs {standard} a month; express does not fit or is not priced"),
    };
    let tasks = if workload.kind == Kind::Workflow {
        " Steps that wait for a task of their own need the standard kind."
    } else {
        ""
    };
    Some(StateService {
        need: "workflow".to_owned(),
        serverless: here.name(requests).to_owned(),
        containers: there.name(requests).to_owned(),
        reason: format!(
            "Steps that wait need somebody who remembers where they are. With {} steps a run and \
             {} runs, {choice}.{tasks}",
            short(here.steps),
            count(requests.get())
        ),
    })
}

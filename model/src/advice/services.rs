//! The services that meet each state need, on both sides.

use crate::evaluation::StateService;
use crate::system::{Answer, Component};

/// A need is there when any of its answers is above zero.
struct Need {
    name: &'static str,
    present: fn(&Component) -> bool,
    serverless: &'static str,
    containers: &'static str,
    reason: &'static str,
}

fn any(answers: &[Option<Answer>]) -> bool {
    answers
        .iter()
        .flatten()
        .any(|answer| answer.bounds().1 > 0.0)
}

const NEEDS: &[Need] = &[
    Need {
        name: "cache",
        present: |component| any(&[component.state.cache_gb]),
        serverless: "Amazon ElastiCache Serverless",
        containers: "Amazon ElastiCache",
        reason: "A function's memory is gone with its environment; a cache beside it is not.",
    },
    Need {
        name: "events",
        present: |component| any(&[component.state.events]),
        serverless: "Amazon EventBridge",
        containers: "Amazon EventBridge",
        reason: "Publishers need not know who listens.",
    },
    Need {
        name: "key_value",
        present: |component| {
            any(&[
                component.state.key_value_reads,
                component.state.key_value_writes,
            ])
        },
        serverless: "Amazon DynamoDB on demand",
        containers: "Amazon DynamoDB",
        reason: "No connections to hold, so any number of functions may call it.",
    },
    Need {
        name: "objects",
        present: |component| {
            any(&[
                component.state.object_reads,
                component.state.object_writes,
                component.state.storage_gb,
            ])
        },
        serverless: "Amazon S3",
        containers: "Amazon S3",
        reason: "Files outlive both functions and tasks.",
    },
    Need {
        name: "queue",
        present: |component| any(&[component.state.queue_messages]),
        serverless: "Amazon SQS",
        containers: "Amazon SQS",
        reason: "The queue holds what comes faster than it is worked off.",
    },
    Need {
        name: "relational",
        present: |component| any(&[component.state.relational_connections]),
        serverless: "Amazon RDS with RDS Proxy",
        containers: "Amazon RDS",
        reason: "Each environment opens connections of its own; a proxy pools them.",
    },
    Need {
        name: "websocket",
        present: |component| any(&[component.state.websocket_connections]),
        serverless: "Amazon API Gateway WebSocket API",
        containers: "Application Load Balancer",
        reason: "A function cannot hold a connection; a gateway or a task can.",
    },
    Need {
        name: "workflow",
        present: |component| any(&[component.state.workflow_steps]),
        serverless: "AWS Step Functions",
        containers: "AWS Step Functions",
        reason: "Steps that wait for hours need somebody who remembers where they are.",
    },
];

/// The services for each state need that was stated.
#[must_use]
pub fn services(component: &Component) -> Vec<StateService> {
    let wanted = NEEDS.iter().filter(|need| (need.present)(component));
    wanted
        .map(|need| StateService {
            need: need.name.to_owned(),
            serverless: need.serverless.to_owned(),
            containers: need.containers.to_owned(),
            reason: need.reason.to_owned(),
        })
        .collect()
}

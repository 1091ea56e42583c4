//! What the platform must offer, and what is fixed by hand.

use super::relevance::{
    behind_a_door, on_functions, on_instances, on_standing_tasks, on_tasks, private,
};
use super::{Form, Question, choices, typical};
use crate::behavior::Architecture;
use crate::system::{FrontDoor, Need};

const PIN: &str =
    "Fixes what the model would choose; a pin wins over every optimum and every minimum.";

pub(super) const QUESTIONS: &[Question] = &[
    Question::new(
        "needs",
        "Needs",
        "Does it need anything special?",
        "Each of these rules platforms out.",
        Form::Many(choices!(Need::ALL, id)),
    ),
    Question::new(
        "front_door",
        "Front door",
        "What stands in front of it?",
        "A gateway bills each request; a load balancer bills each hour.",
        Form::One(choices!(FrontDoor::ALL, id)),
    )
    .when(behind_a_door),
    Question::flag(
        "network.private",
        "Private network",
        "Must it reach a private network?",
        "NAT gateways cost money by the hour and the gigabyte, on both sides.",
    ),
    Question::number(
        "network.outbound_gb",
        "Outbound traffic",
        "How much does it send out of the private network?",
        "It passes the NAT gateway, which bills each gigabyte.",
    )
    .typically(&[typical("50", "calls of APIs on the internet")])
    .when(private),
    Question::new(
        "pin.architecture",
        "Architecture",
        "Which processor must it run on?",
        PIN,
        Form::One(choices!(Architecture::ALL, name)),
    )
    .rarely(),
    Question::number(
        "pin.lambda_memory_mb",
        "Lambda memory",
        "Which memory shall the function have?",
        PIN,
    )
    .typically(&[
        typical("1769", "one whole vCPU"),
        typical("512", "a small function"),
    ])
    .when(on_functions)
    .rarely(),
    Question::number(
        "pin.provisioned_concurrency",
        "Provisioned concurrency",
        "How many environments shall be kept warm?",
        PIN,
    )
    .typically(&[typical("10", "ten warm environments")])
    .when(on_functions)
    .rarely(),
    Question::number(
        "pin.task_vcpu",
        "Task vCPU",
        "How many vCPUs shall a task have?",
        PIN,
    )
    .typically(&[typical("0.5", "a small task")])
    .when(on_tasks)
    .rarely(),
    Question::number(
        "pin.task_memory_gb",
        "Task memory",
        "How much memory shall a task have?",
        PIN,
    )
    .typically(&[typical("1", "a small task")])
    .when(on_tasks)
    .rarely(),
    Question::number("pin.task_count", "Tasks", "How many tasks shall run?", PIN)
        .when(on_standing_tasks)
        .rarely(),
    Question::new(
        "pin.instance_type",
        "Instance type",
        "Which EC2 instance type shall it be, such as m7g.large?",
        PIN,
        Form::Text,
    )
    .when(on_instances)
    .rarely(),
    Question::number(
        "pin.instance_count",
        "Instances",
        "How many instances shall run?",
        PIN,
    )
    .when(on_instances)
    .rarely(),
];

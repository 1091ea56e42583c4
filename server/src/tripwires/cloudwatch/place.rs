//! Where the chosen option runs, and the names that only the user knows.

use model::System;
use model::evaluation::Evaluation;
use model::system::{Answer, Component, Kind};

/// Where a component runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tripwires) enum Place {
    Functions,
    /// A service of ECS, on Fargate or on instances.
    Service,
    /// A service of EKS.
    Pods,
    /// Instances of an Auto Scaling group.
    Instances,
    /// Tasks that run and stop.
    Jobs,
}

/// A component with what its metrics hang on.
#[derive(Clone, Copy, Debug)]
pub(in crate::tripwires) struct Scene<'a> {
    pub(in crate::tripwires) index: usize,
    pub(in crate::tripwires) place: Place,
    pub(in crate::tripwires) kind: Kind,
    /// What stands in front.
    pub(in crate::tripwires) door: &'a str,
    /// Requests that one invocation handles.
    pub(in crate::tripwires) batch: f64,
}

impl<'a> Scene<'a> {
    /// The component that a watch is about.
    pub(in crate::tripwires) fn of(
        system: &'a System,
        evaluation: &'a Evaluation,
        index: usize,
    ) -> Option<Self> {
        let answers = system.components.get(index)?;
        let chosen = evaluation.choice(index)?;
        let kind = kind(evaluation, answers, index);
        let platform = chosen.platform.as_str();
        Some(Self {
            index,
            kind,
            place: match platform {
                _ if platform.starts_with("aws-lambda") => Place::Functions,
                _ if chosen.configuration.runs_and_stops => Place::Jobs,
                _ if platform.starts_with("aws-eks") => Place::Pods,
                "aws-ec2" => Place::Instances,
                _ => Place::Service,
            },
            door: chosen.configuration.front_door.as_deref().unwrap_or("none"),
            batch: batch(evaluation, answers, index, kind),
        })
    }
}

fn assumed<'a>(
    evaluation: &'a Evaluation,
    index: usize,
    path: &str,
) -> Option<&'a serde_json::Value> {
    let path = format!("components[{index}].{path}");
    let mut assumptions = evaluation.assumptions.iter();
    let found = assumptions.find(|assumption| assumption.input == path)?;
    Some(&found.value)
}

fn kind(evaluation: &Evaluation, answers: &Component, index: usize) -> Kind {
    let assumed = || assumed(evaluation, index, "kind")?.as_str()?.parse().ok();
    answers.kind.or_else(assumed).unwrap_or(Kind::HttpApi)
}

fn batch(evaluation: &Evaluation, answers: &Component, index: usize, kind: Kind) -> f64 {
    let stated = answers.traffic.batch_size.map(Answer::typical);
    let assumed = || assumed(evaluation, index, "traffic.batch_size")?.as_f64();
    if kind.is_batched() {
        stated.or_else(assumed).unwrap_or(1.0).max(1.0)
    } else {
        1.0
    }
}

/// A name that only the user knows, of one component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tripwires) struct Parameter {
    pub(in crate::tripwires) what: What,
    pub(in crate::tripwires) index: usize,
}

/// What is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tripwires) enum What {
    ApiId,
    ApiName,
    AutoScalingGroup,
    Cluster,
    Function,
    LoadBalancer,
    Namespace,
    Queue,
    Service,
    Stream,
}

impl Parameter {
    /// Its name, as `FunctionName` or, of the second component, `FunctionName2`.
    pub(in crate::tripwires) fn pascal(self) -> String {
        let words: String = self.words().split('_').map(capital).collect();
        format!("{words}{}", self.number())
    }

    /// Its name, as `function_name` or, of the second component, `function_name_2`.
    pub(in crate::tripwires) fn snake(self) -> String {
        match self.number() {
            number if number.is_empty() => self.words().to_owned(),
            number => format!("{}_{number}", self.words()),
        }
    }

    fn number(self) -> String {
        match self.index {
            0 => String::new(),
            index => (index + 1).to_string(),
        }
    }

    const fn words(self) -> &'static str {
        match self.what {
            What::ApiId => "api_id",
            What::ApiName => "api_name",
            What::AutoScalingGroup => "auto_scaling_group_name",
            What::Cluster => "cluster_name",
            What::Function => "function_name",
            What::LoadBalancer => "load_balancer_full_name",
            What::Namespace => "namespace_name",
            What::Queue => "queue_name",
            What::Service => "service_name",
            What::Stream => "stream_name",
        }
    }

    /// What is asked for.
    pub(in crate::tripwires) fn description(self) -> String {
        let what = match self.what {
            What::ApiId => "Id of the API of API Gateway",
            What::ApiName => "Name of the REST API of API Gateway",
            What::AutoScalingGroup => {
                "Name of the Auto Scaling group, with its group metrics switched on"
            }
            What::Cluster => "Name of the cluster",
            What::Function => "Name of the Lambda function",
            What::LoadBalancer => {
                "The end of the load balancer's ARN, as in app/my-balancer/50dc6c495c0c9188"
            }
            What::Namespace => "Namespace of the service in Kubernetes",
            What::Queue => "Name of the SQS queue",
            What::Service => "Name of the service",
            What::Stream => "Name of the Kinesis stream",
        };
        match self.index {
            0 => what.to_owned(),
            index => format!("{what}, of component {}", index + 1),
        }
    }
}

/// The word with a capital letter.
pub(in crate::tripwires) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

//! The system that holds one option's configuration, whatever the requests.

use crate::behavior::Architecture;
use crate::evaluation::PlatformOption;
use crate::rules::Rules;
use crate::system::{Answer, Component, Provenance, System};
use crate::workload::Workload;

/// The system with the sizes of an option pinned in one component, so that evaluating it at
/// other requests a month gives that option's bill with its configuration held.
///
/// Counts stay free: fleets follow the load. A pinned Lambda memory says that durations are
/// those at that size, so they are restated there.
///
/// # Panics
/// If `index` is not one of the system's components.
#[must_use]
pub fn pinned(system: &System, index: usize, option: &PlatformOption) -> System {
    let mut pinned = system.clone();
    let configuration = &option.configuration;
    let component = &mut pinned.components[index];
    let exact = |value: Option<f64>| value.map(Answer::Exact);
    let mut architectures = Architecture::ALL.iter().copied();
    let chosen = |of: &Architecture| configuration.architecture.as_deref() == Some(of.name());
    component.pin.architecture = architectures.find(chosen).or(component.pin.architecture);
    match option.platform.as_str() {
        "aws-lambda" | "aws-lambda-provisioned" | "aws-lambda-snapstart" => {
            if let (None, Some(memory)) = (component.pin.lambda_memory_mb, configuration.memory_mb)
            {
                pin_memory(&mut pinned, system, index, memory);
            }
            pin_pool(&mut pinned.components[index], option);
        }
        "aws-fargate" | "aws-fargate-spot" | "aws-eks-fargate" => {
            component.pin.task_vcpu = exact(configuration.task_vcpu);
            component.pin.task_memory_gb = exact(configuration.task_memory_gb);
        }
        "aws-ecs-ec2" | "aws-eks-ec2" => {
            component.pin.task_vcpu = exact(configuration.task_vcpu);
            component.pin.task_memory_gb = exact(configuration.task_memory_gb);
            component
                .pin
                .instance_type
                .clone_from(&configuration.instance_type);
        }
        "aws-ec2" | "aws-lambda-managed-instances" => {
            component
                .pin
                .instance_type
                .clone_from(&configuration.instance_type);
        }
        _ => {}
    }
    pinned
}

/// A pool of the same size all week is one that can be pinned.
fn pin_pool(component: &mut Component, option: &PlatformOption) {
    let configuration = &option.configuration;
    if let (Some(pool), Some(least), Some(most)) = (
        configuration.provisioned_concurrency,
        configuration.count_min,
        configuration.count_max,
    ) && least >= most
    {
        component.pin.provisioned_concurrency = Some(Answer::Exact(pool));
    }
}

/// Pins a memory and restates at it what was stated for one full vCPU.
fn pin_memory(pinned: &mut System, system: &System, index: usize, memory_mb: f64) {
    let (workload, _) = Workload::typical(system, index);
    let vcpu = memory_mb / Rules::embedded().lambda_mb_per_vcpu;
    let stretch = workload.duration_at(vcpu) / workload.duration;
    let component = &mut pinned.components[index];
    component.pin.lambda_memory_mb = Some(Answer::Exact(memory_mb));
    let work = &mut component.work;
    let mut assumed = Vec::new();
    let mut restate = |path: &'static str, answer: &mut Option<Answer>, usual: f64, by: f64| {
        if answer.is_none() {
            assumed.push(path);
        }
        *answer = Some(times(answer.unwrap_or(Answer::Exact(usual)), by));
    };
    restate(
        "work.duration_ms",
        &mut work.duration_ms,
        workload.duration.get(),
        stretch,
    );
    restate(
        "work.duration_p99_ms",
        &mut work.duration_p99_ms,
        workload.duration_p99.get(),
        stretch,
    );
    restate(
        "work.max_duration_ms",
        &mut work.max_duration_ms,
        workload.max_duration.get(),
        stretch.max(1.0),
    );
    restate("work.cpu_ms", &mut work.cpu_ms, workload.cpu.get(), 1.0);
    if let Some(target) = workload.target {
        restate(
            "latency.target_ms",
            &mut component.latency.target_ms,
            target.get(),
            1.0,
        );
    }
    for path in assumed {
        let path = format!("components[{index}].{path}");
        pinned.provenance.entry(path).or_insert(Provenance::Assumed);
    }
}

/// An answer times a factor.
fn times(answer: Answer, by: f64) -> Answer {
    match answer {
        Answer::Exact(value) => Answer::Exact(value * by),
        Answer::Range { low, typical, high } => Answer::Range {
            low: low * by,
            typical: typical * by,
            high: high * by,
        },
    }
}

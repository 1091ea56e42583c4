//! Filling the gaps: one pass over a component's answers.

mod state;
mod terms;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Elsewhere, Pins, Workload, Z_95};
use crate::behavior::{Behavior, DefaultEntry};
use crate::evaluation::Assumption;
use crate::state::StateNeeds;
use crate::system::{Answer, Component, FrontDoor, Kind, Provenance, System, Work};
use crate::traffic::{Level, Shape};
use crate::units::{MebiBytes, Milliseconds, RequestsPerMonth};

/// Walks the answers, draws their values and notes the defaults.
struct Resolver<'a> {
    system: &'a System,
    prefix: String,
    kind: Kind,
    z: &'a mut dyn FnMut(&str) -> f64,
    purpose: Purpose<'a>,
}

/// Why a component is resolved.
pub(super) enum Purpose<'a> {
    /// At its typical answers, to note what was assumed.
    Record(&'a mut Vec<Assumption>),
    /// At other points of the ranges, with the week that was found before.
    Sample(&'a [Level]),
}

pub(super) fn resolve(
    system: &System,
    index: usize,
    z: &mut dyn FnMut(&str) -> f64,
    purpose: Purpose<'_>,
) -> Workload {
    let component = &system.components[index];
    let mut resolver = Resolver {
        system,
        prefix: format!("components[{index}]."),
        kind: Kind::HttpApi,
        z,
        purpose,
    };
    resolver.kind = resolver.choice("kind", component.kind);
    resolver.component(component, index)
}

impl Resolver<'_> {
    #[expect(clippy::too_many_lines, reason = "one record, a line for each answer")]
    fn component(&mut self, component: &Component, index: usize) -> Workload {
        let work = &component.work;
        let duration = self.number("work.duration_ms", work.duration_ms, 0.0);
        let cpu = self.number("work.cpu_ms", work.cpu_ms, duration);
        let parallelism = self.number("work.parallelism", work.parallelism, 0.0);
        let traffic = &component.traffic;
        let batch = self
            .number("traffic.batch_size", traffic.batch_size, 0.0)
            .max(1.0);
        let requests = self.number(
            "traffic.requests_per_month",
            traffic.requests_per_month,
            0.0,
        );
        let operations = &self.system.operations;
        let mut workload = Workload {
            name: if component.name.is_empty() {
                format!("component {}", index + 1)
            } else {
                component.name.clone()
            },
            kind: self.kind,
            region: self.shared_choice("region", self.system.region),
            requests: RequestsPerMonth::new(requests),
            batch_size: batch,
            growth: 1.0
                + self.number(
                    "traffic.growth_per_month_pct",
                    traffic.growth_per_month_pct,
                    0.0,
                ) / 100.0,
            levels: self.levels(component),
            bursts: traffic.bursts.clone().unwrap_or_default(),
            duration: Milliseconds::new(duration),
            duration_p99: Milliseconds::new(self.tail(work, duration)),
            max_duration: Milliseconds::ZERO,
            // A drawn CPU time may exceed a drawn wall time; no more than all of it computes.
            cpu: Milliseconds::new(cpu.min(duration * parallelism.max(1.0))),
            parallelism: parallelism.max(1.0),
            request_memory: MebiBytes::new(self.number(
                "work.request_memory_mb",
                work.request_memory_mb,
                0.0,
            )),
            process_memory: MebiBytes::new(self.number(
                "work.process_memory_mb",
                work.process_memory_mb,
                0.0,
            )),
            local_disk: MebiBytes::new(self.number("work.local_disk_mb", work.local_disk_mb, 0.0)),
            max_requests_per_instance: self.stated(
                "work.max_requests_per_instance",
                work.max_requests_per_instance,
            ),
            payload_in_kb: self.number("work.payload_in_kb", work.payload_in_kb, 0.0),
            payload_out_kb: self.number("work.payload_out_kb", work.payload_out_kb, 0.0),
            egress_kb: 0.0,
            logs_kb: self.number("work.logs_kb", work.logs_kb, 0.0),
            language: self.choice("runtime.language", component.runtime.language),
            framework: self.choice("runtime.framework", component.runtime.framework),
            package: MebiBytes::new(self.number(
                "runtime.package_mb",
                component.runtime.package_mb,
                0.0,
            )),
            image: self.flag("runtime.image", component.runtime.image),
            keep_alive_s: self.number("runtime.keep_alive_s", component.runtime.keep_alive_s, 0.0),
            private_network: self.flag("network.private", component.network.private),
            websocket_connections: 0.0,
            state: StateNeeds::default(),
            outbound_gb: self.number("network.outbound_gb", component.network.outbound_gb, 0.0),
            percentile: self.choice("latency.percentile", component.latency.percentile),
            target: self.target(component.latency.target_ms, duration),
            needs: component.needs.clone(),
            front_door: component.front_door.unwrap_or(FrontDoor::Auto),
            availability: self.shared_choice("operations.availability", operations.availability),
            utilization_target: self.shared(
                "operations.utilization_target",
                operations.utilization_target,
            ),
            account_concurrency: self.shared(
                "operations.account_concurrency",
                operations.account_concurrency,
            ),
            terms: terms::terms(
                component.purchase.as_ref(),
                self.system.purchase.as_ref(),
                self.system.components.len(),
            ),
            elsewhere: Elsewhere::default(),
            linked_requests: RequestsPerMonth::ZERO,
            environments: Vec::new(),
            pin: self.pins(component),
            exclude: self.system.exclude.clone(),
            rates: self.system.rates.clone(),
        };
        let longest = self.number(
            "work.max_duration_ms",
            work.max_duration_ms,
            workload.duration_p99.get(),
        );
        workload.max_duration = Milliseconds::new(longest);
        workload.state = self.state(component, index, &workload);
        workload.websocket_connections = workload.state.websocket_connections;
        workload.egress_kb = self.number("work.egress_kb", work.egress_kb, workload.payload_out_kb);
        workload
    }

    /// A number of the component: the answer, or its default (a multiple of `base` where the data say so).
    fn number(&mut self, path: &str, answer: Option<Answer>, base: f64) -> f64 {
        let full = format!("{}{path}", self.prefix);
        self.draw(path, &full, answer, base)
    }

    /// A number of the system.
    fn shared(&mut self, path: &str, answer: Option<Answer>) -> f64 {
        self.draw(path, path, answer, 0.0)
    }

    fn draw(&mut self, path: &str, full: &str, answer: Option<Answer>, base: f64) -> f64 {
        let unsure = self.system.provenance.get(full).copied();
        let given = match answer {
            Some(answer) => {
                let (low, high) = answer.bounds();
                Some((low, answer.typical(), high))
            }
            None => None,
        };
        let guessed = matches!(unsure, Some(Provenance::Assumed | Provenance::Unknown));
        let (low, typical, high) = match given {
            Some((low, typical, high)) if low < high || !guessed => (low, typical, high),
            // One value that is only a guess: the default's range, moved to that value.
            Some((_, typical, _)) => {
                let entry = Behavior::embedded().find_default(path, self.kind.id());
                let range = entry.map(|entry| relative_range(entry, typical, base));
                let (low, high) = range.unwrap_or((typical, typical));
                (low, typical, high)
            }
            None => {
                let entry = self.entry(path);
                let typical = entry.number_given(base).unwrap_or(0.0);
                let (low, high) = entry.range_given(base).unwrap_or((typical, typical));
                self.note(full, entry, number(typical), Provenance::Assumed);
                (low, typical, high)
            }
        };
        if given.is_some()
            && guessed
            && let Some(entry) = Behavior::embedded().find_default(path, self.kind.id())
        {
            self.note(
                full,
                entry,
                number(typical),
                unsure.unwrap_or(Provenance::Assumed),
            );
        }
        if low < high {
            between(low, typical, high, (self.z)(full))
        } else {
            typical
        }
    }

    /// The slowest 1 %: where it is not stated it is no longer than the stated longest run.
    fn tail(&mut self, work: &Work, duration: f64) -> f64 {
        let tail = self.number("work.duration_p99_ms", work.duration_p99_ms, duration);
        match (work.duration_p99_ms, work.max_duration_ms) {
            (None, Some(longest)) => tail.min(longest.typical()).max(duration),
            _ => tail,
        }
    }

    /// An answer that has no default: drawn from its range where it is given.
    fn stated(&mut self, path: &str, answer: Option<Answer>) -> Option<f64> {
        answer.map(|answer| self.number(path, Some(answer), 0.0))
    }

    fn pins(&mut self, component: &Component) -> Pins {
        let pin = &component.pin;
        let whole = crate::math::round;
        Pins {
            architecture: pin.architecture,
            lambda_memory: self
                .stated("pin.lambda_memory_mb", pin.lambda_memory_mb)
                .map(|mb| MebiBytes::new(whole(mb))),
            provisioned_concurrency: self
                .stated("pin.provisioned_concurrency", pin.provisioned_concurrency)
                .map(whole),
            // Sizes are a table: between two of them there is none to draw.
            task_vcpu: pin.task_vcpu.map(Answer::typical),
            task_memory_gb: pin.task_memory_gb.map(Answer::typical),
            task_count: self.stated("pin.task_count", pin.task_count).map(whole),
            instance_type: pin.instance_type.clone(),
            instance_count: self
                .stated("pin.instance_count", pin.instance_count)
                .map(whole),
        }
    }

    fn entry(&self, path: &str) -> &'static DefaultEntry {
        Behavior::embedded().default_for(path, self.kind.id())
    }

    fn choice<T: DeserializeOwned + Copy>(&mut self, path: &str, answer: Option<T>) -> T {
        let full = format!("{}{path}", self.prefix);
        self.one_of(path, &full, answer)
    }

    fn shared_choice<T: DeserializeOwned + Copy>(&mut self, path: &str, answer: Option<T>) -> T {
        self.one_of(path, path, answer)
    }

    fn one_of<T: DeserializeOwned + Copy>(
        &mut self,
        path: &str,
        full: &str,
        answer: Option<T>,
    ) -> T {
        if let Some(answer) = answer {
            return answer;
        }
        let entry = self.entry(path);
        let value = Value::from(entry.text().unwrap_or_default());
        self.note(full, entry, value.clone(), Provenance::Assumed);
        serde_json::from_value(value)
            .unwrap_or_else(|_| panic!("the default of {path} is checked by the tests"))
    }

    fn flag(&mut self, path: &str, answer: Option<bool>) -> bool {
        if let Some(answer) = answer {
            return answer;
        }
        let entry = self.entry(path);
        let value = entry.flag().unwrap_or(false);
        let full = format!("{}{path}", self.prefix);
        self.note(&full, entry, Value::from(value), Provenance::Assumed);
        value
    }

    /// The latency target; work that nobody waits for has none unless it is stated.
    fn target(&mut self, answer: Option<Answer>, duration: f64) -> Option<Milliseconds> {
        if answer.is_some() {
            return self
                .stated("latency.target_ms", answer)
                .map(Milliseconds::new);
        }
        self.entry("latency.target_ms").number_given(duration)?;
        Some(Milliseconds::new(self.number(
            "latency.target_ms",
            None,
            duration,
        )))
    }

    /// The week: the shape, stretched to the stated peak.
    fn levels(&mut self, component: &Component) -> Vec<Level> {
        let path = format!("{}traffic.peak_to_mean", self.prefix);
        let peak = component
            .traffic
            .peak_to_mean
            .map_or((0.0, 0.0), Answer::bounds);
        let exact = peak.0 >= peak.1 && !self.system.provenance.contains_key(&path);
        if let (Purpose::Sample(levels), true) = (&self.purpose, exact) {
            return levels.to_vec();
        }
        let shape = match &component.traffic.shape {
            Some(shape) => shape.clone(),
            None => self.default_shape(),
        };
        let profile = shape.profile();
        let peak = match component.traffic.peak_to_mean {
            Some(answer) => self.number("traffic.peak_to_mean", Some(answer), 0.0),
            None => profile.peak_to_mean(),
        };
        let profile = profile.stretched_to(peak).unwrap_or(profile);
        Workload::compute_levels(&profile)
    }

    fn default_shape(&mut self) -> Shape {
        let entry = self.entry("traffic.shape");
        let text = entry.text().unwrap_or("steady");
        let full = format!("{}traffic.shape", self.prefix);
        self.note(&full, entry, Value::from(text), Provenance::Assumed);
        serde_json::from_value(Value::from(text))
            .unwrap_or_else(|_| panic!("the default shape is checked by the tests"))
    }

    fn note(&mut self, full: &str, entry: &DefaultEntry, value: Value, provenance: Provenance) {
        if let Purpose::Record(assumptions) = &mut self.purpose {
            assumptions.push(Assumption {
                input: full.to_owned(),
                value,
                provenance,
                consequence: entry.consequence.clone(),
                could_flip: false,
            });
        }
    }
}

/// The default's range as factors, applied to a guessed value.
fn relative_range(entry: &DefaultEntry, typical: f64, base: f64) -> (f64, f64) {
    match (entry.number_given(base), entry.range_given(base)) {
        (Some(middle), Some((low, high))) if middle > 0.0 => {
            (typical * low / middle, typical * high / middle)
        }
        _ => (typical, typical),
    }
}

/// The point of a range at a standard normal `z`.
fn between(low: f64, typical: f64, high: f64, z: f64) -> f64 {
    let steps = z.abs() / Z_95;
    let end = if z < 0.0 { low } else { high };
    if low > 0.0 {
        typical * crate::math::pow(end / typical, steps)
    } else {
        typical + (end - typical) * steps.min(2.0)
    }
    .max(if low < 0.0 { f64::NEG_INFINITY } else { 0.0 })
}

fn number(value: f64) -> Value {
    serde_json::to_value(Answer::Exact(value)).unwrap_or(Value::Null)
}

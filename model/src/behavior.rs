//! How the platforms behave: limits, cold starts, latencies, sizes, traffic
//! shapes and the defaults of unanswered questions, each with its source.
//!
//! The figures stand in `data/behavior/*.toml` and are parsed once.

mod cold_start;
mod defaults;
mod fleet;
mod latency;
mod limit;
mod markdown;
mod runtime;
mod source;
mod validate;

use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;

pub use cold_start::{ColdStartTime, Lifecycle, StartUp};
pub use defaults::{DefaultEntry, DefaultValue};
pub use fleet::{HostReserve, InstanceType, TaskSize};
pub use latency::{Scaling, ServiceLatency};
pub use limit::{Capability, Limit, LimitKind};
pub use runtime::{Architecture, Framework, Language};
pub use source::{Citation, Confidence, Figure, Source, is_iso_date, older_than_a_year};

use cold_start::ColdStartFile;
use defaults::DefaultFile;
use fleet::{InstanceFile, SizeFile};
use latency::LatencyFile;
use limit::LimitFile;

use crate::index::Index;

/// All behavior data, parsed and checked.
#[derive(Clone, Debug)]
pub struct Behavior {
    sources: Vec<Source>,
    limits: LimitFile,
    limit_places: Index,
    cold_starts: ColdStartFile,
    instances: InstanceFile,
    sizes: SizeFile,
    task_sizes: Vec<TaskSize>,
    latencies: LatencyFile,
    defaults: DefaultFile,
    shapes: Vec<crate::traffic::PublishedShape>,
}

/// Why behavior data were refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BehaviorError {
    /// A file is not the TOML that is expected.
    #[error("{file}: {message}")]
    Malformed {
        /// Which file.
        file: &'static str,
        /// What the parser says.
        message: String,
    },
    /// The figures parse but contradict the rules for data.
    #[error("behavior data: {}", .0.join("; "))]
    Inconsistent(Vec<String>),
}

static EMBEDDED: LazyLock<Behavior> =
    LazyLock::new(|| Behavior::parse().expect("the embedded data are checked by the tests"));

impl Behavior {
    /// The data built into the program.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    fn parse() -> Result<Self, BehaviorError> {
        let limits: LimitFile =
            toml_of("limits.toml", include_str!("../data/behavior/limits.toml"))?;
        let sizes: SizeFile = toml_of(
            "fargate_sizes.toml",
            include_str!("../data/behavior/fargate_sizes.toml"),
        )?;
        let limit_places = Index::new(limits.limit.iter().map(|limit| limit.id.as_str()));
        let behavior = Self {
            limit_places,
            sources: toml_of::<SourceFile>(
                "sources.toml",
                include_str!("../data/behavior/sources.toml"),
            )?
            .source,
            cold_starts: toml_of(
                "cold_starts.toml",
                include_str!("../data/behavior/cold_starts.toml"),
            )?,
            instances: toml_of(
                "instance_types.toml",
                include_str!("../data/behavior/instance_types.toml"),
            )?,
            task_sizes: within_limits(&sizes, &limits),
            latencies: toml_of(
                "latencies.toml",
                include_str!("../data/behavior/latencies.toml"),
            )?,
            defaults: toml_of(
                "defaults.toml",
                include_str!("../data/behavior/defaults.toml"),
            )?,
            shapes: toml_of::<ShapeFile>(
                "traffic.toml",
                include_str!("../data/behavior/traffic.toml"),
            )?
            .shape,
            limits,
            sizes,
        };
        let faults = validate::faults(&behavior);
        if faults.is_empty() {
            Ok(behavior)
        } else {
            Err(BehaviorError::Inconsistent(faults))
        }
    }

    /// All sources, in the order of the file.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The source with this id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }

    /// Every entry with its source, date and unit.
    #[must_use]
    pub fn citations(&self) -> Vec<Citation> {
        validate::citations(self)
    }

    /// All limits, in the order of the file.
    #[must_use]
    pub fn limits(&self) -> &[Limit] {
        &self.limits.limit
    }

    /// The limit with this id, for ids that come from outside.
    #[must_use]
    pub fn find_limit(&self, id: &str) -> Option<&Limit> {
        let limits = &self.limits.limit;
        let place = self.limit_places.find(id, |place| &limits[place].id)?;
        Some(&limits[place])
    }

    /// The limit with this id.
    ///
    /// # Panics
    /// If the data have no such limit: the id is a mistake of the program.
    #[must_use]
    pub fn limit(&self, id: &str) -> &Limit {
        self.find_limit(id)
            .unwrap_or_else(|| panic!("no limit {id} in limits.toml"))
    }

    /// The limits that hold for a platform itself, whatever its front door.
    pub fn limits_of(&self, platform: &str) -> impl Iterator<Item = &Limit> {
        self.limits
            .limit
            .iter()
            .filter(move |limit| limit.holds_for(platform))
    }

    /// The needs that no platform of this id serves; several rows where the
    /// sources differ.
    pub fn capabilities_of(&self, platform: &str) -> impl Iterator<Item = &Capability> {
        self.limits
            .capability
            .iter()
            .filter(move |row| row.platform == platform)
    }

    /// The row that says why a platform does not serve a need; `None` if it does.
    #[must_use]
    pub fn lacks(&self, platform: &str, need: &str) -> Option<&Capability> {
        self.capabilities_of(platform)
            .find(|row| row.lacks.iter().any(|name| name == need))
    }

    /// Allocation, keep-alive and lifetime of a Lambda environment.
    #[must_use]
    pub const fn lifecycle(&self) -> &Lifecycle {
        &self.cold_starts.lifecycle
    }

    /// How long a cold start takes. A framework that was measured itself decides
    /// over `language`; memory between the measured points is interpolated over
    /// its logarithm and held beyond them; the package counts for plain zips only.
    #[must_use]
    pub fn cold_start(&self, start: StartUp) -> ColdStartTime {
        self.cold_starts.cold_start(start)
    }

    /// The same with `SnapStart`, where `init` is the restore; `None` for
    /// languages and images that have none.
    #[must_use]
    pub fn snap_start(&self, start: StartUp) -> Option<ColdStartTime> {
        self.cold_starts.snap_start(start)
    }

    /// All instance types of the price book, by family and size.
    #[must_use]
    pub fn instance_types(&self) -> &[InstanceType] {
        &self.instances.instance_type
    }

    /// The instance type of this name.
    #[must_use]
    pub fn instance_type(&self, name: &str) -> Option<&InstanceType> {
        self.instances
            .instance_type
            .iter()
            .find(|instance| instance.name == name)
    }

    /// What an instance of this platform keeps for itself; `None` where there
    /// are no instances to see.
    #[must_use]
    pub fn host_reserve(&self, platform: &str) -> Option<&HostReserve> {
        self.instances
            .reserve
            .iter()
            .find(|reserve| reserve.platform == platform)
    }

    /// The task sizes within the limits of Fargate, smallest first.
    #[must_use]
    pub fn fargate_sizes(&self) -> &[TaskSize] {
        &self.task_sizes
    }

    /// How fast the platforms follow their load.
    #[must_use]
    pub const fn scaling(&self) -> &Scaling {
        &self.latencies.scaling
    }

    /// All times of front doors and state services.
    #[must_use]
    pub fn service_latencies(&self) -> &[ServiceLatency] {
        &self.latencies.service
    }

    /// The time of one front door or state service.
    #[must_use]
    pub fn service_latency(&self, id: &str) -> Option<&ServiceLatency> {
        self.latencies
            .service
            .iter()
            .find(|service| service.id == id)
    }

    /// All defaults, in the order of the file.
    #[must_use]
    pub fn defaults(&self) -> &[DefaultEntry] {
        &self.defaults.default
    }

    /// The default of a field for any kind of component, or for the first kind
    /// if each has its own.
    ///
    /// # Panics
    /// If the data have no such path: it is a mistake of the program.
    #[must_use]
    pub fn default(&self, path: &str) -> &DefaultEntry {
        let mut entries = self
            .defaults
            .default
            .iter()
            .filter(|entry| entry.path == path);
        entries
            .clone()
            .find(|entry| entry.kinds.is_empty())
            .or_else(|| entries.next())
            .unwrap_or_else(|| panic!("no default {path} in defaults.toml"))
    }

    /// The default of a path for a component kind, if there is one.
    #[must_use]
    pub fn find_default(&self, path: &str, kind: &str) -> Option<&DefaultEntry> {
        let mut general = None;
        for entry in self
            .defaults
            .default
            .iter()
            .filter(|entry| entry.path == path)
        {
            if entry.kinds.iter().any(|name| name == kind) {
                return Some(entry);
            }
            if general.is_none() || entry.kinds.is_empty() {
                general = Some(entry);
            }
        }
        general
    }

    /// The default of a field for one kind of component (`http_api`, ...).
    ///
    /// # Panics
    /// If the data have no such path: it is a mistake of the program.
    #[must_use]
    pub fn default_for(&self, path: &str, kind: &str) -> &DefaultEntry {
        let own = |entry: &&DefaultEntry| {
            entry.path == path && entry.kinds.iter().any(|name| name == kind)
        };
        self.defaults
            .default
            .iter()
            .find(own)
            .unwrap_or_else(|| self.default(path))
    }

    /// The published traffic shapes.
    #[must_use]
    pub fn shapes(&self) -> &[crate::traffic::PublishedShape] {
        &self.shapes
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceFile {
    source: Vec<Source>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShapeFile {
    shape: Vec<crate::traffic::PublishedShape>,
}

fn toml_of<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, BehaviorError> {
    toml::from_str(text).map_err(|error| BehaviorError::Malformed {
        file,
        message: error.to_string(),
    })
}

/// Sizes above the limits wait in the data until the limits are raised.
fn within_limits(sizes: &SizeFile, limits: &LimitFile) -> Vec<TaskSize> {
    let most = |id: &str| {
        limits
            .limit
            .iter()
            .find(|limit| limit.id == id)
            .map_or(f64::INFINITY, |limit| limit.value)
    };
    let (vcpu, memory_gb) = (most("aws-fargate/vcpu"), most("aws-fargate/memory"));
    let pairs = sizes
        .size
        .iter()
        .flat_map(|row| row.memory_gb.iter().map(|&gb| (row.vcpu, gb)));
    pairs
        .filter(|&(cpu, gb)| cpu <= vcpu && gb <= memory_gb)
        .map(|(vcpu, memory_gb)| TaskSize { vcpu, memory_gb })
        .collect()
}

#[cfg(test)]
mod tests;

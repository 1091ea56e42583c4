//! How long a Lambda environment takes to start: allocation, init, the first
//! call of the handler, and the private network.

use serde::{Deserialize, Serialize};

use super::runtime::{Architecture, Framework, Language};
use super::source::{Confidence, Figure};
use crate::units::MS_PER_S;

/// The parts of one cold start, in milliseconds.
///
/// `total = allocation + init + first call + network`. Only init has a measured
/// distribution; the other parts enter every percentile of the total alike.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColdStartTime {
    /// Sandbox and code download, before the reported init duration.
    pub allocation_ms: f64,
    /// Median of init (with `SnapStart`: of the restore).
    pub init_p50_ms: f64,
    /// 95th percentile of init.
    pub init_p95_ms: f64,
    /// 99th percentile of init.
    pub init_p99_ms: f64,
    /// Mean of init, which is what the bill sees.
    pub init_mean_ms: f64,
    /// Extra time of the first call of the handler at this memory.
    pub first_call_ms: f64,
    /// Extra time in a private network; 0 outside.
    pub network_ms: f64,
    /// Median of the whole.
    pub total_p50_ms: f64,
    /// 95th percentile of the whole.
    pub total_p95_ms: f64,
    /// 99th percentile of the whole.
    pub total_p99_ms: f64,
}

/// What starts: the arguments of [`super::Behavior::cold_start`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StartUp {
    /// The language.
    pub language: Language,
    /// The framework; one with measurements of its own decides over the language.
    pub framework: Framework,
    /// The processor architecture.
    pub architecture: Architecture,
    /// A container image instead of a zip.
    pub image: bool,
    /// Memory of the environment, MB.
    pub memory_mb: f64,
    /// Code that is loaded at start, unpacked, MB.
    pub package_mb: f64,
    /// Memory of the process once it is up, MB: no more of a package than this is read.
    pub resident_mb: f64,
    /// The largest package as zip, MB.
    pub largest_zip_mb: f64,
    /// Attached to a private network.
    pub private_network: bool,
}

/// A measured point of a curve over memory (MB) or package size (MB).
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Point {
    mb: f64,
    ms: f64,
}

/// An init distribution with the first call by memory.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Start {
    #[serde(default)]
    pub(super) language: Option<Language>,
    #[serde(default)]
    pub(super) framework: Option<Framework>,
    /// None: measured on one architecture, or unstated; used for both.
    #[serde(default)]
    pub(super) architecture: Option<Architecture>,
    #[serde(default)]
    pub(super) image: bool,
    pub(super) what: String,
    pub(super) p50_ms: f64,
    pub(super) p95_ms: f64,
    pub(super) p99_ms: f64,
    pub(super) mean_ms: f64,
    pub(super) first_call: Vec<Point>,
    pub(super) unit: String,
    pub(super) source: String,
    pub(super) as_of: String,
    #[serde(default, rename = "confidence")]
    pub(super) _confidence: Confidence,
    #[serde(default, rename = "note")]
    pub(super) _note: String,
}

/// Time that a framework without measurements of its own adds to the runtime's.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AddOn {
    pub(super) framework: Framework,
    pub(super) init: Figure,
}

/// Init time added by the code loaded, over that of a hello-world.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PackageRule {
    pub(super) languages: Vec<Language>,
    pub(super) added: Vec<Point>,
    pub(super) unit: String,
    pub(super) source: String,
    pub(super) as_of: String,
    #[serde(default, rename = "confidence")]
    pub(super) _confidence: Confidence,
    #[serde(default, rename = "note")]
    pub(super) _note: String,
}

/// A language without measurements and the one that stands in for it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StandIn {
    pub(super) language: Language,
    pub(super) measured_as: Language,
    pub(super) unit: String,
    pub(super) source: String,
    pub(super) as_of: String,
    #[serde(rename = "note")]
    pub(super) _note: String,
}

/// Single figures of the life of an environment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lifecycle {
    /// Sandbox and code download before init, ms.
    pub allocation: Figure,
    /// Added to a cold start by a private network, ms.
    pub private_network: Figure,
    /// How fast a start reads what exceeds the largest zip, MB/s.
    pub large_read: Figure,
    /// Idle time after which an environment is taken down, s.
    pub keep_alive: Figure,
    /// Age at which an environment is replaced whatever its traffic, h.
    pub lifetime: Figure,
    /// Share of inits that the platform does ahead of the request, 0..1.
    pub proactive_init_share: Figure,
}

/// `cold_starts.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColdStartFile {
    pub(super) lifecycle: Lifecycle,
    pub(super) runtime: Vec<Start>,
    pub(super) framework: Vec<Start>,
    pub(super) snap_start: Vec<Start>,
    pub(super) framework_add_on: Vec<AddOn>,
    pub(super) package: Vec<PackageRule>,
    pub(super) stand_in: Vec<StandIn>,
}

impl ColdStartFile {
    pub(super) fn cold_start(&self, start: StartUp) -> ColdStartTime {
        let plain = self.runtime(start.language, start.architecture, start.image);
        match self.framework_row(start.framework, start.architecture) {
            None => self.compose(
                start,
                plain,
                self.add_on_ms(start.framework)
                    + self.package_ms(start)
                    + self.large_read_ms(start),
            ),
            Some(row) => {
                let language = row.language.unwrap_or(start.language);
                let with_image = self.runtime(language, start.architecture, start.image);
                let zip = self.runtime(language, start.architecture, false);
                self.compose(
                    start,
                    &shifted(row, with_image, zip),
                    self.large_read_ms(start),
                )
            }
        }
    }

    /// The restore from a snapshot; `None` where it is not offered.
    pub(super) fn snap_start(&self, start: StartUp) -> Option<ColdStartTime> {
        if start.image {
            return None;
        }
        let language = self
            .framework_language(start.framework)
            .unwrap_or(start.language);
        let own = |row: &&Start| {
            row.language == Some(language)
                && row.framework == Some(start.framework)
                && row
                    .architecture
                    .is_none_or(|architecture| architecture == start.architecture)
        };
        let of_language = |row: &&Start| row.language == Some(language) && row.framework.is_none();
        let row = self
            .snap_start
            .iter()
            .find(own)
            .or_else(|| self.snap_start.iter().find(of_language))?;
        Some(self.compose(start, row, 0.0))
    }

    fn runtime(&self, language: Language, architecture: Architecture, image: bool) -> &Start {
        let measured = self.stand_in.iter().find(|row| row.language == language);
        let language = measured.map_or(language, |row| row.measured_as);
        self.runtime
            .iter()
            .find(|row| {
                row.language == Some(language) && row.architecture == Some(architecture) && row.image == image
            })
            .expect("the data hold every language on both architectures, as zip and as image: checked when read")
    }

    fn framework_language(&self, framework: Framework) -> Option<Language> {
        self.framework
            .iter()
            .find(|row| row.framework == Some(framework))
            .and_then(|row| row.language)
    }

    fn framework_row(&self, framework: Framework, architecture: Architecture) -> Option<&Start> {
        self.framework.iter().find(|row| {
            row.framework == Some(framework)
                && row
                    .architecture
                    .is_none_or(|measured| measured == architecture)
        })
    }

    fn add_on_ms(&self, framework: Framework) -> f64 {
        self.framework_add_on
            .iter()
            .find(|row| row.framework == framework)
            .map_or(0.0, |row| row.init.value)
    }

    /// Measured applications already carry their code; images load lazily, so
    /// only what is read counts and the size of the image says nothing.
    fn package_ms(&self, start: StartUp) -> f64 {
        let rule = self
            .package
            .iter()
            .find(|rule| rule.languages.contains(&start.language));
        match rule {
            Some(rule) if !start.image => interpolate(&rule.added, start.package_mb, |mb| mb),
            _ => 0.0,
        }
    }

    /// What an image holds beyond the largest zip and keeps in memory, such as a model, is read
    /// at every start.
    fn large_read_ms(&self, start: StartUp) -> f64 {
        let read_mb = start.package_mb.min(start.resident_mb) - start.largest_zip_mb;
        if start.image && read_mb > 0.0 {
            read_mb / self.lifecycle.large_read.value * MS_PER_S
        } else {
            0.0
        }
    }

    fn compose(&self, start: StartUp, row: &Start, added_ms: f64) -> ColdStartTime {
        let allocation_ms = self.lifecycle.allocation.value;
        let first_call_ms = interpolate(&row.first_call, start.memory_mb, crate::math::ln);
        let network_ms = if start.private_network {
            self.lifecycle.private_network.value
        } else {
            0.0
        };
        let around_init_ms = allocation_ms + first_call_ms + network_ms;
        let (p50, p95, p99) = (
            row.p50_ms + added_ms,
            row.p95_ms + added_ms,
            row.p99_ms + added_ms,
        );
        ColdStartTime {
            allocation_ms,
            init_p50_ms: p50,
            init_p95_ms: p95,
            init_p99_ms: p99,
            init_mean_ms: row.mean_ms + added_ms,
            first_call_ms,
            network_ms,
            total_p50_ms: around_init_ms + p50,
            total_p95_ms: around_init_ms + p95,
            total_p99_ms: around_init_ms + p99,
        }
    }
}

/// A framework measured as zip, moved by what an image costs the bare runtime.
fn shifted(row: &Start, with: &Start, without: &Start) -> Start {
    let p50_ms = (row.p50_ms + with.p50_ms - without.p50_ms).max(row.p50_ms);
    let p95_ms = (row.p95_ms + with.p95_ms - without.p95_ms).max(p50_ms);
    let p99_ms = (row.p99_ms + with.p99_ms - without.p99_ms).max(p95_ms);
    let mean_ms = (row.mean_ms + with.mean_ms - without.mean_ms).max(row.mean_ms);
    Start {
        p50_ms,
        p95_ms,
        p99_ms,
        mean_ms,
        ..row.clone()
    }
}

/// Straight lines between the points over `scale(mb)`, held at both ends.
fn interpolate(points: &[Point], mb: f64, scale: impl Fn(f64) -> f64) -> f64 {
    let held = |point: Option<&Point>| point.map_or(0.0, |point| point.ms);
    let above = points.iter().position(|point| point.mb > mb);
    match above {
        None => held(points.last()),
        Some(0) => held(points.first()),
        Some(index) => {
            let (left, right) = (points[index - 1], points[index]);
            let share = (scale(mb) - scale(left.mb)) / (scale(right.mb) - scale(left.mb));
            left.ms + share * (right.ms - left.ms)
        }
    }
}

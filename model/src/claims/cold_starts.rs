//! The article's figures on cold starts, beside what was measured.
//!
//! "Node.js starts in 200 to 500 ms, Java and .NET in 1 to 5 s, a VPC adds 500 ms to 2 s",
//! and "under 100 ms with a tree-shaken bundle".

use super::Standing;
use crate::behavior::{Architecture, Behavior, ColdStartTime, Framework, Language, StartUp};

/// From and to, in milliseconds.
pub type RangeMs = (f64, f64);

/// What the article says, and what a reader may vary.
#[derive(Clone, Debug, PartialEq)]
pub struct ColdStartInputs {
    /// Memory of the function.
    pub memory_mb: f64,
    /// Code that is loaded at start, unpacked.
    pub package_mb: f64,
    /// A container image instead of a zip.
    pub image: bool,
    /// Attached to a private network.
    pub private_network: bool,
    /// Its processor.
    pub architecture: Architecture,
    /// What Node.js is said to take.
    pub nodejs_ms: RangeMs,
    /// What Java and .NET are said to take.
    pub jvm_and_dotnet_ms: RangeMs,
    /// What a private network is said to add.
    pub network_ms: RangeMs,
    /// What a start is said to stay under with a small bundle.
    pub small_ms: f64,
    /// Size of that bundle.
    pub small_package_mb: f64,
}

impl Default for ColdStartInputs {
    fn default() -> Self {
        Self {
            memory_mb: 1_024.0,
            package_mb: 5.0,
            image: false,
            private_network: false,
            architecture: Architecture::X86_64,
            nodejs_ms: (200.0, 500.0),
            jvm_and_dotnet_ms: (1_000.0, 5_000.0),
            network_ms: (500.0, 2_000.0),
            small_ms: 100.0,
            small_package_mb: 0.5,
        }
    }
}

/// One kind of function, as claimed and as measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Start {
    /// The language.
    pub language: Language,
    /// The framework.
    pub framework: Framework,
    /// What the article says.
    pub claimed_ms: RangeMs,
    /// What was measured, part by part.
    pub measured: ColdStartTime,
    /// Of the whole start, median to P99.
    pub standing: Standing,
}

/// All of them, computed.
#[derive(Clone, Debug, PartialEq)]
pub struct ColdStartClaims {
    /// What was put in.
    pub inputs: ColdStartInputs,
    /// Node.js, Java and .NET with their frameworks.
    pub starts: Vec<Start>,
    /// Starts of small bundles.
    pub small: Vec<Start>,
    /// What a private network adds: low, usual, high.
    pub network_ms: (f64, f64, f64),
}

const STARTS: [(Language, Framework); 7] = [
    (Language::Nodejs, Framework::None),
    (Language::Java, Framework::None),
    (Language::Java, Framework::Micronaut),
    (Language::Java, Framework::Quarkus),
    (Language::Java, Framework::Spring),
    (Language::Dotnet, Framework::None),
    (Language::Dotnet, Framework::Aspnet),
];

const SMALL: [Language; 4] = [
    Language::Nodejs,
    Language::Python,
    Language::Go,
    Language::Rust,
];

impl ColdStartClaims {
    /// Puts the claimed beside the measured; see [`Behavior::cold_start`].
    #[must_use]
    pub fn new(inputs: ColdStartInputs) -> Self {
        let network = &Behavior::embedded().lifecycle().private_network;
        let low = network.low.unwrap_or(network.value);
        let high = network.high.unwrap_or(network.value);
        let start = |language, framework, package_mb, claimed_ms: RangeMs| {
            let measured = measured(&inputs, language, framework, package_mb);
            let whole = (measured.total_p50_ms, measured.total_p99_ms);
            Start {
                language,
                framework,
                claimed_ms,
                measured,
                standing: Standing::of_range(claimed_ms, whole),
            }
        };
        let starts = STARTS.map(|(language, framework)| {
            let claimed = if language == Language::Nodejs {
                inputs.nodejs_ms
            } else {
                inputs.jvm_and_dotnet_ms
            };
            start(language, framework, inputs.package_mb, claimed)
        });
        let small = SMALL.map(|language| {
            let claimed = (0.0, inputs.small_ms);
            start(language, Framework::None, inputs.small_package_mb, claimed)
        });
        Self {
            starts: starts.to_vec(),
            small: small.to_vec(),
            network_ms: (low, network.value, high),
            inputs,
        }
    }

    /// Of the figures by language.
    #[must_use]
    pub fn of_languages(&self) -> Standing {
        Standing::of_all(self.starts.iter().map(|start| start.standing))
    }

    /// Of what a private network adds.
    #[must_use]
    pub fn of_network(&self) -> Standing {
        Standing::of_range(
            self.inputs.network_ms,
            (self.network_ms.0, self.network_ms.2),
        )
    }

    /// Of small bundles.
    #[must_use]
    pub fn of_small(&self) -> Standing {
        Standing::of_all(self.small.iter().map(|start| start.standing))
    }
}

fn measured(
    inputs: &ColdStartInputs,
    language: Language,
    framework: Framework,
    package_mb: f64,
) -> ColdStartTime {
    let behavior = Behavior::embedded();
    behavior.cold_start(StartUp {
        language,
        framework,
        architecture: inputs.architecture,
        image: inputs.image,
        memory_mb: inputs.memory_mb,
        package_mb,
        resident_mb: inputs.memory_mb,
        largest_zip_mb: behavior.limit("aws-lambda/package-unzipped").value,
        private_network: inputs.private_network,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(inputs: ColdStartInputs) -> ColdStartClaims {
        ColdStartClaims::new(inputs)
    }

    #[test]
    fn a_start_is_allocation_and_init_and_first_call() {
        for start in of(ColdStartInputs::default()).starts {
            let parts = start.measured;
            let whole =
                parts.allocation_ms + parts.init_p50_ms + parts.first_call_ms + parts.network_ms;
            assert!((whole - parts.total_p50_ms).abs() < 1e-9, "{start:?}");
        }
    }

    #[test]
    fn a_private_network_adds_less_than_the_article_says() {
        assert_eq!(of(ColdStartInputs::default()).of_network(), Standing::Not);
    }

    #[test]
    fn nodejs_stays_over_a_tenth_of_a_second_however_small_the_bundle() {
        let claims = of(ColdStartInputs::default());
        let nodejs = &claims.small[0];
        assert!(nodejs.measured.init_p50_ms > 100.0, "{nodejs:?}");
        assert_eq!(nodejs.standing, Standing::Not);
    }

    #[test]
    fn what_is_claimed_wide_enough_holds() {
        let claims = of(ColdStartInputs {
            nodejs_ms: (0.0, 1e9),
            jvm_and_dotnet_ms: (0.0, 1e9),
            ..ColdStartInputs::default()
        });
        assert_eq!(claims.of_languages(), Standing::Holds);
    }
}

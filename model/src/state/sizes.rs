//! What nodes of a cache and classes of a database hold: `data/behavior/service_sizes.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::math;
use crate::rules::Rules;

/// Bytes of a GB.
const BYTES_PER_GB: f64 = 1_073_741_824.0;

/// A node of Amazon `ElastiCache`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CacheNode {
    /// Node type; the price is `amazon-elasticache/valkey-node/{name}`.
    pub name: String,
    /// Memory, GB.
    pub memory_gb: f64,
}

/// A class of Amazon RDS.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatabaseClass {
    /// Class; the price is `amazon-rds/postgresql-instance/{name}`.
    pub name: String,
    /// Memory, GB.
    pub memory_gb: f64,
    /// vCPUs, which RDS Proxy is billed by.
    pub vcpu: f64,
}

impl CacheNode {
    /// Data that a node holds, GB: `memory x (1 - reserved share)`.
    #[must_use]
    pub fn holds_gb(&self) -> f64 {
        self.memory_gb * (1.0 - Rules::embedded().cache_reserved_share)
    }
}

impl DatabaseClass {
    /// Connections that `PostgreSQL` allows on it by default:
    /// `min(floor(memory bytes / 9,531,392), 5000)`.
    ///
    /// Source: AWS Prescriptive Guidance, `max_connections`. RDS keeps some of the memory
    /// for itself, so that the true figure lies a little lower.
    #[must_use]
    pub fn max_connections(&self) -> f64 {
        let rules = Rules::embedded();
        let by_memory = self.memory_gb * BYTES_PER_GB / rules.database_connection_bytes;
        math::floor(by_memory).min(rules.database_most_connections)
    }
}

/// Sizes with their origin.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SizeTable<T> {
    /// Who says so.
    pub source: String,
    /// Unit of the figures.
    pub unit: String,
    /// Where.
    pub url: String,
    /// When that was read.
    pub as_of: String,
    /// The sizes, smallest first.
    pub row: Vec<T>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    cache_nodes: SizeTable<CacheNode>,
    database_classes: SizeTable<DatabaseClass>,
}

static EMBEDDED: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/behavior/service_sizes.toml"))
        .expect("the embedded sizes are checked by the tests")
});

/// The nodes of a cache.
#[must_use]
pub fn cache_nodes() -> &'static SizeTable<CacheNode> {
    &EMBEDDED.cache_nodes
}

/// The classes of a database.
#[must_use]
pub fn database_classes() -> &'static SizeTable<DatabaseClass> {
    &EMBEDDED.database_classes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_a_source_and_a_date_and_ascends() {
        let file = &*EMBEDDED;
        let origins = [
            (&file.cache_nodes.source, &file.cache_nodes.url),
            (&file.database_classes.source, &file.database_classes.url),
        ];
        for (source, url) in origins {
            assert!(!source.is_empty() && url.starts_with("https://"), "{url}");
        }
        for date in [&file.cache_nodes.as_of, &file.database_classes.as_of] {
            assert!(date.starts_with("20"), "{date}");
        }
        let nodes = cache_nodes().row.windows(2);
        assert!(
            nodes
                .into_iter()
                .all(|two| two[0].memory_gb < two[1].memory_gb)
        );
        let classes = database_classes().row.windows(2);
        assert!(
            classes
                .into_iter()
                .all(|two| two[0].memory_gb < two[1].memory_gb)
        );
    }

    #[test]
    fn connections_follow_the_memory_up_to_five_thousand() {
        let of = |name: &str| {
            let class = database_classes()
                .row
                .iter()
                .find(|class| class.name == name);
            class.expect("a listed class").max_connections()
        };
        assert!((of("db.t4g.micro") - 112.0).abs() < 0.5);
        assert!((of("db.t4g.medium") - 450.0).abs() < 0.5);
        assert!((of("db.m7g.4xlarge") - 5000.0).abs() < 0.5);
    }
}

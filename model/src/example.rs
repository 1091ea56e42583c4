//! The example workloads of the home page; tests and benches use them too.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::system::System;

/// An example workload.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Its name in links, and its file's.
    pub slug: String,
    /// The group it is listed in.
    pub group: String,
    /// Its name for people.
    pub title: String,
    /// One sentence on what it is.
    pub what: String,
    /// The answers.
    pub system: System,
}

/// In the order of the home page.
const FILES: &[(&str, &str)] = &[
    (
        "thumbnails",
        include_str!("../data/examples/thumbnails.toml"),
    ),
    (
        "pdf-generation",
        include_str!("../data/examples/pdf-generation.toml"),
    ),
    ("webhooks", include_str!("../data/examples/webhooks.toml")),
    (
        "file-processing",
        include_str!("../data/examples/file-processing.toml"),
    ),
    (
        "event-stream",
        include_str!("../data/examples/event-stream.toml"),
    ),
    (
        "launch-api",
        include_str!("../data/examples/launch-api.toml"),
    ),
    (
        "launch-announced",
        include_str!("../data/examples/launch-announced.toml"),
    ),
    (
        "seasonal-shop",
        include_str!("../data/examples/seasonal-shop.toml"),
    ),
    (
        "day-and-night-api",
        include_str!("../data/examples/day-and-night-api.toml"),
    ),
    (
        "data-transformation",
        include_str!("../data/examples/data-transformation.toml"),
    ),
    ("reports", include_str!("../data/examples/reports.toml")),
    ("e-mail", include_str!("../data/examples/e-mail.toml")),
    ("prototype", include_str!("../data/examples/prototype.toml")),
    (
        "shop-system",
        include_str!("../data/examples/shop-system.toml"),
    ),
    (
        "article-c5-large",
        include_str!("../data/examples/article-c5-large.toml"),
    ),
    (
        "article-256-mb",
        include_str!("../data/examples/article-256-mb.toml"),
    ),
    (
        "steady-api",
        include_str!("../data/examples/steady-api.toml"),
    ),
    (
        "nightly-batch",
        include_str!("../data/examples/nightly-batch.toml"),
    ),
    (
        "java-service",
        include_str!("../data/examples/java-service.toml"),
    ),
    ("chat", include_str!("../data/examples/chat.toml")),
    ("inference", include_str!("../data/examples/inference.toml")),
];

static EXAMPLES: LazyLock<Vec<Example>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|(slug, text)| {
            toml::from_str(text).unwrap_or_else(|error| panic!("{slug}.toml: {error}"))
        })
        .collect()
});

/// All examples, in the order of the home page.
#[must_use]
pub fn all() -> &'static [Example] {
    &EXAMPLES
}

/// The example with this name.
#[must_use]
pub fn example(slug: &str) -> Option<&'static Example> {
    all().iter().find(|example| example.slug == slug)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::RequestsPerMonth;

    #[test]
    fn every_example_is_a_system_within_bounds() {
        for (example, (slug, _)) in all().iter().zip(FILES) {
            assert_eq!(example.slug, *slug);
            assert_eq!(example.system.check(), Ok(()), "{slug}");
            assert!(example.system.region.is_some(), "{slug} names no region");
        }
    }

    #[test]
    fn the_examples_of_a_group_stand_together() {
        let mut groups: Vec<&str> = all().iter().map(|example| example.group.as_str()).collect();
        groups.dedup();
        let mut sorted = groups.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(groups.len(), sorted.len(), "{groups:?}");
    }

    #[test]
    fn a_message_rate_that_is_stated_agrees_with_the_requests() {
        for component in all().iter().flat_map(|example| &example.system.components) {
            let Some(rate) = component.state.websocket_messages_per_s else {
                continue;
            };
            let requests = component
                .traffic
                .requests_per_month
                .expect("a required answer");
            let stated = RequestsPerMonth::new(requests.typical()).per_second().get();
            assert!(
                (rate.typical() / stated - 1.0).abs() < 1e-9,
                "{}",
                component.name
            );
        }
    }

    #[test]
    fn the_links_of_an_example_agree_with_the_traffic_of_its_parts() {
        for example in all() {
            let requests = |name: &str| {
                let mut parts = example.system.components.iter();
                let part = parts
                    .find(|component| component.name == name)
                    .expect("a named part");
                part.traffic.requests_per_month.expect("given").typical()
            };
            for link in &example.system.links {
                let called = requests(&link.from) * link.calls_per_request;
                assert!(
                    called > 0.0 && called <= requests(&link.to) * (1.0 + 1e-9),
                    "{}",
                    example.slug
                );
            }
        }
    }

    #[test]
    fn every_file_is_in_the_list() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/examples");
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .expect("the folder")
            .filter_map(|entry| entry.ok()?.path().file_stem()?.to_str().map(str::to_owned))
            .collect();
        let mut listed: Vec<_> = FILES.iter().map(|(slug, _)| (*slug).to_owned()).collect();
        files.sort();
        listed.sort();
        assert_eq!(files, listed);
    }
}

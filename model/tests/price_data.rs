//! The price data as a whole: every figure sourced, dated and well formed; docs/prices.md.
#![expect(
    clippy::disallowed_methods,
    reason = "the tests compare files of the repository and may rewrite docs/prices.md"
)]

#[path = "price_data/figures.rs"]
mod figures;
#[path = "price_data/overlay.rs"]
mod overlay;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use model::price::{Confidence, PriceBook, PriceBookError, Region, is_iso_date};

/// The ids the platforms ask for by name.
const ASKED_FOR: &[&str] = &[
    "aws-lambda/duration/x86-64",
    "aws-lambda/duration/arm64",
    "aws-lambda/request/standard",
    "aws-lambda/ephemeral-storage/standard",
    "aws-fargate/vcpu/x86-64",
    "aws-fargate/vcpu/arm64",
    "aws-fargate/memory/x86-64",
    "aws-fargate/memory/arm64",
    "aws-fargate/ephemeral-storage/standard",
    "aws-ec2/instance/c5.large",
    "aws-ec2/cpu-credits/t3",
    "aws-ec2/cpu-credits/t4g",
    "amazon-ebs/gp3/storage",
    "amazon-api-gateway/http-api/request",
    "amazon-api-gateway/rest-api/request",
    "elastic-load-balancing/alb/hour",
    "elastic-load-balancing/alb/lcu",
    "amazon-cloudwatch/logs/ingest",
    "amazon-cloudwatch/logs/lambda-ingest",
    "amazon-cloudwatch/logs/storage",
    "aws-data-transfer/internet/out",
    "aws-data-transfer/inter-zone/each-way",
    "amazon-vpc/public-ipv4/hour",
    "amazon-vpc/nat-gateway/hour",
    "amazon-vpc/nat-gateway/data",
    "amazon-ecr/storage/standard",
];

/// Enough for the serverless and the container side of a web service.
const IN_EVERY_REGION: &[&str] = &[
    "aws-lambda/duration/x86-64",
    "aws-lambda/duration/arm64",
    "aws-lambda/request/standard",
    "aws-fargate/vcpu/x86-64",
    "aws-fargate/vcpu/arm64",
    "aws-fargate/memory/x86-64",
    "aws-fargate/memory/arm64",
    "aws-ec2/instance/m7g.large",
    "amazon-ebs/gp3/storage",
    "amazon-api-gateway/http-api/request",
    "elastic-load-balancing/alb/hour",
    "elastic-load-balancing/alb/lcu",
    "amazon-cloudwatch/logs/ingest",
    "amazon-cloudwatch/logs/lambda-ingest",
    "aws-data-transfer/internet/out",
    "amazon-vpc/public-ipv4/hour",
    "amazon-vpc/nat-gateway/hour",
];

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn every_file_of_the_folder_is_embedded() {
    let folder =
        std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/prices")).unwrap();
    let on_disk: BTreeSet<String> = folder
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| {
            Path::new(name)
                .extension()
                .is_some_and(|extension| extension == "toml")
        })
        .collect();
    let embedded: BTreeSet<String> = PriceBook::embedded_files()
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    assert_eq!(embedded, on_disk);
}

#[test]
fn the_embedded_book_parses_and_states_its_date() {
    let book =
        PriceBook::parse(PriceBook::embedded_files()).unwrap_or_else(|error| panic!("{error}"));
    assert!(is_iso_date(book.version()), "{}", book.version());
}

#[test]
fn every_price_has_a_source_a_date_and_ascending_tiers() {
    let book = PriceBook::embedded();
    for price in book.entries() {
        let at = format!("{} in {}", price.id, price.region);
        let source = book
            .source(&price.source)
            .unwrap_or_else(|| panic!("{at}: no source {}", price.source));
        assert!(
            source.url.starts_with("https://") && !source.title.is_empty(),
            "{at}: {source:?}"
        );
        assert!(is_iso_date(&price.as_of), "{at}: {}", price.as_of);
        assert!(
            !price.name.is_empty() && price.id.split('/').count() == 3,
            "{at}"
        );
        let bounds: Vec<f64> = price.tiers.iter().filter_map(|tier| tier.up_to).collect();
        assert!(
            bounds.is_sorted() && bounds.len() + 1 == price.tiers.len(),
            "{at}: {:?}",
            price.tiers
        );
        assert!(
            price.tiers.is_sorted_by(|a, b| a.usd >= b.usd),
            "{at}: no AWS price rises with volume: {:?}",
            price.tiers
        );
        assert_eq!(book.price(&price.id, price.region), Ok(price), "{at}");
    }
}

#[test]
fn what_has_no_published_rate_is_known_by_name_and_takes_an_own_rate() {
    let book = PriceBook::embedded();
    assert!(book.unpriced().count() >= 3);
    for metered in book.unpriced() {
        let id = &metered.id;
        assert!(book.knows(id), "{id}");
        assert!(
            book.source(&metered.source).is_some() && is_iso_date(&metered.as_of),
            "{id}"
        );
        for region in Region::ALL {
            assert!(
                book.price(id, region).is_err(),
                "{id} has a price: it is no longer unpriced"
            );
            let own = book.own_rate(id, region, 0.5).expect("an own rate");
            assert_eq!(
                (&own.name, own.unit, own.first_usd()),
                (&metered.name, metered.unit, 0.5)
            );
        }
    }
}

#[test]
fn one_id_has_one_name_and_one_unit_in_all_regions() {
    let book = PriceBook::embedded();
    for price in book.entries() {
        let own = book.own_rate(&price.id, price.region, 1.0).unwrap();
        assert_eq!(
            (&own.name, own.unit),
            (&price.name, price.unit),
            "{} in {}",
            price.id,
            price.region
        );
    }
}

#[test]
fn every_source_is_used() {
    let book = PriceBook::embedded();
    let mut used: BTreeSet<&str> = book.entries().map(|price| price.source.as_str()).collect();
    used.extend(book.allowances().map(|free| free.source.as_str()));
    used.extend(book.shares().map(|share| share.source.as_str()));
    used.extend(book.unpriced().map(|metered| metered.source.as_str()));
    let unused: Vec<_> = book
        .sources()
        .filter(|source| !source.url.is_empty() && !used.contains(source.id.as_str()))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn what_the_platforms_ask_for_is_there() {
    let book = PriceBook::embedded();
    for id in ASKED_FOR {
        book.price(id, Region::UsEast1)
            .unwrap_or_else(|missing| panic!("{missing}"));
    }
    for (id, region) in IN_EVERY_REGION
        .iter()
        .flat_map(|id| Region::ALL.map(|region| (id, region)))
    {
        book.price(id, region)
            .unwrap_or_else(|missing| panic!("{missing}"));
    }
}

#[test]
fn an_inferred_figure_is_never_of_high_confidence_and_says_why() {
    let book = PriceBook::embedded();
    for price in book.entries().filter(|price| price.assumption) {
        assert!(
            price.confidence < Confidence::High && price.note.is_some(),
            "{} in {}",
            price.id,
            price.region
        );
    }
    for share in book.shares().filter(|share| share.assumption) {
        assert!(
            share.confidence < Confidence::High && share.note.is_some(),
            "{} in {}",
            share.id,
            share.region
        );
    }
}

#[test]
fn a_price_missing_in_a_region_is_an_error_that_names_it() {
    let missing = PriceBook::embedded()
        .price("amazon-api-gateway/websocket-api/message", Region::EuWest1)
        .unwrap_err();
    let version = PriceBook::embedded().version();
    assert_eq!(
        missing.to_string(),
        format!(
            "no price for amazon-api-gateway/websocket-api/message in eu-west-1 in the price book of {version}"
        )
    );
}

#[test]
fn the_document_of_prices_is_fresh() {
    let path = repository().join("docs/prices.md");
    let fresh = PriceBook::embedded().markdown();
    if std::env::var_os("BREAKEVEN_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &fresh).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == fresh,
        "docs/prices.md is stale: run this test with BREAKEVEN_BLESS=1"
    );
}

fn check_refused(body: &str, says: &str) {
    let head = "version = '2026-01-01'\nproduct = 'x'\n[[source]]\nid = 's'\ntitle = 't'\nurl = 'u'\nkind = 'k'\n";
    let entry = "[[price]]\nid = 'x/a/b'\nname = 'N'\nunit = 'hour'\nregions = ['us-east-1']\nsource = 's'\nas_of = '2026-01'\nconfidence = 'high'\n";
    let text = format!("{head}{}", body.replace("ENTRY", entry));
    let error = PriceBook::parse(&[("x.toml", &text)])
        .expect_err("the file is bad")
        .to_string();
    assert!(error.contains("x.toml") && error.contains(says), "{error}");
}

#[test]
fn a_bad_file_is_refused_with_file_id_and_field() {
    check_refused("ENTRYusd = -1.0", "x/a/b: usd");
    check_refused("ENTRYusd = nan", "x/a/b: usd");
    check_refused("ENTRY", "x/a/b: usd or tiers");
    check_refused(
        "ENTRYtiers = [{ up_to = 2.0, usd = 1.0 }, { up_to = 1.0, usd = 1.0 }, { usd = 1.0 }]",
        "x/a/b: up_to",
    );
    check_refused("ENTRYtiers = [{ up_to = 2.0, usd = 1.0 }]", "x/a/b: up_to");
    check_refused(
        "ENTRYusd = 1.0\nENTRYusd = 2.0",
        "x/a/b: regions has us-east-1 twice",
    );
    check_refused(&"ENTRYusd = 1.0".replace("ENTRY", "[[price]]\nid = 'y/a/b'\nname = 'N'\nunit = 'hour'\nregions = []\nsource = 's'\nas_of = '2026'\nconfidence = 'low'\n"), "y/a/b: id");
    check_refused(
        "[[price]]\nid = 'x/a/b'\nname = 'N'\nunit = 'hour'\nregions = []\nsource = 'nobody'\nas_of = '2026'\nconfidence = 'low'\nusd = 1.0",
        "x/a/b: source",
    );
    check_refused(
        "[[price]]\nid = 'x/a/b'\nname = 'N'\nunit = 'hour'\nregions = []\nsource = 's'\nas_of = '2026-13'\nconfidence = 'low'\nusd = 1.0",
        "x/a/b: as_of",
    );
    check_refused(
        "[[price]]\nid = 'x/a/b'\nname = 'N'\nunit = 'fortnight'\nregions = []\nsource = 's'\nas_of = '2026'\nconfidence = 'low'\nusd = 1.0",
        "fortnight",
    );
    check_refused(
        "[[table]]\nid = 'x/a'\nname = 'N'\nunit = 'hour'\nregions = ['us-east-1']\nsource = 's'\nas_of = '2026'\nconfidence = 'low'\nrows = 'b 1 2'",
        "x/a/b: rows",
    );
    check_refused("surprise = 1", "surprise");
    assert_eq!(
        PriceBook::parse(&[]).unwrap_err(),
        PriceBookError::NoVersion
    );
}

#[test]
fn a_folder_laid_over_the_book_wins_and_leaves_the_rest() {
    let text = "product = 'aws-lambda'\ntitle = 'Ours'\n[[source]]\nid = 'contract'\ntitle = 'Our contract'\nurl = 'https://example.com'\nkind = 'own'\n\
        [[price]]\nid = 'aws-lambda/request/standard'\nname = 'Requests'\nunit = 'request'\nregions = ['us-east-1']\nusd = 0.0000001\nsource = 'contract'\nas_of = '2026'\nconfidence = 'high'\n";
    let base = PriceBook::embedded();
    let book = base.overlaid(&[("ours.toml", text)]).unwrap();
    let ours = |region| {
        book.price("aws-lambda/request/standard", region)
            .unwrap()
            .first_usd()
    };
    assert!(
        (ours(Region::UsEast1) - 1e-7).abs() < 1e-15
            && (ours(Region::UsWest2) - 2e-7).abs() < 1e-15
    );
    assert_eq!(book.entries().count(), base.entries().count());
    assert_eq!(book.version(), base.version());
}

#[test]
fn dates_of_reduced_precision_are_dates_and_others_are_not() {
    for good in ["2026", "2026-09", "2026-09-30", "2024-02-29"] {
        assert!(is_iso_date(good), "{good}");
    }
    for bad in [
        "",
        "26",
        "2026-9",
        "2026-00",
        "2026-13",
        "2026-02-30",
        "2025-02-29",
        "2026-09-31",
        "2026-09-11-1",
        "about 2024",
        "+026",
    ] {
        assert!(!is_iso_date(bad), "{bad}");
    }
}

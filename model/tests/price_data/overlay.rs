//! What a folder of price files laid over the book may do, and what it may not.

use model::price::{PriceBook, Region};

const REST: &str = "amazon-api-gateway/rest-api/request";

/// A file with one price of REST API calls in Oregon, which the book lacks.
fn ours(usd: &str) -> String {
    format!(
        "product = 'amazon-api-gateway'\ntitle = 'Amazon API Gateway'\n\
         [[price]]\nid = '{REST}'\nname = 'REST API calls'\nunit = 'request'\nregions = ['us-west-2']\n\
         usd = {usd}\nsource = 'aws-docs'\nas_of = '2026-11'\nconfidence = 'high'\n"
    )
}

#[test]
fn a_price_that_a_region_lacks_can_be_added_with_a_known_source() {
    let base = PriceBook::embedded();
    assert!(base.price(REST, Region::UsWest2).is_err());
    let book = base
        .overlaid(&[("ours.toml", &ours("0.0000035"))])
        .expect("a good file");
    let added = book.price(REST, Region::UsWest2).expect("the added price");
    assert!((added.first_usd() - 3.5e-6).abs() < 1e-15);
    assert_eq!(
        book.price(REST, Region::UsEast1),
        base.price(REST, Region::UsEast1)
    );
    assert!(
        base.price(REST, Region::UsWest2).is_err(),
        "the book itself stays as it is"
    );
}

#[test]
fn an_empty_folder_changes_nothing() {
    let base = PriceBook::embedded();
    let book = base.overlaid(&[]).expect("no file, no fault");
    assert_eq!(book.version(), base.version());
    assert!(book.entries().eq(base.entries()));
}

#[test]
fn a_version_of_its_own_names_the_book_in_every_answer() {
    let dated = format!("version = '2027-01-31'\n{}", ours("0.0000035"));
    let book = PriceBook::embedded()
        .overlaid(&[("ours.toml", &dated)])
        .expect("a good file");
    assert_eq!(book.version(), "2027-01-31");
}

#[test]
fn the_order_of_the_files_does_not_matter() {
    let source =
        "[[source]]\nid = 'contract'\ntitle = 'Ours'\nurl = 'https://example.com'\nkind = 'own'\n";
    let price = ours("0.000001").replace("aws-docs", "contract");
    let overlaid = |files: &[(&str, &str)]| PriceBook::embedded().overlaid(files);
    let forth = overlaid(&[("a.toml", source), ("b.toml", &price)]).expect("good files");
    let back = overlaid(&[("b.toml", &price), ("a.toml", source)]).expect("good files");
    assert!(forth.entries().eq(back.entries()));
}

fn check_refused(files: &[(&str, &str)], says: &[&str]) {
    let error = PriceBook::embedded()
        .overlaid(files)
        .expect_err("a bad folder")
        .to_string();
    for part in says {
        assert!(error.contains(part), "{error}");
    }
}

#[test]
fn a_bad_file_of_the_folder_is_named_with_what_is_wrong() {
    let (one, two) = (ours("0.0000035"), ours("0.0000040"));
    check_refused(
        &[("a.toml", &one), ("b.toml", &two)],
        &["b.toml", REST, "us-west-2 twice"],
    );
    check_refused(&[("a.toml", "not toml")], &["a.toml"]);
    check_refused(&[("a.toml", &ours("-1.0"))], &["a.toml", REST, "usd"]);
    check_refused(
        &[("a.toml", &one.replace("aws-docs", "hearsay"))],
        &["a.toml", REST, "hearsay"],
    );
    check_refused(
        &[("a.toml", &one.replace("2026-11", "lately"))],
        &["a.toml", REST, "as_of"],
    );
    check_refused(
        &[("a.toml", &one.replace("us-west-2", "mars-north-1"))],
        &["a.toml", "mars-north-1"],
    );
    check_refused(
        &[("a.toml", &one.replace("unit = 'request'", "unit = 'GB'"))],
        &["a.toml", REST, "unit is GB", "priced by the request"],
    );
    let of_two_units = two
        .replace("unit = 'request'", "unit = 'hour'")
        .replace("us-west-2", "eu-central-1");
    check_refused(
        &[("a.toml", &one), ("b.toml", &of_two_units)],
        &["b.toml", REST, "unit is hour"],
    );
    check_refused(&[("a.toml", "version = 'soon'\n")], &["a.toml", "soon"]);
}

//! What holds for every bill: tiers are climbed once, the free tier is credited once, a total is the sum of its lines.

use model::bill::{Bill, BillError, Charges, Group, Total, price_lines};
use model::price::{Price, PriceBook, Region, Tier, Unit};
use proptest::prelude::*;

#[test]
fn a_tiered_quantity_gives_a_line_for_each_tier_named_first_next_over() {
    let price = PriceBook::embedded()
        .price("aws-lambda/duration/x86-64", Region::UsEast1)
        .unwrap();
    let mut bill = Bill::default();
    bill.charge(Group::Compute, "Duration", price, 16e9);
    let names: Vec<&str> = bill.lines.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Duration (first 6B GB-seconds)",
            "Duration (next 9B GB-seconds)",
            "Duration (over 15B GB-seconds)"
        ]
    );
    bill.charge(Group::Compute, "Small", price, 1.0);
    assert_eq!(bill.lines[3].name, "Small");
}

#[test]
fn a_bill_of_plain_lines_credits_the_free_tier_once() {
    let book = PriceBook::embedded();
    let lines = [
        ("aws-lambda/duration/x86-64", 300_000.0),
        ("aws-lambda/duration/arm64", 300_000.0),
        ("aws-lambda/request/standard", 10.0),
    ];
    let paid = price_lines(book, Region::UsEast1, false, &lines).unwrap();
    let free = price_lines(book, Region::UsEast1, true, &lines).unwrap();
    assert_eq!(paid.lines.len(), 3);
    let credited: f64 = free
        .lines
        .iter()
        .filter(|line| line.group == Group::FreeTier && line.unit == Unit::GbSecond)
        .map(|line| line.quantity)
        .sum();
    assert!((credited + 400_000.0).abs() < 1e-6, "{free:?}");
    assert!(
        (free.monthly_usd - 200_000.0 * 0.000_013_333_4).abs() < 1e-9,
        "{free:?}"
    );
}

#[test]
fn a_price_id_given_twice_climbs_the_tiers_once() {
    let book = PriceBook::embedded();
    let id = "amazon-api-gateway/http-api/request";
    let once = price_lines(book, Region::UsEast1, false, &[(id, 5e8)]).unwrap();
    let twice = price_lines(book, Region::UsEast1, false, &[(id, 2e8), (id, 3e8)]).unwrap();
    assert!(
        (once.monthly_usd - twice.monthly_usd).abs() < 1e-9,
        "{once:?} {twice:?}"
    );
}

#[test]
fn bad_lines_are_refused_by_path() {
    let check = |lines: &[(&str, f64)], path: &str, says: &str| {
        let error: BillError =
            price_lines(PriceBook::embedded(), Region::EuWest1, false, lines).unwrap_err();
        assert_eq!(error.path(), path);
        assert!(error.to_string().contains(says), "{error}");
    };
    let good = ("aws-lambda/request/standard", 1.0);
    check(
        &[("no/such/thing", 1.0)],
        "lines[0].price_id",
        "is no price id",
    );
    check(
        &[good, ("amazon-api-gateway/websocket-api/message", 1.0)],
        "lines[1].price_id",
        "in eu-west-1",
    );
    for quantity in [-1.0, f64::NAN, f64::INFINITY] {
        check(
            &[("aws-lambda/request/standard", quantity)],
            "lines[0].quantity",
            "0 or more",
        );
    }
    check(
        &[
            ("amazon-rds/proxy/vcpu", f64::MAX),
            ("aws-x-ray/trace/recorded", 1.0),
        ],
        "lines[1].price_id",
        "in eu-west-1",
    );
}

/// A price with up to five tiers, none dearer than a dollar.
fn any_price() -> impl Strategy<Value = Price> {
    prop::collection::vec((1.0..1e6_f64, 0.0..1.0_f64), 1..5).prop_map(|steps| {
        let mut price = Price::flat("x/y/z", "Price", Region::UsEast1, Unit::Hour, 0.0);
        let last = steps.len() - 1;
        let mut end = 0.0;
        price.tiers = steps
            .iter()
            .enumerate()
            .map(|(index, &(width, usd))| {
                end += width;
                Tier {
                    up_to: (index < last).then_some(end),
                    usd,
                }
            })
            .collect();
        price
    })
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + a.abs().max(b.abs()))
}

proptest! {
    #[test]
    fn an_amount_never_falls_with_the_quantity(price in any_price(), a in 0.0..1e7_f64, more in 0.0..1e7_f64) {
        prop_assert!(price.amount(a).get() <= price.amount(a + more).get() + 1e-9);
    }

    #[test]
    fn charges_add_up_to_the_amount_and_the_quantity(price in any_price(), quantity in 0.0..1e7_f64) {
        let amount: f64 = price.charges(quantity).map(|charge| charge.amount.get()).sum();
        let parts: f64 = price.charges(quantity).map(|charge| charge.quantity).sum();
        prop_assert!(near(amount, price.amount(quantity).get()) && near(parts, quantity));
    }

    #[test]
    fn prices_times_k_give_amounts_times_k(price in any_price(), quantity in 0.0..1e7_f64, k in 0.0..100.0_f64) {
        let mut scaled = price.clone();
        for tier in &mut scaled.tiers {
            tier.usd *= k;
        }
        prop_assert!(near(scaled.amount(quantity).get(), price.amount(quantity).get() * k));
    }

    #[test]
    fn two_charges_in_a_row_cost_as_much_as_one(price in any_price(), a in 0.0..1e6_f64, b in 0.0..1e6_f64) {
        let later: f64 = price.charges_after(a, b).map(|charge| charge.amount.get()).sum();
        prop_assert!(near(price.amount(a).get() + later, price.amount(a + b).get()));
    }

    #[test]
    fn a_bill_its_lines_and_a_total_agree(price in any_price(), quantity in 0.0..1e7_f64, free in 0.0..1e6_f64) {
        fn put(on: &mut impl Charges, price: &Price, quantity: f64, free: f64) {
            on.charge(Group::Compute, "Thing", price, quantity);
            on.credit("Free thing", price, quantity, free);
        }
        let (mut bill, mut total) = (Bill::default(), Total::default());
        put(&mut bill, &price, quantity, free);
        put(&mut total, &price, quantity, free);
        let lines: f64 = bill.lines.iter().map(|line| line.amount_usd).sum();
        prop_assert!(near(bill.monthly_usd, lines) && near(total.usd().get(), lines));
        prop_assert!(near(lines, price.amount((quantity - free).max(0.0)).get()));
    }
}

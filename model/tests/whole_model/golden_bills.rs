//! Golden bills: every example workload on every platform, line by line.
//!
//! A change of the model shows as a difference in dollars. Accept one with
//! `INSTA_UPDATE=always cargo test -p model --test whole_model golden`, after reading it.

use std::fmt::Write as _;

use crate::common::evaluate;
use model::evaluation::{ComponentEvaluation, Plan, PlatformOption};

#[test]
fn every_example_on_every_platform() {
    let examples = model::example::all();
    assert!(examples.len() >= 12, "at least twelve examples");
    for example in examples {
        let (name, system) = (&example.slug, &example.system);
        system
            .check()
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let evaluation = evaluate(
            system,
            &"bill,latency,break_even,hybrid".parse().expect("parts"),
        );
        let mut printed = format!("{}\n", evaluation.verdict.headline);
        let several = evaluation.components.len() > 1;
        if several {
            print_plans(&mut printed, &evaluation.totals).expect("a string takes all");
        }
        for component in &evaluation.components {
            if several {
                writeln!(printed, "\n# {}", component.name).expect("a string takes all");
            }
            print_component(&mut printed, component).expect("a string takes all");
        }
        insta::assert_snapshot!(format!("bill-{name}"), printed);
    }
}

/// What each plan for a system of several parts costs.
fn print_plans(out: &mut String, plans: &[Plan]) -> std::fmt::Result {
    plans.iter().try_for_each(|plan| {
        let usd = plan
            .monthly_usd
            .map_or_else(|| "cannot run".to_owned(), |usd| format!("{usd:.4}"));
        writeln!(out, "{} {usd} {}", plan.plan, plan.platforms.join(", "))
    })
}

fn print_component(out: &mut String, component: &ComponentEvaluation) -> std::fmt::Result {
    for option in &component.options {
        print_option(out, option)?;
    }
    for flip in &component.break_even {
        let [first, second] = &flip.between;
        writeln!(
            out,
            "\n{:?} of {first} and {second} at {:.4e} requests a month, {} cheaper above",
            flip.kind, flip.requests_per_month, flip.cheaper_above
        )?;
    }
    Ok(())
}

fn print_option(out: &mut String, option: &PlatformOption) -> std::fmt::Result {
    let fit = if option.fit.ok {
        "fits"
    } else {
        "does not fit"
    };
    let target = if option.meets_target {
        "in time"
    } else {
        "too slow"
    };
    writeln!(out, "\n{} ({fit}, {target})", option.label)?;
    writeln!(
        out,
        "  {}",
        serde_json::to_string(&option.configuration).expect("JSON")
    )?;
    if let Some(latency) = &option.latency {
        let p = &latency.percentiles;
        writeln!(
            out,
            "  P50 {:.1} ms, P95 {:.1} ms, P99 {:.1} ms, P99.9 {:.1} ms, cold {:.6}",
            p.p50_ms, p.p95_ms, p.p99_ms, p.p999_ms, latency.cold_start_probability
        )?;
    }
    for missing in &option.missing_prices {
        writeln!(out, "  no price {} in {}", missing.price_id, missing.region)?;
    }
    let Some(bill) = &option.bill else {
        return Ok(());
    };
    for line in &bill.lines {
        writeln!(
            out,
            "  {:<12} {:<44} {:>18.4} {:<14} {:>14} {:>14.4}",
            line.group.name(),
            line.name,
            line.quantity,
            line.unit.to_string(),
            line.unit_price_usd,
            line.amount_usd
        )?;
    }
    writeln!(out, "  {:>123.4}", bill.monthly_usd)
}

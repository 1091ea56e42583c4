//! The table of the method page is what the simulation says.
use model::simulation::comparison::{Compared, Comparison, computed};

/// `UPDATE_COMPARISON=1 cargo test -p model --test simulation comparison` writes the file anew.
#[test]
fn the_table_of_the_method_page_is_what_the_simulation_says() {
    let computed = computed();
    #[expect(
        clippy::disallowed_methods,
        reason = "a test may write its golden file"
    )]
    if std::env::var_os("UPDATE_COMPARISON").is_some() {
        let file = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/data/simulation/comparison.json"
        );
        let json = serde_json::to_string_pretty(&computed).expect("JSON");
        std::fs::write(file, json + "\n").expect("written");
        return;
    }
    assert_eq!(*Comparison::embedded(), computed);
}

#[test]
fn its_formulas_are_as_good_as_they_say() {
    let table = Comparison::embedded();
    let near = |row: &Compared, tolerance: f64| {
        let off = (row.formula - row.simulated).abs();
        assert!(
            off <= (tolerance * row.formula).max(row.half_width),
            "{row:?}"
        );
    };
    table.cold_starts.iter().for_each(|row| near(row, 0.05));
    table.fleets.iter().for_each(|row| near(row, 0.07));
}

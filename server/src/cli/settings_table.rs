//! The table of settings in `docs/operations.md`, made from the definition of the command line.

use std::fmt::Write as _;

use clap::{Args as _, Command};

use super::Serve;

const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/operations.md");
const BEGIN: &str = "<!-- settings: made from server/src/config.rs, see CONTRIBUTING.md -->\n\n";
const END: &str = "\n<!-- end of settings -->";

fn table() -> String {
    let mut table = "| variable | flag | default | what |\n|---|---|---|---|\n".to_owned();
    for setting in Serve::augment_args(Command::new("serve")).get_arguments() {
        let variable = setting.get_env().expect("every setting has a variable");
        let flag = setting.get_long().expect("every setting has a flag");
        let defaults = setting.get_default_values().iter();
        let defaults: Vec<String> = defaults
            .filter(|default| !default.is_empty())
            .map(|default| format!("`{}`", default.to_string_lossy()))
            .collect();
        let default = if defaults.is_empty() {
            "none".to_owned()
        } else {
            defaults.join(", ")
        };
        let what = setting.get_help().expect("every setting is explained");
        writeln!(
            table,
            "| `{}` | `--{flag}` | {default} | {what} |",
            variable.to_string_lossy()
        )
        .expect("a string takes all");
    }
    table
}

#[test]
fn the_table_of_settings_is_fresh() {
    let written = std::fs::read_to_string(DOCUMENT).expect("the document");
    let (before, rest) = written.split_once(BEGIN).expect("where it begins");
    let (_, after) = rest.split_once(END).expect("where it ends");
    let fresh = format!("{before}{BEGIN}{}{END}{after}", table());
    if std::env::var_os("BREAKEVEN_BLESS").is_some() {
        std::fs::write(DOCUMENT, &fresh).expect("a writable document");
    } else {
        assert!(
            written == fresh,
            "the settings of docs/operations.md are stale: run this test with BREAKEVEN_BLESS=1"
        );
    }
}

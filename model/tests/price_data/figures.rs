//! Every file of `data/`, read as it stands: each figure has a source, an ISO date and a known
//! unit, its own or that of the table around it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use model::price::{Unit, is_iso_date};

use toml::{Table, Value};

/// Units of behavior, beside those of the bill.
const UNITS: &[&str] = &[
    "%",
    "-",
    "0..3",
    "1",
    "1/s",
    "CPU utilization",
    "GB a month",
    "GB per instance",
    "GB/h",
    "GiB",
    "KB",
    "KB per invocation",
    "KB per processing unit",
    "MB",
    "MB per pod",
    "MB/s",
    "USD",
    "USD a month",
    "accepted",
    "accesses per request",
    "bytes per connection",
    "connections",
    "connections a minute",
    "connections/s",
    "customers",
    "environments",
    "environments/s",
    "h",
    "instances",
    "interface endpoints per zone",
    "messages",
    "min",
    "minutes",
    "months",
    "ms",
    "per request",
    "pods of the smallest size per cluster",
    "pods per instance",
    "pollers",
    "powers of ten of requests a month",
    "probability",
    "read units",
    "records",
    "records/s per shard",
    "requests",
    "requests per environment",
    "requests/s per unit of concurrency",
    "rule evaluations/s",
    "rules",
    "rules passed by each request",
    "s",
    "share of a vCPU",
    "share of memory",
    "share of the cheaper bill",
    "share of the estimate",
    "share of the limit",
    "standard deviations",
    "tasks",
    "tasks/s",
    "vCPU",
    "vCPU and GB",
];

/// What holds for the figures below it.
#[derive(Clone, Copy, Default)]
struct Origin<'a> {
    source: Option<&'a str>,
    url: Option<&'a str>,
    as_of: Option<&'a str>,
    unit: Option<&'a str>,
    /// A share of another price has that price's unit.
    of: Option<&'a str>,
}

impl<'a> Origin<'a> {
    fn within(self, table: &'a Table) -> Self {
        let text = |key: &str, above| table.get(key).and_then(Value::as_str).or(above);
        Self {
            source: text("source", self.source),
            url: text("url", self.url),
            as_of: text("as_of", self.as_of),
            unit: text("unit", self.unit),
            of: text("of", self.of),
        }
    }

    fn faults(self, sources: &BTreeSet<String>) -> Vec<String> {
        let mut faults = Vec::new();
        let known = self.source.is_some_and(|id| sources.contains(id))
            || self.url.is_some_and(|url| url.starts_with("https://"));
        if !known {
            faults.push(format!("source {:?}", self.source));
        }
        if !self.as_of.is_some_and(is_iso_date) {
            faults.push(format!("as_of {:?}", self.as_of));
        }
        let bill = |unit| Unit::try_from(String::from(unit)).is_ok();
        if self.of.is_none()
            && !self
                .unit
                .is_some_and(|unit| UNITS.contains(&unit) || bill(unit))
        {
            faults.push(format!("unit {:?}", self.unit));
        }
        faults
    }
}

/// What is wrong with a table and those within it.
fn faults(at: &str, table: &Table, above: Origin<'_>, sources: &BTreeSet<String>) -> Vec<String> {
    let here = above.within(table);
    let mut found = Vec::new();
    if table.values().any(is_figure) || table.contains_key("rows") {
        let own = here.faults(sources).into_iter();
        found.extend(own.map(|fault| format!("{at}: {fault}")));
    }
    for (key, value) in table {
        if key.ends_with("as_of") && !value.as_str().is_some_and(is_iso_date) {
            found.push(format!("{at}: {key} {value}"));
        }
        let tables: Vec<&Table> = match value {
            Value::Table(inner) => vec![inner],
            Value::Array(rows) => rows.iter().filter_map(Value::as_table).collect(),
            _ => Vec::new(),
        };
        for (index, inner) in tables.into_iter().enumerate() {
            let id = inner.get("id").and_then(Value::as_str).unwrap_or_default();
            let place = format!("{at} {key}[{index}] {id}");
            found.extend(faults(&place, inner, here, sources));
        }
    }
    found
}

fn is_figure(value: &Value) -> bool {
    match value {
        Value::Integer(_) | Value::Float(_) => true,
        Value::Array(values) => values.iter().any(is_figure),
        _ => false,
    }
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.push(path);
        }
    }
    all.sort();
    all
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

fn parsed(path: &Path) -> Table {
    let text = std::fs::read_to_string(path).expect("a readable file");
    text.parse()
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The ids of all sources of a folder.
fn sources(files: &[Table]) -> BTreeSet<String> {
    let lists = files
        .iter()
        .filter_map(|file| file.get("source")?.as_array());
    let ids = lists
        .flatten()
        .filter_map(|source| source.get("id")?.as_str());
    ids.map(str::to_owned).collect()
}

#[test]
fn every_figure_of_every_file_has_a_source_a_date_and_a_known_unit() {
    for folder in ["prices", "behavior"] {
        let paths = files(&data().join(folder));
        let tables: Vec<Table> = paths.iter().map(|path| parsed(path)).collect();
        let sources = sources(&tables);
        let wrong: Vec<String> = paths
            .iter()
            .zip(&tables)
            .flat_map(|(path, table)| {
                let name = path.strip_prefix(data()).expect("below the folder");
                faults(
                    &name.display().to_string(),
                    table,
                    Origin::default(),
                    &sources,
                )
            })
            .collect();
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }
}

#[test]
fn every_file_of_the_data_is_built_into_the_program() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let code: String = files(&source)
        .iter()
        .map(|path| std::fs::read_to_string(path).expect("a readable file"))
        .collect();
    for path in files(&data()) {
        let name = path.strip_prefix(data()).expect("below the folder");
        let included = format!("data/{}\"", name.display());
        assert!(code.contains(&included), "{} is in no list", name.display());
        let folder = name.components().next().expect("a folder");
        assert!(
            ["behavior", "examples", "prices", "simulation"]
                .iter()
                .any(|known| folder.as_os_str() == *known),
            "{}: no rule says how its figures are sourced",
            name.display()
        );
    }
}

#[test]
fn every_unit_of_the_list_is_used() {
    let text: String = files(&data().join("behavior"))
        .iter()
        .map(|path| std::fs::read_to_string(path).expect("a readable file"))
        .collect();
    for unit in UNITS {
        assert!(text.contains(&format!("unit = \"{unit}\"")), "{unit}");
    }
}

fn check_fault(text: &str, says: &str) {
    let sources = BTreeSet::from(["known".to_owned()]);
    let table: Table = text.parse().expect("TOML");
    let found = faults("x.toml", &table, Origin::default(), &sources);
    assert!(
        found.iter().any(|fault| fault.contains(says)),
        "{text}: {found:?}"
    );
}

#[test]
fn a_figure_without_its_origin_is_found_wherever_it_stands() {
    let good = "source = 'known'\nas_of = '2026-09'\nunit = 'ms'\n";
    let sources = BTreeSet::from(["known".to_owned()]);
    let table: Table = format!("{good}[[row]]\nvalue = 1\n").parse().expect("TOML");
    assert!(faults("x.toml", &table, Origin::default(), &sources).is_empty());
    check_fault("value = 1", "source None");
    check_fault("[a.b]\nvalue = 1.5", "as_of None");
    check_fault("[[row]]\nid = 'r'\nvalues = [1, 2]", "row[0] r: unit None");
    check_fault("[[row]]\ntiers = [{ up_to = 1.0, usd = 2.0 }]", "tiers[0] ");
    check_fault("[[table]]\nrows = 'a 1 2'", "table[0]");
    check_fault(
        &format!("{good}value = 1\n").replace("known", "nobody"),
        "nobody",
    );
    check_fault(
        &format!("{good}value = 1\n").replace("2026-09", "2026-13"),
        "2026-13",
    );
    check_fault(
        &format!("{good}value = 1\n").replace("2026-09", "autumn 2026"),
        "autumn",
    );
    check_fault(
        &format!("{good}value = 1\n").replace("'ms'", "'fortnight'"),
        "fortnight",
    );
    check_fault("baseline_as_of = 'lately'", "lately");
}

//! `LibreOffice`, which recalculates a workbook and gives its sheets as CSV.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

/// One file.
pub(super) struct Workbook {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// The rows of every sheet.
pub(super) type Sheets = BTreeMap<String, Vec<Vec<String>>>;

/// Every sheet as UTF-8 with commas, numbers with all their digits.
const CSV: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1";
/// Never trust the results in the file.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

/// The sheets of workbooks as `LibreOffice` computes them, by their names; `None`, said aloud,
/// where it is not installed.
pub(super) fn recalculated(test: &str, workbooks: &[Workbook]) -> Option<BTreeMap<String, Sheets>> {
    if Command::new("soffice").arg("--version").output().is_err() {
        assert!(
            std::env::var_os("CI").is_none(),
            "soffice is missing, and CI recalculates the workbooks: install libreoffice-calc-nogui"
        );
        // Past the capture of the test harness, so that nobody takes this for a pass.
        let said = writeln!(std::io::stderr(), "SKIPPED: {test} (soffice is missing)");
        said.expect("standard error");
        return None;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let user = folder.path().join("profile/user");
    std::fs::create_dir_all(&user).expect("a profile");
    std::fs::write(user.join("registrymodifications.xcu"), SETTINGS).expect("settings");
    let mut files = Vec::new();
    for workbook in workbooks {
        let file = folder.path().join(format!("{}.xlsx", workbook.name));
        std::fs::write(&file, &workbook.bytes).expect("a file");
        files.push(file);
    }
    let out = folder.path().join("out");
    let profile = format!(
        "-env:UserInstallation=file://{}",
        folder.path().join("profile").display()
    );
    let status = Command::new("soffice")
        .args([
            &profile,
            "--headless",
            "--norestore",
            "--convert-to",
            CSV,
            "--outdir",
        ])
        .arg(&out)
        .args(&files)
        .output()
        .expect("soffice starts");
    assert!(
        status.status.success(),
        "{}",
        String::from_utf8_lossy(&status.stderr)
    );
    let found = workbooks
        .iter()
        .map(|workbook| (workbook.name.clone(), sheets(&out, &workbook.name)));
    Some(found.collect())
}

/// `name-Sheet.csv` for each sheet.
fn sheets(out: &Path, name: &str) -> Sheets {
    let mut sheets = Sheets::new();
    for entry in std::fs::read_dir(out).expect("what was converted") {
        let path = entry.expect("an entry").path();
        let stem = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .expect("a name");
        let of = stem
            .strip_prefix(name)
            .and_then(|rest| rest.strip_prefix('-'));
        let Some(sheet) = of else {
            continue;
        };
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        sheets.insert(sheet.to_owned(), rows(&text));
    }
    assert!(!sheets.is_empty(), "{name} was not converted");
    sheets
}

/// The rows of a CSV text: cells in quotes hold commas, line ends and doubled quotes.
fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            letter => cell.push(letter),
        }
    }
    rows
}

//! The report as pages: Typst sets the same content that the others write, with the charts of the screen.

use app::charts::theme::Theme;
use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use typeset::{Document, Moment};

use super::content::Report;
use super::typed::broken;
use super::{Format, Material, ReportError};

pub(super) const FORMAT: Format = Format {
    extension: "pdf",
    content_type: "application/pdf",
    name: "PDF",
    draws: true,
    write,
};

const TEMPLATE: &str = include_str!("pdf/report.typ");
/// A longer link is shown by its beginning; it leads to its end all the same.
const LONGEST_SHOWN: usize = 120;

/// What the template reads.
#[derive(Serialize)]
struct Pages<'r> {
    #[serde(flatten)]
    report: &'r Report,
    paper: &'static str,
    colours: Colours,
    /// What stands above the title.
    kicker: String,
    shown_link: String,
    /// Whether the link can be followed.
    opens: bool,
}

/// Those of the printed page.
#[derive(Serialize)]
struct Colours {
    ink: &'static str,
    ink_soft: &'static str,
    rule: &'static str,
    serverless: &'static str,
    containers: &'static str,
}

fn write(material: &Material) -> Result<Vec<u8>, ReportError> {
    let subject = material.subject();
    let mut report = Report::of(&subject);
    let mut files = Vec::new();
    for chart in report.charts_mut() {
        let key = (chart.id, chart.index);
        if let Some(svg) = material.pictures.get(&key) {
            let name = format!("{}-{}.svg", chart.id, chart.index);
            files.push((name.clone(), svg.as_bytes().to_vec()));
            chart.file = Some(name);
        }
    }
    let made_at = material
        .saved
        .as_ref()
        .and_then(|saved| OffsetDateTime::parse(&saved.created_at, &Rfc3339).ok());
    let pages = Pages {
        paper: material.paper.name(),
        colours: colours(),
        kicker: kicker(&report, material),
        shown_link: shortened(&report.link),
        opens: report.link.starts_with("http"),
        report: &report,
    };
    let mut json = serde_json::to_value(&pages).map_err(|error| ReportError(error.to_string()))?;
    broken(&mut json);
    files.push(("report.json".to_owned(), json.to_string().into_bytes()));
    typeset::pdf(Document {
        template: TEMPLATE,
        files,
        identity: report.link.clone(),
        creator: "Breakeven",
        made_at: made_at.map(moment),
    })
    .map_err(|error| ReportError(error.to_string()))
}

fn kicker(report: &Report, material: &Material) -> String {
    let date = report.date.as_deref().map(|date| format!(" \u{b7} {date}"));
    let revision = material
        .saved
        .as_ref()
        .map(|saved| format!(" \u{b7} revision {}", saved.revision));
    format!(
        "Decision record \u{b7} {}{}{} \u{b7} every amount is an estimate",
        report.status,
        date.unwrap_or_default(),
        revision.unwrap_or_default()
    )
}

fn shortened(link: &str) -> String {
    if link.chars().count() <= LONGEST_SHOWN {
        return link.to_owned();
    }
    let start: String = link.chars().take(LONGEST_SHOWN).collect();
    format!("{start}\u{2026}")
}

fn colours() -> Colours {
    let colour = |property| Theme::Print.colour(property).unwrap_or("#000");
    Colours {
        ink: colour("--ink"),
        ink_soft: colour("--ink-soft"),
        rule: colour("--rule"),
        serverless: colour("--serverless"),
        containers: colour("--containers"),
    }
}

fn moment(at: OffsetDateTime) -> Moment {
    let at = at.to_offset(time::UtcOffset::UTC);
    Moment {
        year: at.year(),
        month: at.month().into(),
        day: at.day(),
        hour: at.hour(),
        minute: at.minute(),
        second: at.second(),
    }
}

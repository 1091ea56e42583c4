//! A document as PDF: tagged, with bookmarks, in PDF/UA-1 where its content allows that.

use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::TypesetError;
use crate::world::Desk;

/// For how many documents more what was worked out is kept: reports share most of their words. Memory stays that of two.
const KEPT_FOR: usize = 1;

/// What is set.
#[derive(Debug)]
pub struct Document<'a> {
    /// The Typst template.
    pub template: &'a str,
    /// The files that it reads, by their names.
    pub files: Vec<(String, Vec<u8>)>,
    /// Names the document: the same for the same content.
    pub identity: String,
    /// The program that made it.
    pub creator: &'a str,
    /// When its content was made; without one the file bears no time.
    pub made_at: Option<Moment>,
}

/// A time in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Year.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
}

/// Sets a document. The same document gives the same bytes.
///
/// Text that no embedded font can show (hieroglyphs, say) breaks PDF/UA; the file is then tagged all the same, but does not
/// claim it.
///
/// # Errors
///
/// [`TypesetError::Document`] with the first message of Typst.
pub fn pdf(document: Document<'_>) -> Result<Vec<u8>, TypesetError> {
    let Document {
        template,
        files,
        identity,
        creator,
        made_at,
    } = document;
    let desk = Desk::new(template, files)?;
    let made = typst::compile::<PagedDocument>(&desk)
        .output
        .map_err(|errors| said(&errors))
        .and_then(|laid_out| {
            let options = |standards| PdfOptions {
                ident: Smart::Custom(identity.clone()),
                creator: Smart::Custom(Some(creator.to_owned())),
                timestamp: made_at.and_then(Moment::timestamp),
                standards,
                ..PdfOptions::default()
            };
            let accessible = PdfStandards::new(&[PdfStandard::Ua_1]).unwrap_or_default();
            typst_pdf::pdf(&laid_out, &options(accessible))
                .or_else(|_| typst_pdf::pdf(&laid_out, &options(PdfStandards::default())))
                .map_err(|errors| said(&errors))
        });
    typst::comemo::evict(KEPT_FOR);
    made
}

fn said(errors: &[SourceDiagnostic]) -> TypesetError {
    let first = errors.first().map(|error| {
        let hints = error.hints.iter().map(|hint| hint.v.as_str());
        std::iter::once(error.message.as_str())
            .chain(hints)
            .collect::<Vec<_>>()
            .join("; ")
    });
    TypesetError::Document(first.unwrap_or_default())
}

impl Moment {
    fn timestamp(self) -> Option<Timestamp> {
        let Self {
            year,
            month,
            day,
            hour,
            minute,
            second,
        } = self;
        Datetime::from_ymd_hms(year, month, day, hour, minute, second).map(Timestamp::new_utc)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(template: &str, text: &str) -> Result<Vec<u8>, TypesetError> {
        pdf(Document {
            template,
            files: vec![("text.json".to_owned(), format!("\"{text}\"").into_bytes())],
            identity: "test".to_owned(),
            creator: "test",
            made_at: None,
        })
    }

    const TEMPLATE: &str = "#set document(title: \"Test\")\n#set text(lang: \"en\", font: \"IBM Plex Sans\")\n= Title\n#json(\"text.json\")";

    fn claims_accessibility(bytes: &[u8]) -> bool {
        bytes.windows(8).any(|window| window == b"pdfuaid:")
    }

    #[test]
    fn the_same_document_gives_the_same_bytes() {
        let [first, second] = [(); 2].map(|()| document(TEMPLATE, "= not a title, #panic()"));
        let first = first.expect("a document");
        assert!(first.starts_with(b"%PDF-1.7"));
        assert!(claims_accessibility(&first));
        assert_eq!(Ok(first), second);
    }

    #[test]
    fn every_script_that_has_a_font_is_accessible() {
        for word in crate::fonts::WORDS {
            let bytes = document(TEMPLATE, word).expect("a document");
            assert!(claims_accessibility(&bytes), "{word}");
            assert!(bytes.len() < 40_000, "{word}: {} bytes", bytes.len());
        }
    }

    #[test]
    fn text_without_a_font_is_set_but_not_called_accessible() {
        let bytes = document(TEMPLATE, "\u{13000}").expect("a document");
        assert!(!claims_accessibility(&bytes));
    }

    #[test]
    fn a_template_sees_no_other_file_and_says_what_is_wrong() {
        for template in [
            "#read(\"/etc/passwd\")",
            "#read(\"other\")",
            "#datetime.today()",
        ] {
            let error = document(template, "").expect_err(template);
            assert!(matches!(error, TypesetError::Document(message) if !message.is_empty()));
        }
    }
}

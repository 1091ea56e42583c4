//! One sheet: texts that stay texts, numbers, formulas with their results.

use rust_xlsxwriter::{Format, FormatAlign, Formula, Worksheet, XlsxError};

use super::Hook;
use super::paper::Paper;
use super::style::Styles;

/// Room for two lines of a head, in points.
const HEAD_HEIGHT: f64 = 30.0;

/// A sheet that is being written, with the formats.
pub(super) struct Page<'s> {
    pub(super) sheet: Worksheet,
    pub(super) styles: &'s Styles,
    pub(super) hook: Hook,
    name: String,
    paper: Paper,
}

/// A place on a sheet: row and column from 0.
pub(super) type Place = (u32, u16);

/// Most characters of a title; the file's properties and cells take no more than these.
const LONGEST_TITLE: usize = 250;
/// Most characters of a cell.
const LONGEST_TEXT: usize = 32_000;

impl<'s> Page<'s> {
    pub(super) fn new(name: &str, styles: &'s Styles, hook: Hook) -> Result<Self, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        sheet
            .set_landscape()
            .set_paper_size(9)
            .set_print_fit_to_pages(1, 0)
            .set_screen_gridlines(false)
            .set_footer("&L&A&RPage &P of &N");
        Ok(Self {
            sheet,
            styles,
            hook,
            name: name.to_owned(),
            paper: Paper::default(),
        })
    }

    pub(super) fn finish(mut self) -> Result<Worksheet, XlsxError> {
        self.sheet.set_page_breaks(&self.paper.breaks())?;
        Ok(self.sheet)
    }

    /// A printed page may well end above this row. A sheet without such rows is left to the
    /// program that prints it.
    pub(super) fn may_break(&mut self, row: u32) {
        self.paper.sections.push(row);
    }

    /// Always a text: never a formula, never a link.
    pub(super) fn text(&mut self, at: Place, text: &str, format: &Format) -> Result<(), XlsxError> {
        let text: String = text.chars().take(LONGEST_TEXT).collect();
        self.paper.reach(at.0);
        self.sheet
            .write_string_with_format(at.0, at.1, text, format)?;
        Ok(())
    }

    pub(super) fn number(
        &mut self,
        at: Place,
        number: f64,
        format: &Format,
    ) -> Result<(), XlsxError> {
        if number.is_finite() {
            self.paper.reach(at.0);
            self.sheet
                .write_number_with_format(at.0, at.1, unsigned_zero(number), format)?;
            return Ok(());
        }
        let right = format.clone().set_align(FormatAlign::Right);
        self.text(at, "unlimited", &right)
    }

    /// A formula with the number that it gives at the stated inputs.
    pub(super) fn formula(
        &mut self,
        at: Place,
        formula: &str,
        result: f64,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.formula_of_text(at, formula, &unsigned_zero(result).to_string(), format)
    }

    /// A formula with the text that it gives.
    pub(super) fn formula_of_text(
        &mut self,
        at: Place,
        formula: &str,
        result: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let result = if self.hook.wrong_results { "0" } else { result };
        let formula = Formula::new(formula).set_result(result);
        self.paper.reach(at.0);
        self.sheet
            .write_formula_with_format(at.0, at.1, formula, format)?;
        Ok(())
    }

    /// A row of column heads; those from `numbers` on stand to the right.
    pub(super) fn heads(
        &mut self,
        row: u32,
        heads: &[&str],
        numbers: &[u16],
    ) -> Result<(), XlsxError> {
        for (column, head) in (0_u16..).zip(heads) {
            let format = if numbers.contains(&column) {
                &self.styles.head_right
            } else {
                &self.styles.head
            };
            self.sheet
                .write_string_with_format(row, column, *head, format)?;
        }
        self.sheet.set_row_height(row, HEAD_HEIGHT)?;
        Ok(())
    }

    pub(super) fn widths(&mut self, widths: &[f64]) -> Result<(), XlsxError> {
        for (column, width) in (0_u16..).zip(widths) {
            self.width(column, *width)?;
        }
        Ok(())
    }

    pub(super) fn width(&mut self, column: u16, width: f64) -> Result<(), XlsxError> {
        self.paper.characters += width;
        self.sheet.set_column_width(column, width)?;
        Ok(())
    }

    /// Keeps the rows above in sight, on the screen and on every printed page.
    pub(super) fn freeze_above(&mut self, row: u32) -> Result<(), XlsxError> {
        self.sheet.set_freeze_panes(row, 0)?;
        self.repeat(row.saturating_sub(1))
    }

    /// Heads that every printed page below them begins with.
    pub(super) fn repeat(&mut self, row: u32) -> Result<(), XlsxError> {
        self.sheet.set_repeat_rows(row, row)?;
        Ok(())
    }

    /// How other sheets name a cell of this one.
    pub(super) fn cell(&self, at: Place) -> String {
        format!("{}!{}", quoted(&self.name), absolute(at))
    }
}

/// Zero has no sign to show.
fn unsigned_zero(number: f64) -> f64 {
    if number == 0.0 { 0.0 } else { number }
}

/// How other sheets name the cells of a column of a sheet.
pub(super) fn range_of(sheet: &str, from: u32, to: u32, column: u16) -> String {
    let (from, to) = (absolute((from, column)), absolute((to, column)));
    format!("{}!{from}:{to}", quoted(sheet))
}

/// How other sheets name a cell.
pub(super) fn cell_of(sheet: &str, at: Place) -> String {
    format!("{}!{}", quoted(sheet), absolute(at))
}

fn quoted(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}

/// `$A$1`.
pub(super) fn absolute(at: Place) -> String {
    format!(
        "${}${}",
        rust_xlsxwriter::utility::column_number_to_name(at.1),
        at.0 + 1
    )
}

/// `A1`, for formulas of the same sheet.
pub(super) fn relative(row: u32, column: u16) -> String {
    format!(
        "{}{}",
        rust_xlsxwriter::utility::column_number_to_name(column),
        row + 1
    )
}

/// A number in a formula.
pub(super) fn literal(number: f64) -> String {
    format!("{number:?}")
}

/// A text in a formula.
pub(super) fn quoted_text(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A title that fits.
pub(super) fn short(text: &str) -> String {
    text.chars().take(LONGEST_TITLE).collect()
}

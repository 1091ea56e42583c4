//! The look of the cells: calm, thin rules, one colour for what may be edited.

use app::charts::theme::Theme;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// Money to the cent.
const USD: &str = "\"$\"#,##0.00;[Red]-\"$\"#,##0.00";
/// A price with all its digits.
const PRICE: &str = "\"$\"#,##0.00##########";
const QUANTITY: &str = "#,##0.00####";
const WHOLE: &str = "#,##0";
/// A fraction with all its digits.
const FRACTION: &str = "#,##0.00##############";
const MS: &str = "[<10]0.0\" ms\";#,##0\" ms\"";
const SHARE: &str = "0.00%";
/// From here on whole numbers want grouping.
const GROUPED_FROM: f64 = 1_000.0;

const PALE: u32 = 0x00FF_F4D6;
const RULE: u32 = 0x00C8_C8C8;
const GREY: u32 = 0x0060_6060;
const WARNING: u32 = 0x009C_1C1C;

/// All formats.
#[derive(Debug)]
pub(super) struct Styles {
    pub(super) title: Format,
    pub(super) section: Format,
    pub(super) head: Format,
    pub(super) head_right: Format,
    pub(super) text: Format,
    pub(super) bold: Format,
    pub(super) wrapped: Format,
    pub(super) small: Format,
    pub(super) warning: Format,
    pub(super) usd: Format,
    pub(super) total: Format,
    pub(super) total_text: Format,
    pub(super) price: Format,
    pub(super) quantity: Format,
    pub(super) whole: Format,
    pub(super) plain: Format,
    pub(super) ms: Format,
    pub(super) share: Format,
    pub(super) input_whole: Format,
    pub(super) input_price: Format,
    input_fraction: Format,
    input: Format,
}

impl Styles {
    pub(super) fn new() -> Self {
        let plain = Format::new().set_align(FormatAlign::Top);
        let number = |format: &str| plain.clone().set_num_format(format);
        let input = |format: &str| number(format).set_background_color(Color::RGB(PALE));
        // Numbers stand to the right: words beside them want room. An indent has no effect
        // without a side.
        let words = |format: &Format| format.clone().set_align(FormatAlign::Left).set_indent(1);
        let head = plain
            .clone()
            .set_bold()
            .set_text_wrap()
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(Color::RGB(RULE));
        let total = number(USD)
            .set_bold()
            .set_border_top(FormatBorder::Thin)
            .set_border_top_color(Color::RGB(RULE));
        Self {
            title: Format::new().set_bold().set_font_size(14),
            section: Format::new().set_bold().set_font_size(12),
            head_right: head.clone().set_align(FormatAlign::Right),
            head: words(&head),
            text: words(&plain),
            bold: words(&plain).set_bold(),
            wrapped: words(&plain).set_text_wrap(),
            small: plain
                .clone()
                .set_text_wrap()
                .set_font_color(Color::RGB(GREY)),
            warning: words(&plain).set_bold().set_font_color(Color::RGB(WARNING)),
            usd: number(USD),
            total_text: words(&total).set_num_format("General"),
            total,
            price: number(PRICE),
            quantity: number(QUANTITY),
            whole: number(WHOLE),
            ms: number(MS),
            share: number(SHARE),
            input_whole: input(WHOLE),
            input_price: input(PRICE),
            input_fraction: input(FRACTION),
            input: input("General"),
            plain,
        }
    }

    /// A figure that may be edited: small whole ones as they are, since they may become fractions.
    pub(super) fn input(&self, figure: f64) -> &Format {
        match (figure.fract() == 0.0, figure.abs() < GROUPED_FROM) {
            (true, true) => &self.input,
            (true, false) => &self.input_whole,
            (false, _) => &self.input_fraction,
        }
    }

    /// What may be edited, where it is no figure.
    pub(super) const fn input_text(&self) -> &Format {
        &self.input
    }
}

/// The colour of a family on paper.
pub(super) fn colour(property: &str) -> Color {
    let text = Theme::Print.colour(property).unwrap_or("#000000");
    Color::from(text)
}

/// What a warning looks like when it applies.
pub(super) fn alert() -> Format {
    Format::new().set_font_color(Color::RGB(WARNING))
}

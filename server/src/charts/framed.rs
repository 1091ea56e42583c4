//! A picture that is taken away: what the page around it would say stands in it, its title above and what it rests on
//! below.

use std::fmt::Write as _;

use app::charts::drawing::lines;
use app::charts::theme::{FONT, Theme};

use super::clean::escape;

/// From the edge to a text, in pixels.
const EDGE: u32 = 16;
/// The height of the line below, in pixels.
const FOOT: u32 = 34;
/// The width of a letter of the title, as a share of its size.
const LETTER: f64 = 0.62;

/// What is written around a picture.
pub(crate) struct Frame<'f> {
    /// Above; empty where the picture has it in it.
    pub(crate) title: &'f str,
    /// Below.
    pub(crate) foot: &'f str,
    pub(crate) theme: Theme,
    /// The picture's own, in pixels.
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// The picture with the frame: taller, and what it draws where it was.
pub(crate) fn framed(svg: &str, frame: &Frame<'_>) -> String {
    let Frame { width, height, .. } = *frame;
    let (size, leading) = if width < 560 { (14, 19) } else { (16, 22) };
    let title = title(frame, size);
    let above = match u32::try_from(title.len()) {
        Ok(0) | Err(_) => 0,
        Ok(many) => EDGE + leading * many,
    };
    let tall = above + height + FOOT;
    let svg = svg
        .replacen(
            &format!(" height=\"{height}\""),
            &format!(" height=\"{tall}\""),
            1,
        )
        .replacen(
            &format!(" viewBox=\"0 0 {width} {height}\""),
            &format!(" viewBox=\"0 -{above} {width} {tall}\""),
            1,
        );
    let Some(end) = svg.rfind("</svg>") else {
        return svg;
    };
    let mut out = svg[..end].to_owned();
    let paper = frame.theme.colour("--paper").unwrap_or("#fff");
    for (y, height) in [(-i64::from(above), above), (i64::from(height), FOOT)] {
        let _fits = write!(
            out,
            "<rect x=\"0\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{paper}\"/>"
        );
    }
    let first = i64::from(EDGE + size) - i64::from(above);
    let ink = frame.theme.colour("--ink").unwrap_or("#000");
    let below = (1_u32..).map(|line| first + i64::from(leading * (line - 1)));
    for (y, line) in below.zip(&title) {
        let of = format!("font-size=\"{size}\" font-weight=\"bold\" fill=\"{ink}\"");
        text(&mut out, y, &of, line);
    }
    let soft = frame.theme.colour("--ink-soft").unwrap_or("#555");
    let of = format!("font-size=\"12\" fill=\"{soft}\"");
    text(&mut out, i64::from(height + FOOT - EDGE), &of, frame.foot);
    out.push_str("</svg>");
    out
}

/// The title on lines that fit.
fn title(frame: &Frame<'_>, size: u32) -> Vec<String> {
    if frame.title.is_empty() {
        return Vec::new();
    }
    let room = f64::from(frame.width.saturating_sub(2 * EDGE));
    let mut letters = 1;
    let mut taken = f64::from(size) * LETTER;
    while taken < room {
        letters += 1;
        taken += f64::from(size) * LETTER;
    }
    lines(frame.title, letters)
}

fn text(out: &mut String, y: i64, of: &str, words: &str) {
    let _fits = write!(
        out,
        "<text x=\"{EDGE}\" y=\"{y}\" font-family=\"{FONT}\" {of}>"
    );
    escape(out, words);
    out.push_str("</text>");
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWN: &str = r#"<svg role="img" width="840" height="400" viewBox="0 0 840 400"><title>A</title><g/></svg>"#;

    fn of(title: &str) -> String {
        let frame = Frame {
            title,
            foot: "Estimates & more",
            theme: Theme::Light,
            width: 840,
            height: 400,
        };
        framed(DRAWN, &frame)
    }

    #[test]
    fn a_picture_grows_by_its_title_and_its_foot() {
        let svg = of("Short <b>");
        assert!(
            svg.starts_with(
                r#"<svg role="img" width="840" height="472" viewBox="0 -38 840 472"><title>A</title><g/>"#
            ),
            "{svg}"
        );
        assert!(svg.contains(">Short &lt;b&gt;</text>"), "{svg}");
        assert!(svg.ends_with(">Estimates &amp; more</text></svg>"), "{svg}");
    }

    #[test]
    fn a_long_title_takes_lines_and_none_takes_nothing() {
        let long = "Amazon EC2 fleet beats AWS Lambda with provisioned concurrency from about 19.3 million requests a month";
        assert!(of(long).contains(r#"viewBox="0 -60 840 494""#));
        assert!(of("").contains(r#"viewBox="0 -0 840 434""#));
    }
}

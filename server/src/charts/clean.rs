//! What the library writes, made fit for a page with a strict policy: no style element, no style attribute (its
//! declarations become attributes of SVG), a title and a description.

/// What an image says to those who do not see it.
pub(super) struct Words<'w> {
    pub(super) title: &'w str,
    pub(super) description: &'w str,
}

/// The image, cleaned.
pub(super) fn clean(svg: &str, words: &Words<'_>) -> String {
    let mut out = String::with_capacity(svg.len() + 256);
    let mut rest = svg;
    let mut opened = false;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        let tag = &rest[start..];
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        let name = name(tag);
        if name == "style" {
            rest = after(tag, "</style>");
            continue;
        }
        write_tag(&mut out, &tag[..end], name == "svg" && !opened);
        if name == "svg" && !opened {
            opened = true;
            write_words(&mut out, words);
        }
        rest = &tag[end..];
    }
    out.push_str(rest);
    out
}

fn name(tag: &str) -> &str {
    let tag = tag.trim_start_matches('<');
    let end = tag
        .find(|character: char| !character.is_ascii_alphanumeric())
        .unwrap_or(tag.len());
    &tag[..end]
}

fn after<'t>(text: &'t str, closing: &str) -> &'t str {
    text.find(closing)
        .map_or("", |found| &text[found + closing.len()..])
}

/// One tag, its classes left out and its style as attributes. The library escapes quotes and angle brackets in what it
/// writes, so that a quote always ends a value.
fn write_tag(out: &mut String, tag: &str, root: bool) {
    let mut rest = tag;
    if root && let Some(inside) = tag.strip_prefix("<svg") {
        out.push_str("<svg role=\"img\"");
        rest = inside;
    }
    while let Some(equals) = rest.find("=\"") {
        let value_on = &rest[equals + 2..];
        let Some(end) = value_on.find('"') else { break };
        let (value, attribute) = (&value_on[..end], &rest[..equals]);
        let (before, name) = attribute.rsplit_once(' ').unwrap_or(("", attribute));
        out.push_str(before);
        match name {
            "class" => {}
            "style" => write_declarations(out, value),
            _ => {
                out.push(' ');
                out.push_str(name);
                out.push_str("=\"");
                write_uncounted(out, value);
                out.push('"');
            }
        }
        rest = &value_on[end + 1..];
    }
    out.push_str(rest);
}

/// A value; a name begins with the count of charts that the engine has drawn, without which the same option gives the
/// same bytes: `zr7-c0` and `url(#zr7-c0)` become `zr-c0` and `url(#zr-c0)`.
fn write_uncounted(out: &mut String, value: &str) {
    let start = ["url(#", "#"]
        .into_iter()
        .find(|start| value.starts_with(start))
        .unwrap_or_default();
    let name = &value[start.len()..];
    let own = name
        .strip_prefix("zr")
        .map(|counted| counted.trim_start_matches(|character: char| character.is_ascii_digit()))
        .filter(|own| own.starts_with('-'));
    out.push_str(start);
    if let Some(own) = own {
        out.push_str("zr");
        out.push_str(own);
    } else {
        out.push_str(name);
    }
}

/// `font-size:12px;fill:red` as attributes.
fn write_declarations(out: &mut String, style: &str) {
    for (name, value) in style.split(';').filter_map(|one| one.split_once(':')) {
        out.push(' ');
        out.push_str(name.trim());
        out.push_str("=\"");
        out.push_str(value.trim());
        out.push('"');
    }
}

fn write_words(out: &mut String, words: &Words<'_>) {
    for (element, text) in [("title", words.title), ("desc", words.description)] {
        if !text.is_empty() {
            out.push('<');
            out.push_str(element);
            out.push('>');
            escape(out, text);
            out.push_str("</");
            out.push_str(element);
            out.push('>');
        }
    }
}

/// Text as the text of an element.
pub(super) fn escape(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(svg: &str, expected: &str) {
        let words = Words {
            title: "",
            description: "",
        };
        assert_eq!(clean(svg, &words), expected);
    }

    #[test]
    fn styles_become_attributes_and_classes_go() {
        check(
            r#"<svg width="4"><text class="c" style="font-size:12px;font-family:sans-serif;" fill="red">a</text></svg>"#,
            r#"<svg role="img" width="4"><text font-size="12px" font-family="sans-serif" fill="red">a</text></svg>"#,
        );
    }

    #[test]
    fn style_elements_go_with_what_is_in_them() {
        check(
            "<svg>\n<style><![CDATA[.a:hover { fill: red > b }]]></style>\n<g/></svg>",
            "<svg role=\"img\">\n\n<g/></svg>",
        );
    }

    #[test]
    fn text_stays_text() {
        check(
            r"<svg><text>a style=&quot;b&quot; &lt;style&gt;</text></svg>",
            r#"<svg role="img"><text>a style=&quot;b&quot; &lt;style&gt;</text></svg>"#,
        );
    }

    #[test]
    fn names_inside_do_not_count_charts() {
        check(
            r##"<svg><defs><clipPath id="zr12-c0"></clipPath></defs><g clip-path="url(#zr12-c0)" fill="#zra"><use href="#zr3-s1"/></g></svg>"##,
            r##"<svg role="img"><defs><clipPath id="zr-c0"></clipPath></defs><g clip-path="url(#zr-c0)" fill="#zra"><use href="#zr-s1"/></g></svg>"##,
        );
    }

    #[test]
    fn words_are_escaped() {
        let words = Words {
            title: "a < b & c",
            description: "<script>",
        };
        assert_eq!(
            clean("<svg><g/></svg>", &words),
            "<svg role=\"img\"><title>a &lt; b &amp; c</title><desc>&lt;script&gt;</desc><g/></svg>"
        );
    }
}

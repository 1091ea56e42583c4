//! Formulas as `MathML`, put together by a handful of functions. [`m`] reads a line of words:
//! `m("a = λ S")`; a sign may carry a `_` below and a `^` above; what is higher than a line,
//! fractions, roots and sums, has a function.

use crate::components::frame::escaped;

/// A piece of `MathML`: one element, or several in a line. Lines within lines are one line, so that
/// an operator knows what stands before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Math {
    markup: String,
    elements: usize,
}

/// Words that stand upright, as functions do; other words of several letters are text.
const FUNCTIONS: [&str; 4] = ["exp", "ln", "max", "min"];

/// A line of signs, numbers and operators, with spaces between them.
pub(super) fn m(line: &str) -> Math {
    row(line.split_whitespace().map(word))
}

/// Pieces in one line.
pub(super) fn row(parts: impl IntoIterator<Item = Math>) -> Math {
    parts.into_iter().fold(
        Math {
            markup: String::new(),
            elements: 0,
        },
        |line, part| Math {
            markup: line.markup + &part.markup,
            elements: line.elements + part.elements,
        },
    )
}

/// One over the other.
pub(super) fn over(above: Math, below: Math) -> Math {
    element("mfrac", &(above.one() + &below.one()))
}

/// Raised.
pub(super) fn raised(base: Math, to: Math) -> Math {
    element("msup", &(base.one() + &to.one()))
}

/// In parentheses that are as tall as what they hold.
pub(super) fn tall(inside: Math) -> Math {
    element("mrow", &format!("<mo>(</mo>{}<mo>)</mo>", inside.one()))
}

/// Room between two statements.
pub(super) fn gap() -> Math {
    single("<mspace width=\"1.5em\"></mspace>".to_owned())
}

/// A sum with what it runs over below.
pub(super) fn sum(below: Math) -> Math {
    element("munder", &format!("<mo>∑</mo>{}", below.one()))
}

/// The square root.
pub(super) fn root(of: Math) -> Math {
    element("msqrt", &of.one())
}

/// Rounded up.
pub(super) fn rounded_up(of: Math) -> Math {
    row([m("⌈"), of, m("⌉")])
}

impl Math {
    /// As one element.
    fn one(self) -> String {
        if self.elements == 1 {
            self.markup
        } else {
            format!("<mrow>{}</mrow>", self.markup)
        }
    }

    /// A formula of its own, with its text for those who cannot see it.
    pub(super) fn display(&self, words: &str) -> String {
        let words = escaped(words).replace('"', "&quot;");
        format!(
            "<math display=\"block\" alttext=\"{words}\">{}</math>",
            self.clone().one()
        )
    }

    /// A sign within a text.
    pub(super) fn inline(&self) -> String {
        format!("<math>{}</math>", self.clone().one())
    }
}

/// `W_q`, `C_a^2`, `0.1`, `+`.
fn word(word: &str) -> Math {
    let (base, above) = word.split_once('^').unwrap_or((word, ""));
    let (base, below) = match base.split_once('_') {
        Some((sign, below)) if !sign.is_empty() => (sign, below),
        _ => (base, ""),
    };
    let base = sign(base).markup;
    match (below, above) {
        ("", "") => single(base),
        (below, "") => element("msub", &(base + &sign(below).markup)),
        ("", above) => element("msup", &(base + &sign(above).markup)),
        (below, above) => element(
            "msubsup",
            &(base + &sign(below).markup + &sign(above).markup),
        ),
    }
}

fn sign(text: &str) -> Math {
    if matches!(text, "(" | ")") {
        return single(format!("<mo stretchy=\"false\">{text}</mo>"));
    }
    let name = match text.chars().next() {
        Some(first) if first.is_numeric() => "mn",
        Some(first) if first.is_alphabetic() && text.chars().count() == 1 => "mi",
        Some(first) if first.is_alphabetic() && FUNCTIONS.contains(&text) => "mi",
        Some(first) if first.is_alphabetic() => "mtext",
        _ => "mo",
    };
    element(name, &escaped(text))
}

fn element(name: &str, inside: &str) -> Math {
    single(format!("<{name}>{inside}</{name}>"))
}

const fn single(markup: String) -> Math {
    Math {
        markup,
        elements: 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(math: &Math, expected: &str) {
        assert_eq!(math.clone().one(), expected);
    }

    #[test]
    fn words_become_signs_numbers_and_operators() {
        check(
            &m("a = λ S"),
            "<mrow><mi>a</mi><mo>=</mo><mi>λ</mi><mi>S</mi></mrow>",
        );
        check(&m("("), "<mo stretchy=\"false\">(</mo>");
        check(&m("1,769"), "<mn>1,769</mn>");
        check(&m("exp"), "<mi>exp</mi>");
        check(&m("billed"), "<mtext>billed</mtext>");
    }

    #[test]
    fn lines_within_a_line_are_one_line() {
        check(
            &row([m("a ="), over(m("b"), m("c"))]),
            "<mrow><mi>a</mi><mo>=</mo><mfrac><mi>b</mi><mi>c</mi></mfrac></mrow>",
        );
    }

    #[test]
    fn signs_carry_what_is_below_and_above() {
        check(&m("W_q"), "<msub><mi>W</mi><mi>q</mi></msub>");
        check(&m("c^2"), "<msup><mi>c</mi><mn>2</mn></msup>");
        check(
            &m("C_a^2"),
            "<msubsup><mi>C</mi><mi>a</mi><mn>2</mn></msubsup>",
        );
    }

    #[test]
    fn operators_and_words_are_no_markup() {
        check(&m("<"), "<mo>&lt;</mo>");
        assert!(
            m("a")
                .display("a \"b\" <c>")
                .contains("alttext=\"a &quot;b&quot; &lt;c&gt;\"")
        );
    }
}

//! Blocks of HCL, written as `terraform fmt` would.

use std::fmt::Write as _;

use super::comment;
use crate::tripwires::text::quoted;

/// A string whose templates are text: `${` and `%{` are written doubled.
pub(super) fn string(text: &str) -> String {
    quoted(text).replace("${", "$${").replace("%{", "%%{")
}

/// A number.
pub(super) fn number(value: f64) -> String {
    value.to_string()
}

/// A block with its attributes and blocks, in their order.
#[derive(Debug)]
pub(super) struct Block {
    head: String,
    remark: &'static str,
    items: Vec<Item>,
}

#[derive(Debug)]
enum Item {
    /// Name and value.
    Attribute(String, String),
    /// A name with names and values within.
    Object(String, Vec<(String, String)>),
    Block(Block),
}

impl Block {
    pub(super) fn new(head: &str) -> Self {
        Self {
            head: head.to_owned(),
            remark: "",
            items: Vec::new(),
        }
    }

    /// What is said above the block.
    pub(super) fn remark(mut self, remark: &'static str) -> Self {
        self.remark = remark;
        self
    }

    pub(super) fn with(mut self, name: &str, value: String) -> Self {
        self.items.push(Item::Attribute(name.to_owned(), value));
        self
    }

    pub(super) fn object(mut self, name: &str, values: &[(&str, String)]) -> Self {
        let values = values
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()));
        self.items
            .push(Item::Object(name.to_owned(), values.collect()));
        self
    }

    pub(super) fn block(mut self, block: Self) -> Self {
        self.items.push(Item::Block(block));
        self
    }

    /// Writes the block; writing into a string cannot fail.
    pub(super) fn write(&self, text: &mut String, depth: usize) {
        let indent = "  ".repeat(depth);
        if !self.remark.is_empty() {
            let _ = write!(text, "{indent}{}", comment(self.remark));
        }
        let _ = writeln!(text, "{indent}{} {{", self.head);
        let singles = self.items.iter().filter_map(|item| match item {
            Item::Attribute(name, _) => Some(name.len()),
            Item::Object(..) | Item::Block(_) => None,
        });
        let width = singles.max().unwrap_or(0);
        for (place, item) in self.items.iter().enumerate() {
            match item {
                Item::Attribute(name, value) => {
                    let _ = writeln!(text, "{indent}  {name:width$} = {value}");
                }
                Item::Object(name, values) => {
                    blank_before(text, place);
                    let _ = writeln!(text, "{indent}  {name} = {{");
                    let width = values.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
                    for (name, value) in values {
                        let _ = writeln!(text, "{indent}    {name:width$} = {value}");
                    }
                    let _ = writeln!(text, "{indent}  }}");
                }
                Item::Block(block) => {
                    blank_before(text, place);
                    block.write(text, depth + 1);
                }
            }
        }
        let _ = writeln!(text, "{indent}}}");
    }
}

fn blank_before(text: &mut String, place: usize) {
    if place > 0 {
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::string;

    #[test]
    fn templates_are_text() {
        for (typed, expected) in [
            ("${file(\"/x\")}", r#""$${file(\"/x\")}""#),
            ("%{ if true }", r#""%%{ if true }""#),
            ("$${x}", r#""$$${x}""#),
            ("100 %", r#""100 %""#),
            ("a\nb", r#""a\nb""#),
        ] {
            assert_eq!(string(typed), expected);
        }
    }
}

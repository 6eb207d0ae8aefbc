//! A small XML writer that escapes what it is given and closes what it opened.

use std::fmt::Display;

/// Attributes in writing order.
pub(super) type Atribut<'a> = &'a [(&'a str, &'a dyn Display)];

/// XML being written.
#[derive(Debug, Default)]
pub(super) struct Xml {
    buffer: String,
    open: Vec<&'static str>,
}

impl Xml {
    /// A part that starts with the XML declaration.
    pub(super) fn part() -> Self {
        let buffer = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned();
        Self { buffer, open: Vec::new() }
    }

    /// Opens an element.
    pub(super) fn open(&mut self, name: &'static str, attributes: Atribut<'_>) {
        self.tag(name, attributes);
        self.buffer.push('>');
        self.open.push(name);
    }

    /// Closes the element opened last.
    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.buffer.push_str("</");
            self.buffer.push_str(name);
            self.buffer.push('>');
        }
    }

    /// An element without content.
    pub(super) fn leaf(&mut self, name: &str, attributes: Atribut<'_>) {
        self.tag(name, attributes);
        self.buffer.push_str("/>");
    }

    /// An element that holds only text.
    pub(super) fn element(&mut self, name: &'static str, attributes: Atribut<'_>, text: &str) {
        self.open(name, attributes);
        self.text(text);
        self.close();
    }

    /// Character data.
    pub(super) fn text(&mut self, text: &str) {
        push_escaped(&mut self.buffer, text);
    }

    /// XML that is known to be well-formed.
    pub(super) fn raw(&mut self, xml: &str) {
        self.buffer.push_str(xml);
    }

    /// Where the next character will stand.
    pub(super) fn position(&self) -> usize {
        self.buffer.len()
    }

    /// Puts well-formed XML at a position taken earlier.
    pub(super) fn insert(&mut self, position: usize, xml: &str) {
        self.buffer.insert_str(position, xml);
    }

    /// Closes everything and gives the text.
    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.buffer
    }

    fn tag(&mut self, name: &str, attributes: Atribut<'_>) {
        self.buffer.push('<');
        self.buffer.push_str(name);
        for (key, value) in attributes {
            self.buffer.push(' ');
            self.buffer.push_str(key);
            self.buffer.push_str("=\"");
            push_escaped(&mut self.buffer, &value.to_string());
            self.buffer.push('"');
        }
    }
}

/// Appends text with markup escaped and without the characters that XML 1.0 has no place for. Line breaks and tabs
/// become references, because in attributes a parser would turn them into spaces.
fn push_escaped(buffer: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => buffer.push_str("&amp;"),
            '<' => buffer.push_str("&lt;"),
            '>' => buffer.push_str("&gt;"),
            '"' => buffer.push_str("&quot;"),
            '\t' => buffer.push_str("&#9;"),
            '\n' => buffer.push_str("&#10;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => buffer.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped_and_forbidden_characters_are_dropped() {
        let mut xml = Xml::default();
        xml.element("a", &[("b", &"\"<&>\"\n")], "1 < 2 & \u{0}\u{8}\u{1b}\u{fffe}\u{ffff}\r'x'\u{1f600}");
        assert_eq!(xml.finish(), "<a b=\"&quot;&lt;&amp;&gt;&quot;&#10;\">1 &lt; 2 &amp; 'x'\u{1f600}</a>");
    }

    #[test]
    fn open_elements_are_closed_in_order() {
        let mut xml = Xml::default();
        xml.open("a", &[]);
        xml.open("b", &[("n", &1)]);
        xml.leaf("c", &[]);
        assert_eq!(xml.finish(), "<a><b n=\"1\"><c/></b></a>");
    }
}

//! Where `go.yaml.in/yaml/v2`, which Kubernetes reads YAML with, differs from libyaml, which both it and our parser are ports of.
//!
//! | text | `go.yaml.in/yaml/v2` | our parser | done here |
//! |---|---|---|---|
//! | `"\'"` | an apostrophe | an unknown escape | [`Dialect::adapt`] |
//! | `"\/"` | an unknown escape | a slash | [`unknown_escape`] |
//! | `[a?b]` | the `?` ends `a` and is a mistake | one text | [`ends_plain`] |
//! | `[a:, b]`, `{a:}` | the colon belongs to `a:` | a mistake | [`Dialect::adapt`] |
//! | a byte order mark that begins a line | a character of what follows | skipped | [`Dialect::new`] |
//!
//! Left as it is, because nobody writes it: a key of 1,024 characters may have no more bytes than that here; a comma or
//! bracket right behind a tag (`[!!str, a]`) belongs to the tag there and is a mistake here; versions in `%YAML` lines may have
//! more digits here.

use std::borrow::Cow;

use super::read::ReadError;

/// A chunk of a text, written so that the parser reads it as Kubernetes does. What is replaced is replaced by characters of
/// the same length that the chunk has nowhere else, so that all places stay the same and [`Dialect::restore`] can tell them.
pub(super) struct Dialect<'t> {
    text: Cow<'t, str>,
    replaced: Vec<(char, &'static str)>,
}

/// What the parser says of a colon in brackets.
const UNEXPECTED_COLON: &str = "found unexpected ':'";

/// What both say of an escape that they do not know.
pub(super) const UNKNOWN_ESCAPE: &str = "found unknown escape character";

/// Characters of one byte that mean nothing to the parser inside of a text.
const STAND_INS: [char; 10] = ['^', ';', '~', '=', '+', '$', '(', ')', '<', '_'];

impl<'t> Dialect<'t> {
    /// The chunk `text` as it is, apart from byte order marks that begin a line.
    pub(super) fn new(text: &'t str) -> Self {
        let mut dialect = Self { text: text.into(), replaced: Vec::new() };
        if text.contains(MARK) {
            dialect.replace_marks();
        }
        dialect
    }

    /// The text to read.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Rewrites what the parser stumbled over; false if `error` is a mistake to Kubernetes as well.
    pub(super) fn adapt(&mut self, error: &ReadError) -> bool {
        match error.problem {
            UNEXPECTED_COLON => self.replace_colons(),
            UNKNOWN_ESCAPE if self.text[error.offset..].starts_with("\\'") => self.replace_escapes(error.offset),
            _ => false,
        }
    }

    /// The text of a scalar as the chunk has it.
    pub(super) fn restore(&self, text: String) -> String {
        self.replaced
            .iter()
            .fold(text, |text, (stand_in, meant)| if text.contains(*stand_in) { text.replace(*stand_in, meant) } else { text })
    }

    fn replace_marks(&mut self) {
        const PRIVATE: std::ops::RangeInclusive<char> = '\u{e000}'..='\u{e01f}';
        let Some(stand_in) = PRIVATE.into_iter().find(|character| !self.text.contains(*character)) else { return };
        let mut before = '\n';
        let replaced: String = self
            .text
            .chars()
            .map(|character| {
                let begins_line = super::line_breaks::is_line_break(before);
                before = character;
                if character == MARK && begins_line { stand_in } else { character }
            })
            .collect();
        self.text = replaced.into();
        self.replaced.push((stand_in, "\u{feff}"));
    }

    /// Replaces the colons that end a plain scalar in brackets.
    fn replace_colons(&mut self) -> bool {
        let is_in_plain = |(at, _): &(usize, &str)| {
            let before = self.text[..*at].chars().next_back();
            before.is_some_and(|before| !before.is_whitespace() && !"\"'[]{},:?".contains(before))
                && self.text[at + 1..].starts_with([',', ']', '}'])
        };
        let colons: Vec<_> = self.text.match_indices(':').filter(is_in_plain).map(|(at, _)| at).collect();
        self.replace(&colons, ":")
    }

    /// Replaces the backslashes before apostrophes in the double quotes around the byte `at`, from there on.
    fn replace_escapes(&mut self, at: usize) -> bool {
        let mut backslashes = Vec::new();
        let mut rest = self.text[at..].char_indices();
        while let Some((offset, character)) = rest.next() {
            match character {
                '"' => break,
                '\\' => match rest.next() {
                    Some((_, '\'')) => backslashes.push(at + offset),
                    Some(_) => {}
                    None => break,
                },
                _ => {}
            }
        }
        self.replace(&backslashes, "")
    }

    /// Puts a stand-in at the bytes `places`, which means `meant`; false if there is none to be had.
    fn replace(&mut self, places: &[usize], meant: &'static str) -> bool {
        let known = self.replaced.iter().find(|(_, other)| *other == meant).map(|(stand_in, _)| *stand_in);
        let Some(stand_in) = known.or_else(|| STAND_INS.into_iter().find(|character| !self.text.contains(*character))) else {
            return false;
        };
        if places.is_empty() {
            return false;
        }
        let mut text = String::with_capacity(self.text.len());
        let mut from = 0;
        for place in places {
            text.push_str(&self.text[from..*place]);
            text.push(stand_in);
            from = place + 1;
        }
        text.push_str(&self.text[from..]);
        self.text = text.into();
        if known.is_none() {
            self.replaced.push((stand_in, meant));
        }
        true
    }
}

const MARK: char = '\u{feff}';

/// Where in `written`, a scalar with its double quotes, an escape stands that Kubernetes does not know and the parser does.
pub(super) fn unknown_escape(written: &str) -> Option<usize> {
    if !written.contains("\\/") {
        return None;
    }
    let mut characters = written.char_indices();
    while let Some((at, character)) = characters.next() {
        if character == '\\' && characters.next().is_some_and(|(_, escaped)| escaped == '/') {
            return Some(at);
        }
    }
    None
}

/// Where in `written`, a plain scalar in brackets, a character stands that ends it for Kubernetes and not for the parser.
pub(super) fn ends_plain(written: &str) -> Option<usize> {
    written.find('?')
}

#[cfg(test)]
mod tests {
    use crate::yaml;
    use serde_json::{Value, json};

    fn value(text: &str) -> Value {
        yaml::parse(text).unwrap().remove(0).value
    }

    fn error(text: &str) -> String {
        yaml::parse(text).unwrap_err().to_string()
    }

    #[test]
    fn an_apostrophe_may_be_escaped() {
        assert_eq!(value(r#"a: ["it\'s \'", "\\'", '\', "^\'"]"#), json!({"a": ["it's '", "\\'", "\\", "^'"]}));
        let many = format!("a: \"{}\"\n", r"\'^;".repeat(10_000));
        assert_eq!(value(&many)["a"].as_str().map(str::len), Some(30_000));
        assert!(error(r#"a: "\'^;~=+$()<_""#).contains("escape"));
    }

    #[test]
    fn a_slash_may_not_be_escaped_outside_of_json() {
        assert!(
            error("b: 1\na: \"x\\/\"").starts_with("line 2, column 6: found unknown escape character"),
            "{}",
            error("a: \"x\\/\"")
        );
        assert_eq!(value(r#"a: "\\/""#), json!({"a": "\\/"}));
    }

    #[test]
    fn a_question_mark_ends_a_text_in_brackets() {
        assert!(
            error("a: [b, c?d]").starts_with("line 1, column 9: did not find expected ',' or ']'"),
            "{}",
            error("a: [b, c?d]")
        );
        assert_eq!(value("a: b?c\nd: ['?', {? e: f}]"), json!({"a": "b?c", "d": ["?", {"e": "f"}]}));
    }

    #[test]
    fn a_colon_may_end_a_text_in_brackets() {
        assert_eq!(
            value("a: [b:, c:]\nd: {e:}\nf: [\"g:,\", h]"),
            json!({"a": ["b:", "c:"], "d": {"e:": null}, "f": ["g:,", "h"]})
        );
        assert!(error("a: [b:[]]").contains("':'"));
    }

    #[test]
    fn a_byte_order_mark_is_a_character() {
        assert_eq!(value("a: \u{feff}b\u{feff}\n\u{feff}c: 1\n"), json!({"a": "\u{feff}b\u{feff}", "\u{feff}c": 1}));
        assert_eq!(yaml::parse("a: 1\n---\n\u{feff}b: 2").unwrap()[1].value, json!({"b": 2}));
    }
}

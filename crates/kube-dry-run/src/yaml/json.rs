//! JSON, one object after the other, as `encoding/json` of Go reads it for kubectl.
//!
//! The nodes are those of YAML in brackets, so that both are built into documents in one way; what JSON's texts mean is
//! resolved here: `"\/"`, and pairs such as `\ud83d\ude80`, are none of YAML's.

use super::budget::too_many_nodes;
use super::chunks::Chunk;
use super::line_breaks::advance;
use super::node::{Entry, Layout, Node, NodeKind, ScalarStyle, exact};
use super::{MAX_DEPTH, MAX_DOCUMENT_NODES, Position, SyntaxError};

/// Reads the objects of a text.
#[derive(Clone, Debug)]
pub(super) struct JsonReader<'t> {
    text: Chunk<'t>,
    /// The byte of `text` that comes next.
    next: usize,
    /// Where that is.
    here: Position,
    /// How many nodes the object that is being read has.
    nodes: usize,
}

/// Why the text is no JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct JsonError {
    /// Where, and in which words.
    pub(super) error: SyntaxError,
    /// The byte of the text at which that is.
    pub(super) offset: usize,
    /// False if it may be YAML: kubectl takes a text that begins with `{` and is no JSON for YAML. True of what is JSON in the
    /// eyes of its author and mistaken, such as `{'a': 1}` or `{"a": 1,}`, which kubectl reads since 1.33 only.
    pub(super) is_certain: bool,
}

type Read<T> = Result<T, JsonError>;

impl<'t> JsonReader<'t> {
    /// A reader of `text`.
    pub(super) fn new(text: Chunk<'t>) -> Self {
        Self { text, next: 0, here: Position { line: text.lines_before + 1, column: 1 }, nodes: 0 }
    }

    /// What is left of the text, behind the blanks that come next; `None` at its end.
    pub(super) fn rest(&mut self) -> Option<Chunk<'t>> {
        self.skip_blanks();
        let rest =
            Chunk { text: &self.text.text[self.next..], start: self.text.start + self.next, lines_before: self.here.line - 1 };
        (!rest.text.is_empty()).then_some(rest)
    }

    /// Where the reader is.
    pub(super) fn position(&self) -> Position {
        self.here
    }

    /// The object that comes next.
    ///
    /// # Errors
    /// It is none, or it is mistaken.
    pub(super) fn object(&mut self) -> Read<Node> {
        self.skip_blanks();
        self.nodes = 0;
        match self.peek() {
            Some('{') => self.value(0),
            _ => {
                Err(self
                    .certain("expected a JSON object here, as the text begins with one: put `---` on a line between documents"))
            }
        }
    }

    fn value(&mut self, depth: usize) -> Read<Node> {
        self.skip_blanks();
        let (start, at) = (self.next, self.here);
        let out_of_bounds = |error| Err(JsonError { error, offset: start, is_certain: true });
        self.nodes += 1;
        let kind = match self.peek() {
            _ if self.nodes > MAX_DOCUMENT_NODES => return out_of_bounds(too_many_nodes(at)),
            Some('{' | '[') if depth >= MAX_DEPTH => return out_of_bounds(SyntaxError::too_deep(at)),
            Some('{') => NodeKind::Mapping { layout: Layout::Flow, entries: self.entries(depth + 1)? },
            Some('[') => NodeKind::Sequence { layout: Layout::Flow, items: self.items(depth + 1)? },
            Some('"') => NodeKind::Scalar { style: ScalarStyle::DoubleQuoted, text: self.string()? },
            Some('-' | '0'..='9') => self.plain(number_length)?,
            Some('t' | 'f' | 'n') => self.plain(word_length)?,
            Some('\'') => return Err(self.certain(SINGLE_QUOTE)),
            Some('|' | '>') => return Err(self.certain("a block of text may not stand inside of brackets")),
            _ => return Err(self.uncertain("expected a value here")),
        };
        Ok(Node { kind, span: self.text.start + start..self.text.start + self.next, at, properties: None })
    }

    fn entries(&mut self, depth: usize) -> Read<Vec<Entry>> {
        let mut entries = Vec::new();
        self.take('{');
        self.skip_blanks();
        if self.take('}') {
            return Ok(entries);
        }
        loop {
            self.skip_blanks();
            match self.peek() {
                Some('"') => {}
                Some('\'') => return Err(self.certain(SINGLE_QUOTE)),
                Some('}') => return Err(self.certain(LAST_COMMA)),
                _ => return Err(self.uncertain("expected a key in double quotes here")),
            }
            let key = self.value(depth)?;
            self.skip_blanks();
            if self.next + self.text.start - key.span.start > MAX_KEY_LENGTH {
                return Err(self.certain("the key that ends here is longer than 1024 characters"));
            }
            if !self.take(':') {
                return Err(self.uncertain("expected a `:` after this key"));
            }
            entries.push(Entry { key, value: self.value(depth)? });
            self.skip_blanks();
            if self.take('}') {
                return Ok(exact(entries));
            }
            if !self.take(',') {
                return Err(self.uncertain("expected a `,` or a `}` here"));
            }
        }
    }

    fn items(&mut self, depth: usize) -> Read<Vec<Node>> {
        let mut items = Vec::new();
        self.take('[');
        self.skip_blanks();
        if self.take(']') {
            return Ok(items);
        }
        loop {
            self.skip_blanks();
            if self.peek() == Some(']') {
                return Err(self.certain(LAST_COMMA));
            }
            items.push(self.value(depth)?);
            self.skip_blanks();
            if self.take(']') {
                return Ok(exact(items));
            }
            if !self.take(',') {
                return Err(self.uncertain("expected a `,` or a `]` here"));
            }
        }
    }

    /// A number, or `true`, `false` or `null`; their length is that of what comes next.
    fn plain(&mut self, length: fn(&str) -> Option<usize>) -> Read<NodeKind> {
        let Some(length) = length(self.ahead()) else { return Err(self.uncertain("expected a value here")) };
        let text = self.ahead()[..length].to_owned();
        self.skip(length);
        Ok(NodeKind::Scalar { style: ScalarStyle::Plain, text })
    }

    fn string(&mut self) -> Read<String> {
        let mut text = String::new();
        self.take('"');
        loop {
            let length = self.ahead().find(|character: char| matches!(character, '"' | '\\' | '\0'..='\u{1f}'));
            text.push_str(&self.ahead()[..length.unwrap_or(self.ahead().len())]);
            self.skip(length.unwrap_or(self.ahead().len()));
            match self.peek() {
                Some('"') => {
                    self.take('"');
                    return Ok(text);
                }
                Some('\\') => text.push(self.escape()?),
                Some('\t') => return Err(self.certain("a tab may not stand in a JSON string: write \\t")),
                Some('\n' | '\r') => return Err(self.certain("a JSON string ends on its line: write \\n for a line break")),
                Some(_) => return Err(self.certain("a control character may not stand in a JSON string: write an escape")),
                None => return Err(self.uncertain("the quote that opens here is never closed")),
            }
        }
    }

    /// The character that an escape stands for. Half of a pair is none, as for YAML; kubectl makes a replacement character of it.
    fn escape(&mut self) -> Read<char> {
        let ahead = self.ahead();
        let simple = match ahead.as_bytes().get(1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.code_point(),
            _ => return Err(self.uncertain("found unknown escape character")),
        };
        self.skip(2);
        Ok(simple)
    }

    fn code_point(&mut self) -> Read<char> {
        let unit = |at: usize| {
            let digits = self.ahead().get(at..at + 6)?.strip_prefix("\\u")?;
            digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
        };
        let Some(first) = unit(0) else { return Err(self.uncertain("expected four hexadecimal digits behind `\\u`")) };
        let pair = unit(6).and_then(|second| char::decode_utf16([first, second]).next()?.ok());
        let (character, length) = match (char::from_u32(first.into()), pair) {
            (Some(character), _) => (character, 6),
            (None, Some(character)) => (character, 12),
            (None, None) => {
                return Err(self.certain("an escape such as \\ud83d is half of a character: the other half must follow"));
            }
        };
        self.skip(length);
        Ok(character)
    }

    fn ahead(&self) -> &'t str {
        &self.text.text[self.next..]
    }

    fn peek(&self) -> Option<char> {
        self.ahead().chars().next()
    }

    /// Takes `expected` if it comes next.
    fn take(&mut self, expected: char) -> bool {
        let is_next = self.ahead().starts_with(expected);
        if is_next {
            self.skip(expected.len_utf8());
        }
        is_next
    }

    fn skip_blanks(&mut self) {
        let ahead = self.ahead();
        self.skip(ahead.len() - ahead.trim_start_matches([' ', '\t', '\r', '\n']).len());
    }

    fn skip(&mut self, length: usize) {
        self.here = advance(self.here, &self.ahead()[..length]);
        self.next += length;
    }

    fn certain(&self, message: &str) -> JsonError {
        JsonError { is_certain: true, ..self.uncertain(message) }
    }

    fn uncertain(&self, message: &str) -> JsonError {
        JsonError { error: SyntaxError::new(self.here, message), offset: self.next, is_certain: false }
    }
}

/// How many bytes a key may have, as for YAML.
const MAX_KEY_LENGTH: usize = 1024;

const SINGLE_QUOTE: &str = "a JSON string stands in double quotes";
const LAST_COMMA: &str = "a `,` may not stand behind the last value of JSON: leave it out";

/// The length of the number that `text` begins with.
fn number_length(text: &str) -> Option<usize> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut length = usize::from(text.starts_with('-'));
    let whole = if text[length..].starts_with('0') { 1 } else { digits(&text[length..]) };
    length += (whole > 0).then_some(whole)?;
    if text[length..].starts_with('.') {
        let fraction = digits(&text[length + 1..]);
        length += (fraction > 0).then_some(fraction + 1)?;
    }
    if text[length..].starts_with(['e', 'E']) {
        let sign = usize::from(text[length + 1..].starts_with(['+', '-']));
        let power = digits(&text[length + 1 + sign..]);
        length += (power > 0).then_some(power + sign + 1)?;
    }
    Some(length)
}

fn word_length(text: &str) -> Option<usize> {
    ["true", "false", "null"].into_iter().find(|word| text.starts_with(word)).map(str::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Read<Node> {
        JsonReader::new(Chunk::of_text(text)).object()
    }

    fn text_of(json: &str) -> String {
        let NodeKind::Mapping { mut entries, .. } = read(&format!("{{\"a\": {json}}}")).unwrap().kind else { panic!() };
        let NodeKind::Scalar { text, .. } = entries.remove(0).value.kind else { panic!() };
        text
    }

    #[test]
    fn texts_have_the_escapes_of_json() {
        for (json, expected) in [
            (r#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
            (r#""\ud83d\ude80 \u0041""#, "🚀 A"),
            ("\"\u{feff}\u{2028} \u{85}\"", "\u{feff}\u{2028} \u{85}"),
        ] {
            assert_eq!(text_of(json), expected);
        }
    }

    #[test]
    fn numbers_and_words_stay_as_they_are_written() {
        for json in ["0", "-0", "1.50", "-12e+03", "1E400", "true", "false", "null"] {
            assert_eq!(text_of(json), json);
        }
    }

    #[test]
    fn every_node_has_its_place() {
        let text = " {\"ä\":\r\n [1,\t{}] }";
        let root = read(text).unwrap();
        assert_eq!((&text[root.span.clone()], root.at), (&text[1..], Position { line: 1, column: 2 }));
        let NodeKind::Mapping { entries, .. } = root.kind else { panic!() };
        assert_eq!(entries[0].key.at, Position { line: 1, column: 3 });
        let NodeKind::Sequence { items, .. } = &entries[0].value.kind else { panic!() };
        assert_eq!((&text[items[1].span.clone()], items[1].at), ("{}", Position { line: 2, column: 6 }));
    }

    #[test]
    fn mistakes_have_places() {
        for (text, is_certain, expected) in [
            ("{'a': 1}", true, "line 1, column 2: a JSON string stands in double quotes"),
            ("{\"a\": 'b'}", true, "line 1, column 7: a JSON string stands in double quotes"),
            ("{\"a\": 1,\n}", true, "line 2, column 1: a `,` may not stand behind the last value"),
            ("{\"a\": [1,]}", true, "line 1, column 10: a `,` may not stand behind the last value"),
            ("{\"a\": \"\t\"}", true, "line 1, column 8: a tab may not stand in a JSON string"),
            ("{\"a\": \"x\ny\"}", true, "line 1, column 9: a JSON string ends on its line"),
            ("{\"a\": \"\u{1}\"}", true, "line 1, column 8: a control character"),
            ("{\"a\": |\n b}", true, "line 1, column 7: a block of text"),
            ("{\"a\": \"\\ud83d \\ude80\"}", true, "line 1, column 8: an escape such as"),
            ("[]", true, "line 1, column 1: expected a JSON object here"),
            ("{a: 1}", false, "line 1, column 2: expected a key in double quotes"),
            ("{\"a\" 1}", false, "line 1, column 6: expected a `:`"),
            ("{\"a\": ~}", false, "line 1, column 7: expected a value here"),
            ("{\"a\": 01}", false, "line 1, column 8: expected a `,` or a `}`"),
            ("{\"a\": [1 2]}", false, "line 1, column 10: expected a `,` or a `]`"),
            ("{\"a\": -x}", false, "line 1, column 7: expected a value here"),
            ("{\"a\": \"\\x\"}", false, "line 1, column 8: found unknown escape"),
            ("{\"a\": \"\\u00g0\"}", false, "line 1, column 8: expected four hexadecimal"),
            ("{\"a\": \"b", false, "line 1, column 9: the quote"),
            ("{\"a\": 1", false, "line 1, column 8: expected a `,`"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.error.to_string().starts_with(expected), "{text}: {}", error.error);
            assert_eq!(error.is_certain, is_certain, "{text}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |depth: usize| format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
        assert!(read(&nested(MAX_DEPTH)).is_ok());
        assert!(read(&nested(MAX_DEPTH + 1)).unwrap_err().error.message.contains("nested"));
        assert!(read(&"{\"a\":[".repeat(100_000)).unwrap_err().is_certain);
    }
}

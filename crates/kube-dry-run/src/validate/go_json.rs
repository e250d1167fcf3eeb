//! JSON inside of a text, with the words that Go finds for its mistakes.
//!
//! Follows `checkValid` and `scanner` of Go's `encoding/json` (`scanner.go`).

use super::super::go_text;

/// How many arrays and objects may stand inside each other.
const MAX_DEPTH: usize = 10_000;

/// Where the scanner is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    BeginValue,
    BeginValueOrEmpty,
    BeginKey,
    BeginKeyOrEmpty,
    EndValue,
    EndTop,
    InString,
    InEscape,
    /// How many hexadecimal digits are still to come.
    InUnicodeEscape(u8),
    Negative,
    Zero,
    Digits,
    Point,
    Fraction,
    Exponent,
    ExponentSign,
    ExponentDigits,
    /// A word, and how many bytes of it there were.
    InWord(&'static str, usize),
}

/// What is open around the scanner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Key,
    Value,
    Item,
}

struct Scanner {
    state: State,
    open: Vec<Open>,
}

/// Nothing if `text` is JSON; otherwise Go's words for what it is not.
fn check(text: &str) -> Result<(), String> {
    let mut scanner = Scanner { state: State::BeginValue, open: Vec::new() };
    text.bytes().try_for_each(|byte| scanner.step(byte))?;
    // Go gives a blank to what still waits at the end.
    if scanner.state != State::EndTop {
        scanner.step(b' ')?;
    }
    if scanner.state == State::EndTop { Ok(()) } else { Err("unexpected end of JSON input".to_owned()) }
}

impl Scanner {
    fn step(&mut self, byte: u8) -> Result<(), String> {
        let is_blank = matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
        self.state = match (self.state, byte) {
            (State::BeginValue | State::BeginValueOrEmpty | State::BeginKey | State::BeginKeyOrEmpty | State::EndTop, _)
                if is_blank =>
            {
                self.state
            }
            (State::BeginValueOrEmpty, b']') | (State::BeginKeyOrEmpty, b'}') => self.close(),
            (State::BeginValue | State::BeginValueOrEmpty, _) => self.begin_value(byte)?,
            (State::BeginKey | State::BeginKeyOrEmpty, b'"')
            | (State::InEscape, b'b' | b'f' | b'n' | b'r' | b't' | b'\\' | b'/' | b'"') => State::InString,
            (State::BeginKey | State::BeginKeyOrEmpty, _) => return wrong(byte, "looking for beginning of object key string"),
            (State::InString, b'"') => State::EndValue,
            (State::InString, b'\\') => State::InEscape,
            (State::InString, 0..0x20) => return wrong(byte, "in string literal"),
            (State::InString, _) => State::InString,
            (State::InEscape, b'u') => State::InUnicodeEscape(4),
            (State::InEscape, _) => return wrong(byte, "in string escape code"),
            (State::InUnicodeEscape(1), _) if byte.is_ascii_hexdigit() => State::InString,
            (State::InUnicodeEscape(left), _) if byte.is_ascii_hexdigit() => State::InUnicodeEscape(left - 1),
            (State::InUnicodeEscape(_), _) => return wrong(byte, "in \\u hexadecimal character escape"),
            (State::Negative, b'0') => State::Zero,
            (State::Negative, b'1'..=b'9') | (State::Digits, b'0'..=b'9') => State::Digits,
            (State::Negative, _) => return wrong(byte, "in numeric literal"),
            (State::Zero | State::Digits, b'.') => State::Point,
            (State::Zero | State::Digits | State::Fraction, b'e' | b'E') => State::Exponent,
            (State::Point | State::Fraction, b'0'..=b'9') => State::Fraction,
            (State::Point, _) => return wrong(byte, "after decimal point in numeric literal"),
            (State::Exponent, b'+' | b'-') => State::ExponentSign,
            (State::Exponent | State::ExponentSign | State::ExponentDigits, b'0'..=b'9') => State::ExponentDigits,
            (State::Exponent | State::ExponentSign, _) => return wrong(byte, "in exponent of numeric literal"),
            (State::InWord(word, at), _) if word.as_bytes()[at] != byte => {
                let context = format!("in literal {word} (expecting '{}')", char::from(word.as_bytes()[at]));
                return wrong(byte, &context);
            }
            (State::InWord(word, at), _) if at + 1 == word.len() => State::EndValue,
            (State::InWord(word, at), _) => State::InWord(word, at + 1),
            (State::EndTop, _) => return wrong(byte, "after top-level value"),
            (State::EndValue | State::Zero | State::Digits | State::Fraction | State::ExponentDigits, _) => {
                self.end_value(byte, is_blank)?
            }
        };
        Ok(())
    }

    fn begin_value(&mut self, byte: u8) -> Result<State, String> {
        Ok(match byte {
            b'{' => self.open(Open::Key, State::BeginKeyOrEmpty)?,
            b'[' => self.open(Open::Item, State::BeginValueOrEmpty)?,
            b'"' => State::InString,
            b'-' => State::Negative,
            b'0' => State::Zero,
            b'1'..=b'9' => State::Digits,
            b't' => State::InWord("true", 1),
            b'f' => State::InWord("false", 1),
            b'n' => State::InWord("null", 1),
            _ => return wrong(byte, "looking for beginning of value"),
        })
    }

    fn open(&mut self, open: Open, state: State) -> Result<State, String> {
        if self.open.len() == MAX_DEPTH {
            return Err("exceeded max depth".to_owned());
        }
        self.open.push(open);
        Ok(state)
    }

    fn close(&mut self) -> State {
        self.open.pop();
        if self.open.is_empty() { State::EndTop } else { State::EndValue }
    }

    /// What follows a value.
    fn end_value(&mut self, byte: u8, is_blank: bool) -> Result<State, String> {
        let Some(open) = self.open.last_mut() else {
            return if is_blank { Ok(State::EndTop) } else { wrong(byte, "after top-level value") };
        };
        Ok(match (*open, byte) {
            _ if is_blank => State::EndValue,
            (Open::Key, b':') => {
                *open = Open::Value;
                State::BeginValue
            }
            (Open::Key, _) => return wrong(byte, "after object key"),
            (Open::Value, b',') => {
                *open = Open::Key;
                State::BeginKey
            }
            (Open::Item, b',') => State::BeginValue,
            (Open::Value, b'}') | (Open::Item, b']') => self.close(),
            (Open::Value, _) => return wrong(byte, "after object key:value pair"),
            (Open::Item, _) => return wrong(byte, "after array element"),
        })
    }
}

/// A value of a text that is JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Raw<'t>(&'t str);

impl<'t> Raw<'t> {
    /// The value that `text` is.
    ///
    /// # Errors
    /// Go's words for what it is not.
    pub(super) fn new(text: &'t str) -> Result<Self, String> {
        check(text)?;
        Ok(Self(text.trim_matches(BLANKS)))
    }

    /// What Go calls the type of the value in its errors.
    pub(super) fn type_name(self) -> &'static str {
        match self.0.as_bytes().first() {
            Some(b'{') => "object",
            Some(b'[') => "array",
            Some(b'"') => "string",
            Some(b't' | b'f') => "bool",
            Some(b'n') => "null",
            _ => "number",
        }
    }

    /// The value as it is written.
    pub(super) fn as_written(self) -> &'t str {
        self.0
    }

    /// The text that a string stands for.
    pub(super) fn to_text(self) -> String {
        serde_json::from_str(self.0).unwrap_or_else(|_| self.0.trim_matches('"').to_owned())
    }

    /// The items of an array, or the keys and values of an object in turn.
    pub(super) fn parts(self) -> impl Iterator<Item = Self> {
        let mut rest = self.0.get(1..self.0.len().saturating_sub(1)).unwrap_or_default();
        std::iter::from_fn(move || {
            rest = rest.trim_start_matches([' ', '\t', '\r', '\n', ',', ':']);
            let (part, behind) = rest.split_at(value_length(rest));
            rest = behind;
            (!part.is_empty()).then_some(Self(part))
        })
    }
}

const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

/// The length of the value that `text` begins with.
fn value_length(text: &str) -> usize {
    let (mut depth, mut is_string, mut is_escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_string => is_escaped = true,
            b'"' => is_string = !is_string,
            _ if is_string => continue,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' if depth == 0 => return at,
            _ => continue,
        }
        if depth == 0 && !is_string && matches!(byte, b'"' | b'}' | b']') {
            return at + 1;
        }
    }
    text.len()
}

/// Go takes each byte for a character.
fn wrong<T>(byte: u8, context: &str) -> Result<T, String> {
    let shown = match byte {
        b'\'' => "\\'".to_owned(),
        b'"' => "\"".to_owned(),
        _ => go_text::quoted(&char::from(byte).to_string()).trim_matches('"').to_owned(),
    };
    Err(format!("invalid character '{shown}' {context}"))
}

#[cfg(test)]
mod tests {
    use super::{Raw, check};

    #[test]
    fn json_is_json() {
        for text in
            ["1", " -0.5e+10 ", "[]", "{}", "[1, {\"a\": [null, true], \"\\u00e9\\n\": false}, -1E5]", "\"ä\"", "0", "[\n]"]
        {
            assert_eq!(check(text), Ok(()), "{text}");
        }
        assert_eq!(check(&("[".repeat(10_000) + &"]".repeat(10_000))), Ok(()));
    }

    #[test]
    fn mistakes_have_the_words_of_go() {
        for (text, words) in [
            (" ", "unexpected end of JSON input"),
            ("[", "unexpected end of JSON input"),
            ("[1", "unexpected end of JSON input"),
            ("{\"a", "unexpected end of JSON input"),
            ("{\"a\"", "unexpected end of JSON input"),
            ("{\"a\":", "unexpected end of JSON input"),
            ("01", "invalid character '1' after top-level value"),
            ("{} x", "invalid character 'x' after top-level value"),
            ("[1 2]", "invalid character '2' after array element"),
            ("[1,]", "invalid character ']' looking for beginning of value"),
            ("[,", "invalid character ',' looking for beginning of value"),
            ("'a'", "invalid character '\\'' looking for beginning of value"),
            ("ä", "invalid character 'Ã' looking for beginning of value"),
            ("\u{0}", "invalid character '\\x00' looking for beginning of value"),
            ("{a: 1}", "invalid character 'a' looking for beginning of object key string"),
            ("{\"a\": 1,}", "invalid character '}' looking for beginning of object key string"),
            ("{\"a\" 1}", "invalid character '1' after object key"),
            ("{\"a\": 1 \"b\"", "invalid character '\"' after object key:value pair"),
            ("\"a\nb\"", "invalid character '\\n' in string literal"),
            ("\"\\x\"", "invalid character 'x' in string escape code"),
            ("\"\\u00g0\"", "invalid character 'g' in \\u hexadecimal character escape"),
            ("-", "invalid character ' ' in numeric literal"),
            ("-a", "invalid character 'a' in numeric literal"),
            ("1.", "invalid character ' ' after decimal point in numeric literal"),
            ("1.x", "invalid character 'x' after decimal point in numeric literal"),
            ("1e", "invalid character ' ' in exponent of numeric literal"),
            ("1e+]", "invalid character ']' in exponent of numeric literal"),
            ("tru", "invalid character ' ' in literal true (expecting 'e')"),
            ("fx", "invalid character 'x' in literal false (expecting 'a')"),
            ("nulL", "invalid character 'L' in literal null (expecting 'l')"),
        ] {
            assert_eq!(check(text), Err(words.to_owned()), "{text}");
        }
        assert_eq!(check(&"[".repeat(10_001)), Err("exceeded max depth".to_owned()));
    }

    #[test]
    fn values_have_parts() {
        let parts = |text| Raw::new(text).unwrap().parts().map(Raw::as_written).collect::<Vec<_>>();
        assert_eq!(parts("[]"), [""; 0]);
        assert_eq!(parts(r#" [1 , "a,\"]" ,[2,{}],null]"#), ["1", r#""a,\"]""#, "[2,{}]", "null"]);
        assert_eq!(parts(r#"{"a" : {"b":"}"} , "c":-1.5e3}"#), [r#""a""#, r#"{"b":"}"}"#, r#""c""#, "-1.5e3"]);
        assert_eq!(Raw::new(r#""\u0061\/""#).unwrap().to_text(), "a/");
        for (text, name) in
            [("{}", "object"), ("[]", "array"), ("\"\"", "string"), ("true", "bool"), ("null", "null"), ("-1", "number")]
        {
            assert_eq!(Raw::new(text).unwrap().type_name(), name);
        }
    }

    proptest::proptest! {
        #[test]
        fn takes_what_serde_takes(text in "[-\\[\\]{}:, \"\\\\0-9.eEtrufalsn]{0,12}") {
            proptest::prop_assert_eq!(check(&text).is_ok(), serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok(), "{}", text);
        }
    }
}

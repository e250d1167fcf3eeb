//! What a plain scalar means to the API server.
//!
//! Follows `resolve` of `go.yaml.in/yaml/v2` (`resolve.go`) and what `sigs.k8s.io/yaml.YAMLToJSON` makes of its answer.

use saphyr_parser::{ScalarStyle, Tag};
use serde_json::{Number, Value};

const YAML_TAGS: &str = "tag:yaml.org,2002:";

/// The meaning of a scalar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Meaning {
    Null,
    Bool(bool),
    Integer(i64),
    Unsigned(u64),
    Float(f64),
    Text,
}

/// The value of a scalar of the text.
///
/// # Errors
/// What is wrong with it: a tag that its text does not fit, or a number that JSON has not.
pub(super) fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Result<Value, String> {
    let Some(tag) = tag else {
        return if style == ScalarStyle::Plain { value(plain(text), text) } else { Ok(text.into()) };
    };
    match yaml_tag(tag) {
        Some("binary") => binary(text),
        Some(kind @ ("bool" | "int" | "float" | "null" | "timestamp")) => {
            let meaning = plain(text);
            let fits = match meaning {
                Meaning::Null => kind == "null",
                Meaning::Bool(_) => kind == "bool",
                Meaning::Integer(_) => matches!(kind, "int" | "float"),
                Meaning::Unsigned(_) => kind == "int",
                Meaning::Float(_) => kind == "float",
                Meaning::Text => kind == "timestamp" && is_dated(text),
            };
            if fits { value(meaning, text) } else { Err(format!("`{text}` is not what its tag `!!{kind}` says")) }
        }
        _ => Ok(text.into()),
    }
}

/// The number or boolean, or null, that `text` is when it stands in YAML without quotes; `None` if it stays a text.
pub(crate) fn without_quotes(text: &str) -> Option<Value> {
    value(plain(text), text).ok().filter(|value| !value.is_string())
}

/// True if `text` is the key that merges other objects into its own.
pub(super) fn is_merge_key(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> bool {
    text == "<<" && tag.map_or(style == ScalarStyle::Plain, |tag| yaml_tag(tag) == Some("merge"))
}

/// True if `text` begins with a year, as all times of `parseTimestamp` do.
fn is_dated(text: &str) -> bool {
    text.bytes().take_while(u8::is_ascii_digit).count() == 4 && text.as_bytes().get(4) == Some(&b'-')
}

/// What `text` means when it stands in YAML without quotes and tag.
pub(super) fn plain(text: &str) -> Meaning {
    match text.as_bytes().first() {
        None => Meaning::Null,
        Some(b'+' | b'-' | b'0'..=b'9') => infinity(text).or_else(|| number(text)).unwrap_or(Meaning::Text),
        Some(b'.') => infinity(text).or_else(|| float(text)).unwrap_or(Meaning::Text),
        Some(b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~') => word(text),
        Some(_) => Meaning::Text,
    }
}

fn word(text: &str) -> Meaning {
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => Meaning::Bool(true),
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => Meaning::Bool(false),
        "~" | "null" | "Null" | "NULL" => Meaning::Null,
        _ => Meaning::Text,
    }
}

fn infinity(text: &str) -> Option<Meaning> {
    match text {
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Some(Meaning::Float(f64::INFINITY)),
        "-.inf" | "-.Inf" | "-.INF" => Some(Meaning::Float(f64::NEG_INFINITY)),
        ".nan" | ".NaN" | ".NAN" => Some(Meaning::Float(f64::NAN)),
        _ => None,
    }
}

fn number(text: &str) -> Option<Meaning> {
    let stripped;
    let digits = if text.contains('_') {
        stripped = text.replace('_', "");
        &stripped
    } else {
        text
    };
    integer(digits).or_else(|| float(digits))
}

/// `strconv.ParseInt(text, 0, 64)`, then `strconv.ParseUint`: a leading zero means octal.
fn integer(text: &str) -> Option<Meaning> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (radix, digits) = match unsigned.as_bytes() {
        [b'0', b'x' | b'X', _, ..] => (16, &unsigned[2..]),
        [b'0', b'o' | b'O', _, ..] => (8, &unsigned[2..]),
        [b'0', b'b' | b'B', _, ..] => (2, &unsigned[2..]),
        [b'0', _, ..] => (8, &unsigned[1..]),
        _ => (10, unsigned),
    };
    if !digits.starts_with(|first: char| first.is_ascii_hexdigit()) {
        return None;
    }
    let magnitude = u64::from_str_radix(digits, radix).ok()?;
    let signed = i128::from(magnitude) * if text.starts_with('-') { -1 } else { 1 };
    match i64::try_from(signed) {
        Ok(integer) => Some(Meaning::Integer(integer)),
        Err(_) if unsigned.len() == text.len() => Some(Meaning::Unsigned(magnitude)),
        Err(_) => None,
    }
}

fn float(text: &str) -> Option<Meaning> {
    let decimal = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
    let float: f64 = text.parse().ok().filter(|_| decimal)?;
    float.is_finite().then_some(Meaning::Float(float))
}

fn value(meaning: Meaning, text: &str) -> Result<Value, String> {
    Ok(match meaning {
        Meaning::Null => Value::Null,
        Meaning::Bool(value) => value.into(),
        Meaning::Integer(value) => value.into(),
        Meaning::Unsigned(value) => value.into(),
        Meaning::Float(value) => json_number(value).ok_or_else(|| format!("`{text}` is a number that JSON does not have"))?,
        Meaning::Text => text.into(),
    })
}

/// The number as Go's JSON writer writes it, which gives a whole number below 10^21 no fraction, and no digits
/// that do not count: `80.0` is `80`, 2^64 is 18446744073709552000.
fn json_number(value: f64) -> Option<Value> {
    if value.fract() == 0.0 {
        let whole = value.to_string();
        if let Ok(integer) = whole.parse::<i64>() {
            return Some(integer.into());
        }
        if let Ok(integer) = whole.parse::<u64>() {
            return Some(integer.into());
        }
    }
    Number::from_f64(value).map(Value::Number)
}

fn binary(text: &str) -> Result<Value, String> {
    let joined = text.replace(['\n', '\r'], "");
    let bytes: k8s_openapi::ByteString =
        serde_json::from_value(joined.into()).map_err(|_| "a `!!binary` text that is not base64".to_owned())?;
    Ok(String::from_utf8_lossy(&bytes.0).into())
}

fn yaml_tag(tag: &Tag) -> Option<&str> {
    if tag.handle == YAML_TAGS { Some(&tag.suffix) } else { tag.suffix.strip_prefix(YAML_TAGS).filter(|_| tag.handle.is_empty()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(text: &str) -> Value {
        scalar(text, ScalarStyle::Plain, None).unwrap()
    }

    #[test]
    fn plain_scalars_mean_what_they_mean_to_the_api_server() {
        for (text, meant) in [
            ("", json!(null)),
            ("~", json!(null)),
            ("Null", json!(null)),
            ("nUll", json!("nUll")),
            ("y", json!(true)),
            ("On", json!(true)),
            ("oN", json!("oN")),
            ("NO", json!(false)),
            ("0", json!(0)),
            ("-0", json!(0)),
            ("-9223372036854775809", Value::Number(Number::from_f64(-9_223_372_036_854_775_808.0).unwrap())),
            ("+1", json!(1)),
            ("017", json!(15)),
            ("08", json!(8)),
            ("0o17", json!(15)),
            ("0x1F", json!(31)),
            ("-0x1f", json!(-31)),
            ("0b11", json!(3)),
            ("0x", json!("0x")),
            ("1_000", json!(1000)),
            ("-_1", json!(-1)),
            ("_1", json!("_1")),
            ("9223372036854775808", json!(9_223_372_036_854_775_808_u64)),
            ("-9223372036854775808", json!(i64::MIN)),
            ("1e3", json!(1000)),
            ("80.0", json!(80)),
            ("1.", json!(1)),
            (".5", json!(0.5)),
            ("-.5e1", json!(-5)),
            ("1e400", json!("1e400")),
            ("1.2.3", json!("1.2.3")),
            ("12:30:45", json!("12:30:45")),
            ("2024-01-01", json!("2024-01-01")),
            ("=", json!("=")),
            ("0xFFFFFFFFFFFFFFFFFF", json!("0xFFFFFFFFFFFFFFFFFF")),
            ("-+5", json!("-+5")),
            ("100m", json!("100m")),
        ] {
            assert_eq!(read(text), meant, "{text}");
        }
        assert_eq!(scalar("y", ScalarStyle::DoubleQuoted, None), Ok(json!("y")));
    }

    #[test]
    fn what_json_has_not_is_refused() {
        for text in [".inf", "-.INF", ".nan"] {
            assert!(scalar(text, ScalarStyle::Plain, None).is_err(), "{text}");
        }
    }

    #[test]
    fn tags_decide() {
        let tagged = |kind: &str, text: &str| {
            let tag = Tag { handle: YAML_TAGS.to_owned(), suffix: kind.to_owned() };
            scalar(text, ScalarStyle::SingleQuoted, Some(&tag))
        };
        assert_eq!(tagged("str", "1"), Ok(json!("1")));
        assert_eq!(tagged("int", "1"), Ok(json!(1)));
        assert_eq!(tagged("float", "1"), Ok(json!(1)));
        assert_eq!(tagged("bool", "on"), Ok(json!(true)));
        assert_eq!(tagged("binary", "aGV5\n"), Ok(json!("hey")));
        assert_eq!(tagged("own", "x"), Ok(json!("x")));
        assert!(tagged("int", "x").is_err());
        assert!(tagged("binary", "?").is_err());
    }
}

//! What a plain scalar means to the API server.
//!
//! Follows `resolve` of `go.yaml.in/yaml/v2` (`resolve.go`) and what `sigs.k8s.io/yaml.YAMLToJSON` makes of its answer.

use serde_json::{Number, Value};

use super::node::ScalarStyle;
use super::timestamp::is_timestamp;

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

/// What the `text` of a scalar means; `tag` is the whole tag in front of it.
///
/// # Errors
/// A tag that the text does not fit.
pub(super) fn meaning(text: &str, style: ScalarStyle, tag: Option<&str>) -> Result<Meaning, String> {
    let Some(tag) = tag else {
        return Ok(if style == ScalarStyle::Plain { plain(text) } else { Meaning::Text });
    };
    match tag.strip_prefix(YAML_TAGS) {
        Some(kind @ ("bool" | "int" | "float" | "null" | "timestamp")) => {
            tagged(text, kind).ok_or_else(|| format!("`{text}` is not what its tag `!!{kind}` says"))
        }
        _ => Ok(Meaning::Text),
    }
}

/// The text of a scalar, taken out of base64 if its `tag` says that it is such.
///
/// # Errors
/// It says so, and it is none.
pub(super) fn decoded(text: String, tag: Option<&str>) -> Result<String, String> {
    match tag.and_then(|tag| tag.strip_prefix(YAML_TAGS)) {
        Some("binary") => binary(&text),
        _ => Ok(text),
    }
}

/// What `text` means under the tag `!!kind`, if it fits.
fn tagged(text: &str, kind: &str) -> Option<Meaning> {
    if kind == "timestamp" {
        return is_timestamp(text).then_some(Meaning::Text);
    }
    match plain(text) {
        #[expect(clippy::cast_precision_loss, reason = "upstream keeps 64 bits of a number that is tagged as a fraction")]
        Meaning::Integer(integer) if kind == "float" => Some(Meaning::Float(integer as f64)),
        meaning => {
            let of_kind = match meaning {
                Meaning::Null => "null",
                Meaning::Bool(_) => "bool",
                Meaning::Integer(_) | Meaning::Unsigned(_) => "int",
                Meaning::Float(_) => "float",
                Meaning::Text => return None,
            };
            (kind == of_kind).then_some(meaning)
        }
    }
}

/// The number or boolean, or null, that `text` is when it stands in YAML without quotes; `None` if it stays a text.
pub(crate) fn without_quotes(text: &str) -> Option<Value> {
    value(plain(text), text).ok().flatten()
}

/// True if `text` is the key that merges other objects into its own.
pub(super) fn is_merge_key(text: &str, style: ScalarStyle, tag: Option<&str>) -> bool {
    let is_free = tag.map_or(style == ScalarStyle::Plain, |tag| tag == "!" || tag.strip_prefix(YAML_TAGS) == Some("merge"));
    text == "<<" && is_free
}

/// What `text` means when it stands in YAML without quotes and tag.
pub(super) fn plain(text: &str) -> Meaning {
    match text.as_bytes().first() {
        None => Meaning::Null,
        Some(b'+' | b'-' | b'0'..=b'9') => infinity(text).or_else(|| number(text)).unwrap_or(Meaning::Text),
        Some(b'.') => infinity(text).or_else(|| fraction(text)).unwrap_or(Meaning::Text),
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
    integer(digits).or_else(|| float(digits)).or_else(|| signed_binary(digits))
}

/// A number such as `0b-11`, whose sign upstream takes behind the prefix as well.
fn signed_binary(text: &str) -> Option<Meaning> {
    i64::from_str_radix(text.strip_prefix("0b")?, 2).ok().map(Meaning::Integer)
}

/// A number that begins with its point: `strconv.ParseFloat`, which takes a `_` between two digits.
fn fraction(text: &str) -> Option<Meaning> {
    let is_between = |(at, _): (usize, &str)| {
        let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        is_digit(text.as_bytes().get(at.wrapping_sub(1))) && is_digit(text.as_bytes().get(at + 1))
    };
    text.match_indices('_').all(is_between).then(|| float(&text.replace('_', "")))?
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

/// The value of `text`, which has that meaning; `None` if it is the text itself.
///
/// # Errors
/// A number that JSON does not have.
pub(super) fn value(meaning: Meaning, text: &str) -> Result<Option<Value>, String> {
    Ok(Some(match meaning {
        Meaning::Null => Value::Null,
        Meaning::Bool(value) => value.into(),
        Meaning::Integer(value) => value.into(),
        Meaning::Unsigned(value) => value.into(),
        Meaning::Float(value) => json_number(value).ok_or_else(|| format!("`{text}` is a number that JSON does not have"))?,
        Meaning::Text => return Ok(None),
    }))
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

/// The text whose bytes are written as base64; of what is not UTF-8 each byte becomes a replacement character, as in Go's JSON.
fn binary(text: &str) -> Result<String, String> {
    let joined = text.replace(['\n', '\r'], "");
    let bytes: k8s_openapi::ByteString =
        serde_json::from_value(joined.into()).map_err(|_| "a `!!binary` text that is not base64".to_owned())?;
    let mut text = String::with_capacity(bytes.0.len());
    for chunk in bytes.0.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(text: &str) -> Value {
        scalar(text, ScalarStyle::Plain, None).unwrap()
    }

    fn scalar(text: &str, style: ScalarStyle, tag: Option<&str>) -> Result<Value, String> {
        let text = decoded(text.to_owned(), tag)?;
        Ok(value(meaning(&text, style, tag)?, &text)?.unwrap_or_else(|| text.into()))
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
            ("0b-11", json!(-3)),
            ("-0b+1", json!("-0b+1")),
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
            (".5_0", json!(0.5)),
            ("._5", json!("._5")),
            (".5_", json!(".5_")),
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
        let tagged = |kind: &str, text: &str| scalar(text, ScalarStyle::SingleQuoted, Some(&format!("{YAML_TAGS}{kind}")));
        assert_eq!(tagged("str", "1"), Ok(json!("1")));
        assert_eq!(tagged("int", "1"), Ok(json!(1)));
        assert_eq!(tagged("float", "1"), Ok(json!(1)));
        assert_eq!(tagged("float", "9007199254740993"), Ok(json!(9_007_199_254_740_992_i64)));
        assert_eq!(tagged("bool", "on"), Ok(json!(true)));
        assert_eq!(tagged("timestamp", "2026-1-31"), Ok(json!("2026-1-31")));
        assert_eq!(tagged("binary", "aGV5\n"), Ok(json!("hey")));
        assert_eq!(tagged("own", "x"), Ok(json!("x")));
        assert_eq!(tagged("binary", "4oI="), Ok(json!("\u{fffd}\u{fffd}")));
        assert_eq!(scalar("1", ScalarStyle::Plain, Some("!")), Ok(json!("1")));
        assert!(is_merge_key("<<", ScalarStyle::DoubleQuoted, Some("!")));
        assert!(tagged("int", "x").is_err());
        assert!(tagged("float", "18446744073709551615").is_err());
        assert!(tagged("timestamp", "2026-13-31").is_err());
        assert!(tagged("binary", "?").is_err());
    }
}

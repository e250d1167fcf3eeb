//! What a field wants, and what to do about a value that is something else.

use std::fmt;

use serde_json::Value;

use super::super::quantity::Quantity;
use super::found::Found;
use crate::yaml;

/// The type that a field has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Text,
    TextOrInteger,
    Time,
    Quantity,
    /// A quantity of processors.
    Processors,
    Integer,
    IntegerBetween(i64, i64),
    Boolean,
    List,
    Object,
}

impl fmt::Display for Wanted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Text => "a string",
            Self::TextOrInteger => "a whole number or a string",
            Self::Time => "a time such as 2026-01-31T12:00:00Z",
            Self::Quantity | Self::Processors => "a quantity such as 500m, 1.5 or 64Mi",
            Self::Integer => "a whole number",
            Self::IntegerBetween(least, most) => return write!(formatter, "a whole number between {least} and {most}"),
            Self::Boolean => "true or false",
            Self::List => "a list",
            Self::Object => "an object",
        })
    }
}

impl Wanted {
    /// What is wrong with `found` and what to do about it: `an object, and this is a list`.
    pub(super) fn instead_of(self, found: Found<'_>) -> String {
        let found = if self.may_be_text() { found } else { found.unless_misleading() };
        match self.advice(&found) {
            Some(advice) => format!("{self}, and {found}: {advice}"),
            None => format!("{self}, and {found}"),
        }
    }

    /// The value that is meant by `found`, if that is plain enough to propose it, and whether it is sure.
    pub(super) fn meant_by(self, found: &Found<'_>) -> Option<(Value, bool)> {
        match (self, found.value) {
            (Self::Text | Self::TextOrInteger, Value::Bool(_) | Value::Number(_)) => {
                let written = found.unquoted.as_deref().map(str::to_owned);
                let is_sure = written.is_some();
                Some((Value::String(written.unwrap_or_else(|| found.value.to_string())), is_sure))
            }
            (Self::Quantity | Self::Processors, Value::String(text)) => {
                let (number, written) = number_and_unit(text)?;
                let units = self.meant_units(written);
                let is_sure = units.len() == 1 && !(self == Self::Processors && is_size(written));
                units.first().map(|unit| (Value::String(format!("{number}{unit}")), is_sure))
            }
            (Self::Integer | Self::IntegerBetween(..), Value::String(text)) => {
                without_quotes(text, Value::is_number).filter(|value| !value.is_f64()).map(|value| (value, true))
            }
            (Self::Boolean, Value::String(text)) => without_quotes(text, Value::is_boolean).map(|value| (value, true)),
            (Self::Boolean, Value::Number(number)) => match number.as_i64()? {
                0 => Some((Value::Bool(false), true)),
                1 => Some((Value::Bool(true), true)),
                _ => None,
            },
            (Self::List, _) => Some((Value::Array(vec![found.value.clone()]), false)),
            (Self::Object, Value::Array(items)) => merged(items).map(|object| (object, false)),
            _ => None,
        }
    }

    /// What to do about a text that is no quantity but nearly one.
    fn unit(self, text: &str) -> Option<String> {
        let (number, unit) = number_and_unit(text)?;
        let written: Vec<_> = self.meant_units(unit).iter().map(|unit| format!("{number}{unit}")).collect();
        match written.as_slice() {
            [] => Some(format!("its unit is none of {UNITS}")),
            written => Some(format!("write {}", written.join(" or "))),
        }
    }

    /// The units that somebody may mean who writes `unit`.
    fn meant_units(self, unit: &str) -> &'static [&'static str] {
        if self != Self::Processors {
            return meant_sizes(unit);
        }
        match unit.to_ascii_lowercase().as_str() {
            "m" | "mi" | "mb" | "mib" | "mc" | "mcpu" | "mcore" | "mcores" | "milli" | "millicpu" | "millicore"
            | "millicores" => &["m"],
            "c" | "core" | "cores" | "cpu" | "cpus" | "vcpu" | "vcpus" | "" => &[""],
            _ => &[],
        }
    }

    fn may_be_text(self) -> bool {
        matches!(self, Self::Text | Self::TextOrInteger)
    }

    fn advice(self, found: &Found<'_>) -> Option<String> {
        match (self, found.value) {
            (Self::Text | Self::TextOrInteger, Value::Bool(_) | Value::Number(_)) => Some(quotes(found)),
            (Self::Quantity | Self::Processors, Value::String(text)) => self.unit(text),
            (Self::Integer | Self::IntegerBetween(..), Value::String(text)) => no_quotes(text, Value::is_number),
            (Self::Boolean, Value::String(text)) => no_quotes(text, Value::is_boolean),
            (Self::Boolean, Value::Number(number)) => match number.as_i64()? {
                0 => Some("write false".to_owned()),
                1 => Some("write true".to_owned()),
                _ => None,
            },
            _ => None,
        }
    }
}

/// The one object that is meant by a list of objects.
fn merged(items: &[Value]) -> Option<Value> {
    let objects = items.iter().map(Value::as_object).collect::<Option<Vec<_>>>()?;
    Some(objects.into_iter().flatten().map(|(name, value)| (name.clone(), value.clone())).collect())
}

/// What to do about a number or a boolean that should be a text.
fn quotes(found: &Found<'_>) -> String {
    match (found.in_quotes(), found.value) {
        (Some(quoted), _) => format!("write {quoted}"),
        (None, Value::Bool(_)) if found.unquoted.is_none() => {
            "put it in quotes; y, yes, on, n, no and off without quotes are booleans too".to_owned()
        }
        (None, _) => "put it in quotes".to_owned(),
    }
}

/// What to do about a text that would be right without quotes, if it `is_right` then.
fn no_quotes(text: &str, is_right: fn(&Value) -> bool) -> Option<String> {
    let value = without_quotes(text, is_right)?;
    let meant = value.to_string();
    match &value {
        Value::Number(number) if number.is_f64() => None,
        _ if meant == text => Some("leave out the quotes".to_owned()),
        Value::Number(_) => Some(format!("leave out the quotes, as `{text}` is {meant} in Kubernetes' YAML, or write {meant}")),
        _ => Some(format!("write {meant} without quotes")),
    }
}

/// What `text` would be without quotes, if it `is_right` then.
fn without_quotes(text: &str, is_right: fn(&Value) -> bool) -> Option<Value> {
    yaml::without_quotes(text).filter(is_right)
}

/// The number of a text that is no quantity but nearly one, and what stands behind it.
fn number_and_unit(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let start = text.find(|character: char| character.is_alphabetic() || character.is_whitespace())?;
    let (number, unit) = text.split_at(start);
    Quantity::parse(number).ok()?;
    Some((number, unit.trim()))
}

/// True of a unit of bytes.
fn is_size(unit: &str) -> bool {
    unit != "m" && !meant_sizes(unit).is_empty()
}

const UNITS: &str = "m, k, M, G, T, P, E (powers of 1000) and Ki, Mi, Gi, Ti, Pi, Ei (powers of 1024)";

/// The units that somebody may mean who writes `unit` of bytes: `MB`, `mib`, `K`.
fn meant_sizes(unit: &str) -> &'static [&'static str] {
    let lower = unit.to_ascii_lowercase();
    match lower.strip_suffix('b').unwrap_or(&lower) {
        _ if unit == "m" => &["m"],
        "k" => &["k", "Ki"],
        "m" => &["M", "Mi"],
        "g" => &["G", "Gi"],
        "t" => &["T", "Ti"],
        "ki" => &["Ki"],
        "mi" => &["Mi"],
        "gi" => &["Gi"],
        "ti" => &["Ti"],
        "" => &[""],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::borrow::Cow;

    fn said(wanted: Wanted, value: &Value, unquoted: Option<&str>) -> String {
        wanted.instead_of(Found { value, unquoted: unquoted.map(Cow::from) })
    }

    #[test]
    fn a_text_is_put_in_quotes_as_it_is_written() {
        for (value, written, expected) in [
            (json!(true), Some("y"), r#"a string, and `y` without quotes is a boolean in Kubernetes' YAML: write "y""#),
            (json!(1.1), Some("1.10"), r#"a string, and `1.10` without quotes is the number 1.1: write "1.10""#),
            (json!(8080), None, "a string, and this is the number 8080: put it in quotes"),
            (json!([1]), None, "a string, and this is a list"),
        ] {
            assert_eq!(said(Wanted::Text, &value, written), expected);
        }
        let digits = "1".repeat(100);
        let long = said(Wanted::Text, &json!(1e99), Some(&digits));
        assert_eq!(long, format!("a string, and `{}…` without quotes is the number 1e+99: put it in quotes", &digits[..63]));
        assert!(said(Wanted::TextOrInteger, &json!(false), Some("no")).ends_with(r#"write "no""#));
    }

    #[test]
    fn a_number_or_boolean_comes_out_of_its_quotes() {
        for (wanted, value, expected) in [
            (Wanted::Integer, json!("420"), r#"a whole number, and this is the string "420": leave out the quotes"#),
            (
                Wanted::Integer,
                json!("0644"),
                r#"a whole number, and this is the string "0644": leave out the quotes, as `0644` is 420 in Kubernetes' YAML, or write 420"#,
            ),
            (Wanted::Integer, json!("1.5"), r#"a whole number, and this is the string "1.5""#),
            (Wanted::Integer, json!("yes"), r#"a whole number, and this is the string "yes""#),
            (Wanted::Integer, json!(""), r#"a whole number, and this is the string """#),
            (Wanted::Boolean, json!("true"), r#"true or false, and this is the string "true": leave out the quotes"#),
            (Wanted::Boolean, json!("Yes"), r#"true or false, and this is the string "Yes": write true without quotes"#),
            (Wanted::Boolean, json!("1"), r#"true or false, and this is the string "1""#),
            (Wanted::Boolean, json!(0), "true or false, and this is the number 0: write false"),
            (Wanted::Boolean, json!(2), "true or false, and this is the number 2"),
        ] {
            assert_eq!(said(wanted, &value, None), expected);
        }
    }

    #[test]
    fn numbers_are_shown_as_written_only_where_that_misleads() {
        let port = Wanted::IntegerBetween(0, 65535);
        assert_eq!(said(port, &json!(70000), Some("70000")), "a whole number between 0 and 65535, and this is the number 70000");
        assert_eq!(
            said(Wanted::Integer, &json!(true), Some("on")),
            "a whole number, and `on` without quotes is a boolean in Kubernetes' YAML"
        );
        assert_eq!(said(Wanted::List, &json!(true), Some("true")), "a list, and this is the boolean true");
    }

    #[test]
    fn processors_are_counted_in_thousandths() {
        for (text, expected) in [
            ("100mi", Some(("100m", false))),
            ("100 m", Some(("100m", true))),
            ("250mcpu", Some(("250m", true))),
            ("1 core", Some(("1", true))),
            ("2cores", Some(("2", true))),
            ("2gb", None),
        ] {
            let value = json!(text);
            let meant = Wanted::Processors.meant_by(&Found { value: &value, unquoted: None });
            assert_eq!(meant, expected.map(|(written, is_sure)| (json!(written), is_sure)), "{text}");
        }
        assert!(said(Wanted::Processors, &json!("100mi"), None).ends_with(": write 100m"));
    }

    #[test]
    fn the_right_unit_is_named() {
        for (text, expected) in [
            ("64mi", ": write 64Mi"),
            ("64 Mi", ": write 64Mi"),
            ("1.5GB", ": write 1.5G or 1.5Gi"),
            ("8K", ": write 8k or 8Ki"),
            ("500 m", ": write 500m"),
            ("100 B", ": write 100"),
            (
                "3 apples",
                ": its unit is none of m, k, M, G, T, P, E (powers of 1000) and Ki, Mi, Gi, Ti, Pi, Ei (powers of 1024)",
            ),
            ("many", ""),
            ("1\n", ""),
            ("1,5", ""),
        ] {
            let said = said(Wanted::Quantity, &json!(text), None);
            assert_eq!(said, format!("a quantity such as 500m, 1.5 or 64Mi, and this is the string {text:?}{expected}"));
        }
    }
}

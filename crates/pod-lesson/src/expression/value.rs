//! What a part of an expression comes to.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::rc::Rc;

use serde_json::{Map, Value};

/// A value; what is of the manifest stays there.
#[derive(Clone, Debug)]
pub(super) enum Val<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Double(f64),
    Text(Cow<'a, str>),
    /// A list of the manifest.
    Items(&'a [Value]),
    /// A list that the expression made.
    Made(Rc<Vec<Self>>),
    Map(&'a Map<String, Value>),
    /// An amount such as `64Mi`, in thousandths.
    Quantity(i128),
}

impl<'a> Val<'a> {
    /// A part of the manifest.
    pub(super) fn of(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(is) => Self::Bool(*is),
            Value::Number(number) => match number.as_i64() {
                Some(whole) => Self::Int(whole),
                None => Self::Double(number.as_f64().unwrap_or(f64::NAN)),
            },
            Value::String(text) => Self::Text(Cow::Borrowed(text)),
            Value::Array(items) => Self::Items(items),
            Value::Object(map) => Self::Map(map),
        }
    }

    /// The type as CEL calls it.
    pub(super) fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Double(_) => "double",
            Self::Text(_) => "string",
            Self::Items(_) | Self::Made(_) => "list",
            Self::Map(_) => "map",
            Self::Quantity(_) => "quantity",
        }
    }

    /// How many items a list has, how many keys a map, how many characters a text.
    pub(super) fn size(&self) -> Option<usize> {
        match self {
            Self::Text(text) => Some(text.chars().count()),
            Self::Items(items) => Some(items.len()),
            Self::Made(items) => Some(items.len()),
            Self::Map(map) => Some(map.len()),
            _ => None,
        }
    }

    /// The item of a list at `position`.
    pub(super) fn item(&self, position: usize) -> Option<Self> {
        match self {
            Self::Items(items) => items.get(position).map(Self::of),
            Self::Made(items) => items.get(position).cloned(),
            _ => None,
        }
    }

    /// The field of a map; one that is null is as good as missing, as the API server drops it.
    pub(super) fn field(map: &'a Map<String, Value>, name: &str) -> Option<Self> {
        map.get(name).filter(|value| !value.is_null()).map(Self::of)
    }

    /// The length of a text in bytes.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            _ => 0,
        }
    }

    /// How two values that have an order compare; the texts are at most as long as was paid for.
    pub(super) fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Bool(one), Self::Bool(two)) => Some(one.cmp(two)),
            (Self::Text(one), Self::Text(two)) => Some(one.cmp(two)),
            (Self::Int(one), Self::Int(two)) => Some(one.cmp(two)),
            (Self::Double(one), Self::Double(two)) => one.partial_cmp(two),
            (Self::Int(one), Self::Double(two)) => compare_mixed(*one, *two),
            (Self::Double(one), Self::Int(two)) => compare_mixed(*two, *one).map(Ordering::reverse),
            (Self::Quantity(one), Self::Quantity(two)) => Some(one.cmp(two)),
            _ => None,
        }
    }
}

/// How a whole number and a fraction compare, without losing digits of either.
fn compare_mixed(whole: i64, fraction: f64) -> Option<Ordering> {
    /// Two to the power of 63, which a double is exactly.
    const END: f64 = 9_223_372_036_854_775_808.0;
    if fraction.is_nan() {
        return None;
    }
    if fraction >= END {
        return Some(Ordering::Less);
    }
    if fraction < -END {
        return Some(Ordering::Greater);
    }
    #[expect(clippy::cast_possible_truncation, reason = "it lies within the range")]
    let floor = fraction.floor() as i64;
    let is_whole = fraction.fract() == 0.0;
    Some(whole.cmp(&floor).then(if is_whole { Ordering::Equal } else { Ordering::Less }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_as_small_as_the_budget_says() {
        assert_eq!(size_of::<Val<'_>>(), 32);
    }

    #[test]
    fn whole_numbers_and_fractions_compare_exactly() {
        let compare = |one: i64, two: f64| Val::Int(one).compare(&Val::Double(two));
        assert_eq!(compare(1, 1.0), Some(Ordering::Equal));
        assert_eq!(
            (compare(1, 1.5), compare(2, 1.5), compare(-1, -1.5)),
            (Some(Ordering::Less), Some(Ordering::Greater), Some(Ordering::Greater))
        );
        assert_eq!((compare(i64::MAX, 9.3e18), compare(i64::MIN, -9.3e18)), (Some(Ordering::Less), Some(Ordering::Greater)));
        assert_eq!(compare(i64::MAX, 9_223_372_036_854_775_808.0), Some(Ordering::Less));
        assert_eq!(compare(0, f64::NAN), None);
    }
}

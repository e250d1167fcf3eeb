//! The deserializer between a document and Kubernetes' types. It never stops at a mistake: it notes it in the [`Log`] and
//! hands out the zero value of the wanted type in place of the wrong one.

use std::iter::Enumerate;
use std::slice;

use k8s_openapi::api::core::v1::Volume;
use k8s_openapi::jiff::Timestamp;
use serde::de::value::{BorrowedStrDeserializer, Error};
use serde::de::{DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::map::Iter;
use serde_json::{Map, Number, Value};

use super::super::field_path::FieldPath;
use super::super::quantity::{Quantity, trimmed};
use super::log::Log;
use super::time;
use super::wanted::Wanted;
use crate::kinds::Kind;
use crate::spelling;

/// True of types whose deserializers insist on their `kind` and `apiVersion`; of embedded objects the server takes any.
fn is_resource(type_name: &str) -> bool {
    type_name == "PersistentVolumeClaim" || Kind::named(type_name).is_some()
}

/// An object of a document, and the names that its type knows.
#[derive(Clone, Copy)]
pub(super) struct Owner<'de> {
    known: &'static [&'static str],
    entries: &'de Map<String, Value>,
}

impl Owner<'_> {
    /// The name that somebody probably means who writes `name`, if the object does not have it.
    pub(super) fn meant_by(&self, name: &str) -> Option<&'static str> {
        let is_free = |known: &&&'static str| !self.entries.contains_key(**known);
        spelling::meant_by(name, self.known.iter().filter(is_free).copied())
    }
}

/// Reads one value of a document.
#[derive(Clone, Copy)]
pub(super) struct Reader<'de, 'p> {
    value: &'de Value,
    place: &'p FieldPath<'p>,
    log: &'p Log<'p>,
    /// What the value is a field of.
    owner: Option<Owner<'de>>,
}

impl<'de, 'p> Reader<'de, 'p> {
    /// A reader of `value`, which stands at `place`.
    pub(super) fn new(value: &'de Value, place: &'p FieldPath<'p>, log: &'p Log<'p>) -> Self {
        Self { value, place, log, owner: None }
    }

    fn wrong(self, wanted: Wanted) {
        self.log.wrong_type(self.place, self.value, wanted);
    }

    /// Takes what a value needs in memory once it has its type; ends the reading where there is no more.
    fn take_bytes(self, bytes: usize) -> Result<(), Error> {
        if self.log.take_bytes(bytes) { Ok(()) } else { Err(Error::custom("more than the budget allows")) }
    }

    fn text(self, wanted: Wanted) -> &'de str {
        match self.value {
            Value::String(text) => text,
            Value::Null => "",
            _ => {
                self.wrong(wanted);
                ""
            }
        }
    }

    fn integer(self, least: i64, most: i64) -> i64 {
        match self.value {
            Value::Null => 0,
            Value::Number(number) => match whole(number) {
                Some(integer) if (i128::from(least)..=i128::from(most)).contains(&integer) => {
                    i64::try_from(integer).unwrap_or_default()
                }
                Some(_) => {
                    self.wrong(Wanted::IntegerBetween(least, most));
                    0
                }
                None => {
                    self.wrong(Wanted::Integer);
                    0
                }
            },
            _ => {
                self.wrong(Wanted::Integer);
                0
            }
        }
    }

    fn quantity(self) -> String {
        const NOTHING: &str = "0";
        let text = match self.value {
            Value::String(text) => trimmed(text).to_owned(),
            Value::Number(number) => written_by_go(number),
            Value::Null => return NOTHING.to_owned(),
            _ => String::new(),
        };
        if Quantity::parse(&text).is_ok() {
            return text;
        }
        self.wrong(if self.place.is_key("cpu") { Wanted::Processors } else { Wanted::Quantity });
        NOTHING.to_owned()
    }

    fn time(self) -> &'de str {
        const EPOCH: &str = "1970-01-01T00:00:00Z";
        match self.text(Wanted::Time) {
            text if time::is_rfc3339(text) && text.parse::<Timestamp>().is_ok() => text,
            text if time::is_rfc3339(text) => EPOCH,
            _ => {
                if self.value.is_string() {
                    self.wrong(Wanted::Time);
                }
                EPOCH
            }
        }
    }

    fn items(self) -> &'de [Value] {
        match self.value {
            Value::Array(items) => items,
            Value::Null => &[],
            _ => {
                self.wrong(Wanted::List);
                &[]
            }
        }
    }

    fn entries(self, known: &'static [&'static str], is_resource: bool) -> Entries<'de, 'p> {
        let entries = match self.value {
            Value::Object(entries) => Some(entries),
            Value::Null => None,
            _ => {
                self.wrong(Wanted::Object);
                None
            }
        };
        let owner = entries.filter(|_| !known.is_empty()).map(|entries| Owner { known, entries });
        Entries { rest: entries.map(Map::iter), value: None, is_resource, owner, reader: self }
    }
}

/// A number as Go's JSON writes it, which has an exponent only below 10^-6 and from 10^21 on: this is what the server reads.
fn written_by_go(number: &Number) -> String {
    let float = number.as_f64().filter(|float| number.is_f64() && (1e-6..1e21).contains(&float.abs()));
    float.map_or_else(|| number.to_string(), |float| float.to_string())
}

/// A number without a fraction; Go's YAML reader has made `80` of `80.0` before anything is decoded.
fn whole(number: &Number) -> Option<i128> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if let Some(integer) = number.as_i128() {
        return Some(integer);
    }
    let float = number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() <= EXACT)?;
    format!("{float:.0}").parse().ok()
}

impl<'de> Deserializer<'de> for Reader<'de, '_> {
    type Error = Error;

    /// Only `IntOrString` asks for any type.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Null | Value::Number(_) => self.deserialize_i32(visitor),
            _ => {
                self.wrong(Wanted::TextOrInteger);
                visitor.visit_i32(0)
            }
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Null => visitor.visit_bool(false),
            _ => {
                self.wrong(Wanted::Boolean);
                visitor.visit_bool(false)
            }
        }
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let integer = self.integer(i32::MIN.into(), i32::MAX.into());
        visitor.visit_i32(i32::try_from(integer).unwrap_or_default())
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_i64(self.integer(i64::MIN, i64::MAX))
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.text(Wanted::Text))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.value.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        match name {
            "Quantity" => visitor.visit_newtype_struct(self.quantity().into_deserializer()),
            "Time" | "MicroTime" => visitor.visit_newtype_struct(BorrowedStrDeserializer::new(self.time())),
            _ => visitor.visit_newtype_struct(self.value).map_err(Error::custom),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(Items { items: self.items().iter().enumerate(), reader: self })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(self.entries(&[], false))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name == "PersistentVolumeClaim" {
            // The validation makes a volume of each claim template.
            self.take_bytes(size_of::<Volume>())?;
        }
        visitor.visit_map(self.entries(known, is_resource(name)))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.log.unknown_field(self.place, self.owner);
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i8 i16 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct enum identifier
    }
}

struct Items<'de, 'p> {
    items: Enumerate<slice::Iter<'de, Value>>,
    reader: Reader<'de, 'p>,
}

impl<'de> SeqAccess<'de> for Items<'de, '_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some((index, value)) = self.items.next() else { return Ok(None) };
        self.reader.take_bytes(size_of::<T::Value>())?;
        let place = self.reader.place.index(index);
        seed.deserialize(Reader::new(value, &place, self.reader.log)).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

struct Entries<'de, 'p> {
    rest: Option<Iter<'de>>,
    value: Option<(&'de str, &'de Value)>,
    is_resource: bool,
    owner: Option<Owner<'de>>,
    reader: Reader<'de, 'p>,
}

impl<'de> Entries<'de, '_> {
    /// The next entry that the visitor is to see.
    fn next(&mut self) -> Option<(&'de str, &'de Value)> {
        let (name, value) = self.rest.as_mut()?.next()?;
        if self.is_resource && matches!(name.as_str(), "apiVersion" | "kind") {
            Reader::new(value, &self.reader.place.field(name), self.reader.log).text(Wanted::Text);
            return self.next();
        }
        Some((name, value))
    }
}

impl<'de> MapAccess<'de> for Entries<'de, '_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        self.value = self.next();
        self.value.map(|(name, _)| seed.deserialize(BorrowedStrDeserializer::new(name))).transpose()
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Error> {
        let (name, value) = self.value.take().ok_or_else(|| Error::custom("a value without its key"))?;
        let place = self.reader.place.field(name);
        seed.deserialize(Reader { owner: self.owner, ..Reader::new(value, &place, self.reader.log) })
    }
}

//! Which fields the kinds have and of which types they are, as the types of `k8s-openapi` know it.
//!
//! The types are asked by deserializing one of each: a deserializer hears the names of all fields of a struct, and for every
//! value what is expected of it.

use std::cell::RefCell;

use serde::de::value::{BorrowedStrDeserializer, Error};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use crate::path::{Path, Segment};

/// The type of a field, and of everything inside of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Schema {
    /// A text.
    Text,
    /// A whole number or a string.
    TextOrInteger,
    /// A time as RFC 3339 writes it.
    Time,
    /// A quantity, such as `64Mi`.
    Quantity,
    /// A whole number.
    Integer,
    /// True or false.
    Boolean,
    /// Any JSON.
    Any,
    /// A list of such items.
    List(Box<Schema>),
    /// A map from free keys to such values.
    Map(Box<Schema>),
    /// An object with these fields.
    Object(Vec<(&'static str, Schema)>),
}

impl Schema {
    /// The schema of the objects that `T` describes.
    pub(crate) fn of<T: DeserializeOwned>() -> Self {
        let found = RefCell::new(Self::Any);
        // The probe hands out a value of the type that it is asked for, so that no type refuses one.
        _ = T::deserialize(Probe { found: &found });
        found.into_inner()
    }

    /// The schema of the field at `path`; `None` if there can be no such field.
    #[must_use]
    pub fn at(&self, path: &Path) -> Option<&Self> {
        path.segments().iter().try_fold(self, |schema, segment| match (schema, segment) {
            (Self::List(item), Segment::Index(_)) => Some(item.as_ref()),
            (Self::Map(value), Segment::Field(_) | Segment::Key(_) | Segment::Index(_)) => Some(value.as_ref()),
            (_, Segment::Field(name)) => schema.field(name),
            (Self::Any, _) => Some(schema),
            _ => None,
        })
    }

    /// The schema of the field `name` of an object.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Self> {
        self.fields().iter().find(|(known, _)| *known == name).map(|(_, schema)| schema)
    }

    /// The fields of an object; nothing of other types.
    #[must_use]
    pub fn fields(&self) -> &[(&'static str, Self)] {
        match self {
            Self::Object(fields) => fields,
            _ => &[],
        }
    }
}

/// Notes what it is asked for.
struct Probe<'a> {
    found: &'a RefCell<Schema>,
}

impl Probe<'_> {
    fn note(&self, schema: Schema) {
        *self.found.borrow_mut() = schema;
    }
}

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = Error;

    /// Only `IntOrString` asks for any type.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.note(Schema::TextOrInteger);
        visitor.visit_i32(0)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.note(Schema::Boolean);
        visitor.visit_bool(false)
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.note(Schema::Integer);
        visitor.visit_i32(0)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.note(Schema::Integer);
        visitor.visit_i64(0)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.note(Schema::Text);
        visitor.visit_borrowed_str("")
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        let (schema, value) = match name {
            "Quantity" => (Schema::Quantity, "0"),
            "Time" | "MicroTime" => (Schema::Time, "1970-01-01T00:00:00Z"),
            _ => (Schema::Any, ""),
        };
        self.note(schema);
        visitor.visit_newtype_struct(BorrowedStrDeserializer::new(value))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let item = RefCell::new(Schema::Any);
        let list = visitor.visit_seq(OneItem { item: Some(&item) });
        self.note(Schema::List(Box::new(item.into_inner())));
        list
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let fields = RefCell::new(Vec::new());
        let map = visitor.visit_map(Fields { names: &[""], next: None, found: &fields });
        let value = fields.into_inner().pop().map_or(Schema::Any, |(_, schema)| schema);
        self.note(Schema::Map(Box::new(value)));
        map
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let fields = RefCell::new(Vec::new());
        let object = visitor.visit_map(Fields { names, next: None, found: &fields });
        self.note(Schema::Object(fields.into_inner()));
        object
    }

    forward_to_deserialize_any! {
        i8 i16 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct enum identifier ignored_any
    }
}

/// A list with one item.
struct OneItem<'a> {
    item: Option<&'a RefCell<Schema>>,
}

impl<'de> SeqAccess<'de> for OneItem<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        self.item.take().map(|found| seed.deserialize(Probe { found })).transpose()
    }
}

/// An object with all of its fields.
struct Fields<'a> {
    names: &'static [&'static str],
    next: Option<&'static str>,
    found: &'a RefCell<Vec<(&'static str, Schema)>>,
}

impl Fields<'_> {
    /// The next field that the type is to see. Of its kind and version it would insist on the right ones.
    fn next(&mut self) -> Option<&'static str> {
        let (name, rest) = self.names.split_first()?;
        self.names = rest;
        if matches!(*name, "apiVersion" | "kind") && rest.contains(&"metadata") {
            self.found.borrow_mut().push((name, Schema::Text));
            return self.next();
        }
        Some(name)
    }
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        self.next = self.next();
        self.next.map(|name| seed.deserialize(BorrowedStrDeserializer::new(name))).transpose()
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Error> {
        let name = self.next.take().ok_or_else(|| Error::custom("a value without its key"))?;
        let found = RefCell::new(Schema::Any);
        let value = seed.deserialize(Probe { found: &found });
        self.found.borrow_mut().push((name, found.into_inner()));
        value
    }
}

#[cfg(test)]
mod tests {
    use k8s_openapi::api::apps::v1::StatefulSet;
    use k8s_openapi::api::core::v1::Pod;

    use super::*;

    #[test]
    fn fields_have_the_types_of_the_api() {
        let pod = Schema::of::<Pod>();
        let at = |path: &str| pod.at(&path.parse().unwrap());
        let text = || Box::new(Schema::Text);
        for (path, expected) in [
            ("kind", Schema::Text),
            ("metadata.labels", Schema::Map(text())),
            ("metadata.labels[a.b/c]", Schema::Text),
            ("metadata.creationTimestamp", Schema::Time),
            ("spec.hostNetwork", Schema::Boolean),
            ("spec.terminationGracePeriodSeconds", Schema::Integer),
            ("spec.containers[7].args", Schema::List(text())),
            ("spec.containers[0].resources.limits", Schema::Map(Box::new(Schema::Quantity))),
            ("spec.containers[0].livenessProbe.httpGet.port", Schema::TextOrInteger),
            ("spec.volumes[0].emptyDir.sizeLimit", Schema::Quantity),
        ] {
            assert_eq!(at(path), Some(&expected), "{path}");
        }
        for nowhere in ["spec.container", "spec.containers.image", "metadata.labels[a].b", "spec.containers[0].volumeMounts.name"]
        {
            assert_eq!(at(nowhere), None, "{nowhere}");
        }
        assert!(pod.at(&"spec.containers[0]".parse().unwrap()).unwrap().field("volumeMounts").is_some());
    }

    #[test]
    fn claim_templates_are_whole_objects() {
        let set = Schema::of::<StatefulSet>();
        let path = "spec.volumeClaimTemplates[0].spec.resources.requests[storage]".parse().unwrap();
        assert_eq!(set.at(&path), Some(&Schema::Quantity));
    }
}

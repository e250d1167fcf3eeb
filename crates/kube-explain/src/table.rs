//! All fields of the kinds, as the schema of the Kubernetes API describes them.
//!
//! `data/fields.txt.gz` holds the descriptions of Kubernetes 1.35, as `k8s-openapi` has them. A line that does not begin with
//! a space is a type: its name and its description. The lines below it are its fields: name, type (`[]` before it is a list,
//! `{}` a map), `required` or nothing, the minor release in which the field appeared unless 1.8 had it already, and the
//! description. Tabs stand between these; `\n`, `\t` and `\\` are escaped in descriptions.

use std::collections::HashMap;
use std::io::Read;
use std::sync::LazyLock;

use flate2::read::GzDecoder;

use crate::field_type::FieldType;
use crate::release::Release;

static COMPRESSED: &[u8] = include_bytes!("../data/fields.txt.gz");

static TEXT: LazyLock<String> = LazyLock::new(|| {
    let mut text = String::new();
    // A test reads all of it.
    _ = GzDecoder::new(COMPRESSED).read_to_string(&mut text);
    text
});

static TABLE: LazyLock<HashMap<&'static str, Definition>> = LazyLock::new(|| parse(&TEXT));

/// A type of the API with fields.
#[derive(Debug)]
pub(crate) struct Definition {
    /// Its name: `EmptyDirVolumeSource`.
    pub(crate) name: &'static str,
    /// What upstream says of it.
    pub(crate) description: String,
    /// Its fields, in the order of the alphabet.
    pub(crate) fields: Vec<Field>,
}

/// A field of such a type.
#[derive(Debug)]
pub(crate) struct Field {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its type.
    pub(crate) type_: FieldType,
    /// True if the schema asks for it.
    pub(crate) is_required: bool,
    /// The first release that has it.
    pub(crate) since: Release,
    /// What upstream says of it.
    pub(crate) description: String,
}

impl Definition {
    /// The type that is called `name`.
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        TABLE.get(name)
    }

    /// The field that is called `name`.
    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        let found = self.fields.binary_search_by(|field| field.name.cmp(name)).ok()?;
        self.fields.get(found)
    }
}

fn parse(text: &'static str) -> HashMap<&'static str, Definition> {
    let mut table: HashMap<&str, Definition> = HashMap::new();
    let mut current: Option<Definition> = None;
    for line in text.lines() {
        if let (Some(field), Some(definition)) = (line.strip_prefix(' '), &mut current) {
            definition.fields.extend(parse_field(field));
            continue;
        }
        let (name, description) = line.split_once('\t').unwrap_or((line, ""));
        let next = Definition { name, description: unescaped(description), fields: Vec::new() };
        table.extend(current.replace(next).map(|definition| (definition.name, definition)));
    }
    table.extend(current.map(|definition| (definition.name, definition)));
    for definition in table.values_mut() {
        definition.fields.sort_unstable_by_key(|field| field.name);
    }
    table
}

fn parse_field(line: &'static str) -> Option<Field> {
    let mut columns = line.splitn(5, '\t');
    let mut next = || columns.next();
    Some(Field {
        name: next()?,
        type_: FieldType::parse(next()?),
        is_required: next()? == "required",
        since: Release::since(next()?),
        description: unescaped(next()?),
    })
}

fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        let meant = if character == '\\' { characters.next() } else { Some(character) };
        plain.extend(meant.map(|meant| match (character, meant) {
            ('\\', 'n') => '\n',
            ('\\', 't') => '\t',
            _ => meant,
        }));
    }
    plain
}

#[cfg(test)]
pub(crate) fn definitions() -> impl Iterator<Item = &'static Definition> {
    TABLE.values()
}

#[cfg(test)]
mod tests {
    use kube_dry_run::Schema;
    use kube_dry_run::kinds::KINDS;

    use super::*;

    #[test]
    fn every_kind_and_every_type_that_a_field_is_of_has_its_fields() {
        assert!(KINDS.iter().all(|kind| Definition::named(kind.name).is_some()));
        for definition in definitions() {
            assert!(!definition.fields.is_empty(), "{}", definition.name);
            for field in &definition.fields {
                let known = field.type_.definition_name().is_none_or(|name| Definition::named(name).is_some());
                assert!(known, "{}.{}: {:?}", definition.name, field.name, field.type_);
            }
        }
    }

    /// The types that the judgement decodes into are another reading of the same API.
    fn compare(field_type: &FieldType, schema: &Schema, path: &str) {
        match (field_type, schema) {
            (FieldType::List(item), Schema::List(schema)) | (FieldType::Map(item), Schema::Map(schema)) => {
                compare(item, schema, path);
            }
            (FieldType::Object(name), Schema::Object(fields)) => {
                let definition = Definition::named(name).unwrap();
                let names = |mut names: Vec<&'static str>| {
                    names.sort_unstable();
                    names
                };
                let known = names(definition.fields.iter().map(|field| field.name).collect());
                assert_eq!(known, names(fields.iter().map(|(name, _)| *name).collect()), "{path}");
                for (name, schema) in fields {
                    compare(&definition.field(name).unwrap().type_, schema, &format!("{path}.{name}"));
                }
            }
            (FieldType::Text, Schema::Text)
            | (FieldType::Integer, Schema::Integer)
            | (FieldType::Boolean, Schema::Boolean)
            | (FieldType::Quantity, Schema::Quantity)
            | (FieldType::Time, Schema::Time)
            | (FieldType::TextOrInteger, Schema::TextOrInteger)
            | (FieldType::Any, Schema::Any) => {}
            other => panic!("{path}: {other:?}"),
        }
    }

    #[test]
    fn the_fields_are_those_that_the_judgement_decodes() {
        for kind in &KINDS {
            compare(&FieldType::Object(kind.name), &kind.schema, kind.name);
        }
    }
}

//! The types of fields, and how they are said in words.

use std::fmt;

/// The type of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// A text.
    Text,
    /// A whole number.
    Integer,
    /// True or false.
    Boolean,
    /// A quantity, such as `64Mi`.
    Quantity,
    /// A whole number or a string.
    TextOrInteger,
    /// A time as RFC 3339 writes it.
    Time,
    /// Any value.
    Any,
    /// A list of such items.
    List(Box<FieldType>),
    /// A map from free keys to such values.
    Map(Box<FieldType>),
    /// An object of the type with this name.
    Object(&'static str),
}

impl FieldType {
    /// The type that the table writes as `text`.
    pub(crate) fn parse(text: &'static str) -> Self {
        if let Some(item) = text.strip_prefix("[]") {
            return Self::List(Box::new(Self::parse(item)));
        }
        if let Some(value) = text.strip_prefix("{}") {
            return Self::Map(Box::new(Self::parse(value)));
        }
        match text {
            "string" => Self::Text,
            "integer" => Self::Integer,
            "boolean" => Self::Boolean,
            "Quantity" => Self::Quantity,
            "IntOrString" => Self::TextOrInteger,
            "Time" => Self::Time,
            "FieldsV1" => Self::Any,
            name => Self::Object(name),
        }
    }

    /// The name of the object type that the field, its items or its values are of.
    pub(crate) fn definition_name(&self) -> Option<&'static str> {
        match self {
            Self::List(inside) | Self::Map(inside) => inside.definition_name(),
            Self::Object(name) => Some(name),
            _ => None,
        }
    }

    /// The type of many such values: `strings`.
    fn plural(&self) -> String {
        match self {
            Self::Text => "strings".to_owned(),
            Self::Integer => "integers".to_owned(),
            Self::Boolean => "booleans".to_owned(),
            Self::Quantity => "quantities".to_owned(),
            Self::Object(name) => (*name).to_owned(),
            other => format!("values, each a {other}"),
        }
    }
}

/// `list of Container`, `map of strings`, `object (EmptyDirVolumeSource)`, `quantity`.
impl fmt::Display for FieldType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => formatter.write_str("string"),
            Self::Integer => formatter.write_str("integer"),
            Self::Boolean => formatter.write_str("boolean"),
            Self::Quantity => formatter.write_str("quantity"),
            Self::TextOrInteger => formatter.write_str("integer or string"),
            Self::Time => formatter.write_str("time"),
            Self::Any => formatter.write_str("any value"),
            Self::List(item) => write!(formatter, "list of {}", item.plural()),
            Self::Map(value) => write!(formatter, "map of {}", value.plural()),
            Self::Object(name) => write!(formatter, "object ({name})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_said_in_words() {
        for (written, expected) in [
            ("string", "string"),
            ("[]string", "list of strings"),
            ("[]Container", "list of Container"),
            ("{}Quantity", "map of quantities"),
            ("{}string", "map of strings"),
            ("EmptyDirVolumeSource", "object (EmptyDirVolumeSource)"),
            ("IntOrString", "integer or string"),
        ] {
            assert_eq!(FieldType::parse(written).to_string(), expected);
        }
    }
}

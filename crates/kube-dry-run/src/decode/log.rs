//! What the decoder found on its way.

use std::cell::{Cell, RefCell};

use serde_json::Value;

use super::super::field_path::FieldPath;
use super::super::go_text;
use super::found::Found;
use super::reader::Owner;
use super::wanted::Wanted;
use crate::change::Change;
use crate::finding::{Finding, Fix};
use crate::hint::word_for;
use crate::path::Path;
use crate::rule::Rule;
use crate::shown::shown;
use crate::yaml::Positions;

/// How many errors of a sort are kept; `saveStrictError` of `sigs.k8s.io/json` has the same bound.
const MAX_ERRORS: usize = 100;

/// How many bytes the kept errors may have, more or less: the names of their fields may be of any length.
const MAX_ERROR_BYTES: usize = 1 << 20;

/// The errors so far. The readers of one document share it.
pub(super) struct Log<'t> {
    positions: Option<&'t Positions>,
    types: RefCell<Vec<Finding>>,
    fields: RefCell<Vec<Finding>>,
    error_bytes: Cell<usize>,
    /// How many values of a wrong type there are besides.
    further_types: Cell<usize>,
    /// How many bytes the values may still take; `None` when they would have taken more.
    bytes_left: Cell<Option<usize>>,
}

/// What was found in a document.
pub(super) struct Logged {
    /// Values of a wrong type, in their order.
    pub(super) types: Vec<Finding>,
    /// How many more there are than are kept.
    pub(super) further_types: usize,
    /// Unknown fields, in their order.
    pub(super) fields: Vec<Finding>,
    /// How many bytes the values may still take; `None` if they take more than there were.
    pub(super) bytes_left: Option<usize>,
}

impl<'t> Log<'t> {
    /// An empty log of a document whose values may take `bytes` in memory; `positions` are those of its fields in the text it was
    /// read from, if it has one.
    pub(super) fn new(positions: Option<&'t Positions>, bytes: usize) -> Self {
        Self {
            positions,
            types: RefCell::default(),
            fields: RefCell::default(),
            error_bytes: Cell::default(),
            further_types: Cell::default(),
            bytes_left: Cell::new(Some(bytes)),
        }
    }

    /// `value` stands at `place`, which wants something else.
    pub(super) fn wrong_type(&self, place: &FieldPath<'_>, value: &Value, wanted: Wanted) {
        let mut types = self.types.borrow_mut();
        if self.is_full(types.len()) {
            self.further_types.update(|count| count + 1);
            return;
        }
        let field = place.to_document_path();
        let subject = if field.is_root() { "the manifest".to_owned() } else { field.to_string() };
        let found = Found::new(value, &field, self.positions);
        let (said, fix) = if is_word(&field, &found) {
            // Quotes would make a text of it that is refused next.
            (format!("{wanted}, and {found}"), None)
        } else {
            let fix = wanted.meant_by(&found).map(|meant| fix(&field, wanted, meant));
            (wanted.instead_of(found), fix)
        };
        let message = format!("{subject} must be {said}");
        self.error_bytes.update(|bytes| bytes + subject.len() + message.len());
        types.push(Finding { fix, ..Finding::new(Rule::DECODE, field, message) });
    }

    /// There is no field such as the one at `place`.
    pub(super) fn unknown_field(&self, place: &FieldPath<'_>, owner: Option<Owner<'_>>) {
        let mut fields = self.fields.borrow_mut();
        if !self.is_full(fields.len()) {
            let name = place.to_string();
            let message = format!("unknown field {}", go_text::quoted(&name));
            self.error_bytes.update(|bytes| bytes + name.len() + message.len());
            let place = place.to_document_path();
            let fix = renamed(&place, owner);
            fields.push(Finding { fix, ..Finding::new(Rule::UNKNOWN_FIELD, place, message) });
        }
    }

    /// Takes `bytes` for a value; false where there are not so many left.
    pub(super) fn take_bytes(&self, bytes: usize) -> bool {
        self.bytes_left.update(|left| left.and_then(|left| left.checked_sub(bytes)));
        self.bytes_left.get().is_some()
    }

    /// Everything that was found.
    pub(super) fn into_logged(self) -> Logged {
        Logged {
            types: self.types.into_inner(),
            further_types: self.further_types.get(),
            fields: self.fields.into_inner(),
            bytes_left: self.bytes_left.get(),
        }
    }

    fn is_full(&self, count: usize) -> bool {
        count >= MAX_ERRORS || self.error_bytes.get() > MAX_ERROR_BYTES
    }
}

/// True of a boolean that stands for a word of Kubernetes.
fn is_word(field: &Path, found: &Found<'_>) -> bool {
    let written = found.value.as_bool().map(|value| value.to_string());
    written.is_some_and(|written| word_for(field, &written).is_some())
}

/// The fix that gives the field at `place` the name that is meant, if one is.
fn renamed(place: &Path, owner: Option<Owner<'_>>) -> Option<Fix> {
    let meant = owner?.meant_by(place.name()?)?;
    Some(Fix::guess(format!("Rename it to {meant}"), vec![Change::Rename(place.clone(), meant.to_owned())]))
}

/// The fix that writes what is meant.
fn fix(field: &Path, wanted: Wanted, (meant, is_safe): (Value, bool)) -> Fix {
    let title = match &meant {
        Value::String(quantity) if matches!(wanted, Wanted::Quantity | Wanted::Processors) => {
            format!("Write {}", shown(quantity))
        }
        Value::Array(_) => "Make it a list of one item".to_owned(),
        Value::Object(_) => "Make it an object instead of a list".to_owned(),
        other => format!("Write {}", shown(&other.to_string())),
    };
    Fix { title, is_safe, changes: vec![Change::Set(field.clone(), meant)] }
}

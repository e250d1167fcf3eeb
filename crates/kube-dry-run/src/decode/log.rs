//! What the decoder found on its way.

use std::cell::RefCell;

use serde_json::Value;

use super::super::field_path::FieldPath;
use super::super::go_text;
use super::found::Found;
use super::wanted::Wanted;
use crate::finding::Finding;
use crate::rule::Rule;
use crate::yaml::Positions;

/// How many errors of a sort are kept; `saveStrictError` of `sigs.k8s.io/json` has the same bound.
const MOST: usize = 100;

/// The errors so far. The readers of one document share it.
pub(super) struct Log<'t> {
    positions: Option<&'t Positions>,
    types: RefCell<Vec<Finding>>,
    fields: RefCell<Vec<Finding>>,
}

impl<'t> Log<'t> {
    /// An empty log of a document; `positions` are those of its fields in the text it was read from, if it has one.
    pub(super) fn new(positions: Option<&'t Positions>) -> Self {
        Self { positions, types: RefCell::default(), fields: RefCell::default() }
    }

    /// `value` stands at `place`, which wants something else.
    pub(super) fn wrong_type(&self, place: &FieldPath<'_>, value: &Value, wanted: Wanted) {
        let mut types = self.types.borrow_mut();
        if types.len() < MOST {
            let field = place.to_document_path();
            let subject = if field.is_root() { "the manifest".to_owned() } else { field.to_string() };
            let message = format!("{subject} must be {}", wanted.instead_of(Found::new(value, &field, self.positions)));
            types.push(Finding::new(Rule::DECODE, field, message));
        }
    }

    /// There is no field such as the one at `place`.
    pub(super) fn unknown_field(&self, place: &FieldPath<'_>) {
        let mut fields = self.fields.borrow_mut();
        if fields.len() < MOST {
            let message = format!("unknown field {}", go_text::quoted(&place.to_string()));
            fields.push(Finding::new(Rule::UNKNOWN_FIELD, place.to_document_path(), message));
        }
    }

    /// All errors, in the order in which they were found.
    pub(super) fn into_errors(self) -> (Vec<Finding>, Vec<Finding>) {
        (self.types.into_inner(), self.fields.into_inner())
    }
}

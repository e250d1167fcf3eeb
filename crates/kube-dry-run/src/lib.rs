#![doc = include_str!("../README.md")]
//!
//! # Where to begin
//!
//! [`inspection`] is for texts, [`judge`] for documents that are read already, [`yaml`] for reading and writing.
//!
//! [`judge`] does what kube-apiserver 1.35 does on create with `fieldValidation=Strict` and default feature gates: decode
//! strictly, set defaults, validate, and warn about what it accepts. The first stage that objects decides the verdict.

mod admission;
mod budget;
mod causes;
mod change;
mod consequences;
mod convert;
mod decode;
mod default;
mod encoding;
mod entry;
mod field_error;
mod field_order;
mod field_path;
mod finding;
mod go_text;
mod hint;
pub mod inspection;
mod ip_address;
mod judged;
mod judgement;
pub mod kinds;
mod lines;
mod list;
mod mark;
mod mended;
mod names;
pub mod order;
mod path;
mod quantity;
mod request;
mod resources;
mod rule;
mod schema;
mod server_kinds;
mod severity;
pub mod shown;
pub mod spelling;
mod stages;
mod storage;
mod validate;
mod warn;
pub mod yaml;

pub use budget::{Budget, MAX_ERROR_BYTES, MAX_TYPED_BYTES, MAX_TYPED_BYTES_OF_TEXT};
pub use change::{Change, ChangeError};
pub use entry::entry;
pub use finding::{Finding, Fix, Stage};
pub use judgement::{Judgement, Omitted, Verdict};
pub use kinds::pod_template;
pub use list::{Object, objects, objects_in_place};
pub use mended::{Mended, mended};
pub use path::{ParsePathError, Path, Segment};
pub use quantity::milli_value;
pub use rule::{RULES, Rule, RuleDescription};
pub use schema::Schema;
pub use server_kinds::served_kind;
pub use severity::Severity;

use serde_json::Value;

use self::stages::Subject;
use crate::yaml::Parsed;

/// What the API server answers to `document`.
#[must_use]
pub fn judge(document: &Value) -> Judgement {
    let subject = Subject { document, positions: None, duplicates: &[], further_duplicates: 0 };
    stages::judge(subject, &mut Budget::default())
}

/// What the API server answers to a document as it stands in a text: fields that are there twice are strict errors too, and
/// values of a wrong type are told as the text writes them.
#[must_use]
pub fn judge_parsed(parsed: &Parsed) -> Judgement {
    judge_within(parsed, &mut Budget::default())
}

/// As [`judge_parsed`], for what a document has become by changes: its values are told as the text writes them where they are
/// what the text has there.
#[must_use]
pub fn judge_changed(document: &Value, read: &Parsed) -> Judgement {
    stages::judge(Subject { document, ..Subject::from(read) }, &mut Budget::default())
}

/// As [`judge_parsed`], for a document of a text whose documents share a `budget`.
#[must_use]
pub fn judge_within(parsed: &Parsed, budget: &mut Budget) -> Judgement {
    stages::judge(parsed.into(), budget)
}

#![doc = include_str!("../README.md")]
//!
//! # Where to begin
//!
//! [`explain`] takes a path as people write it, [`explain_field`] a [`Path`](kube_dry_run::Path) of a document; [`to_text`] writes an
//! [`Explanation`] for a terminal. [`add_comments`] and [`remove_comments`] annotate a whole text.

mod ask;
mod comments;
mod explanation;
mod field_type;
mod near;
mod notes;
mod place;
mod release;
mod sentence;
mod table;
mod text;
mod unknown;

pub use ask::{explain, explain_field, link_to};
pub use comments::{add_comments, has_comments, remove_comments};
pub use explanation::{Child, Explanation, Step};
pub use field_type::FieldType;
pub use notes::{DefaultValue, MAX_COMMENT, Need, Stage, Use, explained_fields};
pub use release::Release;
pub use text::to_text;
pub use unknown::Unknown;

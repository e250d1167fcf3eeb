#![doc = include_str!("../README.md")]
//!
//! # Where to begin
//!
//! [`advise`] looks at one document, [`RULES`] lists what it looks for, each rule with a page that says why. A document silences
//! a rule with the annotation [`IGNORE_ANNOTATION`], a text with a comment that begins with [`IGNORE_COMMENT`].

mod advice;
mod image;
mod images;
mod memory;
mod process;
mod rule;
pub mod rules;
mod script;
mod shell;
mod sidecar;
mod silence;
mod workload;

pub use advice::{Advice, MAX_FINDINGS, MAX_FINDINGS_OF_RULE, advise, advise_text};
pub use image::content_directory;
pub use rule::AdviceRule;
pub use rules::RULES;
pub use silence::{IGNORE_ANNOTATION, IGNORE_COMMENT, silencing_comment};

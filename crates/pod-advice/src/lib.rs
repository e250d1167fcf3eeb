#![doc = include_str!("../README.md")]
//!
//! # Where to begin
//!
//! [`advise`] looks at one document, [`RULES`] lists what it looks for, each rule with a page that says why. A document silences
//! a rule with the annotation [`IGNORE_ANNOTATION`], a text with a comment that begins with [`IGNORE_COMMENT`].
//!
//! [`runs`] and [`writes`] say what the command of one container does.
//!
//! [`same_files`] says which paths are one file, [`events`] what may happen, and [`what_happens`] what comes of it. A [`Workload`]
//! answers several of these without reading the document again.

mod added_mount;
mod advice;
mod commands;
mod credential;
mod file_mode;
mod forgotten;
mod hidden_directory;
mod image;
mod images;
mod lifecycle;
mod limits;
mod listening;
mod memory;
mod process;
mod quotes;
mod removal;
mod rule;
pub mod rules;
mod same_file;
mod script;
mod shell;
mod sidecar;
mod silence;
mod sub_path;
mod unit;
mod whole_command;
mod workload;
mod writable;

pub use advice::{Advice, MAX_FINDINGS, MAX_FINDINGS_OF_RULE, advise, advise_text};
pub use commands::{runs, writes};
pub use image::{content_directory, image_name};
pub use lifecycle::{
    Cause, ContainerOutcome, Event, Fate, Lever, Outcome, ParseEventError, VolumeOutcome, event, events, what_happens,
};
pub use rule::AdviceRule;
pub use rules::RULES;
pub use same_file::{FilePlace, MAX_SAME_FILE_PLACES, MAX_SAME_FILE_VOLUMES, Part, SameFile, same_files};
pub use silence::{IGNORE_ANNOTATION, IGNORE_COMMENT, silencing_comment};
pub use workload::{Workload, is_read_only_volume, volume_source};

//! Podweave from the outside: over HTTP and on the command line.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod cache;
mod check;
mod cli;
mod client;
mod editor;
mod explain;
mod fixes;
mod headers;
mod host;
mod hostile;
mod http;
mod lessons;
mod log;
mod rules;
mod serving;
mod start;
mod text;

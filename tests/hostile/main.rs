//! What is far too large, too deep or broken: a clear error or a right answer, in sizes at which anything quadratic would
//! not end.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../integration/client.rs"]
mod client;
mod lists;
mod memory;
mod pages;
mod search;
mod texts;

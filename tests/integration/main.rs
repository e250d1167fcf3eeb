//! Podweave from the outside: over HTTP and on the command line.

mod cli;
mod http;

//! The `podweave` program: see [`podweave::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    podweave::cli::run()
}

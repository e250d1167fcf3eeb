//! The `podweave` program: see [`podweave::cli`].

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Documents are many small values, which this allocator serves in three quarters of the time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    podweave::cli::run()
}

//! The `podweave` program: see [`podweave::cli`].

use std::process::ExitCode;

use allocator::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    allocator::give_back_soon();
    podweave::cli::run()
}

//! The memory allocator of the program: mimalloc, which serves documents, many small values, in three quarters of the time.
//!
//! By default it keeps what is free for a second before the system gets it back. Under a load of requests that second never
//! comes; giving it back at once halves what a server occupies and costs no throughput that could be measured.
#![expect(unsafe_code, reason = "the allocator's options are set through its C interface")]

use libmimalloc_sys::{mi_option_set, mi_option_t};
pub use mimalloc::MiMalloc;

/// `mi_option_purge_delay` of `mimalloc.h`, which its bindings do not name.
const PURGE_DELAY: mi_option_t = 15;

/// Lets the allocator give back free memory at once. To be called first, before the program has a second thread.
pub fn give_back_at_once() {
    // SAFETY: the option exists, any number is a delay, and there is no other thread yet.
    unsafe { mi_option_set(PURGE_DELAY, 0) };
}

#[cfg(test)]
mod tests {
    use libmimalloc_sys::mi_option_get;

    use super::*;

    #[test]
    fn the_option_is_the_delay_of_purges() {
        // SAFETY: it reads a number.
        let delay = || unsafe { mi_option_get(PURGE_DELAY) };
        assert_eq!(delay(), 1000);
        give_back_at_once();
        assert_eq!(delay(), 0);
    }
}

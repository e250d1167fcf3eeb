//! The memory allocator of the program: mimalloc, which serves documents, many small values, in three quarters of the time.
//!
//! By default it keeps what is free for a second before the system gets it back. Under a load of requests that second never
//! comes. After five milliseconds a server occupies a fifth less for the same throughput; giving back at once costs a third
//! of it.
#![expect(unsafe_code, reason = "the allocator's options are set through its C interface")]

use libmimalloc_sys::{mi_option_set, mi_option_t};
pub use mimalloc::MiMalloc;

/// `mi_option_purge_delay` of `mimalloc.h`, which its bindings do not name.
const PURGE_DELAY: mi_option_t = 15;

/// What is free so long is given back, in milliseconds.
const DELAY: i64 = 5;

/// Lets the allocator give back free memory soon. To be called first, before the program has a second thread.
pub fn give_back_soon() {
    // SAFETY: the option exists, any number is a delay, and there is no other thread yet.
    unsafe { mi_option_set(PURGE_DELAY, DELAY) };
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
        give_back_soon();
        assert_eq!(delay(), DELAY);
    }
}

//! A panic of the parser is an answer like another.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static IS_EXPECTED: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// What `parse` returns; `None` if it panics, of which nothing is printed. What `parse` has changed by then must not be used
/// any more except for a report.
///
/// The first call puts a panic hook in front of the one that is installed, which still hears of all other panics.
pub(super) fn catch<T>(parse: impl FnOnce() -> T) -> Option<T> {
    HOOK.call_once(|| {
        let report = panic::take_hook();
        panic::set_hook(Box::new(move |information| {
            if !IS_EXPECTED.get() {
                report(information);
            }
        }));
    });
    IS_EXPECTED.set(true);
    let parsed = panic::catch_unwind(AssertUnwindSafe(parse));
    IS_EXPECTED.set(false);
    parsed.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_none() {
        assert_eq!(catch(|| 1), Some(1));
        assert_eq!(catch(|| panic!("of no interest")), None::<()>);
        assert!(!IS_EXPECTED.get());
    }
}

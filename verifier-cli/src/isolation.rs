//! Work on strangers' bytes: a panic in it costs one outcome, not the run.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};

/// Runs `work` here; `None` if it panics.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    let before = ISOLATED.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(work)).ok();
    ISOLATED.set(before);
    result
}

/// Keeps panics of isolated work off the terminal; all others are shown as ever.
pub(crate) fn hush_isolated_panics() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if !ISOLATED.get() {
            usual(panic);
        }
    }));
}

thread_local! {
    static ISOLATED: Cell<bool> = const { Cell::new(false) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_costs_one_outcome() {
        hush_isolated_panics();
        assert_eq!(caught(|| 1), Some(1));
        assert_eq!(caught(|| panic!("not shown")), None::<()>);
    }
}

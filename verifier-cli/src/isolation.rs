//! Work on strangers' bytes: a panic or an endless loop in it costs one outcome, not the run.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// What became of work that did not end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It panicked, or could not be started.
    Died,
    /// It took longer than it was given.
    TimedOut,
}

/// Runs `work` here; `None` if it panics.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    let before = ISOLATED.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(work)).ok();
    ISOLATED.set(before);
    result
}

/// Runs `work` in a thread of its own for at most `limit`. One that takes longer is left behind and ends with the program.
pub(crate) fn timed<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Failure> {
    let (sender, receiver) = mpsc::channel();
    let worker = move || {
        let _ = sender.send(caught(work));
    };
    thread::Builder::new().stack_size(STACK).spawn(worker).map_err(|_| Failure::Died)?;
    match receiver.recv_timeout(limit) {
        Ok(result) => result.ok_or(Failure::Died),
        Err(mpsc::RecvTimeoutError::Timeout) => Err(Failure::TimedOut),
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(Failure::Died),
    }
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

const STACK: usize = 16 << 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_and_an_endless_loop_are_told_apart() {
        hush_isolated_panics();
        assert_eq!(caught(|| 1), Some(1));
        assert_eq!(caught(|| panic!("not shown")), None::<()>);
        assert_eq!(timed(Duration::from_secs(9), || 1), Ok(1));
        assert_eq!(timed(Duration::from_secs(9), || panic!("not shown")), Err::<(), _>(Failure::Died));
        let endless = || thread::sleep(Duration::from_secs(3_600));
        assert_eq!(timed(Duration::from_millis(10), endless), Err(Failure::TimedOut));
    }
}

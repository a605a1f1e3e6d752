//! The kit's task, for a test that counts or makes the polls itself.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::LazyLock;
use std::task::Poll;

use byte_stream::testing::task;

use tokio::runtime::{Builder, EnterGuard, Runtime};

pub use byte_stream::testing::drive;
pub use byte_stream::testing::task::Nap;

/// A clock for whoever sets a timer, as long as the guard lives. Nobody drives it, so none ever rings.
///
/// # Panics
///
/// If the system has no memory for one.
pub fn clock() -> EnterGuard<'static> {
    static CLOCK: LazyLock<Runtime> = LazyLock::new(|| {
        let clock = Builder::new_current_thread().enable_time().start_paused(true).build();
        clock.expect("a clock needs nothing of the system")
    });
    CLOCK.enter()
}

/// Runs a future to its end, and says how many polls that took.
///
/// # Panics
///
/// As [`drive`].
pub fn drive_counting<F: Future>(future: F) -> (F::Output, usize) {
    let mut future = pin!(future);
    let mut polls = 0;
    drive(std::future::poll_fn(move |cx| {
        polls += 1;
        future.as_mut().poll(cx).map(|output| (output, polls))
    }))
}

/// Polls a future once.
///
/// # Panics
///
/// If it is `Pending` and nobody who would use it has the waker of this poll.
pub fn poll_once<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    let polled = task::poll_once(future);
    assert!(polled.result.is_ready() || polled.woken, "`Pending`, but the waker of this poll is with nobody");
    polled.result
}

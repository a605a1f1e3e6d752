//! A task of one's own: a budget of polls in place of a clock, and no `Pending` without a waker.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use tokio::runtime::{Builder, Runtime};

/// More polls than any case needs that does not hang.
const BUDGET: usize = 100_000;

thread_local! {
    static SPENT: Cell<usize> = const { Cell::new(0) };
    static CURRENT: RefCell<Option<Waker>> = const { RefCell::new(None) };
    static ALARMS: RefCell<Vec<Arc<Alarm>>> = const { RefCell::new(Vec::new()) };
}

/// A clock for whoever sets a timer. Nobody drives it, so none ever rings.
static CLOCK: LazyLock<Runtime> = LazyLock::new(|| {
    Builder::new_current_thread().enable_time().start_paused(true).build().expect("a clock needs nothing of the system")
});

/// Begins a case, which has a budget of its own.
pub fn refill() {
    SPENT.set(0);
}

/// Runs a future to its end.
///
/// # Panics
///
/// As [`poll_once`].
pub fn drive<F: Future>(future: F) -> F::Output {
    drive_counting(future).0
}

/// Runs a future to its end, and says how many polls that took.
///
/// # Panics
///
/// As [`poll_once`].
pub fn drive_counting<F: Future>(future: F) -> (F::Output, usize) {
    let mut future = pin!(future);
    let mut polls = 1;
    loop {
        if let Poll::Ready(output) = poll_once(future.as_mut()) {
            return (output, polls);
        }
        polls += 1;
    }
}

/// Polls a future once, with a waker that no other poll has. If it is `Pending`, everybody who sleeps is woken.
///
/// # Panics
///
/// If the future is `Pending` and did not leave this very waker with anybody who would use it, or if the case has spent its
/// budget: then something hangs, be it a loop of the test.
pub fn poll_once<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    SPENT.set(SPENT.get() + 1);
    assert!(SPENT.get() <= BUDGET, "a hang: no end after {BUDGET} polls");
    let bell = Arc::new(Bell::default());
    let waker = Waker::from(Arc::clone(&bell));
    let polled = {
        let _polling = Polling::as_task(&waker);
        let _clock = CLOCK.enter();
        future.poll(&mut Context::from_waker(&waker))
    };
    if polled.is_pending() {
        wake_sleepers();
        assert!(bell.0.load(Ordering::Relaxed), "`Pending`, but the waker of this poll is with nobody");
    }
    polled
}

/// Whether this is the waker of the poll that is going on.
#[must_use]
pub fn is_current(waker: &Waker) -> bool {
    CURRENT.with_borrow(|current| current.as_ref().is_some_and(|current| current.will_wake(waker)))
}

/// Whether a poll is going on.
#[must_use]
pub fn is_polling() -> bool {
    CURRENT.with_borrow(Option::is_some)
}

#[derive(Default)]
struct Bell(AtomicBool);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// For as long as it lives a poll is going on.
struct Polling(Option<Waker>);

impl Polling {
    fn as_task(waker: &Waker) -> Self {
        Polling(CURRENT.replace(Some(waker.clone())))
    }
}

impl Drop for Polling {
    fn drop(&mut self) {
        CURRENT.set(self.0.take());
    }
}

struct Alarm {
    over: AtomicBool,
    waker: Mutex<Waker>,
}

impl Alarm {
    fn with_waker(&self, f: impl FnOnce(&mut Waker)) {
        f(&mut self.waker.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

fn wake_sleepers() {
    for alarm in ALARMS.take() {
        alarm.over.store(true, Ordering::Relaxed);
        alarm.with_waker(|waker| waker.wake_by_ref());
    }
}

/// A source that sleeps: it stays `Pending`, however often it is polled, until its task was `Pending` and has been woken.
///
/// As with any reactor, only the waker of the last poll counts.
#[derive(Default)]
pub struct Nap(Option<Arc<Alarm>>);

impl Nap {
    /// Sleeps once. After it the next poll is another nap.
    pub fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        match &self.0 {
            Some(alarm) if alarm.over.load(Ordering::Relaxed) => {
                self.0 = None;
                return Poll::Ready(());
            }
            Some(alarm) => alarm.with_waker(|waker| waker.clone_from(cx.waker())),
            None => {
                let alarm = Arc::new(Alarm { over: AtomicBool::new(false), waker: Mutex::new(cx.waker().clone()) });
                ALARMS.with_borrow_mut(|alarms| alarms.push(Arc::clone(&alarm)));
                self.0 = Some(alarm);
            }
        }
        Poll::Pending
    }
}

//! A task of one's own: a budget of polls in place of a clock, and no `Pending` without a waker.
//!
//! What a raw source does while such a task polls it is noted here, so that a check can ask what a call has cost.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker, ready};
use std::time::Duration;

/// More polls than anything needs that does not hang.
const BUDGET: usize = 100_000;

thread_local! {
    static IS_POLLING: Cell<bool> = const { Cell::new(false) };
    static ALARMS: RefCell<Vec<Arc<Alarm>>> = const { RefCell::new(Vec::new()) };
    static NOTES: Cell<Notes> = const { Cell::new(Notes::NONE) };
    static VIOLATION: Cell<Option<Violation>> = const { Cell::new(None) };
}

/// Why a task does not come to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stuck {
    /// It is `Pending`, and nobody who would wake it has the waker of its last poll.
    Lost,
    /// It has spent its budget of polls.
    Spent,
}

impl fmt::Display for Stuck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stuck::Lost => f.write_str(
                "`Pending`, and nobody will wake the task: a waker was lost, the stream hangs, or it needs a runtime, in \
                 which it can be awaited",
            ),
            Stuck::Spent => write!(f, "no end after {BUDGET} polls"),
        }
    }
}

/// Runs a future to its end, on this thread and without a runtime: it is polled as long as it is woken.
///
/// Each poll has a waker of its own, so that an old one that was kept is no use. What waits by tokio's clock or for its reactor needs
/// a runtime, and is awaited there.
///
/// # Panics
///
/// If the future is `Pending` and did not leave the waker of this poll with anybody who uses it (another thread has a second for
/// that), and if it takes more than 100,000 polls. So a lost waker fails a test, where it would hang it otherwise.
///
/// # Examples
///
/// ```
/// use byte_stream::{ByteStreamExt, stream, testing};
///
/// let bytes = testing::drive(stream!["hello, ", pending, "world"].collect_bytes());
/// assert_eq!(bytes.unwrap(), "hello, world");
/// ```
#[track_caller]
pub fn drive<F: Future>(future: F) -> F::Output {
    match try_drive(future) {
        Ok(output) => output,
        Err(stuck) => panic!("{stuck}"),
    }
}

pub(crate) fn try_drive<F: Future>(future: F) -> Result<F::Output, Stuck> {
    let mut future = pin!(future);
    for _ in 0..BUDGET {
        let polled = poll_once(future.as_mut());
        match polled.result {
            Poll::Ready(output) => return Ok(output),
            Poll::Pending if polled.woken => {}
            Poll::Pending => return Err(Stuck::Lost),
        }
    }
    Err(Stuck::Spent)
}

/// What one poll came to.
#[derive(Debug)]
pub struct Polled<T> {
    /// What it returned.
    pub result: Poll<T>,
    /// Whether its waker was used, before it returned or by who sleeps and was woken after it.
    pub woken: bool,
    /// Whether it was used before it returned.
    pub woke_itself: bool,
    pub(super) notes: Notes,
}

/// What the raw sources did in a poll.
#[derive(Clone, Copy, Debug)]
pub(super) struct Notes {
    /// How often they were polled.
    pub(super) pulls: usize,
    /// How many of these polls brought neither bytes nor an end: empty chunks, `EINTR`.
    pub(super) barren: usize,
    /// Whether one sleeps, and will wake its task.
    pub(super) sleeps: bool,
    /// Whether one failed with an error of the kind `Interrupted`.
    pub(super) interrupted: bool,
}

impl Notes {
    const NONE: Self = Notes { pulls: 0, barren: 0, sleeps: false, interrupted: false };
}

/// Polls a future once, with a waker that no other poll has, and then wakes everybody who sleeps.
pub fn poll_once<F: Future>(future: Pin<&mut F>) -> Polled<F::Output> {
    let bell = Arc::new(Bell::default());
    let waker = Waker::from(Arc::clone(&bell));
    NOTES.set(Notes::NONE);
    let result = {
        let _polling = Polling(IS_POLLING.replace(true));
        future.poll(&mut Context::from_waker(&waker))
    };
    let notes = NOTES.get();
    let woke_itself = bell.has_rung();
    if result.is_pending() {
        wake_sleepers();
    }
    // Who sleeps on this thread has been woken; if nobody did, the waker may be with another thread.
    let woken = bell.has_rung() || (result.is_pending() && !notes.sleeps && bell.rings_soon());
    Polled { result, woken, woke_itself, notes }
}

/// Whether a poll of this module is going on.
#[must_use]
pub fn is_polling() -> bool {
    IS_POLLING.get()
}

/// Takes note of what a raw source does.
pub(super) fn note(f: impl FnOnce(&mut Notes)) {
    let mut notes = NOTES.get();
    f(&mut notes);
    NOTES.set(notes);
}

/// What a raw source has panicked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Violation {
    PolledAfterItsEnd,
    PolledForNoBytes,
}

impl Violation {
    /// Panics, and leaves a note of why.
    #[track_caller]
    pub(super) fn report(self) -> ! {
        VIOLATION.set(Some(self));
        panic!("a raw source was {self}")
    }

    /// The last one that was reported.
    pub(super) fn take() -> Option<Self> {
        VIOLATION.take()
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Violation::PolledAfterItsEnd => "polled after its end or its error",
            Violation::PolledForNoBytes => "read into an empty buffer",
        })
    }
}

#[derive(Default)]
struct Bell {
    rung: Mutex<bool>,
    ringing: Condvar,
}

impl Bell {
    fn has_rung(&self) -> bool {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether another thread rings it.
    fn rings_soon(&self) -> bool {
        const SOON: Duration = Duration::from_secs(1);
        let rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.ringing.wait_timeout_while(rung, SOON, |rung| !*rung);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.ringing.notify_one();
    }
}

/// For as long as it lives a poll is going on. It holds what was before.
struct Polling(bool);

impl Drop for Polling {
    fn drop(&mut self) {
        IS_POLLING.set(self.0);
    }
}

#[derive(Debug)]
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

/// Sleeps once: it stays `Pending`, however often it is polled, until its task was `Pending` and has been woken.
///
/// As with any reactor, only the waker of the last poll counts. On a task of somebody else, who wakes no sleepers, it wakes its task
/// at once.
#[derive(Debug, Default)]
pub struct Nap(State);

#[derive(Debug, Default)]
enum State {
    #[default]
    Awake,
    Asleep(Arc<Alarm>),
    /// On somebody else's task.
    Woken,
}

impl Nap {
    pub(crate) const NEW: Self = Nap(State::Awake);

    /// Sleeps once. After it the next poll is another nap.
    pub fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        ready!(self.poll_alarm(cx));
        self.0 = State::Awake;
        Poll::Ready(())
    }

    fn poll_alarm(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        match &self.0 {
            State::Woken => return Poll::Ready(()),
            State::Asleep(alarm) if alarm.over.load(Ordering::Relaxed) => return Poll::Ready(()),
            State::Asleep(alarm) => {
                alarm.with_waker(|waker| waker.clone_from(cx.waker()));
                note(|notes| notes.sleeps = true);
            }
            State::Awake if is_polling() => {
                let alarm = Arc::new(Alarm { over: AtomicBool::new(false), waker: Mutex::new(cx.waker().clone()) });
                ALARMS.with_borrow_mut(|alarms| alarms.push(Arc::clone(&alarm)));
                note(|notes| notes.sleeps = true);
                self.0 = State::Asleep(alarm);
            }
            State::Awake => {
                self.0 = State::Woken;
                cx.waker().wake_by_ref();
            }
        }
        Poll::Pending
    }
}

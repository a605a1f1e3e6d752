//! What a sender and its reader share: the queue, who waits at which end of it, and the sender's last word.

use std::io::{self, IoSlice};
use std::mem;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;

use super::error::{TrySendError, closed};
use super::queue::Queue;
use super::word::Word;
use crate::Trailers;

/// There is one sender and one reader, so at each end one task waits at most.
pub(super) struct Pipe {
    inner: Mutex<Inner>,
}

struct Inner {
    queue: Queue,
    word: Word,
    /// Whether the end is the end of a future: until then the sender's last word is not heard.
    driven: bool,
    /// Whether nothing more is accepted, whatever the sender says.
    closed: bool,
    reader: Option<Waker>,
    /// The sender's task, and for how many bytes it wants room.
    sender: Option<(Waker, usize)>,
    /// The sender's task, if it wants to know when the reader is gone.
    closing: Option<Waker>,
}

/// What comes out.
pub(super) enum Taken {
    Chunk(Bytes),
    /// The last chunk, if that is known.
    Last(Bytes, Option<Trailers>),
    End(io::Result<Option<Trailers>>),
}

/// What is left to do when the lock has been released: to wake, and to drop what came from elsewhere, may run anybody's code.
#[derive(Default)]
struct Errands {
    wake: [Option<Waker>; 3],
    waker: Option<Waker>,
    chunk: Option<Bytes>,
    queue: Option<Queue>,
    word: Option<Word>,
}

impl Errands {
    fn run(self) {
        for waker in self.wake.into_iter().flatten() {
            waker.wake();
        }
    }
}

impl Pipe {
    pub(super) fn new(queue: Queue, driven: bool) -> Self {
        let (reader, sender, closing) = (None, None, None);
        let inner = Inner { queue, word: Word::Open, driven, closed: false, reader, sender, closing };
        Pipe { inner: Mutex::new(inner) }
    }

    fn locked<T>(&self, touch: impl FnOnce(&mut Inner, &mut Errands) -> T) -> T {
        let mut errands = Errands::default();
        let touched = touch(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner), &mut errands);
        errands.run();
        touched
    }
}

/// The sender's end.
impl Pipe {
    /// Sends a chunk, or gives it back. Who says in what context is woken when there is room.
    pub(super) fn send(&self, chunk: Bytes, cx: Option<&Context<'_>>) -> Result<(), TrySendError> {
        self.locked(|inner, errands| {
            if inner.check_open().is_err() {
                return Err(TrySendError::Closed(chunk));
            }
            if !inner.queue.accepts(chunk.len()) {
                inner.wait_for_room(cx, chunk.len(), errands);
                return Err(TrySendError::Full(chunk));
            }
            if chunk.is_empty() {
                errands.chunk = Some(chunk);
            } else {
                inner.queue.push(chunk);
                inner.wake_reader(errands);
            }
            Ok(())
        })
    }

    pub(super) fn poll_room(&self, cx: &Context<'_>, len: usize) -> Poll<io::Result<()>> {
        self.locked(|inner, errands| {
            inner.check_open()?;
            if !inner.queue.accepts(len) {
                inner.wait_for_room(Some(cx), len, errands);
                return Poll::Pending;
            }
            Poll::Ready(Ok(()))
        })
    }

    pub(super) fn poll_write(&self, cx: &Context<'_>, bufs: &[IoSlice<'_>]) -> Poll<io::Result<usize>> {
        self.locked(|inner, errands| {
            inner.check_open()?;
            if bufs.iter().all(|buf| buf.is_empty()) {
                return Poll::Ready(Ok(0));
            }
            if inner.queue.room() == 0 {
                inner.wait_for_room(Some(cx), 1, errands);
                return Poll::Pending;
            }
            let n = bufs.iter().map(|buf| inner.queue.write(buf)).sum();
            if inner.queue.room() == 0 {
                inner.queue.flush();
            }
            inner.wake_reader(errands);
            Poll::Ready(Ok(n))
        })
    }

    pub(super) fn flush(&self) -> io::Result<()> {
        self.locked(|inner, errands| {
            // What was written before the end has been flushed by it.
            if inner.word.is_open() {
                inner.check_open()?;
                inner.queue.flush();
                inner.wake_reader(errands);
            }
            Ok(())
        })
    }

    /// Ends the stream from the sender's side.
    pub(super) fn say(&self, word: Word) {
        self.locked(|inner, errands| inner.say(word, errands));
    }

    /// Ends the stream from the sender's side, if it has not been done before.
    pub(super) fn say_if_open(&self, word: Word) {
        self.locked(|inner, errands| match inner.word.is_open() {
            true => inner.say(word, errands),
            false => errands.word = Some(word),
        });
    }

    pub(super) fn is_closed(&self) -> bool {
        self.locked(|inner, _| inner.closed)
    }

    pub(super) fn poll_closed(&self, cx: &Context<'_>) -> Poll<()> {
        self.locked(|inner, errands| {
            if inner.closed {
                return Poll::Ready(());
            }
            errands.waker = register(&mut inner.closing, cx);
            Poll::Pending
        })
    }
}

/// The reader's end.
impl Pipe {
    pub(super) fn poll_take(&self, cx: &Context<'_>) -> Poll<Taken> {
        self.locked(|inner, errands| {
            if let Some(chunk) = inner.queue.pop() {
                errands.waker = inner.reader.take();
                inner.wake_sender(errands);
                return Poll::Ready(match inner.is_finished() && inner.queue.is_empty() {
                    true => Taken::Last(chunk, inner.take_word().into_end().ok().flatten()),
                    false => Taken::Chunk(chunk),
                });
            }
            if inner.is_over() {
                errands.waker = inner.reader.take();
                return Poll::Ready(Taken::End(inner.take_word().into_end()));
            }
            errands.waker = register(&mut inner.reader, cx);
            Poll::Pending
        })
    }

    pub(super) fn bytes_left(&self) -> (u64, Option<u64>) {
        self.locked(|inner, _| {
            let left = inner.queue.len() as u64;
            // An upper bound is for what is known to end well and without trailers: whoever knows the length does not ask for what
            // comes after it.
            let is_all = !inner.driven && matches!(inner.word, Word::Finished(None));
            (left, is_all.then_some(left))
        })
    }

    /// Accepts nothing more, and lets go of everything.
    pub(super) fn close(&self) {
        self.locked(|inner, errands| {
            inner.close(errands);
            let said = if inner.word.is_open() { Word::Open } else { inner.take_word() };
            errands.waker = inner.reader.take();
            errands.queue = Some(inner.queue.take());
            errands.word = Some(said);
        });
    }
}

/// The turn of a future that writes.
pub(super) struct Turn {
    /// Whether a sender that is not in the future waits for room.
    others_wait: bool,
}

/// The end of whoever drives the future that writes.
impl Pipe {
    /// Begins the turn of the future, unless there is a chunk that nothing more can join: that goes out first.
    pub(super) fn begin_turn(&self) -> Option<Turn> {
        self.locked(|inner, errands| {
            // What is written during the turn needs nobody to be woken.
            errands.waker = inner.reader.take();
            (!inner.queue.has_chunk()).then_some(Turn { others_wait: inner.sender.is_some() })
        })
    }

    /// The future waits for something. If that is room, it needs not be woken: it is polled when the next chunk is asked for.
    pub(super) fn end_turn(&self, turn: &Turn, cx: &Context<'_>) {
        self.locked(|inner, errands| {
            let waits_inside = |waker: &Waker| !turn.others_wait && waker.will_wake(cx.waker());
            errands.waker = inner.sender.take_if(|(waker, _)| waits_inside(waker)).map(|(waker, _)| waker);
            inner.queue.flush();
        });
    }

    /// The future has come to its end, and so does the stream, after what is in the queue.
    pub(super) fn end_future(&self, end: io::Result<Option<Trailers>>) {
        self.locked(|inner, errands| {
            inner.driven = false;
            let (word, stands) = match end {
                Err(error) => (Word::Failed(error), false),
                // A failure is not lost to trailers.
                Ok(Some(trailers)) => (Word::Finished(Some(trailers)), matches!(inner.word, Word::Failed(_))),
                Ok(None) => (Word::Finished(None), !matches!(inner.word, Word::Open | Word::Dropped)),
            };
            // What the writer has said, and stands, or what is said in its place: the other is dropped.
            errands.word = Some(if stands { word } else { mem::replace(&mut inner.word, word) });
            inner.queue.flush();
            inner.close(errands);
        });
    }
}

impl Inner {
    fn check_open(&self) -> io::Result<()> {
        if self.closed || !self.word.is_open() { Err(closed()) } else { Ok(()) }
    }

    fn is_over(&self) -> bool {
        !self.driven && !self.word.is_open()
    }

    fn is_finished(&self) -> bool {
        !self.driven && matches!(self.word, Word::Finished(_))
    }

    fn say(&mut self, word: Word, errands: &mut Errands) {
        if self.closed {
            errands.word = Some(word);
        } else {
            errands.word = Some(mem::replace(&mut self.word, word));
            self.queue.flush();
            self.wake_reader(errands);
        }
    }

    /// The sender's last word, which stays said.
    fn take_word(&mut self) -> Word {
        mem::replace(&mut self.word, Word::Finished(None))
    }

    fn close(&mut self, errands: &mut Errands) {
        self.closed = true;
        errands.wake[1] = self.sender.take().map(|(waker, _)| waker);
        errands.wake[2] = self.closing.take();
    }

    /// The sender waits for what only the reader can give: it must see what is there.
    fn wait_for_room(&mut self, cx: Option<&Context<'_>>, len: usize, errands: &mut Errands) {
        if let Some(cx) = cx {
            let mut waker = self.sender.take().map(|(waker, _)| waker);
            errands.waker = register(&mut waker, cx);
            self.sender = waker.map(|waker| (waker, len));
        }
        self.queue.flush();
        self.wake_reader(errands);
    }

    fn wake_sender(&mut self, errands: &mut Errands) {
        let queue = &self.queue;
        errands.wake[1] = self.sender.take_if(|(_, len)| queue.accepts(*len)).map(|(waker, _)| waker);
    }

    fn wake_reader(&mut self, errands: &mut Errands) {
        if self.queue.is_ready() || self.is_over() {
            errands.wake[0] = self.reader.take();
        }
    }
}

/// Puts the current task in the place of another one, whose waker is to be dropped without the lock.
fn register(slot: &mut Option<Waker>, cx: &Context<'_>) -> Option<Waker> {
    match slot {
        Some(waker) if waker.will_wake(cx.waker()) => None,
        _ => slot.replace(cx.waker().clone()),
    }
}

//! Scripts played as every kind of foreign source. All of them are hostile: they panic if they are polled after their end or
//! their error, with another task's waker, or for no bytes at all.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use futures_util::Stream;
use http::{HeaderMap, HeaderName, HeaderValue};
use http_body::{Body, Frame, SizeHint};
use tokio::io::ReadBuf;

use crate::script::{Payload, Script, Step};
use crate::task::{self, Nap};

/// A kind of foreign source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// A futures `Stream` of results of chunks.
    Stream,
    /// An iterator of the same.
    Iter,
    /// A function that polls for the same.
    PollFn,
    /// A tokio `AsyncRead`.
    Read,
    /// A tokio `AsyncBufRead`.
    BufRead,
    /// A futures `AsyncRead`.
    FuturesRead,
    /// A futures `AsyncBufRead`.
    FuturesBufRead,
    /// A body that says neither how long it is nor when it is over.
    Body,
    /// A body that says both.
    SizedBody,
}

impl Foreign {
    /// All kinds.
    pub const ALL: [Foreign; 9] = [
        Foreign::Stream,
        Foreign::Iter,
        Foreign::PollFn,
        Foreign::Read,
        Foreign::BufRead,
        Foreign::FuturesRead,
        Foreign::FuturesBufRead,
        Foreign::Body,
        Foreign::SizedBody,
    ];

    /// Whether it is a reader, which may be interrupted.
    #[must_use]
    pub fn is_reader(self) -> bool {
        use Foreign::{BufRead, FuturesBufRead, FuturesRead, Read};
        matches!(self, Read | BufRead | FuturesRead | FuturesBufRead)
    }

    /// Whether it has trailers.
    #[must_use]
    pub fn has_trailers(self) -> bool {
        matches!(self, Foreign::Body | Foreign::SizedBody)
    }
}

/// Counts how often a source has been asked for its next step.
#[derive(Clone, Debug, Default)]
pub struct Pulls(Arc<AtomicUsize>);

impl Pulls {
    /// So often.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// What all of them have in common.
struct Player {
    steps: VecDeque<Step>,
    nap: Nap,
    over: bool,
    pulls: Pulls,
}

impl Player {
    fn new(script: &Script, pulls: &Pulls) -> Self {
        Player { steps: script.steps.clone().into(), nap: Nap::default(), over: false, pulls: pulls.clone() }
    }

    fn poll_step(&mut self, cx: &mut Context<'_>) -> Poll<Option<Step>> {
        assert!(task::is_current(cx.waker()), "a source was polled with a waker that is not the current task's");
        self.pull();
        while let Some(Step::Pending) = self.steps.front() {
            ready!(self.nap.poll(cx));
            self.steps.pop_front();
        }
        Poll::Ready(self.play())
    }

    fn pull(&self) {
        assert!(!self.over, "a source was polled after its end or its error");
        self.pulls.add();
    }

    fn play(&mut self) -> Option<Step> {
        let step = self.steps.pop_front();
        self.over = matches!(step, None | Some(Step::Error(..)));
        step
    }

    /// For what cannot try again after an `EINTR`.
    fn interrupt(&mut self) -> io::Error {
        self.over = true;
        io::ErrorKind::Interrupted.into()
    }
}

fn error(kind: io::ErrorKind, text: &'static str) -> io::Error {
    io::Error::new(kind, Payload(text))
}

/// A script as a `Stream`.
pub struct Chunks(Player);

impl Chunks {
    /// Plays a script.
    #[must_use]
    pub fn new(script: &Script, pulls: &Pulls) -> Self {
        Chunks(Player::new(script, pulls))
    }
}

impl Stream for Chunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            return Poll::Ready(match ready!(self.0.poll_step(cx)) {
                Some(Step::Chunk(chunk)) => Some(Ok(chunk)),
                Some(Step::Interrupted) => Some(Err(self.0.interrupt())),
                Some(Step::Error(kind, text)) => Some(Err(error(kind, text))),
                Some(Step::Trailer(..) | Step::Pending) => continue,
                None => None,
            });
        }
    }
}

/// A script as an iterator.
pub struct Iter(Player);

impl Iter {
    /// Plays a script.
    #[must_use]
    pub fn new(script: &Script, pulls: &Pulls) -> Self {
        Iter(Player::new(script, pulls))
    }
}

impl Iterator for Iter {
    type Item = io::Result<Bytes>;

    fn next(&mut self) -> Option<Self::Item> {
        assert!(task::is_polling(), "an iterator was asked outside of a poll");
        self.0.pull();
        loop {
            return match self.0.play() {
                Some(Step::Chunk(chunk)) => Some(Ok(chunk)),
                Some(Step::Interrupted) => Some(Err(self.0.interrupt())),
                Some(Step::Error(kind, text)) => Some(Err(error(kind, text))),
                Some(Step::Trailer(..) | Step::Pending) => continue,
                None => None,
            };
        }
    }
}

/// A script as a reader of both worlds, with a buffer or, for whoever only reads, without one. A read gives a part of one
/// chunk, never of two.
pub struct Reader {
    player: Player,
    chunk: Bytes,
}

impl Reader {
    /// Plays a script.
    #[must_use]
    pub fn new(script: &Script, pulls: &Pulls) -> Self {
        Reader { player: Player::new(script, pulls), chunk: Bytes::new() }
    }

    fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<&mut Bytes>> {
        while self.chunk.is_empty() {
            match ready!(self.player.poll_step(cx)) {
                Some(Step::Chunk(chunk)) => self.chunk = chunk,
                Some(Step::Interrupted) => return Poll::Ready(Err(io::ErrorKind::Interrupted.into())),
                Some(Step::Error(kind, text)) => return Poll::Ready(Err(error(kind, text))),
                Some(Step::Trailer(..) | Step::Pending) => {}
                None => break,
            }
        }
        Poll::Ready(Ok(&mut self.chunk))
    }
}

impl tokio::io::AsyncRead for Reader {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        assert!(buf.remaining() > 0, "a reader was asked for no bytes");
        let chunk = ready!(self.get_mut().poll_chunk(cx))?;
        buf.put_slice(&chunk.split_to(chunk.len().min(buf.remaining())));
        Poll::Ready(Ok(()))
    }
}

impl tokio::io::AsyncBufRead for Reader {
    fn poll_fill_buf(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        self.get_mut().poll_chunk(cx).map_ok(|chunk| &chunk[..])
    }

    fn consume(self: Pin<&mut Self>, n: usize) {
        self.get_mut().chunk.advance(n);
    }
}

impl futures_util::io::AsyncRead for Reader {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut [u8]) -> Poll<io::Result<usize>> {
        assert!(!buf.is_empty(), "a reader was asked for no bytes");
        let chunk = ready!(self.get_mut().poll_chunk(cx))?;
        let n = chunk.len().min(buf.len());
        chunk.split_to(n).copy_to_slice(&mut buf[..n]);
        Poll::Ready(Ok(n))
    }
}

impl futures_util::io::AsyncBufRead for Reader {
    fn poll_fill_buf(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        tokio::io::AsyncBufRead::poll_fill_buf(self, cx)
    }

    fn consume(self: Pin<&mut Self>, n: usize) {
        tokio::io::AsyncBufRead::consume(self, n);
    }
}

/// A script as a body.
pub struct Frames {
    player: Player,
    hint: SizeHint,
    tells_its_end: bool,
}

impl Frames {
    /// Plays a script, says nothing of its length, and does not know its end before it comes.
    #[must_use]
    pub fn new(script: &Script, pulls: &Pulls) -> Self {
        Frames { player: Player::new(script, pulls), hint: SizeHint::new(), tells_its_end: false }
    }

    /// Says that it is so long, whether that is true or not, and knows its end.
    #[must_use]
    pub fn announcing(mut self, hint: SizeHint) -> Self {
        self.hint = hint;
        self.tells_its_end = true;
        self
    }
}

impl Body for Frames {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        Poll::Ready(match ready!(self.player.poll_step(cx)) {
            Some(Step::Chunk(chunk)) => Some(Ok(Frame::data(chunk))),
            Some(Step::Trailer(name, value)) => {
                let field = (HeaderName::from_static(name), HeaderValue::from_static(value));
                Some(Ok(Frame::trailers(HeaderMap::from_iter([field]))))
            }
            Some(Step::Interrupted) => Some(Err(self.player.interrupt())),
            Some(Step::Error(kind, text)) => Some(Err(error(kind, text))),
            Some(Step::Pending) => unreachable!("a step that comes is not `Pending`"),
            None => None,
        })
    }

    fn is_end_stream(&self) -> bool {
        self.tells_its_end && (self.player.over || self.player.steps.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        self.hint
    }
}

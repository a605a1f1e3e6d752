//! Any number of streams, one after another.

mod waiting;

use std::iter::Empty;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{fmt, io};

use bytes::Bytes;
use pin_project_lite::pin_project;
use tokio::io::ReadBuf;

use super::BoxByteStream;
use crate::budget::Patience;
use crate::stream::{check_consumed, check_max};
use crate::{ByteStream, ByteStreamViews, State, Trailers};
use waiting::{NOTHING, Waiting, add};

pin_project! {
    /// Streams of one type, one after another, of which nobody knew the number before: what a derived sequence is to its fields.
    ///
    /// The next has its turn when one is over, and never if one has failed. Only the trailers of the last are handed out. Each
    /// is dropped when it is over, or as soon as it is known not to be the last; those behind it are when one fails.
    ///
    /// Streams that are there already are collected, and [`push`](Self::push)ed: their lengths add up. Over an iterator, by [`new`](Self::new), the
    /// next stream is made when the one before is over, and the length is unknown as long as there may be one. Streams of
    /// different types go into boxes, by [`push_boxed`](Self::push_boxed).
    ///
    /// # Cancel safety
    ///
    /// It has no bytes of its own. A stream that the iterator has made is kept.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::adapter::Chain;
    /// use byte_stream::{ByteStream, ByteStreamExt, FromIter, stream};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let mut parts = Chain::default();
    /// parts.push_boxed(stream!["head, "]);
    /// parts.push_boxed(FromIter::new(["body"]));
    /// assert_eq!(parts.collect_bytes().await?, "head, body");
    ///
    /// let known: Chain<_> = [stream!["one "], stream!["two"]].into_iter().collect();
    /// assert_eq!(known.bytes_left(), (7, Some(7)));
    ///
    /// // A stream is made when its turn has come.
    /// let late = Chain::new((1..=3).map(|n| FromIter::new([format!("{n}\n")])));
    /// assert_eq!(late.collect_bytes().await?, "1\n2\n3\n");
    /// # Ok(())
    /// # }
    /// ```
    #[derive(ByteStreamViews)]
    #[byte_stream(crate = crate)]
    #[must_use = "a stream does nothing unless it is read"]
    pub struct Chain<S, I = Empty<S>> {
        // `None` if it is dropped already, and before the first.
        #[pin]
        current: Option<S>,
        waiting: Waiting<S>,
        // Comes after those that wait. `None` once it has ended, or is not to be asked.
        rest: Option<I>,
    }
}

impl<S, I: Iterator<Item = S>> Chain<S, I> {
    /// Streams one after another, each made when the one before is over.
    pub fn new(streams: impl IntoIterator<IntoIter = I>) -> Self {
        Chain { current: None, waiting: Waiting::default(), rest: Some(streams.into_iter()) }
    }

    /// The current stream, and those that have not begun.
    pub fn into_parts(self) -> (Option<S>, impl Iterator<Item = S>) {
        (self.current, self.waiting.into_iter().chain(self.rest.into_iter().flatten()))
    }

    /// Whether there may be a stream that nobody has seen.
    fn may_go_on(&self) -> bool {
        self.rest.as_ref().is_some_and(|rest| rest.size_hint().1 != Some(0))
    }
}

impl<S, I> Chain<S, I> {
    /// The stream that has its turn, once there is one.
    pub fn get_ref(&self) -> Option<&S> {
        self.current.as_ref()
    }

    /// The stream that has its turn, once there is one.
    pub fn get_mut(&mut self) -> Option<&mut S> {
        self.current.as_mut()
    }

    /// The stream that has its turn, once there is one, pinned.
    pub fn get_pin_mut(self: Pin<&mut Self>) -> Option<Pin<&mut S>> {
        self.project().current.as_pin_mut()
    }
}

impl<S: ByteStream> Chain<S> {
    /// Adds a stream after all others. What is added when the last one is over, or behind one that has failed, is dropped: the end
    /// is final.
    pub fn push(&mut self, stream: S) {
        if self.rest.is_some() {
            self.waiting.push(stream);
        }
    }
}

impl<'a> Chain<BoxByteStream<'a>> {
    /// Adds a stream of any type after all others, in a box. As [`push`](Self::push).
    pub fn push_boxed(&mut self, stream: impl ByteStream + Send + 'a) {
        self.push(BoxByteStream::new(stream));
    }
}

impl<S: ByteStream, I: Iterator<Item = S>> Chain<S, I> {
    /// Goes on to the next of those that wait if the current one is over, and lets go of what is not needed any more.
    fn settle(mut self: Pin<&mut Self>) {
        loop {
            let may_go_on = self.may_go_on();
            let mut this = self.as_mut().project();
            let state = this.current.as_ref().as_pin_ref().map_or(State::Ended, |current| current.state());
            if state == State::Open {
                return;
            }
            let next = if state.is_over() { this.waiting.pop() } else { None };
            if let Some(next) = next {
                this.current.set(Some(next));
                continue;
            }
            if state == State::Ended {
                this.current.set(None);
            }
            if !(may_go_on && state.is_over()) {
                *this.waiting = Waiting::default();
                *this.rest = None;
            }
            return;
        }
    }

    /// The first stream that is not over. `None` if all are.
    fn poll_current(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        patience: &mut Patience,
    ) -> Poll<Option<Pin<&mut S>>> {
        loop {
            self.as_mut().settle();
            if self.current.as_ref().is_some_and(|current| !current.state().is_over()) {
                return Poll::Ready(self.project().current.as_pin_mut());
            }
            let mut this = self.as_mut().project();
            match this.rest.as_mut().and_then(Iterator::next) {
                Some(next) => this.current.set(Some(next)),
                None => {
                    *this.rest = None;
                    return Poll::Ready(None);
                }
            }
            ready!(patience.poll_again(cx));
        }
    }
}

impl<S: ByteStream, I: Iterator<Item = S>> ByteStream for Chain<S, I> {
    fn poll_chunk(mut self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        check_max(max);
        let mut patience = Patience::new();
        while let Some(mut current) = ready!(self.as_mut().poll_current(cx, &mut patience)) {
            let item = ready!(current.as_mut().poll_chunk(cx, max));
            let is_over = current.state().is_over();
            self.as_mut().settle();
            if item.is_some() || !is_over {
                return Poll::Ready(item);
            }
            ready!(patience.poll_again(cx));
        }
        Poll::Ready(None)
    }

    fn poll_peek(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let lends = ready!(self.as_mut().poll_lends(cx))?;
        match self.get_pin_mut() {
            Some(current) if lends => current.poll_peek(cx),
            _ => Poll::Ready(Ok(&[])),
        }
    }

    fn poll_lends(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        let mut patience = Patience::new();
        while let Some(mut current) = ready!(self.as_mut().poll_current(cx, &mut patience)) {
            let lends = ready!(current.as_mut().poll_lends(cx));
            let is_over = current.state().is_over();
            self.as_mut().settle();
            if !matches!(lends, Ok(false)) || !is_over {
                return Poll::Ready(lends);
            }
            ready!(patience.poll_again(cx));
        }
        Poll::Ready(Ok(false))
    }

    fn consume_peeked(mut self: Pin<&mut Self>, n: usize) {
        match self.as_mut().get_pin_mut() {
            Some(current) => current.consume_peeked(n),
            None => check_consumed(n, 0),
        }
        self.settle();
    }

    fn poll_read_into(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if buf.remaining() == 0 {
            return Poll::Ready(Ok(()));
        }
        let before = buf.filled().len();
        let mut patience = Patience::new();
        while let Some(mut current) = ready!(self.as_mut().poll_current(cx, &mut patience)) {
            let read = ready!(current.as_mut().poll_read_into(cx, buf));
            let is_over = current.state().is_over();
            self.as_mut().settle();
            if buf.filled().len() > before || !is_over {
                return Poll::Ready(read);
            }
            ready!(patience.poll_again(cx));
        }
        Poll::Ready(Ok(()))
    }

    fn state(&self) -> State {
        let mut last = State::Ended;
        for stream in self.current.iter().chain(self.waiting.iter()) {
            last = stream.state();
            if !last.is_over() {
                return last;
            }
        }
        if self.may_go_on() { State::Open } else { last }
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        match self.state() {
            State::Open => {
                let current = self.current.as_ref().map_or(NOTHING, ByteStream::bytes_left);
                add(add(current, self.waiting.left()), if self.may_go_on() { (0, None) } else { NOTHING })
            }
            State::Trailers | State::Ended | State::Failed => NOTHING,
        }
    }

    fn poll_trailers(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        if self.state() != State::Trailers {
            return Poll::Ready(None);
        }
        self.as_mut().settle();
        let trailers = match self.as_mut().get_pin_mut() {
            Some(last) => ready!(last.poll_trailers(cx)),
            None => None,
        };
        self.settle();
        Poll::Ready(trailers)
    }
}

impl<S> Default for Chain<S> {
    /// Without a stream.
    fn default() -> Self {
        Chain::new(std::iter::empty())
    }
}

impl<S: ByteStream> Extend<S> for Chain<S> {
    /// As [`push`](Chain::push).
    fn extend<T: IntoIterator<Item = S>>(&mut self, streams: T) {
        streams.into_iter().for_each(|stream| self.push(stream));
    }
}

impl<S: ByteStream> FromIterator<S> for Chain<S> {
    fn from_iter<T: IntoIterator<Item = S>>(streams: T) -> Self {
        let mut chain = Chain::default();
        chain.extend(streams);
        chain
    }
}

impl<S, I> fmt::Debug for Chain<S, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chain").field("waiting", &self.waiting.iter().count()).finish_non_exhaustive()
    }
}

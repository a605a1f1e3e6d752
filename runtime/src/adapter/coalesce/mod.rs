//! Small chunks made large.

mod gathered;

use std::pin::Pin;
use std::task::{Context, Poll, ready};
#[cfg(feature = "time")]
use std::time::Duration;
use std::{fmt, io};

use bytes::Bytes;
use pin_project_lite::pin_project;

#[cfg(feature = "time")]
use super::timer::Timer;
use crate::adapter::accessors;
use crate::source::Parts;
use crate::source::unread::Unread;
use crate::stream::check_max;
use crate::{ByteStream, ByteStreamViews, State, Trailers};
use gathered::Gathered;

/// The window, unless set otherwise.
const WINDOW: usize = 64 * 1024;

pin_project! {
    /// Puts small chunks together, up to a window: fewer writes below it, and larger blocks for a codec.
    ///
    /// It takes what the stream has ready, and hands it out as one chunk as soon as that is a window of bytes, or the stream has
    /// ended or failed (the error comes after the bytes). What it does when the stream is `Pending` before that is to be chosen:
    ///
    /// | | while the stream is `Pending` |
    /// |---|---|
    /// | [`new`](Self::new) | hands out what it has: nothing comes later than without it |
    /// | `wait_at_most` (feature `time`) | hands out what it has once it has held it for so long |
    /// | [`wait_until_full`](Self::wait_until_full) | waits for the window, or the end |
    ///
    /// An encoder of async-compression flushes whenever its reader is `Pending`, which makes its output on a slow stream much
    /// larger. The two that wait stay `Pending` through every view, a buffered read included, and so are a minimum fill for it.
    ///
    /// A chunk that comes alone passes through with its pointer, and so does one of a window or more that nothing was waiting
    /// before. Others are copied together: once, or twice where one block of memory is used up and the next is taken. A block is a window
    /// of memory, and one above 64 MiB grows. It is taken when a second chunk comes, used again where the consumer has dropped what it
    /// got, and let go at the end.
    ///
    /// Trailers and the length are the stream's. What is gathered counts as still to come.
    ///
    /// # Panics
    ///
    /// With `wait_at_most`, where it has to wait outside of a tokio runtime whose timer is enabled.
    ///
    /// # Cancel safety
    ///
    /// What is gathered is kept until it is read, whichever view reads it.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::adapter::Coalesce;
    /// use byte_stream::stream;
    /// use futures_util::TryStreamExt;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let events = stream!["one, ", "two, ", "three, ", "four"];
    /// let chunks: Vec<_> = Coalesce::with_window(events, 12).try_collect().await?;
    /// assert_eq!(chunks, ["one, two, th", "ree, four"]);
    /// # Ok(())
    /// # }
    /// ```
    #[derive(ByteStreamViews)]
    #[byte_stream(crate = crate)]
    #[must_use = "a stream does nothing unless it is read"]
    pub struct Coalesce<S> {
        #[pin]
        stream: S,
        // What goes out before anything more is gathered.
        unread: Unread,
        gathered: Gathered,
        // Came after the bytes that are unread.
        error: Option<io::Error>,
        wait: Wait,
    }
}

/// How long what has been gathered waits for more.
enum Wait {
    NotAtAll,
    UntilFull,
    #[cfg(feature = "time")]
    AtMost(Timer),
}

impl Wait {
    /// Whether what has been gathered, while the stream is `Pending`, is to go out.
    #[cfg_attr(not(feature = "time"), expect(unused_variables, reason = "only a timer leaves its waker somewhere"))]
    fn poll_over(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        match self {
            Wait::NotAtAll => Poll::Ready(()),
            Wait::UntilFull => Poll::Pending,
            #[cfg(feature = "time")]
            Wait::AtMost(timer) => timer.poll_up(cx),
        }
    }

    /// What was waited for has come.
    fn stop(&mut self) {
        #[cfg(feature = "time")]
        if let Wait::AtMost(timer) = self {
            timer.stop();
        }
    }
}

impl<S> Coalesce<S> {
    /// Puts together what `stream` has ready, up to 64 KiB.
    pub fn new(stream: S) -> Self {
        Self::with_window(stream, WINDOW)
    }

    /// Puts together what `stream` has ready, up to `window` bytes.
    ///
    /// # Panics
    ///
    /// If `window` is 0.
    pub fn with_window(stream: S, window: usize) -> Self {
        assert!(window > 0, "a window of 0 bytes was asked for: there is no empty chunk");
        let (unread, gathered) = (Unread::default(), Gathered::new(window));
        Coalesce { stream, unread, gathered, error: None, wait: Wait::NotAtAll }
    }

    /// Waits for a full window however long it takes: only the last chunk is smaller.
    ///
    /// A peer that waits for an answer to what is held back here waits for ever. An `IdleTimeout` belongs below: above this one it would
    /// see a slow stream as a silent one.
    ///
    /// # Examples
    ///
    /// ```
    /// use async_compression::tokio::bufread::ZstdEncoder;
    /// use byte_stream::adapter::Coalesce;
    /// use byte_stream::{ByteStreamExt, FromRead, FromStream};
    /// use futures_util::{StreamExt, stream};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let events = || {
    ///     let events = stream::iter(0..100).then(|_| async {
    ///         tokio::task::yield_now().await; // `Pending`, once each.
    ///         "the same event as ever"
    ///     });
    ///     FromStream::new(Box::pin(events))
    /// };
    /// let flushed = FromRead::new(ZstdEncoder::new(events()));
    /// let filled = FromRead::new(ZstdEncoder::new(Coalesce::new(events()).wait_until_full()));
    /// assert!(filled.collect_bytes().await?.len() * 10 < flushed.collect_bytes().await?.len());
    /// # Ok(())
    /// # }
    /// ```
    pub fn wait_until_full(self) -> Self {
        Coalesce { wait: Wait::UntilFull, ..self }
    }

    /// Waits for a full window, but not longer than `latency` from when the stream was first `Pending` with bytes gathered.
    ///
    /// The time is that of tokio's clock, which counts milliseconds.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::FromStream;
    /// use byte_stream::adapter::Coalesce;
    /// use futures_util::{TryStreamExt, StreamExt, stream};
    /// use std::time::Duration;
    ///
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() -> std::io::Result<()> {
    /// let ticks = stream::iter(["0", "1", "2", "3", "4", "5"]).then(|tick| async move {
    ///     tokio::time::sleep(Duration::from_millis(20)).await;
    ///     tick
    /// });
    /// let ticks = Coalesce::new(FromStream::new(ticks)).wait_at_most(Duration::from_millis(50));
    /// let chunks: Vec<_> = ticks.try_collect().await?;
    /// assert_eq!(chunks, ["012", "345"]);
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "time")]
    pub fn wait_at_most(self, latency: Duration) -> Self {
        Coalesce { wait: Wait::AtMost(Timer::new(latency)), ..self }
    }

    accessors!(stream, "It may be ahead of what has been read."; "What is taken from it here is missing from this one.");

    /// The stream. What has been gathered is lost; [`into_parts`](Self::into_parts) keeps it.
    pub fn into_inner(self) -> S {
        self.stream
    }

    /// The stream, and what has been gathered and nobody has read.
    pub fn into_parts(mut self) -> Parts<S> {
        // Nothing is gathered while something is unread.
        let unread = if self.unread.is_empty() { self.gathered.take() } else { self.unread.into_bytes() };
        Parts { source: self.stream, unread, error: self.error, trailers: None }
    }
}

impl<S: ByteStream> Coalesce<S> {
    /// Gathers until something is to go out, which then is unread, or it is the end.
    fn poll_gather(self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<io::Result<()>> {
        let mut this = self.project();
        if !this.unread.is_empty() {
            return Poll::Ready(Ok(()));
        }
        if let Some(error) = this.error.take() {
            return Poll::Ready(Err(error));
        }
        while this.gathered.room() > 0 && this.stream.state() == State::Open {
            match this.gathered.poll_more(this.stream.as_mut(), cx, max) {
                Poll::Ready(Ok(0)) => break,
                Poll::Ready(Ok(_)) => {}
                Poll::Ready(Err(error)) => {
                    *this.error = Some(error);
                    break;
                }
                Poll::Pending if this.gathered.is_empty() => return Poll::Pending,
                Poll::Pending => {
                    ready!(this.wait.poll_over(cx));
                    break;
                }
            }
        }
        this.wait.stop();
        *this.unread = Unread::new(this.gathered.take());
        if this.error.is_some() || this.stream.state() != State::Open {
            this.gathered.free();
            // The timer goes with it.
            *this.wait = Wait::NotAtAll;
        }
        match this.error.take() {
            Some(error) if this.unread.is_empty() => Poll::Ready(Err(error)),
            error => {
                *this.error = error;
                Poll::Ready(Ok(()))
            }
        }
    }
}

impl<S: ByteStream> ByteStream for Coalesce<S> {
    fn poll_chunk(mut self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        check_max(max);
        ready!(self.as_mut().poll_gather(cx, max))?;
        Poll::Ready(self.project().unread.take(max).map(Ok))
    }

    fn poll_peek(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        ready!(self.as_mut().poll_gather(cx, usize::MAX))?;
        Poll::Ready(Ok(self.into_ref().get_ref().unread.lend()))
    }

    fn consume_peeked(self: Pin<&mut Self>, n: usize) {
        self.project().unread.consume(n);
    }

    fn state(&self) -> State {
        let holds = !self.unread.is_empty() || !self.gathered.is_empty() || self.error.is_some();
        if holds { State::Open } else { self.stream.state() }
    }

    /// Without an upper bound, if an error is to come: whoever knows the length would not ask for it.
    fn bytes_left(&self) -> (u64, Option<u64>) {
        let held = self.unread.len() + self.gathered.len() as u64;
        let (least, most) = self.stream.bytes_left();
        let most = most.filter(|_| self.error.is_none());
        (least.saturating_add(held), most.and_then(|most| most.checked_add(held)))
    }

    fn poll_trailers(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        if self.state() != State::Trailers {
            return Poll::Ready(None);
        }
        self.project().stream.poll_trailers(cx)
    }
}

impl<S> fmt::Debug for Coalesce<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Coalesce").field("window", &self.gathered.window()).finish_non_exhaustive()
    }
}

//! A reader that takes the buffer as a source.

mod block;
mod finish;
mod operation;

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{fmt, io, mem};

use bytes::{Bytes, BytesMut};
use pin_project_lite::pin_project;

pub use finish::Finish;
pub use operation::{BoxOperation, InPlace, LocalBoxOperation, Operation};

use super::{MISCOUNTED, OwnedRead};
use crate::budget::{Coop, Patience};
use crate::error::{is_eintr, never_interrupted};
use crate::source::{Parts, Phase, TRUSTED, Unread, broken};
use crate::stream::check_max;
use crate::{ByteStream, ByteStreamViews, State};
use block::Block;

/// The size of a block, unless set otherwise, and so the most that one chunk holds.
const BLOCK: usize = 64 * 1024;

pin_project! {
    /// A [`ByteStream`] over a foreign reader that takes the buffer: of compio, monoio, tokio-uring, or a file that is read by position.
    ///
    /// Its inverse is [`OwnedRead`], which every `ByteStream` is. The reader and the buffer move into the future of each operation, which
    /// is stored in the stream itself: no box, and `Send` exactly when the reader and its operations are. Such a future
    /// is hardly ever `Unpin`, so the stream is pinned by [`Box::pin`], or has its operation in a box, by [`boxed`](Self::boxed) and
    /// [`boxed_local`](Self::boxed_local), which also gives its type a name.
    ///
    /// A block of memory, of 64 KiB unless [`with_chunk_size`](Self::with_chunk_size) says otherwise, is filled read by read; chunks are split
    /// off it without a copy, and when all of them are gone it is used again. There is none after the end or an error.
    ///
    /// A read that fails with a bare `Interrupted` (`EINTR`) is tried again. A reader that says that something else came than lies in
    /// the buffer is an error of kind `InvalidData`. The length is unknown. The reader is not read again after its end or an error.
    ///
    /// # Panics
    ///
    /// If the operation panics, it has taken the reader with it: to poll the stream again panics, too.
    ///
    /// # Cancel safety
    ///
    /// A read in any view that is dropped while it is `Pending` leaves the operation in flight; the next read, in whichever view, goes on
    /// with it, and nothing is lost. If the *stream* is dropped, its operation is dropped in flight: what the kernel has read
    /// by then, or is about to read, is lost with the reader, as that reader's runtime sees fit. Nothing here relies on what it
    /// does. [`finish`](Self::finish) waits for the operation, and gives everything back.
    ///
    /// # Examples
    ///
    /// A reader of no trait, here one that takes its time:
    ///
    /// ```
    /// use byte_stream::{ByteStreamExt, FromOwned};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// struct Countdown(u8);
    ///
    /// let stream = FromOwned::from_fn(Countdown(3), |mut countdown, mut buf| async move {
    ///     tokio::task::yield_now().await;
    ///     let came = usize::from(countdown.0 > 0);
    ///     buf.extend_from_slice(&[b'0' + countdown.0][..came]);
    ///     countdown.0 = countdown.0.saturating_sub(1);
    ///     (countdown, (Ok(came), buf))
    /// });
    /// assert_eq!(Box::pin(stream).collect_bytes().await?, "321");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// tokio-uring, which has no trait: `FromOwned::from_fn(tcp, |tcp, buf| async move { let read = tcp.read(buf).await; (tcp, read) })`. A file is
    /// read by position with `(file, position)` for a reader.
    #[derive(ByteStreamViews)]
    #[byte_stream(crate = crate)]
    #[must_use = "a stream does nothing unless it is read"]
    pub struct FromOwned<R, O> {
        reader: Reader<R>,
        #[pin]
        operation: O,
        block: Block,
        unread: Unread,
        phase: Phase,
        coop: Coop,
    }
}

/// Where the reader is.
enum Reader<R> {
    Here(R),
    /// With an operation, whose buffer has this much room.
    Away {
        room: usize,
    },
    /// With an operation that has panicked.
    Lost,
    GivenBack,
}

impl<R, F, Fut> FromOwned<R, InPlace<F, Fut>>
where
    F: FnMut(R, BytesMut) -> Fut,
    Fut: Future<Output = (R, (io::Result<usize>, BytesMut))>,
{
    /// Wraps a reader, of which `read` says how it is read.
    ///
    /// `read` gets the reader and an empty buffer with some capacity. It reads to the start of the buffer and gives both back, with the number of
    /// bytes that came, which is the length of the buffer then; 0 is the end.
    pub fn from_fn(reader: R, read: F) -> Self {
        FromOwned {
            reader: Reader::Here(reader),
            operation: InPlace::new(read),
            block: Block::new(BLOCK),
            unread: Unread::default(),
            phase: Phase::Open,
            coop: Coop::default(),
        }
    }
}

impl<R: OwnedRead> FromOwned<R, ()> {
    /// Wraps a reader.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::{ByteStreamExt, FromOwned, stream};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let stream = FromOwned::new(stream!["hello, ", "world"]).boxed_local();
    /// assert_eq!(stream.collect_bytes().await?, "hello, world");
    /// # Ok(())
    /// # }
    /// ```
    pub fn new(reader: R) -> FromOwned<R, impl Operation<R>> {
        FromOwned::from_fn(reader, |mut reader: R, buf| async move {
            let read = reader.read_owned(buf).await;
            (reader, read)
        })
    }
}

impl<R, O> FromOwned<R, O> {
    /// The same, with chunks of at most `chunk_size` bytes.
    ///
    /// # Panics
    ///
    /// If `chunk_size` is 0.
    pub fn with_chunk_size(mut self, chunk_size: usize) -> Self {
        assert!(chunk_size > 0, "a chunk size of 0 bytes was asked for: there is no empty chunk");
        self.block = Block::new(chunk_size.min(TRUSTED));
        self
    }

    /// The reader, unless an operation has it. It may be ahead of what has been read.
    pub fn get_ref(&self) -> Option<&R> {
        match &self.reader {
            Reader::Here(reader) => Some(reader),
            Reader::Away { .. } | Reader::Lost | Reader::GivenBack => None,
        }
    }

    /// The reader, unless an operation has it. What is read from it here is missing from this one.
    pub fn get_mut(&mut self) -> Option<&mut R> {
        match &mut self.reader {
            Reader::Here(reader) => Some(reader),
            Reader::Away { .. } | Reader::Lost | Reader::GivenBack => None,
        }
    }

    /// The reader, unless an operation has it. Bytes that were read ahead are lost; [`into_parts`](Self::into_parts) keeps them.
    ///
    /// # Errors
    ///
    /// The stream itself, if an operation has the reader, which [`finish`](Self::finish) waits for, or if `finish` has given it back.
    pub fn into_inner(self) -> Result<R, Self> {
        self.into_parts().map(|parts| parts.source)
    }

    /// The reader, and what it has handed over and nobody has read.
    ///
    /// # Errors
    ///
    /// The stream itself, if an operation has the reader, which [`finish`](Self::finish) waits for, or if `finish` has given it back.
    pub fn into_parts(self) -> Result<Parts<R>, Self> {
        match self.reader {
            Reader::Here(source) => {
                Ok(Parts { source, unread: self.unread.into_bytes(), error: self.phase.into_error(), trailers: None })
            }
            reader => Err(FromOwned { reader, ..self }),
        }
    }
}

impl<R, O: Operation<R>> FromOwned<R, O> {
    /// The same, with its operations in a box: a type that has a name, and is `Unpin`.
    pub fn boxed<'a>(self) -> FromOwned<R, BoxOperation<'a, R>>
    where
        O: Send + 'a,
    {
        self.map_operation(BoxOperation::new)
    }

    /// The same, with its operations in a box, where they are not `Send`.
    pub fn boxed_local<'a>(self) -> FromOwned<R, LocalBoxOperation<'a, R>>
    where
        O: 'a,
    {
        self.map_operation(LocalBoxOperation::new)
    }

    fn map_operation<P>(self, f: impl FnOnce(O) -> P) -> FromOwned<R, P> {
        FromOwned {
            reader: self.reader,
            operation: f(self.operation),
            block: self.block,
            unread: self.unread,
            phase: self.phase,
            coop: self.coop,
        }
    }

    /// Waits for the operation that is in flight, if there is one, and gives back the reader, and what nobody has read. The stream has
    /// ended then. No further operation is begun.
    ///
    /// `None` if the reader was given back before.
    ///
    /// # Panics
    ///
    /// If the operation panics, or has panicked.
    ///
    /// # Cancel safety
    ///
    /// As long as the future is `Pending`, the stream is what it was.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::{ByteStreamExt, FromOwned, stream};
    /// use std::pin::pin;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let mut stream = pin!(FromOwned::new(stream!["hello"]));
    /// let mut two = [0; 2];
    /// tokio::io::AsyncReadExt::read_exact(&mut stream, &mut two).await.unwrap();
    /// let parts = stream.as_mut().finish().await.unwrap();
    /// assert_eq!((&two, &parts.unread[..]), (b"he", &b"llo"[..]));
    /// # }
    /// ```
    pub fn finish(self: Pin<&mut Self>) -> Finish<'_, R, O> {
        Finish::new(self)
    }

    /// What [`finish`](Self::finish) gives back, once nothing is in flight.
    fn take_parts(self: Pin<&mut Self>) -> Option<Parts<R>> {
        let this = self.project();
        let Reader::Here(source) = mem::replace(this.reader, Reader::GivenBack) else {
            return None;
        };
        let phase = match this.phase {
            Phase::Failed => Phase::Failed,
            _ => Phase::Ended,
        };
        this.block.release();
        Some(Parts {
            source,
            unread: mem::take(this.unread).into_bytes(),
            error: mem::replace(this.phase, phase).into_error(),
            trailers: None,
        })
    }

    /// Waits for the operation in flight, and keeps what comes of it.
    fn poll_landed(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if matches!(self.reader, Reader::Here(_) | Reader::GivenBack) {
            return Poll::Ready(());
        }
        match ready!(self.as_mut().poll_operation(cx)) {
            Ok(chunk) => *self.project().unread = Unread::new(chunk),
            Err(error) if is_eintr(&error) => {}
            Err(error) => *self.project().phase = Phase::Failing(never_interrupted(error)),
        }
        Poll::Ready(())
    }

    /// One operation, which may be in flight already. An empty chunk is the end, and noted as such.
    fn poll_operation(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<Bytes>> {
        let mut this = self.project();
        let room = match this.reader {
            Reader::Away { room } => *room,
            _ => panic!("an operation has panicked before, and taken the reader with it"),
        };
        // Should it panic, then that is where the reader is.
        *this.reader = Reader::Lost;
        let Poll::Ready((reader, (read, buf))) = this.operation.as_mut().poll_done(cx) else {
            *this.reader = Reader::Away { room };
            return Poll::Pending;
        };
        *this.reader = Reader::Here(reader);
        let n = match read {
            Ok(n) => n,
            Err(error) => {
                // For the case that it is tried again.
                this.block.take_back(buf, 0);
                return Poll::Ready(Err(error));
            }
        };
        if n != buf.len() || n > room {
            return Poll::Ready(Err(broken(MISCOUNTED)));
        }
        if n == 0 {
            *this.phase = Phase::Ended;
            this.block.release();
            return Poll::Ready(Ok(Bytes::new()));
        }
        this.coop.spend(n);
        Poll::Ready(Ok(this.block.take_back(buf, n)))
    }

    /// A chunk that nobody has seen, of what one operation brings. One that is begun here brings at most `max` bytes.
    fn poll_fresh(mut self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        let mut patience = Patience::new();
        loop {
            let mut this = self.as_mut().project();
            if !this.phase.is_open() {
                return Poll::Ready(this.phase.fail_now().map(Err));
            }
            ready!(this.coop.poll_proceed(cx));
            match mem::replace(this.reader, Reader::Lost) {
                Reader::Here(reader) => {
                    let buf = this.block.lend(max);
                    let room = buf.capacity();
                    this.operation.as_mut().begin(reader, buf);
                    *this.reader = Reader::Away { room };
                }
                elsewhere => *this.reader = elsewhere,
            }
            match ready!(self.as_mut().poll_operation(cx)) {
                Ok(chunk) if chunk.is_empty() => return Poll::Ready(None),
                Ok(chunk) => return Poll::Ready(Some(Ok(chunk))),
                Err(error) if is_eintr(&error) => ready!(patience.poll_again(cx)),
                Err(error) => {
                    let this = self.project();
                    *this.phase = Phase::Failed;
                    this.block.release();
                    return Poll::Ready(Some(Err(never_interrupted(error))));
                }
            }
        }
    }
}

impl<R, O: Operation<R>> ByteStream for FromOwned<R, O> {
    fn poll_chunk(mut self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        check_max(max);
        if let Some(chunk) = self.as_mut().project().unread.take(max) {
            return Poll::Ready(Some(Ok(chunk)));
        }
        let item = ready!(self.as_mut().poll_fresh(cx, max));
        // The operation may be one that was begun for somebody with more room.
        Poll::Ready(item.map(|chunk| chunk.map(|chunk| self.project().unread.keep_beyond(max, chunk))))
    }

    fn poll_peek(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        if self.unread.is_empty() {
            if let Some(chunk) = ready!(self.as_mut().poll_fresh(cx, usize::MAX)) {
                *self.as_mut().project().unread = Unread::new(chunk?);
            }
        }
        Poll::Ready(Ok(self.into_ref().get_ref().unread.lend()))
    }

    fn consume_peeked(self: Pin<&mut Self>, n: usize) {
        self.project().unread.consume(n);
    }

    fn state(&self) -> State {
        if self.unread.is_empty() { self.phase.state() } else { State::Open }
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        let unread = self.unread.len();
        (unread, (!self.phase.goes_on()).then_some(unread))
    }
}

impl<R, O> fmt::Debug for FromOwned<R, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FromOwned").field("chunk_size", &self.block.size()).finish_non_exhaustive()
    }
}

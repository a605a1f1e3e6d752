//! Who reads a stream to its end, and says how many bytes came, as its user writes it: compiled for what it reads, as `.await` in a
//! handler and the body of a server are. A row whose source is behind a pointer says so. What is `Pending` is polled again; no runtime
//! is needed.

use std::collections::VecDeque;
use std::fmt;
use std::hint::black_box;
use std::io;
use std::mem::MaybeUninit;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use futures_util::FutureExt;
use futures_util::io::{AsyncRead as FuturesRead, AsyncReadExt as _};
use futures_util::stream::{Stream, StreamExt};
use tokio::io::{AsyncBufRead, AsyncRead, AsyncReadExt as _, ReadBuf};

/// The most room that a read gets.
pub const ROOM: usize = 65_536;

/// The buffer of every read, on pages of its own: a copy to a crooked address takes half as long again.
#[repr(align(4096))]
struct Pages<T>([T; ROOM]);

/// Lends a buffer of any size, on pages of its own.
pub fn with_pages<T>(size: usize, run: impl FnOnce(&mut [u8]) -> T) -> T {
    let mut memory = vec![0; size + 4_096];
    let start = memory.as_ptr().align_offset(4_096);
    run(&mut memory[start..][..size])
}

/// Copies each chunk to where a read would put it: what reading cannot be faster than.
pub fn copy(chunk: &[u8], room: usize, total: usize) -> usize {
    let mut pages = Box::new(Pages([0; ROOM]));
    let mut all = 0;
    for _ in 0..total / chunk.len() {
        for piece in black_box(chunk).chunks(room) {
            pages.0[..piece.len()].copy_from_slice(piece);
            all += black_box(&pages.0[..piece.len()]).len();
        }
    }
    all
}

/// Reads as tokio's users do.
pub fn tokio_read(reader: impl AsyncRead, room: usize) -> usize {
    let mut pages = Box::new(Pages([0; ROOM]));
    let mut reader = pin!(reader);
    finish(async {
        let mut all = 0;
        loop {
            match reader.read(&mut pages.0[..room]).await {
                Ok(0) => return all,
                Ok(n) => all += black_box(&pages.0[..n]).len(),
                Err(error) => panic!("{error:?}"),
            }
        }
    })
}

/// The same, into memory that is not initialised.
pub fn tokio_read_uninit(reader: impl AsyncRead, room: usize) -> usize {
    let mut pages = Box::new(Pages([MaybeUninit::new(0); ROOM]));
    let mut reader = pin!(reader);
    let mut all = 0;
    loop {
        match tokio_poll(reader.as_mut(), &mut ReadBuf::uninit(&mut pages.0[..room])) {
            0 => return all,
            n => all += n,
        }
    }
}

#[inline(always)]
fn tokio_poll(reader: Pin<&mut impl AsyncRead>, buf: &mut ReadBuf<'_>) -> usize {
    let polled = reader.poll_read(&mut Context::from_waker(Waker::noop()), buf);
    assert!(matches!(polled, Poll::Ready(Ok(()))), "{polled:?}");
    black_box(buf.filled()).len()
}

/// Runs what has nothing to wait for, without a runtime. What is `Pending` nevertheless is polled again.
fn finish<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(done) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return done;
        }
    }
}

/// How many bytes a read initialises on average, and then does not fill.
pub fn initialized(reader: impl AsyncRead, room: usize) -> f64 {
    let mut pages = Box::new(Pages([MaybeUninit::new(0); ROOM]));
    let mut reader = pin!(reader);
    let (mut zeroed, mut reads) = (0, 0);
    loop {
        let mut buf = ReadBuf::uninit(&mut pages.0[..room]);
        if tokio_poll(reader.as_mut(), &mut buf) == 0 {
            return f64::from(zeroed) / f64::from(reads);
        }
        zeroed += (buf.initialized().len() - buf.filled().len()) as u32;
        reads += 1;
    }
}

/// Reads as futures' users do.
pub fn futures_read(reader: impl FuturesRead, room: usize) -> usize {
    let mut pages = Box::new(Pages([0; ROOM]));
    let mut reader = pin!(reader);
    finish(async {
        let mut all = 0;
        loop {
            match reader.read(&mut pages.0[..room]).await {
                Ok(0) => return all,
                Ok(n) => all += black_box(&pages.0[..n]).len(),
                Err(error) => panic!("{error:?}"),
            }
        }
    })
}

/// Takes the chunks and drops them.
pub fn stream<E: fmt::Debug>(stream: impl Stream<Item = Result<Bytes, E>>) -> usize {
    each(stream, drop)
}

/// Takes the chunks, and keeps the last few of them.
pub fn keep(stream: impl Stream<Item = io::Result<Bytes>>, chunks: usize) -> usize {
    let mut kept = VecDeque::with_capacity(chunks + 1);
    each(stream, |chunk| {
        kept.push_back(chunk);
        if kept.len() > chunks {
            kept.pop_front();
        }
    })
}

/// Hands each chunk on.
pub fn each<E: fmt::Debug>(stream: impl Stream<Item = Result<Bytes, E>>, mut sink: impl FnMut(Bytes)) -> usize {
    let mut stream = pin!(stream);
    finish(async {
        let mut all = 0;
        while let Some(chunk) = stream.next().await {
            let chunk = chunk.expect("nothing fails here");
            // Its bytes, not itself, which needs not be written anywhere.
            all += black_box(&*chunk).len();
            sink(chunk);
        }
        all
    })
}

/// Copies from the reader's own buffer to nowhere.
pub fn copy_buf(reader: impl AsyncBufRead) -> usize {
    let mut reader: Pin<&mut dyn AsyncBufRead> = pin!(reader);
    let copied = tokio::io::copy_buf(&mut reader, &mut tokio::io::sink()).now_or_never();
    copied.expect("nothing waits here").expect("nothing fails here") as usize
}

//! Other tasks get their turn.

use std::cell::Cell;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use byte_stream::{FromBody, FromBufRead, FromFuturesBufRead, FromFuturesRead, FromIter, FromRead, FromStream};
use byte_stream_tests::matrix::Telling;
use byte_stream_tests::sources::Source;
use byte_stream_tests::views::{Got, Through};
use bytes::Bytes;
use futures_util::{AsyncReadExt as _, stream};
use http_body_util::StreamBody;
use tokio::io::{AsyncRead, AsyncReadExt as _, ReadBuf};
use tokio::task::{LocalSet, yield_now};

const SIZE: usize = 64 * 1024;
const CHUNKS: usize = 300;

/// Sources that are always ready, of some 20 MiB each.
fn sources() -> [Source; 7] {
    static CHUNK: [u8; SIZE] = [7; SIZE];
    let chunks = || (0..CHUNKS).map(|_| Bytes::from_static(&CHUNK));
    let frames = chunks().map(|chunk| Ok::<_, io::Error>(http_body::Frame::data(chunk)));
    let all = (CHUNKS * SIZE) as u64;
    let tokio = || tokio::io::BufReader::with_capacity(SIZE, Ready.take(all));
    let futures = || futures_util::io::BufReader::with_capacity(SIZE, futures_util::io::repeat(7).take(all));
    [
        Box::pin(FromStream::new(stream::iter(chunks()))),
        Box::pin(FromIter::new(chunks())),
        Box::pin(FromBody::new(StreamBody::new(stream::iter(frames)))),
        Box::pin(FromRead::new(tokio())),
        Box::pin(FromBufRead::new(tokio())),
        Box::pin(FromFuturesRead::new(futures())),
        Box::pin(FromFuturesBufRead::new(futures())),
    ]
}

/// Like `tokio::io::repeat`, which yields by itself.
struct Ready;

impl AsyncRead for Ready {
    fn poll_read(self: Pin<&mut Self>, _cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        buf.initialize_unfilled().fill(7);
        buf.advance(buf.remaining());
        Poll::Ready(Ok(()))
    }
}

/// How often another task has its turn while this source is read.
fn turns(source: Source, through: Through) -> usize {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    LocalSet::new().block_on(&runtime, async move {
        let turns = Rc::new(Cell::new(0));
        let counting = Rc::clone(&turns);
        let other = tokio::task::spawn_local(async move {
            loop {
                counting.set(counting.get() + 1);
                yield_now().await;
            }
        });
        let mut source = source;
        let reading = tokio::task::spawn_local(async move {
            let mut came = 0;
            while let Got::Bytes(bytes) = poll_fn(|cx| through.poll_get(source.as_mut(), cx, SIZE)).await {
                came += bytes.len();
                assert!(came <= CHUNKS * SIZE, "a stream without an end");
            }
            assert_eq!(came, CHUNKS * SIZE);
        });
        reading.await.unwrap();
        other.abort();
        turns.get()
    })
}

#[test]
fn a_source_that_is_always_ready_gives_other_tasks_their_turn() {
    // A turn is 128 units of 16 KiB at most. A chunk costs no more than one unit, however large it is.
    const LEAST: usize = CHUNKS / 128;
    // Every view goes one of these three ways.
    for through in [Through::Chunk, Through::Peek, Through::ReadInto] {
        for (which, source) in sources().into_iter().enumerate() {
            let _case = Telling::of((through, which));
            let turns = turns(source, through);
            assert!(turns >= LEAST, "{turns} turns");
        }
    }
}

#[test]
fn a_large_chunk_that_has_been_read_in_pieces_costs_one_turn() {
    let chunks = [CHUNKS * SIZE - 1, 1].map(|size| Bytes::from(vec![7; size]));
    let turns = turns(Box::pin(FromStream::new(stream::iter(chunks))), Through::ReadInto);
    // The first, the one that is due, and the last.
    assert!(turns <= 3, "{turns} turns");
}

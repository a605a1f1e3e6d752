//! byte-stream beside tokio-util, in one run: variants interleaved, the order rotated, the median of the ratios of each round.
//!
//! ```text
//! peers [FILTER]
//! ```

use std::hint::black_box;
use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use byte_stream::{ByteStream, FromRead, FromStream};
use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use tokio::io::{AsyncRead, ReadBuf};
use tokio_util::io::{ReaderStream, StreamReader};

/// No power of two: a `Vec` that is just full would be doubled.
const TOTAL: usize = 10_000_000;
const ROUNDS: usize = 15;

/// The optimiser may not see what the chunks are, or it folds them away.
#[inline(never)]
fn chunks(size: usize) -> impl Stream<Item = io::Result<Bytes>> + Unpin {
    static DATA: [u8; 1 << 20] = [7; 1 << 20];
    let chunk = Bytes::from_static(black_box(&DATA[..size]));
    stream::iter((0..TOTAL / size).map(move |_| Ok(chunk.clone())))
}

/// A reader of short reads.
#[inline(never)]
fn short_reads(size: usize) -> impl AsyncRead + Unpin {
    Short { size: black_box(size), left: TOTAL }
}

struct Short {
    size: usize,
    left: usize,
}

impl AsyncRead for Short {
    fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.left > 0 {
            let n = self.size.min(buf.remaining()).min(self.left);
            self.left -= n;
            buf.initialize_unfilled_to(n);
            buf.advance(n);
        }
        Poll::Ready(Ok(()))
    }
}

#[repr(align(4096))]
struct Page([u8; 65_536]);

fn read_all(reader: impl AsyncRead, room: usize) -> usize {
    let mut reader = pin!(reader);
    let mut page = Box::new(Page([0; 65_536]));
    let mut cx = Context::from_waker(Waker::noop());
    let mut all = 0;
    loop {
        let mut buf = ReadBuf::new(&mut page.0[..room]);
        let polled = reader.as_mut().poll_read(&mut cx, &mut buf);
        assert!(matches!(polled, Poll::Ready(Ok(()))), "{polled:?}");
        match black_box(buf.filled()).len() {
            0 => return all,
            n => all += n,
        }
    }
}

fn stream_all(stream: impl Stream<Item = io::Result<Bytes>>) -> usize {
    let mut stream = pin!(stream);
    let mut cx = Context::from_waker(Waker::noop());
    let mut all = 0;
    while let Poll::Ready(Some(Ok(chunk))) = stream.as_mut().poll_next(&mut cx) {
        all += black_box(chunk).len();
    }
    all
}

struct Row {
    id: &'static str,
    workload: String,
    peer: Box<dyn Fn() -> usize>,
    ours: Box<dyn Fn() -> usize>,
}

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for size in [64, 1_500, 16_384, 65_536, 1 << 20] {
        for room in [512, 8_192, 65_536] {
            rows.push(Row {
                id: "R",
                workload: format!("Stream of {size} B → tokio read, {room} B buffer; StreamReader"),
                peer: Box::new(move || read_all(StreamReader::new(chunks(size)), room)),
                ours: Box::new(move || read_all(FromStream::new(chunks(size)), room)),
            });
        }
    }
    for size in [64, 1_500, 65_536] {
        rows.push(Row {
            id: "S",
            workload: format!("reads of {size} B → Stream; ReaderStream at 64 KiB"),
            peer: Box::new(move || stream_all(ReaderStream::with_capacity(short_reads(size), 65_536))),
            ours: Box::new(move || stream_all(FromRead::new(short_reads(size)))),
        });
    }
    for size in [64, 1_500, 16_384, 1 << 20] {
        rows.push(Row {
            id: "T",
            workload: format!("Stream of {size} B → reader → Stream; ReaderStream(StreamReader)"),
            peer: Box::new(move || stream_all(ReaderStream::new(StreamReader::new(chunks(size))))),
            ours: Box::new(move || stream_all(FromStream::new(chunks(size)))),
        });
    }
    for size in [64, 1_500] {
        rows.push(Row {
            id: "D",
            workload: format!("enum of 3 arms, Stream of {size} B; boxed + map_err"),
            peer: Box::new(move || stream_all(boxed_choice(size, black_box(0)))),
            ours: Box::new(move || stream_all(derived_choice(size, black_box(0)))),
        });
        rows.push(Row {
            id: "D",
            workload: format!("enum of 3 arms, Stream of {size} B; the bare stream below"),
            peer: Box::new(move || stream_all(chunks(size))),
            ours: Box::new(move || stream_all(derived_choice(size, black_box(0)))),
        });
    }
    rows
}

/// A choice of three, as it is written today: a box, and an error mapped at its seam.
fn boxed_choice(size: usize, which: usize) -> BoxStream<'static, io::Result<Bytes>> {
    match which {
        0 => chunks(size).map_err(io::Error::other).boxed(),
        1 => stream::empty().boxed(),
        _ => stream::once(async { Ok(Bytes::from_static(b"one")) }).boxed(),
    }
}

#[derive(ByteStream)]
enum Choice<S> {
    Chunks(FromStream<S>),
    Nothing,
    One(Bytes),
}

fn derived_choice(size: usize, which: usize) -> Choice<impl Stream<Item = io::Result<Bytes>> + Unpin> {
    match which {
        0 => Choice::Chunks(chunks(size).into()),
        1 => Choice::Nothing,
        _ => Choice::One(Bytes::from_static(b"one")),
    }
}

fn time(run: &dyn Fn() -> usize) -> Duration {
    let start = Instant::now();
    black_box(run());
    start.elapsed()
}

/// The peer's time over ours.
fn ratio(row: &Row) -> f64 {
    assert_eq!((row.peer)(), (row.ours)(), "{}", row.workload);
    let mut ratios: Vec<f64> = (0..ROUNDS)
        .map(|round| {
            let (peer, ours) = if round % 2 == 0 {
                let peer = time(&row.peer);
                (peer, time(&row.ours))
            } else {
                let ours = time(&row.ours);
                (time(&row.peer), ours)
            };
            peer.as_secs_f64() / ours.as_secs_f64()
        })
        .collect();
    ratios.sort_by(f64::total_cmp);
    ratios[ROUNDS / 2]
}

fn main() {
    let filter = std::env::args().nth(1).unwrap_or_default();
    println!("{:<3} {:<70} {:>8}", "id", "workload; peer", "ratio");
    for row in rows().iter().filter(|row| row.id.contains(&filter) || row.workload.contains(&filter)) {
        println!("{:<3} {:<70} {:>7.2}x", row.id, row.workload, ratio(row));
    }
}

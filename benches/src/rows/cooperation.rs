//! Q: what others wait for, while a source that is always ready drains.

use std::io;
use std::pin::pin;

use byte_stream::FromRead;
use bytes::Bytes;
use futures_util::stream::{Stream, TryStreamExt};
use tokio::runtime::Builder;
use tokio::task::yield_now;
use tokio_util::io::ReaderStream;

use crate::drain;
use crate::harness::{Clock, Row};
use crate::source::reads;

const PIECE: usize = 65_536;
const TOTAL: usize = 8_192 * PIECE;

pub(super) fn rows() -> Vec<Row> {
    vec![
        Row::new("Q1", "another task's worst wait, 0.5 GB drain", PIECE, TOTAL)
            .peer_tells("ReaderStream 64 KiB", || wait(ReaderStream::with_capacity(reads(PIECE, TOTAL), PIECE)))
            .ours_tells(|| wait(FromRead::new(reads(PIECE, TOTAL))))
            .millis(1.5, 3.0),
        Row::new("Q1", "the same drain, giving way or not", PIECE, TOTAL)
            .ours(|| in_runtime(FromRead::new(reads(PIECE, TOTAL))))
            .limit("outside of a runtime", || drain::stream(FromRead::new(reads(PIECE, TOTAL))))
            .of_limit(0.98, 0.95),
    ]
}

async fn all(stream: impl Stream<Item = io::Result<Bytes>>) -> usize {
    let mut stream = pin!(stream);
    let mut came = 0;
    while let Some(chunk) = stream.try_next().await.expect("it is read") {
        came += chunk.len();
    }
    came
}

fn in_runtime(stream: impl Stream<Item = io::Result<Bytes>>) -> usize {
    Builder::new_current_thread().build().expect("a runtime").block_on(all(stream))
}

/// How long another task of the same thread waits for its turn at worst, while that thread runs.
fn wait(stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static) -> f64 {
    Builder::new_current_thread().build().expect("a runtime").block_on(async {
        let drain = tokio::spawn(all(stream));
        let mut worst = 0_f64;
        while !drain.is_finished() {
            let before = Clock::Thread.seconds();
            yield_now().await;
            worst = worst.max(Clock::Thread.seconds() - before);
        }
        worst
    })
}

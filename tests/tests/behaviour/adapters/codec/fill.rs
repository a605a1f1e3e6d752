//! A minimum fill in front of an encoder.

use std::time::Duration;

use byte_stream::codec::{Compress, Encoding, Level};
use byte_stream::{ByteStreamExt, FromStream};
use byte_stream_tests::task::drive;
use bytes::Bytes;
use futures::{Stream, StreamExt, stream};

use super::{CODINGS, text, unpack};

const LATENCY: Duration = Duration::from_millis(50);

/// A chunk a millisecond.
fn slow(data: &[u8], size: usize) -> FromStream<impl Stream<Item = Bytes> + Unpin> {
    let chunks: Vec<_> = data.chunks(size).map(Bytes::copy_from_slice).collect();
    FromStream::new(Box::pin(stream::iter(chunks).then(|chunk| async {
        tokio::time::sleep(Duration::from_millis(1)).await;
        chunk
    })))
}

#[tokio::test(start_paused = true)]
async fn what_comes_slowly_is_as_small_as_what_comes_at_once() {
    let data = text(200_000);
    for size in [64, 1500] {
        let at_once = Compress::new(Bytes::from(data.clone()), Encoding::Zstd).unwrap().collect_bytes().await.unwrap();
        let flushed = Compress::new(slow(&data, size), Encoding::Zstd).unwrap().collect_bytes().await.unwrap();
        let latency = Duration::from_secs(10);
        let filled = Compress::with_minimum_fill(slow(&data, size), Encoding::Zstd, Level::Default, 64 << 10, latency);
        let filled = filled.unwrap().collect_bytes().await.unwrap();
        assert!(filled.len() * 100 <= at_once.len() * 103, "{} of {} bytes", filled.len(), at_once.len());
        assert!(flushed.len() * 100 > at_once.len() * 103, "there is something to undo");
        assert!(unpack(filled, Encoding::Zstd).collect_vec().await.unwrap() == data);
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_held_back_for_longer_than_the_latency() {
    for coding in CODINGS {
        let hangs = stream::iter([Bytes::from_static(b"hello")]).chain(stream::pending());
        let packed = Compress::with_minimum_fill(FromStream::new(hangs), coding, Level::Default, 64 << 10, LATENCY);
        let mut plain = unpack(packed.unwrap(), coding);
        let start = tokio::time::Instant::now();
        assert_eq!(plain.next().await.unwrap().unwrap(), "hello");
        assert!((LATENCY..LATENCY * 2).contains(&start.elapsed()), "{coding}: {:?}", start.elapsed());
    }
}

#[test]
fn identity_holds_nothing_back_and_keeps_the_pointer() {
    let chunk = Bytes::from(vec![7; 10]);
    let hangs = stream::iter([chunk.clone()]).chain(stream::pending());
    let mut plain =
        Compress::with_minimum_fill(FromStream::new(hangs), Encoding::Identity, Level::Default, 100, LATENCY).unwrap();
    let came = drive(plain.next()).unwrap().unwrap();
    assert_eq!((came.as_ptr(), came.len()), (chunk.as_ptr(), 10));
}

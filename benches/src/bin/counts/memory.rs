//! Streams and readers of memory.

use std::hint::black_box;

use byte_stream::{ByteStreamExt, FromBody, FromRead, FromStream};
use byte_stream_benches::drain;
use byte_stream_benches::rows::through;
use byte_stream_benches::source::{Announced, chunks, memory, reads};
use bytes::BytesMut;
use futures_util::{FutureExt, TryStreamExt};
use tokio_util::compat::FuturesAsyncReadCompatExt;
use tokio_util::io::{ReaderStream, StreamReader};

use crate::meter::{each_byte, meter};
use crate::report::Report;

const MB: usize = 1_000_000;
const FULL: usize = 1 << 20;

pub(crate) fn count(report: &mut Report) {
    for kept in [1, 8] {
        let peer = each_byte(16 * FULL, |n| drain::keep(ReaderStream::new(reads(FULL, n)), kept));
        let ours = each_byte(16 * FULL, |n| drain::keep(FromRead::new(reads(FULL, n)), kept));
        let workload = format!("full reads → Stream, last {kept} kept");
        let [peer, ours] = [peer, ours].map(|[allocations, _]| allocations * MB as f64);
        report.line("S3", &workload, "allocations a MB", ("ReaderStream", peer), ours, 0.5);
    }
    for size in [64, 1_500, 16_384, FULL] {
        let n = size * 400;
        let [_, peer] = each_byte(n, |n| drain::stream(ReaderStream::new(StreamReader::new(chunks(size, n)))));
        let [_, ours] = each_byte(n, |n| drain::stream(FromStream::new(chunks(size, n))));
        let workload = format!("Stream of {size} B → reader → Stream");
        report.line("T1", &workload, "copies a byte", ("ReaderStream(StreamReader)", peer), ours, 0.0);
    }
    for size in [64, 1_500] {
        let n = size * 400;
        let [peer, _] =
            each_byte(n, |n| drain::stream(ReaderStream::new(through::pipeline(size, n, black_box(false)))));
        let [ours, _] = each_byte(n, |n| drain::stream(through::maybe(size, n, black_box(false))));
        let [peer, ours] = [peer, ours].map(|allocations| allocations * MB as f64);
        report.line(
            "T2",
            &format!("maybe compressed, plain, {size} B"),
            "allocations a MB",
            ("boxed reader", peer),
            ours,
            0.0,
        );
    }
    for room in [8_192, 65_536] {
        let peer = drain::initialized(chunks(64, 64_000).into_async_read().compat(), room);
        let ours = drain::initialized(FromStream::new(chunks(64, 64_000)), room);
        let workload = format!("Stream of 64 B → read of fresh {room} B");
        report.line("R8", &workload, "bytes zeroed a read", ("into_async_read().compat()", peer), ours, 0.0);
    }
    collect(report);
}

fn collect(report: &mut Report) {
    // What the sources take for themselves is taken before.
    let total = 50 * 8_192;
    let [theirs, of_ours] = [(); 2].map(|()| chunks(8_192, total));
    let peer = meter(|| theirs.try_collect::<BytesMut>().now_or_never());
    let ours = meter(|| FromBody::new(Announced::new(of_ours, total)).collect_bytes().now_or_never());
    let [theirs, ours] = [peer, ours].map(|meters| meters.allocations as f64);
    report.line("K2", "collect 400 KB of a known length", "allocations", ("try_collect", theirs), ours, 1.0);

    let [theirs, of_ours] = [(); 2].map(|()| chunks(8_192, 8_192));
    let peer = meter(|| theirs.try_collect::<BytesMut>().now_or_never());
    let mut collected = None;
    let ours = meter(|| collected = FromStream::new(of_ours).collect_bytes().now_or_never());
    let collected = collected.and_then(Result::ok).expect("it is collected at once");
    let copies = u8::from(collected.as_ptr() != memory(8_192).as_ptr());
    let (theirs, ours) = (peer.allocations as f64, ours.allocations as f64);
    report.line("K3", "collect one chunk", "allocations", ("try_collect", theirs), ours, 0.0);
    let theirs = peer.copied as f64 / 8_192.0;
    report.line("K3", "collect one chunk", "copies", ("try_collect", theirs), copies.into(), 0.0);
}

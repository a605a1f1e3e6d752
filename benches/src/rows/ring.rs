//! U: a file that the kernel's ring reads, as a stream.

use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;

use byte_stream::FromOwned;
use bytes::BytesMut;
use futures_util::Stream;
use tokio_uring::fs::File;
use tokio_uring::{Runtime, builder};

use super::file::Disk;
use crate::harness::Row;

const BLOCK: usize = 64 * 1024;
const SIZE: usize = 128 << 20;

/// None without a ring.
pub(super) fn rows(disk: &Rc<Disk>) -> Option<Row> {
    let ring =
        Rc::new(Runtime::new(&builder()).inspect_err(|error| eprintln!("no U1, for want of a ring: {error}")).ok()?);
    let [(a, x), (b, y), (c, z)] = [(); 3].map(|()| (disk.clone(), ring.clone()));
    let row = Row::new("U1", "file of 128 MB on the ring, hot → Stream", BLOCK, SIZE)
        .on_the_wall()
        .peer("tokio-uring, fresh Vec of 64 KiB", move || x.block_on(fresh(&a)))
        .ours(move || y.block_on(ours(&b)))
        .limit("tokio-uring, one buffer of 64 KiB", move || z.block_on(reused(&c)))
        .best(1.0, 0.95)
        .of_limit(0.95, 0.9);
    Some(row)
}

async fn fresh(disk: &Disk) -> usize {
    let file = File::open(disk.path()).await.expect("there is a file");
    let mut came = 0;
    loop {
        let (read, _chunk) = file.read_at(Vec::with_capacity(BLOCK), came as u64).await;
        match read.expect("it is read") {
            0 => return came,
            n => came += n,
        }
    }
}

async fn reused(disk: &Disk) -> usize {
    let file = File::open(disk.path()).await.expect("there is a file");
    let (mut came, mut buf) = (0, Vec::with_capacity(BLOCK));
    loop {
        let (read, back) = file.read_at(buf, came as u64).await;
        match read.expect("it is read") {
            0 => return came,
            n => came += n,
        }
        buf = back;
        buf.clear();
    }
}

async fn ours(disk: &Disk) -> usize {
    let file = File::open(disk.path()).await.expect("there is a file");
    let mut stream = pin!(FromOwned::from_fn((file, 0), |(file, position): (File, u64), buf: BytesMut| async move {
        let (read, buf) = file.read_at(buf, position).await;
        let came = read.as_ref().map_or(0, |n| *n as u64);
        ((file, position + came), (read, buf))
    }));
    let mut came = 0;
    while let Some(chunk) = poll_fn(|cx| stream.as_mut().poll_next(cx)).await {
        came += chunk.expect("it is read").len();
    }
    came
}

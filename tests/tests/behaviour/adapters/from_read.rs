//! How a foreign reader is read: its blocks, and what becomes of them.

use std::collections::VecDeque;
use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use byte_stream::{ByteStream, FromFuturesRead, FromRead, State};
use bytes::Bytes;
use proptest::prelude::*;
use tokio::io::{AsyncRead, ReadBuf};

/// A reader of bytes that count, which brings so many a call, is `Pending` where that is 0, and notes what room it gets.
struct Counting {
    sizes: VecDeque<usize>,
    came: usize,
    rooms: Vec<usize>,
}

impl Counting {
    fn new(sizes: impl IntoIterator<Item = usize>) -> Self {
        Counting { sizes: sizes.into_iter().collect(), came: 0, rooms: Vec::new() }
    }
}

/// No two blocks are alike: the period is prime.
fn byte_at(position: usize) -> u8 {
    (position % 251) as u8
}

impl futures_util::io::AsyncRead for Counting {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut [u8]) -> Poll<io::Result<usize>> {
        self.rooms.push(buf.len());
        let Some(size) = self.sizes.pop_front() else { return Poll::Ready(Ok(0)) };
        if size == 0 {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let n = size.min(buf.len());
        if size > n {
            self.sizes.push_front(size - n);
        }
        for byte in &mut buf[..n] {
            *byte = byte_at(self.came);
            self.came += 1;
        }
        Poll::Ready(Ok(n))
    }
}

impl AsyncRead for Counting {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let n = std::task::ready!(futures_util::io::AsyncRead::poll_read(self, cx, buf.initialize_unfilled()))?;
        buf.advance(n);
        Poll::Ready(Ok(()))
    }
}

fn next(source: Pin<&mut impl ByteStream>, max: usize) -> Poll<Option<Bytes>> {
    source.poll_chunk(&mut Context::from_waker(Waker::noop()), max).map(|item| item.map(Result::unwrap))
}

/// Keeps chunks as long as `keeps` says, and looks at each of them when it is let go.
fn keep_and_look(mut source: Pin<&mut impl ByteStream>, keeps: &[usize], max: usize) -> usize {
    let (mut kept, mut position) = (VecDeque::<(usize, Bytes)>::new(), 0);
    let look = |(start, chunk): (usize, Bytes)| {
        for (at, byte) in chunk.iter().enumerate() {
            assert_eq!(*byte, byte_at(start + at), "of byte {}", start + at);
        }
    };
    let mut keeps = keeps.iter().cycle();
    while source.state() == State::Open {
        if let Poll::Ready(Some(chunk)) = next(source.as_mut(), max) {
            let start = position;
            position += chunk.len();
            kept.push_back((start, chunk));
            let keep = *keeps.next().unwrap_or(&0);
            while kept.len() > keep {
                // Now the oldest, now the youngest.
                look(if position % 3 == 0 { kept.pop_back() } else { kept.pop_front() }.unwrap());
            }
        }
    }
    kept.into_iter().for_each(look);
    position
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn memory_that_is_read_into_again_is_no_chunk_that_somebody_keeps(
        sizes in prop::collection::vec(prop_oneof![Just(0), 1_usize..3_000, 1_usize..70_000], 0..60),
        keeps in prop::collection::vec(0_usize..24, 1..8),
        chunk_size in prop_oneof![Just(64 * 1024), 1_usize..40_000],
        max in prop_oneof![4 => Just(usize::MAX), 1 => 50_usize..5_000],
    ) {
        let total: usize = sizes.iter().sum();
        let reader = || Counting::new(sizes.iter().copied());
        let came = keep_and_look(pin!(FromRead::with_chunk_size(reader(), chunk_size)), &keeps, max);
        prop_assert_eq!(came, total);
        let came = keep_and_look(pin!(FromFuturesRead::with_chunk_size(reader(), chunk_size)), &keeps, max);
        prop_assert_eq!(came, total);
    }
}

#[test]
fn small_reads_are_gathered_until_the_reader_is_pending() {
    let mut source = pin!(FromRead::new(Counting::new([10, 20, 30, 0, 40])));
    assert_eq!(next(source.as_mut(), usize::MAX).map(|chunk| chunk.unwrap().len()), Poll::Ready(60));
    assert_eq!(next(source.as_mut(), usize::MAX).map(|chunk| chunk.unwrap().len()), Poll::Ready(40));
    assert_eq!(source.state(), State::Ended);
}

#[test]
fn a_sliver_of_a_block_is_not_read_into() {
    for keeps in [0, 1, 8] {
        let mut source = pin!(FromRead::new(Counting::new([1_500; 500])));
        let came = keep_and_look(source.as_mut(), &[keeps], usize::MAX);
        assert_eq!(came, 750_000);
        let least = source.get_ref().rooms.iter().min();
        assert!(least >= Some(&1_500), "{keeps}: {least:?}");
    }
}

#[test]
fn chunks_grow_once_the_reader_has_been_waited_for() {
    const SIZE: usize = 256 * 1024;
    let mut source = pin!(FromRead::with_chunk_size(Counting::new([SIZE, SIZE, 0, SIZE, SIZE]), SIZE));
    let mut sizes = Vec::new();
    while source.state() == State::Open {
        if let Poll::Ready(Some(chunk)) = next(source.as_mut(), usize::MAX) {
            sizes.push(chunk.len());
        }
    }
    assert!(sizes[..8].iter().all(|&size| size <= 64 * 1024), "{sizes:?}");
    assert_eq!(sizes.iter().max(), Some(&SIZE), "{sizes:?}");
}

#[test]
fn a_block_begins_at_a_cache_line_also_when_it_is_read_into_again() {
    for keeps in [0, 1, 8] {
        let mut kept = VecDeque::new();
        let mut source = pin!(FromRead::new(Counting::new([2_000_000])));
        while let Poll::Ready(Some(chunk)) = next(source.as_mut(), usize::MAX) {
            assert_eq!(chunk.as_ptr().addr() % 64, 0, "{keeps}: of {} bytes", chunk.len());
            kept.push_back(chunk);
            if kept.len() > keeps {
                kept.pop_front();
            }
        }
        assert_eq!(source.state(), State::Ended);
    }
}

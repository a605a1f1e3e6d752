//! All views of a value share one place.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::pin;
use std::task::Poll;

use byte_stream::ByteStreamExt;
use byte_stream_tests::matrix::{self, Telling, for_each_source};
use byte_stream_tests::script::{Failure, Promise};
use byte_stream_tests::sources::Source;
use byte_stream_tests::task::poll_once;
use byte_stream_tests::trace::{drain_with, take_trailers};
use byte_stream_tests::views::Through;
use futures_util::StreamExt;
use http_body_util::BodyExt;
use tokio::io::{AsyncBufReadExt, AsyncReadExt};

const SEEDS: u64 = 40;

/// The generator `SplitMix64`: enough for a choice that a failure message can repeat.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % n as u64).expect("less than `n`")
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

#[test]
fn views_may_be_mixed_at_any_point() {
    for_each_source(matrix::all(), |case, _| {
        for seed in 0..SEEDS {
            let _seed = Telling::of(("seed", seed));
            let mut dice = Dice(seed);
            let mut source = case.open();
            let trace = drain_with(&mut source, || (dice.of(&Through::ALL), dice.of(&[1, 2, 3, 5, 7, 100, 5000])));
            assert_eq!(trace.outcome(), case.promise());
            trace.check_lengths();
        }
    });
}

/// A future of some view: what it read goes to `out`, whether it is the end to the caller.
async fn some_future(which: usize, size: usize, source: &mut Source, out: &mut Vec<u8>) -> io::Result<bool> {
    let mut memory = vec![0; size];
    let before = out.len();
    match which {
        0 => {
            let n = AsyncReadExt::read(source, &mut memory).await?;
            out.extend_from_slice(&memory[..n]);
        }
        1 => {
            let n = futures_util::AsyncReadExt::read(source, &mut memory).await?;
            out.extend_from_slice(&memory[..n]);
        }
        2 => out.extend_from_slice(&source.next().await.transpose()?.unwrap_or_default()),
        3 => {
            let lent = AsyncBufReadExt::fill_buf(source).await?;
            let n = lent.len().min(size);
            out.extend_from_slice(&lent[..n]);
            AsyncBufReadExt::consume(source, n);
        }
        4 => {
            let frame = BodyExt::frame(source).await.transpose().map_err(byte_stream::error::carry)?;
            // Trailers are the end of the bytes, and here they are lost: nobody compares them.
            out.extend_from_slice(&frame.and_then(|frame| frame.into_data().ok()).unwrap_or_default());
        }
        // What a copy has written has left the stream, and what it has not is still in it.
        _ => {
            source.copy_to(out).await?;
        }
    }
    Ok(out.len() == before)
}

#[test]
fn dropping_a_pending_future_of_any_view_loses_nothing() {
    for_each_source(matrix::all(), |case, _| {
        for seed in 0..SEEDS {
            let _seed = Telling::of(("seed", seed));
            let mut dice = Dice(seed);
            let mut source = case.open();
            let mut outcome = Promise::default();
            loop {
                let future = some_future(dice.below(6), dice.of(&[1, 3, 100]), &mut source, &mut outcome.bytes);
                match poll_once(pin!(future)) {
                    Poll::Pending => {}
                    Poll::Ready(Ok(false)) => {}
                    Poll::Ready(Ok(true)) => break,
                    Poll::Ready(Err(error)) => {
                        outcome.failure = Some(Failure::from(&error));
                        break;
                    }
                }
            }
            let promise = case.promise();
            assert_eq!((&outcome.bytes, &outcome.failure), (&promise.bytes, &promise.failure));
        }
    });
}

#[test]
fn what_one_view_leaves_the_next_one_gets() {
    for_each_source(
        [matrix::small().then(byte_stream_tests::script::Step::Trailer("x-sum", "1"))],
        |case, mut source| {
            let read = async {
                let mut head = [0; 4];
                AsyncReadExt::read_exact(&mut source, &mut head).await?;
                let lent = AsyncBufReadExt::fill_buf(&mut source).await?[0];
                AsyncBufReadExt::consume(&mut source, 1);
                let chunk = source.next().await.expect("there is more")?;
                let mut rest = Vec::new();
                futures_util::AsyncReadExt::read_to_end(&mut source, &mut rest).await?;
                io::Result::Ok([&head[..], &[lent], &chunk, &rest].concat())
            };
            assert_eq!(byte_stream_tests::task::drive(read).unwrap(), case.promise().bytes);
            assert_eq!(take_trailers(&mut source).unwrap_or_default(), case.promise().trailers);
        },
    );
}

#[test]
fn a_value_is_read_while_it_is_pinned_and_no_view_needs_it_to_move() {
    let generator = async_stream::stream! {
        for chunk in ["one ", "", "two ", "three"] {
            tokio::task::yield_now().await;
            yield Ok::<_, io::Error>(bytes::Bytes::from_static(chunk.as_bytes()));
        }
    };
    let mut source: Source = Box::pin(byte_stream::FromStream::new(generator));
    let mut dice = Dice(1);
    // A generator has no hostile clock to be woken by, so this one runs on tokio.
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let bytes = runtime.block_on(async {
        let mut bytes = Vec::new();
        while let byte_stream_tests::views::Got::Bytes(more) =
            poll_fn(|cx| dice.of(&Through::ALL).poll_get(source.as_mut(), cx, 2)).await
        {
            bytes.extend_from_slice(&more);
        }
        bytes
    });
    assert_eq!(bytes, b"one two three");
}

#[expect(dead_code, reason = "the signature is the test")]
fn a_future_of_a_source_is_send(mut source: Source) -> impl Future + Send {
    async move { source.next().await }
}

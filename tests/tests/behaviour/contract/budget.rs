//! What comes out under tokio's budget, wherever it runs out, is what went in.

use std::future::poll_fn;
use std::io::ErrorKind;
use std::ptr;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use byte_stream::adapter::Coalesce;
use byte_stream::testing::Pulls;
use byte_stream::{ByteStream as _, FromOwned, FromRead, State};
use byte_stream_tests::foreign::{self, Foreign};
use byte_stream_tests::script::{Failure, Promise, Script, Step};
use byte_stream_tests::sources::{Source, Wrapped, adapt};
use byte_stream_tests::views::{Got, Through};
use bytes::Bytes;
use proptest::collection::vec;
use proptest::prelude::*;
use tokio::io::AsyncReadExt as _;
use tokio::task::coop;

/// Below and above what is gathered, what a block holds, and what a unit of the budget is for.
fn size() -> impl Strategy<Value = usize> {
    prop_oneof![
        Just(0),
        1..80usize,
        Just(1500),
        4090..4100usize,
        8190..8200usize,
        16_300..16_400usize,
        Just(40_000),
        65_500..65_600usize,
        Just(150_000),
    ]
}

/// A step, in few words.
#[derive(Clone, Copy, Debug)]
enum Does {
    Chunk(usize),
    Pending,
    Trailer,
}

fn does() -> impl Strategy<Value = Does> {
    prop_oneof![12 => size().prop_map(Does::Chunk), 3 => Just(Does::Pending), 1 => Just(Does::Trailer)]
}

/// No two bytes near each other are equal, nor those of neighbouring pages.
fn script(steps: &[Does], fails: bool) -> Script {
    let mut bytes = (0..251u8).cycle();
    let steps = steps.iter().map(|step| match *step {
        Does::Chunk(size) => Step::Chunk(bytes.by_ref().take(size).collect()),
        Does::Pending => Step::Pending,
        Does::Trailer => Step::Trailer("x-sum", "1"),
    });
    Script::new(steps.chain(fails.then_some(Step::Error(ErrorKind::ConnectionReset, "reset"))))
}

/// What stands between the script and the calls.
#[derive(Clone, Copy, Debug)]
enum Way {
    Known(Foreign, Wrapped),
    Read(usize),
    Owned(usize),
    /// Whether it waits: not at all, for a millisecond, until it is full.
    Coalesced(Foreign, usize, u8),
    CoalescedRead(usize, usize, u8),
}

fn way() -> impl Strategy<Value = Way> {
    let foreign = || (0..Foreign::ALL.len()).prop_map(|i| Foreign::ALL[i]);
    let wrapped = (0..Wrapped::ALL.len()).prop_map(|i| Wrapped::ALL[i]);
    let block = || prop_oneof![1..70usize, 4000..4200usize, 16_380..16_400usize, Just(65_536), Just(100_001)];
    prop_oneof![
        (foreign(), wrapped).prop_map(|(foreign, wrapped)| Way::Known(foreign, wrapped)),
        block().prop_map(Way::Read),
        block().prop_map(Way::Owned),
        (foreign(), block(), 0..3u8).prop_map(|(foreign, window, wait)| Way::Coalesced(foreign, window, wait)),
        (block(), block(), 0..3u8).prop_map(|(block, window, wait)| Way::CoalescedRead(block, window, wait)),
    ]
}

fn coalesced<S>(stream: S, window: usize, wait: u8) -> Coalesce<S> {
    let stream = Coalesce::with_window(stream, window);
    match wait {
        0 => stream,
        1 => stream.wait_at_most(Duration::from_millis(1)),
        _ => stream.wait_until_full(),
    }
}

impl Way {
    fn foreign(self) -> Foreign {
        match self {
            Way::Known(foreign, _) | Way::Coalesced(foreign, ..) => foreign,
            Way::Read(_) | Way::CoalescedRead(..) => Foreign::Read,
            Way::Owned(_) => Foreign::Owned,
        }
    }

    fn open(self, script: &Script) -> Source {
        let pulls = Pulls::default();
        let reader = || foreign::reader(script, &Pulls::default());
        match self {
            Way::Known(foreign, wrapped) => wrapped.open(foreign, script, &pulls),
            Way::Read(block) => Box::pin(FromRead::with_chunk_size(reader(), block)),
            Way::Owned(block) => Box::pin(
                FromOwned::from_fn(reader(), |mut reader, mut buf| async move {
                    let read = reader.read_buf(&mut buf).await;
                    (reader, (read, buf))
                })
                .with_chunk_size(block),
            ),
            Way::Coalesced(foreign, window, wait) => Box::pin(coalesced(adapt(foreign, script, &pulls), window, wait)),
            Way::CoalescedRead(block, window, wait) => {
                Box::pin(coalesced(FromRead::with_chunk_size(reader(), block), window, wait))
            }
        }
    }
}

/// One call: the budget that is left for it, the view, the size, and whether its chunk is kept.
type Call = (u8, usize, usize, bool);

fn call() -> impl Strategy<Value = Call> {
    (prop_oneof![Just(0), Just(128), 0..6u8], 0..Through::ALL.len(), prop_oneof![size(), 1..9000usize], any::<bool>())
}

/// Leaves so many units, if there are as many.
fn leave(units: u8, cx: &mut Context<'_>) {
    let mut spent = 0;
    // Of 128, without being `Pending` at the last, which would leave the waker somewhere.
    while coop::has_budget_remaining() && spent < 128 - units {
        if let Poll::Ready(unit) = coop::poll_proceed(cx) {
            unit.made_progress();
        }
        spent += 1;
    }
}

async fn read(source: &mut Source, calls: &[Call], promise: &Promise) -> (Vec<u8>, Option<Failure>) {
    let (mut came, mut kept) = (Vec::new(), Vec::<(usize, Bytes)>::new());
    let all = promise.bytes.len() as u64;
    let mut last = None;
    for &(units, through, size, keeps) in calls.iter().cycle() {
        let (through, size) = (Through::ALL[through], size.max(1));
        let left = all - came.len() as u64;
        let (least, most) = source.bytes_left();
        if promise.failure.is_none() {
            assert!(least <= left && most.is_none_or(|most| left <= most), "{left} of {least} to {most:?}");
        }
        let mut polls = 0;
        let got = poll_fn(|cx| {
            polls += 1;
            assert!(polls < 10_000, "it is polled again and again");
            leave(units.max(u8::from(polls > 1)), cx);
            match through {
                Through::Chunk => source.as_mut().poll_chunk(cx, size).map(|chunk| match chunk {
                    None => Got::End,
                    Some(Err(error)) => Got::Error(Failure::from(&error)),
                    Some(Ok(chunk)) => {
                        assert!((1..=size).contains(&chunk.len()));
                        let got = Got::Bytes(chunk.to_vec());
                        if keeps {
                            kept.push((came.len(), chunk));
                        }
                        got
                    }
                }),
                Through::Peek => {
                    let before = match ready!(source.as_mut().poll_peek(cx)) {
                        Ok([]) => return Poll::Ready(Got::End),
                        Ok(lent) => ptr::from_ref(lent),
                        Err(error) => return Poll::Ready(Got::Error(Failure::from(&error))),
                    };
                    let again = source.as_mut().poll_peek(cx);
                    assert!(matches!(again, Poll::Ready(Ok(lent)) if ptr::eq(lent, before)));
                    through.poll_get(source.as_mut(), cx, size)
                }
                _ => through.poll_get(source.as_mut(), cx, size),
            }
        })
        .await;
        match got {
            Got::Bytes(bytes) => {
                assert!(!bytes.is_empty(), "an empty chunk");
                let at = came.len();
                came.extend_from_slice(&bytes);
                assert!(promise.bytes[at..].starts_with(&bytes), "{} other bytes at {at}", bytes.len());
            }
            Got::Trailers(_) => {}
            Got::End => break,
            Got::Error(failure) => {
                last = Some(failure);
                break;
            }
        }
    }
    for (at, chunk) in &kept {
        assert!(promise.bytes[*at..].starts_with(chunk), "a chunk that was kept has changed");
    }
    assert_eq!(source.bytes_left(), (0, Some(0)));
    assert_eq!(source.state() == State::Failed, last.is_some());
    (came, last)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn wherever_the_budget_runs_out_the_bytes_are_those_of_the_script(
        way in way(),
        steps in vec(does(), 0..40),
        fails in any::<bool>(),
        calls in vec(call(), 1..30),
    ) {
        let script = script(&steps, fails);
        let promise = script.promise(way.foreign());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let reading = runtime.block_on(async {
            let mut source = way.open(&script);
            // The clock goes on by itself when nobody has anything to do.
            tokio::time::timeout(Duration::from_secs(3_000_000), read(&mut source, &calls, &promise)).await
        });
        let (came, failure) = reading.expect("nobody wakes it");
        prop_assert_eq!(came.len(), promise.bytes.len());
        prop_assert_eq!(failure, promise.failure);
    }
}

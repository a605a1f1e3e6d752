//! A stream in a span.

use std::cell::Cell;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use byte_stream::adapter::Instrumented;
use byte_stream::{ByteStream, ByteStreamViews, ReadBuf, State, Trailers};
use byte_stream_tests::foreign::{Foreign, Pulls};
use byte_stream_tests::matrix::{self, Telling};
use byte_stream_tests::script::Step;
use byte_stream_tests::sources::{Source, adapt};
use byte_stream_tests::task::drive;
use byte_stream_tests::trace::drain;
use byte_stream_tests::views::Through;
use bytes::Bytes;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Span, Subscriber, info_span, subscriber};

thread_local! {
    static INSIDE: Cell<usize> = const { Cell::new(0) };
}

fn is_inside() -> bool {
    INSIDE.get() > 0
}

/// Knows whether a span is entered, and how many are open.
#[derive(Clone, Default)]
struct Spans(Arc<AtomicUsize>);

impl Subscriber for Spans {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        self.0.fetch_add(1, Ordering::Relaxed);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, _: &Id) {
        INSIDE.set(INSIDE.get() + 1);
    }

    fn exit(&self, _: &Id) {
        INSIDE.set(INSIDE.get() - 1);
    }

    fn try_close(&self, _: Id) -> bool {
        self.0.fetch_sub(1, Ordering::Relaxed);
        true
    }
}

/// Panics if it is polled outside of the span, and counts how often it is polled.
#[derive(ByteStreamViews)]
struct Watched {
    stream: Source,
    polls: Arc<AtomicUsize>,
}

impl Watched {
    fn poll(&mut self) -> Pin<&mut dyn byte_stream_tests::sources::AllViews> {
        assert!(is_inside(), "outside of the span");
        self.polls.fetch_add(1, Ordering::Relaxed);
        self.stream.as_mut()
    }
}

impl ByteStream for Watched {
    fn poll_chunk(mut self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        self.poll().poll_chunk(cx, max)
    }

    fn poll_peek(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        self.get_mut().poll().poll_peek(cx)
    }

    fn poll_lends(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        self.poll().poll_lends(cx)
    }

    fn consume_peeked(mut self: Pin<&mut Self>, n: usize) {
        self.poll().consume_peeked(n);
    }

    fn poll_read_into(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.poll().poll_read_into(cx, buf)
    }

    fn state(&self) -> State {
        self.stream.state()
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        self.stream.bytes_left()
    }

    fn poll_trailers(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        self.poll().poll_trailers(cx)
    }
}

#[test]
fn every_poll_is_inside_of_the_span_and_nothing_else_is() {
    let spans = Spans::default();
    subscriber::with_default(spans.clone(), || {
        for foreign in Foreign::ALL {
            for through in Through::ALL {
                let _case = Telling::of((foreign, through));
                let script = matrix::small().then(Step::Trailer("x-sum", "1"));
                let polls = Arc::new(AtomicUsize::new(0));
                let stream = adapt(foreign, &script, &Pulls::default());
                let watched = Watched { stream, polls: Arc::clone(&polls) };
                let mut source: Source = Box::pin(Instrumented::new(watched, info_span!("upload")));
                assert_eq!(drain(&mut source, through, 3).outcome(), script.promise(foreign));
                assert!(polls.load(Ordering::Relaxed) > 0);
                assert!(!is_inside(), "a poll left the span open");
                assert_eq!(spans.0.load(Ordering::Relaxed), 1);
                drop(source);
                assert_eq!(spans.0.load(Ordering::Relaxed), 0, "it closes with the stream");
            }
        }
    });
}

#[test]
fn a_poll_that_is_pending_or_fails_leaves_the_span() {
    subscriber::with_default(Spans::default(), || {
        for script in matrix::bad() {
            let source = adapt(Foreign::Stream, &script, &Pulls::default());
            let mut source = Instrumented::new(source, info_span!("upload"));
            let failed = drive(poll_fn(|cx| {
                let polled = Pin::new(&mut source).poll_chunk(cx, 1);
                assert!(!is_inside());
                polled.map(|item| item.is_none_or(|item| item.is_err()))
            }));
            assert!(!is_inside());
            assert_eq!(failed, source.state() == State::Failed);
        }
    });
}

#[test]
fn to_look_at_the_state_or_the_length_does_not_enter_the_span() {
    struct Looked;

    impl ByteStream for Looked {
        fn poll_chunk(self: Pin<&mut Self>, _: &mut Context<'_>, _: usize) -> Poll<Option<io::Result<Bytes>>> {
            unreachable!("nobody reads it")
        }

        fn poll_peek(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
            unreachable!("nobody reads it")
        }

        fn consume_peeked(self: Pin<&mut Self>, _: usize) {
            unreachable!("nobody reads it")
        }

        fn state(&self) -> State {
            assert!(!is_inside());
            State::Open
        }

        fn bytes_left(&self) -> (u64, Option<u64>) {
            assert!(!is_inside());
            (7, None)
        }
    }

    subscriber::with_default(Spans::default(), || {
        let looked = Instrumented::new(Looked, info_span!("upload"));
        assert_eq!((looked.state(), looked.bytes_left()), (State::Open, (7, None)));
        assert_eq!(looked.span().metadata().map(Metadata::name), Some("upload"));
        looked.span().in_scope(|| assert!(is_inside(), "the test would see it"));
    });
    assert!(Instrumented::new(Looked, Span::none()).span().is_none());
}

//! Bytes that need not be copied are not.

use std::future::poll_fn;
use std::pin::Pin;

use byte_stream::{FromBody, FromIter, FromStream};
use byte_stream_tests::foreign::Foreign;
use byte_stream_tests::foreign::{self, Pulls};
use byte_stream_tests::matrix::Telling;
use byte_stream_tests::script::{Script, Step};
use byte_stream_tests::sources::{AllViews, Source, Wrapped};
use byte_stream_tests::task::drive;
use byte_stream_tests::trace::get;
use byte_stream_tests::views::{Got, Through};
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http_body_util::{BodyExt, StreamBody};

const FOREIGN: [Foreign; 7] = [
    Foreign::Stream,
    Foreign::Iter,
    Foreign::PollFn,
    Foreign::Body,
    Foreign::SizedBody,
    Foreign::Writer,
    Foreign::Channel,
];

fn script(chunk: &Bytes) -> Script {
    Script::new([Step::EMPTY, Step::Chunk(chunk.clone()), Step::EMPTY])
}

fn chunk(source: &mut Source, max: usize) -> Bytes {
    drive(poll_fn(|cx| source.as_mut().poll_chunk(cx, max))).unwrap().unwrap()
}

/// Every wrapping of every source of chunks, over one chunk. A codec makes chunks of its own.
fn for_each_source_of_chunks(chunk: &Bytes, mut test: impl FnMut(Source)) {
    for foreign in FOREIGN {
        for wrapped in Wrapped::ALL.into_iter().filter(|wrapped| *wrapped != Wrapped::Coded) {
            let _case = Telling::of((foreign, wrapped));
            test(wrapped.open(foreign, &script(chunk), &Pulls::default()));
        }
    }
}

#[test]
fn a_chunk_comes_out_with_the_pointer_it_came_in_with() {
    let whole = Bytes::from(vec![7; 100_000]);
    for_each_source_of_chunks(&whole, |mut source| {
        let out = chunk(&mut source, usize::MAX);
        assert_eq!((out.as_ptr(), out.len()), (whole.as_ptr(), whole.len()));
    });
    for_each_source_of_chunks(&whole, |mut source| {
        let out = drive(source.next()).unwrap().unwrap();
        assert_eq!((out.as_ptr(), out.len()), (whole.as_ptr(), whole.len()));
    });
    for_each_source_of_chunks(&whole, |mut source| {
        let out = drive(BodyExt::frame(&mut source)).unwrap().unwrap().into_data().unwrap();
        assert_eq!((out.as_ptr(), out.len()), (whole.as_ptr(), whole.len()));
    });
}

#[test]
fn what_is_lent_is_the_chunk_itself() {
    let whole = Bytes::from(vec![7; 100]);
    for_each_source_of_chunks(&whole, |mut source| {
        let lent = drive(poll_fn(|cx| source.as_mut().poll_peek(cx).map_ok(<[u8]>::as_ptr)));
        assert_eq!(lent.unwrap(), whole.as_ptr());
    });
}

#[test]
fn a_chunk_larger_than_was_asked_for_is_split_without_a_copy() {
    let whole = Bytes::from(vec![7; 100]);
    for_each_source_of_chunks(&whole, |mut source| {
        for (at, max, len) in [(0, 30, 30), (30, 69, 69), (99, usize::MAX, 1)] {
            let out = chunk(&mut source, max);
            assert_eq!((out.as_ptr(), out.len()), (whole[at..].as_ptr(), len));
        }
    });
}

#[test]
fn a_chunk_larger_than_the_buffer_leaves_its_rest_where_it_was() {
    let whole = Bytes::from(vec![7; 100]);
    for through in [Through::ReadInto, Through::Peek, Through::TokioRead, Through::FuturesRead, Through::Vectored] {
        for_each_source_of_chunks(&whole, |mut source| {
            let Got::Bytes(head) = get(&mut source, through, 20).got else { panic!("no bytes") };
            let rest = chunk(&mut source, usize::MAX);
            assert_eq!((rest.as_ptr(), rest.len()), (whole[head.len()..].as_ptr(), whole.len() - head.len()));
        });
    }
}

#[test]
fn a_round_trip_through_the_views_keeps_the_pointer() {
    fn pinned<'a>(stream: impl AllViews + Send + 'a) -> Pin<Box<dyn AllViews + Send + 'a>> {
        Box::pin(stream)
    }
    let whole = Bytes::from(vec![7; 100]);
    let pulls = Pulls::default();
    let streamed = FromStream::new(FromIter::new(foreign::iter(&script(&whole), &pulls)));
    let framed = FromBody::new(FromStream::new(foreign::stream(&script(&whole), &pulls)));
    let both = FromStream::new(FromBody::new(foreign::body(&script(&whole), &pulls)));
    for mut source in [pinned(streamed), pinned(framed), pinned(both)] {
        let out = drive(poll_fn(|cx| source.as_mut().poll_chunk(cx, usize::MAX))).unwrap().unwrap();
        assert_eq!(out.as_ptr(), whole.as_ptr());
    }
}

#[test]
fn data_that_is_not_bytes_is_copied_once_and_is_whole() {
    let data = bytes::Buf::chain(&b"one "[..], &b"two"[..]);
    let frames = stream::iter([Ok::<_, std::io::Error>(http_body::Frame::data(data))]);
    let mut source: Source = Box::pin(FromBody::new(StreamBody::new(frames)));
    assert_eq!(chunk(&mut source, usize::MAX), "one two");
}

//! Sources one after another.

use std::future::poll_fn;
use std::io;

use byte_stream::{ByteStream, FromBody, State};
use byte_stream_tests::foreign::{self, Foreign, Pulls};
use byte_stream_tests::matrix::Telling;
use byte_stream_tests::script::{Script, Step};
use byte_stream_tests::sources::{Source, adapt};
use byte_stream_tests::task::drive;
use byte_stream_tests::trace::{drain, get};
use byte_stream_tests::views::{Got, Through};
use bytes::Bytes;
use http_body::SizeHint;

#[derive(ByteStream)]
struct Pair<A, B> {
    #[byte_stream(source)]
    first: A,
    #[byte_stream(source)]
    second: B,
}

#[derive(ByteStream)]
enum Parts<S> {
    Three(#[byte_stream(source)] Bytes, #[byte_stream(source)] S, #[byte_stream(source)] Option<Bytes>),
    #[expect(dead_code, reason = "an arm that is not taken")]
    None,
}

fn pair(foreign: Foreign, first: &Script, second: &Script) -> (Source, Pulls, Pulls) {
    let (of_first, of_second) = (Pulls::default(), Pulls::default());
    let first = adapt(foreign, first, &of_first);
    let second = adapt(foreign, second, &of_second);
    (Box::pin(Pair { first, second }), of_first, of_second)
}

fn for_each_way(mut test: impl FnMut(Foreign, Through)) {
    for foreign in Foreign::ALL {
        for through in Through::ALL {
            let _case = Telling::of((foreign, through));
            test(foreign, through);
        }
    }
}

#[test]
fn the_second_source_begins_when_the_first_is_over() {
    let script = Script::chunks(&[3, 4]);
    for_each_way(|foreign, through| {
        let (mut source, _, second) = pair(foreign, &script, &script);
        let mut came = 0;
        while came < 7 {
            assert_eq!(second.count(), 0, "after {came} bytes");
            let Got::Bytes(bytes) = get(&mut source, through, 2).got else { panic!("no bytes") };
            came += bytes.len();
        }
        let rest = drain(&mut source, through, 2).outcome();
        assert_eq!(rest.bytes.len(), 14 - came);
    });
}

#[test]
fn after_an_error_in_the_first_the_second_is_never_polled() {
    let failing = Script::chunks(&[3]).then(Step::Error(io::ErrorKind::ConnectionReset, "reset"));
    for_each_way(|foreign, through| {
        let (mut source, _, second) = pair(foreign, &failing, &Script::chunks(&[4]));
        let trace = drain(&mut source, through, 2);
        assert_eq!(trace.outcome(), failing.promise(foreign));
        drain(&mut source, Through::Stream, 1);
        drain(&mut source, Through::Peek, 1);
        assert_eq!(second.count(), 0);
    });
}

#[test]
fn a_failed_sequence_has_length_0_and_has_failed() {
    let failing = Script::new([Step::Error(io::ErrorKind::ConnectionReset, "reset")]);
    for_each_way(|foreign, through| {
        let (mut source, ..) = pair(foreign, &failing, &Script::chunks(&[4]));
        drain(&mut source, through, 2);
        assert_eq!((source.state(), source.bytes_left()), (State::Failed, (0, Some(0))));
    });
}

#[test]
fn only_the_trailers_of_the_last_source_are_handed_out() {
    let first = Script::chunks(&[3]).then(Step::Trailer("x-first", "1"));
    let second = Script::chunks(&[4]).then(Step::Trailer("x-second", "2"));
    for foreign in [Foreign::Body, Foreign::SizedBody] {
        for through in Through::ALL {
            let (mut source, ..) = pair(foreign, &first, &second);
            let outcome = drain(&mut source, through, 2).outcome();
            assert_eq!((outcome.bytes.len(), outcome.trailers.len()), (7, 1), "{foreign:?} {through:?}");
            assert_eq!(outcome.trailers["x-second"], "2");
        }
    }
}

#[test]
fn a_sequence_without_a_last_body_has_no_trailers() {
    let first = adapt(Foreign::Body, &Script::chunks(&[3]).then(Step::Trailer("x-first", "1")), &Pulls::default());
    let mut source: Source = Box::pin(Pair { first, second: Bytes::from("last") });
    let outcome = drain(&mut source, Through::Body, 1).outcome();
    assert_eq!((outcome.bytes.len(), outcome.trailers.len()), (7, 0));
}

#[test]
fn to_consume_reaches_the_source_that_lent() {
    for foreign in Foreign::ALL {
        let _case = Telling::of(foreign);
        let (mut source, first, second) = pair(foreign, &Script::chunks(&[3]), &Script::chunks(&[4]));
        let peek =
            |source: &mut Source| drive(poll_fn(|cx| source.as_mut().poll_peek(cx).map_ok(<[u8]>::to_vec))).unwrap();
        assert_eq!(peek(&mut source), [0, 1, 2]);
        source.as_mut().consume_peeked(2);
        assert_eq!((peek(&mut source), second.count()), (vec![2], 0));
        source.as_mut().consume_peeked(1);
        assert_eq!(peek(&mut source), [0, 1, 2, 3]);
        let pulls = first.count();
        source.as_mut().consume_peeked(4);
        assert!(peek(&mut source).is_empty());
        assert_eq!((first.count(), source.state()), (pulls, State::Ended));
    }
}

#[test]
fn lengths_add_up() {
    let sized = |script: &Script| adapt(Foreign::SizedBody, script, &Pulls::default());
    let script = Script::chunks(&[3, 4]);
    let unknown = adapt(Foreign::Stream, &script, &Pulls::default());
    let head = || Bytes::from_static(b"head");
    assert_eq!(Pair { first: head(), second: sized(&script) }.bytes_left(), (11, Some(11)));
    assert_eq!(Pair { first: head(), second: unknown }.bytes_left(), (4, None));
    assert_eq!(Parts::Three(head(), sized(&script), None).bytes_left(), (11, Some(11)));
    let mut source: Source = Box::pin(Parts::Three(head(), sized(&script), Some("tail".into())));
    let mut left = 15;
    while let Got::Bytes(bytes) = get(&mut source, Through::ReadInto, 2).got {
        left -= bytes.len() as u64;
        assert_eq!(source.bytes_left(), (left, Some(left)));
    }
    assert_eq!(left, 0);
}

#[test]
fn a_length_that_does_not_fit_is_unknown_and_never_too_large() {
    let huge = |most: u64| {
        let mut hint = SizeHint::with_exact(most);
        hint.set_lower(most);
        FromBody::new(foreign::body(&Script::chunks(&[1]), &Pulls::default()).announcing(hint))
    };
    let pair = Pair { first: huge(u64::MAX), second: huge(1) };
    assert_eq!(pair.bytes_left(), (u64::MAX, None));
    assert_eq!(Pair { first: huge(u64::MAX - 1), second: huge(1) }.bytes_left(), (u64::MAX, Some(u64::MAX)));
}

#[test]
fn a_sequence_may_be_nested_and_may_be_empty() {
    let nested = |middle: Source| Pair { first: Pair { first: (), second: middle }, second: Some(Bytes::from("end")) };
    for_each_way(|foreign, through| {
        let script = Script::chunks(&[3, 4]);
        let mut source: Source = Box::pin(nested(adapt(foreign, &script, &Pulls::default())));
        let outcome = drain(&mut source, through, 2).outcome();
        assert_eq!(outcome.bytes, [&script.promise(foreign).bytes[..], b"end"].concat());
        let mut empty: Source = Box::pin(Pair { first: (), second: None::<Bytes> });
        assert_eq!(get(&mut empty, through, 2).got, Got::End);
    });
}

//! A digest of the bytes, read, checked and sent.

use std::io;

use byte_stream::adapter::{Digester, FinalDigest};
use byte_stream::error::{DigestError, find};
use byte_stream::{ByteStream, ByteStreamExt, Inspect, State, Trailers, stream};
use byte_stream_tests::foreign::{Foreign, Pulls};
use byte_stream_tests::matrix::{self, Telling};
use byte_stream_tests::script::{Script, Step};
use byte_stream_tests::sources::{Source, adapt};
use byte_stream_tests::trace::{drain, drain_with};
use byte_stream_tests::views::Through;
use futures::executor::block_on;
use http::{HeaderMap, HeaderName};
use http_body_util::BodyExt;
use sha2::{Digest, Sha256};

const NAME: HeaderName = HeaderName::from_static("x-digest");
/// Of "hello".
const HELLO: &str = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

fn inspected(foreign: Foreign, script: &Script, digester: Digester<Sha256>) -> (Source, FinalDigest) {
    let digest = digester.digest();
    (Box::pin(Inspect::new(adapt(foreign, script, &Pulls::default()), digester)), digest)
}

fn for_each_way(mut test: impl FnMut(Foreign, Through, usize)) {
    for foreign in Foreign::ALL {
        for through in Through::ALL {
            for size in [1, 7, 4096] {
                let _case = Telling::of((foreign, through, size));
                test(foreign, through, size);
            }
        }
    }
}

fn digest_of(script: &Script) -> [u8; 32] {
    Sha256::digest(script.promise(Foreign::Stream).bytes).into()
}

#[test]
fn the_digest_is_that_of_the_bytes_whichever_view_is_used() {
    for script in [Script::default(), matrix::small()] {
        for_each_way(|foreign, through, size| {
            for digester in [Digester::new(), Digester::new().expecting(digest_of(&script))] {
                let (mut source, digest) = inspected(foreign, &script, digester);
                assert_eq!(drain(&mut source, through, size).outcome(), script.promise(foreign));
                drop(source);
                assert_eq!(digest.get().unwrap(), digest_of(&script));
            }
        });
    }
}

#[test]
fn the_digest_is_that_of_the_bytes_when_views_are_mixed() {
    let mut turn = 0;
    for foreign in Foreign::ALL {
        for _ in 0..50 {
            let (mut source, digest) = inspected(foreign, &matrix::large(), Digester::new());
            drain_with(&mut source, || {
                turn += 1;
                (Through::ALL[turn % Through::ALL.len()], 1 + turn % 1000)
            });
            assert_eq!(digest.get().unwrap(), digest_of(&matrix::large()), "{foreign:?}");
        }
    }
}

#[test]
fn there_is_a_digest_only_of_what_has_ended_well() {
    let failing = matrix::small().then(Step::Error(io::ErrorKind::ConnectionReset, "reset"));
    for_each_way(|foreign, through, size| {
        let (mut source, digest) = inspected(foreign, &failing, Digester::new());
        drain(&mut source, through, size);
        drop(source);
        assert_eq!(digest.get(), None);
    });
    let digester = Digester::<Sha256>::new();
    let digest = digester.digest();
    drop(Inspect::new(stream!["hello"], digester));
    assert_eq!(digest.get(), None);
}

#[test]
fn a_wrong_digest_comes_in_the_place_of_the_end() {
    for_each_way(|foreign, through, size| {
        let digester = Digester::new().expecting([7; 32]).as_trailer(NAME);
        let (mut source, digest) = inspected(foreign, &matrix::small(), digester);
        assert_eq!(source.bytes_left().1, None, "or nobody would ask for the end");
        let trace = drain(&mut source, through, size);
        let outcome = trace.outcome();
        assert_eq!(outcome.bytes, matrix::small().promise(foreign).bytes);
        let failure = outcome.failure.expect("another digest");
        assert_eq!(failure.kind, io::ErrorKind::InvalidData);
        assert!(failure.payload.contains(&"07".repeat(32)), "{}", failure.payload);
        assert_eq!((source.state(), digest.get(), outcome.trailers.len()), (State::Failed, None, 0));
        assert!(trace.afterwards.iter().all(|call| call.got == byte_stream_tests::views::Got::End));
    });
}

#[test]
fn the_error_holds_both_digests_and_says_them_in_hex() {
    let digester = Digester::<Sha256>::new().expecting([0xA0; 32]);
    let error = block_on(Inspect::new(stream!["hel", "lo"], digester).collect_bytes()).unwrap_err();
    let payload: &DigestError = find(&error).unwrap();
    assert_eq!((&payload.expected[..], &payload.found[..]), (&[0xA0; 32][..], &Sha256::digest("hello")[..]));
    let said = format!("the digest of the stream is {HELLO}, and not {}", "a0".repeat(32));
    assert_eq!(payload.to_string(), said);
}

#[test]
fn the_digest_follows_the_bytes_as_a_trailer() {
    let script = matrix::small().then(Step::Trailer("x-sum", "1"));
    for_each_way(|foreign, through, size| {
        for digester in [Digester::new(), Digester::new().expecting(digest_of(&script))] {
            let (mut source, _) = inspected(foreign, &script, digester.as_trailer(NAME));
            let outcome = drain(&mut source, through, size).outcome();
            let hex: String = digest_of(&script).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!((outcome.failure, outcome.trailers[NAME].to_str().unwrap()), (None, &hex[..]));
            assert_eq!(outcome.trailers.contains_key("x-sum"), foreign.has_trailers());
            assert_eq!(outcome.bytes, script.promise(foreign).bytes);
        }
    });
}

#[test]
fn a_trailer_has_the_form_that_was_asked_for() {
    let digester = Digester::<Sha256>::new().as_trailer_with(NAME, |digest| format!("sha-256=:{}:", digest[0]));
    let body = block_on(Inspect::new(stream!["hello"], digester).collect()).unwrap();
    assert_eq!(body.trailers().unwrap(), &HeaderMap::from_iter([(NAME, "sha-256=:44:".parse().unwrap())]));
    assert_eq!(body.to_bytes(), "hello");
}

#[test]
fn a_form_that_is_no_header_value_is_an_error_and_no_panic() {
    for through in Through::ALL {
        let digester = Digester::<Sha256>::new().as_trailer_with(NAME, |_| "two\nlines".into());
        let mut body: Source = Box::pin(Inspect::new(stream!["hello"], digester));
        while body.state() == State::Open {
            byte_stream_tests::trace::get(&mut body, through, 3);
        }
        let failed: Option<io::Result<Trailers>> = block_on(std::future::poll_fn(|cx| body.as_mut().poll_trailers(cx)));
        let error = failed.unwrap().unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        assert!(find::<http::header::InvalidHeaderValue>(&error).is_some());
        assert_eq!(body.state(), State::Failed);
    }
}

#[test]
fn a_hash_that_has_begun_goes_on() {
    let digester = Digester::from(Sha256::new_with_prefix("hel"));
    let digest = digester.digest();
    assert_eq!(block_on(Inspect::new(stream!["lo"], digester).collect_bytes()).unwrap(), "lo");
    assert_eq!(digest.get().unwrap(), &Sha256::digest("hello")[..]);
}

#[test]
fn the_digest_is_there_with_the_last_byte_if_the_source_knows_it() {
    let digester = Digester::<Sha256>::new();
    let digest = digester.digest();
    let mut body = Inspect::new(stream!["hel", "lo"], digester);
    block_on(futures::StreamExt::next(&mut body)).unwrap().unwrap();
    assert_eq!(digest.get(), None);
    block_on(futures::StreamExt::next(&mut body)).unwrap().unwrap();
    assert_eq!(digest.get().unwrap(), &Sha256::digest("hello")[..]);
}

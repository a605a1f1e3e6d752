//! The assertions, and what they say.

use std::io;
use std::panic::{UnwindSafe, catch_unwind};

use byte_stream::{FromStream, assert_bytes, assert_chunks, assert_error, stream};
use bytes::Bytes;
use futures_util::TryStreamExt;

/// What an assertion says when it fails.
fn words(assertion: impl FnOnce() + UnwindSafe) -> String {
    let panic = catch_unwind(assertion).expect_err("the assertion holds");
    *panic.downcast::<String>().expect("it says more than a literal")
}

#[test]
fn any_world_is_read_as_what_it_is() {
    let raw = || stream!["hello, ", pending, "", "world"];
    assert_bytes!(raw(), b"hello, world");
    assert_bytes!(raw().raw_stream(), "hello, world");
    assert_bytes!(raw().raw_body(), "hello, world".as_bytes());
    assert_bytes!(raw().raw_reader(), b"hello, world".to_vec());
    assert_bytes!(TryStreamExt::into_async_read(raw().raw_stream()), String::from("hello, world"));
    assert_bytes!(http_body_util::Full::new(Bytes::from("hello")), "hello");
    assert_bytes!(futures_util::stream::iter(["plain ", "chunks"]), "plain chunks");
    assert_bytes!(io::Cursor::new("a tokio reader"), "a tokio reader");
}

#[test]
fn a_borrow_leaves_the_stream() {
    let mut stream = stream!["hello"];
    assert_bytes!(&mut stream, "hello");
    assert_bytes!(&mut stream, "");
}

#[test]
fn a_stream_that_is_not_unpin_is_read_too() {
    let stream = async_stream::stream! {
        yield io::Result::Ok(Bytes::from("hello"));
    };
    assert_bytes!(FromStream::new(stream), "hello");
}

#[tokio::test]
async fn the_awaited_form_takes_what_needs_a_runtime() {
    let (mut writer, reader) = tokio::io::duplex(4);
    let writing = tokio::spawn(async move { tokio::io::AsyncWriteExt::write_all(&mut writer, b"hello, world").await });
    assert_bytes!(await reader, "hello, world");
    writing.await.unwrap().unwrap();
}

#[test]
fn a_difference_is_shown_with_its_offset_its_chunk_and_both_sides() {
    let said = words(|| assert_bytes!(stream!["hello, ", "World!"], "hello, world!"));
    assert_eq!(
        said,
        "the bytes differ at offset 7, byte 0 of chunk 2\n  expected: \"hello, world!\"\n      came: \"hello, World!\""
    );
}

#[test]
fn bytes_that_are_no_text_are_shown_as_hex_and_only_those_around() {
    let mut expected = vec![0xee; 100];
    expected[50] = 0xff;
    let said = words(|| assert_bytes!(stream![b"\xee" * 100], expected));
    let (ee, ff) = ("ee ".repeat(20), "ff ");
    let around = |middle: &str| format!(".. [{ee}{middle}{}] ..", "ee ".repeat(19).trim_end());
    let shown = format!("  expected: {}\n      came: {}", around(ff), around("ee "));
    assert_eq!(said, format!("the bytes differ at offset 50, byte 0 of chunk 51\n{shown}"));
}

#[test]
fn too_few_and_too_many_bytes_are_told_apart() {
    let few = words(|| assert_bytes!(stream!["hel"], "hello"));
    assert!(few.starts_with("the bytes end at offset 3, 2 too early"), "{few}");
    let many = words(|| assert_bytes!(stream!["hello", " there"], "hello"));
    assert!(many.starts_with("6 more bytes came than expected, from offset 5, byte 0 of chunk 2"), "{many}");
}

#[test]
fn an_error_is_shown_where_the_end_was_expected() {
    let said = words(|| assert_bytes!(stream!["hello", error(ConnectionReset)], "hello"));
    assert_eq!(said, "the stream failed after all 5 bytes: Kind(ConnectionReset)");
    let said = words(|| assert_bytes!(stream!["hel", error(ConnectionReset)], "hello"));
    assert!(said.ends_with("\n  then the stream failed: Kind(ConnectionReset)"), "{said}");
}

#[test]
fn right_bytes_in_wrong_chunks_are_told() {
    let said = words(|| assert_chunks!(stream!["hel", "lo"], ["he", "llo"]));
    let expected = "the bytes are right, but chunk 1 is not\n  expected: \"he\" (2 bytes)\n      came: \"hel\" (3 bytes)\n  \
                    expected 2 chunks, 2 came";
    assert_eq!(said, expected);
    let said = words(|| assert_chunks!(stream!["hello"], ["hello", ""]));
    assert!(said.contains("expected: \"\" (0 bytes)\n      came: none"), "{said}");
}

#[test]
fn another_error_and_no_error_are_told_apart() {
    let other = words(|| drop(assert_error!(stream!["a", error(TimedOut)], after "a", ConnectionReset)));
    assert!(other.starts_with("expected an error of kind ConnectionReset, but it is TimedOut"), "{other}");
    let none = words(|| drop(assert_error!(stream!["a"], after "a", ConnectionReset)));
    assert!(none.ends_with("but the stream ended well"), "{none}");
    let early = words(|| drop(assert_error!(stream!["a", error(TimedOut)], after "abc", TimedOut)));
    assert!(early.starts_with("the bytes end at offset 1, 2 too early"), "{early}");
}

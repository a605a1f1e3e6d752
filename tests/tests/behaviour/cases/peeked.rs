//! Look at the start of a stream, then replay it.

use byte_stream::{ByteStream, ByteStreamExt, FromStream, stream};
use bytes::{Bytes, BytesMut};
use futures::{Stream, StreamExt, TryStreamExt, stream};
use http_body::Body;
use std::io;
use tokio::io::AsyncBufReadExt;

#[derive(ByteStream)]
struct Peeked<S> {
    #[byte_stream(source)]
    head: Bytes,
    #[byte_stream(source)]
    pending: Option<Bytes>,
    #[byte_stream(source)]
    tail: Option<S>,
}

async fn peek<S: ByteStream + Unpin>(mut source: S, limit: usize) -> io::Result<Peeked<S>> {
    let mut head = BytesMut::new();
    while let Some(chunk) = source.as_stream().try_next().await? {
        if head.len() + chunk.len() > limit {
            return Ok(Peeked { head: head.freeze(), pending: Some(chunk), tail: Some(source) });
        }
        head.extend_from_slice(&chunk);
    }
    Ok(Peeked { head: head.freeze(), pending: None, tail: None })
}

#[tokio::test]
async fn a_small_source_is_exhausted() {
    let peeked = peek(stream!["ab", "cd"], 4).await.unwrap();
    assert_eq!(Body::size_hint(&peeked).exact(), Some(4));
    assert_eq!(peeked.try_collect::<Vec<_>>().await.unwrap(), ["abcd"]);

    let empty = peek(stream![], 4).await.unwrap();
    assert!(empty.is_end_stream());
    assert!(empty.try_collect::<Vec<_>>().await.unwrap().is_empty(), "an empty head gives no empty chunk");
}

fn parts() -> FromStream<impl Stream<Item = Result<Bytes, &'static str>> + Unpin> {
    let parts = [Ok("1"), Ok("2"), Ok("third"), Ok("4"), Err("late")];
    FromStream::new(stream::iter(parts.map(|part| part.map(|part| Bytes::from_static(part.as_bytes())))))
}

#[tokio::test]
async fn a_big_source_keeps_its_order_and_its_late_error() {
    let peeked = peek(parts(), 3).await.unwrap();
    let pointer = peeked.pending.as_ref().unwrap().as_ptr();
    assert_eq!(Body::size_hint(&peeked).lower(), 7);
    assert_eq!(Body::size_hint(&peeked).upper(), None);

    let got: Vec<io::Result<Bytes>> = peeked.collect().await;
    assert_eq!(got.len(), 4);
    assert_eq!(got[0].as_ref().unwrap(), "12");
    assert_eq!(got[1].as_ref().unwrap(), "third");
    assert_eq!(got[1].as_ref().unwrap().as_ptr(), pointer, "`pending` comes out with its own pointer");
    assert_eq!(got[2].as_ref().unwrap(), "4");
    assert_eq!(got[3].as_ref().unwrap_err().to_string(), "late");
}

#[tokio::test]
async fn the_first_buffer_is_the_head_itself() {
    let mut peeked = peek(parts(), 3).await.unwrap();
    let pointer = peeked.head.as_ptr();
    let lent = peeked.fill_buf().await.unwrap();
    assert_eq!((lent, lent.as_ptr()), (&b"12"[..], pointer));
}

#[tokio::test]
async fn the_tail_need_not_be_unpin() {
    let tail = async_stream::stream! { yield Ok::<_, io::Error>(Bytes::from_static(b"z")); };
    let peeked = Peeked { head: Bytes::new(), pending: Some("y".into()), tail: Some(FromStream::new(tail)) };
    let mut peeked = std::pin::pin!(peeked);
    let mut out = Vec::new();
    while let Some(chunk) = peeked.next().await {
        out.extend_from_slice(&chunk.unwrap());
    }
    assert_eq!(out, b"yz");
    assert!(peeked.is_end_stream() && Body::size_hint(&*peeked).exact() == Some(0));
    assert!(peeked.next().await.is_none());
}

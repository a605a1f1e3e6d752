//! A metering wrapper.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use byte_stream::{ByteStream, ByteStreamExt, FromRead, FromStream, Inspect, Inspector};
use bytes::Bytes;
use futures::StreamExt;
use tokio::io::{AsyncRead, AsyncReadExt, ReadBuf};

#[derive(Clone, Default)]
struct Meter {
    bytes: Arc<AtomicU64>,
    calls: Arc<AtomicU64>,
}

impl Inspector for Meter {
    fn bytes(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.bytes.fetch_add(bytes.len() as u64, Relaxed);
        self.calls.fetch_add(1, Relaxed);
        Ok(())
    }
}

#[derive(ByteStream)]
struct Metered<S> {
    #[byte_stream(source)]
    body: Inspect<S, Meter>,
    name: String,
}

/// Without asking it of `S`.
impl<S> std::fmt::Debug for Metered<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Metered").field("name", &self.name).field("body", &self.body).finish()
    }
}

fn metered<S: ByteStream>(body: S) -> (Metered<S>, Meter) {
    let meter = Meter::default();
    (Metered { body: Inspect::new(body, meter.clone()), name: "upload".to_owned() }, meter)
}

#[tokio::test]
async fn chunks_pass_unchanged_and_each_byte_is_counted_once() {
    // Not `Unpin`, and pending in between.
    let source = async_stream::stream! {
        yield Ok(Bytes::from_static(b"abc"));
        tokio::task::yield_now().await;
        yield Ok(Bytes::new());
        yield Ok(Bytes::from_static(b"de"));
        yield Err("broken");
    };
    let (metered, meter) = metered(FromStream::new(source));
    assert_eq!(format!("{metered:?}"), r#"Metered { name: "upload", body: Inspect { .. } }"#);
    let items: Vec<_> = metered.collect().await;
    assert_eq!((items[0].as_ref().unwrap().as_ref(), items[1].as_ref().unwrap().as_ref()), (&b"abc"[..], &b"de"[..]));
    assert_eq!(items[2].as_ref().unwrap_err().to_string(), "broken");
    assert_eq!((items.len(), meter.bytes.load(Relaxed), meter.calls.load(Relaxed)), (3, 5, 2));
}

#[tokio::test]
async fn a_buffer_that_holds_two_bytes_already_shows_the_six_new_ones() {
    let (mut metered, meter) = metered(FromRead::new(&b"0123456789"[..]));
    let mut memory = [0; 8];
    let mut buf = ReadBuf::new(&mut memory);
    buf.put_slice(b"##");
    std::future::poll_fn(|cx| Pin::new(&mut metered).poll_read(cx, &mut buf)).await.unwrap();
    assert_eq!((buf.filled(), meter.bytes.load(Relaxed)), (&b"##012345"[..], 6));

    assert_eq!(metered.read(&mut []).await.unwrap(), 0);
    assert_eq!(meter.calls.load(Relaxed), 1, "an empty read calls no hook and is not the end");
    assert_eq!(metered.collect_vec().await.unwrap(), b"6789");
    assert_eq!(meter.bytes.load(Relaxed), 10);
}

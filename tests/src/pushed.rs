//! Scripts that are pushed: by a future that writes, and by a sender.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use byte_stream::testing::RawBody;
use byte_stream::{ByteReceiver, ByteSender, ByteStream, ByteStreamViews, FromWriter, State, Trailers};
use bytes::Bytes;
use http_body::Body;
use tokio::io::{AsyncWriteExt, ReadBuf};

use crate::foreign::{self, Pulls};
use crate::script::Script;

/// Small enough that large scripts do not fit.
const CAPACITY: usize = 5000;

/// A future that writes the script.
pub fn writer(script: &Script, pulls: &Pulls) -> FromWriter<impl Future<Output = io::Result<()>> + Send + use<>> {
    let player = foreign::body(script, pulls);
    let write = |mut writer| async move {
        let trailers = play(player, &mut writer).await?;
        finish(writer, trailers);
        Ok(())
    };
    FromWriter::with_chunk_size(write, CAPACITY)
}

fn finish(sender: ByteSender, trailers: Trailers) {
    if trailers.is_empty() {
        sender.finish();
    } else {
        sender.finish_with_trailers(trailers);
    }
}

/// Every other chunk is sent, the others are written: once without a flush, and once with one.
async fn play(mut player: RawBody, writer: &mut ByteSender) -> io::Result<Trailers> {
    let mut trailers = Trailers::default();
    let mut chunks = 0;
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut player).poll_frame(cx)).await {
        let chunk = match frame?.into_data() {
            Ok(chunk) => chunk,
            Err(frame) => {
                trailers.merge(frame.into_trailers().unwrap_or_default());
                continue;
            }
        };
        let has_bytes = !chunk.is_empty();
        if chunks % 2 == 0 {
            writer.send(chunk).await?;
        } else {
            writer.write_all(&chunk).await?;
            if chunks % 4 == 1 {
                writer.flush().await?;
            }
        }
        chunks += usize::from(has_bytes);
    }
    Ok(trailers)
}

/// A channel together with the task that sends: that has its turn when there is nothing to receive.
#[derive(ByteStreamViews)]
pub struct Fed {
    receiver: ByteReceiver,
    sending: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
}

impl Fed {
    /// Sends the script.
    #[must_use]
    pub fn new(script: &Script, pulls: &Pulls) -> Self {
        let (mut sender, receiver) = byte_stream::channel(CAPACITY);
        let player = foreign::body(script, pulls);
        let sending = async move {
            match play(player, &mut sender).await {
                Ok(trailers) => finish(sender, trailers),
                Err(error) => sender.fail(error),
            }
        };
        Fed { receiver, sending: Some(Box::pin(sending)) }
    }

    /// The sender's turn.
    fn feed(&mut self, cx: &mut Context<'_>) {
        if self.sending.as_mut().is_some_and(|sending| sending.as_mut().poll(cx).is_ready()) {
            self.sending = None;
        }
    }

    fn receiver(&mut self) -> Pin<&mut ByteReceiver> {
        Pin::new(&mut self.receiver)
    }
}

impl ByteStream for Fed {
    fn poll_chunk(mut self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        if let Poll::Ready(item) = self.receiver().poll_chunk(cx, max) {
            return Poll::Ready(item);
        }
        self.feed(cx);
        self.receiver().poll_chunk(cx, max)
    }

    fn poll_peek(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        if self.receiver().poll_peek(cx)?.is_pending() {
            self.feed(cx);
        }
        Pin::new(&mut self.get_mut().receiver).poll_peek(cx)
    }

    fn consume_peeked(mut self: Pin<&mut Self>, n: usize) {
        self.receiver().consume_peeked(n);
    }

    fn poll_read_into(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if let Poll::Ready(done) = self.receiver().poll_read_into(cx, buf) {
            return Poll::Ready(done);
        }
        self.feed(cx);
        self.receiver().poll_read_into(cx, buf)
    }

    fn state(&self) -> State {
        self.receiver.state()
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        self.receiver.bytes_left()
    }

    fn poll_trailers(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        self.receiver().poll_trailers(cx)
    }
}

//! Messages that are read under cancels: nothing is lost, and nothing comes twice.

use std::env;
use std::future::poll_fn;
use std::io;
use std::net::TcpStream;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

use byte_stream::{ByteStream, ByteStreamViews, State};
use bytes::Bytes;
use compio::BufResult;
use compio::io::AsyncRead;
use futures_util::future::{Either, select};
use futures_util::{FutureExt, StreamExt};
use tokio::io::AsyncReadExt;

use crate::peer::{Chance, Sender, connection};
use crate::runtimes::Runtime;

const MESSAGES: usize = 200;
const CANCELS: usize = 200;
/// Nothing takes so long that does not hang.
const LONG: Duration = Duration::from_secs(20);
/// Nor so long, if all of it is to be waited for.
const SHORT: Duration = Duration::from_secs(2);

/// Messages of all sizes, no two bytes near each other alike.
fn messages(chance: &mut Chance) -> Vec<Vec<u8>> {
    let mut bytes = (0..251u8).cycle();
    (0..MESSAGES)
        .map(|_| {
            let most = if chance.below(10) == 0 { 100_000 } else { 2_000 };
            let size = 1 + chance.below(most);
            bytes.by_ref().take(usize::try_from(size).unwrap()).collect()
        })
        .collect()
}

/// One read, in some view, that is cancelled in some way unless it is ready before.
async fn read<S>(runtime: Runtime, body: &mut S, chance: &mut Chance, most: usize) -> Option<io::Result<Bytes>>
where
    S: ByteStream + futures_util::Stream<Item = io::Result<Bytes>> + tokio::io::AsyncRead + Unpin,
{
    let (view, way) = (chance.below(3), chance.below(3));
    let (micros, polls) = (chance.below(300), chance.below(3));
    let reading = pin!(async move {
        match view {
            0 => poll_fn(|cx| Pin::new(&mut *body).poll_chunk(cx, most)).await.unwrap_or(Ok(Bytes::new())),
            1 => {
                let lent = poll_fn(|cx| Pin::new(&mut *body).poll_peek(cx).map_ok(Bytes::copy_from_slice)).await?;
                let taken = lent.slice(..lent.len().min(most));
                Pin::new(body).consume_peeked(taken.len());
                Ok(taken)
            }
            _ => {
                let mut buf = vec![0; most];
                let n = body.read(&mut buf).await?;
                buf.truncate(n);
                Ok(buf.into())
            }
        }
    });
    let pause = Duration::from_micros(micros);
    match way {
        0 => match select(reading, pin!(runtime.sleep(pause))).await {
            Either::Left((read, _)) => Some(read),
            Either::Right(_) => None,
        },
        1 => runtime.timeout(pause, reading).await,
        _ => {
            // A race with somebody who is ready after so many polls.
            let mut left = polls;
            let race = poll_fn(move |cx: &mut Context<'_>| {
                if left == 0 {
                    return Poll::Ready(());
                }
                left -= 1;
                cx.waker().wake_by_ref();
                Poll::Pending
            });
            futures_util::select_biased! {
                read = reading.fuse() => Some(read),
                () = race.fuse() => None,
            }
        }
    }
}

/// Reads all messages under cancels. What was false, if it was.
async fn suite<S>(
    runtime: Runtime,
    open: impl FnOnce(TcpStream) -> S,
    hangs_after: Duration,
    seed: u64,
) -> Result<(), String>
where
    S: ByteStream + futures_util::Stream<Item = io::Result<Bytes>> + tokio::io::AsyncRead + Unpin,
{
    let mut chance = Chance(seed);
    let (here, there) = connection();
    let messages = messages(&mut chance);
    let all = messages.concat();
    let sender = Sender::of(messages.clone(), there);
    let mut body = open(here);
    let (mut came, mut cancels) = (0, 0);
    let reading = async {
        for message in &messages {
            let mut left = message.len();
            // Until the message is let go nothing can come: these reads are all cancelled, and the message finds one in flight.
            let vain = 1 + chance.below(2);
            for _ in 0..vain {
                match read(runtime, &mut body, &mut chance, left).await {
                    None => cancels += 1,
                    Some(read) => return Err(format!("after {came} bytes there is {read:?} that nobody sent")),
                }
            }
            sender.allow(1);
            while left > 0 {
                match read(runtime, &mut body, &mut chance, left).await {
                    None => cancels += 1,
                    Some(Err(error)) => return Err(format!("after {came} bytes: {error}")),
                    Some(Ok(bytes)) if bytes.is_empty() => return Err(format!("it ended after {came} bytes")),
                    Some(Ok(bytes)) => {
                        if all.get(came..came + bytes.len()) != Some(&bytes[..]) {
                            return Err(format!("something was lost or came twice at {came}"));
                        }
                        came += bytes.len();
                        left -= bytes.len();
                    }
                }
            }
        }
        Ok(())
    };
    let read = runtime.timeout(hangs_after, reading).await;
    // Whatever happened, the sender comes to its end.
    sender.allow(MESSAGES);
    match read {
        None => return Err(format!("it hangs after {came} bytes")),
        Some(read) => read?,
    }
    if body.next().await.is_some() {
        return Err("more came than was sent".to_owned());
    }
    sender.join();
    if cancels < CANCELS {
        return Err(format!("only {cancels} reads were cancelled: the suite says nothing"));
    }
    Ok(())
}

fn seed() -> u64 {
    match env::var("BYTE_STREAM_SEED") {
        Ok(seed) => seed.parse().expect("a number"),
        Err(_) => SystemTime::UNIX_EPOCH.elapsed().unwrap().as_nanos() as u64,
    }
}

#[test]
fn two_hundred_messages_under_two_hundred_cancels_lose_and_double_nothing() {
    Runtime::for_each(|runtime| {
        let seed = seed();
        let done = runtime.run(async { suite(runtime, |tcp| runtime.stream(tcp), LONG, seed).await }).unwrap();
        if let Err(fault) = done {
            panic!("{runtime:?}: {fault} (BYTE_STREAM_SEED={seed})");
        }
    });
}

/// The wrong adapter: a fresh operation at each poll, dropped when it is not ready at once.
#[derive(ByteStreamViews)]
struct Fresh {
    tcp: compio::net::TcpStream,
    unread: Bytes,
    state: State,
}

impl Fresh {
    fn poll_unread(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if !self.unread.is_empty() || self.state != State::Open {
            return Poll::Ready(Ok(()));
        }
        let operation = self.tcp.read(Vec::with_capacity(64 * 1024));
        let Poll::Ready(BufResult(read, buf)) = pin!(operation).poll(cx) else {
            // It was dropped, and will wake nobody. The authors of such adapters often do this.
            cx.waker().wake_by_ref();
            return Poll::Pending;
        };
        if read? == 0 {
            self.state = State::Ended;
        }
        self.unread = buf.into();
        Poll::Ready(Ok(()))
    }
}

impl ByteStream for Fresh {
    fn poll_chunk(mut self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        let Poll::Ready(()) = self.poll_unread(cx)? else { return Poll::Pending };
        let n = self.unread.len().min(max);
        Poll::Ready((n > 0).then(|| Ok(self.unread.split_to(n))))
    }

    fn poll_peek(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let this = self.get_mut();
        let Poll::Ready(()) = this.poll_unread(cx)? else { return Poll::Pending };
        Poll::Ready(Ok(&this.unread))
    }

    fn consume_peeked(mut self: Pin<&mut Self>, n: usize) {
        let _ = self.unread.split_to(n);
    }

    fn state(&self) -> State {
        if self.unread.is_empty() { self.state } else { State::Open }
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        (0, (self.state() != State::Open).then_some(0))
    }
}

#[test]
fn an_adapter_that_begins_a_fresh_operation_at_each_poll_fails_the_same_suite() {
    let open =
        |tcp| Fresh { tcp: compio::net::TcpStream::from_std(tcp).unwrap(), unread: Bytes::new(), state: State::Open };
    let Some(done) = Runtime::Compio.run(async { suite(Runtime::Compio, open, SHORT, seed()).await }) else { return };
    let fault = done.expect_err("the negative control passed: the suite says nothing");
    println!("the wrong adapter: {fault}");
}

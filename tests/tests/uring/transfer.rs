//! Much, over loopback TCP.

use std::io::Write;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;
use std::{future::poll_fn, thread};

use byte_stream::{ByteStream, ByteStreamExt, State};
use futures_util::{FutureExt, StreamExt};
use sha2::{Digest, Sha256};
use tokio::io::AsyncReadExt;

use crate::peer::{Chance, Sender, connection};
use crate::runtimes::{Runtime, compio_stream, tokio_uring_stream};

const SIZE: usize = 64 * 1024 * 1024;

#[test]
fn sixty_four_mebibytes_arrive_with_an_equal_hash() {
    let mut chance = Chance(7);
    let piece: Vec<u8> = (0..1 << 20).map(|_| chance.below(256) as u8).collect();
    let mut sent = Sha256::new();
    (0..SIZE / piece.len()).for_each(|_| sent.update(&piece));
    let sent = sent.finalize();
    Runtime::for_each(|runtime| {
        let (here, mut there) = connection();
        let piece = piece.clone();
        let sender = thread::spawn(move || (0..SIZE / piece.len()).for_each(|_| there.write_all(&piece).unwrap()));
        let (n, hash) = runtime
            .run(async {
                let mut body = runtime.stream(here);
                let (mut n, mut hash) = (0, Sha256::new());
                while let Some(chunk) = body.next().await {
                    let chunk = chunk.unwrap();
                    hash.update(&chunk);
                    n += chunk.len();
                }
                assert_eq!(body.state(), State::Ended);
                (n, hash.finalize())
            })
            .unwrap();
        sender.join().unwrap();
        assert_eq!((n, hash), (SIZE, sent));
    });
}

#[test]
fn a_read_that_is_pending_goes_on_when_it_is_asked_by_another_view_with_another_waker() {
    struct Count(AtomicUsize);
    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
    Runtime::for_each(|runtime| {
        let (here, there) = connection();
        let sender = Sender::of(vec![b"hello, world".to_vec()], there);
        runtime
            .run(async {
                let mut body = runtime.stream(here);
                // A waker that nobody hears is given first; that of this task replaces it.
                let deaf = Arc::new(Count(AtomicUsize::new(0)));
                let waker = Waker::from(Arc::clone(&deaf));
                for _ in 0..3 {
                    let polled = Pin::new(&mut body).poll_chunk(&mut Context::from_waker(&waker), 5);
                    assert!(polled.is_pending());
                }
                let mut five = [0; 5];
                let mut read = pin!(async { (body.read_exact(&mut five).await.map(|_| five), body) });
                assert!(poll_fn(|cx| Poll::Ready(read.as_mut().poll(cx).is_pending())).await);
                sender.allow(1);
                let (five, mut body) = runtime.timeout(Duration::from_secs(20), read).await.expect("it was not woken");
                assert_eq!(&five.unwrap(), b"hello");
                assert_eq!(body.next().await.unwrap().unwrap().first(), Some(&b','));
                assert_eq!(body.collect_bytes().await.unwrap(), "");
                assert_eq!(deaf.0.load(Ordering::Relaxed), 0, "who was replaced is not woken");
            })
            .unwrap();
        sender.join();
    });
}

#[test]
fn a_stream_moves_to_another_task_while_it_is_in_flight() {
    let (here, there) = connection();
    let sender = Sender::of(vec![b"hello".to_vec()], there);
    Runtime::Compio.run(async {
        let mut body = compio_stream(here);
        assert!(body.next().now_or_never().is_none());
        let task = compio::runtime::spawn(async move { body.collect_bytes().await });
        sender.allow(1);
        assert_eq!(task.await.unwrap().unwrap(), "hello");
        sender.join();
    });
}

#[test]
fn finish_waits_for_the_read_in_flight_and_gives_socket_and_bytes_back() {
    let (here, there) = connection();
    let sender = Sender::of(vec![b"one".to_vec(), b"two".to_vec()], there);
    Runtime::Compio.run(async {
        let mut body = compio_stream(here);
        assert!(body.next().now_or_never().is_none());
        sender.allow(1);
        let parts = Pin::new(&mut body).finish().await.unwrap();
        assert_eq!(parts.unread, "one");
        sender.allow(1);
        let mut tcp = parts.source;
        let compio::BufResult(read, buf) = compio::io::AsyncRead::read(&mut tcp, Vec::with_capacity(9)).await;
        assert_eq!((read.unwrap(), &buf[..]), (3, &b"two"[..]));
        sender.join();
    });

    let (here, there) = connection();
    let sender = Sender::of(vec![b"one".to_vec(), b"two".to_vec()], there);
    Runtime::TokioUring.run(async {
        let mut body = tokio_uring_stream(here);
        assert!(body.next().now_or_never().is_none());
        sender.allow(1);
        let parts = Pin::new(&mut body).finish().await.unwrap();
        assert_eq!(parts.unread, "one");
        sender.allow(1);
        let (read, buf) = parts.source.read(Vec::with_capacity(9)).await;
        assert_eq!((read.unwrap(), &buf[..]), (3, &b"two"[..]));
        sender.join();
    });
}

#[test]
fn a_stream_that_is_dropped_in_flight_leaves_the_runtime_as_it_was() {
    Runtime::for_each(|runtime| {
        runtime
            .run(async {
                for _ in 0..50 {
                    let (here, there) = connection();
                    let sender = Sender::of(vec![vec![7; 100_000]], there);
                    let mut body = runtime.stream(here);
                    assert!(body.next().now_or_never().is_none());
                    sender.allow(1);
                    drop(body);
                }
                let (here, there) = connection();
                let sender = Sender::of(vec![b"hello".to_vec()], there);
                sender.allow(1);
                assert_eq!(runtime.stream(here).collect_bytes().await.unwrap(), "hello");
                sender.join();
            })
            .unwrap();
    });
}

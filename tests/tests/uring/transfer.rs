//! Much, over loopback TCP.

use std::future::poll_fn;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;

use byte_stream::owned::{FixedBuf, IoBufMut, OwnedRead};
use byte_stream::{ByteStream, ByteStreamExt, FromOwned, State, View};
use bytes::BytesMut;
use futures_util::{FutureExt, StreamExt};
use sha2::{Digest, Sha256};
use tokio::io::AsyncReadExt;
use tokio::net::tcp::OwnedReadHalf;

use crate::peer::{Chance, Sender, connection};
use crate::runtimes::{Runtime, compio_stream, monoio_stream, tokio_uring_stream};

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

    for runtime in [Runtime::MonoioUring, Runtime::MonoioLegacy] {
        let (here, there) = connection();
        here.set_nonblocking(runtime == Runtime::MonoioLegacy).unwrap();
        let sender = Sender::of(vec![b"one".to_vec(), b"two".to_vec()], there);
        runtime.run(async {
            let mut body = monoio_stream(here);
            assert!(body.next().now_or_never().is_none());
            sender.allow(1);
            let parts = Pin::new(&mut body).finish().await.unwrap();
            assert_eq!(parts.unread, "one");
            sender.allow(1);
            let mut tcp = parts.source;
            let (read, buf) = monoio::io::AsyncReadRent::read(&mut tcp, Vec::with_capacity(9)).await;
            assert_eq!((read.unwrap(), &buf[..]), (3, &b"two"[..]));
            sender.join();
        });
    }

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

#[test]
fn a_connection_that_is_reset_in_the_middle_is_an_error_after_what_came() {
    Runtime::for_each(|runtime| {
        let (here, there) = connection();
        // Who hangs up without having read this resets the connection.
        (&here).write_all(b"unread").unwrap();
        runtime
            .run(async {
                let mut body = runtime.stream(here);
                (&there).write_all(b"hello").unwrap();
                let mut five = [0; 5];
                body.read_exact(&mut five).await.unwrap();
                assert!(body.next().now_or_never().is_none());
                drop(there);
                let error = body.next().await.unwrap().unwrap_err();
                assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
                assert_eq!(body.state(), State::Failed);
                assert!(body.next().await.is_none());
            })
            .unwrap();
    });
}

#[test]
fn a_buffer_without_room_is_no_end_whether_data_waits_or_not() {
    Runtime::for_each(|runtime| {
        let (here, there) = connection();
        let sender = Sender::of(vec![b"hello".to_vec()], there);
        runtime
            .run(async {
                let mut body = runtime.stream(here);
                for waits in [false, true] {
                    if waits {
                        sender.allow(1);
                        runtime.sleep(Duration::from_millis(20)).await;
                    }
                    let (read, full) = body.read_owned(Vec::new()).await;
                    assert_eq!((read.unwrap(), full.capacity(), body.state()), (0, 0, State::Open));
                }
                // A chunk that is larger than the buffer, and then an end at a full one.
                let (read, buf) = body.read_owned(FixedBuf::new(3)).await;
                assert_eq!((read.unwrap(), buf.filled()), (3, &b"hel"[..]));
                let (read, buf) = body.read_owned(FixedBuf::new(2)).await;
                assert_eq!((read.unwrap(), buf.filled()), (2, &b"lo"[..]));
                assert_eq!(body.read_owned(buf).await.0.unwrap(), 0);
                assert_eq!(body.state(), State::Open, "there was no room to see the end in");
                let (read, _) = body.read_owned(FixedBuf::new(2)).await;
                assert_eq!((read.unwrap(), body.state()), (0, State::Ended));
            })
            .unwrap();
        sender.join();
    });
}

/// What a peer sends on a thread of its own while it reads what comes back.
fn sent_and_echoed(there: TcpStream, sent: Arc<Vec<u8>>) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut writer = there.try_clone().unwrap();
        let writing = thread::spawn(move || {
            writer.write_all(&sent).unwrap();
            writer.shutdown(Shutdown::Write).unwrap();
        });
        let mut back = Vec::new();
        (&there).read_to_end(&mut back).unwrap();
        writing.join().unwrap();
        back
    })
}

#[test]
fn what_is_sent_is_echoed_through_owned_buffers_both_ways() {
    let mut chance = Chance(11);
    let sent = Arc::new((0..3_000_000).map(|_| chance.below(256) as u8).collect::<Vec<_>>());

    let (here, there) = connection();
    let peer = sent_and_echoed(there, Arc::clone(&sent));
    let done = Runtime::Compio.run(async {
        use compio::io::{AsyncReadManaged, AsyncWrite, AsyncWriteExt};
        let (incoming, mut outgoing) = compio::net::TcpStream::from_std(here).unwrap().into_split();
        let mut body = View::new(FromOwned::compio_0_10(incoming).boxed_local());
        while let Some(chunk) = body.read_managed(0).await.unwrap() {
            outgoing.write_all(chunk).await.0.unwrap();
        }
        outgoing.shutdown().await.unwrap();
    });
    assert!(done.is_none() || peer.join().unwrap() == *sent);

    for runtime in [Runtime::MonoioUring, Runtime::MonoioLegacy] {
        let (here, there) = connection();
        here.set_nonblocking(runtime == Runtime::MonoioLegacy).unwrap();
        let peer = sent_and_echoed(there, Arc::clone(&sent));
        let done = runtime.run(async {
            use monoio::io::{AsyncReadRent, AsyncWriteRentExt, Splitable};
            let (incoming, mut outgoing) = monoio::net::TcpStream::from_std(here).unwrap().into_split();
            let mut body = View::new(FromOwned::monoio_0_2(incoming).boxed_local());
            let mut buf = Vec::with_capacity(10_000);
            loop {
                let (read, back) = AsyncReadRent::read(&mut body, buf).await;
                if read.unwrap() == 0 {
                    break;
                }
                let (written, back) = outgoing.write_all(back).await;
                written.unwrap();
                buf = back;
            }
        });
        assert!(done.is_none() || peer.join().unwrap() == *sent, "{runtime:?}");
    }

    let (here, there) = connection();
    let peer = sent_and_echoed(there, Arc::clone(&sent));
    let done = Runtime::TokioUring.run(async {
        let tcp = Rc::new(tokio_uring::net::TcpStream::from_std(here));
        let mut body = FromOwned::from_fn(Rc::clone(&tcp), |tcp: Rc<tokio_uring::net::TcpStream>, buf| async move {
            let read = tcp.read(buf).await;
            (tcp, read)
        })
        .boxed_local();
        let mut buf = BytesMut::with_capacity(10_000);
        loop {
            let (read, back) = body.read_owned(buf).await;
            if read.unwrap() == 0 {
                break;
            }
            let (written, back) = tcp.write_all(back).await;
            written.unwrap();
            buf = back;
            buf.clear();
        }
    });
    assert!(done.is_none() || peer.join().unwrap() == *sent);

    let (here, there) = connection();
    here.set_nonblocking(true).unwrap();
    let peer = sent_and_echoed(there, Arc::clone(&sent));
    Runtime::Tokio.run(async {
        use tokio::io::AsyncWriteExt;
        let (incoming, mut outgoing) = tokio::net::TcpStream::from_std(here).unwrap().into_split();
        let mut body = FromOwned::from_fn(incoming, |mut tcp: OwnedReadHalf, mut buf| async move {
            let read = tcp.read_buf(&mut buf).await;
            (tcp, (read, buf))
        })
        .boxed_local();
        let mut buf = FixedBuf::new(10_000);
        loop {
            let (read, back) = body.read_owned(buf).await;
            if read.unwrap() == 0 {
                break;
            }
            outgoing.write_all(back.filled()).await.unwrap();
            buf = back;
            buf.clear();
        }
    });
    assert_eq!(peer.join().unwrap(), *sent);
}

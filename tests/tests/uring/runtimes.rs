//! The runtimes, all of a kind.

use std::future::Future;
use std::net::TcpStream;
use std::time::Duration;
use std::{env, io};

use byte_stream::owned::LocalBoxOperation;
use byte_stream::{ByteStreamExt, FromOwned, LocalBoxByteStream};
use bytes::BytesMut;
use tokio::io::AsyncReadExt;

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Runtime {
    Compio,
    MonoioUring,
    MonoioLegacy,
    TokioUring,
    Tokio,
}

pub(crate) type Body = LocalBoxByteStream<'static>;

impl Runtime {
    pub(crate) const ALL: [Runtime; 5] =
        [Runtime::Compio, Runtime::MonoioUring, Runtime::MonoioLegacy, Runtime::TokioUring, Runtime::Tokio];

    /// Those which can be had here.
    pub(crate) fn for_each(mut test: impl FnMut(Runtime)) {
        for runtime in Runtime::ALL {
            if runtime.run(async {}).is_some() {
                println!("{runtime:?}");
                test(runtime);
            }
        }
    }

    /// Runs a future. `None` if the kernel refuses a ring, and that is no failure.
    pub(crate) fn run<F: Future>(self, future: F) -> Option<F::Output> {
        match self.try_run(future) {
            Ok(output) => Some(output),
            Err(error) if env::var_os("BYTE_STREAM_REQUIRE_URING").is_some_and(|value| value == "1") => {
                panic!("{self:?} has no ring, and one is required: {error}")
            }
            Err(error) => {
                eprintln!("{self:?} has no ring, so it is not tested: {error}");
                None
            }
        }
    }

    fn try_run<F: Future>(self, future: F) -> io::Result<F::Output> {
        match self {
            Runtime::Compio => {
                let runtime = compio::runtime::Runtime::new()?;
                assert!(runtime.driver_type().is_iouring());
                Ok(runtime.block_on(future))
            }
            Runtime::MonoioUring => {
                let builder = monoio::RuntimeBuilder::<monoio::IoUringDriver>::new().enable_timer();
                Ok(builder.build()?.block_on(async {
                    assert!(!monoio::utils::is_legacy());
                    future.await
                }))
            }
            Runtime::MonoioLegacy => {
                let builder = monoio::RuntimeBuilder::<monoio::LegacyDriver>::new().enable_timer();
                Ok(builder.build()?.block_on(async {
                    assert!(monoio::utils::is_legacy());
                    future.await
                }))
            }
            Runtime::TokioUring => Ok(tokio_uring::Runtime::new(&tokio_uring::builder())?.block_on(future)),
            Runtime::Tokio => Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(future)),
        }
    }

    /// Takes a socket over. To be called in the runtime.
    pub(crate) fn stream(self, tcp: TcpStream) -> Body {
        match self {
            Runtime::Compio => compio_stream(tcp).into_local_box(),
            Runtime::MonoioUring => monoio_stream(tcp).into_local_box(),
            Runtime::MonoioLegacy => {
                tcp.set_nonblocking(true).unwrap();
                monoio_stream(tcp).into_local_box()
            }
            Runtime::TokioUring => tokio_uring_stream(tcp).into_local_box(),
            Runtime::Tokio => tokio_stream(tcp).into_local_box(),
        }
    }

    pub(crate) async fn sleep(self, duration: Duration) {
        match self {
            Runtime::Compio => compio::time::sleep(duration).await,
            Runtime::MonoioUring | Runtime::MonoioLegacy => monoio::time::sleep(duration).await,
            Runtime::TokioUring | Runtime::Tokio => tokio::time::sleep(duration).await,
        }
    }

    /// `None` if it took too long.
    pub(crate) async fn timeout<F: Future>(self, duration: Duration, future: F) -> Option<F::Output> {
        match self {
            Runtime::Compio => compio::time::timeout(duration, future).await.ok(),
            Runtime::MonoioUring | Runtime::MonoioLegacy => monoio::time::timeout(duration, future).await.ok(),
            Runtime::TokioUring | Runtime::Tokio => tokio::time::timeout(duration, future).await.ok(),
        }
    }
}

type Boxed<R> = FromOwned<R, LocalBoxOperation<'static, R>>;

pub(crate) fn compio_stream(tcp: TcpStream) -> Boxed<compio::net::TcpStream> {
    FromOwned::compio_0_10(compio::net::TcpStream::from_std(tcp).unwrap()).boxed_local()
}

pub(crate) fn monoio_stream(tcp: TcpStream) -> Boxed<monoio::net::TcpStream> {
    FromOwned::monoio_0_2(monoio::net::TcpStream::from_std(tcp).unwrap()).boxed_local()
}

/// A reader without a trait.
pub(crate) fn tokio_uring_stream(tcp: TcpStream) -> Boxed<tokio_uring::net::TcpStream> {
    let tcp = tokio_uring::net::TcpStream::from_std(tcp);
    FromOwned::from_fn(tcp, |tcp: tokio_uring::net::TcpStream, buf: BytesMut| async move {
        let read = tcp.read(buf).await;
        (tcp, read)
    })
    .boxed_local()
}

fn tokio_stream(tcp: TcpStream) -> Boxed<tokio::net::TcpStream> {
    tcp.set_nonblocking(true).unwrap();
    let tcp = tokio::net::TcpStream::from_std(tcp).unwrap();
    FromOwned::from_fn(tcp, |mut tcp: tokio::net::TcpStream, mut buf: BytesMut| async move {
        let read = tcp.read_buf(&mut buf).await;
        (tcp, (read, buf))
    })
    .boxed_local()
}

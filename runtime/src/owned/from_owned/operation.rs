//! The operation that has the reader and the buffer while it is in flight.

use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::BytesMut;
use pin_project_lite::pin_project;

/// What an operation gives back: the reader, what came of the read, and the buffer.
pub(super) type Done<R> = (R, (io::Result<usize>, BytesMut));

/// How a [`FromOwned`](super::FromOwned) reads: one operation after another, each of which owns the reader and a buffer.
///
/// The constructors choose it. It cannot be implemented elsewhere.
pub trait Operation<R>: sealed::Operation<R> {}

impl<R, O: sealed::Operation<R> + ?Sized> Operation<R> for O {}

pub(super) mod sealed {
    use super::{BytesMut, Context, Done, Pin, Poll};

    pub trait Operation<R> {
        /// Begins an operation. The last one has given everything back.
        fn begin(self: Pin<&mut Self>, reader: R, buf: BytesMut);

        /// To be called until it is ready, after each `begin`.
        fn poll_done(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Done<R>>;
    }
}

pin_project! {
    /// An [`Operation`] that is a future, stored where the stream is: no box.
    pub struct InPlace<F, Fut> {
        read: F,
        #[pin]
        flight: Flight<Fut>,
    }
}

pin_project! {
    #[project = FlightProjection]
    enum Flight<Fut> {
        Landed,
        Reading { #[pin] future: Fut },
    }
}

impl<F, Fut> InPlace<F, Fut> {
    pub(super) fn new(read: F) -> Self {
        InPlace { read, flight: Flight::Landed }
    }
}

impl<R, F, Fut> sealed::Operation<R> for InPlace<F, Fut>
where
    F: FnMut(R, BytesMut) -> Fut,
    Fut: Future<Output = Done<R>>,
{
    fn begin(self: Pin<&mut Self>, reader: R, buf: BytesMut) {
        let mut this = self.project();
        let future = (this.read)(reader, buf);
        this.flight.set(Flight::Reading { future });
    }

    fn poll_done(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Done<R>> {
        let mut flight = self.project().flight;
        let FlightProjection::Reading { future } = flight.as_mut().project() else {
            unreachable!("an operation is begun before it is polled");
        };
        let done = ready!(future.poll(cx));
        flight.set(Flight::Landed);
        Poll::Ready(done)
    }
}

impl<F, Fut> fmt::Debug for InPlace<F, Fut> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InPlace").finish_non_exhaustive()
    }
}

/// An [`Operation`] whose type has a name: one box a stream, none a read.
pub struct BoxOperation<'a, R>(Pin<Box<dyn sealed::Operation<R> + Send + 'a>>);

/// A [`BoxOperation`] that need not be `Send`.
pub struct LocalBoxOperation<'a, R>(Pin<Box<dyn sealed::Operation<R> + 'a>>);

/// An operation in a box.
macro_rules! boxed {
    ($boxed:ident $(, $send:ident)?) => {
        impl<'a, R> $boxed<'a, R> {
            pub(super) fn new(operation: impl sealed::Operation<R> $(+ $send)? + 'a) -> Self {
                $boxed(Box::pin(operation))
            }
        }

        impl<R> sealed::Operation<R> for $boxed<'_, R> {
            fn begin(mut self: Pin<&mut Self>, reader: R, buf: BytesMut) {
                self.0.as_mut().begin(reader, buf);
            }

            fn poll_done(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Done<R>> {
                self.0.as_mut().poll_done(cx)
            }
        }

        impl<R> fmt::Debug for $boxed<'_, R> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($boxed)).finish_non_exhaustive()
            }
        }
    };
}

boxed!(BoxOperation, Send);
boxed!(LocalBoxOperation);

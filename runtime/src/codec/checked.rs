//! A codec whose words are checked against the stream below it.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;
use tokio::io::{AsyncRead, ReadBuf};

use super::{Input, Layer, Limits};
use crate::error::{carry_as, is_eintr};
use crate::{ByteStream, State};

pin_project! {
    /// The bytes of a codec, until it has ended and the stream below it too. Then, or on an error, the codec is let go.
    pub(super) struct Checked<C> {
        #[pin]
        codec: Option<C>,
        // Where the stream below was when the codec was let go after a good end.
        left: State,
        has_ended: bool,
        accepts_empty: bool,
        limits: Limits,
        out: u64,
    }
}

impl<C> Checked<C> {
    pub(super) fn new(codec: C) -> Self {
        Checked {
            codec: Some(codec),
            left: State::Ended,
            has_ended: false,
            accepts_empty: false,
            limits: Limits::none(),
            out: 0,
        }
    }

    pub(super) fn accept_empty(&mut self) {
        self.accepts_empty = true;
    }

    pub(super) fn limit(&mut self, limits: Limits) {
        self.limits = limits;
    }

    pub(super) fn codec(&self) -> Option<&C> {
        self.codec.as_ref()
    }

    pub(super) fn codec_mut(&mut self) -> Option<&mut C> {
        self.codec.as_mut()
    }

    pub(super) fn codec_pin_mut(self: Pin<&mut Self>) -> Option<Pin<&mut C>> {
        self.project().codec.as_pin_mut()
    }

    pub(super) fn into_codec(self) -> Option<C> {
        self.codec
    }
}

impl<S: ByteStream, C: Layer<Source = Input<S>>> Checked<C> {
    /// How far the stream below has come.
    pub(super) fn state_below(&self) -> State {
        self.codec.as_ref().map_or(self.left, |codec| codec.source().get_ref().state())
    }

    /// Lets the codec go, unless the stream below has trailers that wait.
    pub(super) fn settle(self: Pin<&mut Self>) {
        let state = self.state_below();
        if state != State::Trailers {
            let mut this = self.project();
            *this.left = state;
            this.codec.set(None);
        }
    }

    fn poll_codec(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.project();
        let Some(mut codec) = this.codec.as_pin_mut() else { return Poll::Ready(Ok(())) };
        if !*this.has_ended {
            let before = buf.filled().len();
            let polled = codec.as_mut().poll_read(cx, buf);
            let came = buf.filled().len().saturating_sub(before);
            if came > 0 {
                if let Err((allowed, error)) = this.limits.check(*this.out, came, codec.source().taken()) {
                    buf.set_filled(before + allowed);
                    return Poll::Ready(Err(error.into()));
                }
                *this.out += came as u64;
            } else if let Some(error) = codec.as_mut().source_pin_mut().take_error() {
                return Poll::Ready(Err(error));
            }
            match polled {
                Poll::Pending if came == 0 => return Poll::Pending,
                Poll::Ready(Err(error)) => {
                    let input = codec.source();
                    let is_empty = C::DECODES && input.has_ended() && input.taken() == 0;
                    if !(is_empty && *this.accepts_empty) {
                        return Poll::Ready(Err(own(error, C::DECODES, input.has_ended())));
                    }
                }
                _ if came > 0 => return Poll::Ready(Ok(())),
                _ => {}
            }
            *this.has_ended = true;
        }
        codec.source_pin_mut().poll_end(cx)
    }
}

impl<S: ByteStream, C: Layer<Source = Input<S>>> AsyncRead for Checked<C> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let polled = ready!(self.as_mut().poll_codec(cx, buf));
        match &polled {
            Ok(()) if buf.filled().len() > before => {}
            Ok(()) => self.settle(),
            // To be tried again.
            Err(error) if is_eintr(error) => {}
            Err(_) => self.project().codec.set(None),
        }
        Poll::Ready(polled)
    }
}

/// An error of the codec's own. Decoders have few words: `Other` may say that the bytes are damaged, or, at the end, that some are missing.
fn own(error: io::Error, decodes: bool, at_end: bool) -> io::Error {
    match error.kind() {
        io::ErrorKind::Other | io::ErrorKind::InvalidInput if decodes && at_end => {
            carry_as(io::ErrorKind::UnexpectedEof, error)
        }
        io::ErrorKind::Other | io::ErrorKind::InvalidInput if decodes => carry_as(io::ErrorKind::InvalidData, error),
        _ => error,
    }
}

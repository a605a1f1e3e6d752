//! Every adapter over every foreign source, and everything that wraps a stream around them.

use std::future::ready;
use std::io;
use std::pin::Pin;

use async_compression::tokio::bufread::{ZstdDecoder, ZstdEncoder};
use byte_stream::adapter::{Coalesce, LengthGuard, Prefix};
use byte_stream::codec::Codec;
use byte_stream::{
    BoxByteStream, BoxError, ByteStream, FromBody, FromBufRead, FromFuture, FromFuturesBufRead, FromFuturesRead,
    FromIter, FromRead, FromStream, Inspect, Inspector, SyncByteStream, View,
};
use bytes::Bytes;
use futures_util::stream::FusedStream;
use http_body::{Body, SizeHint};

use crate::foreign::{Chunks, Foreign, Frames, Iter, Pulls, Reader};
use crate::script::Script;

/// A stream with every view.
pub trait AllViews:
    ByteStream
    + FusedStream<Item = io::Result<Bytes>>
    + tokio::io::AsyncBufRead
    + futures_util::io::AsyncBufRead
    + Body<Data = Bytes, Error = BoxError>
{
}

impl<S> AllViews for S where
    S: ByteStream
        + FusedStream<Item = io::Result<Bytes>>
        + tokio::io::AsyncBufRead
        + futures_util::io::AsyncBufRead
        + Body<Data = Bytes, Error = BoxError>
{
}

/// Any stream with every view.
pub type Source = Pin<Box<dyn AllViews + Send>>;

/// What stands between the adapter over the foreign source and the test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapped {
    /// Nothing.
    Bare,
    /// A [`View`].
    View,
    /// A [`SyncByteStream`].
    Sync,
    /// A [`BoxByteStream`].
    Boxed,
    /// A [`FromFuture`] that is ready when it is asked.
    Late,
    /// An [`Inspect`].
    Inspected,
    /// An [`Inspect`] that judges the whole.
    Judged,
    /// A [`Codec`] that compresses, and one that decompresses.
    Coded,
    /// A [`Prefix`] that is longer than the script.
    Prefix,
    /// A [`LengthGuard`] that the script just keeps.
    Guarded,
    /// A [`Coalesce`] of what is ready.
    Coalesced,
    /// A [`Coalesce`] that waits for a window of a few bytes.
    Filled,
    /// A derived enum.
    Choice,
    /// A derived struct, of two sources that play one half of the script each.
    Sequence,
}

impl Wrapped {
    /// All of them.
    pub const ALL: [Wrapped; 14] = [
        Wrapped::Bare,
        Wrapped::View,
        Wrapped::Sync,
        Wrapped::Boxed,
        Wrapped::Late,
        Wrapped::Inspected,
        Wrapped::Judged,
        Wrapped::Coded,
        Wrapped::Prefix,
        Wrapped::Guarded,
        Wrapped::Coalesced,
        Wrapped::Filled,
        Wrapped::Choice,
        Wrapped::Sequence,
    ];

    /// A stream over a foreign source that plays the script.
    #[must_use]
    pub fn open(self, foreign: Foreign, script: &Script, pulls: &Pulls) -> Source {
        let bare = |script| adapt(foreign, script, pulls);
        match self {
            Wrapped::Bare => bare(script),
            Wrapped::View => Box::pin(View::new(bare(script))),
            Wrapped::Sync => Box::pin(SyncByteStream::new(bare(script))),
            Wrapped::Boxed => Box::pin(BoxByteStream::new(bare(script))),
            Wrapped::Late => Box::pin(FromFuture::new(ready(io::Result::Ok(bare(script))))),
            Wrapped::Inspected => Box::pin(Inspect::new(bare(script), |_: &[u8]| ())),
            Wrapped::Judged => Box::pin(Inspect::new(bare(script), Judge)),
            Wrapped::Coded => Box::pin(Codec::new(Codec::new(bare(script), ZstdEncoder::new), ZstdDecoder::new)),
            Wrapped::Prefix => Box::pin(Prefix::new(bare(script), script.len() + 1)),
            Wrapped::Guarded => Box::pin(LengthGuard::new(bare(script), ..=script.len())),
            Wrapped::Coalesced => Box::pin(Coalesce::new(bare(script))),
            Wrapped::Filled => Box::pin(Coalesce::with_window(bare(script), 5).wait_until_full()),
            Wrapped::Choice => Box::pin(Choice::This(bare(script))),
            Wrapped::Sequence => {
                let (first, second) = script.halves();
                Box::pin(Sequence { _name: "a sequence", first: bare(&first), none: None, second: bare(&second) })
            }
        }
    }
}

/// The adapter over a foreign source that plays the script.
#[must_use]
pub fn adapt(foreign: Foreign, script: &Script, pulls: &Pulls) -> Source {
    match foreign {
        Foreign::Stream => Box::pin(FromStream::new(Chunks::new(script, pulls))),
        Foreign::Iter => Box::pin(FromIter::new(Iter::new(script, pulls))),
        Foreign::Read => Box::pin(FromRead::new(Reader::new(script, pulls))),
        Foreign::BufRead => Box::pin(FromBufRead::new(Reader::new(script, pulls))),
        Foreign::FuturesRead => Box::pin(FromFuturesRead::new(Reader::new(script, pulls))),
        Foreign::FuturesBufRead => Box::pin(FromFuturesBufRead::new(Reader::new(script, pulls))),
        Foreign::Body => Box::pin(FromBody::new(Frames::new(script, pulls))),
        Foreign::SizedBody => {
            let hint = SizeHint::with_exact(script.len());
            Box::pin(FromBody::new(Frames::new(script, pulls).announcing(hint)))
        }
    }
}

/// Finds everything good.
struct Judge;

impl Inspector for Judge {
    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        assert!(!bytes.is_empty(), "no bytes were shown");
        Ok(())
    }

    fn has_verdict(&self) -> bool {
        true
    }
}

#[derive(ByteStream)]
enum Choice<S> {
    #[expect(dead_code, reason = "an arm that is not taken")]
    Memory(Bytes),
    #[expect(dead_code, reason = "an arm that is not taken")]
    Nothing,
    This(S),
}

#[derive(ByteStream)]
struct Sequence<S> {
    _name: &'static str,
    #[byte_stream(source)]
    first: S,
    #[byte_stream(source)]
    none: Option<S>,
    #[byte_stream(source)]
    second: S,
}

//! Every adapter over every foreign source, and everything that wraps a stream around them.

use std::future::{pending, ready};
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::pin::Pin;
use std::time::Duration;

use async_compression::tokio::bufread::{ZstdDecoder, ZstdEncoder};
use byte_stream::adapter::{
    Chain, Coalesce, Deadline, Holding, IdleTimeout, Instrumented, LengthGuard, Prefix, Rechunk, StopWhen,
};
use byte_stream::codec::Codec;
use byte_stream::testing::Pulls;
use byte_stream::{
    BoxByteStream, BoxError, ByteStream, FromBody, FromBufRead, FromFile, FromFuture, FromFuturesBufRead,
    FromFuturesRead, FromIter, FromOwned, FromPollFn, FromRead, FromStream, Inspect, Inspector, SyncByteStream, View,
};
use bytes::Bytes;
use futures_util::stream::{FusedStream, Stream};
use http_body::Body;
use tokio::io::AsyncReadExt;
use tracing::Span;

use crate::foreign::{self, Foreign};
use crate::pushed;
use crate::script::{Script, Step};
use crate::task;

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

const HOUR: Duration = Duration::from_secs(3600);

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
    /// An [`IdleTimeout`] that nothing is too slow for.
    Unhurried,
    /// A [`Deadline`] that is far away.
    Timely,
    /// A [`StopWhen`] that does not.
    Stoppable,
    /// A [`Holding`].
    Holding,
    /// A [`Rechunk`] whose one part is the script.
    Rechunked,
    /// An [`Instrumented`] in a span that nobody records.
    Instrumented,
    /// A [`Chain`] of two sources that play one half of the script each.
    Chained,
    /// A derived enum.
    Choice,
    /// A derived struct, of two sources that play one half of the script each.
    Sequence,
}

impl Wrapped {
    /// All of them.
    pub const ALL: [Wrapped; 21] = [
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
        Wrapped::Unhurried,
        Wrapped::Timely,
        Wrapped::Stoppable,
        Wrapped::Holding,
        Wrapped::Rechunked,
        Wrapped::Instrumented,
        Wrapped::Chained,
        Wrapped::Choice,
        Wrapped::Sequence,
    ];

    /// Those that are tried over a source of this kind: whatever is below it, an adapter sees chunks, a buffer, a length or trailers.
    #[must_use]
    pub fn over(foreign: Foreign) -> &'static [Wrapped] {
        match foreign {
            Foreign::Stream | Foreign::BufRead | Foreign::SizedBody => &Self::ALL,
            _ => &[Wrapped::Bare],
        }
    }

    /// Whether it sets a timer.
    #[must_use]
    pub fn waits(self) -> bool {
        matches!(self, Wrapped::Filled | Wrapped::Unhurried | Wrapped::Timely)
    }

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
            Wrapped::Unhurried => Box::pin(IdleTimeout::new(bare(script), HOUR)),
            Wrapped::Timely => Box::pin(Deadline::after(bare(script), HOUR)),
            Wrapped::Stoppable => Box::pin(StopWhen::new(bare(script), pending::<io::Error>())),
            Wrapped::Holding => Box::pin(Holding::new(bare(script), ())),
            Wrapped::Rechunked => {
                let size = usize::try_from(script.len()).ok().and_then(NonZeroUsize::new).unwrap_or(NonZeroUsize::MIN);
                Box::pin(Rechunk::new(bare(script), size))
            }
            Wrapped::Instrumented => Box::pin(Instrumented::new(bare(script), Span::none())),
            Wrapped::Chained => {
                let (first, second) = script.halves();
                Box::pin([first, second].iter().map(bare).collect::<Chain<_>>())
            }
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
pub fn adapt(kind: Foreign, script: &Script, pulls: &Pulls) -> Source {
    match kind {
        Foreign::Stream => Box::pin(FromStream::new(foreign::stream(script, pulls))),
        Foreign::Iter => Box::pin(FromIter::new(foreign::iter(script, pulls))),
        Foreign::PollFn => {
            let mut chunks = foreign::stream(script, pulls);
            Box::pin(FromPollFn::new(move |cx| Pin::new(&mut chunks).poll_next(cx)))
        }
        Foreign::Read => Box::pin(FromRead::new(foreign::reader(script, pulls))),
        Foreign::BufRead => Box::pin(FromBufRead::new(foreign::reader(script, pulls))),
        Foreign::FuturesRead => Box::pin(FromFuturesRead::new(foreign::reader(script, pulls))),
        Foreign::FuturesBufRead => Box::pin(FromFuturesBufRead::new(foreign::reader(script, pulls))),
        Foreign::Owned => {
            Box::pin(FromOwned::from_fn(foreign::reader(script, pulls), |mut reader, mut buf| async move {
                let read = reader.read_buf(&mut buf).await;
                (reader, (read, buf))
            }))
        }
        Foreign::Body => Box::pin(FromBody::new(foreign::body(script, pulls))),
        Foreign::SizedBody => Box::pin(FromBody::new(foreign::announcing_body(script, pulls, script.len()))),
        Foreign::Writer => Box::pin(pushed::writer(script, pulls)),
        Foreign::Channel => Box::pin(pushed::Fed::new(script, pulls)),
        Foreign::File => Box::pin(file_of(script)),
    }
}

/// A file of the bytes in the script. Its blocks straddle the script's chunks.
fn file_of(script: &Script) -> FromFile {
    let mut file = tempfile::tempfile().expect("a temporary file");
    for step in &script.steps {
        if let Step::Chunk(chunk) = step {
            file.write_all(chunk).expect("room for a few bytes");
        }
    }
    task::drive(FromFile::from_std(file)).expect("a file").with_block_size(1000)
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

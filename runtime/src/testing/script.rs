//! Steps that a test computes.

use std::time::Duration;

#[cfg(feature = "http-body")]
use super::RawBody;
use super::{RawIter, RawReader, RawStream};
use crate::StreamError;
use crate::adapter::Typed;
use crate::literal::{Player, Step, StreamLiteral};

/// Steps that a test computes, where [`stream!`](crate::stream!) has them written down.
///
/// # Examples
///
/// ```
/// use byte_stream::literal::Step;
/// use byte_stream::testing::{Script, drive};
/// use byte_stream::{ByteStreamExt, FromStream};
///
/// let steps = (b'a'..=b'z').flat_map(|letter| [Step::Pending(1), Step::Chunk(vec![letter].into())]);
/// let source = Script::new(steps).raw_stream();
/// assert_eq!(drive(FromStream::new(source).collect_string()).unwrap(), "abcdefghijklmnopqrstuvwxyz");
/// ```
#[derive(Debug)]
#[must_use = "a script does nothing unless it is played"]
pub struct Script {
    player: Player<Box<[Step]>>,
    declared: Option<u64>,
}

impl Script {
    /// These steps, and the end.
    pub fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        Script { player: Player::new(steps.into_iter().collect()), declared: None }
    }

    /// As [`StreamLiteral::split_by`].
    ///
    /// # Panics
    ///
    /// If `size` is 0.
    pub fn split_by(mut self, size: usize) -> Self {
        self.player.split_by(size);
        self
    }

    /// As [`StreamLiteral::paced`].
    pub fn paced(mut self, duration: Duration) -> Self {
        self.player.pace(duration);
        self
    }

    /// Declares a length in bytes for the body, which may be a lie.
    pub fn declared(mut self, length: u64) -> Self {
        self.declared = Some(length);
        self
    }

    /// A foreign `Stream` that does just this.
    pub fn raw_stream(self) -> RawStream {
        RawStream::new(self.player)
    }

    /// A foreign reader of both worlds that does just this.
    pub fn raw_reader(self) -> RawReader {
        RawReader::new(self.player)
    }

    /// A foreign iterator that does just this.
    pub fn raw_iter(self) -> RawIter {
        RawIter::new(self.player)
    }

    /// A foreign body that does just this.
    #[cfg(feature = "http-body")]
    pub fn raw_body(self) -> RawBody {
        RawBody::new(self.player, self.declared)
    }
}

impl<const N: usize> From<StreamLiteral<N>> for Script {
    fn from(literal: StreamLiteral<N>) -> Self {
        let (player, declared) = literal.into_player();
        Script { player, declared }
    }
}

/// The literal as a foreign source, which hands out exactly what is written, empty chunks and all (feature `testing`).
///
/// # Examples
///
/// ```
/// use byte_stream::{ByteStreamExt, FromBody, FromRead, FromStream, stream, testing};
///
/// let chunks = stream![b"", "hello, ", pending, b"", "world"];
/// assert_eq!(testing::drive(FromStream::new(chunks.raw_stream()).collect_bytes()).unwrap(), "hello, world");
///
/// let flaky = stream!["hello, ", error(Interrupted), "world"];
/// assert_eq!(testing::drive(FromRead::new(flaky.raw_reader()).collect_bytes()).unwrap(), "hello, world");
///
/// let short = stream!["hello"].declared(12);
/// assert!(testing::drive(FromBody::new(short.raw_body()).collect_bytes()).is_err());
/// ```
impl<const N: usize> StreamLiteral<N> {
    /// A foreign `Stream` that does just this.
    pub fn raw_stream(self) -> RawStream {
        Script::from(self).raw_stream()
    }

    /// A foreign reader of both worlds that does just this.
    pub fn raw_reader(self) -> RawReader {
        Script::from(self).raw_reader()
    }

    /// A foreign iterator that does just this.
    pub fn raw_iter(self) -> RawIter {
        Script::from(self).raw_iter()
    }

    /// A foreign body that does just this.
    #[cfg(feature = "http-body")]
    pub fn raw_body(self) -> RawBody {
        Script::from(self).raw_body()
    }
}

/// The literal as a foreign source whose errors are of type `E` (feature `testing`).
impl<const N: usize, E: StreamError> Typed<StreamLiteral<N>, E> {
    /// A foreign `Stream` that does just this.
    pub fn raw_stream(self) -> RawStream<E> {
        RawStream::new(Script::from(self.into_inner()).player)
    }

    /// A foreign body that does just this.
    #[cfg(feature = "http-body")]
    pub fn raw_body(self) -> RawBody<E> {
        let Script { player, declared } = self.into_inner().into();
        RawBody::new(player, declared)
    }
}

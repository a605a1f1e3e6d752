//! `#[derive(StreamError)]` beside thiserror, beside snafu, and beside an impl by hand.

use std::error::Error;
use std::{fmt, io};

use byte_stream::{BoxError, ByteStream, FromStream, StreamError, error};
use bytes::Bytes;
use futures::StreamExt;
use futures::executor::block_on;
use futures::stream;
use http_body::Body;
use snafu::Snafu;

#[derive(Debug, PartialEq, thiserror::Error)]
#[error("quota of {0} exceeded")]
struct Quota(u64);

#[derive(Debug, thiserror::Error)]
#[error("backend")]
struct Backend(#[source] io::Error);

#[derive(Debug, thiserror::Error, StreamError)]
#[non_exhaustive]
enum Thiserror {
    #[error("too slow")]
    #[stream_error(kind = TimedOut)]
    TooSlow { after: u64 },
    #[error("quota")]
    #[stream_error(kind = std::io::ErrorKind::QuotaExceeded)]
    Quota(#[from] Quota),
    #[error(transparent)]
    Backend(#[from] Backend),
    #[error("gone")]
    Gone,
    #[cfg(any())]
    #[error("not there")]
    NotThere(#[from] NotThere),
    #[error(transparent)]
    #[stream_error(other)]
    Io(#[from] io::Error),
}

#[test]
fn a_value_becomes_the_payload_with_its_kind() {
    let slow: io::Error = Thiserror::TooSlow { after: 3 }.into();
    assert_eq!((slow.kind(), slow.to_string()), (io::ErrorKind::TimedOut, "too slow".to_owned()));
    assert_eq!(io::Error::from(Thiserror::Quota(Quota(1))).kind(), io::ErrorKind::QuotaExceeded);
    assert_eq!(io::Error::from(Thiserror::Gone).kind(), io::ErrorKind::Other);
    let backend = Thiserror::Backend(Backend(io::ErrorKind::NotConnected.into()));
    assert_eq!(io::Error::from(backend).kind(), io::ErrorKind::NotConnected, "that of the io::Error behind it");
}

#[test]
fn an_io_error_is_unwrapped() {
    let full: io::Error = Thiserror::Io(io::Error::from_raw_os_error(28)).into();
    assert_eq!(full.raw_os_error(), Some(28));
}

#[test]
fn what_comes_goes_to_itself_or_to_its_variant_or_to_the_other() {
    let from = |error: io::Error| Thiserror::from_io(error);
    assert!(matches!(from(Thiserror::TooSlow { after: 3 }.into()), Thiserror::TooSlow { after: 3 }));
    assert!(matches!(from(error::carry(Quota(7))), Thiserror::Quota(Quota(7))));
    assert!(matches!(from(io::Error::other(error::carry(Quota(7)))), Thiserror::Quota(_)), "also from two carriers");
    assert!(matches!(from(io::ErrorKind::BrokenPipe.into()), Thiserror::Io(_)));
    assert!(matches!(from(error::carry("text")), Thiserror::Io(error) if error.to_string() == "text"));
}

#[derive(Debug, Snafu, StreamError)]
enum Snafued {
    #[snafu(display("quota of {user}"))]
    OverQuota { user: String, source: Quota },
    #[snafu(display("backend"))]
    #[stream_error(from)]
    FromBackend { source: Backend },
    #[snafu(whatever, display("{message}"))]
    Whatever { message: String },
    #[snafu(display("other"))]
    #[stream_error(other)]
    Else { source: BoxError },
}

#[test]
fn it_works_beside_snafu() {
    use snafu::ResultExt;
    let over = Err::<(), _>(Quota(1)).context(OverQuotaSnafu { user: "me" }).unwrap_err();
    assert!(matches!(Snafued::from_io(over.into()), Snafued::OverQuota { user, .. } if user == "me"));
    let backend = error::carry(Backend(io::ErrorKind::NotConnected.into()));
    assert!(matches!(Snafued::from_io(backend), Snafued::FromBackend { .. }));
    let other = Snafued::from_io(error::carry(Quota(2)));
    assert!(matches!(&other, Snafued::Else { source } if source.is::<Quota>()), "boxed without its carrier");
    assert!(io::Error::from(other).downcast::<Quota>().is_ok(), "and carried again without a second layer");
    let reset = Snafued::from_io(io::ErrorKind::ConnectionReset.into());
    assert_eq!(io::Error::from(reset).kind(), io::ErrorKind::ConnectionReset);
    let whatever: io::Error = Snafued::Whatever { message: "w".to_owned() }.into();
    assert_eq!(whatever.to_string(), "w");
}

/// Generic, by hand, with a marked source.
#[derive(Debug, StreamError)]
enum ByHand<T: Error + Send + Sync + 'static> {
    #[stream_error(from)]
    Inner(T),
    Count(u8, u8),
    #[stream_error(other)]
    Other(io::Error),
}

impl<T: Error + Send + Sync + 'static> fmt::Display for ByHand<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ByHand::Inner(inner) => fmt::Display::fmt(inner, f),
            ByHand::Count(a, b) => write!(f, "{a} of {b}"),
            ByHand::Other(other) => fmt::Display::fmt(other, f),
        }
    }
}

impl<T: Error + Send + Sync + 'static> Error for ByHand<T> {}

#[test]
fn it_works_by_hand_and_generic() {
    assert!(matches!(ByHand::<Quota>::from_io(error::carry(Quota(1))), ByHand::Inner(Quota(1))));
    assert!(matches!(ByHand::<Backend>::from_io(error::carry(Quota(1))), ByHand::Other(_)));
    assert!(matches!(ByHand::<Quota>::from_io(ByHand::<Quota>::Count(1, 2).into()), ByHand::Count(1, 2)));
    let io = ByHand::<io::Error>::from_io(io::Error::from_raw_os_error(28));
    assert!(matches!(io, ByHand::Inner(_)), "an io::Error that carries nothing is one itself");
    assert_eq!(io::Error::from(io).raw_os_error(), Some(28));
}

/// `#[from(..)]` with something in it is somebody else's: of `derive_more` for instance.
#[derive(Debug, derive_more::From, thiserror::Error, StreamError)]
enum Skipping {
    #[error("never from a source")]
    #[from(skip)]
    Never(Quota),
    #[error("other")]
    #[stream_error(other)]
    Io(io::Error),
}

#[test]
fn a_from_that_says_more_is_not_our_mark() {
    assert!(matches!(Skipping::from_io(error::carry(Quota(1))), Skipping::Io(_)));
    assert!(matches!(Skipping::from_io(Skipping::Never(Quota(1)).into()), Skipping::Never(_)));
}

#[test]
fn a_boxed_error_comes_back_as_itself() {
    let boxed: BoxError = Backend(io::ErrorKind::NotFound.into()).into();
    assert!(BoxError::from_io(boxed.into_io()).is::<Backend>());
}

#[test]
fn the_kind_is_that_of_the_source_also_if_the_type_hides_it() {
    let carried = error::carry(Backend(io::ErrorKind::NotFound.into()));
    assert_eq!(ByHand::<Backend>::from_io(carried).into_io().kind(), io::ErrorKind::NotFound);

    #[derive(Debug, thiserror::Error, StreamError)]
    #[error(transparent)]
    struct Shared(std::sync::Arc<dyn Error + Send + Sync>);

    let shared = Shared::from_io(io::ErrorKind::TimedOut.into());
    assert_eq!(shared.into_io().kind(), io::ErrorKind::TimedOut);
}

#[derive(Debug, thiserror::Error, StreamError)]
#[error("wrapped")]
struct Wrapped {
    inner: io::Error,
}

/// What says its kind is carried whole, also if it would take any error.
#[derive(Debug, thiserror::Error, StreamError)]
enum Whole {
    #[error("broken")]
    #[stream_error(other, kind = InvalidData)]
    Broken(#[source] io::Error),
}

#[test]
fn a_variant_that_says_its_kind_keeps_its_place_in_the_chain() {
    let carrier = Whole::from_io(io::Error::from_raw_os_error(28)).into_io();
    assert_eq!((carrier.kind(), carrier.raw_os_error()), (io::ErrorKind::InvalidData, None));
    let again = Whole::from_io(carrier);
    assert!(matches!(&again, Whole::Broken(error) if error.raw_os_error() == Some(28)), "one layer: {again:?}");
}

#[derive(ByteStream)]
#[byte_stream(error = Thiserror)]
struct Typed<S>(FromStream<S>);

#[test]
fn the_faces_are_typed_and_the_readers_have_its_kind() {
    let broken = || Typed(FromStream::new(stream::iter([Ok("good"), Err(Quota(5))])));
    let items: Vec<Result<Bytes, Thiserror>> = block_on(broken().collect());
    assert!(matches!(items[1], Err(Thiserror::Quota(Quota(5)))));

    fn has_error<E>(_: &impl Body<Error = E>) {}
    has_error::<Thiserror>(&broken());

    let mut out = Vec::new();
    let read = block_on(tokio::io::AsyncReadExt::read_to_end(&mut broken(), &mut out)).unwrap_err();
    assert_eq!((out, read.kind()), (b"good".to_vec(), io::ErrorKind::QuotaExceeded));
    assert!(matches!(error::take(read), Ok(Thiserror::Quota(Quota(5)))));

    assert_eq!(Wrapped::from_io(io::Error::from_raw_os_error(28)).into_io().raw_os_error(), Some(28));
}

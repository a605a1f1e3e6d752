//! From the type to the carrier and back, any number of times.

use std::io;

use byte_stream::{BoxError, StreamError, error};
use proptest::prelude::*;

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("leaf {0}")]
struct Leaf(u8);

#[derive(Debug, thiserror::Error, StreamError)]
enum WithIo {
    #[error("named {0}")]
    #[stream_error(kind = NotFound)]
    Named(u8),
    #[error("leaf")]
    Leaf(#[from] Leaf),
    #[error("other")]
    #[stream_error(other)]
    Other(io::Error),
}

#[derive(Debug, thiserror::Error, StreamError)]
enum WithBox {
    #[error("leaf")]
    #[stream_error(kind = AddrInUse)]
    Leaf(#[from] Leaf),
    #[error("io")]
    Io(#[from] io::Error),
    #[error("other")]
    #[stream_error(other)]
    Other(BoxError),
}

const KINDS: [io::ErrorKind; 4] =
    [io::ErrorKind::Other, io::ErrorKind::NotFound, io::ErrorKind::ConnectionReset, io::ErrorKind::UnexpectedEof];

fn kind() -> impl Strategy<Value = io::ErrorKind> {
    prop::sample::select(&KINDS[..])
}

/// An error that no variant converts from, in up to four layers.
fn foreign() -> impl Strategy<Value = io::Error> {
    let innermost = prop_oneof![
        kind().prop_map(io::Error::from),
        (1..100).prop_map(io::Error::from_raw_os_error),
        (kind(), "[a-z]{1,4}").prop_map(|(kind, text)| io::Error::new(kind, text)),
    ];
    (innermost, prop::collection::vec(kind(), 0..3)).prop_map(|(innermost, layers)| {
        layers.into_iter().fold(error::carry(innermost), |error, kind| io::Error::new(kind, error))
    })
}

fn payload_layers(error: &io::Error) -> usize {
    std::iter::successors(Some(error), |error| error.get_ref()?.downcast_ref()).count()
}

fn trips<E: StreamError>(error: io::Error, times: usize) -> io::Error {
    (0..times).fold(error, |error, _| E::from_io(error).into_io())
}

/// Like `==`, as far as it can be seen from outside.
fn shape(error: &io::Error) -> (io::ErrorKind, Option<i32>, String) {
    (error.kind(), error.raw_os_error(), error.to_string())
}

proptest! {
    #[test]
    fn a_carrier_keeps_its_kind_its_errno_and_its_words(error in foreign(), times in 1_usize..5) {
        let before = (shape(&error), payload_layers(&error));
        let with_io = trips::<WithIo>(error, times);
        prop_assert_eq!(&(shape(&with_io), payload_layers(&with_io)), &before);
        let with_box = trips::<WithBox>(with_io, times);
        prop_assert_eq!(shape(&with_box).0, before.0.0);
        // A layer that says the same twice is taken off, and may show the errno below it.
        prop_assert!(before.0.1.is_none() || with_box.raw_os_error() == before.0.1);
        prop_assert!(payload_layers(&with_box) <= before.1, "a layer was added");
    }

    #[test]
    fn a_value_comes_back_as_itself(n in any::<u8>(), times in 0_usize..4) {
        let back = WithIo::from_io(trips::<WithIo>(WithIo::Named(n).into(), times));
        prop_assert!(matches!(back, WithIo::Named(m) if m == n));
        let carrier = trips::<WithBox>(WithBox::Leaf(Leaf(n)).into(), times);
        prop_assert_eq!((carrier.kind(), payload_layers(&carrier)), (io::ErrorKind::AddrInUse, 1));
        prop_assert!(matches!(WithBox::from_io(carrier), WithBox::Leaf(Leaf(m)) if m == n));
    }

    #[test]
    fn an_io_error_that_carries_a_value_comes_back_as_that(n in any::<u8>(), layers in 0_usize..3) {
        let nested = (0..layers).fold(io::Error::from(WithIo::Named(n)), |error, _| io::Error::other(error));
        prop_assert!(matches!(WithIo::from_io(WithIo::Other(nested).into()), WithIo::Named(m) if m == n));
        let leaf = WithBox::Other(Box::new(error::carry(Leaf(n))));
        prop_assert!(matches!(WithBox::from_io(leaf.into()), WithBox::Leaf(Leaf(m)) if m == n));
    }
}

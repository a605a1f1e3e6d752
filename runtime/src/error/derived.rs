//! What `#[derive(StreamError)]` calls.

use std::any::{Any, TypeId};
use std::error::Error;
use std::io;
use std::sync::Arc;

use super::{BoxError, carried_kind, carry, carry_as, into_payload, kind, take};

/// An error that can be the payload of an `io::Error`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be carried in an `io::Error`",
    label = "this is not `Error + Send + Sync + 'static`",
    note = "an error travels through readers and codecs, and between threads: make every field of it `Send + Sync + 'static`, and \
            implement `std::error::Error`, by hand or with thiserror or snafu"
)]
pub trait Payload: Sized {
    /// Becomes the payload, whole, with the kind that is found behind it.
    fn carried(self) -> io::Error;

    /// Becomes the payload, whole, with this kind.
    fn carried_as(self, kind: io::ErrorKind) -> io::Error;

    /// The kind that it has once it is carried.
    fn kind(&self) -> io::ErrorKind;

    /// Takes itself out of its carrier.
    fn take(error: io::Error) -> Result<Self, io::Error>;

    /// Takes itself, an error that a variant converts from, out of its carrier.
    ///
    /// The carrier is an `io::Error` itself, but only one that carries nothing is taken for one: another's kind, or that of the
    /// carrier inside it, would be lost.
    fn take_source(error: io::Error) -> Result<Self, io::Error>;
}

#[diagnostic::do_not_recommend]
impl<T: Error + Send + Sync + 'static> Payload for T {
    fn carried(self) -> io::Error {
        carry(self)
    }

    fn carried_as(self, kind: io::ErrorKind) -> io::Error {
        carry_as(kind, self)
    }

    fn kind(&self) -> io::ErrorKind {
        kind(self)
    }

    fn take(error: io::Error) -> Result<Self, io::Error> {
        take(error)
    }

    fn take_source(error: io::Error) -> Result<Self, io::Error> {
        if TypeId::of::<T>() != TypeId::of::<io::Error>() {
            take(error)
        } else if error.get_ref().is_none() {
            same(error)
        } else {
            Err(error)
        }
    }
}

/// A type that any error fits into.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot take every error",
    label = "an error that nothing else takes would not fit in here",
    note = "`other` marks a field of type `io::Error`, `Box<dyn Error + Send + Sync>` or `Arc<dyn Error + Send + Sync>`"
)]
pub trait CatchAll: Sized {
    /// Takes any error.
    fn catch(error: io::Error) -> Self;

    /// The kind that it has once it is carried.
    fn kind(&self) -> io::ErrorKind;

    /// Gives the error back as a carrier, where it is no more than one: then there is no second layer.
    fn release(self) -> Result<io::Error, Self>;
}

impl CatchAll for io::Error {
    fn catch(error: io::Error) -> Self {
        error
    }

    fn kind(&self) -> io::ErrorKind {
        io::Error::kind(self)
    }

    fn release(self) -> Result<io::Error, Self> {
        Ok(self)
    }
}

/// The carrier comes off where [`carry`] would put the same one on again.
impl CatchAll for BoxError {
    fn catch(error: io::Error) -> Self {
        match error.get_ref() {
            Some(payload) if carried_kind(payload) == error.kind() => into_payload(error),
            _ => error.into(),
        }
    }

    fn kind(&self) -> io::ErrorKind {
        carried_kind(&**self)
    }

    fn release(self) -> Result<io::Error, Self> {
        Ok(carry(self))
    }
}

/// It may be shared, so it is not taken apart.
impl CatchAll for Arc<dyn Error + Send + Sync> {
    fn catch(error: io::Error) -> Self {
        Arc::from(BoxError::catch(error))
    }

    fn kind(&self) -> io::ErrorKind {
        carried_kind(&**self)
    }

    fn release(self) -> Result<io::Error, Self> {
        Err(self)
    }
}

/// The error that a variant converts from as the carrier, if that is what it is.
pub fn release_source<T: 'static>(source: T) -> Result<io::Error, T> {
    same(source)
}

/// What `release` gives back as a carrier, or else all of it, carried with the kind of what it was made from.
pub fn released<T, E: Payload>(
    source: T,
    release: impl FnOnce(T) -> Result<io::Error, T>,
    kind: impl FnOnce(&T) -> io::ErrorKind,
    whole: impl FnOnce(T) -> E,
) -> io::Error {
    release(source).unwrap_or_else(|source| {
        let kind = kind(&source);
        whole(source).carried_as(kind)
    })
}

/// `value`, if the two types are one.
fn same<T: 'static, U: 'static>(value: T) -> Result<U, T> {
    let mut slot = Some(value);
    match (&mut slot as &mut dyn Any).downcast_mut::<Option<U>>().and_then(Option::take) {
        Some(same) => Ok(same),
        None => Err(slot.expect("nothing was taken")),
    }
}

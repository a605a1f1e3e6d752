//! What may follow the bytes.

#[cfg(feature = "http-body")]
use http::{HeaderMap, HeaderName, HeaderValue};

/// The trailers of a stream: header fields that follow its bytes.
///
/// The type is there under every feature, so that [`ByteStream`](crate::ByteStream) does not change with them. What it holds
/// is made from and turned into an `http::HeaderMap`, under the feature `http-body`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trailers {
    #[cfg(feature = "http-body")]
    fields: HeaderMap,
}

#[cfg(feature = "http-body")]
impl Trailers {
    /// Whether there is no field.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The fields.
    #[must_use]
    pub fn fields(&self) -> &HeaderMap {
        &self.fields
    }

    /// Adds the fields of `more`; several of one name all stay.
    pub fn merge(&mut self, more: HeaderMap) {
        let mut last = None;
        for (name, value) in more {
            // `HeaderMap` names only the first of the values that share a name.
            last = name.or(last);
            if let Some(name) = &last {
                self.fields.append(name.clone(), value);
            }
        }
    }
}

impl Trailers {
    /// Adds those of another.
    pub(crate) fn add(&mut self, more: Trailers) {
        #[cfg(feature = "http-body")]
        self.merge(more.fields);
        #[cfg(not(feature = "http-body"))]
        {
            *self = more;
        }
    }

    /// What `stream!` has written down, and has looked at.
    pub(crate) fn written(fields: &[(&str, &str)]) -> Self {
        #[cfg(feature = "http-body")]
        return of(fields.iter().map(|(name, value)| (*name, written(value))));
        #[cfg(not(feature = "http-body"))]
        unreachable!("`stream!` takes no {fields:?} without the feature `http-body`")
    }
}

#[cfg(feature = "http-body")]
impl From<HeaderMap> for Trailers {
    fn from(fields: HeaderMap) -> Self {
        Trailers { fields }
    }
}

#[cfg(feature = "http-body")]
impl From<Trailers> for HeaderMap {
    fn from(trailers: Trailers) -> Self {
        trailers.fields
    }
}

/// The fields that `stream!` names: it takes no other names.
#[cfg(feature = "http-body")]
#[doc(hidden)]
pub fn of<'a>(fields: impl IntoIterator<Item = (&'a str, HeaderValue)>) -> Trailers {
    let mut trailers = Trailers::default();
    for (name, value) in fields {
        let name: HeaderName = name.parse().expect("`stream!` has looked at the name");
        trailers.fields.append(name, value);
    }
    trailers
}

/// A value that `stream!` has written down: it takes no other values.
#[cfg(feature = "http-body")]
#[doc(hidden)]
#[must_use]
pub fn written(value: &str) -> HeaderValue {
    value.parse().expect("`stream!` has looked at the value")
}

/// The value that an expression of `stream!` makes.
#[cfg(feature = "http-body")]
#[doc(hidden)]
#[track_caller]
pub fn value<V>(value: V) -> HeaderValue
where
    V: TryInto<HeaderValue>,
    V::Error: std::fmt::Debug,
{
    value.try_into().expect("the value of a trailer is no header value")
}

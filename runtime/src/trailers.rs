//! What may follow the bytes.

#[cfg(feature = "http-body")]
use http::HeaderMap;

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

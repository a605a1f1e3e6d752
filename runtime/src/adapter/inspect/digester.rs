//! Hashing: a digest of the bytes, to be read, checked or sent.

use std::sync::{Arc, OnceLock};
use std::{fmt, io};

use digest::{Digest, Output};

use super::{Inspector, Outcome};
use crate::error::DigestError;

/// Hashes the bytes of an [`Inspect`](super::Inspect), with any [`Digest`].
///
/// The digest is there when the bytes have ended well, and can be read elsewhere, also when the stream is gone. It can be
/// [checked](Self::expecting) against one that is known, and be [sent](Self::as_trailer) after the bytes.
///
/// # Examples
///
/// ```
/// use byte_stream::adapter::Digester;
/// use byte_stream::{ByteStreamExt, Inspect, stream};
/// use sha2::{Digest, Sha256};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let digester = Digester::<Sha256>::new();
/// let digest = digester.digest();
/// let body = Inspect::new(stream!["hello, ", "world"], digester);
/// tokio::spawn(body.collect_bytes()).await??;
/// assert_eq!(digest.get().unwrap(), &Sha256::digest("hello, world")[..]);
/// # Ok(())
/// # }
/// ```
pub struct Digester<D: Digest> {
    hash: D,
    digest: FinalDigest,
    expected: Option<Output<D>>,
    #[cfg(feature = "http-body")]
    trailer: Option<Trailer>,
}

/// A digest that somebody else computes.
#[derive(Clone, Debug)]
pub struct FinalDigest(Arc<OnceLock<Box<[u8]>>>);

/// How the digest is sent.
#[cfg(feature = "http-body")]
struct Trailer {
    name: http::HeaderName,
    format: Box<Format>,
}

#[cfg(feature = "http-body")]
type Format = dyn Fn(&[u8]) -> String + Send + Sync;

impl<D: Digest> Digester<D> {
    /// Begins with no bytes.
    #[must_use]
    pub fn new() -> Self {
        D::new().into()
    }

    /// The digest, which will be there.
    #[must_use]
    pub fn digest(&self) -> FinalDigest {
        self.digest.clone()
    }

    /// Fails a stream whose digest is another.
    ///
    /// The error is a [`DigestError`], of kind `InvalidData`, in the place of the stream's end. This is a
    /// [verdict](Inspector::has_verdict): the stream has no upper bound of its length.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::adapter::Digester;
    /// use byte_stream::error::{DigestError, find};
    /// use byte_stream::{ByteStreamExt, Inspect, stream};
    /// use sha2::{Digest, Sha256};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let digester = || Digester::<Sha256>::new().expecting(Sha256::digest("hello"));
    /// assert_eq!(Inspect::new(stream!["hello"], digester()).collect_bytes().await.unwrap(), "hello");
    ///
    /// let error = Inspect::new(stream!["hullo"], digester()).collect_bytes().await.unwrap_err();
    /// assert!(find::<DigestError>(&error).is_some());
    /// # }
    /// ```
    #[must_use]
    pub fn expecting(mut self, digest: impl Into<Output<D>>) -> Self {
        self.expected = Some(digest.into());
        self
    }

    /// Sends the digest after the bytes, as a trailer of this name, in lower-case hex.
    ///
    /// HTTP/1 sends a trailer only if the header `trailer` has announced it, and only after a body that goes in chunks. So the stream
    /// has no upper bound of its length.
    #[cfg(feature = "http-body")]
    #[must_use]
    pub fn as_trailer(self, name: http::HeaderName) -> Self {
        self.as_trailer_with(name, |digest| crate::error::Hex(digest).to_string())
    }

    /// Sends the digest after the bytes, as a trailer of this name, in a form of one's own.
    ///
    /// # Errors
    ///
    /// In the place of the trailers, of kind `InvalidData`, if what `format` gives is no header value.
    ///
    /// # Examples
    ///
    /// ```
    /// use base64::prelude::{BASE64_STANDARD, Engine};
    /// use byte_stream::adapter::Digester;
    /// use byte_stream::{Inspect, stream};
    /// use http::HeaderName;
    /// use http_body_util::BodyExt;
    /// use sha2::Sha256;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let name = HeaderName::from_static("repr-digest");
    /// let digester =
    ///     Digester::<Sha256>::new().as_trailer_with(name, |digest| format!("sha-256=:{}:", BASE64_STANDARD.encode(digest)));
    /// let body = Inspect::new(stream!["hello"], digester).collect().await.unwrap();
    /// let sent = &body.trailers().unwrap()["repr-digest"];
    /// assert_eq!(sent, "sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:");
    /// # }
    /// ```
    #[cfg(feature = "http-body")]
    #[must_use]
    pub fn as_trailer_with(
        mut self,
        name: http::HeaderName,
        format: impl Fn(&[u8]) -> String + Send + Sync + 'static,
    ) -> Self {
        self.trailer = Some(Trailer { name, format: Box::new(format) });
        self
    }

    fn finish(&mut self) -> Output<D> {
        std::mem::replace(&mut self.hash, D::new()).finalize()
    }
}

impl FinalDigest {
    /// The digest, once the bytes have ended well.
    #[must_use]
    pub fn get(&self) -> Option<&[u8]> {
        self.0.get().map(|digest| &**digest)
    }

    fn set(&self, digest: &[u8]) {
        self.0.get_or_init(|| digest.into());
    }
}

impl<D: Digest> Inspector for Digester<D> {
    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        Ok(())
    }

    fn has_verdict(&self) -> bool {
        self.expected.is_some()
    }

    fn verdict(&mut self) -> io::Result<()> {
        let found = self.finish();
        match &self.expected {
            Some(expected) if *expected != found => {
                Err(DigestError { expected: expected[..].into(), found: found[..].into() }.into())
            }
            _ => {
                self.digest.set(&found);
                Ok(())
            }
        }
    }

    #[cfg(feature = "http-body")]
    fn adds_trailers(&self) -> bool {
        self.trailer.is_some()
    }

    #[cfg(feature = "http-body")]
    fn trailers(&mut self, mut trailers: crate::Trailers) -> io::Result<crate::Trailers> {
        if let Some((Trailer { name, format }, digest)) = self.trailer.as_ref().zip(self.digest.get()) {
            let value = http::HeaderValue::try_from(format(digest))
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
            trailers.merge(http::HeaderMap::from_iter([(name.clone(), value)]));
        }
        Ok(trailers)
    }

    fn end(&mut self, outcome: &Outcome<'_>) {
        // A verdict comes before the end, where there is one.
        if let (Outcome::Complete, None) = (outcome, self.digest.get()) {
            let digest = self.finish();
            self.digest.set(&digest);
        }
    }
}

impl<D: Digest> Default for Digester<D> {
    fn default() -> Self {
        Self::new()
    }
}

/// A hash that has begun: what it has been fed comes before the stream.
impl<D: Digest> From<D> for Digester<D> {
    fn from(hash: D) -> Self {
        Digester {
            hash,
            digest: FinalDigest(Arc::default()),
            expected: None,
            #[cfg(feature = "http-body")]
            trailer: None,
        }
    }
}

impl<D: Digest> fmt::Debug for Digester<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Digester").finish_non_exhaustive()
    }
}

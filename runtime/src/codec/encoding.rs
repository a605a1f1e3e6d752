//! The content codings of HTTP, by name.

use std::error::Error;
use std::str::FromStr;
use std::{fmt, io};

/// A content coding of HTTP (RFC 9110, section 8.4.1).
///
/// All of them are there under every feature; [`is_supported`](Self::is_supported) says which are built in.
///
/// # Examples
///
/// ```
/// use byte_stream::codec::Encoding;
///
/// assert_eq!("X-GZip".parse(), Ok(Encoding::Gzip));
/// assert_eq!(Encoding::Brotli.to_string(), "br");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// `identity`: the bytes as they are.
    Identity,
    /// `gzip`, also called `x-gzip` (RFC 1952).
    Gzip,
    /// `deflate`, which is the zlib format (RFC 1950) and not bare deflate.
    Deflate,
    /// `br` (RFC 7932).
    Brotli,
    /// `zstd` (RFC 8878).
    Zstd,
}

impl Encoding {
    /// Those that are built in, the better ones first, [`Identity`](Self::Identity) last: an offer for [`negotiate`](Self::negotiate).
    pub const SUPPORTED: &'static [Encoding] = &[
        #[cfg(feature = "compression-zstd")]
        Encoding::Zstd,
        #[cfg(feature = "compression-brotli")]
        Encoding::Brotli,
        #[cfg(feature = "compression-gzip")]
        Encoding::Gzip,
        #[cfg(feature = "compression-deflate")]
        Encoding::Deflate,
        Encoding::Identity,
    ];

    /// Whether it is built in: its feature is on.
    #[must_use]
    pub const fn is_supported(self) -> bool {
        match self {
            Encoding::Identity => true,
            Encoding::Gzip => cfg!(feature = "compression-gzip"),
            Encoding::Deflate => cfg!(feature = "compression-deflate"),
            Encoding::Brotli => cfg!(feature = "compression-brotli"),
            Encoding::Zstd => cfg!(feature = "compression-zstd"),
        }
    }

    /// Its name in `Content-Encoding` and `Accept-Encoding`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Encoding::Identity => "identity",
            Encoding::Gzip => "gzip",
            Encoding::Deflate => "deflate",
            Encoding::Brotli => "br",
            Encoding::Zstd => "zstd",
        }
    }

    /// The coding that a `Content-Encoding` names. An empty field, or only `identity`, is [`Identity`](Self::Identity).
    ///
    /// # Errors
    ///
    /// [`EncodingError::Several`] if there are several besides `identity`, which nearly nobody sends: [`codings`](Self::codings)
    /// lists them. [`EncodingError::Unknown`] if a name is none of these.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::codec::{Encoding, EncodingError};
    ///
    /// assert_eq!(Encoding::from_content_encoding("zstd"), Ok(Encoding::Zstd));
    /// assert_eq!(Encoding::from_content_encoding("identity, gzip"), Ok(Encoding::Gzip));
    /// assert_eq!(Encoding::from_content_encoding("gzip, zstd"), Err(EncodingError::Several));
    /// assert_eq!(Encoding::from_content_encoding("compress"), Err(EncodingError::Unknown));
    /// ```
    pub fn from_content_encoding(field: &str) -> Result<Self, EncodingError> {
        let mut only = Encoding::Identity;
        for coding in Encoding::codings(field) {
            match (only, coding?) {
                (_, Encoding::Identity) => {}
                (Encoding::Identity, coding) => only = coding,
                _ => return Err(EncodingError::Several),
            }
        }
        Ok(only)
    }

    /// All codings that a `Content-Encoding` names, in the order in which they were applied: to decode, begin at the back.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(all(feature = "compression-gzip", feature = "compression-zstd"))]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// use byte_stream::codec::{Compress, Decompress, Encoding};
    /// use byte_stream::{BoxByteStream, ByteStreamExt, stream};
    ///
    /// let twice = Compress::new(Compress::new(stream!["hello"], Encoding::Gzip)?, Encoding::Zstd)?;
    /// let mut body: BoxByteStream<'_> = twice.into_box();
    /// for coding in Encoding::codings("gzip, zstd").rev().take(2) {
    ///     body = Decompress::new(body, coding?)?.into_box();
    /// }
    /// assert_eq!(body.collect_bytes().await?, "hello");
    /// # Ok(())
    /// # }
    /// # #[cfg(not(all(feature = "compression-gzip", feature = "compression-zstd")))]
    /// # fn main() {}
    /// ```
    pub fn codings(field: &str) -> Codings<'_> {
        Codings { elements: field.split(',') }
    }
}

impl FromStr for Encoding {
    type Err = EncodingError;

    /// Takes a name in any case. `x-gzip` is `gzip`.
    fn from_str(name: &str) -> Result<Self, EncodingError> {
        const NAMES: [(&str, Encoding); 6] = [
            ("identity", Encoding::Identity),
            ("gzip", Encoding::Gzip),
            ("x-gzip", Encoding::Gzip),
            ("deflate", Encoding::Deflate),
            ("br", Encoding::Brotli),
            ("zstd", Encoding::Zstd),
        ];
        let named = NAMES.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        named.map(|(_, coding)| coding).ok_or(EncodingError::Unknown)
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The iterator of [`Encoding::codings`].
#[derive(Clone, Debug)]
#[must_use = "an iterator does nothing unless it is consumed"]
pub struct Codings<'a> {
    elements: std::str::Split<'a, char>,
}

/// An element of a list in a field, unless it is empty (RFC 9110, section 5.6.1).
pub(super) fn element(element: &str) -> Option<&str> {
    Some(trim(element)).filter(|element| !element.is_empty())
}

/// Without optional whitespace around it (RFC 9110, section 5.6.3).
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}

impl Iterator for Codings<'_> {
    type Item = Result<Encoding, EncodingError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.elements.by_ref().find_map(element).map(str::parse)
    }
}

impl DoubleEndedIterator for Codings<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.elements.by_ref().rev().find_map(element).map(str::parse)
    }
}

/// A content coding that cannot be had. As an [`io::Error`] it is of kind [`Unsupported`](io::ErrorKind::Unsupported).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodingError {
    /// No coding that this crate knows is called so.
    Unknown,
    /// There are several, where one was asked for.
    Several,
    /// It is known, but its feature is off.
    Unsupported(Encoding),
}

impl fmt::Display for EncodingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EncodingError::Unknown => f.write_str("the content coding is unknown"),
            EncodingError::Several => f.write_str("there is more than one content coding"),
            EncodingError::Unsupported(coding) => write!(f, "the content coding `{coding}` is not built in"),
        }
    }
}

impl Error for EncodingError {}

impl From<EncodingError> for io::Error {
    fn from(error: EncodingError) -> Self {
        io::Error::new(io::ErrorKind::Unsupported, error)
    }
}

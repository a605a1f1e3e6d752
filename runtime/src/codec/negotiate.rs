//! What a client accepts.

use super::Encoding;
use super::encoding::{element, trim};

impl Encoding {
    /// The one of the `offers` that an `Accept-Encoding` likes best (RFC 9110, section 12.5.3). Of those that it likes as much, the first.
    ///
    /// `None` if it accepts none of them. [`Identity`](Self::Identity), where it is offered, is accepted unless it is excluded by
    /// `identity;q=0` or by `*;q=0`; if it is not mentioned, it comes after everything that is. What is malformed, and what this
    /// crate does not know, is ignored, and of two weights for one coding the first counts. An empty field accepts `identity`
    /// only. A client that sends no such field accepts everything, but may understand nothing: send it `identity`.
    ///
    /// An offer need not be [supported](Self::is_supported): it may lie on the disk, compressed.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::codec::Encoding::{self, Brotli, Gzip, Identity, Zstd};
    ///
    /// let offers = [Zstd, Brotli, Gzip, Identity];
    /// assert_eq!(Encoding::negotiate("gzip, deflate, br, zstd", &offers), Some(Zstd));
    /// assert_eq!(Encoding::negotiate("gzip;q=1.0, *;q=0.5", &offers), Some(Gzip));
    /// assert_eq!(Encoding::negotiate("compress", &offers), Some(Identity));
    /// assert_eq!(Encoding::negotiate("*;q=0", &offers), None);
    /// ```
    #[must_use]
    pub fn negotiate(accept_encoding: &str, offers: &[Encoding]) -> Option<Encoding> {
        let mut best = None;
        for &offer in offers {
            let weight = weight(accept_encoding, offer);
            if weight > best.map(|(weight, _)| weight) {
                best = weight.map(|weight| (weight, offer));
            }
        }
        best.map(|(_, offer)| offer)
    }
}

/// What one element of an `Accept-Encoding` is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Range {
    Coding(Encoding),
    Any,
}

/// The weight of a coding in thousandths, 0 for one that is only not excluded. `None` if it is not acceptable.
fn weight(accept_encoding: &str, coding: Encoding) -> Option<u16> {
    let ranges = || accept_encoding.split(',').filter_map(element).filter_map(range);
    let said = |about| ranges().find(|(range, _)| *range == about).map(|(_, weight)| weight);
    match said(Range::Coding(coding)).or_else(|| said(Range::Any)) {
        Some(0) => None,
        None if coding == Encoding::Identity => Some(0),
        weight => weight,
    }
}

/// `codings [ weight ]`, unless it is malformed or unknown.
fn range(element: &str) -> Option<(Range, u16)> {
    let (range, weight) = match element.split_once(';') {
        Some((range, weight)) => (trim(range), thousandths(trim(weight))?),
        None => (element, 1000),
    };
    let range = if range == "*" { Range::Any } else { Range::Coding(range.parse().ok()?) };
    Some((range, weight))
}

/// `q=` and a number from 0 to 1 with at most three decimals (RFC 9110, section 12.4.2).
fn thousandths(weight: &str) -> Option<u16> {
    let number = weight.strip_prefix(['q', 'Q'])?.strip_prefix('=')?;
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let decimals = decimals.bytes().chain(std::iter::repeat(b'0')).take(3);
    let decimals = decimals.fold(0, |sum, digit| sum * 10 + u16::from(digit - b'0'));
    match whole {
        "0" => Some(decimals),
        "1" => Some(1000).filter(|_| decimals == 0),
        _ => None,
    }
}

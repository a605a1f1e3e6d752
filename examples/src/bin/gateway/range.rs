//! Parts of a file (RFC 9110, section 14).

use std::ops::Range;

use axum::http::HeaderValue;

/// What a `Range` asks for. One that is malformed, or of several ranges, is as if there were none.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    Whole,
    Part(Range<u64>),
    Unsatisfiable,
}

impl Asked {
    pub(crate) fn of(field: Option<&HeaderValue>, length: u64) -> Self {
        let Some((first, last)) = field
            .and_then(|field| field.to_str().ok())
            .and_then(|field| field.trim().strip_prefix("bytes="))
            .and_then(|range| range.trim().split_once('-'))
        else {
            return Asked::Whole;
        };
        let range = match (number(first), number(last)) {
            (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(length),
            (Some(first), None) if last.is_empty() => first..length,
            (None, Some(suffix)) if first.is_empty() => length - suffix.min(length)..length,
            _ => return Asked::Whole,
        };
        match range {
            range if range.start < range.end => Asked::Part(range),
            // The last bytes of an empty file are all that it has.
            _ if length == 0 && first.is_empty() && number(last) != Some(0) => Asked::Whole,
            _ => Asked::Unsatisfiable,
        }
    }
}

/// `bytes 0-99/1000`: the part of a file that an upload brings.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) range: Range<u64>,
    pub(crate) total: u64,
}

impl Part {
    pub(crate) fn parse(field: &HeaderValue) -> Option<Self> {
        let (range, total) = field.to_str().ok()?.strip_prefix("bytes ")?.split_once('/')?;
        let (first, last) = range.split_once('-')?;
        let (first, last, total) = (number(first)?, number(last)?, number(total)?);
        (first <= last && last < total).then(|| Part { range: first..last + 1, total })
    }

    pub(crate) fn length(&self) -> u64 {
        self.range.end - self.range.start
    }
}

/// Digits only: `parse` takes a sign too.
fn number(digits: &str) -> Option<u64> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_what_the_rfc_says() {
        let asked = |field, length| Asked::of(Some(&HeaderValue::from_static(field)), length);
        assert_eq!(asked("bytes=0-0", 10), Asked::Part(0..1));
        assert_eq!(asked("bytes=3-", 10), Asked::Part(3..10));
        assert_eq!(asked("bytes=3-99", 10), Asked::Part(3..10));
        assert_eq!(asked("bytes=-3", 10), Asked::Part(7..10));
        assert_eq!(asked("bytes=-99", 10), Asked::Part(0..10));
        assert_eq!(asked("bytes=0-18446744073709551615", 10), Asked::Part(0..10));
        for beyond in ["bytes=10-", "bytes=10-11", "bytes=-0"] {
            assert_eq!(asked(beyond, 10), Asked::Unsatisfiable, "{beyond}");
        }
        for ignored in
            ["bytes=3-2", "bytes=-", "bytes=+1-2", "bytes=0-1,3-4", "lines=0-1", "bytes=0-18446744073709551616"]
        {
            assert_eq!(asked(ignored, 10), Asked::Whole, "{ignored}");
        }
        assert_eq!((asked("bytes=-5", 0), asked("bytes=0-", 0)), (Asked::Whole, Asked::Unsatisfiable));
    }

    #[test]
    fn a_part_lies_within_its_file() {
        let part = |field| Part::parse(&HeaderValue::from_static(field));
        assert_eq!(part("bytes 2-4/5"), Some(Part { range: 2..5, total: 5 }));
        for wrong in
            ["bytes 2-5/5", "bytes 4-2/5", "bytes 2-4/*", "bytes */5", "2-4/5", "bytes 2-18446744073709551615/5"]
        {
            assert_eq!(part(wrong), None, "{wrong}");
        }
    }
}

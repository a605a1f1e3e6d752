//! Where bytes differ, in words.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;

/// How many bytes are shown before and after the place.
const AROUND: usize = 20;

/// The first byte that is not as expected.
pub(in crate::testing) struct Difference<'a> {
    expected: &'a [u8],
    came: Cow<'a, [u8]>,
    at: usize,
    /// The chunk that it is in, counted from 1, and the byte in that chunk, if anything came there.
    chunk: Option<(usize, usize)>,
}

impl<'a> Difference<'a> {
    pub(in crate::testing) fn between(expected: &'a [u8], chunks: &'a [Bytes]) -> Option<Self> {
        let came: Cow<'a, [u8]> = match chunks {
            [chunk] => Cow::Borrowed(chunk),
            chunks => Cow::Owned(chunks.concat()),
        };
        let at = expected.iter().zip(came.iter()).take_while(|(expected, came)| expected == came).count();
        if at == expected.len() && at == came.len() {
            return None;
        }
        let mut before = 0;
        let chunk = chunks.iter().enumerate().find_map(|(i, chunk)| {
            let place = at - before;
            before += chunk.len();
            (at < before).then_some((i + 1, place))
        });
        Some(Difference { expected, came, at, chunk })
    }
}

impl fmt::Display for Difference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Difference { expected, came, at, chunk } = self;
        match (expected.len() > *at, chunk) {
            (true, Some((chunk, place))) => {
                write!(f, "the bytes differ at offset {at}, byte {place} of chunk {chunk}")?;
            }
            (true, None) => write!(f, "the bytes end at offset {at}, {} too early", expected.len() - at)?,
            (false, Some((chunk, place))) => {
                let more = came.len() - at;
                write!(f, "{more} more bytes came than expected, from offset {at}, byte {place} of chunk {chunk}")?;
            }
            (false, None) => unreachable!("there is a difference"),
        }
        let from = at.saturating_sub(AROUND);
        let (expected, came) = (Window::of(expected, from, *at), Window::of(came, from, *at));
        let as_text = expected.is_text() && came.is_text();
        write!(f, "\n  expected: {}\n      came: {}", expected.shown(as_text), came.shown(as_text))
    }
}

/// The bytes around a place.
struct Window<'a> {
    bytes: &'a [u8],
    begins: bool,
    ends: bool,
}

impl<'a> Window<'a> {
    fn of(bytes: &'a [u8], from: usize, at: usize) -> Self {
        let to = bytes.len().min(at + AROUND);
        Window { bytes: &bytes[from.min(to)..to], begins: from == 0, ends: to == bytes.len() }
    }

    fn is_text(&self) -> bool {
        self.bytes.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t'))
    }

    fn shown(&self, as_text: bool) -> String {
        let before = if self.begins { "" } else { ".. " };
        let after = if self.ends { "" } else { " .." };
        let bytes = if as_text { format!("\"{}\"", self.bytes.escape_ascii()) } else { hex(self.bytes) };
        format!("{before}{bytes}{after}")
    }
}

fn hex(bytes: &[u8]) -> String {
    let bytes: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("[{}]", bytes.join(" "))
}

/// Bytes as text or as hex, and no more of them than one wants to read.
pub(in crate::testing) struct Quoted<'a>(pub(in crate::testing) &'a [u8]);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let window = Window::of(self.0, 0, AROUND);
        write!(f, "{} ({} bytes)", window.shown(window.is_text()), self.0.len())
    }
}

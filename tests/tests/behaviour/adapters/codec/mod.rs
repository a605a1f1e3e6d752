//! Streams in content codings.

mod ends;
mod errors;
mod fill;
mod layers;
mod limits;
mod names;
mod round_trips;

use byte_stream::codec::{Compress, Decompress, Encoding};
use byte_stream::testing::RawStream;
use byte_stream::{ByteStream, ByteStreamExt, FromStream};
use byte_stream_tests::foreign::{self, Pulls};
use byte_stream_tests::script::{Script, Step};
use byte_stream_tests::task::drive;
use bytes::Bytes;

/// All that a codec is in.
const CODINGS: [Encoding; 4] = [Encoding::Gzip, Encoding::Deflate, Encoding::Brotli, Encoding::Zstd];

/// Those in which several frames one after another are one stream.
const OF_MEMBERS: [Encoding; 2] = [Encoding::Gzip, Encoding::Zstd];

/// Bytes in the coding.
fn pack(bytes: &[u8], coding: Encoding) -> Vec<u8> {
    let plain = Bytes::copy_from_slice(bytes);
    drive(Compress::new(plain, coding).unwrap().collect_vec()).unwrap()
}

/// Bytes in chunks of this size, with empty ones and `Pending` between.
fn wire(bytes: &[u8], size: usize) -> Script {
    Script::new(bytes.chunks(size).flat_map(|chunk| {
        [Step::EMPTY, Step::Pending, Step::Chunk(Bytes::copy_from_slice(chunk)), Step::Pending, Step::EMPTY]
    }))
}

/// The same without `Pending`.
fn at_once(bytes: &[u8], size: usize) -> Script {
    Script::new(bytes.chunks(size).map(|chunk| Step::Chunk(Bytes::copy_from_slice(chunk))))
}

fn play(script: &Script) -> FromStream<RawStream> {
    FromStream::new(foreign::stream(script, &Pulls::default()))
}

fn unpack<S: ByteStream>(stream: S, coding: Encoding) -> Decompress<S> {
    Decompress::new(stream, coding).unwrap()
}

/// Text that compresses, but not to nothing.
fn text(length: usize) -> Vec<u8> {
    (0..)
        .flat_map(|i: u32| format!("line {} of {i}\n", i.wrapping_mul(2_654_435_761)).into_bytes())
        .take(length)
        .collect()
}

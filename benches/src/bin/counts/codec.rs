//! What a slow stream does to an encoder.

use async_compression::tokio::bufread::ZstdEncoder;
use byte_stream::adapter::Coalesce;
use byte_stream::codec::Codec;
use byte_stream::{FromRead, FromStream};
use byte_stream_benches::drain;
use byte_stream_benches::source::{Pace, pieces, text};
use tokio_util::io::StreamReader;

use crate::report::Report;

pub(crate) fn count(report: &mut Report) {
    let text = text(1_000_000);
    for size in [64, 1_500] {
        let theirs =
            |pace| drain::stream(FromRead::new(ZstdEncoder::new(StreamReader::new(pieces(&text, size, pace)))));
        let filled = |pace| Coalesce::new(FromStream::new(pieces(&text, size, pace))).wait_until_full();
        let ours = |pace| drain::stream(Codec::new(filled(pace), ZstdEncoder::new));
        // Against an encoder that never finds its reader idle.
        let whole = theirs(Pace::Ready) as f64;
        let [theirs, ours] = [theirs(Pace::Slow), ours(Pace::Slow)].map(|size| size as f64 / whole);
        let workload = format!("Pending after each {size} B → zstd");
        report.line("C3", &workload, "size, never Pending is 1", ("StreamReader, encoder", theirs), ours, 1.03);
    }
}

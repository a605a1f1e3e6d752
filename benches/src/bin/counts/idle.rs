//! What a thousand streams hold that wait for something.

use std::pin::Pin;
use std::process::Command;
use std::task::{Context, Poll, Waker};
use std::{env, fs, io};

use byte_stream::FromRead;
use bytes::Bytes;
use futures_util::Stream;
use tokio::io::{AsyncRead, ReadBuf};
use tokio_util::io::ReaderStream;

use crate::report::Report;

const STREAMS: usize = 1_000;

/// A reader that has had one message, and waits for the next.
struct Idle {
    message: Option<&'static [u8]>,
}

impl AsyncRead for Idle {
    fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self.message.take() {
            Some(message) => {
                buf.put_slice(message);
                Poll::Ready(Ok(()))
            }
            None => Poll::Pending,
        }
    }
}

pub(crate) fn count(report: &mut Report) -> io::Result<()> {
    let [default, large, ours] = ["default", "large", "ours"].map(resident);
    let (default, large, ours) = (default?, large?, ours?);
    let workload = "1,000 streams that wait";
    // A page more or less in a hundred streams is the allocator's.
    report.line("RSS", workload, "KiB a stream", ("ReaderStream 64 KiB", large), ours, 1.1 * large);
    report.line("RSS", workload, "KiB a stream", ("ReaderStream", default), ours, f64::INFINITY);
    Ok(())
}

/// A process of its own, whose memory nobody else has used.
fn resident(who: &str) -> io::Result<f64> {
    let output = Command::new(env::current_exe()?).args(["hold", who]).output()?;
    String::from_utf8_lossy(&output.stdout).trim().parse().map_err(io::Error::other)
}

/// What that process does: it prints how many KiB it holds for a stream.
pub(crate) fn hold(who: &str) -> io::Result<()> {
    let reader = || Idle { message: Some(&[7; 100]) };
    let kib = match who {
        "default" => held(|| ReaderStream::new(reader())),
        "large" => held(|| ReaderStream::with_capacity(reader(), 65_536)),
        _ => held(|| FromRead::new(reader())),
    }?;
    println!("{kib}");
    Ok(())
}

fn held<S>(stream: impl Fn() -> S) -> io::Result<f64>
where
    S: Stream<Item = io::Result<Bytes>> + Unpin,
{
    let mut cx = Context::from_waker(Waker::noop());
    let mut streams = Vec::with_capacity(STREAMS);
    let before = pages()?;
    for _ in 0..STREAMS {
        let mut stream = stream();
        assert!(matches!(Pin::new(&mut stream).poll_next(&mut cx), Poll::Ready(Some(Ok(_)))));
        assert!(Pin::new(&mut stream).poll_next(&mut cx).is_pending());
        streams.push(stream);
    }
    Ok((pages()? - before) * 4.0 / STREAMS as f64)
}

fn pages() -> io::Result<f64> {
    let told = fs::read_to_string("/proc/self/statm")?;
    let resident = told.split(' ').nth(1).and_then(|pages| pages.parse().ok());
    resident.ok_or_else(|| io::Error::other("the kernel tells no size"))
}

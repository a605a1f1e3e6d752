//! Scripts played as every kind of foreign source, by the kit. All of them are hostile: they panic if they are polled after their
//! end or their error, or for no bytes at all.

pub use byte_stream::testing::Pulls;
use byte_stream::testing::{self, RawBody, RawIter, RawReader, RawStream};

use crate::script::{Script, Step};

/// A kind of foreign source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// A futures `Stream` of results of chunks.
    Stream,
    /// An iterator of the same.
    Iter,
    /// A function that polls for the same.
    PollFn,
    /// A tokio `AsyncRead`.
    Read,
    /// A tokio `AsyncBufRead`.
    BufRead,
    /// A futures `AsyncRead`.
    FuturesRead,
    /// A futures `AsyncBufRead`.
    FuturesBufRead,
    /// A reader that takes the buffer, and is `Pending` with both in its hands.
    Owned,
    /// A body that says neither how long it is nor when it is over.
    Body,
    /// A body that says both.
    SizedBody,
    /// A future that writes.
    Writer,
    /// A sender, in the task that reads.
    Channel,
    /// A file that has been written before, read without a tokio runtime. It never waits.
    File,
}

impl Foreign {
    /// All kinds that can play any script.
    pub const ALL: [Foreign; 12] = [
        Foreign::Stream,
        Foreign::Iter,
        Foreign::PollFn,
        Foreign::Read,
        Foreign::BufRead,
        Foreign::FuturesRead,
        Foreign::FuturesBufRead,
        Foreign::Owned,
        Foreign::Body,
        Foreign::SizedBody,
        Foreign::Writer,
        Foreign::Channel,
    ];

    /// All kinds that can play this script: a file cannot be told to fail.
    pub fn for_script(script: &Script) -> impl Iterator<Item = Foreign> + use<> {
        let fails = script.steps.iter().any(|step| matches!(step, Step::Error(..) | Step::Interrupted));
        Foreign::ALL.into_iter().chain((!fails).then_some(Foreign::File))
    }

    /// Whether it is a reader, which may be interrupted.
    #[must_use]
    pub fn is_reader(self) -> bool {
        use Foreign::{BufRead, FuturesBufRead, FuturesRead, Owned, Read};
        matches!(self, Read | BufRead | FuturesRead | FuturesBufRead | Owned)
    }

    /// Whether it can be `Pending`.
    #[must_use]
    pub fn waits(self) -> bool {
        !matches!(self, Foreign::Iter | Foreign::File)
    }

    /// Whether it has trailers.
    #[must_use]
    pub fn has_trailers(self) -> bool {
        matches!(self, Foreign::Body | Foreign::SizedBody) || self.is_pushed()
    }

    /// Whether its bytes are sent and not fetched.
    #[must_use]
    pub fn is_pushed(self) -> bool {
        matches!(self, Foreign::Writer | Foreign::Channel)
    }
}

/// A script as a `Stream`.
pub fn stream(script: &Script, pulls: &Pulls) -> RawStream {
    script.over(Foreign::Stream).raw_stream().counted_by(pulls)
}

/// A script as an iterator.
pub fn iter(script: &Script, pulls: &Pulls) -> RawIter {
    script.over(Foreign::Iter).raw_iter().counted_by(pulls)
}

/// A script as a reader of both worlds, with a buffer or, for whoever only reads, without one.
pub fn reader(script: &Script, pulls: &Pulls) -> RawReader {
    script.over(Foreign::Read).raw_reader().counted_by(pulls)
}

/// A script as a body, which says nothing of its length and does not know its end before it comes.
pub fn body(script: &Script, pulls: &Pulls) -> RawBody {
    script.over(Foreign::Body).raw_body().counted_by(pulls)
}

/// A script as a body that says that it is so long, whether that is true or not, and knows its end.
pub fn announcing_body(script: &Script, pulls: &Pulls, length: u64) -> RawBody {
    script.over(Foreign::SizedBody).declared(length).raw_body().counted_by(pulls)
}

impl Script {
    /// The steps of such a source. None of them is behind its error, so that it is hostile to whoever asks for more.
    fn over(&self, foreign: Foreign) -> testing::Script {
        let mut failed = false;
        let steps = self.steps.iter().take_while(|step| {
            let goes_on = !failed;
            failed |= match step {
                Step::Error(..) => true,
                Step::Interrupted => !foreign.is_reader(),
                _ => false,
            };
            goes_on
        });
        testing::Script::new(steps.map(Step::raw))
    }
}

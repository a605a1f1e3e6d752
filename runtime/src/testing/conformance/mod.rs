//! The contract of every [`ByteStream`](trait@crate::ByteStream), held against a stream.

mod call;
mod exam;
mod expected;
mod face;
mod foreign;
mod line;
mod log;
mod quiet;
mod shrink;
mod subject;
mod whole;

use std::error::Error;
use std::fmt;

pub use call::{Call, Way};
use call::{Manner, Random};
use exam::Broken;
pub use expected::Expected;
pub use line::Line;
pub use log::Log;
pub use subject::Subject;
pub use whole::AllViews;

/// Holds the contract of every [`ByteStream`](trait@crate::ByteStream) against a stream of your own: `conformance(|| my_stream(), b"..")`.
///
/// `make` is called for each of some hundred runs and must make the same stream each time: unread, and over sources that need no
/// runtime, such as [`stream!`](crate::stream!) and its raw sources. Each run reads the stream to its end and beyond, through every
/// view by itself with many sizes of buffers, and through all of them mixed; with a new waker at each poll, and with futures that
/// are dropped. What a raw source below it sees is checked too: that it is not polled after its end, nor for no bytes, and that its memory is
/// let go. [`Line`] lists what is checked; [`Conformance`] has the settings.
///
/// # Panics
///
/// If a line of the contract is broken. The message names the line and the calls that show it, as few as do.
///
/// # Examples
///
/// ```
/// use byte_stream::testing::conformance;
/// use byte_stream::{ByteStream, FromStream, stream};
///
/// #[derive(ByteStream)]
/// struct Download<S> {
///     #[byte_stream(source)]
///     header: bytes::Bytes,
///     #[byte_stream(source)]
///     body: FromStream<S>,
/// }
///
/// conformance(
///     || Download { header: "header, ".into(), body: stream!["bo", b"", pending, "dy"].raw_stream().into() },
///     "header, body",
/// );
/// ```
#[track_caller]
pub fn conformance<'a, S: Into<Subject<'a>>>(make: impl FnMut() -> S + 'a, expected: impl Into<Expected>) {
    Conformance::new(make, expected).run();
}

/// The settings of [`conformance`].
#[must_use = "nothing is checked unless it is run"]
pub struct Conformance<'a> {
    make: Box<dyn FnMut(&Log) -> Subject<'a> + 'a>,
    expected: Expected,
    seed: u64,
    rounds: u32,
}

impl<'a> Conformance<'a> {
    /// A stream, and what should come of it.
    pub fn new<S: Into<Subject<'a>>>(mut make: impl FnMut() -> S + 'a, expected: impl Into<Expected>) -> Self {
        Self::inspected(move |_| make(), expected)
    }

    /// A stream that an inspector of this log looks into: [`Line::Inspector`] is checked too.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::testing::Conformance;
    /// use byte_stream::{Inspect, stream};
    ///
    /// let inspected = Conformance::inspected(|log| Inspect::new(stream!["a", pending, "b"], log.inspector()), "ab");
    /// inspected.run();
    /// ```
    pub fn inspected<S: Into<Subject<'a>>>(
        mut make: impl FnMut(&Log) -> S + 'a,
        expected: impl Into<Expected>,
    ) -> Self {
        const SEED: u64 = 0x0b_7e5;
        const ROUNDS: u32 = 200;
        let make = Box::new(move |log: &Log| make(log).into());
        Conformance { make, expected: expected.into(), seed: SEED, rounds: ROUNDS }
    }

    /// Where the mixed calls begin. The same seed makes the same calls.
    pub fn seed(self, seed: u64) -> Self {
        Conformance { seed, ..self }
    }

    /// How many runs have mixed calls, where 200 have them otherwise.
    pub fn rounds(self, rounds: u32) -> Self {
        Conformance { rounds, ..self }
    }

    /// Checks it.
    ///
    /// # Panics
    ///
    /// If a line of the contract is broken.
    #[track_caller]
    pub fn run(self) {
        if let Err(fault) = self.check() {
            panic!("{fault}");
        }
    }

    /// Checks it, and says which line is broken.
    ///
    /// # Errors
    ///
    /// The first fault that is found.
    pub fn check(mut self) -> Result<(), Fault> {
        let ways = (self.make)(&Log::default()).0.ways();
        for &way in &ways {
            for manner in [Manner::Plain, Manner::Twice, Manner::Dropped] {
                for &size in way.sizes() {
                    // What a hundred small calls leave is read at once.
                    let calls = vec![Call { way, size, manner }; 100];
                    self.try_calls(&calls)?;
                }
            }
        }
        let mut random = Random::new(self.seed);
        for _ in 0..self.rounds {
            self.try_calls(&random.calls(&ways))?;
        }
        exam::consume_too_much(&mut self.make).map_err(|(line, what)| self.fault(line, what, Vec::new()))
    }

    fn try_calls(&mut self, calls: &[Call]) -> Result<(), Fault> {
        let Conformance { make, expected, .. } = self;
        let mut run = |calls: &[Call]| exam::run(make, expected, calls);
        let Err(broken) = run(calls) else { return Ok(()) };
        let (calls, (line, what)): (Vec<Call>, Broken) = shrink::shrink(calls, broken, &mut run);
        let line = if line == Line::Content && are_mixed(&calls) { Line::Mixed } else { line };
        Err(self.fault(line, what, calls))
    }

    fn fault(&self, line: Line, what: String, calls: Vec<Call>) -> Fault {
        Fault { line, what, calls, seed: self.seed }
    }
}

/// Whether these calls, of which none can be left out, are more than one way by itself.
fn are_mixed(calls: &[Call]) -> bool {
    calls.windows(2).any(|pair| pair[0].way != pair[1].way) || calls.iter().any(|call| call.manner == Manner::Dropped)
}

impl fmt::Debug for Conformance<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Conformance { make: _, expected, seed, rounds } = self;
        let mut debug = f.debug_struct("Conformance");
        debug.field("expected", expected).field("seed", seed).field("rounds", rounds).finish_non_exhaustive()
    }
}

/// A line of the contract that a stream breaks.
#[derive(Clone, Debug)]
pub struct Fault {
    line: Line,
    what: String,
    calls: Vec<Call>,
    seed: u64,
}

impl Fault {
    /// The line.
    #[must_use]
    pub fn line(&self) -> Line {
        self.line
    }

    /// The calls that show it: none of them can be left out. The rest of the stream is read after them, in the way of the last.
    #[must_use]
    pub fn calls(&self) -> &[Call] {
        &self.calls
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fault { line, what, calls, seed } = self;
        write!(f, "{line}\n  but {what}\n")?;
        match &calls[..] {
            [] => f.write_str("  when it is read to its end")?,
            calls => write!(f, "  after the calls {calls:?}")?,
        }
        write!(f, "\n  (`Conformance::seed({seed:#x})`)")
    }
}

impl Error for Fault {}

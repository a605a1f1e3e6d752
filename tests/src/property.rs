//! Any bytes as a script, a source, an adapter and the calls that are made: what a property test and a fuzzer have in common.

use std::io;

use byte_stream::testing::{Conformance, Expected, Fault, Pulls, Subject};
use bytes::Bytes;

use crate::foreign::Foreign;
use crate::script::{Script, Step};
use crate::sources::Wrapped;
use crate::task;

/// A stream, what must come of it, and where its calls begin.
#[derive(Debug)]
pub struct Case {
    foreign: Foreign,
    wrapped: Wrapped,
    script: Script,
    seed: u64,
}

impl Case {
    /// Reads a case off the bytes. Any will do; those that are missing are 0.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let mut bytes = bytes.iter().copied();
        let mut next = || bytes.next().unwrap_or_default();
        let wrapped = Wrapped::ALL[usize::from(next()) % Wrapped::ALL.len()];
        let foreign = Foreign::ALL[usize::from(next()) % Foreign::ALL.len()];
        let seed = u64::from_le_bytes([next(), next(), next(), next(), 0, 0, 0, 0]);
        let mut script = Script::default();
        while let Some(byte) = bytes.next() {
            script.steps.push(step(byte, bytes.next().unwrap_or_default()));
        }
        Case { foreign, wrapped, script, seed }
    }

    /// Holds the contract against it.
    ///
    /// # Errors
    ///
    /// If a line of it is broken.
    pub fn check(&self) -> Result<(), Fault> {
        const ROUNDS: u32 = 10;
        let _clock = self.wrapped.waits().then(task::clock);
        let open = || Subject::with_own_views(self.wrapped.open(self.foreign, &self.script, &Pulls::default()));
        Conformance::new(open, self.expected()).seed(self.seed).rounds(ROUNDS).check()
    }

    fn expected(&self) -> Expected {
        let promise = self.script.promise(self.foreign);
        match (&promise.failure, self.wrapped) {
            // Of two sources, only the trailers of the last come out.
            (None, Wrapped::Sequence | Wrapped::Chained) => Expected::new(promise.bytes),
            _ => promise.into(),
        }
    }
}

/// Most steps are chunks: small ones, and some that no buffer of the kit's holds.
fn step(kind: u8, size: u8) -> Step {
    match kind % 16 {
        0..=7 => Step::Chunk((0..size % 40).collect()),
        8 => Step::Chunk(Bytes::from(vec![size; 300 * usize::from(size)])),
        9 | 10 => Step::EMPTY,
        11 | 12 => Step::Pending,
        13 => Step::Interrupted,
        14 => Step::Trailer("x-sum", "1"),
        _ if size < 128 => Step::Error(io::ErrorKind::ConnectionReset, "reset"),
        _ => Step::Error(io::ErrorKind::Interrupted, "not an EINTR"),
    }
}

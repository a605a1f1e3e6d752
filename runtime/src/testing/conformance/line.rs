//! The lines of the contract that a run can check.

use std::fmt;

/// A line of the contract of every [`ByteStream`](trait@crate::ByteStream), as [`Conformance`](super::Conformance) checks it.
///
/// Auto traits (`Send`, `Sync`, `Unpin`) are for the compiler to check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Line {
    /// The bytes, and what ends them, are what was expected, through each view by itself.
    Content,
    /// An empty chunk is never handed out, and a run of them gives other tasks their turn.
    EmptyChunk,
    /// The end is final: every view keeps saying it, and the source is not polled again.
    End,
    /// An error is reported once, after all bytes before it, by a call that delivers none; then nothing more comes.
    Error,
    /// `Interrupted` is tried again over a reader, and an error over anything else; it is never an end.
    Interrupted,
    /// A read into an empty buffer returns at once, polls nothing, and is not the end.
    EmptyBuffer,
    /// Views may be mixed at any point, and a future that is dropped loses nothing.
    Mixed,
    /// A partly filled buffer is appended to, and what is initialised stays so.
    FilledBuffer,
    /// No chunk is larger than was asked for, and its bytes lie where the source had them.
    Pointers,
    /// After a peek the same bytes are lent again, without a poll; at most what was lent can be consumed.
    Lending,
    /// `Pending` comes with the waker of this poll registered, and nothing wakes itself.
    Wakers,
    /// The length never lies: what comes lies within the bounds that were given.
    Length,
    /// The state never goes back, and tells the end from a failure; the views say the same.
    State,
    /// An inspector sees every byte once, in order, before the consumer does.
    Inspector,
    /// Pending, it holds at most a block of its source's memory; at its end and after an error, none.
    Memory,
    /// It does not panic.
    Panic,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Line::Content => "the content is not what was expected",
            Line::EmptyChunk => "an empty chunk is never handed out, and a run of them yields",
            Line::End => "the end is final",
            Line::Error => "an error is reported once, after all bytes before it, and nothing comes after it",
            Line::Interrupted => "`Interrupted` is tried again over a reader, and an error over anything else",
            Line::EmptyBuffer => "a read into an empty buffer returns at once, polls nothing, and is not the end",
            Line::Mixed => "views may be mixed, and a dropped future loses nothing",
            Line::FilledBuffer => "a partly filled buffer is appended to, and what is initialised stays so",
            Line::Pointers => "a chunk is no larger than was asked for, and lies where the source had it",
            Line::Lending => "what was lent is lent again, and no more than that is consumed",
            Line::Wakers => "`Pending` comes with the current waker registered, and nothing wakes itself",
            Line::Length => "the length never lies",
            Line::State => "the state never goes back, and tells the end from a failure",
            Line::Inspector => "an inspector sees every byte once, in order, before the consumer does",
            Line::Memory => "no more of the source's memory is held than a block, and none after the end",
            Line::Panic => "a stream does not panic",
        })
    }
}

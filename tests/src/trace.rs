//! What came out of a stream, call by call.

use std::future::poll_fn;

use byte_stream::{ByteStream, State};
use http::HeaderMap;

use crate::script::Promise;
use crate::sources::Source;
use crate::task;
use crate::views::{Got, Through};

/// What a stream says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Says {
    /// How far it has come.
    pub state: State,
    /// How many bytes are still to come.
    pub left: (u64, Option<u64>),
    /// Whether the `Stream` view is over.
    pub is_terminated: bool,
    /// Whether the `Body` view is over.
    pub is_end_stream: bool,
}

impl Says {
    /// Asks it.
    #[must_use]
    pub fn of(source: &Source) -> Self {
        Says {
            state: source.state(),
            left: source.bytes_left(),
            is_terminated: futures_util::stream::FusedStream::is_terminated(source),
            is_end_stream: http_body::Body::is_end_stream(source),
        }
    }
}

/// One call, and what the stream said before and after it.
#[derive(Clone, Debug)]
pub struct Call {
    /// Before it.
    pub before: Says,
    /// What it brought.
    pub got: Got,
    /// How many polls it took.
    pub polls: usize,
    /// After it.
    pub after: Says,
}

/// All calls from the beginning of a stream to a while after its end.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// Up to the one that said "end", or failed.
    pub calls: Vec<Call>,
    /// The trailers, whichever way they came.
    pub trailers: HeaderMap,
    /// A few more.
    pub afterwards: Vec<Call>,
}

/// One call.
pub fn get(source: &mut Source, through: Through, size: usize) -> Call {
    let before = Says::of(source);
    let (got, polls) = task::drive_counting(poll_fn(|cx| through.poll_get(source.as_mut(), cx, size)));
    Call { before, got, polls, after: Says::of(source) }
}

/// Takes the trailers from the core.
///
/// # Panics
///
/// If there is an error in their place, which no source here has.
pub fn take_trailers(source: &mut Source) -> Option<HeaderMap> {
    let taken = task::drive(poll_fn(|cx| source.as_mut().poll_trailers(cx)));
    taken.map(|trailers| trailers.expect("no source here fails in its trailers").into())
}

/// Reads a stream to its end and beyond. `next` says how each call is made.
pub fn drain_with(source: &mut Source, mut next: impl FnMut() -> (Through, usize)) -> Trace {
    const AFTERWARDS: usize = 3;
    let mut trace = Trace::default();
    loop {
        let (through, size) = next();
        let call = get(source, through, size);
        if let Got::Trailers(trailers) = &call.got {
            trace.trailers.extend(trailers.clone());
        }
        let last = matches!(call.got, Got::End | Got::Error(_));
        trace.calls.push(call);
        if last {
            break;
        }
    }
    trace.trailers.extend(take_trailers(source).unwrap_or_default());
    for _ in 0..AFTERWARDS {
        let (through, size) = next();
        trace.afterwards.push(get(source, through, size));
    }
    trace
}

/// Reads a stream to its end and beyond, through one view.
pub fn drain(source: &mut Source, through: Through, size: usize) -> Trace {
    drain_with(source, || (through, size))
}

impl Trace {
    /// What came out of it, to be compared with what was promised.
    #[must_use]
    pub fn outcome(&self) -> Promise {
        let mut outcome = Promise { trailers: self.trailers.clone(), ..Promise::default() };
        for call in &self.calls {
            match &call.got {
                Got::Bytes(bytes) => outcome.bytes.extend_from_slice(bytes),
                Got::Error(failure) => outcome.failure = Some(failure.clone()),
                Got::Trailers(_) | Got::End => {}
            }
        }
        outcome
    }

    /// Holds what came against what the stream had said before each call.
    ///
    /// # Panics
    ///
    /// If more came than there was to be, or less and no error.
    pub fn check_lengths(&self) {
        let outcome = self.outcome();
        let mut left = outcome.bytes.len() as u64;
        for call in &self.calls {
            let (least, most) = call.before.left;
            assert!(most.is_none_or(|most| left <= most), "{left} came after {:?}", call.before);
            assert!(outcome.failure.is_some() || least <= left, "{left} came after {:?}", call.before);
            if let Got::Bytes(bytes) = &call.got {
                left -= bytes.len() as u64;
            }
        }
    }

    /// All calls, those after the end too.
    pub fn all(&self) -> impl Iterator<Item = &Call> {
        self.calls.iter().chain(&self.afterwards)
    }
}

//! What an inspector may say, and when it is asked.

use std::{io, mem};

use crate::error::never_interrupted;
use crate::{State, Trailers};

/// Sees the bytes of an [`Inspect`](super::Inspect) on their way.
///
/// A closure `FnMut(&[u8])` is one.
pub trait Inspector {
    /// Sees the next bytes, never none. Each byte is shown once, in order, before the consumer can see it.
    ///
    /// # Errors
    ///
    /// An error fails the stream, and withholds all of these bytes. How many they are depends on the consumer's buffer.
    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Whether there is a [`verdict`](Self::verdict). It must not change. Provided: no.
    ///
    /// If there is, the stream has no upper bound of its length, and its end comes in a call of its own: an HTTP/1 client
    /// which knew the length would not ask for the end.
    fn has_verdict(&self) -> bool {
        false
    }

    /// Judges the whole, after its last byte. Provided: good.
    ///
    /// # Errors
    ///
    /// An error comes in the place of the stream's end.
    fn verdict(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Whether [`trailers`](Self::trailers) is to be asked also for a stream that has none. It must not change. Provided: no.
    ///
    /// If it is, the stream has no upper bound of its length: an HTTP/1 message that has a length has no trailers.
    fn adds_trailers(&self) -> bool {
        false
    }

    /// Sees the trailers, and may add to them. Provided: as they are.
    ///
    /// # Errors
    ///
    /// An error comes in the place of the trailers, and the stream has failed. [`end`](Self::end) has been told `Complete` by then.
    fn trailers(&mut self, trailers: Trailers) -> io::Result<Trailers> {
        Ok(trailers)
    }

    /// Is told how it went, once: in the call that hands out the last byte, if the stream then knows that it is the last, else with
    /// its end. Provided: nothing.
    fn end(&mut self, outcome: &Outcome<'_>) {
        let _ = outcome;
    }
}

/// How it went.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Outcome<'a> {
    /// Every byte has been handed out.
    Complete,
    /// The stream has failed, or the inspector has failed it.
    Failed(&'a io::Error),
    /// The stream was dropped before its end.
    Dropped,
}

impl<F: FnMut(&[u8])> Inspector for F {
    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self(bytes);
        Ok(())
    }
}

/// An inspector, and what it has been told. It sees no byte twice and hears of one end.
pub(super) struct Hook<H: Inspector> {
    /// There until it is taken out.
    inspector: Option<H>,
    told: Told,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    Nothing,
    Complete,
    Failed,
}

impl<H: Inspector> Hook<H> {
    pub(super) fn new(inspector: H) -> Self {
        Hook { inspector: Some(inspector), told: Told::Nothing }
    }

    pub(super) fn get(&self) -> &H {
        self.inspector.as_ref().expect("only `into_inner` takes it, and the hook with it")
    }

    fn get_mut(&mut self) -> &mut H {
        self.inspector.as_mut().expect("only `into_inner` takes it, and the hook with it")
    }

    pub(super) fn into_inner(mut self) -> H {
        self.inspector.take().expect("nobody has taken it")
    }

    pub(super) fn has_verdict(&self) -> bool {
        self.get().has_verdict()
    }

    pub(super) fn has_ended(&self) -> bool {
        self.told == Told::Complete
    }

    pub(super) fn has_failed(&self) -> bool {
        self.told == Told::Failed
    }

    pub(super) fn show(&mut self, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        self.get_mut().bytes(bytes).map_err(|error| self.failed(never_interrupted(error)))
    }

    /// The stream was seen in this state after its bytes were handed out. A verdict waits for the call that asks for the end.
    pub(super) fn saw_end_of(&mut self, state: State) {
        if state.is_over() && !self.has_verdict() {
            self.complete();
        }
    }

    /// The stream has said that there is no more.
    pub(super) fn judge(&mut self) -> io::Result<()> {
        if self.told == Told::Nothing {
            self.get_mut().verdict().map_err(|error| self.failed(never_interrupted(error)))?;
            self.complete();
        }
        Ok(())
    }

    pub(super) fn trailers(&mut self, trailers: Trailers) -> io::Result<Trailers> {
        self.get_mut().trailers(trailers).map_err(|error| self.failed(never_interrupted(error)))
    }

    fn complete(&mut self) {
        if self.told == Told::Nothing {
            self.told = Told::Complete;
            self.get_mut().end(&Outcome::Complete);
        }
    }

    /// Tells of an error, and hands it on.
    pub(super) fn failed(&mut self, error: io::Error) -> io::Error {
        // Before the hook hears of it: if it panics, the drop has nothing more to tell.
        if mem::replace(&mut self.told, Told::Failed) == Told::Nothing {
            self.get_mut().end(&Outcome::Failed(&error));
        }
        error
    }
}

impl<H: Inspector> Drop for Hook<H> {
    fn drop(&mut self) {
        if let (Told::Nothing, Some(inspector)) = (self.told, &mut self.inspector) {
            inspector.end(&Outcome::Dropped);
        }
    }
}

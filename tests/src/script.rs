//! What a source does, step by step, and what is promised of a stream over it.

use std::{error, fmt, io};

use byte_stream::literal;
use byte_stream::testing::Expected;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::foreign::Foreign;

/// One thing that a source does. After the last step comes the end.
#[derive(Clone, Debug)]
pub enum Step {
    /// Bytes, or none: a reader has no empty chunks, and goes on to the next step.
    Chunk(Bytes),
    /// Not now. An iterator goes on to the next step.
    Pending,
    /// An `EINTR`: from a reader it is to be tried again, from anything else it is an error.
    Interrupted,
    /// An error of this kind, with a [`Payload`].
    Error(io::ErrorKind, &'static str),
    /// A trailer field. Only a body has any, and who pushes.
    Trailer(&'static str, &'static str),
}

impl Step {
    /// The chunk without bytes.
    pub const EMPTY: Step = Step::Chunk(Bytes::new());

    /// The step as the kit plays it.
    pub(crate) fn raw(&self) -> literal::Step {
        match self {
            Step::Chunk(chunk) => literal::Step::Chunk(chunk.clone()),
            Step::Pending => literal::Step::Pending(1),
            Step::Interrupted => literal::Step::Error(io::ErrorKind::Interrupted),
            Step::Error(kind, text) => literal::Step::Fail(io::Error::new(*kind, Payload(text)).into()),
            Step::Trailer(name, value) => {
                let field = (HeaderName::from_static(name), HeaderValue::from_static(value));
                literal::Step::Trailers(HeaderMap::from_iter([field]).into())
            }
        }
    }
}

/// What an error of a script carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payload(pub &'static str);

impl fmt::Display for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl error::Error for Payload {}

/// The steps of a source.
#[derive(Clone, Debug, Default)]
pub struct Script {
    /// In the order in which they are played.
    pub steps: Vec<Step>,
}

impl Script {
    /// These steps, and the end.
    pub fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        Script { steps: steps.into_iter().collect() }
    }

    /// Chunks of these sizes, an empty one before and after each, and `Pending` between. No two bytes near each other are
    /// equal, so none can be lost, doubled or exchanged unseen.
    #[must_use]
    pub fn chunks(sizes: &[usize]) -> Self {
        let mut bytes = (0..251u8).cycle();
        let steps = sizes.iter().flat_map(|&size| {
            let chunk = Step::Chunk(bytes.by_ref().take(size).collect());
            [Step::EMPTY, Step::Pending, chunk, Step::Pending, Step::EMPTY]
        });
        Script::new(steps)
    }

    /// One step more.
    #[must_use]
    pub fn then(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    /// Another script after this one.
    #[must_use]
    pub fn and(mut self, other: Script) -> Self {
        self.steps.extend(other.steps);
        self
    }

    /// The script in two, for two sources.
    #[must_use]
    pub fn halves(&self) -> (Script, Script) {
        let (head, tail) = self.steps.split_at(self.steps.len() / 2);
        (Script { steps: head.to_vec() }, Script { steps: tail.to_vec() })
    }

    /// How many bytes there are in all, also behind an error.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.steps.iter().map(|step| if let Step::Chunk(chunk) = step { chunk.len() as u64 } else { 0 }).sum()
    }

    /// Whether there is no byte in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What has to come out of a stream over a source that plays this.
    #[must_use]
    pub fn promise(&self, foreign: Foreign) -> Promise {
        let mut promise = Promise::default();
        for step in &self.steps {
            match step {
                Step::Chunk(chunk) => promise.bytes.extend_from_slice(chunk),
                Step::Pending => {}
                Step::Interrupted if foreign.is_reader() => {}
                Step::Interrupted => {
                    let error = io::Error::from(io::ErrorKind::Interrupted);
                    return promise.fail(io::ErrorKind::Other, error.to_string());
                }
                Step::Error(io::ErrorKind::Interrupted, text) => {
                    return promise.fail(io::ErrorKind::Other, (*text).into());
                }
                Step::Error(kind, text) => return promise.fail(*kind, (*text).into()),
                Step::Trailer(name, value) if foreign.has_trailers() => {
                    let (name, value) = (HeaderName::from_static(name), HeaderValue::from_static(value));
                    promise.trailers.append(name, value);
                }
                Step::Trailer(..) => {}
            }
        }
        promise
    }
}

/// What comes out of a stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Promise {
    /// All bytes, in order.
    pub bytes: Vec<u8>,
    /// The error in place of the end.
    pub failure: Option<Failure>,
    /// The trailers after a good end.
    pub trailers: HeaderMap,
}

impl Promise {
    fn fail(mut self, kind: io::ErrorKind, payload: String) -> Self {
        self.trailers.clear();
        self.failure = Some(Failure { kind, payload });
        self
    }
}

/// As the kit puts it.
impl From<Promise> for Expected {
    fn from(promise: Promise) -> Self {
        let expected = Expected::new(promise.bytes);
        match promise.failure {
            Some(failure) => expected.failing(failure.kind),
            None => expected.with_trailers(promise.trailers),
        }
    }
}

/// The parts of an error that can be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The kind of the carrier.
    pub kind: io::ErrorKind,
    /// The words of the payload, or of the carrier if it has none.
    pub payload: String,
}

impl From<&io::Error> for Failure {
    fn from(error: &io::Error) -> Self {
        let payload = error.get_ref().map_or_else(|| error.to_string(), ToString::to_string);
        Failure { kind: error.kind(), payload }
    }
}

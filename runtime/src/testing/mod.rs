//! Tests of byte streams, in one line each (feature `testing`).
#[doc(hidden)]
pub mod compare;
mod conformance;
mod raw;
mod script;
pub mod task;

pub use crate::{assert_bytes, assert_chunks, assert_error};
pub use conformance::{AllViews, Call, Conformance, Expected, Fault, Line, Log, Subject, Way, conformance};
#[cfg(feature = "http-body")]
pub use raw::RawBody;
pub use raw::{Pulls, RawIter, RawReader, RawStream};
pub use script::Script;
pub use task::drive;

//! Tests of byte streams, a line a stream (feature `testing`, for `[dev-dependencies]`).
//!
//! - [`stream!`](crate::stream!) writes a stream down: chunks, empty ones, `pending`, errors, trailers. It needs no feature.
//! - `raw_stream()`, `raw_reader()`, `raw_iter()` and `raw_body()` turn the literal, or a [`Script`] of computed steps, into a foreign source
//!   that does exactly what is written and panics if it is misused: for tests of what wraps foreign sources.
//! - [`assert_bytes!`], [`assert_chunks!`] and [`assert_error!`] compare what comes, from whatever kind of stream, with what was
//!   expected. They need no runtime, and fail where they would hang.
//! - [`conformance`] holds the contract of every [`ByteStream`](trait@crate::ByteStream) against a stream of your own.
//!
//! # Examples
//!
//! ```
//! use byte_stream::adapter::LengthGuard;
//! use byte_stream::testing::conformance;
//! use byte_stream::{FromStream, assert_chunks, assert_error, stream};
//!
//! let guarded = |most| LengthGuard::new(FromStream::new(stream!["hel", b"", pending, "lo"].raw_stream()), ..=most);
//!
//! assert_chunks!(guarded(5), ["hel", "lo"]);
//! assert_error!(guarded(4), after "hel", InvalidData);
//! conformance(|| guarded(5), "hello");
//! ```

#[doc(hidden)]
pub mod compare;
mod conformance;
mod raw;
mod script;
pub mod task;

pub use conformance::{AllViews, Call, Conformance, Expected, Fault, Line, Log, Subject, Way, conformance};
#[cfg(feature = "http-body")]
pub use raw::RawBody;
pub use raw::{Pulls, RawIter, RawReader, RawStream};
pub use script::Script;
pub use task::drive;

#[doc(inline)]
pub use crate::{assert_bytes, assert_chunks, assert_error};

//! byte-stream beside its peers and beside what the machine can do at best, in one run.
//!
//! [`rows`] says what is compared, a file a family; [`harness`] knows how, and nothing of streams.

#![expect(clippy::missing_panics_doc, reason = "where a measurement went wrong there is nothing to go on with")]

pub mod drain;
pub mod harness;
pub mod rows;
pub mod source;

//! The crates that the library stands between, for real: over sockets, through codecs.

mod codecs;
mod failures;
mod limits;
mod server;
mod transfer;
mod writers;

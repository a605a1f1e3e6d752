//! The crates that the library stands between, for real: over sockets, through codecs.

mod codecs;
mod limits;
mod server;
mod transfer;

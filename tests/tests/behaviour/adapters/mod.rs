//! Adapters, one by one.

mod channel;
mod from_writer;
mod sender;

//! What each adapter promises of its own.

mod chain;
mod channel;
mod coalesce;
mod codec;
mod deadline;
mod digester;
mod file;
mod from_read;
mod from_writer;
mod holding;
mod idle_timeout;
mod instrumented;
mod poll_fn;
mod progress;
mod rechunk;
mod sender;
mod stop_when;

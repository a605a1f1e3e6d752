//! What each adapter promises of its own.

mod channel;
mod coalesce;
mod deadline;
mod file;
mod from_writer;
mod holding;
mod idle_timeout;
mod sender;
mod stop_when;

//! What each adapter promises of its own.

mod coalesce;
mod deadline;
mod file;
mod holding;
mod idle_timeout;
mod stop_when;

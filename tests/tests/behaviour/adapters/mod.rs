//! What each adapter promises of its own.

mod coalesce;
mod deadline;
mod holding;
mod idle_timeout;
mod stop_when;

//! What each adapter promises of its own.

mod coalesce;
mod deadline;
mod idle_timeout;
mod stop_when;

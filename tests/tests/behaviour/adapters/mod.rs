//! What each adapter promises of its own.

mod coalesce;
mod idle_timeout;
mod stop_when;

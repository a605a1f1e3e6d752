//! What each adapter promises of its own.

mod coalesce;
mod codec;

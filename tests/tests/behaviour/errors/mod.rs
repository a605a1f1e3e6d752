//! How an error travels, and how it gets out again.

mod derive;
mod entry;
mod provenance;
mod round_trips;

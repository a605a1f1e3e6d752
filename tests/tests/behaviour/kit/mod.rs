//! `stream!` and the testing kit.

mod adapters;
mod peers;
mod planted;

//! Real cases from real projects.

mod bounded;
mod decoder;
mod metered;
mod peeked;
mod upload;

//! Real cases from real projects.

mod decoder;
mod peeked;
mod upload;

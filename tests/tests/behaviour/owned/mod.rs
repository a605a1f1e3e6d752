//! Reads that own their buffer, out and in.

mod from_owned;
mod hostile;
mod reads;

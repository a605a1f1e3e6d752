//! Adapters, one by one.

mod file;

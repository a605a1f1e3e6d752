//! Adapters, one by one.

mod codec;

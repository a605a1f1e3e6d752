//! What single adapters promise beyond the contract.

mod chain;
mod poll_fn;
mod rechunk;

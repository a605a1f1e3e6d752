//! What single adapters promise beyond the contract.

mod poll_fn;
mod rechunk;

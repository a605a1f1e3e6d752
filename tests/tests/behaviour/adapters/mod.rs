//! What single adapters promise beyond the contract.

mod chain;
mod digester;
mod instrumented;
mod poll_fn;
mod progress;
mod rechunk;

//! What the derive and the runtime promise.

mod adapters;
mod cases;
mod contract;
mod derive;
mod errors;
mod ext;
mod kit;
mod names;
mod owned;

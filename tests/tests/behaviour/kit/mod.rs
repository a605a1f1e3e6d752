//! `stream!` and the testing kit.

mod adapters;
mod compare;
mod literal;
mod peers;
mod planted;
mod verdicts;

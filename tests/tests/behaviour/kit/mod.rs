//! `stream!` and the testing kit.

mod adapters;
mod compare;
mod literal;
mod objectstore;
mod peers;
mod planted;
mod property;
mod verdicts;

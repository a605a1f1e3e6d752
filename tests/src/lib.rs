//! Hostile sources for the tests: scripts that are played as every foreign kind of source, read through every view.

pub mod foreign;
pub mod matrix;
pub mod property;
pub mod pushed;
pub mod script;
pub mod sources;
pub mod task;
pub mod trace;
pub mod views;

/// The README's examples.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

//! Every derive, every argument and `stream!`, where no name means what it usually does. That it compiles without a warning is the
//! test; what is run besides shows that the impls found are the right ones.
#![no_implicit_prelude]
#![deny(warnings)]
#![allow(dead_code, reason = "many a type is there to be compiled")]

#[macro_use]
mod impostors;

mod bodies;
mod fragments;
mod generics;
mod names;
mod recursive;
mod types;

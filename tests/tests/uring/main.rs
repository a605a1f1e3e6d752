//! Streams over the real ring: compio, monoio with both of its drivers, tokio-uring, and tokio beside them.
//!
//! Where the kernel refuses a ring the tests say so and are nothing; with `BYTE_STREAM_REQUIRE_URING=1` they fail there.
#![cfg(target_os = "linux")]

mod allocations;
mod cancel;
mod files;
mod peer;
mod runtimes;
mod transfer;
mod views;

//! What the derive and the runtime promise.

mod cases;

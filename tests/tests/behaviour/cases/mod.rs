//! Real cases from real projects.

mod peeked;

//! How variants are compared.

mod measure;
mod row;
mod table;

pub use measure::{ROUNDS, Report, Trial};
pub use row::{Against, Clock, Goal, Instructions, Row, Variant};
pub use table::{Style, Table};

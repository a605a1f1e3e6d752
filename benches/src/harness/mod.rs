//! How variants are compared.

mod measure;
mod row;
mod table;

pub use measure::{ROUNDS, Report, measure};
pub use row::{Against, Goal, Row, Variant};
pub use table::Table;

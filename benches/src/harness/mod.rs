//! How variants are compared.

mod measure;
mod row;
mod table;

pub use measure::{ROUNDS, Report, measure};
pub use row::{Against, Goal, Instructions, Row, Unit, Variant};
pub use table::Table;

//! What a review leaves on paper: the working paper with every finding, and the statement that the report was reviewed.

mod paper;
mod statement;
#[cfg(test)]
mod tests;

pub use paper::{BarisTemuan, KepalaKertasKerja, working_paper};
pub use statement::{IsiPernyataan, statement};

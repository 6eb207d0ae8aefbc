//! Pohon kinerja: its conditions, changed one by one or as an outline; its links to other offices; its drawing.

mod condition;
mod document;
mod link;

pub use document::{compose_tree, tree_drawings};
pub use link::{Jawaban, UsulanSilang};

//! Cells of a grid: what becomes of them when many are sent at once. All of them are written, or none.

use tolok_domain::id::Kode;
use tolok_domain::{Nilai, Periode};

/// Outcome of a grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HasilSel {
    /// Written as this ledger entry; the version before where no cell differs.
    Tersimpan(i64),
    /// Nothing was written because of these cells.
    Ditolak(Vec<SelDitolak>),
}

/// A cell that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelDitolak {
    /// The indicator, or the node for money.
    pub kode: Kode,
    /// The year, or the part of it.
    pub periode: Periode,
    /// Why, and what to do.
    pub sebab: String,
    /// Whether somebody else has changed it since the user saw it.
    pub bentrok: bool,
    /// What is stored.
    pub tersimpan: Option<Nilai>,
}

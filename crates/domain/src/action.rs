//! Rencana Aksi: how the year's targets are to be reached, step by step (PermenPANRB 53/2014; ).
//!
//! Targets of parts of the year are figures of a document of kind Rencana Aksi, as is the cash plan: ceilings by period. Steps
//! are the work behind them.

use crate::id::Kode;
use crate::period::Periode;
use crate::value::Rupiah;

/// One step towards an indicator's target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Langkah {
    /// Its code within office and year.
    pub kode: Kode,
    /// The indicator that it serves.
    pub indikator: Kode,
    /// What is done.
    pub uraian: String,
    /// The sub-activity (or other budget line) that pays for it.
    pub simpul: Option<Kode>,
    /// When.
    pub periode: Periode,
    /// What comes out of it, with its unit ("2 dokumen").
    pub keluaran: String,
    /// What it costs.
    pub rupiah: Option<Rupiah>,
    /// The unit that does it.
    pub unit: Option<Kode>,
}

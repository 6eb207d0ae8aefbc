//! What people say about figures: obstacles with their follow-up, and comments.

use crate::id::Kode;
use crate::period::Periode;

/// What stood in the way of an indicator in a period, and what is done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kendala {
    /// The indicator.
    pub indikator: Kode,
    /// The period.
    pub periode: Periode,
    /// What stood in the way.
    pub kendala: String,
    /// Why.
    pub sebab: String,
    /// What is done about it.
    pub tindak_lanjut: String,
    /// What became of it by the next period.
    pub hasil: String,
}

/// A comment on an indicator's figures of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Komentar {
    /// Its code, in the order of writing.
    pub kode: Kode,
    /// The indicator.
    pub indikator: Kode,
    /// The period.
    pub periode: Periode,
    /// Who wrote it.
    pub oleh: String,
    /// When, microseconds since 1970 UTC.
    pub waktu: i64,
    /// What.
    pub isi: String,
}

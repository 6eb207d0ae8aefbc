//! Evaluasi AKIP: a worksheet (LKE) whose template is data, answered by the office, by the evaluator and by a second reader, and
//! the score that follows (PermenPANRB 88/2021, PermenPANRB 12/2015, local variants).
//!
//! Nothing here sets an answer. What Tolok knows is a suggestion ([`usul`]), and what nobody has answered is not counted as zero.

mod andai;
mod beda;
mod giliran;
mod gradasi;
mod rekap;
mod sebaran;
mod skor;
pub mod templat;
#[cfg(test)]
mod tests;
pub mod usul;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

pub use andai::{Andai, Kenaikan, next_grade};
pub use beda::{Beda, compare, without_reason};
pub use giliran::{Giliran, has_evaluated, turn};
pub use gradasi::{UsulGradasi, suggest};
pub use rekap::{BarisRekap, Rekap, RekapKomponen, SkorRingkas, Tren, recap, trend};
pub use sebaran::{SebaranEvaluator, Terpaut, spread};
pub use skor::{Skor, SkorKomponen, SkorSubkomponen, score};
pub use templat::{Gradasi, JenisJawaban, Komponen, Kontrol, Kriteria, Pilihan, Subkomponen, Templat};

use crate::id::Kode;
use crate::period::Tahun;
use crate::snapshot::Potret;

/// Whose answer it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Penilai {
    /// The office's own rating (penilaian mandiri).
    Mandiri,
    /// The evaluator (APIP).
    Evaluator,
    /// The second reader (penjamin mutu), who confirms the evaluator.
    PenjaminMutu,
}

impl Penilai {
    /// Everyone, in the order in which they answer.
    pub const ALL: [Self; 3] = [Self::Mandiri, Self::Evaluator, Self::PenjaminMutu];

    /// The word that stands in packages and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mandiri => "mandiri",
            Self::Evaluator => "evaluator",
            Self::PenjaminMutu => "penjamin_mutu",
        }
    }

    /// As a reader sees it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Mandiri => "Penilaian mandiri",
            Self::Evaluator => "Evaluator",
            Self::PenjaminMutu => "Penjamin mutu",
        }
    }
}

/// How far an evaluation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum KeadaanEvaluasi {
    /// The office rates itself.
    #[default]
    Mandiri,
    /// The evaluator works on it.
    Dinilai,
    /// The second reader has it.
    Ditinjau,
    /// The result is out (LHE).
    Terbit,
}

impl KeadaanEvaluasi {
    /// Every state, in order.
    pub const ALL: [Self; 4] = [Self::Mandiri, Self::Dinilai, Self::Ditinjau, Self::Terbit];

    /// The word that stands in packages and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mandiri => "mandiri",
            Self::Dinilai => "dinilai",
            Self::Ditinjau => "ditinjau",
            Self::Terbit => "terbit",
        }
    }

    /// As a reader sees it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Mandiri => "Penilaian mandiri",
            Self::Dinilai => "Dinilai evaluator",
            Self::Ditinjau => "Ditinjau penjamin mutu",
            Self::Terbit => "Terbit",
        }
    }
}

/// One evaluation of an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluasi {
    /// Its code within the office.
    pub kode: Kode,
    /// The year that is evaluated.
    pub tahun: Tahun,
    /// The template by which it is done.
    pub templat: Kode,
    /// How far it has come.
    pub keadaan: KeadaanEvaluasi,
    /// Who evaluates, by office ("Inspektorat Kota Serang").
    pub evaluator: String,
    /// The second reader, by office.
    pub penjamin_mutu: String,
    /// Number of the LHE; empty until it is out.
    pub nomor_lhe: String,
    /// Date of the LHE, ISO text; empty until it is out.
    pub tanggal_lhe: String,
    /// The score as published, 0 to 100; none until it is out. Evaluations of which only the result is known have no answers.
    pub nilai: Option<Decimal>,
    /// Remark.
    pub catatan: String,
    /// Where it comes from.
    pub sumber: String,
}

/// One answer: to a criterion, or the grade of a subkomponen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jawaban {
    /// The evaluation.
    pub evaluasi: Kode,
    /// Code of the criterion or subkomponen.
    pub kode: Kode,
    /// Whose answer.
    pub penilai: Penilai,
    /// The chosen option ("ya", "b", "BB").
    pub pilihan: String,
    /// Why; must be given where it is more than one step from the answer before.
    pub alasan: String,
    /// Evidence: document and page, or what Tolok shows.
    pub bukti: String,
    /// Where it comes from.
    pub sumber: String,
    /// The account that answered; empty straight from a package.
    pub oleh: String,
}

/// The chosen options of one rater by code.
pub type Pilih<'a> = BTreeMap<&'a str, &'a str>;

/// What one rater has chosen in an evaluation.
pub fn chosen<'a>(jawaban: &'a [Jawaban], evaluasi: &str, penilai: Penilai) -> Pilih<'a> {
    let own = jawaban.iter().filter(|j| j.evaluasi == evaluasi && j.penilai == penilai);
    own.map(|j| (j.kode.as_str(), j.pilihan.as_str())).collect()
}

/// What counts: the second reader's answer where there is one, otherwise the evaluator's.
pub fn counted<'a>(jawaban: &'a [Jawaban], evaluasi: &str) -> Pilih<'a> {
    let mut all = chosen(jawaban, evaluasi, Penilai::Evaluator);
    all.extend(chosen(jawaban, evaluasi, Penilai::PenjaminMutu));
    all
}

impl Potret {
    /// The evaluation of that code.
    pub fn evaluation(&self, kode: &str) -> Option<&Evaluasi> {
        self.evaluasi.iter().find(|e| e.kode == kode)
    }

    /// The evaluation of a year, the latest recorded.
    pub fn evaluation_of(&self, tahun: Tahun) -> Option<&Evaluasi> {
        self.evaluasi.iter().rfind(|e| e.tahun == tahun)
    }

    /// The template of that code: the office's own or one of the regulations'.
    pub fn template(&self, kode: &str) -> Option<&Templat> {
        let own = self.templat.iter().find(|t| t.kode == kode);
        own.or_else(|| templat::builtin().iter().find(|t| t.kode == kode))
    }
}

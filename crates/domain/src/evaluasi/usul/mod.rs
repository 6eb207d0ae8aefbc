//! What Tolok already knows about the criteria of PermenPANRB 88/2021: for each a small check over the live data that says how much
//! of it is met, in a sentence, with the records behind it. A suggestion for whoever answers; nothing sets an answer.

mod bahan;
mod evaluasi;
mod hasil;
mod pelaporan;
mod pengukuran;
mod perencanaan;
#[cfg(test)]
mod tests;

use std::fmt;

pub use bahan::Bahan;

use crate::coverage::Cakupan;
use crate::document::JenisDokumen;
use crate::evaluasi::Templat;
use crate::id::Kode;
use crate::period::Periode;
use hasil::Hasil;

/// A record behind a suggestion.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rujukan {
    /// An indicator.
    Indikator(Kode),
    /// A plan node.
    Simpul(Kode),
    /// A document version.
    Dokumen(Kode),
    /// A kind of document of which there is no version.
    TanpaDokumen(JenisDokumen),
    /// A unit, with its agreement.
    Unit(Kode),
    /// An agreement.
    Perjanjian(Kode),
    /// A link to another office.
    Silang(Kode),
    /// The obstacle of an indicator in a period.
    Kendala(Kode, Periode),
    /// All figures of a period.
    Periode(Periode),
    /// A recommendation.
    Rekomendasi(Kode),
    /// An evaluation.
    Evaluasi(Kode),
    /// An answer in an evaluation's worksheet.
    Jawaban(Kode, Kode),
    /// A chapter of the report.
    Narasi(Kode),
    /// A document as it was published.
    Terbitan(Kode),
    /// A record of a register, counted from 0.
    Catatan(Kode, usize),
    /// Where such records stand, where there is none to name.
    Tempat(Tempat),
}

/// Where the records stand that a check looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tempat {
    /// The register of laws.
    LandasanHukum,
    /// The document versions.
    Dokumen,
    /// The plan.
    Rencana,
    /// The pohon kinerja.
    Pohon,
    /// The agreements.
    Perjanjian,
    /// The officials.
    Pejabat,
    /// Ceilings and spending.
    Anggaran,
    /// The indicators with their figures and obstacles.
    Indikator,
    /// The report.
    Laporan,
    /// The findings of the review.
    Reviu,
    /// The evaluations.
    Evaluasi,
    /// The recommendations.
    Rekomendasi,
}

impl Tempat {
    /// Its name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::LandasanHukum => "landasan hukum",
            Self::Dokumen => "dokumen perencanaan",
            Self::Rencana => "rencana",
            Self::Pohon => "pohon kinerja",
            Self::Perjanjian => "Perjanjian Kinerja",
            Self::Pejabat => "pejabat",
            Self::Anggaran => "anggaran",
            Self::Indikator => "indikator",
            Self::Laporan => "Laporan Kinerja",
            Self::Reviu => "reviu",
            Self::Evaluasi => "evaluasi",
            Self::Rekomendasi => "rekomendasi",
        }
    }
}

/// In a sentence.
impl fmt::Display for Rujukan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Indikator(kode)
            | Self::Simpul(kode)
            | Self::Dokumen(kode)
            | Self::Unit(kode)
            | Self::Perjanjian(kode)
            | Self::Silang(kode)
            | Self::Rekomendasi(kode)
            | Self::Evaluasi(kode)
            | Self::Jawaban(_, kode)
            | Self::Narasi(kode)
            | Self::Terbitan(kode) => f.write_str(kode),
            Self::TanpaDokumen(jenis) => f.write_str(jenis.short()),
            Self::Kendala(kode, periode) => write!(f, "{kode} {}", periode.heading()),
            Self::Periode(periode) => f.write_str(&periode.heading()),
            Self::Catatan(register, nomor) => write!(f, "{} nomor {}", register.replace('_', " "), nomor + 1),
            Self::Tempat(tempat) => f.write_str(tempat.label()),
        }
    }
}

/// A suggestion for one criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsulKriteria {
    /// The criterion of PermenPANRB 88/2021.
    pub kriteria: &'static str,
    /// How much of it is met; "0 dari 0" where the data say nothing.
    pub terpenuhi: Cakupan,
    /// The same in a sentence.
    pub kalimat: String,
    /// The records behind it, those that are missing first; never empty, for where there is none it names the place to look at.
    pub bukti: Vec<Rujukan>,
}

impl UsulKriteria {
    /// Whether it is met in full; `None` where the data say nothing.
    pub const fn is_met(&self) -> Option<bool> {
        if self.terpenuhi.dari == 0 { None } else { Some(self.terpenuhi.is_complete()) }
    }
}

/// One check.
#[derive(Clone, Copy)]
struct Periksa {
    /// The criterion.
    kriteria: &'static str,
    /// Where its records stand.
    tempat: Tempat,
    /// What it does.
    periksa: fn(&Bahan<'_>) -> Hasil,
}

const fn check(kriteria: &'static str, tempat: Tempat, periksa: fn(&Bahan<'_>) -> Hasil) -> Periksa {
    Periksa { kriteria, tempat, periksa }
}

/// Every check, in the order of the criteria. What is missing here only people can see: what employees know, what was decided about
/// positions and pay, who is able to evaluate.
const CHECKS: [&[Periksa]; 4] = [&perencanaan::CHECKS, &pengukuran::CHECKS, &pelaporan::CHECKS, &evaluasi::CHECKS];

fn all() -> impl Iterator<Item = &'static Periksa> {
    CHECKS.into_iter().flatten()
}

/// Criteria for which there is a suggestion.
pub fn covered() -> impl Iterator<Item = &'static str> {
    all().map(|p| p.kriteria)
}

/// Suggestions for all covered criteria, in order.
pub fn suggest_all(bahan: &Bahan<'_>) -> Vec<UsulKriteria> {
    all().map(|p| run(p, bahan)).collect()
}

/// The suggestion for a criterion of a template, which may be a local one that names the regulation's criterion as the same.
pub fn suggest_for(templat: &Templat, kode: &str, bahan: &Bahan<'_>) -> Option<UsulKriteria> {
    let setara = templat.criteria().find(|k| k.kode == kode).map(|k| k.setara.as_str())?;
    all().find(|p| p.kriteria == setara).map(|p| run(p, bahan))
}

fn run(periksa: &Periksa, bahan: &Bahan<'_>) -> UsulKriteria {
    let Hasil { terpenuhi, kalimat, mut bukti } = (periksa.periksa)(bahan);
    if bukti.is_empty() {
        bukti.push(Rujukan::Tempat(periksa.tempat));
    }
    UsulKriteria { kriteria: periksa.kriteria, terpenuhi, kalimat, bukti }
}

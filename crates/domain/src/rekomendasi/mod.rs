//! Recommendations and what became of them: steps with a day, a verdict of the office and of the evaluator each year.

mod berulang;
mod giliran;
mod papan;

pub use berulang::{KendalaBerulang, recurring};
pub use giliran::{Jatuh, falling_due};
pub use papan::{BarisRekomendasi, Keterlambatan, Ringkasan, board, summary};

use crate::id::Kode;
use crate::period::Tahun;
use crate::snapshot::Potret;

/// How far the follow-up of a recommendation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum KeadaanTindakLanjut {
    /// Nothing was done.
    #[default]
    Belum,
    /// It is being done.
    Proses,
    /// It is done.
    Selesai,
    /// It cannot be done; the reason stands beside.
    TidakDapat,
}

impl KeadaanTindakLanjut {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Belum, Self::Proses, Self::Selesai, Self::TidakDapat];

    /// The word that stands in packages and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Belum => "belum",
            Self::Proses => "proses",
            Self::Selesai => "selesai",
            Self::TidakDapat => "tidak_dapat",
        }
    }

    /// As a reader sees it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Belum => "Belum ditindaklanjuti",
            Self::Proses => "Dalam proses",
            Self::Selesai => "Selesai",
            Self::TidakDapat => "Tidak dapat ditindaklanjuti",
        }
    }

    /// Whether nothing more is to be done.
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Selesai | Self::TidakDapat)
    }
}

/// How urgent a recommendation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Prioritas {
    /// First.
    Tinggi,
    /// Then.
    Sedang,
    /// Last.
    Rendah,
}

impl Prioritas {
    /// Every priority, the most urgent first.
    pub const ALL: [Self; 3] = [Self::Tinggi, Self::Sedang, Self::Rendah];

    /// The word that stands in packages and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tinggi => "tinggi",
            Self::Sedang => "sedang",
            Self::Rendah => "rendah",
        }
    }

    /// As a reader sees it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Tinggi => "Tinggi",
            Self::Sedang => "Sedang",
            Self::Rendah => "Rendah",
        }
    }
}

/// A recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rekomendasi {
    /// Code within the office and year.
    pub kode: Kode,
    /// Aspect it belongs to ("Perencanaan Kinerja").
    pub aspek: String,
    /// The recommendation.
    pub rekomendasi: String,
    /// What the office does about it, in its words.
    pub tindak_lanjut: String,
    /// State in the office's words ("akan", "sudah"); what counts are the verdicts.
    pub status: String,
    /// The unit in charge.
    pub unit: Option<Kode>,
    /// The evaluation that gave it; its LHE has number and date.
    pub evaluasi: Option<Kode>,
    /// The criterion or subkomponen of that evaluation's template; empty where none is named.
    pub kriteria: Kode,
    /// What was found.
    pub kondisi: String,
    /// The day until which it is to be done, ISO text; empty where none was set.
    pub batas: String,
    /// How urgent it is, where somebody has said.
    pub prioritas: Option<Prioritas>,
    /// Where it comes from.
    pub sumber: String,
}

/// One step of a follow-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LangkahTindakLanjut {
    /// Its code within office and year.
    pub kode: Kode,
    /// The recommendation.
    pub rekomendasi: Kode,
    /// What is done.
    pub uraian: String,
    /// The unit that does it.
    pub unit: Option<Kode>,
    /// Until when, ISO text; empty where not set.
    pub batas: String,
    /// When it was done, ISO text; empty while it is not.
    pub selesai: String,
    /// What shows it: SHA-256 of a file, a document with its page, a link.
    pub bukti: String,
    /// Where it comes from.
    pub sumber: String,
}

/// Who gives a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PemberiPutusan {
    /// The office itself.
    Instansi,
    /// The evaluator.
    Evaluator,
}

impl PemberiPutusan {
    /// Both; who counts more comes last.
    pub const ALL: [Self; 2] = [Self::Instansi, Self::Evaluator];

    /// The word that stands in packages and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Instansi => "instansi",
            Self::Evaluator => "evaluator",
        }
    }
}

/// A verdict of a year on a follow-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Putusan {
    /// The recommendation.
    pub rekomendasi: Kode,
    /// The year.
    pub tahun: Tahun,
    /// Whose verdict.
    pub oleh: PemberiPutusan,
    /// The verdict.
    pub keadaan: KeadaanTindakLanjut,
    /// Why; must be given where it cannot be done.
    pub alasan: String,
    /// When, ISO text.
    pub tanggal: String,
    /// Where it comes from.
    pub sumber: String,
}

impl Potret {
    /// The recommendation of that code.
    pub fn recommendation(&self, kode: &str) -> Option<&Rekomendasi> {
        self.rekomendasi.iter().find(|r| r.kode == kode)
    }

    /// Verdicts on a recommendation, the earlier first; in a year the evaluator's last.
    pub fn verdicts_of(&self, rekomendasi: &str) -> Vec<&Putusan> {
        let mut found: Vec<&Putusan> = self.putusan.iter().filter(|p| p.rekomendasi == rekomendasi).collect();
        found.sort_by_key(|p| (p.tahun, p.oleh));
        found
    }

    /// The state of a recommendation: what the evaluator said last, unless the office has said something in a later year; nothing
    /// said is not done.
    pub fn state_of(&self, rekomendasi: &str) -> KeadaanTindakLanjut {
        self.verdicts_of(rekomendasi).last().map_or(KeadaanTindakLanjut::Belum, |p| p.keadaan)
    }

    /// The last verdict of one side.
    pub fn verdict_by(&self, rekomendasi: &str, oleh: PemberiPutusan) -> Option<&Putusan> {
        self.verdicts_of(rekomendasi).into_iter().rfind(|p| p.oleh == oleh)
    }

    /// Steps of a recommendation's follow-up, in order.
    pub fn follow_up_of<'a>(&'a self, rekomendasi: &'a str) -> impl Iterator<Item = &'a LangkahTindakLanjut> {
        self.tindak_lanjut.iter().filter(move |l| l.rekomendasi == rekomendasi)
    }
}

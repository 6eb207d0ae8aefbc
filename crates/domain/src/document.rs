//! Versions of planning documents: each target and each ceiling says in which one it was set.

use crate::id::Kode;

/// The kinds of document that set targets or money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JenisDokumen {
    /// Rencana Strategis, five years (Permendagri 86/2017).
    Renstra,
    /// Keputusan Indikator Kinerja Utama (PermenPANRB PER/09/M.PAN/5/2007).
    Iku,
    /// Rencana Kerja tahunan (Permendagri 86/2017).
    Renja,
    /// Dokumen Pelaksanaan Anggaran (PP 12/2019).
    Dpa,
    /// Perjanjian Kinerja (PermenPANRB 53/2014, lampiran I).
    PerjanjianKinerja,
    /// Rencana Aksi: the year's targets by period.
    RencanaAksi,
}

impl JenisDokumen {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Renstra, Self::Iku, Self::Renja, Self::Dpa, Self::PerjanjianKinerja, Self::RencanaAksi];

    /// The word that stands in packages and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Renstra => "renstra",
            Self::Iku => "iku",
            Self::Renja => "renja",
            Self::Dpa => "dpa",
            Self::PerjanjianKinerja => "pk",
            Self::RencanaAksi => "rencana_aksi",
        }
    }

    /// As a reader sees it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Renstra => "Rencana Strategis",
            Self::Iku => "Indikator Kinerja Utama",
            Self::Renja => "Rencana Kerja",
            Self::Dpa => "Dokumen Pelaksanaan Anggaran",
            Self::PerjanjianKinerja => "Perjanjian Kinerja",
            Self::RencanaAksi => "Rencana Aksi",
        }
    }

    /// How binding a year target of this kind is when several documents set one: what was promised (PK) before what
    /// was budgeted, what was budgeted before what was decreed or planned for five years. `None`: sets targets of parts
    /// of the year only, never the year's.
    pub const fn precedence(self) -> Option<u8> {
        match self {
            Self::PerjanjianKinerja => Some(5),
            Self::Dpa => Some(4),
            Self::Renja => Some(3),
            Self::Iku => Some(2),
            Self::Renstra => Some(1),
            Self::RencanaAksi => None,
        }
    }
}

/// One version of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dokumen {
    /// Its code within the office, e.g. `renja-p`.
    pub kode: Kode,
    /// What it is.
    pub jenis: JenisDokumen,
    /// 0 = murni, 1 = perubahan pertama, ...
    pub versi: u8,
    /// Title as printed.
    pub judul: String,
    /// Number of the decree or document; empty when the office has not recorded it.
    pub nomor: String,
    /// Date as ISO text; empty when not recorded.
    pub tanggal: String,
    /// Remark.
    pub keterangan: String,
}

impl Dokumen {
    /// "Murni", "Perubahan", "Perubahan ke-2".
    pub fn version_label(&self) -> String {
        match self.versi {
            0 => "Murni".to_owned(),
            1 => "Perubahan".to_owned(),
            n => format!("Perubahan ke-{n}"),
        }
    }
}

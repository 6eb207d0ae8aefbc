//! Figures: one typed value of one subject, kind, period and document version, with its source and its state.

use crate::id::{AngkaId, Kode};
use crate::period::Periode;
use crate::value::Nilai;

/// What a figure is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subjek {
    /// An indicator.
    Indikator(Kode),
    /// A plan node (money).
    Simpul(Kode),
}

impl Subjek {
    /// Its code.
    pub fn kode(&self) -> &str {
        match self {
            Self::Indikator(kode) | Self::Simpul(kode) => kode,
        }
    }
}

/// What a figure says about its subject.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JenisAngka {
    /// Target, set in a document version.
    Target {
        /// Code of the document version.
        dokumen: Kode,
    },
    /// Ceiling of money (pagu), set in a document version.
    Pagu {
        /// Code of the document version.
        dokumen: Kode,
    },
    /// Realised performance.
    Realisasi,
    /// One variable of the indicator's formula.
    Variabel {
        /// Its name in the formula.
        nama: String,
    },
    /// Money spent.
    RealisasiAnggaran,
    /// The same indicator elsewhere ("Nasional", "Provinsi Banten").
    Pembanding {
        /// Whose figure it is.
        wilayah: String,
    },
}

impl JenisAngka {
    /// The document version that sets the figure, for targets and ceilings.
    pub fn document(&self) -> Option<&str> {
        match self {
            Self::Target { dokumen } | Self::Pagu { dokumen } => Some(dokumen),
            _ => None,
        }
    }
}

/// Where a figure comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asal {
    /// Typed in by a user.
    Diketik,
    /// Read from a file: its name and the place in it.
    Berkas {
        /// File, sheet, row or cell in words ("lkjip-2021.md baris 956").
        tempat: String,
    },
}

/// State of a figure on its way from entry to lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Keadaan {
    /// Entered, not handed in.
    #[default]
    Draf,
    /// Handed in.
    Diajukan,
    /// Sent back with a reason.
    Dikembalikan,
    /// Checked against its evidence.
    Diverifikasi,
    /// Closed.
    Dikunci,
}

impl Keadaan {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Draf, Self::Diajukan, Self::Dikembalikan, Self::Diverifikasi, Self::Dikunci];

    /// The word that stands in packages and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draf => "draf",
            Self::Diajukan => "diajukan",
            Self::Dikembalikan => "dikembalikan",
            Self::Diverifikasi => "diverifikasi",
            Self::Dikunci => "dikunci",
        }
    }
}

/// The file of a piece of evidence.
pub fn file_of(bukti: &str) -> &str {
    bukti.split_once('#').map_or(bukti, |(file, _)| file)
}

/// The page of a piece of evidence; empty for the whole.
pub fn page_of(bukti: &str) -> &str {
    bukti.split_once('#').map_or("", |(_, page)| page)
}

/// One figure. Never overwritten: a later one for the same subject, kind and period supersedes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Angka {
    /// Its identity in the history.
    pub id: AngkaId,
    /// What it is about.
    pub subjek: Subjek,
    /// What it says.
    pub jenis: JenisAngka,
    /// For which period.
    pub periode: Periode,
    /// The value.
    pub nilai: Nilai,
    /// Remark: the reason a target was missed, a footnote.
    pub keterangan: String,
    /// Where it comes from.
    pub asal: Asal,
    /// Evidence: SHA-256 (hex) of the file, and after `#` the page where one is named; see [`file_of`].
    pub bukti: Vec<String>,
    /// How far it has come.
    pub keadaan: Keadaan,
    /// Who recorded it ("Perencana"); empty straight from a package.
    pub oleh: String,
    /// When it was recorded, microseconds since 1970 UTC; 0 straight from a package.
    pub dicatat: i64,
}

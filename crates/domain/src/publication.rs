//! Documents that were published as they stood, and what a person decided about a finding of the review.

use crate::access::Hak;
use crate::id::Kode;

/// What was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JenisTerbitan {
    /// The annual performance report (Perpres 29/2014, article 18 onwards).
    Lkjip,
    /// The statement that the report was reviewed (PermenPANRB 53/2014, annex III/1-2).
    Pernyataan,
}

impl JenisTerbitan {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Lkjip, Self::Pernyataan];

    /// The word in data and file names.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lkjip => "lkjip",
            Self::Pernyataan => "pernyataan",
        }
    }

    /// The right to publish it: the office its report, the reviewer his statement.
    pub const fn right(self) -> Hak {
        match self {
            Self::Lkjip => Hak::Terbitkan,
            Self::Pernyataan => Hak::Evaluasi,
        }
    }

    /// The words for readers.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Lkjip => "Laporan Kinerja (LKjIP)",
            Self::Pernyataan => "Pernyataan Telah Direviu",
        }
    }
}

/// How many findings there were on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JumlahTemuan {
    /// Errors that nobody has accepted.
    pub kesalahan: u32,
    /// Warnings.
    pub peringatan: u32,
    /// Notes.
    pub info: u32,
    /// Accepted with a reason, of whatever severity.
    pub diterima: u32,
}

/// A document as it was published: its files stay as they are, and so does the list of findings of that day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terbitan {
    /// Its code ("lkjip-2").
    pub kode: Kode,
    /// What it is.
    pub jenis: JenisTerbitan,
    /// Number of the letter or report; may be empty.
    pub nomor: String,
    /// The day, ISO text.
    pub tanggal: String,
    /// Who published it.
    pub oleh: String,
    /// Number of the ledger entry up to which data are in it.
    pub entri: i64,
    /// SHA-256 of the PDF.
    pub pdf: String,
    /// SHA-256 of the Word file.
    pub docx: String,
    /// SHA-256 of the working paper: the findings of that day.
    pub kertas_kerja: String,
    /// How many they were.
    pub temuan: JumlahTemuan,
}

/// A finding that somebody accepted, with the reason. It holds for the values that were looked at: a changed value is looked at again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutusanTemuan {
    /// The rule.
    pub aturan: Kode,
    /// Both places, as the finding names them.
    pub tempat: String,
    /// Both values, as the finding shows them.
    pub nilai: String,
    /// What was found.
    pub judul: String,
    /// Why it is accepted.
    pub alasan: String,
    /// Who accepted it.
    pub oleh: String,
    /// When, microseconds since 1970 UTC.
    pub waktu: i64,
}

//! Why a file cannot be read, in words for the person who sent it.

use crate::pdf::GalatPdf;

/// A file cannot be read at all. The message says what, where and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", said(.berkas, .sebab))]
pub struct GalatBaca {
    /// File name without folder.
    pub berkas: String,
    /// The reason.
    pub sebab: SebabGalat,
}

/// The reason for which a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SebabGalat {
    /// No byte, or nothing but blanks.
    #[error("berkasnya kosong; kirim ulang berkas yang berisi")]
    Kosong,
    /// More bytes than any office's file has.
    #[error("terlalu besar ({besar} MB); paling besar {batas} MB. Pisahkan lampiran dan gambarnya, lalu kirim lagi")]
    TerlaluBesar {
        /// Its size in megabytes.
        besar: usize,
        /// The limit in megabytes.
        batas: usize,
    },
    /// It unpacks to more than can be kept, as damaged and hostile files do.
    #[error("isinya terlalu banyak ({apa}); pisahkan menjadi beberapa berkas, lalu kirim lagi")]
    TerlaluBanyak {
        /// What there is too much of, with the limit.
        apa: &'static str,
    },
    /// The workbook or document is locked with a password.
    #[error("dikunci dengan sandi; simpan salinan tanpa sandi, lalu kirim salinan itu")]
    Bersandi,
    /// The format is known, the content is not whole.
    #[error("bukan {format} yang utuh{}; buka di program asalnya, simpan ulang, lalu kirim lagi", reason(.rincian))]
    Rusak {
        /// Name of the format, as a person calls it.
        format: &'static str,
        /// What the program found, or empty.
        rincian: String,
    },
    /// A web page without any table, under the name of data.
    #[error(
        "isinya halaman web (HTML) tanpa tabel, bukan data; sesi di sumbernya mungkin sudah habis. Masuk lagi, unduh ulang, lalu kirim lagi"
    )]
    HalamanWeb,
    /// A PDF that cannot be read.
    #[error(transparent)]
    Pdf(#[from] GalatPdf),
    /// Another kind of file.
    #[error("jenis berkas ini tidak dapat dibaca ({jenis}); kirim sebagai {DIKENAL}")]
    TakDikenal {
        /// What it seems to be.
        jenis: String,
    },
}

/// Formats that are read, as the message names them.
const DIKENAL: &str = "PDF, DOCX, XLSX, XLS, ODS, CSV, TSV, HTML atau Markdown";

/// The message with the file's name, which that about a PDF has already.
fn said(berkas: &str, sebab: &SebabGalat) -> String {
    match sebab {
        SebabGalat::Pdf(why) => why.to_string(),
        _ => format!("{berkas}: {sebab}"),
    }
}

fn reason(rincian: &str) -> String {
    if rincian.is_empty() { String::new() } else { format!(" ({rincian})") }
}

impl SebabGalat {
    /// The format is known, but what is in it does not hold together.
    pub(crate) fn damaged(format: &'static str, rincian: impl ToString) -> Self {
        Self::Rusak { format, rincian: rincian.to_string().chars().take(120).collect() }
    }
}

//! Why a PDF cannot be read at all.

use thiserror::Error;

/// Why a PDF cannot be read: what, in which file, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GalatPdf {
    /// The bytes do not begin as a PDF does.
    #[error(
        "{berkas}: bukan PDF, walaupun namanya demikian; buka berkasnya di program asalnya lalu simpan sebagai PDF"
    )]
    BukanPdf {
        /// File name.
        berkas: String,
    },
    /// No pages can be found in it.
    #[error(
        "{berkas}: PDF ini rusak atau terpotong, halamannya tidak ditemukan; unduh atau ekspor ulang dari dokumen asalnya"
    )]
    Rusak {
        /// File name.
        berkas: String,
    },
    /// It opens only with a password.
    #[error("{berkas}: PDF ini dikunci dengan sandi; buka dengan sandinya, lalu simpan ulang tanpa sandi")]
    Bersandi {
        /// File name.
        berkas: String,
    },
    /// Its pages are pictures without text.
    #[error(
        "{berkas}: PDF ini hanya gambar hasil pindai; {halaman} halamannya tidak memuat teks. Minta berkas asalnya (Word, Excel, \
         atau PDF yang diekspor darinya), atau jalankan pengenalan teks (OCR) lebih dulu"
    )]
    HanyaGambar {
        /// File name.
        berkas: String,
        /// Number of its pages.
        halaman: usize,
    },
    /// Neither text nor pictures.
    #[error(
        "{berkas}: PDF ini kosong; {halaman} halamannya tidak memuat teks. Periksa apakah ini berkas yang dimaksud"
    )]
    Kosong {
        /// File name.
        berkas: String,
        /// Number of its pages.
        halaman: usize,
    },
    /// Larger than what is read.
    #[error(
        "{berkas}: terlalu besar ({ukuran} MB), paling besar {batas} MB; unggah hanya halaman yang memuat tabelnya"
    )]
    TerlaluBesar {
        /// File name.
        berkas: String,
        /// Its size in whole MB, rounded up.
        ukuran: usize,
        /// The limit in MB.
        batas: usize,
    },
    /// It unpacks to more than any document needs.
    #[error(
        "{berkas}: isi PDF ini mengembang jauh melebihi dokumen biasa, jadi tidak dibaca; cetak ulang ke PDF dari program asalnya"
    )]
    TerlaluRumit {
        /// File name.
        berkas: String,
    },
}

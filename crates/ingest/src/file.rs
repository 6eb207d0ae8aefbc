//! What every reader of files needs: a limit on size, text from bytes, faults of a file as a whole.

use std::fs;
use std::path::Path;

use tolok_domain::sheet::Masalah;

use crate::baca::{is_named_as_data, is_web_page};

/// Longest file that is read, in bytes. A year of the largest office has a few hundred kilobytes; more is a mistake.
const MAX_FILE: u64 = 32 << 20;

/// A fault of a file as a whole.
pub(crate) fn problem(berkas: &str, apa: impl Into<String>, saran: &str) -> Masalah {
    Masalah {
        berkas: berkas.to_owned(),
        baris: None,
        kolom: String::new(),
        apa: apa.into(),
        saran: saran.to_owned(),
        ikutan: false,
    }
}

/// Content of a file.
pub(crate) fn bytes(path: &Path, nama: &str) -> Result<Vec<u8>, Masalah> {
    let unreadable = |e| problem(nama, format!("tidak dapat dibaca: {e}"), "periksa berkasnya");
    let size = fs::metadata(path).map_err(unreadable)?.len();
    if size > MAX_FILE {
        return Err(problem(nama, format!("terlalu besar ({size} byte)"), "paling besar 32 MB"));
    }
    fs::read(path).map_err(unreadable)
}

/// The text of a file, without the mark that Excel puts at its beginning.
pub(crate) fn text(bytes: &[u8], nama: &str) -> Result<String, Masalah> {
    // A source whose session has ended sends its page for signing in, under the name of what was asked for.
    if is_named_as_data(nama) && is_web_page(bytes) {
        let saran = "sesi di sumbernya mungkin sudah habis; masuk lagi, unduh ulang, lalu coba lagi";
        return Err(problem(nama, "isinya halaman web (HTML), bukan data", saran));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).to_vec();
    String::from_utf8(bytes).map_err(|_| problem(nama, "bukan UTF-8", "simpan dari Excel sebagai \"CSV UTF-8\""))
}

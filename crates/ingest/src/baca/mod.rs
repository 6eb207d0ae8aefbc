//! A file of an office as it stands: what kind it is, and its parts in reading order.

mod galat;
mod kisi;
mod markdown;
mod teks;

use tolok_domain::bacaan::{Bacaan, Bagian, CatatanBaca};

pub use galat::{GalatBaca, SebabGalat};
pub(crate) use kisi::{blank, index};
pub(crate) use teks::{lower, tidy};

use crate::{fakta, tabel};

/// Largest file, in bytes.
const MAX_FILE: usize = 64 << 20;
/// Parts at the beginning in which the year of the file is looked for.
const COVER: usize = 40;

/// Reads a file: its parts, the tables among them and the facts in both. The kind of file is told by its content first, then by the end of
/// its name.
///
/// # Errors
/// When it is empty, too large, locked, damaged or of an unknown kind; what is wrong inside a file that can be read stands in
/// [`Bacaan::catatan`].
pub fn read_file(nama: &str, bytes: &[u8]) -> Result<Bacaan, GalatBaca> {
    let berkas = nama.rsplit(['/', '\\']).next().unwrap_or(nama);
    match parts(berkas, bytes) {
        Ok((bagian, catatan)) => Ok(understand(berkas, bagian, catatan)),
        Err(sebab) => Err(GalatBaca { berkas: berkas.to_owned(), sebab }),
    }
}

/// Tables and facts of parts that a reader made. `catatan` is what it had to say.
pub fn understand(berkas: &str, bagian: Vec<Bagian>, mut catatan: Vec<CatatanBaca>) -> Bacaan {
    let tahun = bagian.iter().take(COVER).find_map(|part| match part {
        Bagian::Judul { teks, .. } | Bagian::Paragraf { teks, .. } => tabel::said_year(teks),
        Bagian::Kisi { judul, baris, .. } => tabel::said_year(judul).or_else(|| {
            baris.iter().take(8).flatten().filter(|cell| !cell.tergabung).find_map(|cell| tabel::said_year(&cell.teks))
        }),
    });
    let (tabel, notes) = tabel::tables(&bagian, tahun);
    catatan.extend(notes);
    let (fakta, notes) = fakta::facts(&bagian, &tabel, tahun);
    catatan.extend(notes);
    Bacaan { berkas: berkas.to_owned(), bagian, tabel, fakta, catatan, tahun }
}

type Isi = (Vec<Bagian>, Vec<CatatanBaca>);

fn parts(nama: &str, bytes: &[u8]) -> Result<Isi, SebabGalat> {
    if bytes.len() > MAX_FILE {
        return Err(SebabGalat::TerlaluBesar { besar: bytes.len() >> 20, batas: MAX_FILE >> 20 });
    }
    if bytes.iter().all(|b| b.is_ascii_whitespace() || *b == 0) {
        return Err(SebabGalat::Kosong);
    }
    let extension = nama.rsplit_once('.').map_or_else(String::new, |(_, end)| end.to_lowercase());
    match extension.as_str() {
        "md" | "markdown" | "txt" => {
            let (text, note) = teks::decode(bytes, nama);
            Ok((markdown::parts(&text, nama)?, note.into_iter().collect()))
        }
        _ => Err(SebabGalat::TakDikenal { jenis: if extension.is_empty() { "tanpa akhiran nama".into() } else { format!(".{extension}") } }),
    }
}

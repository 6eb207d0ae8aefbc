//! A file of an office as it stands: what kind it is, and its parts in reading order.

mod arsip;
mod buku;
mod csv;
mod docx;
mod galat;
mod html;
mod jenis;
mod kisi;
mod markdown;
mod ods;
mod teks;
mod xls;

use tolok_domain::bacaan::{Bacaan, Bagian, CatatanBaca, Letak};

pub use galat::{GalatBaca, SebabGalat};
use jenis::Jenis;
pub(crate) use jenis::{is_named_as_data, is_web_page};
pub use kisi::MAX_CELLS;
pub(crate) use kisi::{blank, index};
pub(crate) use teks::{lower, tidy};

use crate::pdf::read_pdf;
use crate::{fakta, tabel};

/// Largest file, in bytes.
const MAX_FILE: usize = 64 << 20;
/// Parts at the beginning in which the year of the file is looked for.
const COVER: usize = 40;

/// Reads a file: its parts and the tables among them; see [`fakta::facts`] for their values. The kind of file is told by its content first, then by the end of
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

/// What a file with these parts, which a reader made, holds. `catatan` is what it had to say.
pub fn understand(berkas: &str, bagian: Vec<Bagian>, mut catatan: Vec<CatatanBaca>) -> Bacaan {
    let tahun = bagian.iter().take(COVER).find_map(|part| match part {
        Bagian::Judul { teks, .. } | Bagian::Paragraf { teks, .. } => tabel::said_year(teks),
        Bagian::Kisi { judul, baris, .. } => tabel::said_year(judul).or_else(|| {
            baris.iter().take(8).flatten().filter(|cell| !cell.tergabung).find_map(|cell| tabel::said_year(&cell.teks))
        }),
    });
    let (tabel, notes) = tabel::tables(&bagian, tahun);
    catatan.extend(notes);
    let mut banyak_fakta = 0;
    catatan.extend(fakta::each(&bagian, &tabel, tahun, &mut |_| banyak_fakta += 1));
    Bacaan { berkas: berkas.to_owned(), bagian, tabel, banyak_fakta, catatan, tahun }
}

type Isi = (Vec<Bagian>, Vec<CatatanBaca>);

fn parts(nama: &str, bytes: &[u8]) -> Result<Isi, SebabGalat> {
    if bytes.len() > MAX_FILE {
        return Err(SebabGalat::TerlaluBesar { besar: bytes.len() >> 20, batas: MAX_FILE >> 20 });
    }
    if bytes.iter().all(|b| b.is_ascii_whitespace() || *b == 0) {
        return Err(SebabGalat::Kosong);
    }
    match jenis::of(nama, bytes)? {
        Jenis::Docx => Ok((docx::parts(bytes, nama)?, Vec::new())),
        Jenis::Pdf => Ok(read_pdf(nama, bytes)?),
        Jenis::Xlsx => buku::xlsx(bytes, nama),
        Jenis::Xls => buku::xls(bytes, nama),
        Jenis::Ods => Ok((ods::parts(bytes, nama)?, Vec::new())),
        text => {
            let (content, note) = teks::decode(bytes, nama);
            let mut catatan: Vec<CatatanBaca> = note.into_iter().collect();
            let bagian = match text {
                Jenis::Html => html::parts(&content, nama)?,
                Jenis::Csv | Jenis::Tsv => {
                    let (bagian, notes) = csv::parts(&content, nama, (text == Jenis::Tsv).then_some(b'\t'))?;
                    catatan.extend(notes);
                    bagian
                }
                _ => markdown::parts(&content, nama)?,
            };
            if text == Jenis::Html && is_named_as_data(nama) {
                // Programs write tables as web pages under the name of a workbook; without a table it is the page for signing in.
                if !bagian.iter().any(|part| matches!(part, Bagian::Kisi { .. })) {
                    return Err(SebabGalat::HalamanWeb);
                }
                let pesan = "bernama buku kerja atau data, tetapi isinya halaman web (HTML) dan dibaca sebagai itu; simpan ulang dari Excel sebagai .xlsx";
                catatan.push(CatatanBaca { letak: Letak::file(nama), pesan: pesan.to_owned() });
            }
            Ok((bagian, catatan))
        }
    }
}

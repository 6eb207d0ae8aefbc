//! A worksheet template (LKE) in a file of its own: CSV, or a workbook with a sheet `templat_lke`.

use std::collections::BTreeSet;

use tolok_domain::evaluasi::Templat;
use tolok_domain::number::write_plain;
use tolok_domain::sheet::{Baris, Kolom, Lembar, Masalah, TipeKolom, template};

use super::read::{match_columns, rows};
use crate::file::{self, problem};
use crate::workbook::{self, Isi, Kisi, exact};

/// The sheet's name, in a package and in a workbook.
const LEMBAR: &str = "templat_lke";
/// How a workbook begins.
const ZIP: &[u8] = b"PK";

/// Reads the template in a file.
///
/// # Errors
/// Everything that is wrong with it, each with its line.
pub fn read_template(nama: &str, bytes: &[u8]) -> Result<Templat, Vec<Masalah>> {
    let mut masalah = Vec::new();
    let read = gather(nama, bytes, &mut masalah);
    let found = match read {
        Ok(rows) if masalah.is_empty() => template(&rows),
        Ok(_) => Err(masalah),
        Err(fault) => Err(vec![fault]),
    };
    found.map_err(|mut faults| {
        faults.iter_mut().for_each(|m| nama.clone_into(&mut m.berkas));
        faults
    })
}

fn gather(nama: &str, bytes: &[u8], masalah: &mut Vec<Masalah>) -> Result<Vec<Baris>, Masalah> {
    let lembar = Lembar::find(LEMBAR).ok_or_else(|| problem(nama, "lembar tidak dikenal", ""))?;
    if !bytes.starts_with(ZIP) {
        return Ok(rows(lembar, &file::text(bytes, nama)?, masalah));
    }
    let [kisi] = workbook::read(bytes, [LEMBAR])
        .map_err(|error| problem(nama, error.to_string(), "simpan sebagai .xlsx atau CSV"))?;
    let kisi =
        kisi.ok_or_else(|| problem(nama, format!("lembar {LEMBAR} tidak ada"), "beri nama itu pada lembarnya"))?;
    cells(lembar, nama, &kisi)
}

/// Rows of a sheet whose first row is the heading.
fn cells(lembar: &'static Lembar, nama: &str, kisi: &Kisi) -> Result<Vec<Baris>, Masalah> {
    let width = kisi.keys().map(|(_, column)| column + 1).max().unwrap_or(0);
    let lines: BTreeSet<u32> = kisi.keys().map(|(row, _)| *row).filter(|row| *row > 0).collect();
    let header: Vec<String> = (0..width).map(|column| text(kisi.get(&(0, column)), TipeKolom::Teks)).collect();
    let mut masalah = Vec::new();
    let columns = match_columns(lembar, &header, &mut masalah);
    if let Some(first) = masalah.into_iter().next() {
        return Err(Masalah { berkas: nama.to_owned(), ..first });
    }
    let line = |row: u32| {
        let cell = |(kolom, place): (&Kolom, &Option<usize>)| {
            let column = place.and_then(|p| u32::try_from(p).ok());
            column.map_or_else(String::new, |column| text(kisi.get(&(row, column)), kolom.tipe))
        };
        Baris { nomor: u64::from(row) + 1, sel: lembar.kolom.iter().zip(&columns).map(cell).collect() }
    };
    let is_filled = |b: &Baris| b.sel.iter().any(|s| !s.is_empty());
    Ok(lines.into_iter().map(line).filter(is_filled).collect())
}

/// A cell as it would stand in a CSV file. A code such as 1.1 is a number for a spreadsheet program; it keeps its dot. What is neither
/// text nor number cannot be part of a template and is left to be found missing.
fn text(isi: Option<&Isi>, tipe: TipeKolom) -> String {
    match isi {
        Some(Isi::Teks(text)) => text.trim().to_owned(),
        Some(Isi::Bilangan { nilai, .. }) => match (exact(*nilai), tipe) {
            (Some(x), TipeKolom::Kode) => x.normalize().to_string(),
            (Some(x), _) => write_plain(x),
            (None, _) => String::new(),
        },
        _ => String::new(),
    }
}

//! Whether the sheet is still the one that was sent out.

use std::collections::HashSet;

use tolok_domain::entry_sheet::{BARIS_JUDUL, BarisStruktur, GalatStruktur, KOLOM, REALISASI, Struktur};
use tolok_domain::sheet::Masalah;

use super::{cell_name, place, problem};
use crate::workbook::{Isi, Kisi};

/// Most rows of the hidden sheet: far more than any office has figures.
const MAX_ROWS: usize = 20_000;
/// Most columns: far more than any scale has grades.
const MAX_COLUMNS: u32 = 64;

const SARAN: &str = "kembalikan seperti semula, atau unduh lembar isian baru dan salin isiannya ke sana";

/// Reads the structure from the hidden sheet.
pub(super) fn read(key: &Kisi) -> Result<Struktur, GalatStruktur> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    // In order of rows, so each cell belongs to the last row or to the one after it.
    for ((row, column), isi) in key {
        let Isi::Teks(text) = isi else { return Err(GalatStruktur::Diubah) };
        let row = usize::try_from(*row).unwrap_or(usize::MAX);
        if row > rows.len() || row >= MAX_ROWS || *column >= MAX_COLUMNS {
            return Err(if rows.is_empty() { GalatStruktur::BukanIsian } else { GalatStruktur::Diubah });
        }
        if row == rows.len() {
            rows.push(Vec::new());
        }
        if let Some(cells) = rows.last_mut() {
            cells.resize(usize::try_from(*column).unwrap_or(0), String::new());
            cells.push(text.clone());
        }
    }
    Struktur::from_rows(&rows)
}

/// Compares the sheet with its structure and names the first cell that differs.
pub(super) fn check(structure: &Struktur, form: &Kisi) -> Result<(), Masalah> {
    for (column, words) in (0..).zip(KOLOM) {
        compare(form, (BARIS_JUDUL - 1, column), words, || {
            "judul kolom berubah, atau ada kolom atau baris yang disisipkan, dihapus atau dipindah".to_owned()
        })?;
    }
    for baris in &structure.baris {
        for (column, text) in baris.tetap.iter().enumerate() {
            compare(form, place(baris, column), text, || what_happened(structure, form, baris))?;
        }
    }
    let rows: HashSet<u32> = structure.baris.iter().map(|baris| place(baris, 0).0).collect();
    let is_known = |(row, column): &(u32, u32)| {
        rows.contains(row) && usize::try_from(*column).is_ok_and(|column| column < KOLOM.len())
    };
    match form.keys().find(|place| place.0 >= BARIS_JUDUL && !is_known(place)) {
        None => Ok(()),
        Some(place) => {
            let saran = "hapus isi sel ini; catatan ditulis di kolom Keterangan/alasan";
            Err(problem(&cell_name(*place), "ada isi di luar tabel, yang tidak akan terbaca", saran))
        }
    }
}

fn compare(form: &Kisi, place: (u32, u32), expected: &str, what: impl FnOnce() -> String) -> Result<(), Masalah> {
    let quoted = |text: &str| if text.is_empty() { "kosong".to_owned() } else { format!("\"{}\"", excerpt(text)) };
    let found = match form.get(&place) {
        None if expected.is_empty() => return Ok(()),
        None => quoted(""),
        Some(Isi::Teks(text)) if same(text, expected) => return Ok(()),
        Some(Isi::Teks(text)) => quoted(text),
        Some(Isi::Bilangan { .. } | Isi::Lain(_)) => "berisi angka, tanggal atau rumus".to_owned(),
    };
    let apa = format!("{found}, seharusnya {}: {}", quoted(expected), what());
    Err(problem(&cell_name(place), apa, SARAN))
}

/// Programs change how blanks and lines stand in a text, which changes nothing for people.
fn same(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

fn excerpt(text: &str) -> String {
    const MOST: usize = 60;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= MOST { text } else { text.chars().take(MOST).chain(['…']).collect() }
}

/// What most likely happened to a row that differs.
fn what_happened(structure: &Struktur, form: &Kisi, baris: &BarisStruktur) -> String {
    let stands_here = |other: &BarisStruktur| {
        let mut cells = (0..).zip(&other.tetap).take(REALISASI);
        cells.all(|(column, text)| match form.get(&place(baris, column)) {
            None => text.is_empty(),
            Some(Isi::Teks(found)) => same(found, text),
            Some(_) => false,
        })
    };
    let is_blank = (0..KOLOM.len()).all(|column| !form.contains_key(&place(baris, column)));
    if is_blank {
        return "baris ini dikosongkan, atau ada baris yang disisipkan".to_owned();
    }
    match structure.baris.iter().find(|other| stands_here(other)) {
        Some(other) if other.nomor != baris.nomor => {
            format!("di sini berdiri baris {}; ada baris yang dihapus, disisipkan atau dipindah", other.nomor)
        }
        _ => "isi sel terkunci berubah".to_owned(),
    }
}

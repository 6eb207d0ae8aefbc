//! Snapshots from a few lines of text, for tests of this crate.

use super::{Baris, Isian, Lembar, Masalah, assemble, rows};
use crate::id::InstansiId;
use crate::snapshot::Potret;

/// A sheet with its lines, cells parted by semicolons; cells at the end may be left out.
pub(crate) type Berkas = (&'static str, &'static [&'static str]);

pub(crate) const OFFICE: Berkas = ("instansi", &["dinas;Dinas;;Kota;;;;;;2019;2023;"]);

pub(crate) fn sheet_of(sheets: &[(&'static str, &[&str])]) -> Isian {
    let mut isian = Isian::new();
    for (nama, lines) in sheets {
        let lembar = Lembar::find(nama).expect("sheet");
        let parse = |(i, line): (usize, &&str)| {
            let mut sel: Vec<String> = line.split(';').map(str::to_owned).collect();
            sel.resize(lembar.kolom.len(), String::new());
            Baris { nomor: i as u64 + 2, sel }
        };
        isian.insert(lembar.nama, lines.iter().enumerate().map(parse).collect());
    }
    isian
}

/// The snapshot of an office with these sheets, in which nothing is wrong.
pub(crate) fn assembled(sheets: &[(&'static str, &[&str])]) -> Potret {
    let mut isian = sheet_of(&[OFFICE]);
    isian.extend(sheet_of(sheets));
    let (potret, masalah) = assemble(InstansiId::new(), 2021, &isian, Vec::new());
    assert_eq!(masalah, []);
    potret.expect("readable")
}

/// A snapshot written as rows and read again, and what was wrong with the rows.
pub(crate) fn again(potret: &Potret) -> (Potret, Vec<Masalah>) {
    let number = |(i, sel): (usize, Vec<String>)| Baris { nomor: i as u64 + 2, sel };
    let isian: Isian = rows(potret)
        .into_iter()
        .map(|(l, rows)| (l.nama, rows.into_iter().enumerate().map(number).collect()))
        .collect();
    let (read, masalah) = assemble(potret.instansi.id, potret.tahun, &isian, Vec::new());
    (read.expect("readable"), masalah)
}

//! Rows of a sheet and what may be wrong with them.

use std::fmt;

use rust_decimal::Decimal;

use super::schema::{Lembar, TipeKolom};
use crate::number::{self, Konteks};
use crate::value::{Nilai, Rupiah, TipeNilai};

/// One thing that is wrong with the input: what, where, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masalah {
    /// File name; in a workbook its sheet and cell ("Isian!F12").
    pub berkas: String,
    /// Line in the file (the heading is line 1); none for the file as a whole.
    pub baris: Option<u64>,
    /// Column; empty for the row as a whole.
    pub kolom: String,
    /// What is wrong.
    pub apa: String,
    /// What would be right.
    pub saran: String,
    /// Whether this is only because a row it refers to is wrong itself: mend that one and this is gone.
    pub ikutan: bool,
}

impl fmt::Display for Masalah {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.berkas)?;
        if let Some(baris) = self.baris {
            write!(f, " baris {baris}")?;
        }
        if !self.kolom.is_empty() {
            write!(f, " kolom {}", self.kolom)?;
        }
        write!(f, ": {}", self.apa)?;
        if !self.saran.is_empty() {
            write!(f, "; {}", self.saran)?;
        }
        Ok(())
    }
}

/// A row as it was read: a text per column of its sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baris {
    /// Line in the file.
    pub nomor: u64,
    /// Texts in the order of the sheet's columns.
    pub sel: Vec<String>,
}

/// Reads the cells of one row and collects what is wrong with them.
pub struct Pembaca<'a> {
    lembar: &'static Lembar,
    baris: &'a Baris,
    masalah: &'a mut Vec<Masalah>,
    before: usize,
}

impl<'a> Pembaca<'a> {
    pub(super) fn new(lembar: &'static Lembar, baris: &'a Baris, masalah: &'a mut Vec<Masalah>) -> Self {
        let before = masalah.len();
        let mut reader = Self { lembar, baris, masalah, before };
        for kolom in lembar.kolom {
            let text = reader.text(kolom.nama);
            if kolom.wajib && text.is_empty() {
                reader.wrong(kolom.nama, "kosong", "isi kolom ini");
            }
            // Codes stand in addresses and file names.
            let odd = |c: char| !c.is_alphanumeric() && !".-_".contains(c);
            if kolom.tipe == TipeKolom::Kode && text.contains(odd) {
                reader.wrong(kolom.nama, format!("\"{text}\" bukan kode"), "pakai huruf, angka, titik, - dan _ saja");
            }
        }
        reader
    }

    /// Whether nothing was wrong with this row so far.
    pub(super) fn is_good(&self) -> bool {
        self.masalah.len() == self.before
    }

    pub(super) fn text(&self, kolom: &str) -> &'a str {
        self.lembar.position(kolom).and_then(|i| self.baris.sel.get(i)).map_or("", |s| s.trim())
    }

    pub(super) fn string(&self, kolom: &str) -> String {
        self.text(kolom).to_owned()
    }

    /// A code that may be left out.
    pub(super) fn optional(&self, kolom: &str) -> Option<String> {
        let text = self.text(kolom);
        (!text.is_empty()).then(|| text.to_owned())
    }

    pub(super) fn wrong(&mut self, kolom: &str, apa: impl Into<String>, saran: impl Into<String>) {
        self.masalah.push(Masalah {
            berkas: self.lembar.file(),
            baris: Some(self.baris.nomor),
            kolom: kolom.to_owned(),
            apa: apa.into(),
            saran: saran.into(),
            ikutan: false,
        });
    }

    /// The row refers to one that was left out for a fault of its own.
    pub(super) fn follows(&mut self, kolom: &str, kode: &str) {
        self.wrong(kolom, format!("merujuk \"{kode}\" yang barisnya salah"), "");
        if let Some(last) = self.masalah.last_mut() {
            last.ikutan = true;
        }
    }

    /// One of several words; an empty cell gives `None` without complaint (a required one was reported already).
    pub(super) fn choice<T: Copy>(&mut self, kolom: &str, options: &[(&str, T)]) -> Option<T> {
        let text = self.text(kolom);
        let found = options.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() && !text.is_empty() {
            let words: Vec<&str> = options.iter().map(|(word, _)| *word).collect();
            self.wrong(kolom, format!("\"{text}\" tidak dikenal"), format!("pilih salah satu: {}", words.join(", ")));
        }
        found
    }

    /// Reads a cell that is not empty.
    pub(super) fn parse<T, E: fmt::Display>(&mut self, kolom: &str, read: impl Fn(&str) -> Result<T, E>) -> Option<T> {
        let text = self.text(kolom);
        if text.is_empty() {
            return None;
        }
        match read(text) {
            Ok(value) => Some(value),
            Err(error) => {
                self.wrong(kolom, error.to_string(), "");
                None
            }
        }
    }

    pub(super) fn number(&mut self, kolom: &str) -> Option<Decimal> {
        self.parse(kolom, |text| {
            let read = number::read(text, &Konteks::indonesia()).map_err(|e| e.to_string())?;
            let bare = !read.persen && !read.rupiah && read.batas.is_none() && read.satuan.is_empty();
            match read.isi {
                number::Isi::Bilangan(x) if bare => Ok(x),
                _ => Err(format!("\"{text}\" bukan bilangan saja; tulis misalnya 1234,5 tanpa satuan")),
            }
        })
    }

    pub(super) fn whole<T: TryFrom<Decimal>>(&mut self, kolom: &str) -> Option<T> {
        let x = self.number(kolom)?;
        let whole = if x.fract().is_zero() { T::try_from(x).ok() } else { None };
        if whole.is_none() {
            let text = self.text(kolom);
            self.wrong(kolom, format!("\"{text}\" bukan bilangan bulat yang sah"), "tulis bilangan tanpa koma");
        }
        whole
    }

    pub(super) fn rupiah(&mut self, kolom: &str) -> Option<Rupiah> {
        let read = |text: &str| number::parse_value(text, TipeNilai::Uang, &Konteks::indonesia());
        match self.parse(kolom, read)? {
            Nilai::Uang(rupiah) => Some(rupiah),
            _ => {
                let text = self.text(kolom);
                self.wrong(kolom, format!("\"{text}\" bukan jumlah rupiah"), "tulis misalnya 7851608419");
                None
            }
        }
    }

    /// An ISO date, kept as text.
    pub(super) fn date(&mut self, kolom: &str) -> String {
        let read = |text: &str| text.parse::<jiff::civil::Date>().map(|date| date.to_string());
        match read(self.text(kolom)) {
            Ok(date) => date,
            Err(_) => {
                let text = self.text(kolom);
                if !text.is_empty() {
                    self.wrong(kolom, format!("\"{text}\" bukan tanggal"), "tulis seperti 2021-12-31");
                }
                String::new()
            }
        }
    }
}

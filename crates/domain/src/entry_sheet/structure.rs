//! The structure of an entry sheet, kept beside it in a hidden sheet: which row is which figure, and what the cells that
//! nobody may change must say. With it a changed sheet is recognised, and the changed cell can be named.

use sha2::{Digest, Sha256};

use super::{BARIS_JUDUL, KOLOM, LembarIsian, REALISASI};
use crate::id::Kode;
use crate::period::{Periode, Tahun};
use crate::value::TipeNilai;

/// What the first cell says, and the layout's version in the cell after it.
const MARK: [&str; 2] = ["tolok-isian", "1"];
/// Row of the hash.
const SIDIK: usize = 5;
/// Cells of a row before its texts.
const BEFORE_TEXTS: usize = 4;

/// Structure of an entry sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Struktur {
    /// Code of the office.
    pub instansi_kode: Kode,
    /// Year of the plan.
    pub tahun: Tahun,
    /// The period that is asked about.
    pub periode: Periode,
    /// Version of the data that the sheet was made from.
    pub versi: i64,
    /// Its rows, in order.
    pub baris: Vec<BarisStruktur>,
}

/// Structure of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarisStruktur {
    /// Row of the sheet, the first being 1.
    pub nomor: u32,
    /// Identity of the figure's place.
    pub kunci: String,
    /// Type of the value.
    pub tipe: TipeNilai,
    /// The only answers that are allowed; empty when the type alone decides.
    pub pilihan: Vec<String>,
    /// Texts of the cells that must stay as they are, from the first column on: up to the value, or all of them where
    /// nothing may be filled in.
    pub tetap: Vec<String>,
}

impl BarisStruktur {
    /// Whether the row may be filled in.
    pub fn is_open(&self) -> bool {
        self.tetap.len() == REALISASI
    }
}

/// The hidden sheet does not hold the structure of an entry sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GalatStruktur {
    /// It never did.
    #[error("bukan lembar isian dari Tolok")]
    BukanIsian,
    /// It is laid out as a later or earlier version of this program does.
    #[error("lembar isian ini dari versi Tolok yang lain")]
    VersiLain,
    /// It did, but was changed.
    #[error("lembar Kunci sudah diubah, sehingga tidak pasti baris mana angka yang mana")]
    Diubah,
}

impl LembarIsian {
    /// Its structure.
    pub fn structure(&self) -> Struktur {
        let baris = (BARIS_JUDUL + 1..).zip(&self.baris).map(|(nomor, baris)| {
            let mut tetap = Vec::from(baris.description());
            if !baris.dapat_diubah {
                tetap.push(super::clean(&baris.value_text()));
                tetap.extend(baris.remarks());
            }
            let pilihan = baris.pilihan.iter().map(|text| super::clean(text)).filter(|text| !text.is_empty()).collect();
            BarisStruktur { nomor, kunci: super::clean(&baris.kunci), tipe: baris.tipe, pilihan, tetap }
        });
        Struktur {
            instansi_kode: super::clean(&self.instansi_kode),
            tahun: self.tahun,
            periode: self.periode,
            versi: self.versi,
            baris: baris.collect(),
        }
    }
}

impl Struktur {
    /// The hidden sheet: a text per cell, no row ending with an empty one.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let named = |name: &str, value: String| vec![name.to_owned(), value];
        let mut rows = vec![
            MARK.map(str::to_owned).to_vec(),
            named("instansi", self.instansi_kode.clone()),
            named("tahun", self.tahun.to_string()),
            named("periode", self.periode.to_string()),
            named("versi", self.versi.to_string()),
        ];
        rows.extend(self.baris.iter().map(row));
        let hash = hash(&rows);
        rows.insert(SIDIK, named("sidik", hash));
        rows
    }

    /// Place of the allowed answers of a row in [`Struktur::rows`]: row, first and last column, all from 0; none where the
    /// type alone decides.
    pub fn answers(&self, index: usize) -> Option<(usize, usize, usize)> {
        let count = self.baris.get(index)?.pilihan.len();
        let first = BEFORE_TEXTS + KOLOM.len();
        (count > 0).then(|| (SIDIK + 1 + index, first, first + count - 1))
    }

    /// Reads back what [`Struktur::rows`] wrote.
    ///
    /// # Errors
    /// When it is something else, or not every cell is as it was.
    pub fn from_rows(rows: &[Vec<String>]) -> Result<Self, GalatStruktur> {
        let cell = |row: usize, column: usize| rows.get(row).and_then(|row| row.get(column)).map_or("", String::as_str);
        if cell(0, 0) != MARK[0] {
            return Err(GalatStruktur::BukanIsian);
        }
        if cell(0, 1) != MARK[1] {
            return Err(GalatStruktur::VersiLain);
        }
        let read = || {
            let (above, from_hash) = rows.split_at_checked(SIDIK)?;
            let (_, below) = from_hash.split_first()?;
            let hashed: Vec<Vec<String>> = above.iter().chain(below).cloned().collect();
            if hash(&hashed) != cell(SIDIK, 1) {
                return None;
            }
            Some(Self {
                instansi_kode: cell(1, 1).to_owned(),
                tahun: cell(2, 1).parse().ok()?,
                periode: cell(3, 1).parse().ok()?,
                versi: cell(4, 1).parse().ok()?,
                baris: below.iter().map(|row| from_row(row)).collect::<Option<_>>()?,
            })
        };
        read().ok_or(GalatStruktur::Diubah)
    }
}

fn row(baris: &BarisStruktur) -> Vec<String> {
    let open = if baris.is_open() { "ya" } else { "tidak" };
    let mut cells = vec![baris.nomor.to_string(), baris.kunci.clone(), baris.tipe.as_str().to_owned(), open.to_owned()];
    cells.extend_from_slice(&baris.tetap);
    if !baris.pilihan.is_empty() {
        cells.resize(BEFORE_TEXTS + KOLOM.len(), String::new());
        cells.extend_from_slice(&baris.pilihan);
    }
    while cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    cells
}

fn from_row(cells: &[String]) -> Option<BarisStruktur> {
    let [nomor, kunci, tipe, open, rest @ ..] = cells else { return None };
    let count = if open == "ya" { REALISASI } else { KOLOM.len() };
    let mut rest = rest.to_vec();
    let pilihan = rest.split_off(rest.len().min(KOLOM.len()));
    rest.resize(count, String::new());
    Some(BarisStruktur {
        nomor: nomor.parse().ok()?,
        kunci: kunci.clone(),
        tipe: TipeNilai::ALL.into_iter().find(|t| t.as_str() == tipe)?,
        pilihan,
        tetap: rest,
    })
}

/// SHA-256 in hexadecimal. Control characters, which no cell holds, part cells and rows.
fn hash(rows: &[Vec<String>]) -> String {
    let rows: Vec<String> = rows.iter().map(|row| row.join("\u{1f}")).collect();
    Sha256::digest(rows.join("\u{1e}")).iter().map(|byte| format!("{byte:02x}")).collect()
}

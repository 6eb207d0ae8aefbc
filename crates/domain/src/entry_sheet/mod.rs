//! The entry sheet (lembar isian): the figures of a period that an office fills in as a workbook and hands back. Here stands
//! what the writer of the workbook and its reader must agree on; neither knows the other.

mod structure;

pub use structure::{BarisStruktur, GalatStruktur, Struktur};

use crate::id::Kode;
use crate::number::{write_value, write_value_plain};
use crate::period::{Periode, Tahun};
use crate::value::{Nilai, TipeNilai};

/// Name of the sheet that people fill in.
pub const ISIAN: &str = "Isian";
/// Name of the hidden sheet that holds the [`Struktur`].
pub const KUNCI: &str = "Kunci";
/// Headings of the columns, from the first one on.
pub const KOLOM: [&str; 9] =
    ["Kode", "Uraian", "Satuan", "Target", "Tersimpan", "Realisasi", "Keterangan/alasan", "Hambatan", "Tindak lanjut"];
/// Place of the value among the columns; the columns before it are never filled in.
pub const REALISASI: usize = 5;
/// Row of the headings, the first row of the sheet being 1.
pub const BARIS_JUDUL: u32 = 6;
/// Longest text that is taken in a cell, in characters.
pub const TEKS_TERPANJANG: usize = 2000;
/// A percentage further from zero was more likely 98,13 put into a cell that shows hundredths as per cent.
pub const PERSEN_TERJAUH: i64 = 1000;

/// An entry sheet: one office, one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LembarIsian {
    /// Code of the office.
    pub instansi_kode: Kode,
    /// Its name.
    pub instansi_nama: String,
    /// Year of the plan that the rows come from.
    pub tahun: Tahun,
    /// The period that is asked about.
    pub periode: Periode,
    /// Version of the data that the sheet was made from.
    pub versi: i64,
    /// What is asked, in order.
    pub baris: Vec<BarisIsian>,
}

/// A row of an entry sheet: one figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarisIsian {
    /// Identity of the figure's place, made by the caller and given back as it is. Each only once in a sheet.
    pub kunci: String,
    /// Code of the indicator or of the budget line.
    pub kode: String,
    /// The indicator, the variable or the budget line in words.
    pub uraian: String,
    /// Unit of measurement.
    pub satuan: String,
    /// Type of the value.
    pub tipe: TipeNilai,
    /// The only answers that are allowed, such as the grades of a scale; empty when the type alone decides.
    pub pilihan: Vec<String>,
    /// The target, as a reader sees it.
    pub target: String,
    /// What is stored before this sheet is filled in, as a reader sees it.
    pub lalu: String,
    /// What the cell holds already. The reason of [`Nilai::BelumAda`] is shown as remark.
    pub nilai: Option<Nilai>,
    /// Remark, or the reason for having no value.
    pub keterangan: String,
    /// What stood in the way.
    pub hambatan: String,
    /// What is done about it.
    pub tindak_lanjut: String,
    /// Whether the row may be filled in; otherwise it is shown only.
    pub dapat_diubah: bool,
}

impl BarisIsian {
    /// Texts of the columns before the value, as they stand in the sheet.
    pub fn description(&self) -> [String; REALISASI] {
        [&self.kode, &self.uraian, &self.satuan, &self.target, &self.lalu].map(|text| clean(text))
    }

    /// Texts of the columns after the value, as they stand in the sheet.
    pub fn remarks(&self) -> [String; 3] {
        let remark = match &self.nilai {
            Some(Nilai::BelumAda { alasan }) if self.keterangan.trim().is_empty() => alasan,
            _ => &self.keterangan,
        };
        [remark, &self.hambatan, &self.tindak_lanjut].map(|text| clean(text))
    }

    /// The value as text: exact where it may be changed, as a reader sees it where not.
    pub fn value_text(&self) -> String {
        match &self.nilai {
            None => String::new(),
            Some(value) if self.dapat_diubah => write_value_plain(value),
            Some(Nilai::BelumAda { .. }) => "belum ada".to_owned(),
            Some(value) => write_value(value),
        }
    }
}

/// A text as a cell holds it: lines end with a line feed, and nothing invisible is left.
pub fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
    let text: String = text.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    text.trim().to_owned()
}

#[cfg(test)]
mod tests;

//! Records of registers: lists that an office keeps (staff, goods, legal basis) and that tables of the report show.

use crate::sheet::Lembar;

/// One record: a text per column of its sheet, empty where not recorded. Numbers stand in canonical form (decimal comma,
/// no grouping), dates as ISO.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catatan {
    /// The register's sheet ("pegawai").
    pub register: String,
    /// The texts, in the order of the sheet's columns.
    pub isi: Vec<String>,
}

impl Catatan {
    /// The text in the column of that name; empty when there is none.
    pub fn get(&self, kolom: &str) -> &str {
        Lembar::find(&self.register)
            .and_then(|lembar| lembar.position(kolom))
            .and_then(|i| self.isi.get(i))
            .map_or("", String::as_str)
    }
}

//! Forms over one row of a sheet: filled from what is stored, read as they are sent, shown again when they are refused.

use axum::http::StatusCode;
use serde::Deserialize;
use tolok_app::{Dilihat, Galat, Hasil};
use tolok_domain::AngkaId;
use tolok_domain::period::Tahun;
use tolok_domain::sheet::{Lembar, Rekam};

use crate::error::Gagal;
use crate::page::Dibuka;

/// A form that was sent: its fields in their order; one may stand several times.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Kiriman(pub Vec<(String, String)>);

impl Kiriman {
    /// The text of a field; empty when it was not sent.
    pub fn get(&self, nama: &str) -> &str {
        self.0.iter().find(|(key, _)| key == nama).map_or("", |(_, text)| text.trim())
    }

    /// Whether a field was sent.
    pub fn has(&self, nama: &str) -> bool {
        self.0.iter().any(|(key, _)| key == nama)
    }

    /// The text of a field that may be left out.
    pub fn optional(&self, nama: &str) -> Option<&str> {
        Some(self.get(nama)).filter(|text| !text.is_empty())
    }

    /// Every value of a field that may be sent several times.
    pub fn all(&self, nama: &str) -> Vec<String> {
        self.0.iter().filter(|(key, _)| key == nama).map(|(_, text)| text.clone()).collect()
    }

    /// Adds a field, for forms that come in parts.
    pub fn push(&mut self, nama: String, text: String) {
        self.0.push((nama, text));
    }

    /// The cells of a sheet's row; a line end is one character, as it was before the browser sent it.
    pub fn row(&self, lembar: &str) -> Vec<String> {
        let columns = Lembar::find(lembar).map_or(&[] as &[_], |l| l.kolom);
        columns.iter().map(|kolom| self.get(kolom.nama).replace("\r\n", "\n")).collect()
    }

    /// What the form was filled from.
    pub fn seen(&self, tahun: Tahun) -> Dilihat {
        Dilihat { tahun, versi: self.get("dilihat").parse().unwrap_or_default() }
    }
}

/// Whether a change was written, now or by the same form before.
pub(crate) fn written<T>(result: Hasil<T>) -> Hasil<()> {
    match result {
        Ok(_) | Err(Galat::SudahTersimpan(_)) => Ok(()),
        Err(other) => Err(other),
    }
}

/// Why a form is shown again.
pub(crate) struct Penolakan {
    pub status: StatusCode,
    /// What is wrong, one line each.
    pub pesan: Vec<String>,
}

/// Why a change was refused; none when it is done, also when the same form had been written before.
pub(crate) fn refusal<T>(result: Hasil<T>) -> Result<Option<Penolakan>, Gagal> {
    let (status, pesan) = match written(result) {
        Ok(()) => return Ok(None),
        Err(Galat::TidakSah(pesan)) => (StatusCode::UNPROCESSABLE_ENTITY, pesan),
        Err(bentrok @ Galat::Bentrok) => (StatusCode::CONFLICT, bentrok.to_string()),
        Err(other) => return Err(other.into()),
    };
    Ok(Some(Penolakan { status, pesan: pesan.lines().map(str::to_owned).collect() }))
}

/// A field in which what is stored now and what was typed differ.
pub(crate) struct Beda {
    pub kolom: String,
    pub tersimpan: String,
    pub diketik: String,
}

/// A form as a page shows it.
pub(crate) struct Formulir {
    lembar: &'static str,
    sel: Vec<String>,
    /// The version of the data that it is filled from.
    pub versi: i64,
    /// Tells this form from every other, so that it is written once.
    pub kunci: String,
    /// What is wrong with it, one line each.
    pub pesan: Vec<String>,
    /// What somebody else changed in the meantime.
    pub beda: Vec<Beda>,
}

impl Formulir {
    /// Filled with these cells, from the snapshot that is open.
    pub fn new(opened: &Dibuka, lembar: &'static str, sel: Vec<String>) -> Self {
        Self { lembar, sel, versi: opened.termuat.versi, kunci: key(), pesan: Vec::new(), beda: Vec::new() }
    }

    /// With nothing in it.
    pub fn empty(opened: &Dibuka, lembar: &'static str) -> Self {
        let width = Lembar::find(lembar).map_or(0, |l| l.kolom.len());
        Self::new(opened, lembar, vec![String::new(); width])
    }

    /// Filled with a record.
    pub fn of<T: Rekam>(opened: &Dibuka, record: &T) -> Self {
        Self::new(opened, T::LEMBAR, record.cells())
    }

    /// Shown again as it was sent, with what is wrong; after a conflict also with what is stored now. A button that sends no
    /// fields leaves them as they are stored.
    pub fn again(
        opened: &Dibuka,
        lembar: &'static str,
        sent: &Kiriman,
        no: Option<&Penolakan>,
        stored: Option<Vec<String>>,
    ) -> Self {
        let asked = |nama: &str| sent.has(nama);
        let sel = stored.clone().filter(|_| !asked("kode")).unwrap_or_else(|| sent.row(lembar));
        let mut form = Self::new(opened, lembar, sel);
        let Some(no) = no else { return form };
        form.pesan.clone_from(&no.pesan);
        if no.status == StatusCode::CONFLICT
            && let (Some(stored), Some(lembar)) = (stored, Lembar::find(lembar))
        {
            let pairs = lembar.kolom.iter().zip(stored.into_iter().zip(&form.sel));
            form.beda = pairs
                .filter(|(kolom, (tersimpan, diketik))| asked(kolom.nama) && tersimpan != *diketik)
                .map(|(kolom, (tersimpan, diketik))| Beda {
                    kolom: kolom.nama.replace('_', " "),
                    tersimpan,
                    diketik: diketik.clone(),
                })
                .collect();
        }
        form
    }

    /// The text of a field.
    pub fn x(&self, kolom: &str) -> &str {
        let at = Lembar::find(self.lembar).and_then(|l| l.position(kolom));
        at.and_then(|at| self.sel.get(at)).map_or("", String::as_str)
    }

    /// Writes into a field.
    pub fn set(&mut self, kolom: &str, text: &str) {
        let at = Lembar::find(self.lembar).and_then(|l| l.position(kolom));
        if let Some(cell) = at.and_then(|at| self.sel.get_mut(at)) {
            text.clone_into(cell);
        }
    }
}

/// A key that no other form has.
pub(crate) fn key() -> String {
    AngkaId::new().to_string()
}

/// One of several values of a field.
pub(crate) struct Pilihan {
    pub nilai: String,
    pub label: String,
    pub dipilih: bool,
}

impl Pilihan {
    pub fn new(nilai: &str, label: impl Into<String>, dipilih: bool) -> Self {
        Self { nilai: nilai.to_owned(), label: label.into(), dipilih }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(pairs: &[(&str, &str)]) -> Kiriman {
        Kiriman(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn a_row_has_a_cell_per_column_whatever_was_sent() {
        let row = sent(&[("nama", " Bidang \r\n Dua "), ("kode", "B2"), ("sandi", "x")]).row("unit");
        assert_eq!(row, ["B2", "", "", "Bidang \n Dua", "", ""]);
        assert_eq!(sent(&[]).row("tidak-ada"), Vec::<String>::new());
    }

    #[test]
    fn a_version_that_is_none_is_no_version() {
        for text in ["", "x", "99999999999999999999"] {
            assert_eq!(sent(&[("dilihat", text)]).seen(2021), Dilihat { tahun: 2021, versi: 0 });
        }
    }
}

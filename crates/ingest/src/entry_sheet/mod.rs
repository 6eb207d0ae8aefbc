//! The entry sheet (lembar isian), back from the office. First its structure must be the one it was sent out with; only then is it
//! certain which value is which figure. Every fault is named with its cell.

mod answer;
mod structure;

use tolok_domain::entry_sheet::{BarisStruktur, ISIAN, KUNCI, REALISASI, Struktur};
use tolok_domain::id::Kode;
use tolok_domain::sheet::Masalah;
use tolok_domain::{Periode, Tahun};

use crate::workbook::{self, GalatBuku, Isi, Kisi};

/// An entry sheet that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IsianDibaca {
    /// Code of the office that it was made for.
    pub instansi_kode: Kode,
    /// Year of the plan.
    pub tahun: Tahun,
    /// The period that it asks about.
    pub periode: Periode,
    /// Version of the data that it was made from.
    pub versi: i64,
    /// The rows in which something stands, in order. A row that was left or made empty is not among them.
    pub baris: Vec<BarisDibaca>,
}

/// A row in which something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarisDibaca {
    /// Identity of the figure's place, as the maker of the sheet gave it.
    pub kunci: String,
    /// Where the value stands ("Isian!F12").
    pub sel: String,
    /// The value, as [`tolok_domain::number::parse_value`] reads it in Indonesian style; empty when there is none.
    pub nilai: String,
    /// Remark, or the reason for having no value.
    pub keterangan: String,
    /// What stood in the way.
    pub hambatan: String,
    /// What is done about it.
    pub tindak_lanjut: String,
}

impl IsianDibaca {
    /// What is wrong when it was made for another office, year or period than this one.
    pub fn check_made_for(&self, instansi_kode: &str, tahun: Tahun, periode: Periode) -> Option<Masalah> {
        let name = |kode: &str, tahun: Tahun, periode: Periode| {
            let plan = if periode.tahun() == tahun { String::new() } else { format!(" rencana {tahun}") };
            format!("{kode}, {}{plan}", periode.heading())
        };
        let is = name(&self.instansi_kode, self.tahun, self.periode);
        let due = name(instansi_kode, tahun, periode);
        (is != due).then(|| {
            let apa = format!("lembar ini untuk {is}, padahal yang akan diisi {due}");
            problem(&cell_name((0, 0)), apa, "unggah di halaman periodenya, atau unduh lembar untuk periode ini")
        })
    }
}

/// Reads the workbook.
///
/// # Errors
/// When it is not an entry sheet, when its structure was changed (the first cell that differs), or when cells hold what
/// cannot be taken (all of them).
pub fn read(bytes: &[u8]) -> Result<IsianDibaca, Vec<Masalah>> {
    let (structure, form) = open(bytes).map_err(|found| vec![found])?;
    structure::check(&structure, &form).map_err(|found| vec![found])?;
    let mut masalah = Vec::new();
    let open = structure.baris.iter().filter(|baris| baris.is_open());
    let baris = open.filter_map(|baris| row(baris, &form, &mut masalah)).collect();
    if !masalah.is_empty() {
        return Err(masalah);
    }
    let Struktur { instansi_kode, tahun, periode, versi, .. } = structure;
    Ok(IsianDibaca { instansi_kode, tahun, periode, versi, baris })
}

/// The structure that the workbook was sent out with, and the cells of the sheet that people fill in.
fn open(bytes: &[u8]) -> Result<(Struktur, Kisi), Masalah> {
    const AGAIN: &str = "unduh lembar isian baru dan salin isiannya ke sana";
    let [key, form] = workbook::read(bytes, [KUNCI, ISIAN]).map_err(|error| {
        let saran = match error {
            GalatBuku::TerlaluBesar => "unggah lembar isiannya saja, tanpa gambar dan lembar tambahan",
            GalatBuku::LamaAtauBersandi => "simpan sebagai Buku Kerja Excel (.xlsx) tanpa sandi, lalu unggah lagi",
            GalatBuku::BukanXlsx => "unggah lembar isian yang disimpan sebagai Buku Kerja Excel (.xlsx)",
        };
        problem("berkas", error.to_string(), saran)
    })?;
    let Some(key) = key else {
        let apa = "tidak ada, jadi ini bukan lembar isian dari Tolok";
        return Err(problem(&format!("lembar {KUNCI}"), apa, "unduh lembar isian di Tolok, lalu isi berkas itu"));
    };
    let structure = structure::read(&key).map_err(|error| problem(&format!("{KUNCI}!A1"), error.to_string(), AGAIN))?;
    let form = form.ok_or_else(|| {
        problem(&format!("lembar {ISIAN}"), "tidak ada", &format!("kembalikan nama lembar yang diisi menjadi {ISIAN}"))
    })?;
    Ok((structure, form))
}

/// A row's answers; `None` when nothing stands there. What is wrong with them is collected.
fn row(baris: &BarisStruktur, form: &Kisi, masalah: &mut Vec<Masalah>) -> Option<BarisDibaca> {
    let answer = take(form, place(baris, REALISASI), masalah, |isi| answer::value(isi, baris));
    let mut text = |column: usize| take(form, place(baris, column), masalah, answer::text);
    let (remark, hambatan, tindak_lanjut) = (text(REALISASI + 1), text(REALISASI + 2), text(REALISASI + 3));
    let reasons: Vec<String> = [answer.alasan, remark].into_iter().filter(|text| !text.is_empty()).collect();
    let read = BarisDibaca {
        kunci: baris.kunci.clone(),
        sel: cell_name(place(baris, REALISASI)),
        nilai: answer.nilai,
        keterangan: reasons.join("; "),
        hambatan,
        tindak_lanjut,
    };
    let is_empty = [&read.nilai, &read.keterangan, &read.hambatan, &read.tindak_lanjut].iter().all(|t| t.is_empty());
    (!is_empty).then_some(read)
}

/// Reads a cell if there is one. What is wrong with it is collected.
fn take<T: Default>(
    form: &Kisi,
    place: (u32, u32),
    masalah: &mut Vec<Masalah>,
    read: impl Fn(&Isi) -> Result<T, answer::Keberatan>,
) -> T {
    match form.get(&place).map(read) {
        None => T::default(),
        Some(Ok(answer)) => answer,
        Some(Err(found)) => {
            masalah.push(problem(&cell_name(place), found.apa, &found.saran));
            T::default()
        }
    }
}

/// Row and column, both from 0.
fn place(baris: &BarisStruktur, column: usize) -> (u32, u32) {
    (baris.nomor.saturating_sub(1), u32::try_from(column).unwrap_or(u32::MAX))
}

/// A cell of the sheet that people fill in, as they know it: "Isian!F12".
fn cell_name((row, column): (u32, u32)) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    let column: String = letters.iter().rev().collect();
    format!("{ISIAN}!{column}{}", u64::from(row) + 1)
}

/// In a workbook the place of a fault is a cell, not a line of a file.
fn problem(place: &str, apa: impl Into<String>, saran: &str) -> Masalah {
    Masalah {
        berkas: place.to_owned(),
        baris: None,
        kolom: String::new(),
        apa: apa.into(),
        saran: saran.to_owned(),
        ikutan: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_people_know_them() {
        for (place, name) in [((11, 5), "F12"), ((0, 25), "Z1"), ((0, 26), "AA1"), ((1_048_575, 16_383), "XFD1048576")]
        {
            assert_eq!(cell_name(place), format!("Isian!{name}"));
        }
    }
}

//! Cells and rows of report tables: every number in one notation, with its exact value for spreadsheets.

use rust_decimal::Decimal;
use tolok_domain::measure::{Alasan, Capaian, Setahun};
use tolok_domain::number::{shown_places, write_amount, write_decimal, write_percent};
use tolok_domain::{Nilai, Rupiah};

use crate::naskah::{Baris, GayaBaris, Kolom, NilaiSel, Rata, Ruas, Sel};

/// What stands where nothing is known and nothing was to be expected.
const NONE: &str = "–";

pub(crate) fn text(teks: impl Into<String>) -> Sel {
    Sel::text(teks)
}

pub(crate) fn bold(teks: impl Into<String>) -> Sel {
    Sel { isi: vec![Ruas::bold(teks)], ..Sel::default() }
}

/// A value; "belum ada" where it should be known and is not.
pub(crate) fn value(nilai: Option<&Nilai>, key: String) -> Sel {
    let (teks, exact) = match nilai {
        None => (NONE.to_owned(), None),
        Some(Nilai::BelumAda { .. }) => ("belum ada".to_owned(), None),
        Some(nilai) => (nilai.to_string(), number(nilai)),
    };
    Sel { isi: vec![Ruas { teks, angka: Some(key), ..Ruas::default() }], nilai: exact, ..Sel::default() }
}

/// A value of an earlier year; a dash where it is not known.
pub(crate) fn past(nilai: &Nilai, key: String) -> Sel {
    value(nilai.is_known().then_some(nilai), key)
}

/// The same cell of a year whose unit is not the one of its row: it names its own, and is no number to compute with the others.
pub(crate) fn in_its_unit(mut sel: Sel, tahun: &Setahun) -> Sel {
    if let Some(ruas) = sel.isi.last_mut().filter(|_| !tahun.sebanding && sel.nilai.take().is_some()) {
        ruas.teks = format!("{} {}", ruas.teks, tahun.satuan);
    }
    sel
}

fn number(nilai: &Nilai) -> Option<NilaiSel> {
    match nilai {
        Nilai::Bilangan(x) | Nilai::Persen(x) => Some(NilaiSel::Bilangan(*x, shown_places(*x))),
        Nilai::Uang(x) => Some(NilaiSel::Uang(*x)),
        _ => None,
    }
}

/// Achievement in percent; a dash where there is none (the reason stands in the remarks).
pub(crate) fn achievement(capaian: &Capaian, key: String) -> Sel {
    percent(capaian.percent(), key)
}

/// Absorption in percent.
pub(crate) fn absorption(serapan: &Result<Decimal, Alasan>, key: String) -> Sel {
    percent(serapan.as_ref().ok().copied(), key)
}

/// A percentage or a score with two decimals; a dash where there is none.
pub(crate) fn percent(x: Option<Decimal>, key: String) -> Sel {
    let teks = x.map_or_else(|| NONE.to_owned(), write_percent);
    Sel {
        isi: vec![Ruas { teks, angka: Some(key), ..Ruas::default() }],
        nilai: x.map(|x| NilaiSel::Bilangan(x, 2)),
        ..Sel::default()
    }
}

/// Money without "Rp": its column says so.
pub(crate) fn money(x: Option<Rupiah>, key: String) -> Sel {
    Sel {
        isi: vec![Ruas { teks: x.map_or_else(|| NONE.to_owned(), write_amount), angka: Some(key), ..Ruas::default() }],
        nilai: x.map(NilaiSel::Uang),
        ..Sel::default()
    }
}

/// A plain count.
pub(crate) fn whole(n: usize) -> Sel {
    Sel { nilai: Some(NilaiSel::Bilangan(Decimal::from(n), 0)), ..text(write_decimal(Decimal::from(n), None)) }
}

pub(crate) fn row(sel: Vec<Sel>) -> Baris {
    Baris { gaya: GayaBaris::Biasa, sel }
}

pub(crate) fn strong(sel: Vec<Sel>) -> Baris {
    Baris { gaya: GayaBaris::Tebal, sel }
}

/// A heading across the whole table.
pub(crate) fn group(teks: impl Into<String>, columns: usize) -> Baris {
    let span = u16::try_from(columns).unwrap_or(u16::MAX);
    Baris { gaya: GayaBaris::Kelompok, sel: vec![text(teks).span(span, 1).aligned(Rata::Kiri)] }
}

pub(crate) const fn left(lebar: u16) -> Kolom {
    Kolom { lebar, rata: Rata::Kiri }
}

pub(crate) const fn right(lebar: u16) -> Kolom {
    Kolom { lebar, rata: Rata::Kanan }
}

pub(crate) const fn middle(lebar: u16) -> Kolom {
    Kolom { lebar, rata: Rata::Tengah }
}

/// A header row of single cells.
pub(crate) fn header(words: &[&str]) -> Vec<Sel> {
    words.iter().map(|w| text(*w)).collect()
}

/// The row of column numbers under the headings, as official forms have it.
pub(crate) fn numbers(columns: usize) -> Vec<Sel> {
    (1..=columns).map(|n| text(n.to_string())).collect()
}

/// A value with its unit, as a sentence has it: "90,7%", "45 org".
pub(crate) fn with_unit(nilai: &Nilai, satuan: &str) -> String {
    match (nilai, satuan) {
        (Nilai::BelumAda { .. }, _) | (_, "") => nilai.to_string(),
        (_, "%") => format!("{nilai}%"),
        // A score is a number; "66,3 Nilai" is not what anyone says.
        _ if ["nilai", "angka", "indeks", "skor"].contains(&satuan.to_lowercase().as_str()) => nilai.to_string(),
        _ => format!("{nilai} {satuan}"),
    }
}

/// The text with a capital first letter; words like "pH" and "e-SAKIP" keep theirs.
pub(crate) fn capital(text: &str) -> String {
    let mut rest = text.chars();
    match (rest.next(), rest.clone().next()) {
        (Some(first), Some(second)) if first.is_lowercase() && second.is_lowercase() => {
            first.to_uppercase().chain(rest).collect()
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_begin_with_a_capital() {
        assert_eq!(capital("persentase LPK"), "Persentase LPK");
        assert_eq!(capital("pH air"), "pH air");
        assert_eq!(capital("e-SAKIP"), "e-SAKIP");
        assert_eq!(capital(""), "");
    }
}

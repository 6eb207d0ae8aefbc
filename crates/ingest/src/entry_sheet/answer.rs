//! What people wrote into the cells that they fill in.

use tolok_domain::entry_sheet::{BarisStruktur, PERSEN_TERJAUH, TEKS_TERPANJANG, clean};
use tolok_domain::number::{GalatNilai, Konteks, parse_value, write_plain, write_value_plain};
use tolok_domain::{Decimal, Nilai, Rupiah, TipeNilai};

use crate::workbook::{Isi, Lain, exact};

/// Why a cell cannot be taken: what is wrong, and what would be right.
pub(super) struct Keberatan {
    pub apa: String,
    pub saran: String,
}

fn refuse(apa: impl Into<String>, saran: impl Into<String>) -> Keberatan {
    Keberatan { apa: apa.into(), saran: saran.into() }
}

/// What stands in a cell for a value.
#[derive(Default)]
pub(super) struct Jawaban {
    /// The value, in the form in which [`parse_value`] reads it back exactly; empty when there is none.
    pub nilai: String,
    /// Why there is none ("belum ada (survei berjalan)").
    pub alasan: String,
}

/// Reads a cell as a value of the row's type.
pub(super) fn value(isi: &Isi, baris: &BarisStruktur) -> Result<Jawaban, Keberatan> {
    let value = match isi {
        Isi::Teks(text) => typed(text, baris.tipe)?,
        Isi::Bilangan { nilai, persen } => number(*nilai, *persen, baris.tipe)?,
        Isi::Lain(other) => return Err(no_answer(other, example(baris.tipe))),
    };
    let nilai = match value {
        Nilai::BelumAda { alasan } => return Ok(Jawaban { nilai: String::new(), alasan }),
        Nilai::Predikat(grade) if !baris.pilihan.is_empty() => known_grade(&grade, &baris.pilihan)?,
        value => write_value_plain(&value),
    };
    Ok(Jawaban { nilai, alasan: String::new() })
}

/// Reads a cell as a text.
pub(super) fn text(isi: &Isi) -> Result<String, Keberatan> {
    let text = match isi {
        Isi::Teks(text) => clean(text),
        Isi::Bilangan { nilai, persen } => shown(decimal(*nilai)?, *persen),
        Isi::Lain(other) => return Err(no_answer(other, "tulis sebagai teks, dengan tanda petik tunggal di depannya")),
    };
    if text.chars().count() > TEKS_TERPANJANG {
        return Err(refuse("teks terlalu panjang", format!("paling panjang {TEKS_TERPANJANG} huruf")));
    }
    Ok(text)
}

fn known_grade(grade: &str, known: &[String]) -> Result<String, Keberatan> {
    let found = known.iter().find(|known| known.to_lowercase() == grade.to_lowercase());
    found.cloned().ok_or_else(|| {
        refuse(format!("\"{grade}\" tidak ada dalam daftar"), format!("pilih salah satu: {}", known.join(", ")))
    })
}

fn typed(text: &str, tipe: TipeNilai) -> Result<Nilai, Keberatan> {
    parse_value(text, tipe, &Konteks::indonesia()).map_err(|error| said(&error))
}

/// The messages of the number reader say themselves what would be right.
fn said(error: &GalatNilai) -> Keberatan {
    refuse(error.to_string(), "")
}

/// Reads a number as the cell shows it.
fn number(x: f64, is_percent: bool, tipe: TipeNilai) -> Result<Nilai, Keberatan> {
    let exact = decimal(x)?;
    match tipe {
        TipeNilai::Persen => percentage(exact, is_percent),
        TipeNilai::Bilangan | TipeNilai::Rentang if !is_percent => Ok(Nilai::Bilangan(exact)),
        TipeNilai::Uang if !is_percent => {
            let teks = shown(exact, false);
            Rupiah::from_decimal(exact).map(Nilai::Uang).ok_or_else(|| said(&GalatNilai::Uang { teks }))
        }
        // 1 for a document that is there; and what is of another type, with the message for it.
        _ => typed(&shown(exact, is_percent), tipe),
    }
}

/// Reads a percentage. 98,13% is stored as 0,9813, and only the cell's format tells that it is meant so; where a slip is as
/// likely as the number itself, the person is asked.
fn percentage(x: Decimal, is_percent: bool) -> Result<Nilai, Keberatan> {
    let hundred = hundredfold(x);
    let because = match is_percent {
        true if hundred.abs() > Decimal::from(PERSEN_TERJAUH) => "angka yang ditempel ke sel persen dikalikan seratus",
        true => return Ok(Nilai::Persen(hundred)),
        false if !x.is_zero() && x.abs() <= Decimal::ONE => "sel ini tidak lagi berformat persen",
        false => return Ok(Nilai::Persen(x)),
    };
    let (small, large) = (write_plain(x), write_plain(hundred));
    Err(refuse(
        format!("dapat berarti {small}% atau {large}%, karena {because}"),
        format!("tulis sebagai teks: '{small}% atau '{large}%, dengan tanda petik tunggal di depannya"),
    ))
}

fn decimal(x: f64) -> Result<Decimal, Keberatan> {
    exact(x).ok_or_else(|| {
        refuse(
            "bilangan ini tidak tersimpan tepat, karena Excel hanya menyimpan 15 angka",
            "isi angka ini langsung di Tolok",
        )
    })
}

/// A number of a cell has 16 digits at most, so this neither overflows nor rounds.
fn hundredfold(x: Decimal) -> Decimal {
    (x * Decimal::ONE_HUNDRED).normalize()
}

/// A number as the cell shows it.
fn shown(x: Decimal, is_percent: bool) -> String {
    if is_percent { format!("{}%", write_plain(hundredfold(x))) } else { write_plain(x) }
}

fn no_answer(isi: &Lain, instead: &str) -> Keberatan {
    match isi {
        Lain::Rumus => refuse("berisi rumus", "isi dengan nilai, bukan rumus: salin, lalu Tempel Khusus, Nilai"),
        Lain::Galat(error) => refuse(format!("berisi kesalahan {error}"), instead),
        Lain::Tanggal => refuse("berisi tanggal atau waktu", instead),
        Lain::Logis => refuse("berisi BENAR atau SALAH", instead),
    }
}

const fn example(tipe: TipeNilai) -> &'static str {
    match tipe {
        TipeNilai::Bilangan => "tulis bilangan, misalnya 1.051 atau 40,98",
        TipeNilai::Persen => "tulis persentase, misalnya 98,13%",
        TipeNilai::Rasio => "tulis pembilang dan penyebut dengan tanda petik tunggal di depannya, misalnya '3/4",
        TipeNilai::Rentang => "tulis rentang dengan tanda petik tunggal di depannya, misalnya '60-85",
        TipeNilai::Predikat => "tulis predikat, misalnya BB atau WTP",
        TipeNilai::Dokumen => "tulis ada atau tidak ada",
        TipeNilai::Uang => "tulis jumlah rupiah, misalnya 7.851.608.419",
    }
}

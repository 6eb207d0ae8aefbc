//! Reading a cell as a value of an indicator's type.

use rust_decimal::Decimal;

use super::error::{GalatAngka, excerpt};
use super::read::empty_kind;
use super::{Batas, Isi, Konteks, Terbaca, parts, read};
use crate::value::{Nilai, Rupiah, TipeNilai};

/// The cell does not hold a value of the indicator's type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GalatNilai {
    /// It cannot be read as a number at all.
    #[error(transparent)]
    Angka(#[from] GalatAngka),
    /// It can be read, but as something else.
    #[error("\"{}\" bukan {}", excerpt(.teks), expected(*.tipe))]
    TipeLain {
        /// The cell.
        teks: String,
        /// The type that was expected.
        tipe: TipeNilai,
    },
    /// It is a strict bound ("> 95"), which is not a value.
    #[error(
        "\"{}\" menyebut batas, bukan nilai; tulis angkanya saja, arah penilaian sudah tercatat pada indikator",
        excerpt(.teks)
    )]
    Batas {
        /// The cell.
        teks: String,
    },
    /// Money with fractions of a sen, or more of it than can be kept.
    #[error(
        "\"{}\" tidak dapat disimpan sebagai rupiah; \
         tulis paling banyak dua angka desimal dan kurang dari 92 kuadriliun",
        excerpt(.teks)
    )]
    Uang {
        /// The cell.
        teks: String,
    },
}

/// What to write for a type; continues "... bukan".
const fn expected(tipe: TipeNilai) -> &'static str {
    match tipe {
        TipeNilai::Bilangan => {
            "bilangan biasa; tulis misalnya 1.051 atau 40,98, tanpa tanda persen. \
             Bila yang dimaksud persen, rasio atau rentang, ubah tipe indikator"
        }
        TipeNilai::Persen => {
            "persentase; tulis misalnya 98,13. \
             Bila yang dimaksud pembilang dan penyebut atau rentang, ubah tipe indikator"
        }
        TipeNilai::Rasio => "rasio; tulis pembilang dan penyebut, misalnya 28/35",
        TipeNilai::Rentang => "rentang; tulis batas bawah dan batas atas, misalnya 60-85",
        TipeNilai::Predikat => "predikat; tulis misalnya BB atau WTP",
        TipeNilai::Dokumen => "keterangan dokumen; tulis ada atau tidak ada",
        TipeNilai::Uang => "nilai rupiah; tulis misalnya 7.851.608.419 atau Rp1.355,90",
    }
}

/// Reads a cell as a value of an indicator's type. What says that there is nothing (empty, "-", "n/a", "belum ada" with
/// a reason in parentheses) is [`Nilai::BelumAda`] for every type.
///
/// A single number in a column of ranges is a realisation to be held against the range and comes back as
/// [`Nilai::Bilangan`]. "≥ 95" is 95: what an inclusive bound adds is the direction, which the indicator knows. Money
/// has at most two decimals, so that a lone "467.500" is thousands without further context, and "467,500" in
/// Indonesian style is refused. Units and remarks in the cell are not part of the value; [`read()`] gives them.
///
/// # Errors
/// When the cell cannot be read without guessing, or holds something of another type (a fraction where a percentage is
/// due is held back, never cut to its first number).
pub fn parse_value(text: &str, tipe: TipeNilai, ctx: &Konteks) -> Result<Nilai, GalatNilai> {
    let teks = parts::clean(text);
    if let Some(alasan) = missing(&teks) {
        return Ok(Nilai::BelumAda { alasan });
    }
    let other = || GalatNilai::TipeLain { teks: teks.clone(), tipe };
    match tipe {
        TipeNilai::Predikat => grade(&teks).ok_or_else(other),
        TipeNilai::Dokumen => match present(&teks) {
            Some(there) => Ok(Nilai::Dokumen(there)),
            None => count(&read(text, ctx)?).ok_or_else(other),
        },
        _ => {
            let cell = read(text, &Konteks { bulat: ctx.bulat || tipe == TipeNilai::Uang, ..*ctx })?;
            if matches!(cell.batas, Some(Batas::LebihDari | Batas::KurangDari)) {
                return Err(GalatNilai::Batas { teks });
            }
            let value = typed(&cell, tipe).ok_or_else(other)?;
            value.map_err(|NotRupiah| GalatNilai::Uang { teks })
        }
    }
}

/// The reason, possibly empty, when the cell says that there is no value.
fn missing(text: &str) -> Option<String> {
    const WORDS: &str = "belum ada";
    if empty_kind(text).is_some() {
        return Some(String::new());
    }
    let (start, rest) = text.split_at_checked(WORDS.len())?;
    if !start.eq_ignore_ascii_case(WORDS) {
        return None;
    }
    match rest.trim() {
        "" => Some(String::new()),
        rest => Some(rest.strip_prefix('(')?.strip_suffix(')')?.trim().to_owned()),
    }
}

fn grade(text: &str) -> Option<Nilai> {
    text.contains(char::is_alphabetic).then(|| Nilai::Predikat(text.to_owned()))
}

fn present(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "ada" | "ya" => Some(true),
        "tidak ada" | "tidak" => Some(false),
        _ => None,
    }
}

/// A count of documents: "1 dok".
fn count(cell: &Terbaca) -> Option<Nilai> {
    match cell.isi {
        Isi::Bilangan(x) if !cell.persen && !cell.rupiah && x.is_integer() && x >= Decimal::ZERO => {
            Some(Nilai::Dokumen(!x.is_zero()))
        }
        _ => None,
    }
}

/// The number is not an amount in whole sen that fits.
struct NotRupiah;

/// The value of a cell with numbers; `None` when its type is another one.
fn typed(cell: &Terbaca, tipe: TipeNilai) -> Option<Result<Nilai, NotRupiah>> {
    let plain = !cell.persen && !cell.rupiah;
    Some(Ok(match (tipe, &cell.isi) {
        (TipeNilai::Bilangan, Isi::Bilangan(x)) if !cell.persen => Nilai::Bilangan(*x),
        (TipeNilai::Persen, Isi::Bilangan(x)) if cell.persen || (plain && cell.satuan.is_empty()) => Nilai::Persen(*x),
        (TipeNilai::Rasio, Isi::Pecahan { n, d }) if plain => Nilai::Rasio { n: *n, d: *d },
        (TipeNilai::Rentang, Isi::Rentang { bawah, atas }) => Nilai::Rentang { bawah: *bawah, atas: *atas },
        (TipeNilai::Rentang, Isi::Bilangan(x)) => Nilai::Bilangan(*x),
        // A unit that is not money ("5 M", "3 orang") would change the amount or its meaning.
        (TipeNilai::Uang, Isi::Bilangan(x)) if !cell.persen && matches!(cell.satuan.as_str(), "" | "Rupiah") => {
            return Some(Rupiah::from_decimal(*x).map(Nilai::Uang).ok_or(NotRupiah));
        }
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use rust_decimal::dec;

    #[rstest]
    #[case("1.051", TipeNilai::Bilangan, Nilai::Bilangan(dec!(1051)))]
    #[case("27 Orang", TipeNilai::Bilangan, Nilai::Bilangan(dec!(27)))]
    #[case("≥ 95", TipeNilai::Persen, Nilai::Persen(dec!(95)))]
    #[case("90,95 %", TipeNilai::Persen, Nilai::Persen(dec!(90.95)))]
    #[case("100,00 Persen", TipeNilai::Persen, Nilai::Persen(dec!(100.00)))]
    #[case("28 / 35", TipeNilai::Rasio, Nilai::Rasio { n: dec!(28), d: dec!(35) })]
    #[case("100 dari 110", TipeNilai::Rasio, Nilai::Rasio { n: dec!(100), d: dec!(110) })]
    #[case("60-85", TipeNilai::Rentang, Nilai::Rentang { bawah: dec!(60), atas: dec!(85) })]
    #[case("5 – 7", TipeNilai::Rentang, Nilai::Rentang { bawah: dec!(5), atas: dec!(7) })]
    #[case("80..90", TipeNilai::Rentang, Nilai::Rentang { bawah: dec!(80), atas: dec!(90) })]
    #[case("75,87", TipeNilai::Rentang, Nilai::Bilangan(dec!(75.87)))]
    #[case(" BB\t", TipeNilai::Predikat, Nilai::Predikat("BB".into()))]
    #[case("Sangat Baik", TipeNilai::Predikat, Nilai::Predikat("Sangat Baik".into()))]
    #[case("Ada", TipeNilai::Dokumen, Nilai::Dokumen(true))]
    #[case("tidak ada", TipeNilai::Dokumen, Nilai::Dokumen(false))]
    #[case("ya", TipeNilai::Dokumen, Nilai::Dokumen(true))]
    #[case("Tidak", TipeNilai::Dokumen, Nilai::Dokumen(false))]
    #[case("1 dok", TipeNilai::Dokumen, Nilai::Dokumen(true))]
    #[case("0", TipeNilai::Dokumen, Nilai::Dokumen(false))]
    #[case("Rp. 5.000,-", TipeNilai::Uang, Nilai::Uang(Rupiah::from_sen(500_000)))]
    #[case("1.355,90", TipeNilai::Uang, Nilai::Uang(Rupiah::from_sen(135_590)))]
    #[case("Rp2,5 M", TipeNilai::Uang, Nilai::Uang(Rupiah::from_sen(250_000_000_000)))]
    fn reads_cells_by_type(#[case] text: &str, #[case] tipe: TipeNilai, #[case] expected: Nilai) {
        assert_eq!(parse_value(text, tipe, &Konteks::indonesia()), Ok(expected), "{text}");
    }

    #[test]
    fn nothing_is_never_zero() {
        // C073, C077, C079
        for text in ["", "  ", "-", "–", "n/a", "NA", "belum ada"] {
            for tipe in TipeNilai::ALL {
                let value = parse_value(text, tipe, &Konteks::default());
                assert_eq!(value, Ok(Nilai::BelumAda { alasan: String::new() }), "{text:?} {tipe:?}");
            }
        }
        let value = parse_value("belum ada (survei BPS belum terbit)", TipeNilai::Persen, &Konteks::indonesia());
        assert_eq!(value, Ok(Nilai::BelumAda { alasan: "survei BPS belum terbit".into() }));
    }

    #[rstest]
    #[case("98,13%", TipeNilai::Bilangan)]
    #[case("5-7", TipeNilai::Bilangan)]
    #[case("100 dari 110 Organisasi Kepemudaan", TipeNilai::Persen)] // C058
    #[case("27 Orang", TipeNilai::Persen)]
    #[case("80", TipeNilai::Rasio)]
    #[case("28/35", TipeNilai::Rentang)]
    #[case("66,24", TipeNilai::Predikat)]
    #[case("0,5", TipeNilai::Dokumen)]
    #[case("-1", TipeNilai::Dokumen)]
    #[case("BB", TipeNilai::Uang)]
    #[case("5 M", TipeNilai::Uang)]
    fn other_types_are_refused(#[case] text: &str, #[case] tipe: TipeNilai) {
        let error = parse_value(text, tipe, &Konteks::indonesia()).expect_err(text);
        assert_eq!(error, GalatNilai::TipeLain { teks: text.to_owned(), tipe });
        assert!(error.to_string().contains("tulis"), "{error}");
    }

    #[test]
    fn money_never_has_three_decimals() {
        let read = |text, ctx| parse_value(text, TipeNilai::Uang, &ctx);
        let expected = Ok(Nilai::Uang(Rupiah::from_sen(46_750_000)));
        assert_eq!(read("467.500", Konteks::default()), expected);
        assert_eq!(read("467.500", Konteks::indonesia()), expected);
        let error = read("467,500", Konteks::indonesia()).expect_err("thousands in English style");
        assert!(matches!(error, GalatNilai::Angka(GalatAngka::Ambigu { .. })), "{error:?}");
    }

    #[test]
    fn what_cannot_be_kept_is_refused() {
        let read = |text, tipe| parse_value(text, tipe, &Konteks::indonesia());
        for text in ["1,2555", "99.999.999.999.999.999.999"] {
            assert_eq!(read(text, TipeNilai::Uang), Err(GalatNilai::Uang { teks: text.to_owned() }));
        }
        assert_eq!(read("> 95", TipeNilai::Persen), Err(GalatNilai::Batas { teks: "> 95".to_owned() }));
        assert!(matches!(read("banyak", TipeNilai::Bilangan), Err(GalatNilai::Angka(_))));
    }
}

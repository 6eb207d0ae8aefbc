//! Writing numbers and values: for readers, and for data files.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::value::{Nilai, Rupiah};

/// A decimal holds no more decimals than this.
const MOST_PLACES: u32 = 28;

/// A number for readers: dots between groups of three, a decimal comma. With `places` it is rounded (halves away from
/// zero) and filled up to so many decimals; without, it keeps the decimals it has.
pub fn write_decimal(x: Decimal, places: Option<u32>) -> String {
    let places = places.unwrap_or(x.scale()).min(MOST_PLACES);
    let rounded = x.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    let text = rounded.abs().to_string();
    let (whole, frac) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::with_capacity(text.len() * 2);
    if rounded.is_sign_negative() && !rounded.is_zero() {
        out.push('-');
    }
    push_grouped(&mut out, whole);
    if places > 0 {
        let width = usize::try_from(places).unwrap_or(frac.len());
        out.push_str(&format!(",{frac:0<width$}"));
    }
    out
}

fn push_grouped(out: &mut String, digits: &str) {
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
}

/// A number for data files: no grouping, a decimal comma, as many decimals as it was given with (28,70 stays 28,70).
pub fn write_plain(x: Decimal) -> String {
    let x = if x.is_zero() { x.abs() } else { x };
    x.to_string().replace('.', ",")
}

/// A percentage for readers, always with two decimals and without the sign: "98,13".
pub fn write_percent(x: Decimal) -> String {
    write_decimal(x, Some(2))
}

/// Money for readers: "Rp7.851.608.419", "-Rp500"; with sen only where there are any.
pub fn write_rupiah(x: Rupiah) -> String {
    let amount = write_amount(x);
    match amount.strip_prefix('-') {
        Some(amount) => format!("-Rp{amount}"),
        None => format!("Rp{amount}"),
    }
}

/// Money in a column that says "Rp" in its head: "7.851.608.419"; with sen only where there are any.
pub fn write_amount(x: Rupiah) -> String {
    let places = if x.sen() % 100 == 0 { 0 } else { 2 };
    write_decimal(x.to_decimal(), Some(places))
}

/// How many decimals a reader is shown. Nobody enters more than four: a number with more was computed, and two say enough.
pub fn shown_places(x: Decimal) -> u32 {
    if x.scale() > 4 { 2 } else { x.scale() }
}

/// A value for readers, without unit: "1.051", "40,98", "28/35", "60–85", "BB", "ada", "belum ada (survei berjalan)".
pub fn write_value(v: &Nilai) -> String {
    let number = |x: &Decimal| write_decimal(*x, Some(shown_places(*x)));
    match v {
        Nilai::Bilangan(x) | Nilai::Persen(x) => number(x),
        Nilai::Rasio { n, d } => format!("{}/{}", number(n), number(d)),
        Nilai::Rentang { bawah, atas } => format!("{}–{}", number(bawah), number(atas)),
        Nilai::Predikat(grade) => grade.clone(),
        Nilai::Dokumen(there) => presence(*there).to_owned(),
        Nilai::Uang(x) => write_amount(*x),
        Nilai::BelumAda { alasan } if alasan.is_empty() => "belum ada".to_owned(),
        Nilai::BelumAda { alasan } => format!("belum ada ({alasan})"),
    }
}

/// A value for data files; [`super::parse_value`] reads it back in Indonesian style. Not known is empty: the reason
/// stands in a column of its own.
pub fn write_value_plain(v: &Nilai) -> String {
    match v {
        Nilai::Bilangan(x) | Nilai::Persen(x) => write_plain(*x),
        Nilai::Rasio { n, d } => format!("{}/{}", write_plain(*n), write_plain(*d)),
        Nilai::Rentang { bawah, atas } => format!("{}..{}", write_plain(*bawah), write_plain(*atas)),
        Nilai::Predikat(grade) => grade.clone(),
        Nilai::Dokumen(there) => presence(*there).to_owned(),
        Nilai::Uang(x) => write_plain(x.to_decimal()),
        Nilai::BelumAda { .. } => String::new(),
    }
}

const fn presence(there: bool) -> &'static str {
    if there { "ada" } else { "tidak ada" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::dec;

    #[test]
    fn readers_get_grouping_and_rounding() {
        assert_eq!(write_decimal(dec!(1051), None), "1.051");
        assert_eq!(write_decimal(dec!(1234567.50), None), "1.234.567,50");
        assert_eq!(write_decimal(dec!(-1250), Some(2)), "-1.250,00");
        assert_eq!(write_decimal(dec!(0.005), Some(2)), "0,01");
        assert_eq!(write_decimal(dec!(-0.005), Some(2)), "-0,01");
        assert_eq!(write_decimal(dec!(-0.004), Some(2)), "0,00");
        assert_eq!(write_decimal(dec!(999.995), Some(2)), "1.000,00");
        assert_eq!(write_decimal(dec!(5), Some(u32::MAX)), format!("5,{}", "0".repeat(28)));
        assert_eq!(write_percent(dec!(98.125)), "98,13");
        assert!(write_decimal(Decimal::MIN, Some(4)).starts_with("-79.228.162"));
    }

    #[test]
    fn data_files_keep_the_scale() {
        assert_eq!(write_plain(dec!(28.70)), "28,70");
        assert_eq!(write_plain(dec!(1234567.5)), "1234567,5");
        assert_eq!(write_plain(-dec!(0.00)), "0,00");
    }

    #[test]
    fn money_shows_sen_only_when_there_are_any() {
        assert_eq!(write_rupiah(Rupiah::from_sen(785_160_841_900)), "Rp7.851.608.419");
        assert_eq!(write_rupiah(Rupiah::from_sen(135_590)), "Rp1.355,90");
        assert_eq!(write_rupiah(Rupiah::from_sen(-50_000)), "-Rp500");
        assert_eq!(write_amount(Rupiah::from_sen(5)), "0,05");
        assert_eq!(write_amount(Rupiah::from_sen(i64::MIN)), "-92.233.720.368.547.758,08");
    }

    #[test]
    fn values_as_readers_see_them() {
        let missing = |alasan: &str| Nilai::BelumAda { alasan: alasan.into() };
        for (value, text) in [
            (Nilai::Bilangan(dec!(1051)), "1.051"),
            (Nilai::Persen(dec!(40.98)), "40,98"),
            (Nilai::Rasio { n: dec!(28), d: dec!(35) }, "28/35"),
            (Nilai::Persen(dec!(28.70)), "28,70"),
            (Nilai::Persen(dec!(85.714285714285714286)), "85,71"),
            (Nilai::Bilangan(dec!(0.3725)), "0,3725"),
            (Nilai::Rentang { bawah: dec!(60), atas: dec!(85) }, "60–85"),
            (Nilai::Predikat("BB".into()), "BB"),
            (Nilai::Dokumen(false), "tidak ada"),
            (Nilai::Uang(Rupiah::from_sen(50_000)), "500"),
            (missing(""), "belum ada"),
            (missing("belum ada penilaian"), "belum ada (belum ada penilaian)"),
        ] {
            assert_eq!(write_value(&value), text);
        }
        assert_eq!(write_value_plain(&missing("belum ada penilaian")), "");
    }
}

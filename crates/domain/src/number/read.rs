//! Reading one cell.

use rust_decimal::Decimal;

use super::error::GalatAngka;
use super::parts::{self, Bagian, Mentah, Sambung};
use super::style;
use super::{Isi, Konteks, Kosong, Skala, Terbaca};

/// Reads a cell as people write it: numbers with unit, scale word, currency, percent sign or bound, ranges, fractions,
/// grades, and the ways of saying that there is nothing.
///
/// # Errors
/// Never guesses: a text that can be read in two ways, is written in another style than the context expects, holds more
/// than one number, or has more digits than can be kept exactly is refused with a message for the person who wrote it.
pub fn read(text: &str, ctx: &Konteks) -> Result<Terbaca, GalatAngka> {
    let text = parts::clean(text);
    if let Some(kind) = empty_kind(&text) {
        return Ok(Terbaca::plain(Isi::Kosong(kind)));
    }
    if is_grade(&text) {
        return Ok(Terbaca::plain(Isi::Predikat(text)));
    }
    let not_a_number = || GalatAngka::BukanAngka { teks: text.clone() };
    let parts = parts::split(&text).ok_or_else(not_a_number)?;
    match evaluate(&parts, ctx) {
        // The person sees the cell, not the numeral in it.
        Ok(None) | Err(GalatAngka::BukanAngka { .. }) => Err(not_a_number()),
        Ok(Some(isi)) => Ok(describe(isi, parts)),
        Err(other) => Err(other),
    }
}

pub(super) fn empty_kind(text: &str) -> Option<Kosong> {
    if text.is_empty() {
        return Some(Kosong::Kosong);
    }
    if text.bytes().all(|b| b == b'-') {
        return Some(Kosong::Strip);
    }
    let words = ["n/a", "na", "n.a.", "n.a", "#n/a"];
    words.iter().any(|word| text.eq_ignore_ascii_case(word)).then_some(Kosong::TidakAda)
}

/// Grades of the scales in use (AA to F, doubled letters, A-) and the opinions of the BPK.
fn is_grade(text: &str) -> bool {
    if matches!(text, "WTP" | "WTP-DPP" | "WDP" | "TMP" | "TW") {
        return true;
    }
    let letters = text.strip_suffix(['-', '+']).unwrap_or(text).as_bytes();
    matches!(letters, [b'A'..=b'F']) || matches!(letters, [a @ b'A'..=b'F', b] if a == b)
}

/// The value; `None` when the parts do not make one.
fn evaluate(parts: &Bagian<'_>, ctx: &Konteks) -> Result<Option<Isi>, GalatAngka> {
    let Bagian { first, second, .. } = parts;
    let Some((kind, second)) = second else {
        return Ok(number(first, first.skala, ctx)?.map(Isi::Bilangan));
    };
    match kind {
        Sambung::Rentang => {
            // "5-7 juta" is from 5 to 7 million.
            let bawah = number(first, first.skala.or(second.skala), ctx)?;
            let atas = number(second, second.skala, ctx)?;
            Ok(bawah.zip(atas).filter(|(bawah, atas)| bawah <= atas).map(|(bawah, atas)| Isi::Rentang { bawah, atas }))
        }
        // "5/7 juta" leaves open whether the 5 are millions too.
        Sambung::Pecahan if first.skala.is_none() && second.skala.is_some() => Ok(None),
        Sambung::Pecahan => {
            let n = number(first, first.skala, ctx)?;
            let d = number(second, second.skala, ctx)?;
            Ok(n.zip(d).map(|(n, d)| Isi::Pecahan { n, d }))
        }
    }
}

/// One number with sign and scale; `None` when it stands in parentheses that mean nothing here.
fn number(raw: &Mentah<'_>, skala: Option<Skala>, ctx: &Konteks) -> Result<Option<Decimal>, GalatAngka> {
    if raw.parenthesised && !ctx.kurung_negatif {
        return Ok(None);
    }
    let finish = |x: Decimal| {
        let power = raw.exponent.unwrap_or(0).saturating_add(skala.map_or(0, Skala::exponent));
        let shifted = if power == 0 { Some(x) } else { shift(x, power) };
        let mut x = shifted.ok_or_else(|| GalatAngka::TerlaluBesar { teks: raw.numeral.to_owned() })?;
        // There is no negative zero.
        x.set_sign_negative((raw.negative || raw.parenthesised) && !x.is_zero());
        Ok(x)
    };
    let unsigned = match raw.exponent {
        Some(_) => style::mantissa(raw.numeral),
        // "1,234 juta" has decimals even in a column of whole counts.
        None => style::numeral(raw.numeral, &Konteks { bulat: ctx.bulat && skala.is_none(), ..*ctx }),
    };
    match unsigned {
        Ok(x) => finish(x).map(Some),
        Err(GalatAngka::Ambigu { teks, ribuan, desimal }) => {
            Err(GalatAngka::Ambigu { teks, ribuan: finish(ribuan)?, desimal: finish(desimal)? })
        }
        Err(other) => Err(other),
    }
}

/// Moves the decimal point, exactly; `None` when the result does not fit. (Multiplying would round instead.)
fn shift(x: Decimal, power: i32) -> Option<Decimal> {
    let x = x.normalize();
    if x.is_zero() {
        return Some(Decimal::ZERO);
    }
    let scale = i32::try_from(x.scale()).ok()?.checked_sub(power)?;
    let (mantissa, scale) = match u32::try_from(scale) {
        Ok(scale) => (x.mantissa(), scale),
        Err(_) => (x.mantissa().checked_mul(10_i128.checked_pow(scale.unsigned_abs())?)?, 0),
    };
    Decimal::try_from_i128_with_scale(mantissa, scale).ok()
}

fn describe(isi: Isi, parts: Bagian<'_>) -> Terbaca {
    let Bagian { batas, first, second, satuan, catatan } = parts;
    let second = second.map(|(_, second)| second).unwrap_or_default();
    let is = |words: &[&str]| words.iter().any(|word| satuan.eq_ignore_ascii_case(word));
    let (percent_word, rupiah_word) = (is(&["persen"]), is(&["rupiah"]));
    let (percent_sign, rupiah_sign) = (is(&["%"]), is(&["rp", "rp.", "idr"]));
    let satuan = match () {
        () if percent_word => "Persen".to_owned(),
        () if rupiah_word => "Rupiah".to_owned(),
        () if percent_sign || rupiah_sign => String::new(),
        () => satuan,
    };
    Terbaca {
        isi,
        persen: first.persen || second.persen || percent_word || percent_sign,
        rupiah: first.rupiah || second.rupiah || rupiah_word || rupiah_sign,
        batas,
        skala: second.skala.or(first.skala),
        satuan,
        catatan,
    }
}

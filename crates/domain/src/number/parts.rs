//! The parts of a cell, by form only: which number, which unit, which remark. What separators mean is decided later.

use super::{Batas, Skala};

/// A number as written.
#[derive(Debug, Default)]
pub(super) struct Mentah<'a> {
    pub negative: bool,
    /// Stands in parentheses, which may mean negative.
    pub parenthesised: bool,
    /// Digits and separators.
    pub numeral: &'a str,
    /// Power of ten of scientific notation.
    pub exponent: Option<i32>,
    pub skala: Option<Skala>,
    pub persen: bool,
    pub rupiah: bool,
}

/// What joins two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sambung {
    Rentang,
    Pecahan,
}

/// Everything in a cell with a number.
#[derive(Debug)]
pub(super) struct Bagian<'a> {
    pub batas: Option<Batas>,
    pub first: Mentah<'a>,
    pub second: Option<(Sambung, Mentah<'a>)>,
    pub satuan: String,
    pub catatan: String,
}

const BOUNDS: [(&str, Batas); 14] = [
    ("≥", Batas::PalingSedikit),
    (">=", Batas::PalingSedikit),
    ("≤", Batas::PalingBanyak),
    ("<=", Batas::PalingBanyak),
    (">", Batas::LebihDari),
    ("<", Batas::KurangDari),
    ("minimal ", Batas::PalingSedikit),
    ("paling sedikit ", Batas::PalingSedikit),
    ("maksimal ", Batas::PalingBanyak),
    ("paling banyak ", Batas::PalingBanyak),
    ("lebih dari ", Batas::LebihDari),
    ("kurang dari ", Batas::KurangDari),
    ("di atas ", Batas::LebihDari),
    ("di bawah ", Batas::KurangDari),
];

const SCALES: [(&str, Skala); 8] = [
    ("ribu", Skala::Ribu),
    ("rb", Skala::Ribu),
    ("juta", Skala::Juta),
    ("jt", Skala::Juta),
    ("miliar", Skala::Miliar),
    ("milyar", Skala::Miliar),
    ("triliun", Skala::Triliun),
    ("trilyun", Skala::Triliun),
];

/// Longer words first: "sampai" begins "sampai dengan".
const JOINERS: [(&str, Sambung); 10] = [
    ("..", Sambung::Rentang),
    ("-", Sambung::Rentang),
    ("s.d.", Sambung::Rentang),
    ("s.d ", Sambung::Rentang),
    ("s/d", Sambung::Rentang),
    ("sampai dengan ", Sambung::Rentang),
    ("sampai ", Sambung::Rentang),
    ("hingga ", Sambung::Rentang),
    ("/", Sambung::Pecahan),
    ("dari ", Sambung::Pecahan),
];

/// The text with plain spaces, single and none at the ends, and plain hyphens for every dash and minus sign; without
/// the invisible characters that come along from web pages.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            c if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Every numeral in a cleaned text, except those in scientific notation.
pub(super) fn numerals(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let Some((numeral, after)) = take_numeral(&rest[start..]) else { break };
        match take_exponent(after) {
            Some((_, behind)) => rest = behind,
            None => {
                found.push(numeral);
                rest = after;
            }
        }
    }
    found
}

/// Cuts a cleaned text into its parts; `None` when it is not a number, a range or a fraction with unit and remark.
pub(super) fn split(text: &str) -> Option<Bagian<'_>> {
    let bound = BOUNDS.iter().find_map(|&(word, b)| Some((b, strip_word(text, word)?.trim_start())));
    let (batas, rest) = bound.map_or((None, text), |(b, rest)| (Some(b), rest));
    let (first, rest) = take_number(rest)?;
    let (second, rest) = match take_joined(rest) {
        Some((joined, rest)) => (Some(joined), rest),
        None => (None, rest),
    };
    let is_fraction = matches!(second, Some((Sambung::Pecahan, _)));
    let (satuan, catatan) = take_tail(rest.trim_start(), is_fraction)?;
    Some(Bagian { batas, first, second, satuan, catatan })
}

fn take_joined(rest: &str) -> Option<((Sambung, Mentah<'_>), &str)> {
    let rest = rest.trim_start();
    JOINERS.iter().find_map(|&(word, kind)| {
        let (number, rest) = take_number(strip_word(rest, word)?.trim_start())?;
        Some(((kind, number), rest))
    })
}

/// A number with what belongs to it on both sides, in parentheses or not.
fn take_number(text: &str) -> Option<(Mentah<'_>, &str)> {
    let currency = strip_currency(text);
    let Some(inner) = currency.unwrap_or(text).strip_prefix('(') else { return take_bare_number(text) };
    let (mut number, rest) = take_bare_number(inner)?;
    let rest = rest.trim_start().strip_prefix(')')?;
    if number.negative {
        return None;
    }
    let (persen, rest) = take_percent(rest);
    number.parenthesised = true;
    number.persen |= persen;
    number.rupiah |= currency.is_some();
    Some((number, rest))
}

fn take_bare_number(text: &str) -> Option<(Mentah<'_>, &str)> {
    let (before, rest) = take_sign(text);
    let (rupiah, rest) = strip_currency(rest).map_or((false, rest), |rest| (true, rest));
    let (after, rest) = if rupiah { take_sign(rest) } else { (None, rest) };
    if before.is_some() && after.is_some() {
        return None;
    }
    let (numeral, rest) = take_numeral(rest)?;
    let (exponent, rest) = take_exponent(rest).map_or((None, rest), |(e, rest)| (Some(e), rest));
    let (skala, rest) = take_scale(strip_no_cents(rest), rupiah);
    let (persen, rest) = take_percent(rest);
    let negative = before.or(after) == Some('-');
    Some((Mentah { negative, parenthesised: false, numeral, exponent, skala, persen, rupiah }, rest))
}

fn take_sign(text: &str) -> (Option<char>, &str) {
    for sign in ['-', '+'] {
        if let Some(rest) = text.strip_prefix(sign) {
            return (Some(sign), rest);
        }
    }
    (None, text)
}

/// Digits, with single separators between them.
fn take_numeral(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let is_digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    if !is_digit(0) {
        return None;
    }
    let mut end = 1;
    while is_digit(end) || (matches!(bytes.get(end), Some(b'.' | b',')) && is_digit(end + 1)) {
        end += 1;
    }
    Some(text.split_at(end))
}

/// `e+006`; an exponent too long to count is as far out of reach as any.
fn take_exponent(text: &str) -> Option<(i32, &str)> {
    let rest = text.strip_prefix(['e', 'E'])?;
    let (sign, rest) = take_sign(rest);
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    if end == 0 {
        return None;
    }
    let size: i32 = rest[..end].parse().unwrap_or(i32::MAX);
    Some((if sign == Some('-') { -size } else { size }, &rest[end..]))
}

/// The ",-" that says "no sen".
fn strip_no_cents(text: &str) -> &str {
    match text.strip_prefix([',', '.']).and_then(|rest| rest.strip_prefix('-')) {
        Some(rest) => rest.trim_start_matches('-'),
        None => text,
    }
}

fn take_scale(text: &str, rupiah: bool) -> (Option<Skala>, &str) {
    let rest = text.trim_start();
    // "Rp5 M" is money; a bare "5 M" may be metres and stays a unit.
    let short =
        [("M", Skala::Miliar), ("T", Skala::Triliun)].into_iter().filter(|(word, _)| rupiah && rest.starts_with(word));
    for (word, skala) in short.chain(SCALES) {
        if let Some(rest) = strip_word(rest, word).filter(|rest| !rest.starts_with(char::is_alphanumeric)) {
            return (Some(skala), rest);
        }
    }
    (None, text)
}

fn take_percent(text: &str) -> (bool, &str) {
    text.trim_start().strip_prefix('%').map_or((false, text), |rest| (true, rest))
}

fn strip_currency(text: &str) -> Option<&str> {
    let rest = strip_word(text, "Rp").or_else(|| strip_word(text, "IDR"))?;
    let rest = rest.strip_prefix('.').unwrap_or(rest).trim_start();
    (!rest.starts_with(char::is_alphabetic)).then_some(rest)
}

/// Takes a word off the beginning, whatever the case of its letters.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let start = text.get(..word.len())?;
    start.eq_ignore_ascii_case(word).then(|| &text[word.len()..])
}

/// Unit and remark; `None` when what is left over is neither.
fn take_tail(rest: &str, is_fraction: bool) -> Option<(String, String)> {
    if is_fraction && rest.strip_prefix(['x', '×', '*']).is_some_and(|factor| !factor.starts_with(char::is_alphabetic))
    {
        return Some((String::new(), rest.to_owned()));
    }
    if let Some(remark) = rest.strip_prefix('-').map(str::trim_start) {
        return remark.starts_with(char::is_alphabetic).then(|| (String::new(), remark.to_owned()));
    }
    let (unit, remark) = match rest.split_once('(') {
        Some((before, inside)) => {
            let (remark, after) = inside.split_once(')').unwrap_or((inside, ""));
            (format!("{} {}", before.trim(), after.trim()), remark.trim())
        }
        None => (rest.to_owned(), ""),
    };
    let unit = unit.trim();
    is_unit(unit).then(|| (unit.to_owned(), remark.to_owned()))
}

/// A unit starts with a letter and has no number of its own ("km2" has none), except in rates ("per 100.000 KH").
fn is_unit(text: &str) -> bool {
    if text.is_empty() || text == "%" || strip_word(text, "per ").is_some() {
        return true;
    }
    let mut before = ' ';
    let has_number = text.chars().any(|c| {
        let starts_number = c.is_numeric() && !before.is_alphanumeric();
        before = c;
        starts_number
    });
    !has_number && text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '/' | '°'))
}

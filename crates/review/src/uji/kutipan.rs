//! Numbers in running text.

use tolok_domain::Decimal;
use tolok_domain::number::{Isi as Terisi, Konteks, read};

/// A number with what stands around it.
#[derive(Debug, Clone)]
pub(crate) struct Kutipan<'t> {
    seluruh: &'t str,
    /// As written, without currency and ending.
    pub teks: &'t str,
    /// First byte.
    pub awal: usize,
    /// Byte behind it, sign of percent and ",-" included.
    pub akhir: usize,
    pub nilai: Decimal,
    pub persen: bool,
    pub rupiah: bool,
}

impl<'t> Kutipan<'t> {
    /// What stands in parentheses right after it: the number in words.
    pub(super) fn in_parentheses(&self) -> Option<&'t str> {
        let rest = self.seluruh.get(self.akhir..)?.trim_start().strip_prefix('(')?;
        rest.split_once(')').map(|(inside, _)| inside.trim())
    }

    /// The words after it, parentheses left out.
    pub(super) fn following(&self) -> impl Iterator<Item = String> + 't {
        let rest = self.seluruh.get(self.akhir..).unwrap_or_default().trim_start();
        let rest = match rest.strip_prefix('(').and_then(|r| r.split_once(')')) {
            Some((_, after)) => after,
            None => rest,
        };
        crate::nama::words(rest)
    }

    /// The words before it.
    pub(super) fn preceding(&self) -> Vec<String> {
        crate::nama::words(self.seluruh.get(..self.awal).unwrap_or_default()).collect()
    }
}

/// The numbers of a text in their order. What is part of a code, a date or a decree's number is left out.
pub(crate) fn numbers(text: &str) -> Vec<Kutipan<'_>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut i = 0;
    while i < bytes.len() {
        if !bytes[i].is_ascii_digit() {
            i += 1;
            continue;
        }
        let start = i;
        while i < bytes.len()
            && (bytes[i].is_ascii_digit()
                || (matches!(bytes[i], b'.' | b',') && bytes.get(i + 1).is_some_and(u8::is_ascii_digit)))
        {
            i += 1;
        }
        let teks = &text[start..i];
        let before = text[..start].chars().next_back();
        let after = text[i..].chars().next();
        // "IV/b", "2.07.01", "PER/09/M.PAN": no number of its own.
        let glued = before.is_some_and(|c| {
            c.is_alphanumeric() || c == '/' && text[..start - 1].chars().next_back().is_some_and(char::is_alphanumeric)
        }) || after.is_some_and(|c| c.is_alphabetic() && c != 'x' && c != 'X');
        let money = text[..start].trim_end().trim_end_matches('.').to_lowercase().ends_with("rp");
        if glued && !money {
            continue;
        }
        let ctx = Konteks { bulat: money, ..Konteks::indonesia() };
        let foreign = Konteks { bulat: money, ..Konteks::inggris() };
        let Some(Terisi::Bilangan(nilai)) = read(teks, &ctx).or_else(|_| read(teks, &foreign)).ok().map(|c| c.isi)
        else {
            continue;
        };
        let mut end = i;
        let rest = text[i..].trim_start();
        let persen = rest.starts_with('%');
        if persen {
            end = text.len() - rest.len() + 1;
        } else if text[i..].starts_with(",-") || text[i..].starts_with(".-") {
            end = i + 2;
        }
        found.push(Kutipan { seluruh: text, teks, awal: start, akhir: end, nilai, persen, rupiah: money });
        i = i.max(end);
    }
    found
}

/// Whether a number has a sign of less than zero before it; a dash between words and a range are none.
pub(super) fn is_negative(text: &str, n: &Kutipan<'_>) -> bool {
    let mut before = text.get(..n.awal).unwrap_or_default().chars().rev();
    let dash = matches!(before.next(), Some('-' | '−'));
    dash && before.next().is_none_or(|c| !c.is_alphanumeric())
}

/// Half a step of the last digit that was printed.
pub(super) fn rounding(printed: Decimal) -> Decimal {
    Decimal::new(5, printed.scale() + 1)
}

/// The sentences of a paragraph.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(". ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::dec;

    #[test]
    fn numbers_of_a_sentence_are_read_with_their_signs() {
        let found = numbers("anggaran Rp. 7.851.608.419,- atau 98,13% dari 7 (tujuh) Program, 2019 – 2023");
        let values: Vec<Decimal> = found.iter().map(|n| n.nilai).collect();
        assert_eq!(values, [dec!(7851608419), dec!(98.13), dec!(7), dec!(2019), dec!(2023)]);
        assert!(found[0].rupiah && found[1].persen);
        assert_eq!(found[2].in_parentheses(), Some("tujuh"));
        assert_eq!(found[2].following().next().as_deref(), Some("program"));
    }

    #[test]
    fn a_sign_is_told_from_a_dash() {
        let sign = |text: &str| is_negative(text, numbers(text).last().expect("a number"));
        assert!(sign("berubah -28,39%") && sign("(−5%)"));
        assert!(!sign("2019-2023") && !sign("berubah 28,39%") && !sign("naik - 5%"));
    }

    #[test]
    fn parts_of_names_are_no_numbers() {
        assert!(numbers("PER/09/M.PAN/5/2007, IV/b2c").iter().all(|n| n.teks != "09"));
    }
}

//! Why a text could not be read as a number, in words for the person who typed it.

use rust_decimal::Decimal;

use super::style::Gaya;
use super::write::write_plain;

/// The text is not one number that can be read without guessing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GalatAngka {
    /// Thousands or decimals: both readings are possible.
    #[error(
        "\"{}\" dapat berarti {} (ribuan) atau {} (desimal); tulis {} bila ribuan atau {} bila desimal, \
         atau pilih gaya angka kolom ini",
        excerpt(.teks), write_plain(*.ribuan), write_plain(*.desimal), write_plain(*.ribuan), unmistakable(*.desimal)
    )]
    Ambigu {
        /// The numeral.
        teks: String,
        /// Its value if the separator groups thousands.
        ribuan: Decimal,
        /// Its value if the separator starts the decimals.
        desimal: Decimal,
    },
    /// The numeral is clearly written in another style than this place expects.
    #[error(
        "\"{}\" tampak bergaya {} ({}), padahal di sini dipakai gaya {} ({}); tulis {}",
        excerpt(.teks), .gaya.other().label(), .gaya.other().example(), .gaya.label(), .gaya.example(),
        in_other_style(&excerpt(.teks))
    )]
    GayaLain {
        /// The numeral.
        teks: String,
        /// The style that was expected.
        gaya: Gaya,
    },
    /// No number, more than one, or a damaged one.
    #[error("{}", not_a_number(.teks))]
    BukanAngka {
        /// The whole cell.
        teks: String,
    },
    /// More digits than can be kept exactly.
    #[error("\"{}\" terlalu panjang untuk disimpan tepat; tulis paling banyak 28 angka", excerpt(.teks))]
    TerlaluBesar {
        /// The numeral.
        teks: String,
    },
}

/// At most 60 characters of a text, so that a message stays readable whatever was pasted.
pub(super) fn excerpt(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST).chain(['…']).collect()
}

/// A decimal number written so that it cannot be taken for thousands: a fourth decimal where there are just three.
fn unmistakable(x: Decimal) -> String {
    let plain = write_plain(x);
    if x.scale() == 3 { plain + "0" } else { plain }
}

/// The styles differ only in which of the two signs does what.
fn in_other_style(numeral: &str) -> String {
    numeral
        .chars()
        .map(|c| {
            if c == '.' {
                ','
            } else if c == ',' {
                '.'
            } else {
                c
            }
        })
        .collect()
}

fn not_a_number(text: &str) -> String {
    let shown = excerpt(text);
    if text.starts_with('(') {
        return format!(
            "\"{shown}\" berkurung: belum jelas negatif atau sekadar keterangan; \
             tulis dengan tanda minus bila negatif, atau pindahkan ke kolom keterangan"
        );
    }
    let only_digits = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' '));
    if only_digits {
        return format!(
            "\"{shown}\" bukan bilangan yang utuh: kelompok ribuannya tidak tiga-tiga atau ada angka yang \
             terpisah; periksa sumbernya dan tulis misalnya 7.851.608.419 atau 90,95"
        );
    }
    format!(
        "\"{shown}\" tidak dapat dibaca sebagai satu bilangan; \
         tulis misalnya 90,95 atau 28/35 atau 60-85 (yang kecil dahulu), keterangan dalam kurung"
    )
}

//! Numbers as Indonesian offices write them: reading cells without ever guessing silently, writing what readers expect.
//!
//! Reading goes in two steps: [`read()`] first cuts the text into its parts (`parts.rs`), then decides what the
//! separators in it mean (`style.rs`). [`parse_value`] adds the type of the indicator.

mod cell;
mod error;
mod parts;
mod read;
mod style;
#[cfg(test)]
mod tests;
mod words;
mod write;

use rust_decimal::Decimal;

pub use cell::{GalatNilai, parse_value};
pub use error::GalatAngka;
pub use read::read;
pub use style::{Gaya, GayaKolom, detect_style};
pub use words::{from_terbilang, terbilang};
pub use write::{
    shown_places, write_amount, write_decimal, write_percent, write_plain, write_rupiah, write_value, write_value_plain,
};

/// What is known about the place in which a number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Konteks {
    /// The style in which the column is written; `None` when nothing decides it.
    pub gaya: Option<Gaya>,
    /// Whether `(53,88)` means -53,88 here, as in financial statements.
    pub kurung_negatif: bool,
    /// A column of whole counts (people, documents): a lone `1.924` is one thousand nine hundred and twenty-four.
    pub bulat: bool,
}

impl Konteks {
    /// Indonesian style and nothing else: forms of this program, and the files that it writes.
    pub const fn indonesia() -> Self {
        Self { gaya: Some(Gaya::Indonesia), kurung_negatif: false, bulat: false }
    }

    /// English style and nothing else: exports of databases and foreign programs.
    pub const fn inggris() -> Self {
        Self { gaya: Some(Gaya::Inggris), kurung_negatif: false, bulat: false }
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Isi {
    /// No value; never zero.
    Kosong(Kosong),
    /// One number.
    Bilangan(Decimal),
    /// From-to, both included; `bawah` is not above `atas`.
    Rentang {
        /// Lower bound.
        bawah: Decimal,
        /// Upper bound.
        atas: Decimal,
    },
    /// A fraction whose parts are kept apart.
    Pecahan {
        /// Numerator (pembilang).
        n: Decimal,
        /// Denominator (penyebut); may be zero.
        d: Decimal,
    },
    /// A grade: BB, A-, WTP.
    Predikat(String),
}

/// How a cell says that it has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kosong {
    /// Nothing, or only blanks.
    Kosong,
    /// "-": in many tables "not in this year".
    Strip,
    /// "n/a", "NA".
    TidakAda,
}

/// A bound instead of an exact value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Batas {
    /// ≥
    PalingSedikit,
    /// ≤
    PalingBanyak,
    /// >
    LebihDari,
    /// <
    KurangDari,
}

/// A scale word that a number is multiplied by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Skala {
    /// 10^3
    Ribu,
    /// 10^6
    Juta,
    /// 10^9
    Miliar,
    /// 10^12
    Triliun,
}

impl Skala {
    /// The power of ten that it stands for.
    pub const fn exponent(self) -> i32 {
        match self {
            Self::Ribu => 3,
            Self::Juta => 6,
            Self::Miliar => 9,
            Self::Triliun => 12,
        }
    }
}

/// A cell that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terbaca {
    /// Its content, already multiplied by the scale.
    pub isi: Isi,
    /// Whether it is marked as a percentage, by sign or by word. The number is not divided by 100.
    pub persen: bool,
    /// Whether it is marked as rupiah.
    pub rupiah: bool,
    /// The bound sign before it.
    pub batas: Option<Batas>,
    /// The scale word after it.
    pub skala: Option<Skala>,
    /// The unit in words, as written ("kend-km"); "Persen" and "Rupiah" however their letters were cased. Signs (`%`,
    /// `Rp`) leave it empty.
    pub satuan: String,
    /// What stands beside the number: the text in parentheses, the sum behind a fraction.
    pub catatan: String,
}

impl Terbaca {
    /// A content that nothing is written around: no unit, no sign, no note.
    pub const fn plain(isi: Isi) -> Self {
        Self {
            isi,
            persen: false,
            rupiah: false,
            batas: None,
            skala: None,
            satuan: String::new(),
            catatan: String::new(),
        }
    }
}

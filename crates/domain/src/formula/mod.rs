//! Formulas: how an indicator's value follows from named variables, as in
//! `pelatihan_mandiri / pelatihan_peserta * 100 %`. The language for planners is described in `docs/rumus.md`.
//!
//! Numbers are fractions of exact decimals until the end, so `1 / 3 * 300` is 100 and not 99,99…; a result that does
//! not exist (no data, zero divisor, too large) is said so and never becomes zero.

mod eval;
mod fraction;
mod lexer;
mod parser;
mod syntax;
mod trace;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fmt;

use rust_decimal::Decimal;

use crate::period::Periode;
pub(crate) use fraction::Pecahan;
use syntax::Ekspresi;

pub use trace::Langkah;

/// A formula that could be read. Displays as canonical text that reads back as the same formula.
#[derive(Debug, Clone, PartialEq)]
pub struct Rumus {
    pohon: Ekspresi,
    persen: bool,
}

/// Why a text is not a formula.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("rumus, huruf ke-{posisi}: {pesan}")]
pub struct GalatRumus {
    /// Position of the character where reading stopped, from 1; one past the text when something is missing at its end.
    pub posisi: usize,
    /// What is wrong there and what to write instead.
    pub pesan: String,
}

/// Where a formula's variables come from: one subject and one asked period.
pub trait SumberVariabel {
    /// Value of a variable accumulated for the asked period; `None` when there is no data.
    fn value(&self, nama: &str) -> Option<Decimal>;

    /// The periods of the year up to the asked one, each once and none inside another, with the variable's value in
    /// each; `None` where there is no data.
    fn series(&self, nama: &str) -> Vec<(Periode, Option<Decimal>)>;
}

/// What a formula gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Hasil {
    /// The value, exact as far as 28 decimals go, or why there is none.
    pub nilai: Result<Decimal, TanpaHasil>,
    /// Whether the value is a percentage; `98.13` means 98,13 %.
    pub persen: bool,
    /// How it was computed, step by step.
    pub jejak: Vec<Langkah>,
}

/// Why a formula gives no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TanpaHasil {
    /// Variables without data. Comes before the other reasons: it is what has to be mended first.
    #[error("belum ada data: {}", variabel.join(", "))]
    TidakAdaData {
        /// Their names, sorted.
        variabel: Vec<String>,
    },
    /// A division by zero.
    #[error("penyebut nol: {penyebut}")]
    PenyebutNol {
        /// The divisor as the formula has it.
        penyebut: String,
    },
    /// A number on the way does not fit (more than about 7,9 * 10^28).
    #[error("hasil hitungan terlalu besar")]
    TerlaluBesar,
}

impl Rumus {
    /// Reads a formula.
    ///
    /// # Errors
    ///
    /// When the text is not a formula, is nested deeper than 64 levels, or has more than 2.000 characters besides
    /// spaces.
    pub fn parse(text: &str) -> Result<Self, GalatRumus> {
        let (pohon, persen) = parser::parse(text)?;
        Ok(Self { pohon, persen })
    }

    /// Names of the variables, sorted, each once.
    pub fn variables(&self) -> Vec<&str> {
        let mut names = BTreeSet::new();
        self.pohon.collect_variables(&mut names);
        names.into_iter().collect()
    }

    /// Whether the result is a percentage.
    pub fn is_percent(&self) -> bool {
        self.persen
    }

    /// Computes the value from the variables of `sumber`.
    pub fn evaluate(&self, sumber: &dyn SumberVariabel) -> Hasil {
        let (nilai, jejak) = eval::evaluate(&self.pohon, sumber);
        Hasil { nilai, persen: self.persen, jejak }
    }
}

impl fmt::Display for Rumus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.pohon)?;
        if self.persen { f.write_str(" %") } else { Ok(()) }
    }
}

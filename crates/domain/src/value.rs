//! What a figure can be.

use std::fmt;

use rust_decimal::Decimal;

/// Money in sen (1/100 rupiah), exact. Holds amounts up to 9.2 * 10^16 rupiah, more than twenty times the APBN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Rupiah(i64);

impl Rupiah {
    /// From sen.
    pub const fn from_sen(sen: i64) -> Self {
        Self(sen)
    }

    /// From whole rupiah; `None` when it does not fit.
    pub fn from_rupiah(rupiah: i64) -> Option<Self> {
        rupiah.checked_mul(100).map(Self)
    }

    /// From a decimal number of rupiah; `None` when it has more than two decimals or does not fit.
    pub fn from_decimal(rupiah: Decimal) -> Option<Self> {
        let sen = rupiah.checked_mul(Decimal::ONE_HUNDRED)?;
        if !sen.fract().is_zero() {
            return None;
        }
        i64::try_from(sen.trunc()).ok().map(Self)
    }

    /// Amount in sen.
    pub const fn sen(self) -> i64 {
        self.0
    }

    /// Amount in rupiah as an exact decimal, without needless zeros.
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.0, 2).normalize()
    }

    /// Exact sum; `None` on overflow.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }
}

impl std::iter::Sum for Rupiah {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        Self(iter.fold(0_i64, |total, x| total.saturating_add(x.0)))
    }
}

/// The type of an indicator's values: how a cell is read and what may be computed from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TipeNilai {
    /// A plain number in the indicator's unit.
    Bilangan,
    /// A percentage; 98,13 means 98,13 %.
    Persen,
    /// Numerator and denominator kept apart.
    Rasio,
    /// From-to, both included.
    Rentang,
    /// A grade on a named scale (BB, WTP).
    Predikat,
    /// A document that is there or not.
    Dokumen,
    /// Rupiah.
    Uang,
}

impl TipeNilai {
    /// Every type, in the order in which documentation lists them.
    pub const ALL: [Self; 7] =
        [Self::Bilangan, Self::Persen, Self::Rasio, Self::Rentang, Self::Predikat, Self::Dokumen, Self::Uang];

    /// The word that stands in packages and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bilangan => "bilangan",
            Self::Persen => "persen",
            Self::Rasio => "rasio",
            Self::Rentang => "rentang",
            Self::Predikat => "predikat",
            Self::Dokumen => "dokumen",
            Self::Uang => "uang",
        }
    }
}

/// One value. Exact, typed, and honest about not being known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nilai {
    /// A plain number in the subject's unit.
    Bilangan(Decimal),
    /// A percentage; `98.13` means 98,13 %.
    Persen(Decimal),
    /// `n` of `d`.
    Rasio {
        /// Numerator (pembilang).
        n: Decimal,
        /// Denominator (penyebut).
        d: Decimal,
    },
    /// From `bawah` to `atas`, both included.
    Rentang {
        /// Lower bound.
        bawah: Decimal,
        /// Upper bound.
        atas: Decimal,
    },
    /// A grade, as written on its scale.
    Predikat(String),
    /// Whether a document is there.
    Dokumen(bool),
    /// Money.
    Uang(Rupiah),
    /// Not known yet, and why ("belum ada penilaian", "survei BPS belum terbit"). Never zero.
    BelumAda {
        /// The reason that a reader is shown instead of a number.
        alasan: String,
    },
}

impl Nilai {
    /// The value as one number: a ratio as percentage, money as rupiah. `None` for what has no single number
    /// (range, grade, document, not known, a ratio over zero).
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Bilangan(x) | Self::Persen(x) => Some(*x),
            Self::Rasio { n, d } => n.checked_div(*d)?.checked_mul(Decimal::ONE_HUNDRED),
            Self::Uang(x) => Some(x.to_decimal()),
            Self::Rentang { .. } | Self::Predikat(_) | Self::Dokumen(_) | Self::BelumAda { .. } => None,
        }
    }

    /// Whether there is a value at all.
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::BelumAda { .. })
    }

    /// The type of this value; `None` when it is not known.
    pub fn tipe(&self) -> Option<TipeNilai> {
        Some(match self {
            Self::Bilangan(_) => TipeNilai::Bilangan,
            Self::Persen(_) => TipeNilai::Persen,
            Self::Rasio { .. } => TipeNilai::Rasio,
            Self::Rentang { .. } => TipeNilai::Rentang,
            Self::Predikat(_) => TipeNilai::Predikat,
            Self::Dokumen(_) => TipeNilai::Dokumen,
            Self::Uang(_) => TipeNilai::Uang,
            Self::BelumAda { .. } => return None,
        })
    }
}

/// As a reader sees it, in Indonesian notation and without unit.
impl fmt::Display for Nilai {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::number::write_value(self))
    }
}

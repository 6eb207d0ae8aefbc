//! The parsed form of a formula and its canonical text.

use std::collections::BTreeSet;
use std::fmt;

use rust_decimal::Decimal;

use super::trace::write_number;

/// How strongly an operator binds; weaker first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tingkat {
    Jumlah,
    Kali,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Tambah,
    Kurang,
    Kali,
    Bagi,
}

impl Operator {
    pub(super) const fn level(self) -> Tingkat {
        match self {
            Self::Tambah | Self::Kurang => Tingkat::Jumlah,
            Self::Kali | Self::Bagi => Tingkat::Kali,
        }
    }

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Tambah => "+",
            Self::Kurang => "-",
            Self::Kali => "*",
            Self::Bagi => "/",
        }
    }
}

/// Functions over the periods of the year up to the asked one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FungsiPeriode {
    Jumlah,
    Rata,
    Terakhir,
}

impl FungsiPeriode {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Jumlah => "jumlah",
            Self::Rata => "rata",
            Self::Terakhir => "terakhir",
        }
    }
}

/// Which of several values is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pilihan {
    Min,
    Maks,
}

impl Pilihan {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Min => "min",
            Self::Maks => "maks",
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ekspresi {
    /// Never negative: a minus sign is `Negatif`.
    Bilangan(Decimal),
    Variabel(String),
    Negatif(Box<Ekspresi>),
    /// `awal` followed by at least one operator of one level, from left to right. A list instead of nested pairs keeps
    /// a long sum flat, so that recursion is bounded by brackets and not by length.
    Rantai {
        tingkat: Tingkat,
        awal: Box<Ekspresi>,
        lanjut: Vec<(Operator, Ekspresi)>,
    },
    Periode(FungsiPeriode, String),
    /// At least two values.
    Pilihan(Pilihan, Vec<Ekspresi>),
    /// Rounded to so many decimals, half away from zero.
    Bulat(Box<Ekspresi>, u32),
    BilaKosong(Box<Ekspresi>, Box<Ekspresi>),
}

impl Ekspresi {
    pub(super) fn collect_variables<'a>(&'a self, names: &mut BTreeSet<&'a str>) {
        match self {
            Self::Bilangan(_) => {}
            Self::Variabel(nama) | Self::Periode(_, nama) => {
                names.insert(nama);
            }
            Self::Negatif(x) | Self::Bulat(x, _) => x.collect_variables(names),
            Self::Rantai { awal, lanjut, .. } => {
                awal.collect_variables(names);
                lanjut.iter().for_each(|(_, x)| x.collect_variables(names));
            }
            Self::Pilihan(_, isi) => isi.iter().for_each(|x| x.collect_variables(names)),
            Self::BilaKosong(x, y) => {
                x.collect_variables(names);
                y.collect_variables(names);
            }
        }
    }

    /// Writes an operand, in brackets when it is a chain that binds no more strongly than `around`.
    fn write_operand(&self, f: &mut fmt::Formatter<'_>, around: Tingkat) -> fmt::Result {
        match self {
            Self::Rantai { tingkat, .. } if *tingkat <= around => write!(f, "({self})"),
            _ => write!(f, "{self}"),
        }
    }
}

impl fmt::Display for Ekspresi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bilangan(x) => f.write_str(&write_number(*x)),
            Self::Variabel(nama) => f.write_str(nama),
            Self::Negatif(x) => {
                f.write_str("-")?;
                x.write_operand(f, Tingkat::Kali)
            }
            Self::Rantai { tingkat, awal, lanjut } => {
                awal.write_operand(f, *tingkat)?;
                for (operator, x) in lanjut {
                    write!(f, " {} ", operator.as_str())?;
                    x.write_operand(f, *tingkat)?;
                }
                Ok(())
            }
            Self::Periode(fungsi, nama) => write!(f, "{}({nama})", fungsi.as_str()),
            Self::Pilihan(pilihan, isi) => {
                let isi: Vec<String> = isi.iter().map(ToString::to_string).collect();
                write!(f, "{}({})", pilihan.as_str(), isi.join("; "))
            }
            Self::Bulat(x, digits) => write!(f, "bulat({x}; {digits})"),
            Self::BilaKosong(x, y) => write!(f, "bila_kosong({x}; {y})"),
        }
    }
}

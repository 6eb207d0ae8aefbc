//! The parts of a year into which a target is divided, by how often the indicator is measured.

use crate::duty::Frekuensi;
use crate::period::{Periode, Tahun};

impl Frekuensi {
    /// The parts of a year for which the action plan sets targets, in order. What is measured once is planned by quarter like the
    /// others: how far one should be can be said, though only the end of the year must be.
    pub fn parts(self, tahun: Tahun) -> Vec<Periode> {
        let planned = if self == Self::Tahun { Self::Triwulan } else { self };
        (1..=4).flat_map(|quarter| planned.within(tahun, quarter)).collect()
    }

    /// Whether that part must have a target.
    pub fn needs(self, periode: Periode) -> bool {
        self != Self::Tahun || periode.last_month() == 12
    }

    /// The word for such a part.
    pub const fn part_word(self) -> &'static str {
        match self {
            Self::Bulan => "bulan",
            Self::Semester => "semester",
            Self::Triwulan | Self::Tahun => "triwulan",
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(Frekuensi::Bulan, "2021-B01", 12, 12)]
    #[case(Frekuensi::Triwulan, "2021-TW1", 4, 4)]
    #[case(Frekuensi::Semester, "2021-S1", 2, 2)]
    #[case(Frekuensi::Tahun, "2021-TW1", 4, 1)]
    fn the_parts_make_the_year(
        #[case] frekuensi: Frekuensi,
        #[case] first: &str,
        #[case] parts: usize,
        #[case] needed: usize,
    ) {
        let found = frekuensi.parts(2021);
        assert_eq!((found[0].to_string().as_str(), found.len()), (first, parts));
        assert_eq!(found.iter().map(|p| p.months()).sum::<u8>(), 12);
        assert_eq!(found.iter().filter(|p| frekuensi.needs(**p)).count(), needed);
    }
}

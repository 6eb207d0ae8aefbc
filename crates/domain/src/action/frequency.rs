//! How often an indicator is measured, and so into which parts of the year its target is divided.

use crate::indicator::Indikator;
use crate::period::{Periode, Tahun};

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Frekuensi {
    /// Every month.
    Bulan,
    /// Every quarter; also where the indicator does not say.
    Triwulan,
    /// Every half year.
    Semester,
    /// Once a year: planned by quarter like the others, but only the end of the year must have a target.
    Tahun,
}

impl Frekuensi {
    /// Every frequency, the most usual first.
    pub const ALL: [Self; 4] = [Self::Triwulan, Self::Tahun, Self::Semester, Self::Bulan];

    /// As the indicator says in words ("triwulan", "tiap enam bulan", "bulanan").
    pub fn of(indikator: &Indikator) -> Self {
        let words = indikator.frekuensi.to_lowercase();
        let says = |any: &[&str]| any.iter().any(|word| words.contains(word));
        if says(&["triwulan", "tiga bulan", "3 bulan"]) {
            Self::Triwulan
        } else if says(&["semester", "enam bulan", "6 bulan"]) {
            Self::Semester
        } else if says(&["bulan"]) {
            Self::Bulan
        } else if says(&["tahun"]) {
            Self::Tahun
        } else {
            Self::Triwulan
        }
    }

    /// The parts of a year, in order.
    pub fn periods(self, tahun: Tahun) -> Vec<Periode> {
        match self {
            Self::Bulan => (1..=12).map(|n| Periode::Bulan(tahun, n)).collect(),
            Self::Semester => (1..=2).map(|n| Periode::Semester(tahun, n)).collect(),
            Self::Triwulan | Self::Tahun => Periode::quarters(tahun).to_vec(),
        }
    }

    /// Whether that part must have a target.
    pub fn needs(self, periode: Periode) -> bool {
        self != Self::Tahun || periode.last_month() == 12
    }

    /// The word for such a part.
    pub const fn word(self) -> &'static str {
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
    use crate::indicator::Arah;
    use crate::measure::testing::indicator;

    #[rstest]
    #[case("", Frekuensi::Triwulan, 4)]
    #[case("triwulan", Frekuensi::Triwulan, 4)]
    #[case("setiap 3 bulan", Frekuensi::Triwulan, 4)]
    #[case("Semester", Frekuensi::Semester, 2)]
    #[case("tiap enam bulan", Frekuensi::Semester, 2)]
    #[case("Bulanan", Frekuensi::Bulan, 12)]
    #[case("tahun", Frekuensi::Tahun, 4)]
    fn an_indicator_says_how_often(#[case] words: &str, #[case] frekuensi: Frekuensi, #[case] parts: usize) {
        let mut i = indicator(Arah::Maksimal);
        i.frekuensi = words.to_owned();
        assert_eq!(Frekuensi::of(&i), frekuensi);
        let periods = frekuensi.periods(2021);
        assert_eq!(periods.len(), parts);
        assert_eq!(periods.iter().map(|p| p.months()).sum::<u8>(), 12, "they make the year");
        let needed = periods.iter().filter(|p| frekuensi.needs(**p)).count();
        assert_eq!(needed, if frekuensi == Frekuensi::Tahun { 1 } else { parts });
    }
}

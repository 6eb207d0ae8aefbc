//! Grade scales (predikat): named, with the regulation they come from. Bounds are half-open so that no value falls
//! between two grades: `above < x <= up to`.

use rust_decimal::Decimal;

/// One grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Predikat {
    /// Code ("BB"); empty where the scale has only words.
    pub kode: &'static str,
    /// Words ("Sangat Tinggi").
    pub label: &'static str,
    /// Everything above this belongs to it; `None`: no lower bound.
    pub above: Option<i64>,
    /// Step on the scale from the top: 0 is best. Colours follow it.
    pub step: u8,
}

/// A scale, best grade first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Skala {
    /// Its name in data.
    pub kode: &'static str,
    /// Its title with the regulation.
    pub judul: &'static str,
    /// The grades, best first.
    pub predikat: &'static [Predikat],
}

const fn grade(kode: &'static str, label: &'static str, above: Option<i64>, step: u8) -> Predikat {
    Predikat { kode, label, above, step }
}

/// Scale of achievement: Permendagri 86/2017. The regulation prints whole-number ranges (91-100, 76-90) that leave gaps;
/// the half-open reading is the one in use.
pub const PERMENDAGRI_86_2017: Skala = Skala {
    kode: "permendagri-86-2017",
    judul: "Skala nilai peringkat kinerja, Permendagri 86/2017",
    predikat: &[
        grade("", "Sangat Tinggi", Some(90), 0),
        grade("", "Tinggi", Some(75), 1),
        grade("", "Sedang", Some(65), 2),
        grade("", "Rendah", Some(50), 3),
        grade("", "Sangat Rendah", None, 4),
    ],
};

/// Scale of AKIP evaluation: PermenPANRB 88/2021 (80,00 is BB).
pub const AKIP_88_2021: Skala = Skala {
    kode: "akip-88-2021",
    judul: "Predikat AKIP, PermenPANRB 88/2021",
    predikat: &[
        grade("AA", "Sangat Memuaskan", Some(90), 0),
        grade("A", "Memuaskan", Some(80), 0),
        grade("BB", "Sangat Baik", Some(70), 1),
        grade("B", "Baik", Some(60), 1),
        grade("CC", "Cukup (Memadai)", Some(50), 2),
        grade("C", "Kurang", Some(30), 3),
        grade("D", "Sangat Kurang", None, 4),
    ],
};

/// Scale of AKIP evaluation before: PermenPANRB 12/2015. The same bounds and grades; what each means is worded otherwise.
pub const AKIP_12_2015: Skala =
    Skala { kode: "akip-12-2015", judul: "Predikat AKIP, PermenPANRB 12/2015", predikat: AKIP_88_2021.predikat };

/// Every scale.
pub const SCALES: [&Skala; 3] = [&PERMENDAGRI_86_2017, &AKIP_12_2015, &AKIP_88_2021];

impl Skala {
    /// The scale of that name.
    pub fn find(kode: &str) -> Option<&'static Self> {
        SCALES.into_iter().find(|s| s.kode == kode)
    }

    /// The grade of a value.
    pub fn grade(&self, x: Decimal) -> &'static Predikat {
        let last = &self.predikat[self.predikat.len() - 1];
        self.predikat.iter().find(|p| p.above.is_some_and(|above| x > Decimal::from(above))).unwrap_or(last)
    }

    /// Rank of a grade code from the bottom (D = 1); `None` when the scale has no such code.
    pub fn rank(&self, kode: &str) -> Option<usize> {
        self.predikat.iter().position(|p| p.kode == kode).map(|i| self.predikat.len() - i)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::dec;

    #[test]
    fn upper_bounds_belong_to_the_lower_grade() {
        assert_eq!(AKIP_88_2021.grade(dec!(80.00)).kode, "BB");
        assert_eq!(AKIP_88_2021.grade(dec!(80.01)).kode, "A");
        assert_eq!(AKIP_88_2021.grade(dec!(90)).kode, "A");
        assert_eq!(AKIP_88_2021.grade(dec!(66.24)).kode, "B");
        assert_eq!(AKIP_88_2021.grade(dec!(0)).kode, "D");
        assert_eq!(PERMENDAGRI_86_2017.grade(dec!(90.5)).label, "Sangat Tinggi");
        assert_eq!(PERMENDAGRI_86_2017.grade(dec!(90)).label, "Tinggi");
        assert_eq!(PERMENDAGRI_86_2017.grade(dec!(50)).label, "Sangat Rendah");
        assert_eq!(PERMENDAGRI_86_2017.grade(dec!(106.53)).label, "Sangat Tinggi");
    }

    #[test]
    fn scales_descend_without_gap() {
        for scale in SCALES {
            let bounds: Vec<_> = scale.predikat.iter().map(|p| p.above).collect();
            assert!(bounds.windows(2).all(|w| w[1].is_none() || w[0] > w[1]), "{}", scale.kode);
            assert!(bounds.last().is_some_and(Option::is_none), "{}", scale.kode);
        }
    }
}

//! Outliers (pencilan): values that stand apart, with what they stand apart from. They are a reason to look, never a verdict.
//!
//! Three tests, each of one value against others of the same indicator: against the values of all offices or periods
//! ([`Sebaran`]), against the same period a year earlier ([`against_last_year`]), against all that was there before
//! ([`against_history`]). Missing values take no part; who calls passes the known ones. A value too large to be compared
//! exactly is no outlier.

use rust_decimal::{Decimal, dec};

/// Turns the median absolute deviation of a normal distribution into its standard deviation.
pub const MAD_SCALE: Decimal = dec!(1.4826);

/// A value further from the median than so many scaled deviations is an outlier: Iglewicz and Hoaglin, "How to Detect and
/// Handle Outliers", ASQC Basic References in Quality Control 16, 1993, for the modified z-score
/// 0,6745 (x - median) / MAD, which is (x - median) / (1,4826 MAD).
pub const MAX_SCORE: Decimal = dec!(3.5);

/// Where more than half of the values are equal (MAD 0), a different one is an outlier only among at least so many.
/// Tolok's own bound: of 3, 3, 3, 4 nobody would say that the 4 stands apart.
pub const MIN_EQUAL: usize = 5;

/// Least and greatest say something only of at least so many earlier values. Tolok's own bound: with one or two, nearly every
/// new value lies outside.
pub const MIN_HISTORY: usize = 3;

/// A value that stands apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pencilan {
    /// The value.
    pub nilai: Decimal,
    /// What it was held against: the median, last year's value, the bound that it passed.
    pub acuan: Decimal,
    /// Value less reference.
    pub selisih: Decimal,
    /// The test that it failed, with its numbers.
    pub uji: Uji,
}

/// A test for outliers, with the numbers that explain its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Uji {
    /// Too many scaled deviations away from the median.
    Median {
        /// The values that it was compared with.
        sebaran: Sebaran,
        /// Modified z-score, with its sign; `None` where the deviation is zero, or next to it.
        skor: Option<Decimal>,
    },
    /// Changed too much in a year.
    TahunLalu {
        /// Change by last year's value (0.5 is half of it), with the sign of the change; `None` where that was zero.
        rasio: Option<Decimal>,
        /// The greatest usual change.
        batas: Decimal,
    },
    /// Less or greater than ever before.
    Riwayat {
        /// Least earlier value.
        terkecil: Decimal,
        /// Greatest earlier value.
        terbesar: Decimal,
        /// How many earlier values.
        banyak: usize,
    },
}

impl Pencilan {
    fn new(nilai: Decimal, acuan: Decimal, uji: Uji) -> Option<Self> {
        Some(Self { nilai, acuan, selisih: nilai.checked_sub(acuan)?, uji })
    }
}

/// How values of one indicator spread over offices or over periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sebaran {
    /// The value in the middle.
    pub median: Decimal,
    /// Median of the absolute deviations from the median (MAD), not scaled.
    pub mad: Decimal,
    /// How many values.
    pub banyak: usize,
}

impl Sebaran {
    /// The spread of the known values; `None` of no values, or where they are too large to be compared exactly.
    pub fn of(values: &[Decimal]) -> Option<Self> {
        let median = median(values.to_vec())?;
        let deviations: Option<Vec<_>> = values.iter().map(|x| Some(x.checked_sub(median)?.abs())).collect();
        Some(Self { median, mad: self::median(deviations?)?, banyak: values.len() })
    }

    /// Whether a value stands apart from the others.
    pub fn check(self, nilai: Decimal) -> Option<Pencilan> {
        let deviation = nilai.checked_sub(self.median)?;
        let unit = self.mad.checked_mul(MAD_SCALE)?;
        let apart = if self.mad.is_zero() {
            !deviation.is_zero() && self.banyak >= MIN_EQUAL
        } else {
            deviation.abs() > unit.checked_mul(MAX_SCORE)?
        };
        let uji = Uji::Median { sebaran: self, skor: deviation.checked_div(unit) };
        if apart { Pencilan::new(nilai, self.median, uji) } else { None }
    }
}

/// The value in the middle, or halfway between the two in the middle.
fn median(mut values: Vec<Decimal>) -> Option<Decimal> {
    values.sort_unstable();
    let upper = *values.get(values.len() / 2)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    upper.checked_add(values[values.len() / 2 - 1])?.checked_div(Decimal::TWO)
}

/// Whether a value changed by more than `batas` of the value of the same period a year earlier (0.5: by more than half of it).
/// From zero any change is too much.
pub fn against_last_year(nilai: Decimal, lalu: Decimal, batas: Decimal) -> Option<Pencilan> {
    let change = nilai.checked_sub(lalu)?;
    if change.is_zero() || change.abs() <= lalu.abs().checked_mul(batas)? {
        return None;
    }
    Pencilan::new(nilai, lalu, Uji::TahunLalu { rasio: change.checked_div(lalu.abs()), batas })
}

/// Whether a value is less or greater than all that was there before.
pub fn against_history(nilai: Decimal, riwayat: &[Decimal]) -> Option<Pencilan> {
    let (terkecil, terbesar) = (*riwayat.iter().min()?, *riwayat.iter().max()?);
    let acuan = nilai.clamp(terkecil, terbesar);
    if acuan == nilai || riwayat.len() < MIN_HISTORY {
        return None;
    }
    Pencilan::new(nilai, acuan, Uji::Riwayat { terkecil, terbesar, banyak: riwayat.len() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn spread(values: &[Decimal]) -> Sebaran {
        Sebaran::of(values).expect("comparable")
    }

    #[test]
    fn the_spread_is_that_of_the_middle() {
        // Median 2; deviations 1, 1, 0, 0, 2, 4, 7.
        let values = [1, 1, 2, 2, 4, 6, 9].map(Decimal::from);
        assert_eq!(spread(&values), Sebaran { median: dec!(2), mad: dec!(1), banyak: 7 });
        // Median 2,5; deviations 1,5, 0,5, 0,5, 7,5.
        let values = [1, 2, 3, 10].map(Decimal::from);
        assert_eq!(spread(&values), Sebaran { median: dec!(2.5), mad: dec!(1), banyak: 4 });
        assert_eq!(Sebaran::of(&[]), None);
    }

    #[test]
    fn a_value_is_apart_beyond_three_and_a_half_scaled_deviations() {
        // 3,5 * 1,4826 * 1 = 5,1891 from the median 2.
        let sebaran = spread(&[1, 1, 2, 2, 4, 6, 9].map(Decimal::from));
        assert_eq!(sebaran.check(dec!(7.1891)), None);
        assert_eq!(sebaran.check(dec!(-3.1891)), None);
        let found = sebaran.check(dec!(9.4130)).expect("apart");
        assert_eq!((found.nilai, found.acuan, found.selisih), (dec!(9.4130), dec!(2), dec!(7.4130)));
        assert_eq!(found.uji, Uji::Median { sebaran, skor: Some(dec!(5)) });
        let below = sebaran.check(dec!(-3.1892)).expect("apart");
        assert!(below.selisih < Decimal::ZERO);
        assert!(matches!(below.uji, Uji::Median { skor: Some(x), .. } if x < dec!(-3.5)), "{below:?}");
    }

    #[test]
    fn among_equal_values_a_different_one_is_apart_only_where_there_are_enough() {
        let five = spread(&[3, 3, 3, 3, 4].map(Decimal::from));
        let found = five.check(dec!(4)).expect("apart");
        assert_eq!((found.selisih, found.uji), (dec!(1), Uji::Median { sebaran: five, skor: None }));
        assert_eq!(five.check(dec!(3)), None);
        assert_eq!(spread(&[3, 3, 3, 4].map(Decimal::from)).check(dec!(4)), None);
    }

    #[rstest]
    #[case::half_is_still_usual("150", "100", None)]
    #[case::more_than_half("150.01", "100", Some("0.5001"))]
    #[case::down("49", "100", Some("-0.51"))]
    #[case::half_of_a_negative_value("-50", "-100", None)]
    #[case::from_a_negative_value("-49", "-100", Some("0.51"))]
    #[case::equal("0", "0", None)]
    fn a_year_may_change_a_value_by_a_share(#[case] nilai: &str, #[case] lalu: &str, #[case] rasio: Option<&str>) {
        let number = |text: &str| text.parse::<Decimal>().expect("number");
        let found = against_last_year(number(nilai), number(lalu), dec!(0.5));
        let uji = rasio.map(|x| Uji::TahunLalu { rasio: Some(number(x)), batas: dec!(0.5) });
        assert_eq!(found.map(|p| p.uji), uji);
    }

    #[test]
    fn from_zero_any_change_is_apart_and_has_no_ratio() {
        let found = against_last_year(dec!(0.1), dec!(0), dec!(0.5)).expect("apart");
        assert_eq!((found.selisih, found.uji), (dec!(0.1), Uji::TahunLalu { rasio: None, batas: dec!(0.5) }));
    }

    #[rstest]
    #[case::within("15", &[10, 20, 15], None)]
    #[case::on_the_bound("20", &[10, 20, 15], None)]
    #[case::above("22.5", &[10, 20, 15], Some(("20", "2.5")))]
    #[case::below("9", &[10, 20, 15], Some(("10", "-1")))]
    #[case::too_short_a_history("22.5", &[10, 20], None)]
    #[case::no_history("22.5", &[], None)]
    fn history_has_its_bounds(#[case] nilai: &str, #[case] riwayat: &[i64], #[case] expected: Option<(&str, &str)>) {
        let number = |text: &str| text.parse::<Decimal>().expect("number");
        let riwayat: Vec<_> = riwayat.iter().copied().map(Decimal::from).collect();
        let found = against_history(number(nilai), &riwayat);
        assert_eq!(found.as_ref().map(|p| (p.acuan, p.selisih)), expected.map(|(a, s)| (number(a), number(s))));
        if let Some(found) = found {
            assert_eq!(found.uji, Uji::Riwayat { terkecil: dec!(10), terbesar: dec!(20), banyak: 3 });
        }
    }

    #[test]
    fn hostile_numbers_are_no_outliers_and_no_panic() {
        assert_eq!(Sebaran::of(&[Decimal::MAX, Decimal::MAX]), None);
        assert_eq!(Sebaran::of(&[Decimal::MIN, Decimal::ZERO, Decimal::MAX]).and_then(|s| s.check(Decimal::MAX)), None);
        assert_eq!(against_last_year(Decimal::MAX, Decimal::MIN, dec!(0.5)), None);
        assert_eq!(against_history(Decimal::MIN, &[Decimal::MAX; 3]), None);
    }

    fn numbers() -> impl Strategy<Value = Vec<Decimal>> {
        prop::collection::vec((-10_000_i64..10_000).prop_map(|n| Decimal::new(n, 2)), 1..40)
    }

    fn flagged(values: &[Decimal]) -> Vec<bool> {
        let sebaran = spread(values);
        values.iter().map(|x| sebaran.check(*x).is_some()).collect()
    }

    proptest! {
        #[test]
        fn less_than_half_of_the_values_are_apart(values in numbers()) {
            let apart = flagged(&values).into_iter().filter(|is| *is).count();
            prop_assert!(apart * 2 < values.len(), "{apart}");
        }

        #[test]
        fn another_unit_or_zero_point_changes_no_verdict(values in numbers(), factor in 1_i64..50, shift in -500_i64..500) {
            let moved: Vec<_> = values.iter().map(|x| x * Decimal::from(-factor) + Decimal::from(shift)).collect();
            prop_assert_eq!(flagged(&values), flagged(&moved));
        }

        #[test]
        fn further_out_is_apart_as_well(values in numbers(), x in -10_000_i64..10_000, more in 0_i64..1_000) {
            let sebaran = spread(&values);
            let x = Decimal::new(x, 2);
            let outward = if x < sebaran.median { -Decimal::new(more, 2) } else { Decimal::new(more, 2) };
            prop_assert!(sebaran.check(x).is_none() || sebaran.check(x + outward).is_some());
        }
    }
}

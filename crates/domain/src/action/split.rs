//! Proposals: what the parts of a year could be, so that they make the whole exactly.

use rust_decimal::Decimal;

use crate::indicator::Akumulasi;
use crate::value::{Nilai, Rupiah};

/// Targets of so many parts that make `whole`: equal shares where they are added up, with the rest in the last part; the same
/// value in each where the last or the mean counts, and for values that cannot be divided (grades, ranges, documents).
pub fn propose(whole: &Nilai, how: Akumulasi, parts: usize) -> Vec<Nilai> {
    let same = || vec![whole.clone(); parts];
    if how != Akumulasi::Jumlah {
        return same();
    }
    let shares = match whole {
        Nilai::Bilangan(x) => split(*x, parts).map(|p| p.into_iter().map(Nilai::Bilangan).collect()),
        Nilai::Persen(x) => split(*x, parts).map(|p| p.into_iter().map(Nilai::Persen).collect()),
        Nilai::Uang(x) => split(x.to_decimal(), parts)
            .and_then(|p| p.into_iter().map(|x| Rupiah::from_decimal(x).map(Nilai::Uang)).collect()),
        Nilai::Rasio { n, d } => split(*n, parts)
            .zip(split(*d, parts))
            .map(|(n, d)| n.into_iter().zip(d).map(|(n, d)| Nilai::Rasio { n, d }).collect()),
        Nilai::Rentang { .. } | Nilai::Predikat(_) | Nilai::Dokumen(_) | Nilai::BelumAda { .. } => None,
    };
    shares.unwrap_or_else(same)
}

/// So many parts of a number, none with more decimals than it has: equal but for the last, which holds the rest.
fn split(whole: Decimal, parts: usize) -> Option<Vec<Decimal>> {
    let whole = whole.normalize();
    let share = whole.checked_div(Decimal::from(parts))?.trunc_with_scale(whole.scale());
    let before = parts.checked_sub(1)?;
    let last = whole.checked_sub(share.checked_mul(Decimal::from(before))?)?;
    Some(std::iter::repeat_n(share, before).chain([last]).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::dec;

    use super::*;

    fn texts(whole: &Nilai, how: Akumulasi, parts: usize) -> Vec<String> {
        propose(whole, how, parts).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_is_added_up_is_divided_and_the_rest_comes_last() {
        let whole = |x: Decimal| Nilai::Bilangan(x);
        assert_eq!(texts(&whole(dec!(44)), Akumulasi::Jumlah, 4), ["11", "11", "11", "11"]);
        assert_eq!(texts(&whole(dec!(10)), Akumulasi::Jumlah, 4), ["2", "2", "2", "4"]);
        assert_eq!(texts(&whole(dec!(1)), Akumulasi::Jumlah, 4), ["0", "0", "0", "1"], "a document comes at the end");
        assert_eq!(texts(&whole(dec!(0.5)), Akumulasi::Jumlah, 2), ["0,2", "0,3"]);
        let money = Nilai::Uang(Rupiah::from_sen(13_100_000_100));
        assert_eq!(texts(&money, Akumulasi::Jumlah, 4), ["32.750.000", "32.750.000", "32.750.000", "32.750.001"]);
        let ratio = Nilai::Rasio { n: dec!(28), d: dec!(35) };
        assert_eq!(texts(&ratio, Akumulasi::Jumlah, 4), ["7/8", "7/8", "7/8", "7/11"]);
    }

    #[test]
    fn what_is_not_added_up_is_repeated() {
        let value = Nilai::Persen(dec!(90.7));
        for how in [Akumulasi::Terakhir, Akumulasi::RataRata] {
            assert_eq!(propose(&value, how, 3), vec![value.clone(); 3]);
        }
        let grade = Nilai::Predikat("BB".to_owned());
        assert_eq!(propose(&grade, Akumulasi::Jumlah, 2), vec![grade.clone(); 2]);
        assert_eq!(propose(&value, Akumulasi::Jumlah, 0), []);
    }

    proptest! {
        #[test]
        fn the_parts_make_the_whole_exactly(units in -10_000_000_i64..10_000_000, scale in 0_u32..6, parts in 1_usize..13) {
            let whole = Decimal::new(units, scale);
            let shares = split(whole, parts).expect("small enough");
            prop_assert_eq!(shares.len(), parts);
            prop_assert_eq!(shares.iter().sum::<Decimal>(), whole);
            prop_assert!(shares.iter().all(|x| x.scale() <= scale), "{:?}", shares);
            prop_assert!(shares.iter().all(|x| x.is_zero() || x.is_sign_negative() == whole.is_sign_negative()));
            prop_assert!(shares.windows(2).rev().skip(1).all(|w| w[0] == w[1]));
        }
    }
}

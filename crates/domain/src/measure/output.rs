//! Two formulas of forms that offices hand in: achievement of outputs for the ministry of finance, and progress towards the
//! five-year plan for the ministry of home affairs.

use rust_decimal::Decimal;

use super::achievement::percent;
use crate::indicator::Akumulasi;

/// Achievement of one output with several measured volumes, in percent: the geometric mean of realised / target, so that one
/// missed volume cannot be made up for by another (PMK 22/PMK.02/2021, lampiran A.1). `None` without volumes, for a target of
/// zero, or for a negative share.
pub fn output_achievement(volumes: &[(Decimal, Decimal)]) -> Option<Decimal> {
    let mut product = Decimal::ONE;
    for (realised, target) in volumes {
        product = product.checked_mul(realised.checked_div(*target)?)?;
    }
    let root = nth_root(product, u32::try_from(volumes.len()).ok()?)?;
    root.checked_mul(Decimal::ONE_HUNDRED)
}

/// Decimals to which a root is computed; far beyond the two that are shown.
const PLACES: u32 = 12;

/// The positive n-th root by Newton's method.
fn nth_root(x: Decimal, n: u32) -> Option<Decimal> {
    if n == 0 || x.is_sign_negative() && !x.is_zero() {
        return None;
    }
    if n == 1 || x.is_zero() {
        return Some(x);
    }
    let degree = Decimal::from(n);
    // Above the root whatever x is, so that every step comes down to it.
    let mut guess = x.max(Decimal::ONE);
    loop {
        let mut power = Decimal::ONE;
        for _ in 1..n {
            power = power.checked_mul(guess)?;
        }
        let next =
            (guess.checked_mul(degree - Decimal::ONE)?.checked_add(x.checked_div(power)?)?).checked_div(degree)?;
        if next >= guess || guess - next < Decimal::new(1, PLACES) {
            return Some(next.round_dp(PLACES));
        }
        guess = next;
    }
}

/// Realisation from the beginning of the five-year plan to this year, and its share of the plan's last target in percent
/// (Permendagri 86/2017, formulir E.81, columns 13 and 14). Only what is summed over periods is summed over years as well; of other
/// indicators the last known year counts.
pub fn plan_progress(how: Akumulasi, years: &[Option<Decimal>], target: Decimal) -> Option<(Decimal, Decimal)> {
    let known: Vec<Decimal> = years.iter().flatten().copied().collect();
    let realised = match how {
        Akumulasi::Jumlah => {
            known.iter().try_fold(Decimal::ZERO, |a, b| a.checked_add(*b)).filter(|_| !known.is_empty())
        }
        Akumulasi::RataRata | Akumulasi::Terakhir => known.last().copied(),
    }?;
    Some((realised, percent(realised, target).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use rust_decimal::dec;

    #[rstest]
    // The regulation's own examples: 100 % and 90 % make 94,87 %; two of three at 66,67 % make 76,315.. % (it prints 76,31, cut).
    #[case(&[(dec!(100), dec!(100)), (dec!(90), dec!(100))], Some(dec!(94.87)))]
    #[case(&[(dec!(66.67), dec!(100)), (dec!(66.67), dec!(100)), (dec!(100), dec!(100))], Some(dec!(76.32)))]
    #[case(&[(dec!(8), dec!(10))], Some(dec!(80)))]
    #[case(&[(dec!(0), dec!(10)), (dec!(10), dec!(10))], Some(dec!(0)))]
    #[case(&[(dec!(12), dec!(10)), (dec!(12), dec!(10))], Some(dec!(120)))]
    #[case(&[(dec!(1), dec!(0))], None)]
    #[case(&[], None)]
    fn outputs(#[case] volumes: &[(Decimal, Decimal)], #[case] expected: Option<Decimal>) {
        assert_eq!(output_achievement(volumes).map(|x| x.round_dp(2).normalize()), expected.map(|x| x.normalize()));
    }

    #[test]
    fn progress_adds_only_what_can_be_added() {
        let years = [Some(dec!(40)), None, Some(dec!(60))];
        assert_eq!(plan_progress(Akumulasi::Jumlah, &years, dec!(200)), Some((dec!(100), dec!(50))));
        assert_eq!(plan_progress(Akumulasi::Terakhir, &years, dec!(80)), Some((dec!(60), dec!(75))));
        assert_eq!(plan_progress(Akumulasi::Jumlah, &[None, None], dec!(80)), None);
        assert_eq!(plan_progress(Akumulasi::Jumlah, &years, dec!(0)), None);
    }
}

//! Efficiency of money against performance.

use rust_decimal::{Decimal, dec};

use super::achievement::percent;

/// Performance beside absorption: the comparison that most reports print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Efisiensi {
    /// Achievement minus absorption, in percentage points.
    pub selisih: Decimal,
    /// At least the target was reached with a smaller share of the money.
    pub efisien: bool,
}

/// Performance (percent) beside absorption (percent).
///
/// `None` when the numbers leave the range of exact arithmetic.
pub fn compare(capaian: Decimal, serapan: Decimal) -> Option<Efisiensi> {
    let selisih = capaian.checked_sub(serapan)?;
    Some(Efisiensi { selisih, efisien: capaian >= Decimal::ONE_HUNDRED && serapan < capaian })
}

/// One output with its money, for the formulas of the ministry of finance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keluaran {
    /// Ceiling (PAK), rupiah.
    pub pagu: Decimal,
    /// Spent (RAK), rupiah.
    pub realisasi: Decimal,
    /// Target volume (TVK).
    pub target_volume: Decimal,
    /// Realised volume (RVK).
    pub realisasi_volume: Decimal,
}

/// Mean saving per unit of output in percent: `1 - (RAK/RVK)/(PAK/TVK)` (PMK 249/PMK.02/2011). Outputs without ceiling or
/// without realised volume cannot be compared and are left out; `None` when none is left.
pub fn saving_per_unit(outputs: &[Keluaran]) -> Option<Decimal> {
    let savings: Vec<Decimal> = outputs
        .iter()
        .filter_map(|o| {
            let spent = o.realisasi.checked_div(o.realisasi_volume)?;
            let planned = o.pagu.checked_div(o.target_volume)?;
            Decimal::ONE.checked_sub(spent.checked_div(planned)?)?.checked_mul(Decimal::ONE_HUNDRED)
        })
        .collect();
    mean(&savings)
}

/// Saving over all outputs in percent: `sum(PAK x CK - RAK) / sum(PAK x CK)`, CK being the achieved share of the volume
/// (PMK 22/PMK.02/2021). `None` when nothing was achieved.
pub fn saving_overall(outputs: &[Keluaran]) -> Option<Decimal> {
    let mut worth = Decimal::ZERO;
    let mut spent = Decimal::ZERO;
    for o in outputs {
        let share = o.realisasi_volume.checked_div(o.target_volume)?;
        worth = worth.checked_add(o.pagu.checked_mul(share)?)?;
        spent = spent.checked_add(o.realisasi)?;
    }
    percent(worth.checked_sub(spent)?, worth).ok()
}

/// Efficiency score 0 to 100: `50 + E / 20 x 50`, within 0 to 100 (PMK 22/PMK.02/2021). Reports that do not keep to the
/// bounds print scores such as 235.
pub fn efficiency_score(saving: Decimal) -> Decimal {
    // Beyond the bounds of the formula (a saving of 20 either way) the score no longer moves.
    let saving = saving.clamp(dec!(-20), dec!(20));
    dec!(50) + saving * dec!(2.5)
}

fn mean(values: &[Decimal]) -> Option<Decimal> {
    let sum = values.iter().try_fold(Decimal::ZERO, |a, b| a.checked_add(*b))?;
    sum.checked_div(Decimal::from(values.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(pagu: i64, realisasi: i64, target: i64, volume: i64) -> Keluaran {
        Keluaran {
            pagu: Decimal::from(pagu),
            realisasi: Decimal::from(realisasi),
            target_volume: Decimal::from(target),
            realisasi_volume: Decimal::from(volume),
        }
    }

    #[test]
    fn efficient_means_reached_with_less() {
        assert_eq!(compare(dec!(106.53), dec!(97.04)), Some(Efisiensi { selisih: dec!(9.49), efisien: true }));
        assert!(compare(dec!(68.30), dec!(60)).is_some_and(|e| !e.efisien));
        assert!(compare(dec!(100), dec!(100)).is_some_and(|e| !e.efisien));
    }

    #[test]
    fn savings() {
        let outputs = [output(100, 80, 10, 10), output(100, 100, 10, 10), output(0, 5, 10, 10), output(50, 5, 10, 0)];
        assert_eq!(saving_per_unit(&outputs), Some(dec!(10)));
        assert_eq!(saving_per_unit(&outputs[3..]), None);
        assert_eq!(saving_overall(&[output(100, 80, 10, 10), output(100, 100, 10, 10)]), Some(dec!(10)));
        assert_eq!(saving_overall(&[output(100, 0, 10, 0)]), None);
    }

    #[test]
    fn scores_stay_within_bounds() {
        assert_eq!(efficiency_score(dec!(0)), dec!(50));
        assert_eq!(efficiency_score(dec!(10)), dec!(75));
        assert_eq!(efficiency_score(dec!(74)), dec!(100));
        assert_eq!(efficiency_score(dec!(-30)), dec!(0));
    }
}

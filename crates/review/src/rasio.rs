//! Which formula explains a printed achievement. Offices print the percentage and not how they got it; a reviewer tries the formulas in
//! use before he calls a number wrong.

use rust_decimal::{Decimal, RoundingStrategy, dec};

/// What explains a printed achievement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Penjelasan {
    /// R / T × 100, rounded to the printed decimals.
    RealisasiPerTarget,
    /// (2T − R) / T × 100: the lower the better (PermenPANRB 53/2014).
    DuaTargetKurangRealisasi,
    /// T / R × 100: the lower the better, by the inverse.
    TargetPerRealisasi,
    /// R / T × 100, cut off instead of rounded.
    Dipotong,
    /// (2T − R) / T × 100, cut off instead of rounded.
    DipotongTurun,
    /// Cut to 100.
    Dibatasi100,
    /// Cut to 120.
    Dibatasi120,
    /// Cut to 150.
    Dibatasi150,
    /// The printed target was rounded; with a target that rounds to it the formula fits.
    TargetTakDibulatkan,
    /// R / T × 100 with a target that differs by one in its last digit.
    TargetLain,
    /// A fraction of one: 1,08 is 108 %.
    Pecahan,
    /// The column repeats the realisation.
    SalinRealisasi,
    /// Target and realisation are both 100, and the percentage tells another story: the column of realisations was filled uniformly.
    Seragam,
    /// T / R printed for an indicator that should be high.
    RasioTerbalik,
    /// Target zero: nothing can be said, and zero was printed.
    TargetNol,
    /// No formula fits.
    TidakCocok,
}

impl Penjelasan {
    /// In words for readers.
    pub const fn label(self) -> &'static str {
        match self {
            Self::RealisasiPerTarget => "realisasi dibagi target",
            Self::DuaTargetKurangRealisasi => "rumus (2T-R)/T, makin rendah makin baik",
            Self::TargetPerRealisasi => "rumus T/R, makin rendah makin baik",
            Self::Dipotong => "realisasi dibagi target, dipotong alih-alih dibulatkan",
            Self::DipotongTurun => "rumus (2T-R)/T, dipotong alih-alih dibulatkan",
            Self::Dibatasi100 => "dibatasi 100",
            Self::Dibatasi120 => "dibatasi 120",
            Self::Dibatasi150 => "dibatasi 150",
            Self::TargetTakDibulatkan => "dihitung dari target yang belum dibulatkan",
            Self::TargetLain => "cocok bila targetnya berbeda satu angka terakhir",
            Self::Pecahan => "rasio ditulis sebagai pecahan (1,08 = 108%)",
            Self::SalinRealisasi => "kolom capaian menyalin realisasi",
            Self::Seragam => "kolom realisasi terisi seragam 100",
            Self::RasioTerbalik => "rasio terbalik: target dibagi realisasi",
            Self::TargetNol => "target nol: capaian tidak dinilai",
            Self::TidakCocok => "tidak cocok dengan rumus mana pun",
        }
    }
}

fn percent(n: Decimal, d: Decimal) -> Option<Decimal> {
    n.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(d)
}

fn rounds_to(x: Decimal, printed: Decimal, places: u32) -> bool {
    x.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero) == printed.round_dp(places)
}

fn cut_to(x: Decimal, printed: Decimal, places: u32) -> bool {
    x.trunc_with_scale(places) == printed.round_dp(places)
}

fn low(t: Decimal, r: Decimal) -> Option<Decimal> {
    percent(t.checked_mul(dec!(2))?.checked_sub(r)?, t)
}

/// Which formula explains the printed percentage for a target and a realisation; `places` is the number of decimals printed.
///
/// Formulas that agree with the number are tried in the order in which offices use them: R/T, (2T−R)/T, cut instead of rounded, capped,
/// then the slips.
pub fn classify_ratio(target: Decimal, realisasi: Decimal, tercetak: Decimal, places: u32) -> Penjelasan {
    let (Some(up), Some(down)) = (percent(realisasi, target), low(target, realisasi)) else {
        return if tercetak.is_zero() { Penjelasan::TargetNol } else { Penjelasan::TidakCocok };
    };
    let inverse = percent(target, realisasi);
    let is = |x: Decimal| rounds_to(x, tercetak, places);
    if is(up) {
        return Penjelasan::RealisasiPerTarget;
    }
    if is(down) {
        return Penjelasan::DuaTargetKurangRealisasi;
    }
    if target == Decimal::ONE_HUNDRED && realisasi == Decimal::ONE_HUNDRED {
        return Penjelasan::Seragam;
    }
    if cut_to(up, tercetak, places) {
        return Penjelasan::Dipotong;
    }
    if cut_to(down, tercetak, places) {
        return Penjelasan::DipotongTurun;
    }
    for (cap, found) in [
        (dec!(100), Penjelasan::Dibatasi100),
        (dec!(120), Penjelasan::Dibatasi120),
        (dec!(150), Penjelasan::Dibatasi150),
    ] {
        if tercetak == cap && (up > cap || down > cap) {
            return found;
        }
    }
    if tercetak == realisasi {
        return Penjelasan::SalinRealisasi;
    }
    let fraction = tercetak > Decimal::ZERO && tercetak < dec!(10);
    if fraction && percent(tercetak, Decimal::ONE).is_some_and(|x| (x - up).abs() <= Decimal::ONE) {
        return Penjelasan::Pecahan;
    }
    if inverse.is_some_and(is) {
        // Printed higher than reached can only be meant for an indicator that should be low.
        return if realisasi > target { Penjelasan::RasioTerbalik } else { Penjelasan::TargetPerRealisasi };
    }
    from_other_target(target, realisasi, tercetak, places)
}

/// A target that rounds to the printed one, or that differs by one in its last digit.
fn from_other_target(target: Decimal, realisasi: Decimal, tercetak: Decimal, places: u32) -> Penjelasan {
    let unit = Decimal::new(1, target.normalize().scale());
    let half = unit / dec!(2);
    let between = |lo: Option<Decimal>, hi: Option<Decimal>| {
        lo.zip(hi).is_some_and(|(lo, hi)| {
            let (lo, hi) = (lo.min(hi), lo.max(hi));
            let slack = Decimal::new(1, places) / dec!(2);
            lo - slack <= tercetak && tercetak <= hi + slack
        })
    };
    let fraction = !target.fract().is_zero();
    let (a, b) = (target - half, target + half);
    if fraction
        && (between(percent(realisasi, a), percent(realisasi, b)) || between(low(a, realisasi), low(b, realisasi)))
    {
        return Penjelasan::TargetTakDibulatkan;
    }
    let near = [target - unit, target + unit];
    let fits = |t: Decimal| {
        [percent(realisasi, t), low(t, realisasi)].into_iter().flatten().any(|x| rounds_to(x, tercetak, places))
    };
    if near.into_iter().any(fits) { Penjelasan::TargetLain } else { Penjelasan::TidakCocok }
}

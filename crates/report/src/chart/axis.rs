//! The common scale of percentage bars: from 0 to 120, or further when a value needs it, but never beyond 150.

use tolok_domain::Decimal;

use super::svg::{Gaya, Jangkar, Kanvas, Kotak};
use super::{INK, LINE, MUTED, PAPER, TRACK};

/// Where bars stand and how long a per cent is.
#[derive(Clone, Copy)]
pub(super) struct Sumbu {
    /// Left edge, tenths.
    pub x: i64,
    /// Length, tenths.
    pub panjang: i64,
    /// The per cent at the right end.
    pub akhir: i64,
}

impl Sumbu {
    /// An axis that fits the values.
    pub(super) fn fitting(x: i64, panjang: i64, values: impl Iterator<Item = Decimal>) -> Self {
        let most = Decimal::from(150);
        let greatest = values.map(|v| v.min(most)).max().unwrap_or_default().ceil();
        let greatest = i64::try_from(greatest).unwrap_or(0);
        Self { x, panjang, akhir: (greatest + 9).div_euclid(10).saturating_mul(10).clamp(120, 150) }
    }

    /// Length of a bar; nothing below zero and nothing beyond the end.
    pub(super) fn length(self, percent: Decimal) -> i64 {
        let part = percent.clamp(Decimal::ZERO, Decimal::from(self.akhir)) / Decimal::from(self.akhir);
        i64::try_from((part * Decimal::from(self.panjang)).round()).unwrap_or(0)
    }

    /// Place of a whole per cent.
    pub(super) fn at(self, percent: i64) -> i64 {
        self.x + percent * self.panjang / self.akhir
    }

    /// Faint lines behind all rows.
    pub(super) fn draw_grid(self, canvas: &mut Kanvas, top: i64, bottom: i64) {
        for percent in [0, 50, 100, 150].into_iter().filter(|p| *p <= self.akhir) {
            canvas.line((self.at(percent), top), (self.at(percent), bottom), LINE, 8);
        }
    }

    /// The per cents under the rows.
    pub(super) fn draw_labels(self, canvas: &mut Kanvas, baseline: i64, target: &str) {
        let style = Gaya::new(110, MUTED);
        for percent in [0, 50, 150].into_iter().filter(|p| *p <= self.akhir) {
            canvas.text((self.at(percent), baseline), Jangkar::Tengah, style, &percent.to_string());
        }
        canvas.text((self.at(100), baseline), Jangkar::Tengah, Gaya::new(110, INK), target);
    }

    /// One bar on its track. A value beyond the end is cut by an arrow; a missing one is hatched.
    pub(super) fn draw_bar(self, canvas: &mut Kanvas, y: i64, h: i64, percent: Option<Decimal>, fill: &str) {
        let track = Kotak { x: self.x, y, w: self.panjang, h };
        let Some(percent) = percent else {
            canvas.hatch(track);
            return;
        };
        canvas.rect(track, 20, TRACK);
        // A value of zero keeps a sliver of colour: it is known, and that is what tells it from a gap.
        let length = self.length(percent).max(15);
        canvas.rect(Kotak { w: length, ..track }, length.min(40) / 2, fill);
        if percent > Decimal::from(self.akhir) {
            let tip = self.x + self.panjang;
            canvas.polygon(&[(tip - 40, y), (tip, y), (tip, y + h), (tip - 40, y + h)], PAPER);
            canvas.polygon(&[(tip - 20, y - 20), (tip + 70, y + h / 2), (tip - 20, y + h + 20)], fill);
        }
    }

    /// The mark of the target on a bar.
    pub(super) fn draw_target(self, canvas: &mut Kanvas, y: i64, h: i64) {
        let x = self.at(100) - 10;
        canvas.rect(Kotak { x, y: y - 30, w: 20, h: h + 60 }, 0, INK);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(values: &[i64]) -> Sumbu {
        Sumbu::fitting(0, 3000, values.iter().map(|v| Decimal::from(*v)))
    }

    #[test]
    fn the_scale_is_common_and_bounded() {
        assert_eq!(axis(&[]).akhir, 120);
        assert_eq!(axis(&[3, 121]).akhir, 130);
        assert_eq!(axis(&[3, 900]).akhir, 150);
        assert_eq!(axis(&[-5]).akhir, 120);
    }

    #[test]
    fn bars_are_exact_and_clamped() {
        let axis = axis(&[100]);
        assert_eq!(axis.at(100), 2500);
        assert_eq!(axis.length(Decimal::from(100)), 2500);
        assert_eq!(axis.length(Decimal::from(-3)), 0);
        assert_eq!(axis.length(Decimal::MAX), 3000);
    }
}

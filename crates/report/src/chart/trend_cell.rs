//! One little chart of the small multiples.

use tolok_domain::Decimal;

use super::svg::{Gaya, Jangkar, Kanvas, Kotak, times};
use super::text::{short, width};
use super::trend::{Deret, TitikTahun};
use super::{BELUM_ADA, BRAND, INK, LINE, MUTED};

/// Room above and below the values for the numbers at the dots.
const PAD: i64 = 240;

/// The vertical scale: which value stands at which height.
#[derive(Clone, Copy)]
pub(super) struct Tegak {
    top: i64,
    bottom: i64,
    low: Decimal,
    span: Decimal,
}

impl Tegak {
    /// Fits the values between two heights. The span is at least a tenth of the greatest value: a change of a hundredth
    /// must not look like a cliff.
    pub(super) fn fitting(top: i64, bottom: i64, values: &[Decimal]) -> Self {
        let low = values.iter().copied().min().unwrap_or_default();
        let high = values.iter().copied().max().unwrap_or_default();
        let least = low.abs().max(high.abs()) / Decimal::TEN;
        let span = high.checked_sub(low).unwrap_or(Decimal::MAX);
        let missing = (least - span).max(Decimal::ZERO) / Decimal::TWO;
        let low = low.checked_sub(missing).unwrap_or(low);
        Self { top, bottom, low, span: span.max(least) }
    }

    /// Height of a value; the middle when all are zero.
    pub(super) fn at(self, value: Decimal) -> i64 {
        let part = value.checked_sub(self.low).and_then(|above| above.checked_div(self.span));
        let Some(part) = part else { return i64::midpoint(self.top, self.bottom) };
        let above = (part.clamp(Decimal::ZERO, Decimal::ONE) * Decimal::from(self.bottom - self.top)).round();
        self.bottom - i64::try_from(above).unwrap_or(0)
    }
}

/// A cell: its plot, the years of all cells, and the values by year.
pub(super) struct SelTren {
    plot: Kotak,
    titik: Vec<TitikTahun>,
    tegak: Tegak,
}

impl SelTren {
    pub(super) fn new(plot: Kotak, years: &[i16], series: &Deret) -> Self {
        let missing = |tahun| TitikTahun { tahun, target: None, realisasi: None };
        let titik: Vec<TitikTahun> = years
            .iter()
            .map(|y| series.titik.iter().find(|p| p.tahun == *y).copied().unwrap_or_else(|| missing(*y)))
            .collect();
        let values: Vec<Decimal> = titik.iter().flat_map(|p| [p.target, p.realisasi]).flatten().collect();
        let tegak = Tegak::fitting(plot.y + PAD, plot.y + plot.h - PAD, &values);
        Self { plot, titik, tegak }
    }

    /// Width of a year.
    fn step(&self) -> i64 {
        self.plot.w / times(self.titik.len().max(1))
    }

    fn x(&self, index: usize) -> i64 {
        self.plot.x + self.step() * times(index) + self.step() / 2
    }

    pub(super) fn draw(&self, canvas: &mut Kanvas) {
        let bottom = self.plot.y + self.plot.h;
        for (i, point) in self.titik.iter().enumerate() {
            canvas.text((self.x(i), bottom + 160), Jangkar::Tengah, Gaya::new(110, MUTED), &point.tahun.to_string());
            if point.realisasi.is_none() {
                let w = (self.step() - 80).clamp(80, 1100);
                canvas.hatch(Kotak { x: self.x(i) - w / 2, y: self.plot.y, w, h: self.plot.h });
            }
        }
        canvas.line((self.plot.x, bottom), (self.plot.x + self.plot.w, bottom), LINE, 10);
        for run in self.runs(|p| p.target) {
            canvas.polyline(&run, MUTED, 14, Some("5 4"));
        }
        let runs = self.runs(|p| p.realisasi);
        runs.iter().for_each(|run| canvas.polyline(run, BRAND, 20, None));
        for (i, point) in self.titik.iter().enumerate() {
            self.draw_year(canvas, i, *point);
        }
    }

    /// The known values as lines, broken at every gap.
    fn runs(&self, value: impl Fn(&TitikTahun) -> Option<Decimal>) -> Vec<Vec<(i64, i64)>> {
        let mut runs = vec![Vec::new()];
        for (i, point) in self.titik.iter().enumerate() {
            match (value(point), runs.last_mut()) {
                (Some(value), Some(run)) => run.push((self.x(i), self.tegak.at(value))),
                _ => runs.push(Vec::new()),
            }
        }
        runs
    }

    /// Whether the line of realisasi leaves this year upwards on both sides, so that a number above it would lie in it.
    fn is_valley(&self, index: usize) -> bool {
        let done = |i: usize| self.titik.get(i).and_then(|p| p.realisasi);
        let beside = [index.checked_sub(1).and_then(done), done(index + 1)];
        let known: Vec<Decimal> = beside.into_iter().flatten().collect();
        !known.is_empty() && done(index).is_some_and(|here| known.iter().all(|other| *other > here))
    }

    /// Marks and numbers of a year. The greater value is written above its mark, the lesser one below.
    fn draw_year(&self, canvas: &mut Kanvas, index: usize, point: TitikTahun) {
        let x = self.x(index);
        let above = |y: i64| y - 85;
        let below = |y: i64| y + 165;
        if let Some(target) = point.target {
            let y = self.tegak.at(target);
            canvas.line((x - 70, y), (x + 70, y), MUTED, 18);
            let shown = match point.realisasi {
                Some(done) if done == target => None,
                Some(done) if done > target => Some(below(y)),
                _ => Some(above(y)),
            };
            if let Some(baseline) = shown {
                let style = Gaya::new(105, MUTED).edged();
                canvas.text((x, baseline), Jangkar::Tengah, style, &short(target));
            }
        }
        if let Some(done) = point.realisasi {
            let y = self.tegak.at(done);
            canvas.dot((x, y), 40, BRAND);
            let low = match point.target {
                Some(target) if target != done => target > done,
                _ => self.is_valley(index),
            };
            let baseline = if low { below(y) } else { above(y) };
            canvas.text((x, baseline), Jangkar::Tengah, Gaya::new(115, INK).bold().edged(), &short(done));
        } else {
            self.draw_missing(canvas, x, point.target);
        }
    }

    /// The words in a hatched year, away from the mark of the target.
    fn draw_missing(&self, canvas: &mut Kanvas, x: i64, target: Option<Decimal>) {
        let middle = self.plot.y + self.plot.h / 2;
        let low = target.is_none_or(|target| self.tegak.at(target) <= middle);
        let y = if low { self.plot.y + self.plot.h - 110 } else { self.plot.y + 170 };
        let style = Gaya::new(105, MUTED).edged();
        if width(BELUM_ADA, style.ukuran, false) <= self.step() - 60 {
            canvas.text((x, y), Jangkar::Tengah, style, BELUM_ADA);
            return;
        }
        let first = if low { y - 120 } else { y };
        for (i, word) in BELUM_ADA.split(' ').enumerate() {
            canvas.text((x, first + times(i) * 120), Jangkar::Tengah, style, word);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn small_changes_stay_small() {
        let scale = Tegak::fitting(0, 1000, &[dec("66.24"), dec("66.30")]);
        assert!(scale.at(dec("66.24")) - scale.at(dec("66.30")) < 20);
        let scale = Tegak::fitting(0, 1000, &[dec("20"), dec("100")]);
        assert_eq!((scale.at(dec("20")), scale.at(dec("60")), scale.at(dec("100"))), (1000, 500, 0));
    }

    #[test]
    fn extreme_values_do_not_break_the_scale() {
        assert_eq!(Tegak::fitting(0, 1000, &[dec("0")]).at(dec("0")), 500);
        assert_eq!(Tegak::fitting(0, 1000, &[]).at(dec("0")), 500);
        assert_eq!(Tegak::fitting(0, 1000, &[dec("100"), dec("100")]).at(dec("100")), 500);
        let scale = Tegak::fitting(0, 1000, &[Decimal::MIN, Decimal::MAX]);
        assert!((0..=1000).contains(&scale.at(Decimal::MAX)));
    }

    #[test]
    fn lines_break_at_gaps() {
        let point =
            |tahun, realisasi: Option<i64>| TitikTahun { tahun, target: None, realisasi: realisasi.map(Into::into) };
        let titik = vec![point(2018, Some(1)), point(2019, Some(2)), point(2020, None), point(2021, Some(3))];
        let series = Deret { label: String::new(), satuan: String::new(), titik };
        let cell = SelTren::new(Kotak { x: 0, y: 0, w: 4000, h: 1000 }, &[2018, 2019, 2020, 2021], &series);
        let lengths: Vec<usize> = cell.runs(|p| p.realisasi).iter().map(Vec::len).collect();
        assert_eq!(lengths, [2, 1]);
    }
}

//! Performance against money: a dot for each office.

use tolok_domain::Decimal;
use tolok_domain::number::write_percent;
use tolok_domain::outlier::Sebaran;

use super::svg::{Gaya, Jangkar, Kanvas, units};
use super::text::{listed, width};
use super::{Grafik, INK, LINE, MUTED, WIDTH, empty_chart, value_colour};

/// One office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitikSebar {
    /// Its name, for who asks.
    pub nama: String,
    /// Its short name, written at dots that stand out.
    pub singkatan: String,
    /// Serapan anggaran in per cent: to the right.
    pub serapan: Decimal,
    /// Capaian kinerja in per cent: upwards.
    pub capaian: Decimal,
    /// Step of its band.
    pub step: Option<u8>,
}

const LEFT: i64 = 560;
const RIGHT: i64 = WIDTH - 160;
const TOP: i64 = 330;
const BOTTOM: i64 = 3300;
/// Scales begin and end at multiples of so many per cents.
const STEP: i64 = 5;
/// How many dots are named.
const NAMED: usize = 3;

/// A scale in whole per cents.
#[derive(Clone, Copy)]
struct Skala {
    awal: i64,
    akhir: i64,
}

impl Skala {
    /// Fits the values, but stays between 0 and 150: what lies outside stands at the edge.
    fn fitting(values: &[Decimal]) -> Self {
        let whole = |x: Option<&Decimal>| x.and_then(|x| i64::try_from(x.floor()).ok()).unwrap_or(0).clamp(0, 149);
        let (least, greatest) = (whole(values.iter().min()), whole(values.iter().max()));
        let awal = (least / STEP * STEP).min(150 - 2 * STEP);
        Self { awal, akhir: ((greatest / STEP + 1) * STEP).max(awal + 2 * STEP) }
    }

    /// A value's place between two coordinates.
    fn at(self, value: Decimal, from: i64, to: i64) -> i64 {
        let (awal, akhir) = (Decimal::from(self.awal), Decimal::from(self.akhir));
        let part = (value.clamp(awal, akhir) - awal) / (akhir - awal);
        from + i64::try_from((part * Decimal::from(to - from)).round()).unwrap_or(0)
    }

    /// The per cents that are written: not too many.
    fn marks(self) -> impl Iterator<Item = i64> {
        let step = match self.akhir - self.awal {
            ..=30 => STEP,
            31..=70 => 2 * STEP,
            _ => 4 * STEP,
        };
        (self.awal..=self.akhir).filter(move |x| x % step == 0)
    }
}

/// Capaian over serapan, with a line at the median of each: what lies to the right and below has spent more than half of the offices and
/// achieved less. `tanpa`: offices that cannot be drawn, since one of the two is not known.
pub fn scatter(judul: &str, points: &[TitikSebar], tanpa: usize) -> Grafik {
    let serapan: Vec<Decimal> = points.iter().map(|p| p.serapan).collect();
    let capaian: Vec<Decimal> = points.iter().map(|p| p.capaian).collect();
    let (Some(spent), Some(achieved)) = (Sebaran::of(&serapan), Sebaran::of(&capaian)) else {
        return empty_chart(judul, "Grafik sebar capaian terhadap serapan");
    };
    let (across, up) = (Skala::fitting(&serapan), Skala::fitting(&capaian));
    let x = |value: Decimal| across.at(value, LEFT, RIGHT);
    let y = |value: Decimal| up.at(value, BOTTOM, TOP);
    let mut canvas = Kanvas::new();
    let small = Gaya::new(115, MUTED);
    for mark in across.marks() {
        let at = x(Decimal::from(mark));
        canvas.line((at, TOP), (at, BOTTOM), LINE, 8);
        canvas.text((at, BOTTOM + 170), Jangkar::Tengah, small, &mark.to_string());
    }
    for mark in up.marks() {
        let at = y(Decimal::from(mark));
        canvas.line((LEFT, at), (RIGHT, at), LINE, 8);
        canvas.text((LEFT - 70, at + 40), Jangkar::Akhir, small, &mark.to_string());
    }
    let (middle_x, middle_y) = (x(spent.median), y(achieved.median));
    canvas.polyline(&[(middle_x, TOP), (middle_x, BOTTOM)], MUTED, 10, Some("4 3"));
    canvas.polyline(&[(LEFT, middle_y), (RIGHT, middle_y)], MUTED, 10, Some("4 3"));
    canvas.text((LEFT - 400, TOP - 150), Jangkar::Awal, Gaya::new(120, INK), "Capaian IKU (%)");
    canvas.text((RIGHT, BOTTOM + 350), Jangkar::Akhir, Gaya::new(120, INK), "Serapan anggaran (%)");
    for p in points {
        let told =
            format!("{}: serapan {} %, capaian {} %", p.nama, write_percent(p.serapan), write_percent(p.capaian));
        canvas.named_dot((x(p.serapan), y(p.capaian)), 55, value_colour(p.step), &told);
    }
    let mut behind: Vec<_> =
        points.iter().filter(|p| p.serapan > spent.median && p.capaian < achieved.median).collect();
    behind.sort_by_key(|p| p.capaian);
    for p in behind.iter().take(NAMED) {
        let at = (x(p.serapan), y(p.capaian) + 40);
        let style = Gaya::new(115, INK).edged();
        // On the side where there is room.
        if at.0 + 90 + width(&p.singkatan, 115, false) > RIGHT {
            canvas.text((at.0 - 90, at.1), Jangkar::Akhir, style, &p.singkatan);
        } else {
            canvas.text((at.0 + 90, at.1), Jangkar::Awal, style, &p.singkatan);
        }
    }
    let ukuran = (units(WIDTH), units(BOTTOM + 420));
    let alt = summary(points.len(), &behind, tanpa);
    Grafik { svg: canvas.finish(ukuran, judul, &alt), ukuran, alt }
}

fn summary(count: usize, behind: &[&TitikSebar], tanpa: usize) -> String {
    let mut out = format!("Grafik sebar capaian terhadap serapan {count} perangkat daerah");
    if !behind.is_empty() {
        let names: Vec<&str> = behind.iter().take(NAMED).map(|p| p.nama.as_str()).collect();
        let few = if behind.len() > NAMED { ", di antaranya " } else { ": " };
        out.push_str(&format!(
            "; {} dengan serapan di atas dan capaian di bawah nilai tengah{few}{}",
            behind.len(),
            listed(&names)
        ));
    }
    if tanpa > 0 {
        out.push_str(&format!("; {tanpa} belum digambar karena datanya belum lengkap"));
    }
    out.push('.');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use tolok_domain::Decimal;

    fn point(nama: &str, serapan: i64, capaian: i64) -> TitikSebar {
        let (serapan, capaian) = (Decimal::from(serapan), Decimal::from(capaian));
        TitikSebar { nama: format!("Dinas {nama}"), singkatan: nama.to_owned(), serapan, capaian, step: Some(0) }
    }

    #[test]
    fn each_office_is_a_dot_that_says_its_numbers() {
        let points = [point("A", 80, 95), point("B", 90, 70), point("C", 85, 85), point("D", 70, 60)];
        let chart = scatter("Sebar", &points, 2);
        assert_eq!(chart.svg.matches("<circle").count(), 4);
        assert!(chart.svg.contains("<title>Dinas B: serapan 90,00 %, capaian 70,00 %</title>"));
        // Medians are 82,5 and 77,5: only B has spent more and achieved less.
        assert!(chart.svg.contains(">B</text>"));
        assert!([">A</text>", ">C</text>", ">D</text>"].iter().all(|name| !chart.svg.contains(name)));
        let told = "4 perangkat daerah; 1 dengan serapan di atas dan capaian di bawah nilai tengah: Dinas B; 2 belum";
        assert!(chart.alt.contains(told), "{}", chart.alt);
        assert!(chart.svg.contains(&format!("<desc>{}</desc>", chart.alt)));
    }

    #[test]
    fn the_scale_fits_and_keeps_its_bounds() {
        let fit = |values: &[i64]| {
            let values: Vec<Decimal> = values.iter().map(|x| Decimal::from(*x)).collect();
            let scale = Skala::fitting(&values);
            (scale.awal, scale.akhir)
        };
        assert_eq!(fit(&[72, 98]), (70, 100));
        assert_eq!(fit(&[28, 31]), (25, 35));
        assert_eq!(fit(&[100]), (100, 110));
        assert_eq!(fit(&[-5, 400]), (0, 150));
        assert_eq!(fit(&[149]), (140, 150));
        let scale = Skala { awal: 50, akhir: 150 };
        assert_eq!([0, 100, 900].map(|x| scale.at(Decimal::from(x), 0, 1000)), [0, 500, 1000]);
        assert_eq!(scale.marks().collect::<Vec<_>>(), [60, 80, 100, 120, 140]);
    }

    #[test]
    fn names_cannot_break_out() {
        let chart = scatter("Sebar", &[point("<script>", 90, 10)], 0);
        assert!(!chart.svg.contains("<script>") && chart.svg.contains("&lt;script&gt;"));
    }

    #[test]
    fn no_office_still_gives_a_picture() {
        assert!(scatter("Kosong", &[], 45).svg.ends_with("</svg>"));
    }
}

//! Target and realisasi over the years, as small multiples: one little chart for each indicator, all on the same years.

use tolok_domain::Decimal;

use super::svg::{Gaya, Jangkar, Kanvas, Kotak, times, units};
use super::text::{short, width, wrap};
use super::trend_cell::SelTren;
use super::{BELUM_ADA, BRAND, Grafik, INK, MUTED, WIDTH, empty_chart};

/// An indicator over the years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deret {
    /// Its name.
    pub label: String,
    /// Its unit ("%", "orang"); may be empty.
    pub satuan: String,
    /// Its years; a year that is left out has neither target nor realisasi.
    pub titik: Vec<TitikTahun>,
}

/// One year of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TitikTahun {
    /// The year.
    pub tahun: i16,
    /// Target, where there is one.
    pub target: Option<Decimal>,
    /// Realisasi, where it is known.
    pub realisasi: Option<Decimal>,
}

const GAP: i64 = 280;
const TITLE: i64 = 165;
const PLOT: i64 = 1150;
/// What a cell needs around title and plot: unit, years, air.
const AROUND: i64 = 620;
const LEGEND: i64 = 330;

/// Small line charts: realisasi as a line with dots, target dashed, missing years hatched.
pub fn trend(judul: &str, series: &[Deret]) -> Grafik {
    let years = years(series);
    if years.is_empty() {
        return empty_chart(judul, "Grafik target dan realisasi");
    }
    let columns = if series.len() > 1 { 2 } else { 1 };
    let cell_width = (WIDTH - GAP * (times(columns) - 1)) / times(columns);
    let mut canvas = Kanvas::new();
    draw_legend(&mut canvas);
    let mut y = LEGEND;
    for row in series.chunks(columns) {
        let titles: Vec<Vec<String>> = row.iter().map(|s| wrap(&s.label, cell_width, 130, true, 2)).collect();
        let title_height = titles.iter().map(|t| times(t.len())).max().unwrap_or(0) * TITLE;
        for (i, (series, title)) in row.iter().zip(&titles).enumerate() {
            let x = times(i) * (cell_width + GAP);
            let style = Gaya::new(130, INK).bold();
            canvas.lines(x, y + times(title.len()) * TITLE / 2, TITLE, style, title);
            let unit = y + times(title.len()) * TITLE + 115;
            canvas.text((x, unit), Jangkar::Awal, Gaya::new(110, MUTED), &series.satuan);
            let plot = Kotak { x, y: y + title_height + 200, w: cell_width, h: PLOT };
            SelTren::new(plot, &years, series).draw(&mut canvas);
        }
        y += title_height + PLOT + AROUND;
    }
    // The air below the last row is the caption's.
    let ukuran = (units(WIDTH), units(y - 200));
    Grafik { svg: canvas.finish(ukuran, judul, &describe(series)), ukuran, alt: summary(&years, series) }
}

/// Every year that any indicator has, in order.
fn years(series: &[Deret]) -> Vec<i16> {
    let mut years: Vec<i16> = series.iter().flat_map(|s| &s.titik).map(|p| p.tahun).collect();
    years.sort_unstable();
    years.dedup();
    years
}

fn draw_legend(canvas: &mut Kanvas) {
    let style = Gaya::new(120, INK);
    let mut x = 0;
    canvas.line((x, 100), (x + 300, 100), BRAND, 20);
    canvas.dot((x + 150, 100), 36, BRAND);
    canvas.text((x + 380, 142), Jangkar::Awal, style, "Realisasi");
    x += 380 + width("Realisasi", 120, false) + 280;
    canvas.polyline(&[(x, 100), (x + 300, 100)], MUTED, 14, Some("5 4"));
    canvas.text((x + 380, 142), Jangkar::Awal, style, "Target");
    x += 380 + width("Target", 120, false) + 280;
    canvas.hatch(Kotak { x, y: 45, w: 300, h: 110 });
    canvas.text((x + 380, 142), Jangkar::Awal, style, "Realisasi belum ada");
}

fn value(value: Option<Decimal>) -> String {
    value.map_or(BELUM_ADA.to_owned(), short)
}

fn describe(series: &[Deret]) -> String {
    let told: Vec<String> = series
        .iter()
        .map(|s| {
            let points: Vec<String> = s
                .titik
                .iter()
                .map(|p| format!("{} target {}, realisasi {}", p.tahun, value(p.target), value(p.realisasi)))
                .collect();
            let unit = if s.satuan.is_empty() { String::new() } else { format!(" ({})", s.satuan) };
            format!("{}{unit}: {}", s.label, points.join("; "))
        })
        .collect();
    told.join(". ")
}

fn summary(years: &[i16], series: &[Deret]) -> String {
    let span = match years {
        [] => String::new(),
        [year] => format!(" tahun {year}"),
        [first, .., last] => format!(" tahun {first} sampai {last}"),
    };
    let unknown =
        |year: i16| series.iter().filter(|s| !s.titik.iter().any(|p| p.tahun == year && p.realisasi.is_some())).count();
    let mut out = format!("Grafik garis target dan realisasi {} indikator{span}", series.len());
    if let Some((last, count)) = years.last().map(|last| (last, unknown(*last))).filter(|(_, count)| *count > 0) {
        out.push_str(&format!("; realisasi {last} dari {count} indikator belum ada"));
    }
    out.push('.');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series() -> Vec<Deret> {
        let point = |tahun, target: i64, realisasi: Option<i64>| TitikTahun {
            tahun,
            target: Some(Decimal::new(target, 2)),
            realisasi: realisasi.map(|r| Decimal::new(r, 2)),
        };
        vec![
            Deret {
                label: "Tingkat Pengangguran Terbuka".into(),
                satuan: "%".into(),
                titik: vec![point(2020, 926, Some(926)), point(2021, 916, None)],
            },
            Deret {
                label: "Persentase Kesempatan Kerja".into(),
                satuan: "%".into(),
                titik: vec![point(2019, 9192, Some(9192)), point(2021, 9095, Some(9100))],
            },
        ]
    }

    #[test]
    fn all_indicators_share_the_years() {
        assert_eq!(years(&series()), [2019, 2020, 2021]);
        let svg = trend("Tren", &series()).svg;
        assert_eq!(svg.matches(">2020</text>").count(), 2);
    }

    #[test]
    fn missing_years_are_hatched_and_named() {
        let chart = trend("Tren", &series());
        // Two gaps in the first indicator and one in the second, and the legend.
        assert_eq!(chart.svg.matches("<path").count(), 4);
        assert_eq!(chart.svg.matches(">belum ada</text>").count(), 3);
        assert_eq!(
            chart.alt,
            "Grafik garis target dan realisasi 2 indikator tahun 2019 sampai 2021; realisasi 2021 dari 1 indikator \
             belum ada."
        );
    }

    #[test]
    fn no_series_still_give_a_picture() {
        assert!(trend("Kosong", &[]).svg.ends_with("</svg>"));
    }
}

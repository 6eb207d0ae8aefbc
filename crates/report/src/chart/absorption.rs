//! Performance beside money, per programme.

use tolok_domain::Decimal;
use tolok_domain::number::write_percent;

use super::axis::Sumbu;
use super::svg::{Gaya, Jangkar, Kanvas, Kotak, times, units};
use super::text::{width, wrap};
use super::{BELUM_ADA, BRAND, Grafik, INK, LINE, MONEY, MUTED, WIDTH, empty_chart};

/// One programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarisSerapan {
    /// Its name.
    pub label: String,
    /// Capaian kinerja in per cent.
    pub kinerja: Option<Decimal>,
    /// Serapan anggaran in per cent of the pagu.
    pub serapan: Option<Decimal>,
}

const LABEL_WIDTH: i64 = 2500;
const BAR: i64 = 80;
const PITCH: i64 = 160;
const LEGEND: [(&str, &str); 2] = [("Capaian kinerja", BRAND), ("Serapan anggaran", MONEY)];

/// Two thin bars for each programme: capaian kinerja and serapan anggaran, in per cent.
pub fn absorption_bars(judul: &str, rows: &[BarisSerapan]) -> Grafik {
    if rows.is_empty() {
        return empty_chart(judul, "Grafik capaian kinerja dan serapan anggaran");
    }
    let values = rows.iter().flat_map(|row| [row.kinerja, row.serapan]).flatten();
    let axis = Sumbu::fitting(2640, 3320, values);
    let mut canvas = Kanvas::new();
    draw_legend(&mut canvas, axis.x);
    let labels: Vec<Vec<String>> = rows.iter().map(|row| wrap(&row.label, LABEL_WIDTH, 130, false, 3)).collect();
    let heights: Vec<i64> = labels.iter().map(|label| (times(label.len()) * 160).max(2 * PITCH) + 160).collect();
    let top = 300;
    let bottom = top + heights.iter().sum::<i64>();
    axis.draw_grid(&mut canvas, top, bottom + 30);
    let mut y = top;
    for ((row, label), height) in rows.iter().zip(&labels).zip(&heights) {
        let middle = y + height / 2;
        canvas.lines(0, middle, 160, Gaya::new(130, INK), label);
        let bars = [(row.kinerja, BRAND, middle - PITCH / 2), (row.serapan, MONEY, middle + PITCH / 2)];
        for (value, colour, centre) in bars {
            axis.draw_bar(&mut canvas, centre - BAR / 2, BAR, value, colour);
            let (text, style) = match value {
                Some(value) => (write_percent(value), Gaya::new(125, INK)),
                None => (BELUM_ADA.to_owned(), Gaya::new(125, MUTED)),
            };
            canvas.text((WIDTH, centre + 45), Jangkar::Akhir, style, &text);
        }
        y += height;
        canvas.line((0, y), (WIDTH, y), LINE, 8);
    }
    axis.draw_labels(&mut canvas, bottom + 160, "100 %");
    let ukuran = (units(WIDTH), units(bottom + 220));
    Grafik { svg: canvas.finish(ukuran, judul, &describe(rows)), ukuran, alt: summary(rows) }
}

fn draw_legend(canvas: &mut Kanvas, left: i64) {
    let mut x = left;
    for (words, colour) in LEGEND {
        canvas.rect(Kotak { x, y: 100, w: 200, h: BAR }, 20, colour);
        canvas.text((x + 270, 182), Jangkar::Awal, Gaya::new(120, INK), words);
        x += 270 + width(words, 120, false) + 240;
    }
}

fn percent(value: Option<Decimal>) -> String {
    value.map_or(BELUM_ADA.to_owned(), |v| format!("{} %", write_percent(v)))
}

fn describe(rows: &[BarisSerapan]) -> String {
    let told: Vec<String> = rows
        .iter()
        .map(|row| format!("{}: kinerja {}, anggaran {}", row.label, percent(row.kinerja), percent(row.serapan)))
        .collect();
    told.join("; ")
}

fn summary(rows: &[BarisSerapan]) -> String {
    let behind = rows
        .iter()
        .filter(|row| matches!((row.kinerja, row.serapan), (Some(done), Some(spent)) if done < spent))
        .count();
    let unknown = rows.iter().filter(|row| row.kinerja.is_none() || row.serapan.is_none()).count();
    let mut out = format!("Grafik batang capaian kinerja dan serapan anggaran {} program", rows.len());
    if behind > 0 {
        out.push_str(&format!("; pada {behind} program capaian lebih rendah daripada serapan"));
    }
    if unknown > 0 {
        out.push_str(&format!("; data {unknown} program belum lengkap"));
    }
    out.push('.');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_both_percentages_and_tells_the_gap() {
        let rows = [
            BarisSerapan { label: "Pelatihan".into(), kinerja: Some(68.into()), serapan: Some(Decimal::new(9953, 2)) },
            BarisSerapan { label: "Transmigrasi".into(), kinerja: None, serapan: Some(98.into()) },
        ];
        let chart = absorption_bars("Kinerja dan anggaran", &rows);
        for part in ["68,00", "99,53", "98,00", "belum ada", "Capaian kinerja", "Serapan anggaran", BRAND, MONEY] {
            assert!(chart.svg.contains(part), "{part}");
        }
        assert!(
            chart.alt.contains("2 program; pada 1 program") && chart.alt.ends_with("data 1 program belum lengkap.")
        );
    }

    #[test]
    fn no_rows_still_give_a_picture() {
        let chart = absorption_bars("Kosong", &[]);
        assert!(chart.svg.ends_with("</svg>") && chart.ukuran.1 > 0);
    }
}

//! Capaian of indicators against their target.

use tolok_domain::Decimal;
use tolok_domain::number::write_percent;

use super::axis::Sumbu;
use super::svg::{Gaya, Jangkar, Kanvas, Kotak, times, units};
use super::text::{listed, wrap};
use super::{BELUM_ADA, Grafik, INK, LINE, MUTED, WIDTH, empty_chart, value_colour};

/// One indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarisTarget {
    /// Its name.
    pub label: String,
    /// Capaian in per cent; `None` when it is not known.
    pub capaian: Option<Decimal>,
    /// Band of the capaian, from the top of its scale.
    pub step: Option<u8>,
    /// Words under the value: the name of the band, or why there is no value. May be empty.
    pub keterangan: String,
}

const LABEL_WIDTH: i64 = 2300;
const NOTE_WIDTH: i64 = 1180;
const BAR: i64 = 120;

/// Horizontal bars, one for each indicator, on a common scale with the target at 100.
pub fn target_bars(judul: &str, rows: &[BarisTarget]) -> Grafik {
    if rows.is_empty() {
        return empty_chart(judul, "Grafik capaian indikator");
    }
    let axis = Sumbu::fitting(2440, 3060, rows.iter().filter_map(|row| row.capaian));
    let placed = place(rows);
    let bottom = placed.last().map_or(40, |row| row.y + row.h);
    let mut canvas = Kanvas::new();
    axis.draw_grid(&mut canvas, 30, bottom + 30);
    for (row, place) in rows.iter().zip(&placed) {
        draw_row(&mut canvas, axis, row, place);
    }
    axis.draw_labels(&mut canvas, bottom + 160, "100 = target");
    let height = bottom + 220;
    let ukuran = (units(WIDTH), units(height));
    Grafik { svg: canvas.finish(ukuran, judul, &describe(rows)), ukuran, alt: summary(rows) }
}

struct Tempat {
    y: i64,
    h: i64,
    label: Vec<String>,
    catatan: Vec<String>,
}

fn place(rows: &[BarisTarget]) -> Vec<Tempat> {
    let mut y = 40;
    let mut placed = Vec::with_capacity(rows.len());
    for row in rows {
        let label = wrap(&row.label, LABEL_WIDTH, 130, false, 3);
        let catatan = wrap(&row.keterangan, NOTE_WIDTH, 110, false, 2);
        let words = (times(label.len()) * 160).max(160 + times(catatan.len()) * 140);
        let h = words + 160;
        placed.push(Tempat { y, h, label, catatan });
        y += h;
    }
    placed
}

fn draw_row(canvas: &mut Kanvas, axis: Sumbu, row: &BarisTarget, place: &Tempat) {
    let middle = place.y + place.h / 2;
    canvas.lines(0, middle, 160, Gaya::new(130, INK), &place.label);
    let bar = Kotak { x: axis.x, y: middle - BAR / 2, w: axis.panjang, h: BAR };
    axis.draw_bar(canvas, bar.y, bar.h, row.capaian, value_colour(row.step));
    axis.draw_target(canvas, bar.y, bar.h);
    // The value and the words below it are centred on the bar together.
    let value_top = middle - (160 + times(place.catatan.len()) * 140) / 2;
    let (text, style) = match row.capaian {
        Some(value) => (write_percent(value), Gaya::new(130, INK).bold()),
        None => (BELUM_ADA.to_owned(), Gaya::new(130, MUTED)),
    };
    canvas.text((WIDTH, value_top + 125), Jangkar::Akhir, style, &text);
    for (i, line) in place.catatan.iter().enumerate() {
        canvas.text((WIDTH, value_top + 265 + times(i) * 140), Jangkar::Akhir, Gaya::new(110, MUTED), line);
    }
    canvas.line((0, place.y + place.h), (WIDTH, place.y + place.h), LINE, 8);
}

/// Every value, for those who hear the picture.
fn describe(rows: &[BarisTarget]) -> String {
    let told: Vec<String> = rows
        .iter()
        .map(|row| {
            let value = row.capaian.map_or(BELUM_ADA.to_owned(), |v| format!("{} %", write_percent(v)));
            let note = if row.keterangan.is_empty() { String::new() } else { format!(" ({})", row.keterangan) };
            format!("{}: {value}{note}", row.label)
        })
        .collect();
    told.join("; ")
}

fn summary(rows: &[BarisTarget]) -> String {
    let known: Vec<Decimal> = rows.iter().filter_map(|row| row.capaian).collect();
    let reached = known.iter().filter(|v| **v >= Decimal::ONE_HUNDRED).count();
    let parts = [
        (reached, "mencapai target"),
        (known.len() - reached, "di bawah target"),
        (rows.len() - known.len(), BELUM_ADA),
    ];
    let told: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, words)| format!("{n} {words}")).collect();
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    format!("Grafik batang capaian {} indikator terhadap target: {}.", rows.len(), listed(&told))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(label: &str, capaian: Option<&str>, step: Option<u8>) -> BarisTarget {
        let capaian = capaian.map(|c| c.parse().unwrap());
        BarisTarget { label: label.to_owned(), capaian, step, keterangan: String::new() }
    }

    #[test]
    fn shows_values_words_and_bands() {
        let rows = [row("A & B", Some("88.2"), Some(1)), row("C", Some("100"), Some(0)), row("D", None, None)];
        let chart = target_bars("Capaian", &rows);
        for part in ["<title>Capaian</title>", "A &amp; B", "88,20", "100,00", "belum ada", "#4f9a2a", "#1a7f4b"] {
            assert!(chart.svg.contains(part), "{part}");
        }
        assert_eq!(
            chart.alt,
            "Grafik batang capaian 3 indikator terhadap target: 1 mencapai target, 1 di bawah target dan 1 belum ada."
        );
        assert_eq!(chart, target_bars("Capaian", &rows));
    }

    #[test]
    fn no_rows_still_give_a_picture() {
        let chart = target_bars("Kosong", &[]);
        assert!(chart.svg.contains("Belum ada data") && chart.alt == "Grafik capaian indikator: belum ada data.");
    }

    #[test]
    fn a_missing_value_never_has_the_colour_of_a_band() {
        let chart = target_bars("x", &[row("D", None, Some(4))]);
        assert!(!chart.svg.contains("#b3261e") && chart.svg.contains("<path"));
    }

    #[test]
    fn a_value_off_the_scale_is_cut_with_an_arrow_and_its_number() {
        let svg = target_bars("x", &[row("D", Some("412.5"), Some(0))]).svg;
        assert!(svg.contains("412,50") && svg.contains("<polygon"));
        assert!(!target_bars("x", &[row("D", Some("149"), Some(0))]).svg.contains("<polygon"));
    }
}

//! Pictures the size of a word, for the tables of web pages.

use tolok_domain::Decimal;
use tolok_domain::number::write_percent;

use super::axis::Sumbu;
use super::svg::{Kanvas, Kotak, Tenths, times};
use super::text::short;
use super::trend_cell::Tegak;
use super::{BELUM_ADA, BRAND, INK, MUTED, PAPER, TRACK, value_colour};

/// Realisasi as a line and target as steps, from `(year, target, realisasi)`; years without realisasi are hatched.
pub fn sparkline(points: &[(i16, Option<Decimal>, Option<Decimal>)], width: u32, height: u32) -> String {
    let (full, tall) = (i64::from(width) * 10, i64::from(height) * 10);
    let values: Vec<Decimal> = points.iter().flat_map(|(_, target, done)| [*target, *done]).flatten().collect();
    let scale = Tegak::fitting(40, tall - 40, &values);
    let step = full / times(points.len().max(1));
    let mut canvas = Kanvas::new();
    let mut steps: Vec<Vec<(i64, i64)>> = vec![Vec::new()];
    let mut lines: Vec<Vec<(i64, i64)>> = vec![Vec::new()];
    for (i, (_, target, done)) in points.iter().enumerate() {
        let left = step * times(i);
        match (target, steps.last_mut()) {
            (Some(target), Some(run)) => run.extend([(left, scale.at(*target)), (left + step, scale.at(*target))]),
            _ => steps.push(Vec::new()),
        }
        match (done, lines.last_mut()) {
            (Some(done), Some(run)) => run.push((left + step / 2, scale.at(*done))),
            _ => {
                canvas.hatch(Kotak { x: left + 10, y: 5, w: (step - 20).max(20), h: tall - 10 });
                lines.push(Vec::new());
            }
        }
    }
    steps.iter().for_each(|run| canvas.polyline(run, MUTED, 10, Some("2 2")));
    for run in &lines {
        canvas.polyline(run, BRAND, 15, None);
        // The last value before a gap or the end is where the eye goes; a lone value would be invisible without its dot.
        if let Some(end) = run.last() {
            canvas.dot(*end, 24, BRAND);
        }
    }
    canvas.finish((width, height), &told(points), "")
}

fn told(points: &[(i16, Option<Decimal>, Option<Decimal>)]) -> String {
    let value = |v: &Option<Decimal>| v.map_or(BELUM_ADA.to_owned(), short);
    let told: Vec<String> = points
        .iter()
        .map(|(year, target, done)| format!("{year} target {}, realisasi {}", value(target), value(done)))
        .collect();
    if told.is_empty() { BELUM_ADA.to_owned() } else { told.join("; ") }
}

/// A bar of 120 x 10 with the target at 100, on a scale that ends at 120; hatched when there is no value.
pub fn bullet(capaian: Option<Decimal>, step: Option<u8>) -> String {
    let axis = Sumbu { x: 0, panjang: 1200, akhir: 120 };
    let mut canvas = Kanvas::new();
    let track = Kotak { x: 0, y: 0, w: axis.panjang, h: 100 };
    let words = match capaian {
        None => {
            canvas.hatch(Kotak { x: 5, y: 5, w: axis.panjang - 10, h: 90 });
            format!("capaian {BELUM_ADA}")
        }
        Some(value) => {
            canvas.rect(track, 50, TRACK);
            let length = axis.length(value).max(15);
            canvas.rect(Kotak { w: length, ..track }, length.min(100) / 2, value_colour(step));
            if value > Decimal::from(axis.akhir) {
                // The bar goes on beyond the scale: a chevron in the colour of paper says so.
                canvas.polyline(&[(1105, 25), (1135, 50), (1105, 75)], PAPER, 15, None);
            }
            format!("capaian {} %", write_percent(value))
        }
    };
    canvas.rect(Kotak { x: axis.at(100) - 10, y: 0, w: 20, h: 100 }, 0, INK);
    canvas.finish((120, 10), &words, "")
}

/// Parts of a whole beside each other on a bar of 120 x 10, each with its colour; what is left of the whole stays the track. The words
/// beside it say the same, so readers that speak leave it out.
pub fn segments(parts: &[(usize, &'static str)], whole: usize) -> String {
    let mut out = String::from(r#"<svg viewBox="0 0 120 10" width="120" height="10" aria-hidden="true">"#);
    out.push_str(&format!(r#"<path fill="{TRACK}" d="M0 0h120v10H0z"/>"#));
    let at = |count: usize| times(count.min(whole)) * 1200 / times(whole.max(1));
    let mut done = 0;
    for (count, colour) in parts {
        let (from, to) = (at(done), at(done + count));
        done += count;
        if to > from {
            let (x, width) = (Tenths(from), Tenths(to - from));
            out.push_str(&format!(r#"<path fill="{colour}" d="M{x} 0h{width}v10h-{width}z"/>"#));
        }
    }
    out.push_str("</svg>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_share_the_bar_and_leave_the_rest() {
        let svg = segments(&[(1, "#111111"), (0, "#222222"), (1, "#333333")], 4);
        assert!(svg.contains(r##"fill="#111111" d="M0 0h30v10h-30z""##), "{svg}");
        assert!(svg.contains(r##"fill="#333333" d="M30 0h30v10h-30z""##) && !svg.contains("#222222"), "{svg}");
        assert_eq!(segments(&[], 0).matches("<path").count(), 1);
    }

    #[test]
    fn a_bullet_says_its_value_in_words() {
        let svg = bullet(Some(Decimal::new(3734, 2)), Some(4));
        assert!(
            svg.contains("<title>capaian 37,34 %</title>")
                && svg.contains(r##"width="37.3" height="10" rx="5" fill="#b3261e""##)
        );
        let none = bullet(None, None);
        assert!(
            none.contains("<title>capaian belum ada</title>") && none.contains("<path") && !none.contains("#b3261e")
        );
    }

    #[test]
    fn zero_is_a_sliver_and_not_a_gap() {
        let svg = bullet(Some(Decimal::ZERO), Some(4));
        assert!(svg.contains("#b3261e") && !svg.contains("<path"));
    }

    #[test]
    fn a_sparkline_hatches_what_is_missing() {
        let points = [(2020, Some(Decimal::TEN), Some(Decimal::TEN)), (2021, Some(Decimal::TEN), None)];
        let svg = sparkline(&points, 96, 24);
        assert_eq!(svg.matches("<path").count(), 1);
        assert!(svg.contains("<title>2020 target 10, realisasi 10; 2021 target 10, realisasi belum ada</title>"));
        assert!(sparkline(&[], 96, 24).contains("<title>belum ada</title>"));
    }
}

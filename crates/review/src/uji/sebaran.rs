//! How many indicators have which grade: as the text says it, and as the table shows it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::kutipan::{Kutipan, numbers, rounding, sentences};
use crate::aturan::Aturan;
use crate::model::{Model, Rekam};
use crate::nama::words;
use crate::temuan::{Sisi, Temuan};
use tolok_domain::number::write_percent;

/// Grades as offices call them, the longer before those that stand in them.
const LABELS: [&str; 14] = [
    "sangat memuaskan",
    "sangat tinggi",
    "sangat rendah",
    "sangat kurang",
    "sangat baik",
    "cukup baik",
    "kurang baik",
    "memuaskan",
    "tinggi",
    "sedang",
    "rendah",
    "kurang",
    "cukup",
    "baik",
];

/// Words that say that a sentence is about grades.
const ABOUT: [&str; 6] = ["predikat", "berpredikat", "kategori", "berkategori", "kriteria", "berkriteria"];

/// The grades of a table's indicators.
struct Sebaran<'m> {
    jumlah: BTreeMap<&'static str, usize>,
    total: usize,
    /// A row of each grade.
    baris: BTreeMap<&'static str, &'m Rekam<'m>>,
}

fn label(text: &str) -> Option<&'static str> {
    let said: Vec<String> = words(text).collect();
    let said = said.join(" ");
    LABELS.into_iter().find(|l| *l == said)
}

/// What a table says, where one of its columns holds the grade of each of its indicators.
fn of_table<'m>(m: &'m Model<'_>, table: usize) -> Option<Sebaran<'m>> {
    let mut sebaran = Sebaran { jumlah: BTreeMap::new(), total: 0, baris: BTreeMap::new() };
    for (_, r) in m.rows_of(table).filter(|(_, r)| !r.indikator.is_empty()) {
        let grade = r.baris.iter().zip(&m.tabel[r.potong].asal.kolom).find_map(|(sel, kolom)| {
            let head: Vec<String> = words(&kolom.judul).collect();
            let named = head.iter().any(|w| ABOUT.contains(&w.as_str()) || w == "status" || w == "tingkat");
            label(&sel.teks).filter(|_| named)
        });
        let grade = grade?;
        *sebaran.jumlah.entry(grade).or_default() += 1;
        sebaran.baris.entry(grade).or_insert(r);
        sebaran.total += 1;
    }
    (sebaran.total > 1).then_some(sebaran)
}

/// The grades of a sentence with their places, each read as the longest that fits.
fn labels_in(text: &str) -> Vec<(usize, &'static str)> {
    // The same bytes as the text, so that places in both are the same.
    let lower = text.to_ascii_lowercase();
    let free = |at: usize, end: usize| {
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        edge(lower[..at].chars().next_back()) && edge(lower[end..].chars().next())
    };
    let mut found: Vec<(usize, usize, &str)> = Vec::new();
    for label in LABELS {
        for (at, _) in lower.match_indices(label) {
            let end = at + label.len();
            if free(at, end) && found.iter().all(|(x, y, _)| end <= *x || at >= *y) {
                found.push((at, end, label));
            }
        }
    }
    found.sort_unstable();
    found.into_iter().map(|(at, _, label)| (at, label)).collect()
}

/// A grade with the numbers that the sentence gives it: a count and a share.
type Klaim<'t> = (&'static str, Option<Kutipan<'t>>, Option<Kutipan<'t>>);

/// "3 indikator (60%) berpredikat sangat baik" or "sangat baik 3 indikator (60%)": the order of the first decides for all.
fn claims(sentence: &str) -> Vec<Klaim<'_>> {
    let labels = labels_in(sentence);
    let list = numbers(sentence);
    let (Some(first), Some(number)) = (labels.first(), list.first()) else { return Vec::new() };
    let before = first.0 < number.awal;
    let mut found = Vec::new();
    for (i, (at, label)) in labels.iter().enumerate() {
        let (from, to) = if before {
            (*at, labels.get(i + 1).map_or(usize::MAX, |(next, _)| *next))
        } else {
            (i.checked_sub(1).map_or(0, |last| labels[last].0), *at)
        };
        let own = || list.iter().filter(|n| (from..to).contains(&n.awal));
        let share = own().rfind(|n| n.persen).cloned();
        // The count stands right before its share; an earlier number is the whole ("dari 5 IKU, 3 ...").
        let count = own().rfind(|n| !n.persen && !n.rupiah && n.nilai.fract().is_zero()).cloned();
        found.push((*label, count, share));
    }
    found
}

pub(super) fn counts(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let tables: Vec<Sebaran<'_>> = (0..m.tabel.len()).filter_map(|t| of_table(m, t)).collect();
    // Of several tables with grades nobody could say which one the sentence counts.
    let [sebaran] = tables.as_slice() else { return Vec::new() };
    let mut found = Vec::new();
    for (_, text, letak) in m.texts() {
        for sentence in sentences(text).filter(|s| words(s).any(|w| ABOUT.contains(&w.as_str()))) {
            for (label, count, share) in claims(sentence) {
                let (Some(right), Some(row)) = (sebaran.jumlah.get(label), sebaran.baris.get(label)) else { continue };
                let total = Decimal::from(sebaran.total);
                let right = Decimal::from(*right);
                let side = |nilai: String| Sisi::read(letak, "teks", nilai);
                let title = format!("Teks menyebut jumlah lain untuk predikat {label}");
                let place = |nilai: String| m.row_side(row, nilai);
                if let Some(n) = count.filter(|n| n.nilai <= total && n.nilai != right) {
                    found.push(
                        Temuan::new(a, title, side(format!("{} {label}", n.teks)))
                            .against(place(format!("{right} dari {total} {label}")))
                            .differing(n.nilai - right),
                    );
                    continue;
                }
                let part = right * Decimal::ONE_HUNDRED / total;
                if let Some(p) = share.filter(|p| (p.nilai - part).abs() > a.toleransi.max(rounding(p.nilai))) {
                    found.push(
                        Temuan::new(a, title, side(format!("{}% {label}", p.teks)))
                            .against(place(format!("{}% ({right} dari {total}) {label}", write_percent(part))))
                            .differing(p.nilai - part),
                    );
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let shown = |n: Option<Kutipan<'_>>| n.map_or_else(|| "-".to_owned(), |n| n.teks.to_owned());
        claims(text).into_iter().map(|(label, n, p)| format!("{label} {} {}", shown(n), shown(p))).collect()
    }

    #[test]
    fn grades_are_counted_in_both_orders() {
        let first = read("Dari 5 IKU, 3 IKU (60%) berpredikat sangat baik, 1 IKU (20%) tinggi dan 20% sangat rendah");
        assert_eq!(first, ["sangat baik 3 60", "tinggi 1 20", "sangat rendah - 20"]);
        let second = read("Predikat sangat baik 3 indikator (60%), baik sebanyak 2 indikator");
        assert_eq!(second, ["sangat baik 3 60", "baik 2 -"]);
        assert_eq!(read("Kategori tinggi tanpa angka"), [] as [&str; 0]);
    }
}

//! Grades and their scales.

use rust_decimal::{Decimal, dec};
use tolok_domain::scale::{PERMENDAGRI_86_2017, Skala};

use super::kutipan::numbers;
use crate::aturan::{Aturan, Ukuran};
use crate::model::Model;
use crate::temuan::{Sisi, Temuan};
use tolok_domain::bacaan::{Bagian, SelBaca};

/// The step of a grade written in a cell, on the scale of achievement.
fn written_grade(text: &str, scale: &Skala) -> Option<&'static str> {
    scale.predikat.iter().map(|p| p.label).find(|label| label.eq_ignore_ascii_case(text.trim()))
}

/// A grade beside an achievement that does not belong to it.
pub(super) fn grade(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let scale = &PERMENDAGRI_86_2017;
    let mut found = Vec::new();
    for r in &m.rekam {
        let Some(cell) = r.baris.iter().find(|s| written_grade(&s.teks, scale).is_some()) else { continue };
        let Some((isi, x)) = r.values(Ukuran::Capaian).find_map(|i| Some((i, i.angka?))) else { continue };
        let right = scale.grade(x);
        let said = written_grade(&cell.teks, scale).unwrap_or_default();
        if said != right.label {
            let side = Sisi::read(&cell.letak, "Predikat", cell.teks.trim());
            found.push(
                Temuan::new(a, format!("Predikat {} seharusnya {}", r.indikator, right.label), side)
                    .against(m.side(r, isi, "Capaian"))
                    .because(format!("{}: {} adalah {}.", scale.judul, isi.sel.teks.trim(), right.label)),
            );
        }
    }
    found
}

/// One line of a scale: from and to, and whether the bound itself belongs to it.
#[derive(Debug, Clone, Copy)]
struct Jenjang {
    bawah: Option<Decimal>,
    atas: Option<Decimal>,
    termasuk_atas: bool,
    termasuk_bawah: bool,
}

/// "76-90", "> 80 - 90", ">= 100", "<=50".
fn band(text: &str) -> Option<Jenjang> {
    let list = numbers(text);
    let t: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let strict = t.starts_with('>') && !t.starts_with(">=");
    match list.as_slice() {
        [x, y] if x.nilai < y.nilai => Some(Jenjang {
            bawah: Some(x.nilai),
            atas: Some(y.nilai),
            termasuk_atas: !t.contains("-<") || t.contains("-<="),
            termasuk_bawah: !strict,
        }),
        [x] if t.starts_with('>') || t.starts_with('≥') => Some(Jenjang {
            bawah: Some(x.nilai),
            atas: None,
            termasuk_atas: false,
            termasuk_bawah: !strict || t.starts_with('≥'),
        }),
        [x] if t.starts_with('<') || t.starts_with('≤') => {
            let inclusive = t.starts_with("<=") || t.starts_with('≤');
            Some(Jenjang { bawah: None, atas: Some(x.nilai), termasuk_atas: inclusive, termasuk_bawah: false })
        }
        _ => None,
    }
}

/// Scales printed as a table: gaps and overlaps between neighbouring grades.
pub(super) fn bounds(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut found = Vec::new();
    for n in &m.naskah {
        for part in &n.bacaan.bagian {
            let Bagian::Kisi { baris, judul, .. } = part else { continue };
            let is_scale = |text: &str| {
                let lower = text.to_lowercase();
                lower.contains("predikat")
                    || lower.contains("skala")
                    || lower.contains("kategori")
                    || lower.contains("interval")
            };
            if !is_scale(judul) && !baris.first().is_some_and(|r| r.iter().any(|s| is_scale(&s.teks))) {
                continue;
            }
            let mut bands: Vec<(&SelBaca, Jenjang)> =
                baris.iter().filter_map(|row| row.iter().find_map(|s| band(&s.teks).map(|b| (s, b)))).collect();
            bands.sort_by_key(|(_, b)| (b.bawah.is_some(), b.bawah, b.atas.is_none(), b.atas));
            for pair in bands.windows(2) {
                let [(x, low), (y, high)] = pair else { continue };
                let (Some(top), Some(bottom)) = (low.atas, high.bawah) else { continue };
                let gap = bottom > top || bottom == top && !low.termasuk_atas && !high.termasuk_bawah;
                let overlap = bottom < top || bottom == top && low.termasuk_atas && high.termasuk_bawah;
                let side = |s: &SelBaca| Sisi::read(&s.letak, "skala", s.teks.trim());
                if gap || overlap {
                    let what = if gap {
                        format!("Celah antara {} dan {}", super::shown(top), super::shown(bottom))
                    } else {
                        format!("Tumpang tindih di {}", super::shown(bottom))
                    };
                    let example =
                        if gap && bottom > top { super::shown((top + bottom) / dec!(2)) } else { super::shown(bottom) };
                    found.push(Temuan::new(a, what, side(y)).against(side(x)).differing(bottom - top).because(
                        format!("Nilai {example} {} predikat.", if gap { "tidak mempunyai" } else { "mempunyai dua" }),
                    ));
                }
            }
        }
    }
    found
}

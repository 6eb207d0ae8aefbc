//! Percentages and their parts, limits.

use rust_decimal::{Decimal, dec};
use tolok_domain::number::write_percent;
use tolok_domain::period::Tahun;

use super::jumlah::years_of;
use super::shown;
use crate::aturan::{Aturan, Ukuran};
use crate::model::{Isi, Model, Rekam};
use crate::rasio::{Penjelasan, classify_ratio};
use crate::temuan::{Keparahan, Sisi, Temuan};

/// A difference up to this is a slip of rounding.
const SMALL: Decimal = dec!(0.05);

/// The two parts of a percentage: what was reached, what it is a share of.
pub(super) fn parts<'r>(r: &'r Rekam<'_>, ukuran: Ukuran, tahun: Option<Tahun>) -> Option<(&'r Isi<'r>, &'r Isi<'r>)> {
    let (above, below) = match ukuran {
        Ukuran::Serapan => (Ukuran::RealisasiAnggaran, Ukuran::Pagu),
        _ => (Ukuran::Realisasi, Ukuran::Target),
    };
    Some((r.value(above, tahun)?, r.value(below, tahun)?))
}

/// Readings of a printed achievement that make it wrong all the same.
const WRONG: [Penjelasan; 4] =
    [Penjelasan::TidakCocok, Penjelasan::SalinRealisasi, Penjelasan::Seragam, Penjelasan::RasioTerbalik];

pub(super) fn recomputed(m: &Model<'_>, a: &'static Aturan, ukuran: Ukuran) -> Vec<Temuan> {
    let mut found = Vec::new();
    for r in &m.rekam {
        for year in years_of(r, ukuran) {
            let Some(isi) = r.value(ukuran, year) else { continue };
            let (Some(printed), Some((above, below))) = (isi.angka, parts(r, ukuran, year)) else { continue };
            let (Some(x), Some(y)) = (above.angka, below.angka) else { continue };
            let Some(right) = x.checked_mul(Decimal::ONE_HUNDRED).and_then(|p| p.checked_div(y)) else { continue };
            let difference = printed - right;
            let why = classify_ratio(y, x, printed, printed.scale());
            let judged = ukuran == Ukuran::Serapan || WRONG.contains(&why);
            // Beside a fraction such as 28/35 the column of percentages shows the realisation itself.
            let of_fraction = above.sel.teks.contains('/') && printed == x;
            if difference.abs() <= a.toleransi || !judged || of_fraction {
                continue;
            }
            let serapan = ukuran == Ukuran::Serapan;
            let (top, bottom) = if serapan { ("realisasi anggaran", "pagu") } else { ("realisasi", "target") };
            let b = Sisi {
                nilai: write_percent(right),
                hal: format!("dihitung: {top} {} : {bottom} {} × 100", shown(x), shown(y)),
                ..m.side(r, above, "")
            };
            let mild = difference.abs() <= SMALL;
            let t = Temuan::new(
                a,
                format!("{} {} tidak sama dengan {top} dibagi {bottom}", ukuran.label(), r.subject(ukuran.is_money())),
                m.side(r, isi, ukuran.label()),
            )
            .against(b)
            .differing(difference)
            .graded(if mild { Keparahan::Info } else { a.keparahan });
            found.push(match why {
                Penjelasan::TidakCocok => t,
                other => t.because(format!("Yang tercetak: {}.", other.label())),
            });
        }
    }
    found
}

/// A dash instead of the absorption: the document says itself that spending and ceiling do not belong together, for instance because only
/// part of the ceilings is known. An empty cell says nothing.
fn is_declared_incomparable(r: &Rekam<'_>, ukuran: Ukuran, year: Option<Tahun>) -> bool {
    ukuran.is_money()
        && r.value(Ukuran::Serapan, year).is_some_and(|share| share.kosong && !share.sel.teks.trim().is_empty())
}

pub(super) fn above(m: &Model<'_>, a: &'static Aturan, ukuran: Ukuran, batas: Ukuran) -> Vec<Temuan> {
    let mut found = Vec::new();
    for r in &m.rekam {
        for year in years_of(r, ukuran) {
            let (Some(x), Some(limit)) = (r.value(ukuran, year), r.value(batas, year)) else { continue };
            let (Some(own), Some(top)) = (x.angka, limit.angka) else { continue };
            if is_declared_incomparable(r, ukuran, year) {
                continue;
            }
            if own - top > a.toleransi && !top.is_zero() {
                found.push(
                    Temuan::new(
                        a,
                        format!("{} {} melebihi {}", ukuran.label(), r.subject(true), batas.label().to_lowercase()),
                        m.side(r, x, ukuran.label()),
                    )
                    .against(m.side(r, limit, batas.label()))
                    .differing(own - top),
                );
            }
        }
    }
    found
}

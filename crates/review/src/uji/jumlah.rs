//! Sums over the plan.

use tolok_domain::Decimal;
use tolok_domain::period::Tahun;

use super::shown;
use crate::aturan::{Aturan, Tingkat, Ukuran};
use crate::model::{Isi, Model, Rekam};
use crate::temuan::{Sisi, Temuan};

/// Years for which a row has a measure.
pub(super) fn years_of(r: &Rekam<'_>, ukuran: Ukuran) -> Vec<Option<Tahun>> {
    let mut years: Vec<Option<Tahun>> = r.values(ukuran).map(Isi::tahun).collect();
    years.dedup();
    years
}

/// The sum of the rows under a row, when they are its breakdown: their numbers and how many.
pub(super) fn breakdown<'m>(
    m: &'m Model<'_>,
    parent: usize,
    kids: &[usize],
    ukuran: Ukuran,
    year: Option<Tahun>,
) -> Option<(Decimal, Vec<&'m Rekam<'m>>)> {
    let level = m.rekam[parent].tingkat;
    let below = || kids.iter().map(|k| &m.rekam[*k]).filter(|k| k.nama_tertulis && k.tingkat > level);
    let parts: Vec<&Rekam<'_>> = below().filter(|k| k.number(ukuran, year).is_some()).collect();
    // Rows without the measure are nothing of a breakdown, unless only a few are left empty.
    if parts.is_empty() || parts.len() * 2 < below().count() {
        return None;
    }
    Some((parts.iter().filter_map(|k| k.number(ukuran, year)).sum(), parts))
}

pub(super) fn children(m: &Model<'_>, a: &'static Aturan, ukuran: Ukuran) -> Vec<Temuan> {
    let mut found = Vec::new();
    for (parent, kids) in &m.by_parent() {
        let p = &m.rekam[*parent];
        if !matches!(p.tingkat, Tingkat::Program | Tingkat::Kegiatan) {
            continue;
        }
        for year in years_of(p, ukuran) {
            let Some(isi) = p.value(ukuran, year) else { continue };
            let Some(own) = isi.angka else { continue };
            let Some((sum, parts)) = breakdown(m, *parent, kids, ukuran, year) else { continue };
            if (own - sum).abs() <= a.toleransi {
                continue;
            }
            let b = Sisi::read(&parts[0].letak, format!("jumlah {} rincian", parts.len()), shown(sum));
            found.push(
                Temuan::new(
                    a,
                    format!("{} {} tidak sama dengan jumlah rinciannya", ukuran.label(), p.subject(true)),
                    m.side(p, isi, ukuran.label()),
                )
                .against(b)
                .differing(own - sum),
            );
        }
    }
    found
}

/// The sum of the programmes of a table and its total row.
pub(super) fn programmes(m: &Model<'_>, a: &'static Aturan, ukuran: Ukuran) -> Vec<Temuan> {
    let mut found = Vec::new();
    for t in 0..m.tabel.len() {
        let totals =
            m.rows_of(t).map(|(_, r)| r).find(|r| r.tingkat == Tingkat::Total && r.number(ukuran, None).is_some());
        let Some(total) = totals else { continue };
        for year in years_of(total, ukuran) {
            let Some(isi) = total.value(ukuran, year) else { continue };
            let Some(own) = isi.angka else { continue };
            let parts: Vec<(&Rekam<'_>, Decimal)> = m
                .rows_of(t)
                .map(|(_, r)| r)
                .filter(|r| r.tingkat == Tingkat::Program && r.nama_tertulis)
                .filter_map(|r| Some((r, r.number(ukuran, year)?)))
                .collect();
            let sum: Decimal = parts.iter().map(|(_, x)| *x).sum();
            if parts.len() < 2 || (own - sum).abs() <= a.toleransi {
                continue;
            }
            let b = Sisi::read(&parts[0].0.letak, format!("jumlah {} program", parts.len()), shown(sum));
            let title = format!("{} seluruhnya tidak sama dengan jumlah program", ukuran.label());
            found.push(Temuan::new(a, title, m.side(total, isi, ukuran.label())).against(b).differing(own - sum));
        }
    }
    found
}

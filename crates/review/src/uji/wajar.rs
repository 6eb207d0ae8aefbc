//! Values that are possible and odd.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, dec};

use super::antartabel::unit_key;
use super::jumlah::years_of;
use super::shown;
use crate::aturan::{Aturan, JenisTabel, Tingkat, Ukuran};
use crate::model::{Isi, Model, Rekam};
use crate::nama::words;
use crate::temuan::{Sisi, Temuan};

/// What [`outside`] looks for.
pub(super) struct Ambang<'a> {
    pub ukuran: Ukuran,
    pub atas: Option<Decimal>,
    pub bawah: Option<Decimal>,
    pub satuan: Option<&'a str>,
}

pub(super) fn outside(m: &Model<'_>, a: &'static Aturan, look: &Ambang<'_>) -> Vec<Temuan> {
    let mut found = Vec::new();
    let unit = look.satuan.map(unit_key);
    for r in m.rekam.iter().filter(|r| unit.as_ref().is_none_or(|u| unit_key(&r.satuan) == *u)) {
        for isi in r.values(look.ukuran) {
            let Some(x) = isi.angka else { continue };
            let bound = look.atas.filter(|top| x > *top).or(look.bawah.filter(|low| x < *low));
            let Some(bound) = bound else { continue };
            let word = if x > bound { "di atas" } else { "di bawah" };
            found.push(
                Temuan::new(
                    a,
                    format!("{} {} {word} {}", look.ukuran.label(), r.subject(look.ukuran.is_money()), shown(bound)),
                    m.side(r, isi, look.ukuran.label()),
                )
                .differing(x - bound),
            );
        }
    }
    found
}

/// Tables in which every achievement is exactly 100.
pub(super) fn all_hundred(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    const ENOUGH: usize = 5;
    let mut found = Vec::new();
    for t in 0..m.tabel.len() {
        let values: Vec<_> = m
            .rows_of(t)
            .flat_map(|(_, r)| r.values(Ukuran::Capaian).map(move |i| (r, i)))
            .filter(|(_, i)| i.angka.is_some())
            .collect();
        if values.len() >= ENOUGH && values.iter().all(|(_, i)| i.angka == Some(Decimal::ONE_HUNDRED)) {
            let (r, isi) = values[0];
            let title = format!("Semua {} capaian tepat 100%", values.len());
            found.push(Temuan::new(a, title, m.side(r, isi, "Capaian")));
        }
    }
    found
}

/// The values of one subject by year, with their rows and cells.
type Tahunan<'m> = BTreeMap<i16, Vec<(&'m Rekam<'m>, Decimal, &'m Isi<'m>)>>;

/// Values of a measure by subject and year, with their cells.
fn by_year<'m>(m: &'m Model<'_>, ukuran: Ukuran) -> BTreeMap<&'m str, Tahunan<'m>> {
    let mut all: BTreeMap<&str, Tahunan<'_>> = BTreeMap::new();
    for r in m.rekam.iter().filter(|r| !r.kunci.is_empty()) {
        for isi in r.values(ukuran).filter(|i| i.is_whole_year()) {
            if let (Some(x), Some(year)) = (isi.angka, isi.tahun()) {
                all.entry(&r.kunci).or_default().entry(year).or_default().push((r, x, isi));
            }
        }
    }
    all
}

/// Words in the names of indicators that should be low.
const LOW: [&str; 15] = [
    "pengangguran",
    "kemiskinan",
    "stunting",
    "kematian",
    "kesakitan",
    "prevalensi",
    "pelanggaran",
    "kerugian",
    "gini",
    "kecelakaan",
    "kriminalitas",
    "ketimpangan",
    "keluhan",
    "inflasi",
    "kekurangan",
];

/// Whether an indicator should be low, as far as its name tells. "Persentase penurunan ..." should be high.
fn is_low(name: &str) -> bool {
    let list: Vec<String> = words(name).collect();
    let turned = list.iter().any(|w| {
        matches!(
            w.as_str(),
            "penurunan" | "pengurangan" | "penanganan" | "penyelesaian" | "pencegahan" | "ditangani" | "tertangani"
        )
    });
    !turned && list.iter().any(|w| LOW.contains(&w.as_str()))
}

/// A target that asks for less than was reached the year before.
pub(super) fn below_last(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let (targets, done) = (by_year(m, Ukuran::Target), by_year(m, Ukuran::Realisasi));
    let Some(year) = m.tahun else { return Vec::new() };
    let mut found = Vec::new();
    for (key, by) in &targets {
        let Some((r, target, place)) = by.get(&year).and_then(|list| list.first()) else { continue };
        let last = done.get(key).and_then(|d| d.get(&(year - 1))).and_then(|list| list.first());
        let Some((q, reached, before)) = last else { continue };
        let low = is_low(&r.indikator);
        let less = if low { target > reached } else { target < reached };
        // Counts of what is bought or held differ from year to year on purpose.
        let is_rate = matches!(unit_key(&r.satuan).as_str(), "%" | "nilai" | "indeks");
        if less && is_rate {
            found.push(
                Temuan::new(
                    a,
                    format!("Target {} lebih rendah daripada yang sudah tercapai", r.indikator),
                    m.side(r, place, Ukuran::Target.label()),
                )
                .against(m.side(q, before, Ukuran::Realisasi.label()))
                .differing(*target - *reached),
            );
        }
    }
    found
}

/// A target that a revised document lowered.
pub(super) fn lowered(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let is_revised = |r: &Rekam<'_>| {
        let table = m.table_of(r);
        let text = format!("{} {}", table.asal.judul, m.naskah[table.naskah].bacaan.berkas).to_lowercase();
        text.contains("perubahan") || text.contains("revisi")
    };
    let mut found = Vec::new();
    for by in by_year(m, Ukuran::Target).values() {
        for list in by.values() {
            let plan = |r: &Rekam<'_>| {
                matches!(m.table_of(r).jenis, JenisTabel::Pk | JenisTabel::Renja | JenisTabel::RencanaAksi)
            };
            let Some((r, new, place)) = list.iter().find(|(r, ..)| plan(r) && is_revised(r)) else { continue };
            let Some((q, old, before)) = list.iter().find(|(r, ..)| plan(r) && !is_revised(r)) else { continue };
            let eased = if is_low(&r.indikator) { new > old } else { new < old };
            if eased {
                let side = m.side(r, place, Ukuran::Target.label());
                found.push(
                    Temuan::new(a, format!("Target {} diturunkan dalam perubahan", r.indikator), side)
                        .against(m.side(q, before, Ukuran::Target.label()))
                        .differing(*new - *old),
                );
            }
        }
    }
    found
}

/// A step in a sequence of yearly targets that is many times the others.
pub(super) fn jump(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut found = Vec::new();
    for r in &m.rekam {
        let series: Vec<_> =
            r.values(Ukuran::Target).filter(|i| i.is_whole_year()).filter_map(|i| Some((i, i.angka?))).collect();
        let mut years: Vec<_> = series.iter().map(|(i, _)| i.tahun()).collect();
        years.dedup();
        if series.len() < 5 || years.len() < series.len() {
            continue;
        }
        let steps: Vec<Decimal> = series.windows(2).map(|w| (w[1].1 - w[0].1).abs()).collect();
        let mut sorted = steps.clone();
        sorted.sort_unstable();
        let median = sorted[sorted.len() / 2];
        for (n, step) in steps.iter().enumerate().filter(|(_, s)| !median.is_zero() && **s > median * dec!(5)) {
            let (isi, x) = series[n + 1];
            found.push(
                Temuan::new(a, format!("Target {} melonjak", r.indikator), m.side(r, isi, "Target"))
                    .against(m.side(r, series[n].0, "Target"))
                    .differing(x - series[n].1)
                    .because(format!(
                        "Langkah {} padahal biasanya {}; periksa salah ketik.",
                        shown(*step),
                        shown(median)
                    )),
            );
        }
    }
    found
}

/// Rows of several years in which every realisation equals its target to the last digit.
pub(super) fn copied(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut found = Vec::new();
    for r in &m.rekam {
        let pairs: Vec<_> = r
            .values(Ukuran::Realisasi)
            .filter_map(|i| Some((i, i.angka?, r.number(Ukuran::Target, i.tahun())?)))
            .collect();
        let odd = pairs.iter().filter(|(_, x, _)| !x.fract().is_zero()).count();
        if pairs.len() >= 3 && odd >= 3 && pairs.iter().all(|(_, x, t)| x == t) {
            let (isi, ..) = pairs[0];
            let finding = Temuan::new(
                a,
                format!("Realisasi {} sama persis dengan targetnya {} tahun berturut-turut", r.indikator, pairs.len()),
                m.side(r, isi, "Realisasi"),
            );
            let target = r.value(Ukuran::Target, isi.tahun());
            found.push(match target {
                Some(t) => finding.against(m.side(r, t, "Target")),
                None => finding,
            });
        }
    }
    found
}

/// Achievement and absorption of a row, in a year that has both.
fn both<'m>(m: &'m Model<'_>) -> impl Iterator<Item = (&'m Rekam<'m>, Decimal, Decimal, Option<i16>)> {
    m.rekam.iter().flat_map(|r| {
        years_of(r, Ukuran::Serapan)
            .into_iter()
            .filter_map(move |year| Some((r, r.number(Ukuran::Capaian, year)?, r.number(Ukuran::Serapan, year)?, year)))
    })
}

fn capaian_and_serapan(m: &Model<'_>, r: &Rekam<'_>, year: Option<i16>) -> Option<(Sisi, Sisi)> {
    let (c, s) = (r.value(Ukuran::Capaian, year)?, r.value(Ukuran::Serapan, year)?);
    Some((m.side(r, c, "Capaian"), m.side(r, s, "Serapan")))
}

pub(super) fn spent_without_result(
    m: &Model<'_>,
    a: &'static Aturan,
    capaian: Decimal,
    serapan: Decimal,
) -> Vec<Temuan> {
    both(m)
        .filter(|(_, c, s, _)| *c < capaian && *s >= serapan)
        .filter_map(|(r, c, s, year)| {
            let (x, y) = capaian_and_serapan(m, r, year)?;
            let title = format!("{}: anggaran terserap, kinerja tertinggal", r.subject(false));
            Some(Temuan::new(a, title, x).against(y).differing(c - s))
        })
        .collect()
}

pub(super) fn result_without_spending(
    m: &Model<'_>,
    a: &'static Aturan,
    capaian: Decimal,
    serapan: Decimal,
) -> Vec<Temuan> {
    both(m)
        .filter(|(_, c, s, _)| *c >= capaian && *s < serapan)
        .filter_map(|(r, c, s, year)| {
            let (x, y) = capaian_and_serapan(m, r, year)?;
            let title = format!("{}: kinerja tercapai dengan anggaran jauh lebih kecil", r.subject(false));
            Some(Temuan::new(a, title, y).against(x).differing(s - c))
        })
        .collect()
}

/// An indicator that should be low whose achievement is declared or computed as R/T.
pub(super) fn polarity(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut found = Vec::new();
    for r in m.rekam.iter().filter(|r| {
        is_low(&r.indikator)
            && matches!(r.tingkat, Tingkat::Tujuan | Tingkat::Sasaran | Tingkat::Program | Tingkat::Lain)
    }) {
        // A table declares its formula once, for the first of its columns of percentages.
        let declared = m.table_of(r).asal.kolom.iter().any(|k| {
            k.peran == tolok_domain::bacaan::PeranKolom::Capaian && k.hitungan.as_deref().is_some_and(is_quotient)
        });
        let wrong = r.values(Ukuran::Capaian).find(|isi| {
            let year = isi.tahun();
            let (Some(p), Some(x), Some(t)) =
                (isi.angka, r.number(Ukuran::Realisasi, year), r.number(Ukuran::Target, year))
            else {
                return false;
            };
            let Some(up) = x.checked_mul(Decimal::ONE_HUNDRED).and_then(|v| v.checked_div(t)) else { return false };
            let same = (up - p).abs() < dec!(0.01);
            same && (declared || x != t)
        });
        if let Some(isi) = wrong {
            let finding = Temuan::new(
                a,
                format!("{} diukur seolah makin tinggi makin baik", r.indikator),
                m.side(r, isi, "Capaian"),
            )
            .because("Namanya menunjukkan makin rendah makin baik, capaiannya dihitung realisasi dibagi target.");
            found.push(match r.value(Ukuran::Realisasi, isi.tahun()) {
                Some(done) => finding.against(m.side(r, done, "Realisasi")),
                None => finding,
            });
        }
    }
    found
}

/// "14=10/6 *100" is a quotient of two columns; "(2*6-10)/6" is not.
fn is_quotient(declared: &str) -> bool {
    declared.contains('/') && !declared.contains('-')
}

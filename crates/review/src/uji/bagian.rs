//! Targets of parts of a year and the target of the year.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::shown;
use crate::aturan::{Aturan, Ukuran};
use crate::model::{Isi, Model};
use crate::temuan::Temuan;

/// Targets of the quarters or months that end elsewhere than the year: neither the last of them, nor their sum, nor their mean is its target.
pub(super) fn reach_the_year(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut found = Vec::new();
    for r in &m.rekam {
        for whole in r.values(Ukuran::Target).filter(|i| i.is_whole_year()) {
            let (Some(year), Some(target)) = (whole.tahun(), whole.angka) else { continue };
            for (months, parts) in parts_of(r.values(Ukuran::Target).filter(|i| i.tahun() == Some(year))) {
                let complete = parts.len() == usize::from(12 / months.max(1));
                let Some((end, last)) = parts.last().copied().filter(|_| complete) else { continue };
                let sum: Decimal = parts.iter().map(|(_, x)| *x).sum();
                let mean = sum.checked_div(Decimal::from(parts.len())).unwrap_or(sum);
                if [last, sum, mean].iter().any(|x| (*x - target).abs() <= a.toleransi) {
                    continue;
                }
                let what = if months == 1 { "Desember" } else { "bagian tahun terakhir" };
                found.push(
                    Temuan::new(
                        a,
                        format!("Target {what} {} berbeda dari target tahunannya", r.subject(false)),
                        m.side(r, end, &format!("Target {what}")),
                    )
                    .against(m.side(r, whole, "Target"))
                    .differing(last - target)
                    .because(format!(
                        "{} bagian tahun berakhir pada {}, jumlahnya {}, target setahun {}; mungkin salah ketik.",
                        parts.len(),
                        shown(last),
                        shown(sum),
                        shown(target)
                    )),
                );
            }
        }
    }
    found
}

/// The parts of a year by their length in months, in order.
fn parts_of<'r>(values: impl Iterator<Item = &'r Isi<'r>>) -> BTreeMap<u8, Vec<(&'r Isi<'r>, Decimal)>> {
    let mut by_length: BTreeMap<u8, Vec<(&Isi<'_>, Decimal)>> = BTreeMap::new();
    for isi in values.filter(|i| !i.is_whole_year()) {
        if let (Some(periode), Some(x)) = (isi.periode, isi.angka) {
            by_length.entry(periode.months()).or_default().push((isi, x));
        }
    }
    by_length.values_mut().for_each(|parts| parts.sort_by_key(|(isi, _)| isi.periode));
    by_length
}

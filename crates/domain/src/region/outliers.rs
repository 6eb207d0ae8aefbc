//! What stands apart among the offices of a region, and against an indicator's own past.

use std::collections::HashMap;

use rust_decimal::{Decimal, dec};

use super::{Daerah, Kantor, NilaiIndikator};
use crate::coverage::Cakupan;
use crate::outlier::{Pencilan, Sebaran, against_history, against_last_year};
use crate::period::Tahun;

/// Offices are held against each other only where at least so many have a value. Tolok's own bound: among three or four the
/// deviations say next to nothing.
pub const MIN_OFFICES: usize = 5;

/// A change by more than this share of last year's value is worth a look. Tolok's own bound.
pub const MAX_CHANGE: Decimal = dec!(0.5);

/// What was held against others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ukuran<'a> {
    /// The value of an indicator.
    Indikator(&'a NilaiIndikator),
    /// The office's mean achievement.
    Capaian,
    /// The office's absorption.
    Serapan,
}

/// A value that stands apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menyimpang<'a> {
    /// The office.
    pub kantor: &'a Kantor,
    /// What was looked at.
    pub ukuran: Ukuran<'a>,
    /// What it stands apart from.
    pub pencilan: Pencilan,
    /// Values that it was compared with: known, of all.
    pub cakupan: Cakupan,
}

impl Daerah {
    /// Everything that stands apart: achievement and absorption among the offices, indicators of the same name and unit among the
    /// offices, each indicator against last year and against all earlier years.
    pub fn outliers(&self) -> Vec<Menyimpang<'_>> {
        // Part of a year is not held against whole ones.
        let comparable = || self.kantor.iter().filter(|k| k.reaches(self.sampai));
        let offices = |of: fn(&Kantor) -> Option<Decimal>| comparable().map(|k| (k, of(k))).collect::<Vec<_>>();
        let mut found = among(&offices(Kantor::achievement), |_| Ukuran::Capaian);
        found.extend(among(&offices(Kantor::absorption), |_| Ukuran::Serapan));
        let mut same: HashMap<&str, Vec<(&Kantor, &NilaiIndikator)>> = HashMap::new();
        let known = || comparable().filter_map(|k| Some((k, k.ringkasan.as_deref()?)));
        for (k, r) in known() {
            for i in &r.indikator {
                same.entry(&i.sebutan).or_default().push((k, i));
            }
        }
        for (k, r) in known() {
            for i in &r.indikator {
                // Each group once, at the place of its first member.
                let group = same.remove(i.sebutan.as_str()).unwrap_or_default();
                let values: Vec<_> = group.iter().map(|(k, i)| (*k, i.nilai)).collect();
                found.extend(among(&values, |n| Ukuran::Indikator(group[n].1)));
                found.extend(against_past(k, i, self.sampai.tahun()));
            }
        }
        found
    }
}

/// Values of one measure in several offices, each against all.
fn among<'a>(values: &[(&'a Kantor, Option<Decimal>)], ukuran: impl Fn(usize) -> Ukuran<'a>) -> Vec<Menyimpang<'a>> {
    let known: Vec<Decimal> = values.iter().filter_map(|(_, x)| *x).collect();
    let cakupan = Cakupan { ada: known.len(), dari: values.len() };
    let Some(spread) = Sebaran::of(&known).filter(|s| s.banyak >= MIN_OFFICES) else { return Vec::new() };
    let outlier = |(n, (kantor, x)): (usize, &(&'a Kantor, Option<Decimal>))| {
        let pencilan = spread.check((*x)?)?;
        Some(Menyimpang { kantor, ukuran: ukuran(n), pencilan, cakupan })
    };
    values.iter().enumerate().filter_map(outlier).collect()
}

/// One value against its own past.
fn against_past<'a>(kantor: &'a Kantor, i: &'a NilaiIndikator, tahun: Tahun) -> Vec<Menyimpang<'a>> {
    let (Some(nilai), Some((first, _))) = (i.nilai, i.riwayat.first()) else { return Vec::new() };
    let last = i.riwayat.iter().find(|(year, _)| *year == tahun - 1);
    let change = last.and_then(|(_, lalu)| against_last_year(nilai, *lalu, MAX_CHANGE));
    let earlier: Vec<Decimal> = i.riwayat.iter().map(|(_, x)| *x).collect();
    let years = Cakupan { ada: earlier.len(), dari: usize::try_from(tahun - first).unwrap_or_default() };
    let found = [(change, Cakupan { ada: 1, dari: 1 }), (against_history(nilai, &earlier), years)];
    let line = |(pencilan, cakupan): (Option<Pencilan>, Cakupan)| {
        Some(Menyimpang { kantor, ukuran: Ukuran::Indikator(i), pencilan: pencilan?, cakupan })
    };
    found.into_iter().filter_map(line).collect()
}

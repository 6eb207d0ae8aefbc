//! Money up the tree: ceiling, spending, absorption.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::accumulate::cover;
use super::achievement::{Alasan, percent};
use super::index::Indeks;
use crate::figure::{Angka, JenisAngka};
use crate::period::{Periode, Tahun};
use crate::snapshot::Potret;
use crate::value::{Nilai, Rupiah};

/// Ceiling and spending of a node.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Uang {
    /// Ceiling in force; `None` when not known.
    pub pagu: Option<Rupiah>,
    /// Spent up to the moment; `None` when not known.
    pub realisasi: Option<Rupiah>,
    /// Budget lines with known spending.
    pub ada: usize,
    /// Budget lines with a ceiling.
    pub dari: usize,
    /// Spending that stands for a line without known ceiling: then spending and ceiling cannot be set in relation.
    pub tanpa_pagu: bool,
}

impl Uang {
    /// Both together.
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            pagu: add(self.pagu, other.pagu),
            realisasi: add(self.realisasi, other.realisasi),
            ada: self.ada + other.ada,
            dari: self.dari + other.dari,
            tanpa_pagu: self.tanpa_pagu || other.tanpa_pagu || (other.realisasi.is_some() && other.pagu.is_none()),
        }
    }

    /// Whether anything is known: a line that a change dropped may still have spent money.
    pub fn is_known(&self) -> bool {
        self.pagu.is_some() || self.realisasi.is_some()
    }

    /// Spent / ceiling in percent (serapan).
    pub fn absorption(&self) -> Result<Decimal, Alasan> {
        let (Some(pagu), false) = (self.pagu, self.tanpa_pagu) else { return Err(Alasan::PaguBelumAda) };
        let realisasi = self.realisasi.ok_or_else(|| Alasan::RealisasiBelumAda(String::new()))?;
        // Lines without known spending are not lines that spent nothing.
        if self.ada < self.dari {
            return Err(Alasan::BelanjaSebagian { ada: self.ada, dari: self.dari });
        }
        percent(realisasi.to_decimal(), pagu.to_decimal()).map_err(|_| Alasan::PaguBelumAda)
    }
}

/// Ceilings of one document version, for every node that has any (own or summed from below).
pub fn ceilings<'a>(potret: &'a Potret, dokumen: &str, tahun: Tahun) -> HashMap<&'a str, Rupiah> {
    ceilings_in(potret, &Indeks::new(potret), dokumen, tahun)
}

/// The same with the figures already arranged.
pub(super) fn ceilings_in<'a>(
    potret: &'a Potret,
    index: &Indeks<'a>,
    dokumen: &str,
    tahun: Tahun,
) -> HashMap<&'a str, Rupiah> {
    tree(
        potret,
        |kode| own_ceiling(index.of_node(kode), dokumen, tahun).map(|(pagu, _)| pagu),
        |parts| {
            let known: Vec<Rupiah> = parts.iter().flatten().copied().collect();
            (!known.is_empty()).then(|| known.into_iter().sum())
        },
    )
    .into_iter()
    .filter_map(|(kode, pagu)| Some((kode, pagu?)))
    .collect()
}

/// Money of every node up to `sampai`. A figure of the node itself wins; otherwise its children are added.
pub(super) fn money<'a>(potret: &'a Potret, index: &Indeks<'a>, sampai: Periode) -> HashMap<&'a str, Uang> {
    let budget = index.budget(sampai.tahun());
    let own = |kode: &str| {
        let figures = index.of_node(kode);
        let pagu = budget.and_then(|d| own_ceiling(figures, &d.kode, sampai.tahun())).map(|(pagu, _)| pagu);
        let realisasi = spent(figures, sampai);
        (pagu, realisasi)
    };
    tree_with(potret, own, |(pagu, realisasi), parts: Vec<Uang>| {
        let mut sum = parts.into_iter().fold(Uang::default(), |a, b| a.plus(&b));
        if pagu.is_some() {
            sum.tanpa_pagu = false;
            // Nothing below has a ceiling of its own: the node is the line, spent by what is below it.
            if sum.dari == 0 {
                sum.dari = 1;
                sum.ada = usize::from(sum.realisasi.is_some());
            }
        }
        // A figure of the node itself speaks for everything below it.
        if realisasi.is_some() {
            sum.ada = sum.dari;
        }
        Uang { pagu: pagu.or(sum.pagu), realisasi: realisasi.or(sum.realisasi), ..sum }
    })
}

fn add(a: Option<Rupiah>, b: Option<Rupiah>) -> Option<Rupiah> {
    match (a, b) {
        (Some(a), Some(b)) => a.checked_add(b),
        (a, b) => a.or(b),
    }
}

fn own_ceiling<'a>(figures: &[&'a Angka], dokumen: &str, tahun: Tahun) -> Option<(Rupiah, &'a Angka)> {
    figures.iter().find_map(|a| match (&a.jenis, &a.nilai) {
        (JenisAngka::Pagu { dokumen: d }, Nilai::Uang(x)) if d == dokumen && a.periode == Periode::Tahun(tahun) => {
            Some((*x, *a))
        }
        _ => None,
    })
}

/// Spending recorded for the node up to a moment.
fn spent(figures: &[&Angka], sampai: Periode) -> Option<Rupiah> {
    let values = figures.iter().filter(|a| a.jenis == JenisAngka::RealisasiAnggaran).map(|a| (a.periode, &a.nilai));
    let (chosen, _) = cover(values, sampai);
    let amounts: Vec<Rupiah> =
        chosen.iter().filter_map(|(_, n)| if let Nilai::Uang(x) = n { Some(*x) } else { None }).collect();
    (!amounts.is_empty()).then(|| amounts.into_iter().sum())
}

/// Values up the tree: a node's own value, or what `combine` makes of its children's.
fn tree<T: Clone>(
    potret: &Potret,
    own: impl Fn(&str) -> Option<T>,
    combine: impl Fn(&[Option<T>]) -> Option<T>,
) -> HashMap<&str, Option<T>> {
    tree_with(potret, own, |mine, parts: Vec<Option<T>>| mine.or_else(|| combine(&parts)))
}

/// One pass from the leaves up: parents stand before their children in the snapshot, so backwards every child comes first.
fn tree_with<O, T: Clone>(
    potret: &Potret,
    own: impl Fn(&str) -> O,
    combine: impl Fn(O, Vec<T>) -> T,
) -> HashMap<&str, T> {
    let mut parts: HashMap<&str, Vec<T>> = HashMap::new();
    let mut values = HashMap::with_capacity(potret.simpul.len());
    for node in potret.simpul.iter().rev() {
        let value = combine(own(&node.kode), parts.remove(node.kode.as_str()).unwrap_or_default());
        if let Some(parent) = &node.induk {
            parts.entry(parent).or_default().push(value.clone());
        }
        values.insert(node.kode.as_str(), value);
    }
    values
}

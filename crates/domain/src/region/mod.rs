//! The offices of a region beside each other: sums, what is late, what stands apart, a ranking. Computed from one short summary per
//! office ([`Ringkasan`]); whatever is not known takes no part and is counted beside ("x dari y"), never as zero.

mod complete;
mod evaluation;
mod money;
mod outliers;
mod ranked;
mod simulate;
mod summary;
mod units;

use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;

pub use evaluation::{RekapDaerah, RingkasEvaluasi};
pub use money::{BarisUang, RingkasUang, Timpang, UangKantor};
pub use outliers::{MAX_CHANGE, MIN_OFFICES, Menyimpang, Ukuran};
pub use ranked::{BOBOT, Unsur, formula};
pub use simulate::{Pergeseran, Simulasi, simulate};
pub use summary::{Akhir, NilaiIndikator, RingkasSasaran, Ringkasan, Tunggakan, UangTerukur, Waktu};
pub use units::{KinerjaUnit, NilaiUnit, UnitKantor, units};

use crate::coverage::Cakupan;
use crate::duty::Kemajuan;
use crate::id::Kode;
use crate::measure::Rerata;
use crate::period::Periode;
use crate::value::Rupiah;

/// The offices of a region in a year, up to a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Daerah {
    /// Up to when.
    pub sampai: Periode,
    /// All offices, also those without data for the year.
    pub kantor: Vec<Kantor>,
}

/// One office of a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kantor {
    /// Its code in addresses.
    pub kode: Kode,
    /// Its name.
    pub nama: String,
    /// Its year in short; `None` where it has no data for the year.
    pub ringkasan: Option<Arc<Ringkasan>>,
}

impl Kantor {
    /// Whether it was measured up to a time, and not only up to its own end before: only then it can be held against others.
    pub fn reaches(&self, sampai: Periode) -> bool {
        self.ringkasan.as_ref().is_none_or(|r| r.sampai == sampai)
    }

    /// Mean achievement of its key indicators, where known.
    pub fn achievement(&self) -> Option<Decimal> {
        self.ringkasan.as_ref()?.capaian.nilai
    }

    /// Spent of the ceiling in percent, where all of it is known.
    pub fn absorption(&self) -> Option<Decimal> {
        self.ringkasan.as_ref()?.uang.absorption()
    }
}

/// Its name.
impl fmt::Display for Kantor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.nama)
    }
}

/// All offices together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gabungan {
    /// Offices with data for the year, of all.
    pub kantor: Cakupan,
    /// Mean of the offices' mean achievements; counts offices.
    pub capaian: Rerata,
    /// Key indicators whose achievement is known, of all of the offices with data.
    pub indikator: Cakupan,
    /// Ceilings of the offices whose absorption is known.
    pub pagu: Rupiah,
    /// What these offices spent.
    pub belanja: Rupiah,
    /// Offices whose absorption is known, of all.
    pub uang: Cakupan,
    /// Sum of the offices' entry.
    pub kemajuan: Kemajuan,
    /// Sum of the offices' punctuality.
    pub tepat_waktu: Cakupan,
    /// Offices that have handed in all that is past its day, of those with data.
    pub lunas: Cakupan,
    /// Sasaran whose achievement is known, of all of the offices with data.
    pub sasaran: Cakupan,
}

impl Gabungan {
    /// Spent of the ceilings in percent, over the offices where both are known; `None` where none is.
    pub fn absorption(&self) -> Option<Decimal> {
        (self.belanja.to_decimal() * Decimal::ONE_HUNDRED).checked_div(self.pagu.to_decimal())
    }
}

impl Daerah {
    /// The offices with data for the year.
    pub fn known(&self) -> impl Iterator<Item = (&Kantor, &Ringkasan)> {
        self.kantor.iter().filter_map(|k| Some((k, k.ringkasan.as_deref()?)))
    }

    /// All offices together.
    pub fn total(&self) -> Gabungan {
        let known = || self.known().map(|(_, r)| r);
        let money = || known().map(|r| &r.uang).filter(|u| u.absorption().is_some()).map(|u| &u.uang);
        Gabungan {
            kantor: Cakupan::count(self.kantor.iter().map(|k| k.ringkasan.is_some())),
            capaian: Rerata::of(self.kantor.iter().map(Kantor::achievement)),
            indikator: Cakupan {
                ada: known().map(|r| r.capaian.ada).sum(),
                dari: known().map(|r| r.capaian.dari).sum(),
            },
            pagu: money().filter_map(|u| u.pagu).sum(),
            belanja: money().filter_map(|u| u.realisasi).sum(),
            uang: Cakupan { ada: money().count(), dari: self.kantor.len() },
            kemajuan: known().fold(Kemajuan::default(), |sum, r| sum.plus(r.kemajuan)),
            tepat_waktu: known().fold(Cakupan::default(), |sum, r| sum.plus(r.tepat_waktu)),
            lunas: Cakupan::count(known().map(|r| r.overdue().0 == 0)),
            sasaran: Cakupan::count(self.sasaran().map(|(_, s)| s.capaian.nilai.is_some())),
        }
    }

    /// Every sasaran of every office.
    pub fn sasaran(&self) -> impl Iterator<Item = (&Kantor, &RingkasSasaran)> {
        self.known().flat_map(|(k, r)| r.sasaran.iter().map(move |s| (k, s)))
    }

    /// Late figures of all offices: first what is still missing, the longest first.
    pub fn late(&self) -> Vec<(&Kantor, &Tunggakan)> {
        let mut late: Vec<_> = self.known().flat_map(|(k, r)| r.terlambat.iter().map(move |t| (k, t))).collect();
        late.sort_by_key(|(_, t)| std::cmp::Reverse((t.belum > 0, t.hari, t.belum)));
        late
    }

    /// Absorption and achievement of the offices where both are known, for setting one against the other.
    pub fn pairs(&self) -> Vec<(&Kantor, Decimal, Decimal)> {
        self.kantor.iter().filter_map(|k| Some((k, k.absorption()?, k.achievement()?))).collect()
    }
}

#[cfg(test)]
mod tests;

//! What the checks look at.

use std::collections::HashMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::Rujukan;
use crate::coverage::Cakupan;
use crate::document::{Dokumen, JenisDokumen};
use crate::duty::{Petak, due};
use crate::figure::{Angka, JenisAngka, Keadaan, Subjek};
use crate::indicator::{Arah, Indikator};
use crate::measure::{Pengukuran, UkurIndikator, ceilings};
use crate::period::{Periode, Tahun};
use crate::plan::JenisSimpul;
use crate::publication::{JenisTerbitan, Terbitan};
use crate::remark::Kendala;
use crate::snapshot::Potret;

/// What the checks look at: the year that is evaluated, the year before, and what stands outside a snapshot. What was published and
/// reviewed is in the snapshot ([`Potret::terbitan`]).
#[derive(Clone, Copy)]
pub struct Bahan<'a> {
    /// The whole year, measured.
    pub hasil: &'a Pengukuran<'a>,
    /// The year before; none where there are no data.
    pub lalu: Option<&'a Potret>,
    /// The day that is taken for today.
    pub hari_ini: Date,
    /// Offices of the region that were evaluated; none where only this office is known.
    pub kantor: Option<Cakupan>,
}

impl<'a> Bahan<'a> {
    pub(super) fn potret(&self) -> &'a Potret {
        self.hasil.potret
    }

    pub(super) fn tahun(&self) -> Tahun {
        self.potret().tahun
    }

    /// Indicators that are measured this year.
    pub(super) fn measured(&self) -> impl Iterator<Item = &'a UkurIndikator<'a>> {
        self.hasil.indikator.iter().filter(|u| u.berlaku)
    }

    /// Key indicators among them.
    pub(super) fn key(&self) -> impl Iterator<Item = &'a UkurIndikator<'a>> {
        self.measured().filter(|u| u.indikator.iku)
    }

    /// Key indicators whose target was missed.
    pub(super) fn missed(&self) -> impl Iterator<Item = &'a UkurIndikator<'a>> {
        self.key().filter(|u| u.capaian.percent().is_some_and(|x| x < Decimal::ONE_HUNDRED))
    }

    /// The latest version of a kind of document.
    pub(super) fn latest(&self, jenis: JenisDokumen) -> Option<&'a Dokumen> {
        self.potret().versions(jenis).pop()
    }

    /// The latest versions of all kinds of document.
    pub(super) fn documents(&self) -> impl Iterator<Item = (JenisDokumen, Option<&'a Dokumen>)> {
        JenisDokumen::ALL.into_iter().map(|jenis| (jenis, self.latest(jenis)))
    }

    /// What was published of a kind, the first before later ones.
    fn published(&self, jenis: JenisTerbitan) -> impl DoubleEndedIterator<Item = &'a Terbitan> {
        self.potret().terbitan.iter().filter(move |t| t.jenis == jenis)
    }

    /// The report as it was published first, with the day.
    pub(super) fn report(&self) -> Option<(&'a Terbitan, Date)> {
        let first = self.published(JenisTerbitan::Lkjip).next()?;
        Some((first, first.tanggal.parse().ok()?))
    }

    /// The latest statement of review.
    pub(super) fn review(&self) -> Option<&'a Terbitan> {
        self.published(JenisTerbitan::Pernyataan).next_back()
    }

    /// The value realised in the year before.
    pub(super) fn last_year(&self, indikator: &'a Indikator) -> Option<Decimal> {
        self.hasil.at(indikator, Periode::Tahun(self.tahun() - 1)).realisasi.nilai.number()
    }

    /// Obstacles that say something.
    pub(super) fn obstacles(&self) -> impl Iterator<Item = &'a Kendala> {
        self.potret().kendala.iter().filter(|k| !k.kendala.trim().is_empty())
    }

    /// Obstacles of an indicator.
    pub(super) fn obstacles_of(&self, indikator: &'a str) -> impl Iterator<Item = &'a Kendala> {
        self.obstacles().filter(move |k| k.indikator == indikator)
    }

    /// Realised figures of an indicator in the year.
    pub(super) fn realised(&self, indikator: &str) -> impl Iterator<Item = &'a Angka> {
        let year = self.tahun();
        let is_realised = |a: &&Angka| matches!(a.jenis, JenisAngka::Realisasi | JenisAngka::Variabel { .. });
        self.hasil.figures_of(indikator).iter().copied().filter(move |a| a.periode.tahun() == year).filter(is_realised)
    }

    /// The places that the four quarters ask for, by indicator.
    pub(super) fn places(&self) -> HashMap<String, Vec<Petak>> {
        let mut found: HashMap<String, Vec<Petak>> = HashMap::new();
        for petak in (1..=4).flat_map(|quarter| due(self.hasil, quarter)) {
            if let Subjek::Indikator(kode) = &petak.subjek {
                found.entry(kode.clone()).or_default().push(petak.clone());
            }
        }
        found
    }

    /// Whether figures stand in all places, and parts of the year are asked for.
    pub(super) fn is_periodic(&self, petak: &[Petak]) -> bool {
        let potret = self.potret();
        let by_part = petak.iter().all(|p| p.periode.months() < 12);
        by_part && !petak.is_empty() && petak.iter().all(|p| p.figure(potret).is_some())
    }

    /// Nodes whose ceiling the latest DPA has changed.
    pub(super) fn changed_ceilings(&self) -> Vec<&'a str> {
        let potret = self.potret();
        let Some(latest) = self.latest(JenisDokumen::Dpa) else { return Vec::new() };
        let Some(before) = potret.version_before(latest) else { return Vec::new() };
        let of = |dokumen: &Dokumen| ceilings(potret, &dokumen.kode, potret.tahun);
        let (old, new) = (of(before), of(latest));
        let differs =
            |kode: &&'a str| old.get(*kode) != new.get(*kode) && (old.contains_key(*kode) || new.contains_key(*kode));
        potret.simpul.iter().map(|s| s.kode.as_str()).filter(differs).collect()
    }

    /// Nodes of a level that have a ceiling.
    pub(super) fn with_money(&self, jenis: JenisSimpul) -> impl Iterator<Item = &'a str> {
        let of_level = self.hasil.simpul.iter().filter(move |u| u.simpul.jenis == jenis && u.uang.pagu.is_some());
        of_level.map(|u| u.simpul.kode.as_str())
    }
}

/// Whether a value is as good as another or better; `None` where the direction has no better side.
pub(super) fn as_good(arah: Arah, value: Decimal, other: Decimal) -> Option<bool> {
    match arah {
        Arah::Maksimal => Some(value >= other),
        Arah::Minimal(_) => Some(value <= other),
        Arah::Stabil(_) | Arah::Rentang(_) => None,
    }
}

/// Whether a figure was checked against its evidence.
pub(super) const fn is_verified(keadaan: Keadaan) -> bool {
    matches!(keadaan, Keadaan::Diverifikasi | Keadaan::Dikunci)
}

/// Whether a figure was handed in.
pub(super) const fn is_handed_in(keadaan: Keadaan) -> bool {
    matches!(keadaan, Keadaan::Diajukan | Keadaan::Diverifikasi | Keadaan::Dikunci)
}

pub(super) fn indicator(u: &UkurIndikator<'_>) -> Rujukan {
    Rujukan::Indikator(u.indikator.kode.clone())
}

pub(super) fn node(kode: &str) -> Rujukan {
    Rujukan::Simpul(kode.to_owned())
}

pub(super) fn obstacle(k: &Kendala) -> Rujukan {
    Rujukan::Kendala(k.indikator.clone(), k.periode)
}

/// Rules of the register of laws that are guidance on one of these subjects.
pub(super) fn guidance(potret: &Potret, topics: &[&str]) -> Vec<Rujukan> {
    const GUIDANCE: [&str; 4] = ["pedoman", "petunjuk", "tata cara", "standar operasional"];
    laws(potret, |about| GUIDANCE.iter().any(|w| about.contains(w)) && topics.iter().any(|t| about.contains(t)))
}

/// Rules of the register of laws whose subject, in small letters, is as asked.
pub(super) fn laws(potret: &Potret, is_it: impl Fn(&str) -> bool) -> Vec<Rujukan> {
    const REGISTER: &str = "landasan_hukum";
    let numbered = potret.records(REGISTER).enumerate();
    numbered
        .filter(|(_, c)| is_it(&c.get("tentang").to_lowercase()))
        .map(|(i, _)| Rujukan::Catatan(REGISTER.to_owned(), i))
        .collect()
}

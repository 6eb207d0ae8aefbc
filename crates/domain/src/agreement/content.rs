//! What the plan gives each official to promise.

use std::collections::{HashMap, HashSet};

use super::{JenisIsi, Jenjang};
use crate::document::{Dokumen, JenisDokumen};
use crate::figure::{JenisAngka, Subjek};
use crate::id::Kode;
use crate::indicator::Indikator;
use crate::measure::Rencana;
use crate::period::Periode;
use crate::plan::{JenisSimpul, Simpul, Unit};
use crate::snapshot::Potret;

/// What the head of a unit has to promise according to the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usulan {
    /// The unit.
    pub unit: Kode,
    /// Its level.
    pub jenjang: Jenjang,
    /// Indicators, then nodes, in the order of the plan.
    pub isi: Vec<(JenisIsi, Kode)>,
}

/// A line of the plan that nobody of a level promises, because the plan names no unit of that level for it. Somebody has to
/// choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TanpaPejabat {
    /// The line.
    pub simpul: Kode,
    /// The level at which nobody promises it.
    pub jenjang: Jenjang,
    /// The unit that the plan names, of another level; none where it names none at all.
    pub unit: Option<Kode>,
}

/// What each unit has to promise, in the order of the organisation; units without anything to promise included.
///
/// Only indicators with a target and nodes with a ceiling: what the plan leaves open cannot be promised.
pub fn proposals(potret: &Potret) -> Vec<Usulan> {
    let plan = Bagan::new(potret);
    potret
        .unit
        .iter()
        .map(|unit| {
            let jenjang = Jenjang::of(potret, unit);
            let indicators = plan.indicators(unit, jenjang).map(|i| (JenisIsi::Indikator, i.kode.clone()));
            let nodes = plan.nodes(unit, jenjang).map(|s| (JenisIsi::Simpul, s.kode.clone()));
            Usulan { unit: unit.kode.clone(), jenjang, isi: indicators.chain(nodes).collect() }
        })
        .collect()
}

/// Lines of the plan with money or targets that no official of a level promises, in the order of the plan; of a line and those
/// below it only the upper one.
pub fn unassigned(potret: &Potret) -> Vec<TanpaPejabat> {
    let plan = Bagan::new(potret);
    let mut found: Vec<TanpaPejabat> = Vec::new();
    let mut told: HashSet<&str> = HashSet::new();
    for simpul in &potret.simpul {
        let above_told = simpul.induk.as_deref().is_some_and(|induk| told.contains(induk));
        let lacking = plan.lacking(simpul).filter(|_| !above_told);
        if above_told || lacking.is_some() {
            told.insert(&simpul.kode);
        }
        found.extend(lacking.map(|jenjang| TanpaPejabat {
            simpul: simpul.kode.clone(),
            jenjang,
            unit: plan.charge.get(simpul.kode.as_str()).map(|unit| (*unit).to_owned()),
        }));
    }
    found
}

/// The plan with who answers for what.
struct Bagan<'a> {
    potret: &'a Potret,
    rencana: Rencana<'a>,
    nodes: HashMap<&'a str, &'a Simpul>,
    /// The unit in charge of each node.
    charge: HashMap<&'a str, &'a str>,
    levels: HashMap<&'a str, Jenjang>,
    /// Indicators of goals and targets that the first agreement has promised already.
    promised: HashSet<&'a str>,
}

impl<'a> Bagan<'a> {
    fn new(potret: &'a Potret) -> Self {
        let levels = potret.unit.iter().map(|u| (u.kode.as_str(), Jenjang::of(potret, u))).collect();
        let nodes = potret.simpul.iter().map(|s| (s.kode.as_str(), s)).collect();
        Self {
            potret,
            rencana: Rencana::new(potret),
            nodes,
            charge: charge(potret),
            levels,
            promised: promised(potret),
        }
    }

    fn is_within(&self, unit: Option<&'a str>, of: &Unit) -> bool {
        self.potret.upwards(unit).any(|kode| kode == of.kode)
    }

    fn indicators(&self, unit: &'a Unit, jenjang: Jenjang) -> impl Iterator<Item = &'a Indikator> {
        self.potret.indikator.iter().filter(move |i| {
            let Some(node) = self.nodes.get(i.simpul.as_str()) else { return false };
            let at_level = jenjang.indicators().contains(&node.jenis) && self.rencana.target(&i.kode).is_some();
            at_level
                && match jenjang {
                    // The head answers for the whole office, and what the office has promised already is kept.
                    Jenjang::Puncak => self.promised.is_empty() || self.promised.contains(i.kode.as_str()),
                    _ => self.is_within(i.unit.as_deref().or_else(|| self.in_charge(node)), unit),
                }
        })
    }

    fn nodes(&self, unit: &'a Unit, jenjang: Jenjang) -> impl Iterator<Item = &'a Simpul> {
        self.potret.simpul.iter().filter(move |s| {
            s.jenis == jenjang.money()
                && self.rencana.ceiling(&s.kode).is_some()
                && (jenjang == Jenjang::Puncak || self.is_within(self.in_charge(s), unit))
        })
    }

    fn in_charge(&self, simpul: &Simpul) -> Option<&'a str> {
        self.charge.get(simpul.kode.as_str()).copied()
    }

    /// The level at which nobody answers for a node that has something to promise.
    fn lacking(&self, simpul: &Simpul) -> Option<Jenjang> {
        let jenjang = match simpul.jenis {
            JenisSimpul::Program | JenisSimpul::Kegiatan => Jenjang::Menengah,
            JenisSimpul::SubKegiatan => Jenjang::Terendah,
            _ => return None,
        };
        let has_target = || self.potret.indicators_of(&simpul.kode).any(|i| self.rencana.target(&i.kode).is_some());
        if self.rencana.ceiling(&simpul.kode).is_none() && !has_target() {
            return None;
        }
        let of_level = |kode: &str| self.levels.get(kode) == Some(&jenjang);
        let unit = self.in_charge(simpul);
        if self.potret.upwards(unit).any(of_level) {
            return None;
        }
        // A division without sections has nobody further down who could promise.
        let could = |u: &Unit| {
            of_level(&u.kode) && unit.is_none_or(|unit| self.potret.upwards(Some(&u.kode)).any(|kode| kode == unit))
        };
        self.potret.unit.iter().any(could).then_some(jenjang)
    }
}

/// The unit that answers for each node: its own, or that of its first indicator with one, or that of the node above.
fn charge(potret: &Potret) -> HashMap<&str, &str> {
    let mut of_indicators: HashMap<&str, &str> = HashMap::new();
    for i in &potret.indikator {
        if let Some(unit) = &i.unit {
            of_indicators.entry(&i.simpul).or_insert(unit);
        }
    }
    let mut charge: HashMap<&str, &str> = HashMap::with_capacity(potret.simpul.len());
    for s in &potret.simpul {
        let own = s.unit.as_deref().or_else(|| of_indicators.get(s.kode.as_str()).copied());
        let unit = own.or_else(|| charge.get(s.induk.as_deref()?).copied());
        if let Some(unit) = unit {
            charge.insert(&s.kode, unit);
        }
    }
    charge
}

/// Indicators of goals and targets that the first version of the agreement sets targets for.
fn promised(potret: &Potret) -> HashSet<&str> {
    let of_kind = |d: &&Dokumen| d.jenis == JenisDokumen::PerjanjianKinerja;
    let Some(first) = potret.dokumen.iter().filter(of_kind).min_by_key(|d| d.versi) else { return HashSet::new() };
    let year = Periode::Tahun(potret.tahun);
    let of_head = |kode: &str| {
        let node = potret.indicator(kode).and_then(|i| potret.node(&i.simpul));
        node.is_some_and(|node| Jenjang::Puncak.indicators().contains(&node.jenis))
    };
    let promises = potret.angka.iter().filter(|a| a.periode == year).filter_map(|a| match (&a.subjek, &a.jenis) {
        (Subjek::Indikator(kode), JenisAngka::Target { dokumen }) if *dokumen == first.kode => Some(kode.as_str()),
        _ => None,
    });
    promises.filter(|kode| of_head(kode)).collect()
}

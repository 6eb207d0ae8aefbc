//! What a year's plan says by itself: the targets and the money that promises are made of.

use std::collections::HashMap;

use super::index::Indeks;
use super::money::ceilings_in;
use crate::document::{Dokumen, JenisDokumen};
use crate::figure::JenisAngka;
use crate::period::Periode;
use crate::snapshot::Potret;
use crate::value::{Nilai, Rupiah};

/// Targets and ceilings of the snapshot's year as plan and budget set them.
pub struct Rencana<'a> {
    index: Indeks<'a>,
    year: Periode,
    anggaran: Option<&'a Dokumen>,
    pagu: HashMap<&'a str, Rupiah>,
}

impl<'a> Rencana<'a> {
    /// Reads a snapshot.
    pub fn new(potret: &'a Potret) -> Self {
        let index = Indeks::new(potret);
        let anggaran = index.budget(potret.tahun);
        let pagu = anggaran.map(|d| ceilings_in(potret, &index, &d.kode, potret.tahun)).unwrap_or_default();
        Self { index, year: Periode::Tahun(potret.tahun), anggaran, pagu }
    }

    /// The year's target of an indicator as the newest plan or budget sets it, with that document. What was promised before
    /// counts only where no plan ever set a target: what a change of the plan dropped is no target any more.
    pub fn target(&self, indikator: &str) -> Option<(&'a Nilai, &'a Dokumen)> {
        let planned = self.index.target_among(indikator, self.year, |kind| kind != JenisDokumen::PerjanjianKinerja);
        let promised = || self.index.target(indikator, self.year).filter(|_| !self.was_planned(indikator));
        planned.or_else(promised).map(|(figure, document)| (&figure.nilai, document))
    }

    fn was_planned(&self, indikator: &str) -> bool {
        self.index.of_indicator(indikator).iter().filter(|a| a.periode == self.year).any(|a| match &a.jenis {
            JenisAngka::Target { dokumen } => self.index.is_yearly_plan(dokumen),
            _ => false,
        })
    }

    /// The document whose ceilings are in force.
    pub fn budget(&self) -> Option<&'a Dokumen> {
        self.anggaran
    }

    /// The ceiling in force of a node, its own or summed from below.
    pub fn ceiling(&self, simpul: &str) -> Option<Rupiah> {
        self.pagu.get(simpul).copied()
    }
}

//! What a year's plan says by itself: the targets and the money that promises are made of.

use std::collections::HashMap;

use super::index::Indeks;
use super::money::ceilings_in;
use crate::document::{Dokumen, JenisDokumen};
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
    /// counts only where no other document sets a target.
    pub fn target(&self, indikator: &str) -> Option<(&'a Nilai, &'a Dokumen)> {
        let planned = self.index.target_among(indikator, self.year, |kind| kind != JenisDokumen::PerjanjianKinerja);
        planned.or_else(|| self.index.target(indikator, self.year)).map(|(figure, document)| (&figure.nilai, document))
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

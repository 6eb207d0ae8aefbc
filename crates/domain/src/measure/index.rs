//! The figures of a snapshot, arranged for look-up. Built once per measurement.

use std::collections::HashMap;

use crate::document::{Dokumen, JenisDokumen};
use crate::figure::{Angka, JenisAngka, Subjek};
use crate::period::{Periode, Tahun};
use crate::snapshot::Potret;

pub(super) struct Indeks<'a> {
    by_indicator: HashMap<&'a str, Vec<&'a Angka>>,
    by_node: HashMap<&'a str, Vec<&'a Angka>>,
    documents: HashMap<&'a str, &'a Dokumen>,
    /// Per year the document whose ceilings are in force, and the one whose programme targets are.
    budgets: HashMap<Tahun, &'a Dokumen>,
    plans: HashMap<Tahun, &'a Dokumen>,
}

impl<'a> Indeks<'a> {
    pub fn new(potret: &'a Potret) -> Self {
        let documents: HashMap<&str, &Dokumen> = potret.dokumen.iter().map(|d| (d.kode.as_str(), d)).collect();
        let mut index = Self {
            by_indicator: HashMap::with_capacity(potret.indikator.len()),
            by_node: HashMap::with_capacity(potret.simpul.len()),
            documents,
            budgets: HashMap::new(),
            plans: HashMap::new(),
        };
        for angka in &potret.angka {
            match &angka.subjek {
                Subjek::Indikator(kode) => index.by_indicator.entry(kode).or_default().push(angka),
                Subjek::Simpul(kode) => index.by_node.entry(kode).or_default().push(angka),
            }
            let in_force = match &angka.jenis {
                // Parts of a year do not put a document in force.
                _ if angka.periode.months() < 12 => None,
                JenisAngka::Pagu { dokumen } => Some((dokumen, true)),
                JenisAngka::Target { dokumen } => Some((dokumen, false)),
                _ => None,
            };
            if let Some((kode, money)) = in_force
                && let Some(document) = index.documents.get(kode.as_str()).copied()
                && is_yearly_plan(document.jenis)
            {
                let map = if money { &mut index.budgets } else { &mut index.plans };
                let current = map.entry(angka.periode.tahun()).or_insert(document);
                if rank(document) > rank(current) {
                    *current = document;
                }
            }
        }
        index
    }

    pub fn of_indicator(&self, kode: &str) -> &[&'a Angka] {
        self.by_indicator.get(kode).map_or(&[], Vec::as_slice)
    }

    pub fn of_node(&self, kode: &str) -> &[&'a Angka] {
        self.by_node.get(kode).map_or(&[], Vec::as_slice)
    }

    /// The document whose ceilings are in force in a year.
    pub fn budget(&self, tahun: Tahun) -> Option<&'a Dokumen> {
        self.budgets.get(&tahun).copied()
    }

    /// The target in force for exactly that period, with the document that set it.
    ///
    /// The most binding kind of document counts, of that the latest version. A yearly plan that a later one replaced no
    /// longer counts at all: what the change dropped is not a target.
    pub fn target(&self, indikator: &str, periode: Periode) -> Option<(&'a Angka, &'a Dokumen)> {
        self.target_among(indikator, periode, |_| true)
    }

    /// The same among the kinds of document that count.
    pub fn target_among(
        &self,
        indikator: &str,
        periode: Periode,
        counts: impl Fn(JenisDokumen) -> bool,
    ) -> Option<(&'a Angka, &'a Dokumen)> {
        self.of_indicator(indikator)
            .iter()
            .filter(|a| a.periode == periode)
            .filter_map(|a| match &a.jenis {
                JenisAngka::Target { dokumen } => Some((*a, *self.documents.get(dokumen.as_str())?)),
                _ => None,
            })
            .filter(|(_, d)| counts(d.jenis) && self.is_in_force(d, periode))
            .max_by_key(|(_, d)| rank(d))
    }

    /// Whether the document of that code is a plan of the year (Renja, DPA).
    pub fn is_yearly_plan(&self, dokumen: &str) -> bool {
        self.documents.get(dokumen).is_some_and(|d| is_yearly_plan(d.jenis))
    }

    fn is_in_force(&self, document: &Dokumen, periode: Periode) -> bool {
        match (document.jenis.precedence(), periode) {
            // An action plan divides the year; the year's own target stands elsewhere.
            (None, Periode::Tahun(_)) => false,
            _ if is_yearly_plan(document.jenis) => {
                self.plans.get(&periode.tahun()).is_none_or(|current| current.kode == document.kode)
            }
            _ => true,
        }
    }
}

fn is_yearly_plan(jenis: JenisDokumen) -> bool {
    matches!(jenis, JenisDokumen::Renja | JenisDokumen::Dpa)
}

fn rank(document: &Dokumen) -> (Option<u8>, u8) {
    (document.jenis.precedence(), document.versi)
}

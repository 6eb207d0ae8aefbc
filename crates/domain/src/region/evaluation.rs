//! The evaluasi AKIP of all offices: what each came to, in short, and all of them beside each other.

use std::borrow::Cow;
use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::{Daerah, Kantor};
use crate::coverage::Cakupan;
use crate::evaluasi::templat::builtin;
use crate::evaluasi::{
    BarisRekap, KeadaanEvaluasi, Penilai, Rekap, SebaranEvaluator, SkorRingkas, Templat, Terpaut, chosen, counted,
    recap, score, spread,
};
use crate::id::Kode;
use crate::snapshot::Potret;

/// An office's evaluation of a year in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RingkasEvaluasi {
    /// Its code within the office.
    pub kode: Kode,
    /// How far it has come.
    pub keadaan: KeadaanEvaluasi,
    /// Who evaluates, by office.
    pub evaluator: String,
    /// The template by which it is done.
    pub templat: Cow<'static, Templat>,
    /// The score; the published one where the result is out.
    pub skor: SkorRingkas,
    /// The office's own rating; `None` while it is not complete.
    pub mandiri: Option<Decimal>,
    /// The published score of the year before, by the same template: scores by different ones are not of one measure.
    pub lalu: Option<Decimal>,
}

impl RingkasEvaluasi {
    /// The evaluation of the snapshot's year; `None` where the office is not evaluated.
    pub fn of(potret: &Potret) -> Option<Self> {
        let found = potret.evaluation_of(potret.tahun)?;
        let own = potret.templat.iter().find(|t| t.kode == found.templat).cloned().map(Cow::Owned);
        let templat = own.or_else(|| builtin().iter().find(|t| t.kode == found.templat).map(Cow::Borrowed))?;
        let mut skor = SkorRingkas::from(&score(&templat, &counted(&potret.jawaban, &found.kode)));
        if let Some(nilai) = found.nilai {
            (skor.nilai, skor.predikat) = (Some(nilai), Some(templat.skala.grade(nilai)));
        }
        let before = potret.evaluation_of(potret.tahun - 1).filter(|e| e.templat == found.templat);
        Some(Self {
            kode: found.kode.clone(),
            keadaan: found.keadaan,
            evaluator: found.evaluator.clone(),
            mandiri: score(&templat, &chosen(&potret.jawaban, &found.kode, Penilai::Mandiri)).nilai,
            lalu: before.and_then(|e| e.nilai),
            skor,
            templat,
        })
    }
}

/// All evaluations of a region's year.
#[derive(Debug, Clone, PartialEq)]
pub struct RekapDaerah<'a> {
    /// One recapitulation for each template, the one of most offices first; it also lists those that are not evaluated. Empty where no
    /// office is evaluated.
    pub rekap: Vec<Rekap<'a>>,
    /// Offices that are evaluated, of all.
    pub dievaluasi: Cakupan,
    /// Evaluators beside each other.
    pub sebaran: Vec<SebaranEvaluator<'a>>,
}

impl Kantor {
    /// Its evaluation of the year.
    pub fn evaluation(&self) -> Option<&RingkasEvaluasi> {
        self.ringkasan.as_ref()?.evaluasi.as_ref()
    }
}

impl Daerah {
    /// The evaluations of all offices, recapitulated.
    pub fn evaluations(&self) -> RekapDaerah<'_> {
        let evaluated = || self.kantor.iter().filter_map(Kantor::evaluation);
        let mut groups: Vec<(&Templat, Vec<BarisRekap>)> = Vec::new();
        for kantor in &self.kantor {
            let Some(e) = kantor.evaluation() else { continue };
            let templat = e.templat.as_ref();
            let line = line(kantor);
            match groups.iter_mut().find(|(t, _)| std::ptr::eq(*t, templat) || *t == templat) {
                Some((_, lines)) => lines.push(line),
                None => groups.push((templat, vec![line])),
            }
        }
        groups.sort_by_key(|(_, lines)| Reverse(lines.len()));
        if let Some((_, lines)) = groups.first_mut() {
            lines.extend(self.kantor.iter().filter(|k| k.evaluation().is_none()).map(line));
        }
        let apart: Vec<Terpaut<'_>> = evaluated()
            .filter(|e| !e.evaluator.is_empty())
            .map(|e| Terpaut { evaluator: &e.evaluator, mandiri: e.mandiri, nilai: e.skor.nilai })
            .collect();
        RekapDaerah {
            rekap: groups.into_iter().map(|(templat, lines)| recap(templat, lines)).collect(),
            dievaluasi: Cakupan::count(self.kantor.iter().map(|k| k.evaluation().is_some())),
            sebaran: spread(&apart),
        }
    }
}

fn line(kantor: &Kantor) -> BarisRekap {
    let e = kantor.evaluation();
    BarisRekap {
        kode: kantor.kode.clone(),
        nama: kantor.nama.clone(),
        skor: e.map(|e| e.skor.clone()),
        lalu: e.and_then(|e| e.lalu),
    }
}

//! Results beside each other: offices of a region, years of an office.

use rust_decimal::Decimal;

use super::Evaluasi;
use super::skor::Skor;
use super::templat::Templat;
use crate::coverage::Cakupan;
use crate::id::Kode;
use crate::measure::Rerata;
use crate::period::Tahun;
use crate::scale::Predikat;
use crate::snapshot::Potret;

/// A score without its worksheet: all that a recapitulation needs, small enough to be kept for every office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkorRingkas {
    /// Points by component, in the order of the template; `None` while a component is not scored in full.
    pub komponen: Vec<Option<Decimal>>,
    /// The whole; `None` while a subkomponen has none.
    pub nilai: Option<Decimal>,
    /// Its grade.
    pub predikat: Option<&'static Predikat>,
    /// Subkomponen that have a score, of all.
    pub dinilai: Cakupan,
}

impl From<&Skor<'_>> for SkorRingkas {
    fn from(skor: &Skor<'_>) -> Self {
        Self {
            komponen: skor.komponen.iter().map(|k| k.nilai).collect(),
            nilai: skor.nilai,
            predikat: skor.predikat,
            dinilai: skor.dinilai,
        }
    }
}

/// One office in the recapitulation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarisRekap {
    /// Its code.
    pub kode: Kode,
    /// Its name.
    pub nama: String,
    /// Its score as far as it has come; `None` where it is not evaluated.
    pub skor: Option<SkorRingkas>,
    /// The score of the year before; `None` where not known.
    pub lalu: Option<Decimal>,
}

impl BarisRekap {
    /// Its final score; `None` while there is none.
    pub fn nilai(&self) -> Option<Decimal> {
        self.skor.as_ref()?.nilai
    }

    /// Against the year before, where both are known.
    pub fn selisih(&self) -> Option<Decimal> {
        Some(self.nilai()? - self.lalu?)
    }
}

/// A component over all offices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RekapKomponen<'a> {
    /// Its name.
    pub nama: &'a str,
    /// Its weight.
    pub bobot: Decimal,
    /// Mean of its points over the offices that have them.
    pub nilai: Rerata,
}

/// All offices of a region.
#[derive(Debug, Clone, PartialEq)]
pub struct Rekap<'a> {
    /// The template by which they were evaluated.
    pub templat: &'a Templat,
    /// The offices: those with a score first, the best first; the others in the order given.
    pub baris: Vec<BarisRekap>,
    /// Mean score, over the offices that have one.
    pub nilai: Rerata,
    /// Offices by grade, the best grade first; only what has a score.
    pub predikat: Vec<(&'static Predikat, usize)>,
    /// Means by component.
    pub komponen: Vec<RekapKomponen<'a>>,
    /// Offices that are better than the year before, of those where both scores are known.
    pub meningkat: Cakupan,
}

/// Recapitulates offices that were evaluated by one template. An office without score has no rank and takes no part in a mean.
pub fn recap<'a>(templat: &'a Templat, mut baris: Vec<BarisRekap>) -> Rekap<'a> {
    baris.sort_by_key(|b| std::cmp::Reverse(b.nilai()));
    let points = |i: usize| Rerata::of(baris.iter().map(|b| b.skor.as_ref()?.komponen.get(i).copied()?));
    let komponen = templat.komponen.iter().enumerate();
    let komponen = komponen.map(|(i, k)| RekapKomponen { nama: &k.nama, bobot: k.bobot, nilai: points(i) }).collect();
    let graded = |p: &Predikat| baris.iter().filter(|b| b.skor.as_ref().and_then(|s| s.predikat) == Some(p)).count();
    Rekap {
        templat,
        nilai: Rerata::of(baris.iter().map(BarisRekap::nilai)),
        predikat: templat.skala.predikat.iter().map(|p| (p, graded(p))).collect(),
        komponen,
        meningkat: Cakupan::count(baris.iter().filter_map(BarisRekap::selisih).map(|x| x > Decimal::ZERO)),
        baris,
    }
}

/// One year of an office's results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tren<'a> {
    /// The year.
    pub tahun: Tahun,
    /// Its evaluation.
    pub evaluasi: &'a Evaluasi,
    /// Its published score; `None` while it is not out.
    pub nilai: Option<Decimal>,
    /// Its grade by the scale of its template.
    pub predikat: Option<&'static Predikat>,
    /// Against the year before, where both are known. Scores by different regulations are not of one measure: `None` there too.
    pub selisih: Option<Decimal>,
}

/// An office's results by year, the earlier first.
pub fn trend(potret: &Potret) -> Vec<Tren<'_>> {
    let mut years: Vec<&Evaluasi> = potret.evaluasi.iter().collect();
    years.sort_by_key(|e| e.tahun);
    let before = |e: &Evaluasi| {
        let same = |other: &&&Evaluasi| other.tahun == e.tahun - 1 && other.templat == e.templat;
        years.iter().find(same).and_then(|other| other.nilai)
    };
    years
        .iter()
        .map(|e| Tren {
            tahun: e.tahun,
            evaluasi: e,
            nilai: e.nilai,
            predikat: e.nilai.zip(potret.template(&e.templat)).map(|(x, t)| t.skala.grade(x)),
            selisih: e.nilai.zip(before(e)).map(|(now, then)| now - then),
        })
        .collect()
}

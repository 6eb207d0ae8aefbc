//! `ukur`: from a snapshot to achievement, absorption, efficiency, comparison and grade. The only place where these are
//! computed; screen, document, spreadsheet and command line show what stands here.

mod accumulate;
mod achievement;
mod compare;
pub mod efficiency;
mod index;
mod money;
pub mod output;
mod planned;
mod retired;

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;

pub use accumulate::{Terkumpul, accumulate};
pub use achievement::{Alasan, Capaian, achievement};
pub use compare::{Perbandingan, Setahun};
pub use efficiency::Efisiensi;
pub use money::{Uang, ceilings};
pub use planned::Rencana;

use crate::document::Dokumen;
use crate::figure::{Angka, JenisAngka, Keadaan};
use crate::formula::{Langkah, Rumus, SumberVariabel};
use crate::indicator::{Akumulasi, Arah, Indikator};
use crate::period::Periode;
use crate::plan::Simpul;
use crate::scale::{PERMENDAGRI_86_2017, Predikat, Skala};
use crate::snapshot::Potret;
use crate::value::{Nilai, TipeNilai};
pub(crate) use accumulate::cover;
use index::Indeks;

/// The measurement of one office up to a moment.
pub struct Pengukuran<'a> {
    /// What was measured.
    pub potret: &'a Potret,
    /// Up to when.
    pub sampai: Periode,
    /// One per indicator, in the snapshot's order.
    pub indikator: Vec<UkurIndikator<'a>>,
    /// One per plan node, in the snapshot's order.
    pub simpul: Vec<UkurSimpul<'a>>,
    /// Money of the whole office.
    pub total: Uang,
    index: Indeks<'a>,
}

/// The target that counts, and who set it.
#[derive(Debug, Clone)]
pub struct TargetBerlaku<'a> {
    /// The value.
    pub nilai: Nilai,
    /// The document version; none for a target added up from an action plan's periods.
    pub dokumen: Option<&'a Dokumen>,
}

/// One indicator measured.
pub struct UkurIndikator<'a> {
    /// The indicator.
    pub indikator: &'a Indikator,
    /// Whether it is measured this year at all: it has a target in force or a realisation.
    pub berlaku: bool,
    /// The year's target.
    pub target: Option<TargetBerlaku<'a>>,
    /// What was realised up to the moment.
    pub realisasi: Terkumpul,
    /// How the realisation was computed from its variables; empty when it was entered as such.
    pub jejak: Vec<Langkah>,
    /// Achievement against the year's target.
    pub capaian: Capaian,
    /// Its grade on the office's scale.
    pub predikat: Option<&'static Predikat>,
    /// The figures it rests on.
    pub angka: Vec<&'a Angka>,
}

impl UkurIndikator<'_> {
    /// The latest recorded remark, e.g. why the target was missed.
    pub fn remark(&self) -> &str {
        self.angka.iter().rev().map(|a| a.keterangan.as_str()).find(|k| !k.is_empty()).unwrap_or_default()
    }

    /// The least advanced state of its figures: one draft makes the whole a draft.
    pub fn state(&self) -> Option<Keadaan> {
        self.angka.iter().map(|a| a.keadaan).min()
    }
}

/// Mean achievement of several indicators, with how many of them are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rerata {
    /// Mean in percent over the known ones; `None` when none is known.
    pub nilai: Option<Decimal>,
    /// Known.
    pub ada: usize,
    /// All that should be.
    pub dari: usize,
}

impl Rerata {
    /// Of values of which some are known. A missing one is not counted as zero.
    pub fn of(values: impl IntoIterator<Item = Option<Decimal>>) -> Self {
        let mut rerata = Self { nilai: None, ada: 0, dari: 0 };
        let mut sum = Some(Decimal::ZERO);
        for value in values {
            rerata.dari += 1;
            if let Some(x) = value {
                rerata.ada += 1;
                sum = sum.and_then(|s| s.checked_add(x));
            }
        }
        rerata.nilai = sum.and_then(|s| s.checked_div(Decimal::from(rerata.ada)));
        rerata
    }
}

/// One plan node measured.
pub struct UkurSimpul<'a> {
    /// The node.
    pub simpul: &'a Simpul,
    /// Mean achievement of its own indicators, or, where it has none, of its children.
    pub capaian: Rerata,
    /// Its money.
    pub uang: Uang,
    /// Performance beside absorption, where both are known.
    pub efisiensi: Option<Efisiensi>,
}

/// Measures a snapshot up to and including a period of its year.
pub fn ukur(potret: &Potret, sampai: Periode) -> Pengukuran<'_> {
    let index = Indeks::new(potret);
    let scale = Skala::find(&potret.instansi.skala).unwrap_or(&PERMENDAGRI_86_2017);
    let indikator: Vec<_> = potret.indikator.iter().map(|i| measure(&index, scale, i, sampai)).collect();
    let mut money = money::money(potret, &index, sampai);
    let means = means(potret, &indikator, |u| u.capaian.percent());
    let simpul: Vec<_> = potret
        .simpul
        .iter()
        .map(|node| {
            let capaian = means[node.kode.as_str()];
            let uang = money.remove(node.kode.as_str()).unwrap_or_default();
            let efisiensi = match (capaian.nilai, uang.absorption()) {
                (Some(c), Ok(s)) => efficiency::compare(c, s),
                _ => None,
            };
            UkurSimpul { simpul: node, capaian, uang, efisiensi }
        })
        .collect();
    let total = total(&simpul);
    Pengukuran { potret, sampai, indikator, simpul, total, index }
}

fn measure<'a>(
    index: &Indeks<'a>,
    scale: &'static Skala,
    indikator: &'a Indikator,
    sampai: Periode,
) -> UkurIndikator<'a> {
    if let Some(ended) = retired::measure(indikator, sampai) {
        return ended;
    }
    let year = Periode::Tahun(sampai.tahun());
    let of_year = index
        .target(&indikator.kode, year)
        .map(|(angka, dokumen)| TargetBerlaku { nilai: angka.nilai.clone(), dokumen: Some(dokumen) });
    // Before the year is over its action plan says how far one should be; at its end the year's own target counts.
    let whole_year = sampai.last_month() == 12;
    let so_far = target_from_parts(index, indikator, sampai);
    let has_part = so_far.is_some();
    let target = if whole_year { of_year.or(so_far) } else { so_far.or(of_year) };
    let figures = index.of_indicator(&indikator.kode);
    let (realisasi, jejak) = realised(figures, indikator, sampai);
    let angka: Vec<&Angka> = figures
        .iter()
        .copied()
        .filter(|a| a.periode.is_within(sampai))
        .filter(|a| matches!(a.jenis, JenisAngka::Realisasi | JenisAngka::Variabel { .. }))
        .collect();
    let low_sum = matches!(indikator.arah, Arah::Minimal(_)) && indikator.akumulasi == Akumulasi::Jumlah;
    let capaian = if low_sum && !whole_year && !has_part && target.is_some() && realisasi.nilai.is_known() {
        Capaian::TidakTerhitung(Alasan::BelumAkhirTahun)
    } else {
        achievement(indikator, target.as_ref().map(|t| &t.nilai), &realisasi.nilai)
    };
    UkurIndikator {
        indikator,
        berlaku: target.is_some() || !angka.is_empty(),
        predikat: capaian.percent().map(|x| scale.grade(x)),
        target,
        realisasi,
        jejak,
        capaian,
        angka,
    }
}

/// Targets of an action plan's periods, accumulated up to a moment as the indicator is.
fn target_from_parts<'a>(index: &Indeks<'a>, indikator: &Indikator, sampai: Periode) -> Option<TargetBerlaku<'a>> {
    let parts: Vec<(Periode, &Nilai)> = index
        .of_indicator(&indikator.kode)
        .iter()
        .filter(|a| a.periode.months() < 12 && a.periode.is_within(sampai))
        .filter_map(|a| index.target(&indikator.kode, a.periode).map(|(t, _)| (t.periode, &t.nilai)))
        .collect();
    let sum = accumulate(parts.into_iter(), indikator.akumulasi, sampai);
    sum.nilai.is_known().then_some(TargetBerlaku { nilai: sum.nilai, dokumen: None })
}

/// The realisation up to a moment: by the formula where its variables are recorded, otherwise as entered.
fn realised(figures: &[&Angka], indikator: &Indikator, sampai: Periode) -> (Terkumpul, Vec<Langkah>) {
    let direct = || {
        let values = figures.iter().filter(|a| a.jenis == JenisAngka::Realisasi).map(|a| (a.periode, &a.nilai));
        accumulate(values, indikator.akumulasi, sampai)
    };
    if indikator.rumus.is_empty() || !has_variables(figures, sampai) {
        return (direct(), Vec::new());
    }
    let Ok(rumus) = Rumus::parse(&indikator.rumus) else {
        return (direct(), Vec::new());
    };
    let source = Variabel::new(figures, &rumus, indikator.akumulasi, sampai);
    let hasil = rumus.evaluate(&source);
    let known = usize::from(hasil.nilai.is_ok());
    let nilai = match hasil.nilai {
        Ok(x) if hasil.persen || indikator.tipe == TipeNilai::Persen => Nilai::Persen(x),
        Ok(x) => Nilai::Bilangan(x),
        Err(why) => Nilai::BelumAda { alasan: why.to_string() },
    };
    let (ada, kosong) = if known == 1 { source.completeness() } else { (0, vec![sampai]) };
    (Terkumpul { nilai, ada, dari: ada + kosong.len(), kosong }, hasil.jejak)
}

fn has_variables(figures: &[&Angka], sampai: Periode) -> bool {
    figures.iter().any(|a| matches!(a.jenis, JenisAngka::Variabel { .. }) && a.periode.is_within(sampai))
}

/// Variables of a formula, read from the figures of its indicator. Only periods that all of them know count: three quarters of a
/// numerator over two of its denominator would be no share of anything.
struct Variabel<'s, 'a> {
    figures: &'s [&'a Angka],
    common: HashSet<Periode>,
    how: Akumulasi,
    sampai: Periode,
}

impl<'s, 'a> Variabel<'s, 'a> {
    fn new(figures: &'s [&'a Angka], rumus: &Rumus, how: Akumulasi, sampai: Periode) -> Self {
        let known = |nama: &str| -> HashSet<Periode> {
            all_named(figures, nama).filter(|(p, n)| n.is_known() && p.is_within(sampai)).map(|(p, _)| p).collect()
        };
        let mut sets = rumus.variables().into_iter().map(known).filter(|set| !set.is_empty());
        let first = sets.next().unwrap_or_default();
        let common = sets.fold(first, |a, b| a.intersection(&b).copied().collect());
        Self { figures, common, how, sampai }
    }

    fn named(&self, nama: &str) -> impl Iterator<Item = (Periode, &'a Nilai)> {
        all_named(self.figures, nama).filter(|(p, _)| self.common.contains(p))
    }

    /// Periods that count and periods without data.
    fn completeness(&self) -> (usize, Vec<Periode>) {
        let values = self.figures.iter().filter(|a| self.common.contains(&a.periode)).map(|a| (a.periode, &a.nilai));
        let (chosen, holes) = cover(values, self.sampai);
        (chosen.len(), holes)
    }
}

fn all_named<'a>(figures: &[&'a Angka], nama: &str) -> impl Iterator<Item = (Periode, &'a Nilai)> {
    figures
        .iter()
        .filter(move |a| matches!(&a.jenis, JenisAngka::Variabel { nama: n } if n == nama))
        .map(|a| (a.periode, &a.nilai))
}

impl SumberVariabel for Variabel<'_, '_> {
    fn value(&self, nama: &str) -> Option<Decimal> {
        accumulate(self.named(nama), self.how, self.sampai).nilai.number()
    }

    fn series(&self, nama: &str) -> Vec<(Periode, Option<Decimal>)> {
        let (chosen, holes) = cover(self.named(nama), self.sampai);
        let known = chosen.into_iter().map(|(p, n)| (p, n.number()));
        let mut values: Vec<_> = known.chain(holes.into_iter().map(|p| (p, None))).collect();
        values.sort_by_key(|(p, _)| *p);
        values
    }
}

fn means<'a>(
    potret: &'a Potret,
    indikator: &[UkurIndikator<'a>],
    value: impl Fn(&UkurIndikator<'a>) -> Option<Decimal>,
) -> HashMap<&'a str, Rerata> {
    let mut own: HashMap<&str, Vec<Option<Decimal>>> = HashMap::new();
    for u in indikator.iter().filter(|u| u.berlaku) {
        own.entry(u.indikator.simpul.as_str()).or_default().push(value(u));
    }
    let mut parts: HashMap<&str, Vec<Rerata>> = HashMap::new();
    let mut means = HashMap::with_capacity(potret.simpul.len());
    for node in potret.simpul.iter().rev() {
        let mean = match (own.get(node.kode.as_str()), parts.remove(node.kode.as_str())) {
            (Some(mine), _) => Rerata::of(mine.iter().copied()),
            (None, children) => {
                let children = children.unwrap_or_default();
                let whole = Rerata::of(children.iter().filter(|r| r.dari > 0).map(|r| r.nilai));
                // The count speaks of indicators, also where the mean is one of means.
                Rerata {
                    ada: children.iter().map(|r| r.ada).sum(),
                    dari: children.iter().map(|r| r.dari).sum(),
                    ..whole
                }
            }
        };
        if let Some(parent) = &node.induk {
            parts.entry(parent).or_default().push(mean);
        }
        means.insert(node.kode.as_str(), mean);
    }
    means
}

fn total(simpul: &[UkurSimpul<'_>]) -> Uang {
    simpul.iter().filter(|u| u.simpul.induk.is_none()).fold(Uang::default(), |a, u| a.plus(&u.uang))
}

impl<'a> Pengukuran<'a> {
    /// The measured indicator of that code.
    pub fn indicator(&self, kode: &str) -> Option<&UkurIndikator<'a>> {
        self.indikator.iter().find(|u| u.indikator.kode == kode)
    }

    /// The measured node of that code.
    pub fn node(&self, kode: &str) -> Option<&UkurSimpul<'a>> {
        self.simpul.iter().find(|u| u.simpul.kode == kode)
    }

    /// Measured indicators of a node that are in force, in order.
    pub fn indicators_of<'s>(&'s self, simpul: &'s str) -> impl Iterator<Item = &'s UkurIndikator<'a>> {
        self.indikator.iter().filter(move |u| u.indikator.simpul == simpul && u.berlaku)
    }

    /// Grade of an achievement on the office's scale.
    pub fn grade(&self, capaian: Decimal) -> &'static Predikat {
        self.scale().grade(capaian)
    }

    fn scale(&self) -> &'static Skala {
        Skala::find(&self.potret.instansi.skala).unwrap_or(&PERMENDAGRI_86_2017)
    }

    /// Mean achievement of the key indicators (IKU).
    pub fn key_mean(&self) -> Rerata {
        Rerata::of(self.indikator.iter().filter(|u| u.berlaku && u.indikator.iku).map(|u| u.capaian.percent()))
    }

    /// Mean achievement of those indicators that are in force.
    pub fn mean_of(&self, indikator: &[String]) -> Rerata {
        let own = self.indikator.iter().filter(|u| u.berlaku && indikator.contains(&u.indikator.kode));
        Rerata::of(own.map(|u| u.capaian.percent()))
    }

    /// Mean of each node as in [`UkurSimpul::capaian`], of other values of the indicators.
    pub fn means_of(&self, value: impl Fn(&UkurIndikator<'a>) -> Option<Decimal>) -> HashMap<&'a str, Rerata> {
        means(self.potret, &self.indikator, value)
    }

    /// One indicator at another moment: a quarter, an earlier year.
    pub fn at(&self, indikator: &'a Indikator, sampai: Periode) -> UkurIndikator<'a> {
        measure(&self.index, self.scale(), indikator, sampai)
    }

    /// Money of every node at another moment.
    pub fn money_at(&self, sampai: Periode) -> HashMap<&'a str, Uang> {
        money::money(self.potret, &self.index, sampai)
    }

    /// Money of the whole office at another moment.
    pub fn total_at(&self, sampai: Periode) -> Uang {
        let money = self.money_at(sampai);
        let tops = self.potret.simpul.iter().filter(|s| s.induk.is_none());
        tops.filter_map(|s| money.get(s.kode.as_str())).fold(Uang::default(), |a, u| a.plus(u))
    }

    /// The document whose ceilings are in force.
    pub fn budget_document(&self) -> Option<&'a Dokumen> {
        self.index.budget(self.sampai.tahun())
    }

    /// The value that a document version sets as an indicator's target for a period.
    pub fn target_in(&self, indikator: &str, dokumen: &str, periode: Periode) -> Option<&'a Angka> {
        self.index
            .of_indicator(indikator)
            .iter()
            .copied()
            .find(|a| a.periode == periode && matches!(&a.jenis, JenisAngka::Target { dokumen: d } if d == dokumen))
    }

    /// Every figure of an indicator.
    pub fn figures_of(&self, indikator: &str) -> &[&'a Angka] {
        self.index.of_indicator(indikator)
    }

    /// Every figure of a node.
    pub fn node_figures(&self, simpul: &str) -> &[&'a Angka] {
        self.index.of_node(simpul)
    }
}

#[cfg(test)]
pub(crate) mod testing {
    //! Small builders for the tests of this module.

    use super::*;
    use crate::indicator::{Arah, AturanNol, MutuData};

    pub fn number(text: &str) -> Nilai {
        Nilai::Bilangan(text.parse().expect("decimal"))
    }

    pub fn indicator(arah: Arah) -> Indikator {
        Indikator {
            kode: "i".to_owned(),
            simpul: "s".to_owned(),
            nama: "Indikator".to_owned(),
            satuan: "%".to_owned(),
            tipe: TipeNilai::Bilangan,
            arah,
            akumulasi: Akumulasi::Terakhir,
            rumus: String::new(),
            cara_ukur: String::new(),
            batas: None,
            aturan_nol: AturanNol::TidakDinilai,
            iku: false,
            definisi: String::new(),
            sumber_data: String::new(),
            unit: None,
            frekuensi: String::new(),
            bukti: String::new(),
            skala: String::new(),
            mutu: MutuData::default(),
            berakhir: None,
            penerus: None,
        }
    }
}

//! Money beside performance: money that promises nothing, promises without money, targets missed though the money is spent,
//! and what is asked for next year beside what this year has brought.

use rust_decimal::{Decimal, dec};

use crate::coverage::Cakupan;
use crate::indicator::{Arah, Indikator};
use crate::measure::{Pengukuran, UkurIndikator, UkurSimpul};
use crate::period::Periode;
use crate::plan::{JenisSimpul, Simpul};
use crate::snapshot::Potret;
use crate::value::Rupiah;

/// Absorption in percent from which the money counts as spent. No regulation sets it; 95 is where most regions call absorption very
/// high.
pub const HABIS: Decimal = dec!(95);

/// Money beside performance of one office and year.
#[derive(Debug, Clone, PartialEq)]
pub struct UangKinerja<'a> {
    /// Nodes with a ceiling that promise nothing: no indicator with a target, neither their own nor below.
    pub tanpa_kinerja: Vec<(&'a Simpul, Rupiah)>,
    /// How many nodes with a ceiling promise something.
    pub berkinerja: Cakupan,
    /// Indicators of programmes and below whose node has no ceiling.
    pub tanpa_uang: Vec<&'a Indikator>,
    /// How many indicators of programmes and below have money.
    pub beruang: Cakupan,
    /// Nodes whose money is spent and whose targets were missed.
    pub habis: Vec<Habis<'a>>,
    /// Of how many nodes both achievement and absorption are known: only these can be among the above.
    pub terbanding: Cakupan,
}

/// Money spent, target missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Habis<'a> {
    /// The node.
    pub simpul: &'a Simpul,
    /// Mean achievement of its indicators in percent.
    pub capaian: Decimal,
    /// Absorption in percent.
    pub serapan: Decimal,
    /// Its ceiling.
    pub pagu: Rupiah,
}

/// Sets money beside performance, for programmes, activities and sub-activities.
pub fn compare<'a>(hasil: &Pengukuran<'a>) -> UangKinerja<'a> {
    let lines = || hasil.simpul.iter().filter(|u| u.simpul.jenis >= JenisSimpul::Program);
    let funded: Vec<(&UkurSimpul<'a>, Rupiah)> = lines().filter_map(|u| Some((u, u.uang.pagu?))).collect();
    let promises = |u: &UkurSimpul<'a>| promises(hasil, &u.simpul.kode);
    let carried = |i: &&UkurIndikator<'a>| {
        hasil.node(&i.indikator.simpul).is_some_and(|u| u.simpul.jenis >= JenisSimpul::Program)
    };
    let own: Vec<&UkurIndikator<'a>> = hasil.indikator.iter().filter(|u| u.berlaku).filter(carried).collect();
    let has_money = |u: &&&UkurIndikator<'a>| hasil.node(&u.indikator.simpul).is_some_and(|n| n.uang.pagu.is_some());
    let both = |u: &UkurSimpul<'a>| {
        let (capaian, serapan) = (u.capaian.nilai?, u.uang.absorption().ok()?);
        Some(Habis { simpul: u.simpul, capaian, serapan, pagu: u.uang.pagu? })
    };
    let pairs: Vec<Option<Habis<'a>>> = funded.iter().map(|(u, _)| both(u)).collect();
    UangKinerja {
        tanpa_kinerja: funded.iter().filter(|(u, _)| !promises(u)).map(|(u, pagu)| (u.simpul, *pagu)).collect(),
        berkinerja: Cakupan::count(funded.iter().map(|(u, _)| promises(u))),
        tanpa_uang: own.iter().filter(|u| !has_money(u)).map(|u| u.indikator).collect(),
        beruang: Cakupan::count(own.iter().map(|u| has_money(&u))),
        terbanding: Cakupan::count(pairs.iter().map(Option::is_some)),
        habis: pairs.into_iter().flatten().filter(|h| h.capaian < Decimal::ONE_HUNDRED && h.serapan >= HABIS).collect(),
    }
}

/// Whether a node or one below it has an indicator with a target.
fn promises(hasil: &Pengukuran<'_>, kode: &str) -> bool {
    let own = hasil.indicators_of(kode).any(|u| u.target.is_some());
    own || hasil.potret.children(Some(kode)).any(|s| promises(hasil, &s.kode))
}

/// What is asked for a programme next year, beside what this year has brought.
#[derive(Debug, Clone, PartialEq)]
pub struct PeriksaUsulan<'a> {
    /// The programme, in next year's plan.
    pub simpul: &'a Simpul,
    /// Mean achievement of this year; `None` where not known.
    pub capaian: Option<Decimal>,
    /// This year's ceiling.
    pub pagu: Option<Rupiah>,
    /// What is asked for.
    pub usulan: Option<Rupiah>,
    /// What is to be looked at.
    pub catatan: Vec<CatatanUsulan>,
}

/// Something about a proposal that is to be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CatatanUsulan {
    /// More money, though this year's targets were missed.
    NaikTanpaCapaian,
    /// More money, though what this year has brought is not known.
    NaikTanpaHasil,
    /// Money for what promises nothing.
    TanpaKinerja,
    /// A target that is easier than what was reached already: its indicator.
    TargetMudah(String),
    /// New: nothing of it can be compared.
    Baru,
}

impl CatatanUsulan {
    /// As a reader sees it.
    pub fn text(&self) -> String {
        match self {
            Self::NaikTanpaCapaian => "pagu naik, padahal target tahun ini tidak tercapai".to_owned(),
            Self::NaikTanpaHasil => "pagu naik, padahal capaian tahun ini belum diketahui".to_owned(),
            Self::TanpaKinerja => "tidak ada indikator bertarget".to_owned(),
            Self::TargetMudah(kode) => format!("target {kode} lebih mudah daripada realisasi tahun ini"),
            Self::Baru => "program baru: tidak ada hasil tahun ini untuk dibandingkan".to_owned(),
        }
    }
}

/// Checks next year's plan against this year's results, programme by programme.
pub fn check_proposals<'a>(kini: &Pengukuran<'_>, depan: &'a Potret) -> Vec<PeriksaUsulan<'a>> {
    let plan = crate::measure::ukur(depan, Periode::Tahun(depan.tahun));
    let programs = depan.simpul.iter().filter(|s| s.jenis == JenisSimpul::Program);
    programs
        .map(|simpul| {
            let now = kini.node(&simpul.kode);
            let capaian = now.and_then(|u| u.capaian.nilai);
            let pagu = now.and_then(|u| u.uang.pagu);
            let usulan = plan.node(&simpul.kode).and_then(|u| u.uang.pagu);
            let rises = matches!((pagu, usulan), (Some(old), Some(new)) if new > old);
            let mut catatan = Vec::new();
            match (now, capaian) {
                (None, _) => catatan.push(CatatanUsulan::Baru),
                (_, None) if rises => catatan.push(CatatanUsulan::NaikTanpaHasil),
                (_, Some(x)) if rises && x < Decimal::ONE_HUNDRED => catatan.push(CatatanUsulan::NaikTanpaCapaian),
                _ => {}
            }
            if usulan.is_some() && !promises(&plan, &simpul.kode) {
                catatan.push(CatatanUsulan::TanpaKinerja);
            }
            catatan.extend(easy(kini, &plan, &simpul.kode).into_iter().map(CatatanUsulan::TargetMudah));
            PeriksaUsulan { simpul, capaian, pagu, usulan, catatan }
        })
        .collect()
}

/// Indicators of a node and below whose next target is easier than what was realised.
fn easy(kini: &Pengukuran<'_>, plan: &Pengukuran<'_>, kode: &str) -> Vec<String> {
    let is_easy = |u: &UkurIndikator<'_>| {
        let target = u.target.as_ref()?.nilai.number()?;
        let realised = kini.indicator(&u.indikator.kode)?.realisasi.nilai.number()?;
        Some(match u.indikator.arah {
            Arah::Maksimal => target < realised,
            Arah::Minimal(_) => target > realised,
            Arah::Stabil(_) | Arah::Rentang(_) => false,
        })
    };
    let own = plan.indicators_of(kode).filter(|u| is_easy(u) == Some(true)).map(|u| u.indikator.kode.clone());
    let mut found: Vec<String> = own.collect();
    for child in plan.potret.children(Some(kode)) {
        found.extend(easy(kini, plan, &child.kode));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::ukur;
    use crate::sheet::testing::{assembled, sheet_of};

    const PLAN: (&str, &[&str]) = (
        "rencana",
        &[
            "S1;;sasaran;Sasaran",
            "2.07.03;S1;program;Latihan",
            "2.07.03.2.01;2.07.03;kegiatan;Kegiatan",
            "2.07.03.2.01.01;2.07.03.2.01;sub_kegiatan;Sub satu",
            "2.07.03.2.01.02;2.07.03.2.01;sub_kegiatan;Sub dua",
            "2.07.04;S1;program;Penempatan",
        ],
    );
    const INDICATORS: (&str, &[&str]) = (
        "indikator",
        &[
            "p3;2.07.03;Lulus;org;bilangan;maksimal;jumlah",
            "s1;2.07.03.2.01.01;Paket;paket;bilangan;maksimal;jumlah",
            "p4;2.07.04;Ditempatkan;org;bilangan;maksimal;jumlah",
        ],
    );

    fn year() -> Potret {
        assembled(&[
            PLAN,
            INDICATORS,
            ("dokumen", &["dpa;dpa;0;DPA"]),
            ("target", &["p3;dpa;2021;100", "s1;dpa;2021;10", "p4;dpa;2021;50"]),
            ("realisasi", &["p3;2021;;90", "s1;2021;;10", "p4;2021;;;belum ada laporan"]),
            ("pagu", &["2.07.03.2.01.01;dpa;2021;1000", "2.07.03.2.01.02;dpa;2021;500"]),
            ("realisasi_anggaran", &["2.07.03.2.01.01;2021;1000", "2.07.03.2.01.02;2021;480"]),
        ])
    }

    #[test]
    fn each_kind_of_mismatch_is_found_where_it_is() {
        let potret = year();
        let hasil = ukur(&potret, Periode::Tahun(2021));
        let found = compare(&hasil);
        let codes: Vec<&str> = found.tanpa_kinerja.iter().map(|(s, _)| s.kode.as_str()).collect();
        assert_eq!((codes, found.berkinerja.to_string().as_str()), (vec!["2.07.03.2.01.02"], "3 dari 4"));
        let codes: Vec<&str> = found.tanpa_uang.iter().map(|i| i.kode.as_str()).collect();
        assert_eq!((codes, found.beruang.to_string().as_str()), (vec!["p4"], "2 dari 3"));
        // 1.480 of 1.500 spent is 98,67 %, with 90 of 100 passed.
        let [habis] = found.habis.as_slice() else { panic!("{:?}", found.habis) };
        assert_eq!(
            (habis.simpul.kode.as_str(), habis.capaian, habis.serapan.round_dp(2)),
            ("2.07.03", dec!(90), dec!(98.67))
        );
        assert_eq!(found.terbanding.to_string(), "3 dari 4");
    }

    #[test]
    fn proposals_stand_beside_results() {
        let this = year();
        let mut isian = sheet_of(&[
            crate::sheet::testing::OFFICE,
            PLAN,
            INDICATORS,
            ("dokumen", &["renja;renja;0;Renja"]),
            ("target", &["p3;renja;2022;80", "p4;renja;2022;60"]),
            ("pagu", &["2.07.03;renja;2022;2000", "2.07.04;renja;2022;700", "2.07.05;renja;2022;1"]),
        ]);
        let mut rows = PLAN.1.to_vec();
        rows.push("2.07.05;S1;program;Baru");
        isian.extend(sheet_of(&[("rencana", &rows)]));
        let (next, masalah) = crate::sheet::assemble(this.instansi.id, 2022, &isian, Vec::new());
        assert_eq!(masalah, []);
        let next = next.expect("readable");
        let hasil = ukur(&this, Periode::Tahun(2021));
        let told: Vec<(&str, Vec<CatatanUsulan>)> =
            check_proposals(&hasil, &next).iter().map(|p| (p.simpul.nama.as_str(), p.catatan.clone())).collect();
        assert_eq!(
            told,
            [
                ("Latihan", vec![CatatanUsulan::NaikTanpaCapaian, CatatanUsulan::TargetMudah("p3".to_owned())]),
                // It had no ceiling to rise from.
                ("Penempatan", vec![]),
                ("Baru", vec![CatatanUsulan::Baru, CatatanUsulan::TanpaKinerja]),
            ]
        );
        assert!(CatatanUsulan::TargetMudah("p3".to_owned()).text().contains("target p3 lebih mudah"));
    }
}

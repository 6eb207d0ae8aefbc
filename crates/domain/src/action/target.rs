//! Targets of the parts of a year, held against the year's own target.

use std::fmt;

use rust_decimal::Decimal;

use super::{Kecocokan, Langkah, propose};
use crate::coverage::Cakupan;
use crate::duty::Frekuensi;
use crate::figure::JenisAngka;
use crate::indicator::{Akumulasi, Indikator};
use crate::measure::{Pengukuran, TargetBerlaku, Terkumpul, accumulate};
use crate::number::{shown_places, write_decimal};
use crate::period::Periode;
use crate::value::Nilai;

/// An indicator in the action plan: its year's target beside what the targets of the parts make of it.
#[derive(Debug, Clone)]
pub struct PeriksaTarget<'a> {
    /// The indicator.
    pub indikator: &'a Indikator,
    /// How often it is measured.
    pub frekuensi: Frekuensi,
    /// The year's target in force, with the document that sets it.
    pub setahun: Option<TargetBerlaku<'a>>,
    /// The year's target that the action plan itself prints; it is not in force.
    pub tercantum: Option<&'a Nilai>,
    /// Targets of the parts of the year that go with the frequency, in order; none where there is none.
    pub bagian: Vec<(Periode, Option<&'a Nilai>)>,
    /// Targets of other parts, left from another frequency.
    pub lain: Vec<(Periode, &'a Nilai)>,
    /// What the parts make together.
    pub terkumpul: Terkumpul,
    /// How that compares with the year's target.
    pub hasil: Kecocokan,
    /// Steps towards it, in order.
    pub langkah: Vec<&'a Langkah>,
}

/// The indicators of the action plan, in the order in which tables list them: those that are measured this year, and those that
/// the plan has something about.
pub fn check_targets<'a>(hasil: &Pengukuran<'a>) -> Vec<PeriksaTarget<'a>> {
    let measured = hasil.indikator.iter().map(|u| (u.berlaku, check_target(hasil, u.indikator)));
    let listed = |p: &PeriksaTarget<'_>| {
        p.terkumpul.nilai.is_known() || p.tercantum.is_some() || !p.lain.is_empty() || !p.langkah.is_empty()
    };
    measured.filter(|(in_force, p)| *in_force || listed(p)).map(|(_, p)| p).collect()
}

/// One indicator of the action plan.
pub fn check_target<'a>(hasil: &Pengukuran<'a>, indikator: &'a Indikator) -> PeriksaTarget<'a> {
    let potret = hasil.potret;
    let year = Periode::Tahun(potret.tahun);
    let frekuensi = Frekuensi::read(&indikator.frekuensi);
    let plan = potret.action_plan().map(|d| d.kode.as_str());
    let planned: Vec<(Periode, &'a Nilai)> = hasil
        .figures_of(&indikator.kode)
        .iter()
        .filter(|a| a.periode.tahun() == potret.tahun)
        .filter(|a| matches!(&a.jenis, JenisAngka::Target { dokumen } if Some(dokumen.as_str()) == plan))
        .map(|a| (a.periode, &a.nilai))
        .collect();
    let of = |periode: Periode| planned.iter().find(|(p, _)| *p == periode).map(|(_, nilai)| *nilai);
    let bagian: Vec<_> = frekuensi.parts(potret.tahun).into_iter().map(|p| (p, of(p))).collect();
    let parts = || planned.iter().copied().filter(|(p, _)| *p != year);
    let mut lain: Vec<_> = parts().filter(|(p, _)| bagian.iter().all(|(q, _)| p != q)).collect();
    lain.sort_by_key(|(p, _)| *p);
    let terkumpul = accumulate(parts(), indikator.akumulasi, year);
    let setahun = hasil
        .indicator(&indikator.kode)
        .and_then(|u| u.target.clone())
        // A target without a document is the sum of these very parts.
        .filter(|t| t.dokumen.is_some());
    let ends = || parts().any(|(p, _)| p.last_month() == 12);
    let complete = if frekuensi == Frekuensi::Tahun { ends() } else { terkumpul.kosong.is_empty() };
    let cakupan = match terkumpul.ada {
        0 => Cakupan { ada: 0, dari: bagian.iter().filter(|(p, _)| frekuensi.needs(*p)).count() },
        ada => Cakupan { ada, dari: terkumpul.dari },
    };
    let outcome = match &setahun {
        None => Kecocokan::TanpaAcuan,
        Some(_) if !complete => Kecocokan::BelumLengkap(cakupan),
        Some(target) => compare(&terkumpul.nilai, &target.nilai),
    };
    PeriksaTarget {
        indikator,
        frekuensi,
        setahun,
        tercantum: of(year),
        bagian,
        lain,
        terkumpul,
        hasil: outcome,
        langkah: potret.steps_of(&indikator.kode).collect(),
    }
}

/// A mean is divided to 28 digits: 3 times a third is not one, but equal to so many places.
const PLACES: u32 = 12;

fn compare(parts: &Nilai, whole: &Nilai) -> Kecocokan {
    match (parts.number(), whole.number()) {
        (Some(a), Some(b)) => match a.checked_sub(b).map(|x| x.round_dp(PLACES)) {
            Some(x) if x.is_zero() => Kecocokan::Sama,
            difference => Kecocokan::Beda(difference),
        },
        _ if parts == whole => Kecocokan::Sama,
        _ => Kecocokan::Beda(None),
    }
}

impl PeriksaTarget<'_> {
    /// Targets of the parts that would make the year's target; empty without one.
    pub fn proposal(&self) -> Vec<(Periode, Nilai)> {
        let Some(target) = &self.setahun else { return Vec::new() };
        let needed: Vec<Periode> = self.bagian.iter().map(|(p, _)| *p).filter(|p| self.frekuensi.needs(*p)).collect();
        let values = propose(&target.nilai, self.indikator.akumulasi, needed.len());
        needed.into_iter().zip(values).collect()
    }

    /// Whether the action plan prints another target for the year than the one in force.
    pub fn prints_other(&self) -> bool {
        let in_force = self.setahun.as_ref().map(|t| &t.nilai);
        self.tercantum.zip(in_force).is_some_and(|(own, target)| compare(own, target) != Kecocokan::Sama)
    }

    /// What the parts are made into.
    fn made_by(&self) -> String {
        // What cannot be added up is not: its last value stands.
        let adds = self.terkumpul.nilai.number().is_some();
        match self.indikator.akumulasi {
            Akumulasi::Jumlah if adds => "jumlah periode".to_owned(),
            Akumulasi::RataRata if adds => "rata-rata periode".to_owned(),
            _ => "nilai terakhir".to_owned(),
        }
    }
}

/// The outcome in a sentence.
impl fmt::Display for PeriksaTarget<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = self.setahun.as_ref().map(|t| &t.nilai);
        let source = self.setahun.as_ref().and_then(|t| t.dokumen).map_or("", |d| d.judul.as_str());
        let made = format!("{} {}", self.made_by(), self.terkumpul.nilai);
        match (self.hasil, whole) {
            (Kecocokan::TanpaAcuan, _) | (_, None) => {
                f.write_str("belum ada target tahun untuk dibandingkan; tetapkan di PK, DPA, Renja, IKU atau Renstra")?;
            }
            (Kecocokan::BelumLengkap(cakupan), Some(target)) if cakupan.ada == 0 => {
                write!(f, "target tahun {target} ({source}) belum dibagi per {}", self.frekuensi.part_word())?;
            }
            (Kecocokan::BelumLengkap(cakupan), Some(target)) => {
                let missing: Vec<String> = self.terkumpul.kosong.iter().map(|p| p.short()).collect();
                write!(f, "baru {cakupan} periode; belum ada {}", missing.join(", "))?;
                write!(f, "; {made} dari target tahun {target} ({source})")?;
            }
            (Kecocokan::Sama, Some(target)) => write!(f, "{made}, sama dengan target tahun {target} ({source})")?,
            (Kecocokan::Beda(Some(x)), Some(target)) => {
                let word = if x > Decimal::ZERO { "lebih dari" } else { "kurang dari" };
                let x = x.abs().normalize();
                write!(
                    f,
                    "{made}, {} {word} target tahun {target} ({source})",
                    write_decimal(x, Some(shown_places(x)))
                )?;
            }
            (Kecocokan::Beda(None), Some(target)) => {
                write!(f, "{made}, tidak sama dengan target tahun {target} ({source})")?
            }
        }
        if !self.lain.is_empty() {
            let others: Vec<String> = self.lain.iter().map(|(p, nilai)| format!("{} {nilai}", p.short())).collect();
            write!(f, "; ada juga target {}", others.join(", "))?;
        }
        if let Some(own) = self.tercantum.filter(|_| self.prints_other()) {
            write!(f, "; Rencana Aksi mencantumkan {own} untuk setahun")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::testing::{office, plan, target};
    use super::*;
    use crate::measure::testing::number;
    use crate::measure::ukur;

    const QUARTERS: [&str; 4] = ["2021-TW1", "2021-TW2", "2021-TW3", "2021-TW4"];

    /// An indicator with a year's target of the DPA and these targets of the action plan, checked.
    fn outcome(how: Akumulasi, frekuensi: &str, year: Option<&str>, parts: &[(&str, &str)]) -> (Kecocokan, String) {
        let mut potret = office();
        potret.indikator[0].akumulasi = how;
        potret.indikator[0].frekuensi = frekuensi.to_owned();
        potret.angka.extend(year.map(|x| target("i", "dpa", "2021", number(x))));
        potret.angka.extend(parts.iter().map(|(p, x)| target("i", "aksi", p, number(x))));
        let hasil = ukur(&potret, Periode::Tahun(2021));
        let got = check_target(&hasil, &potret.indikator[0]);
        (got.hasil, got.to_string())
    }

    fn quarters(values: [&'static str; 4]) -> Vec<(&'static str, &'static str)> {
        QUARTERS.into_iter().zip(values).filter(|(_, x)| !x.is_empty()).collect()
    }

    fn beda(x: &str) -> Kecocokan {
        Kecocokan::Beda(Some(x.parse().expect("decimal")))
    }

    const fn dari(ada: usize, dari: usize) -> Kecocokan {
        Kecocokan::BelumLengkap(Cakupan { ada, dari })
    }

    #[rstest]
    #[case(Akumulasi::Jumlah, ["11", "11", "11", "11"], Kecocokan::Sama, "jumlah periode 44, sama dengan target tahun 44 (DPA 2021)")]
    #[case(Akumulasi::Jumlah, ["10", "10", "10", "10"], beda("-4"), "jumlah periode 40, 4 kurang dari target tahun 44 (DPA 2021)")]
    #[case(Akumulasi::Jumlah, ["11", "11", "11", "11.5"], beda("0.5"), "jumlah periode 44,5, 0,5 lebih dari target tahun 44 (DPA 2021)")]
    #[case(Akumulasi::Terakhir, ["10", "20", "30", "44"], Kecocokan::Sama, "nilai terakhir 44, sama dengan target tahun 44 (DPA 2021)")]
    #[case(Akumulasi::Terakhir, ["44", "44", "44", "40"], beda("-4"), "nilai terakhir 40, 4 kurang dari target tahun 44 (DPA 2021)")]
    #[case(Akumulasi::RataRata, ["43", "45", "44", "44"], Kecocokan::Sama, "rata-rata periode 44, sama dengan target tahun 44 (DPA 2021)")]
    #[case(Akumulasi::Jumlah, ["11", "", "11", ""], dari(2, 4), "baru 2 dari 4 periode; belum ada TW II, TW IV; jumlah periode 22 dari target tahun 44 (DPA 2021)")]
    #[case(Akumulasi::Terakhir, ["", "", "", "44"], dari(1, 4), "baru 1 dari 4 periode; belum ada TW I, TW II, TW III; nilai terakhir 44 dari target tahun 44 (DPA 2021)")]
    #[case(Akumulasi::Jumlah, ["", "", "", ""], dari(0, 4), "target tahun 44 (DPA 2021) belum dibagi per triwulan")]
    fn parts_make_the_year_as_the_indicator_accumulates(
        #[case] how: Akumulasi,
        #[case] parts: [&'static str; 4],
        #[case] expected: Kecocokan,
        #[case] words: &str,
    ) {
        assert_eq!(outcome(how, "triwulan", Some("44"), &quarters(parts)), (expected, words.to_owned()));
    }

    #[test]
    fn a_zero_is_a_target_and_nothing_is_none() {
        let zero = quarters(["0", "0", "0", "44"]);
        assert_eq!(outcome(Akumulasi::Jumlah, "", Some("44"), &zero).0, Kecocokan::Sama);
        let nothing = quarters(["", "", "", "44"]);
        assert_eq!(outcome(Akumulasi::Jumlah, "", Some("44"), &nothing).0, dari(1, 4));
    }

    #[test]
    fn without_a_year_target_there_is_nothing_to_compare_with() {
        let (hasil, words) = outcome(Akumulasi::Jumlah, "", None, &quarters(["1", "1", "1", "1"]));
        assert_eq!(hasil, Kecocokan::TanpaAcuan, "their own sum is no target of the year");
        assert!(words.contains("belum ada target tahun"), "{words}");
    }

    #[test]
    fn what_is_measured_once_a_year_needs_a_target_at_its_end_only() {
        assert_eq!(outcome(Akumulasi::Terakhir, "tahun", Some("44"), &[("2021-TW4", "44")]).0, Kecocokan::Sama);
        assert_eq!(outcome(Akumulasi::Terakhir, "tahun", Some("44"), &[]).0, dari(0, 1));
        assert_eq!(outcome(Akumulasi::Terakhir, "tahun", Some("44"), &[("2021-TW1", "44")]).0, dari(1, 4));
    }

    #[test]
    fn half_years_and_months_count_as_well() {
        let halves = [("2021-S1", "20"), ("2021-S2", "24")];
        assert_eq!(outcome(Akumulasi::Jumlah, "semester", Some("44"), &halves).0, Kecocokan::Sama);
        assert_eq!(outcome(Akumulasi::Jumlah, "semester", Some("44"), &halves[..1]).0, dari(1, 2));
        assert_eq!(outcome(Akumulasi::Jumlah, "bulan", Some("44"), &[("2021-B01", "44")]).0, dari(1, 12));
        let (hasil, words) = outcome(Akumulasi::Jumlah, "triwulan", Some("44"), &halves);
        assert_eq!(hasil, Kecocokan::Sama, "no longer in its frequency, and still planned");
        assert!(words.ends_with("; ada juga target Sem. I 20, Sem. II 24"), "{words}");
    }

    #[test]
    fn thirds_make_a_whole_mean() {
        let months: Vec<(String, String)> = (1..=12).map(|n| (format!("2021-B{n:02}"), (n % 3).to_string())).collect();
        let months: Vec<(&str, &str)> = months.iter().map(|(p, x)| (p.as_str(), x.as_str())).collect();
        assert_eq!(outcome(Akumulasi::RataRata, "bulan", Some("1"), &months).0, Kecocokan::Sama);
        assert_eq!(outcome(Akumulasi::RataRata, "bulan", Some("1.01"), &months).0, beda("-0.01"));
    }

    #[test]
    fn grades_are_the_same_or_not() {
        let grade = |x: &str| Nilai::Predikat(x.to_owned());
        for (last, expected) in [("BB", Kecocokan::Sama), ("B", Kecocokan::Beda(None))] {
            let mut potret = office();
            potret.indikator[0].akumulasi = Akumulasi::Jumlah;
            potret.angka.push(target("i", "dpa", "2021", grade("BB")));
            potret.angka.extend(QUARTERS.map(|p| target("i", "aksi", p, grade(last))));
            let hasil = ukur(&potret, Periode::Tahun(2021));
            let got = check_target(&hasil, &potret.indikator[0]);
            assert_eq!(got.hasil, expected);
            assert!(got.to_string().starts_with("nilai terakhir B"), "{got}");
        }
    }

    #[test]
    fn the_year_that_the_plan_itself_prints_is_shown_and_does_not_count() {
        let mut potret = office();
        potret.angka.push(target("i", "dpa", "2021", number("44")));
        potret.angka.push(target("i", "aksi", "2021", number("40")));
        let hasil = ukur(&potret, Periode::Tahun(2021));
        let got = check_target(&hasil, &potret.indikator[0]);
        assert_eq!((got.hasil, got.prints_other()), (dari(0, 4), true));
        assert!(got.to_string().ends_with("; Rencana Aksi mencantumkan 40 untuk setahun"), "{got}");
    }

    #[test]
    fn a_proposal_makes_the_target_and_takes_the_latest_version() {
        let mut potret = office();
        potret.indikator[0].akumulasi = Akumulasi::Jumlah;
        potret.dokumen.push(plan("aksi-p", 1));
        potret.angka.push(target("i", "dpa", "2021", number("10")));
        potret.angka.push(target("i", "aksi", "2021-TW1", number("9")));
        let proposal = check_target(&ukur(&potret, Periode::Tahun(2021)), &potret.indikator[0]).proposal();
        let texts: Vec<String> = proposal.iter().map(|(p, x)| format!("{p} {x}")).collect();
        assert_eq!(texts, ["2021-TW1 2", "2021-TW2 2", "2021-TW3 2", "2021-TW4 4"]);
        potret.angka.extend(proposal.into_iter().map(|(p, x)| target("i", "aksi-p", &p.to_string(), x)));
        let hasil = ukur(&potret, Periode::Tahun(2021));
        assert_eq!(
            check_target(&hasil, &potret.indikator[0]).hasil,
            Kecocokan::Sama,
            "the old version no longer counts"
        );
    }

    #[test]
    fn the_plan_lists_what_is_measured_and_what_it_says_something_about() {
        let mut potret = office();
        assert_eq!(check_targets(&ukur(&potret, Periode::Tahun(2021))).len(), 0);
        potret.angka.push(target("i", "dpa", "2021", number("44")));
        assert_eq!(check_targets(&ukur(&potret, Periode::Tahun(2021))).len(), 1);
        potret.angka = vec![target("i", "aksi", "2021-TW2", number("44"))];
        assert_eq!(check_targets(&ukur(&potret, Periode::Tahun(2021))).len(), 1);
    }
}

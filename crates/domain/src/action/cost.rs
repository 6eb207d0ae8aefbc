//! What the steps cost, held against the ceilings of the budget lines that pay for them; and what a step does not say.

use std::fmt;

use super::{Kecocokan, Langkah};
use crate::coverage::Cakupan;
use crate::measure::Pengukuran;
use crate::number::write_rupiah;
use crate::plan::Simpul;
use crate::value::Rupiah;

/// What a step does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KurangLangkah {
    /// What comes out of it.
    Keluaran,
    /// What it costs; zero is said, too.
    Anggaran,
    /// Which budget line pays for it.
    SubKegiatan,
    /// Who does it.
    PenanggungJawab,
}

impl KurangLangkah {
    /// As a reader sees it, after "belum ada".
    pub const fn label(self) -> &'static str {
        match self {
            Self::Keluaran => "keluaran",
            Self::Anggaran => "anggaran",
            Self::SubKegiatan => "sub kegiatan",
            Self::PenanggungJawab => "penanggung jawab",
        }
    }
}

impl Langkah {
    /// What it does not say; nothing when it is complete.
    pub fn gaps(&self) -> Vec<KurangLangkah> {
        let costs = self.rupiah.is_some_and(|x| x.sen() != 0);
        let gaps = [
            (KurangLangkah::Keluaran, self.keluaran.is_empty()),
            (KurangLangkah::Anggaran, self.rupiah.is_none()),
            (KurangLangkah::SubKegiatan, costs && self.simpul.is_none()),
            (KurangLangkah::PenanggungJawab, self.unit.is_none()),
        ];
        gaps.into_iter().filter(|(_, missing)| *missing).map(|(gap, _)| gap).collect()
    }
}

/// A budget line that pays for steps.
#[derive(Debug, Clone)]
pub struct PeriksaBiaya<'a> {
    /// The line.
    pub simpul: &'a Simpul,
    /// What the steps cost that say so; none when none does.
    pub jumlah: Option<Rupiah>,
    /// Steps that say what they cost, of all of the line and the lines below.
    pub cakupan: Cakupan,
    /// Its ceiling in force.
    pub pagu: Option<Rupiah>,
    /// How the cost compares with the ceiling. More than the ceiling is told also while a step says nothing.
    pub hasil: Kecocokan,
}

/// Every budget line that a step names, in the order of the plan tree.
pub fn check_costs<'a>(hasil: &Pengukuran<'a>) -> Vec<PeriksaBiaya<'a>> {
    let potret = hasil.potret;
    let named = hasil
        .simpul
        .iter()
        .filter(|u| potret.langkah.iter().any(|l| l.simpul.as_deref() == Some(u.simpul.kode.as_str())));
    named
        .map(|u| {
            let below = |l: &&Langkah| l.simpul.as_deref().is_some_and(|kode| is_below(hasil, kode, &u.simpul.kode));
            let steps: Vec<&Langkah> = potret.langkah.iter().filter(below).collect();
            let known: Vec<Rupiah> = steps.iter().filter_map(|l| l.rupiah).collect();
            let cakupan = Cakupan { ada: known.len(), dari: steps.len() };
            let jumlah = (!known.is_empty()).then(|| known.into_iter().sum());
            let outcome = compare(jumlah, cakupan, u.uang.pagu);
            PeriksaBiaya { simpul: u.simpul, jumlah, cakupan, pagu: u.uang.pagu, hasil: outcome }
        })
        .collect()
}

/// Whether a node is `top` or lies below it.
fn is_below(hasil: &Pengukuran<'_>, kode: &str, top: &str) -> bool {
    let mut next = Some(kode);
    while let Some(kode) = next {
        if kode == top {
            return true;
        }
        next = hasil.potret.node(kode).and_then(|s| s.induk.as_deref());
    }
    false
}

/// Money of parts against a ceiling. Money is never negative: parts that are too much already stay so, whatever is missing.
pub(super) fn compare(parts: Option<Rupiah>, cakupan: Cakupan, whole: Option<Rupiah>) -> Kecocokan {
    let Some(whole) = whole else { return Kecocokan::TanpaAcuan };
    let difference = parts.unwrap_or_default().to_decimal() - whole.to_decimal();
    match Kecocokan::Beda(Some(difference)) {
        over if over.is_over() => over,
        _ if !cakupan.is_complete() => Kecocokan::BelumLengkap(cakupan),
        _ if difference.is_zero() => Kecocokan::Sama,
        under => under,
    }
}

/// The outcome in a sentence.
impl fmt::Display for PeriksaBiaya<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sum, pagu) = (write_rupiah(self.jumlah.unwrap_or_default()), self.pagu.map(write_rupiah));
        let difference = |x: rust_decimal::Decimal| Rupiah::from_decimal(x.abs()).map(write_rupiah).unwrap_or_default();
        match (self.hasil, pagu) {
            (Kecocokan::Sama, Some(pagu)) => write!(f, "anggaran langkah sama dengan pagu {pagu}"),
            (Kecocokan::Beda(Some(x)), Some(pagu)) if self.hasil.is_over() => {
                write!(f, "anggaran langkah {sum} melebihi pagu {pagu} sebesar {}", difference(x))
            }
            (Kecocokan::Beda(Some(x)), Some(pagu)) => {
                write!(f, "anggaran langkah {sum}; {} dari pagu {pagu} belum terbagi ke langkah", difference(x))
            }
            (Kecocokan::BelumLengkap(_), Some(pagu)) if self.jumlah.is_none() => {
                write!(f, "belum ada langkah beranggaran; pagu {pagu}")
            }
            (Kecocokan::BelumLengkap(cakupan), Some(pagu)) => {
                write!(f, "baru {cakupan} langkah beranggaran, {sum} dari pagu {pagu}")
            }
            _ => f.write_str("pagu belum ada, sehingga anggaran langkah belum dapat dibandingkan"),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::testing::{ceiling, office, step};
    use super::*;
    use crate::measure::ukur;
    use crate::period::Periode;

    /// Checks of the lines for steps on these lines with this money.
    fn outcome(steps: &[(&str, Option<i64>)]) -> Vec<(String, Kecocokan, String)> {
        let mut potret = office();
        potret.angka.push(ceiling("k.1", "dpa", "2021", 1000));
        potret.angka.push(ceiling("k.2", "dpa", "2021", 500));
        for (simpul, rupiah) in steps {
            let rupiah = rupiah.and_then(Rupiah::from_rupiah);
            potret.langkah.push(Langkah { simpul: Some((*simpul).to_owned()), rupiah, ..step("i") });
        }
        let hasil = ukur(&potret, Periode::Tahun(2021));
        check_costs(&hasil).iter().map(|p| (p.simpul.kode.clone(), p.hasil, p.to_string())).collect()
    }

    fn beda(x: i64) -> Kecocokan {
        Kecocokan::Beda(Some(x.into()))
    }

    #[rstest]
    #[case(&[("k.1", Some(400)), ("k.1", Some(600))], Kecocokan::Sama, "anggaran langkah sama dengan pagu Rp1.000")]
    #[case(&[("k.1", Some(700)), ("k.1", Some(600))], beda(300), "anggaran langkah Rp1.300 melebihi pagu Rp1.000 sebesar Rp300")]
    #[case(&[("k.1", Some(1100)), ("k.1", None)], beda(100), "anggaran langkah Rp1.100 melebihi pagu Rp1.000 sebesar Rp100")]
    #[case(&[("k.1", Some(0)), ("k.1", Some(600))], beda(-400), "anggaran langkah Rp600; Rp400 dari pagu Rp1.000 belum terbagi ke langkah")]
    #[case(&[("k.1", Some(1000)), ("k.1", None)], Kecocokan::BelumLengkap(Cakupan { ada: 1, dari: 2 }), "baru 1 dari 2 langkah beranggaran, Rp1.000 dari pagu Rp1.000")]
    #[case(&[("k.1", None)], Kecocokan::BelumLengkap(Cakupan { ada: 0, dari: 1 }), "belum ada langkah beranggaran; pagu Rp1.000")]
    fn the_money_of_steps_is_held_against_their_line(
        #[case] steps: &[(&str, Option<i64>)],
        #[case] hasil: Kecocokan,
        #[case] words: &str,
    ) {
        assert_eq!(outcome(steps), [("k.1".to_owned(), hasil, words.to_owned())]);
    }

    #[test]
    fn a_line_answers_for_the_lines_below_it() {
        let got = outcome(&[("k", Some(600)), ("k.2", Some(500)), ("k.1", Some(300))]);
        let short: Vec<(&str, Kecocokan)> = got.iter().map(|(kode, hasil, _)| (kode.as_str(), *hasil)).collect();
        assert_eq!(short, [("k", beda(-100)), ("k.1", beda(-700)), ("k.2", Kecocokan::Sama)]);
    }

    #[test]
    fn without_a_ceiling_nothing_is_compared() {
        let [(_, hasil, words)] = outcome(&[("k.3", Some(1))]).try_into().expect("one line");
        assert_eq!(hasil, Kecocokan::TanpaAcuan);
        assert!(words.contains("pagu belum ada"), "{words}");
    }

    #[test]
    fn a_step_says_what_it_lacks() {
        use KurangLangkah::{Anggaran, Keluaran, PenanggungJawab, SubKegiatan};
        let bare = step("i");
        assert_eq!(bare.gaps(), [Keluaran, Anggaran, PenanggungJawab]);
        let free = Langkah { rupiah: Some(Rupiah::default()), ..bare.clone() };
        assert_eq!(free.gaps(), [Keluaran, PenanggungJawab], "what costs nothing needs no budget line");
        let paid = Langkah { rupiah: Rupiah::from_rupiah(5), unit: Some("KD".to_owned()), ..bare };
        assert_eq!(paid.gaps(), [Keluaran, SubKegiatan]);
        let whole = Langkah { simpul: Some("k.1".to_owned()), keluaran: "1 dokumen".to_owned(), ..paid };
        assert_eq!(whole.gaps(), []);
    }
}

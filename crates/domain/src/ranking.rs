//! Ranking (peringkat) of units or offices by weighted criteria, with every line of the computation.
//!
//! The score is the mean of the known values, each counted by the weight of its criterion. A missing value is not zero: it
//! takes its weight out of the mean, and "x dari y kriteria" stands beside the score.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::fmt;

use rust_decimal::Decimal;

use crate::coverage::Cakupan;
use crate::number::write_decimal;

const HUNDRED: Decimal = Decimal::ONE_HUNDRED;

/// One criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kriteria {
    /// Its name.
    pub nama: String,
    /// Its weight; those of all criteria make 100.
    pub bobot: Decimal,
}

/// A weighted formula: criteria whose weights make exactly 100.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pembobotan(Vec<Kriteria>);

/// What is wrong with a formula.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PembobotanTidakSah {
    /// The weights do not make 100.
    #[error("jumlah bobot {}, bukan 100; ubah bobot kriteria sampai jumlahnya tepat 100", write_decimal(*.jumlah, None))]
    Jumlah {
        /// What they make.
        jumlah: Decimal,
    },
    /// A weight that counts nothing, or backwards.
    #[error("bobot kriteria {nama}: {} tidak lebih dari 0; isi di atas 0 atau hapus kriteria ini", write_decimal(*.bobot, None))]
    Bobot {
        /// The criterion.
        nama: String,
        /// Its weight.
        bobot: Decimal,
    },
    /// A criterion that stands twice.
    #[error("kriteria {nama}: disebut lebih dari sekali; gabungkan bobotnya")]
    Kembar {
        /// The criterion.
        nama: String,
    },
}

impl Pembobotan {
    /// A formula of criteria.
    ///
    /// # Errors
    /// Everything that is wrong: a weight that is not above zero, a criterion that stands twice, a sum that is not exactly 100.
    pub fn new(kriteria: Vec<Kriteria>) -> Result<Self, Vec<PembobotanTidakSah>> {
        let mut faults = Vec::new();
        let mut names = HashSet::new();
        for Kriteria { nama, bobot } in &kriteria {
            if *bobot <= Decimal::ZERO {
                faults.push(PembobotanTidakSah::Bobot { nama: nama.clone(), bobot: *bobot });
            }
            if !names.insert(nama) {
                faults.push(PembobotanTidakSah::Kembar { nama: nama.clone() });
            }
        }
        let jumlah = kriteria.iter().fold(Decimal::ZERO, |sum, k| sum.saturating_add(k.bobot));
        if jumlah != HUNDRED {
            faults.push(PembobotanTidakSah::Jumlah { jumlah: jumlah.normalize() });
        }
        if faults.is_empty() { Ok(Self(kriteria)) } else { Err(faults) }
    }

    /// Its criteria, in order.
    pub fn criteria(&self) -> &[Kriteria] {
        &self.0
    }
}

/// One that is ranked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peserta<T> {
    /// Who: a unit, an office.
    pub subjek: T,
    /// Its value (0 to 100) by criterion, in the order of the formula; `None` where it is not known.
    pub nilai: Vec<Option<Decimal>>,
}

/// What is wrong with the values of one that is to be ranked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NilaiTidakSah {
    /// A value outside 0 to 100.
    #[error("nilai {subjek} untuk {kriteria}: {} di luar 0 sampai 100; batasi dahulu", write_decimal(*.nilai, None))]
    DiLuar {
        /// Whose.
        subjek: String,
        /// For which criterion.
        kriteria: String,
        /// The value.
        nilai: Decimal,
    },
    /// Not one value for each criterion.
    #[error(
        "nilai {subjek}: {ada} nilai untuk {kriteria} kriteria; beri satu nilai untuk tiap kriteria, kosong bila belum ada"
    )]
    Banyaknya {
        /// Whose.
        subjek: String,
        /// How many values it has.
        ada: usize,
        /// How many criteria there are.
        kriteria: usize,
    },
}

/// A ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peringkat<'a, T> {
    /// The ranked ones, best first; of equal ones in the order given.
    pub urutan: Vec<Berperingkat<'a, T>>,
    /// Those of which no value is known. They have no rank, not the last one.
    pub tanpa_nilai: Vec<&'a Peserta<T>>,
}

/// One that has a rank, and how it came to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Berperingkat<'a, T> {
    /// 1 is best. Equal scores share a rank, and the next one counts them all: 1, 2, 2, 4.
    pub peringkat: usize,
    /// Who.
    pub peserta: &'a Peserta<T>,
    /// `jumlah / bobot`, 0 to 100.
    pub skor: Decimal,
    /// Sum of the products of all lines.
    pub jumlah: Decimal,
    /// Sum of the weights of the known criteria.
    pub bobot: Decimal,
    /// How many criteria are known.
    pub kriteria: Cakupan,
    /// One line for each criterion, in the order of the formula.
    pub rincian: Vec<Rincian<'a>>,
}

/// One line of the explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rincian<'a> {
    /// The criterion with its weight.
    pub kriteria: &'a Kriteria,
    /// Value and weight times value; `None` where the value is not known.
    pub nilai: Option<(Decimal, Decimal)>,
}

/// Ranks by a formula.
///
/// # Errors
/// Every value outside 0 to 100, and everyone who has not one value, known or not, for each criterion.
pub fn rank<'a, T: fmt::Display>(
    pembobotan: &'a Pembobotan,
    peserta: &'a [Peserta<T>],
) -> Result<Peringkat<'a, T>, Vec<NilaiTidakSah>> {
    let faults: Vec<_> = peserta.iter().flat_map(|p| faults(pembobotan, p)).collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    let (scored, unknown): (Vec<_>, Vec<_>) =
        peserta.iter().map(|p| score(pembobotan, p).ok_or(p)).partition(Result::is_ok);
    let mut urutan: Vec<_> = scored.into_iter().flatten().collect();
    urutan.sort_by_key(|one| Reverse(one.skor));
    let mut above: Option<(usize, Decimal)> = None;
    for (place, one) in (1..).zip(&mut urutan) {
        one.peringkat = above.filter(|(_, skor)| *skor == one.skor).map_or(place, |(peringkat, _)| peringkat);
        above = Some((one.peringkat, one.skor));
    }
    Ok(Peringkat { urutan, tanpa_nilai: unknown.into_iter().filter_map(Result::err).collect() })
}

fn faults<T: fmt::Display>(pembobotan: &Pembobotan, peserta: &Peserta<T>) -> Vec<NilaiTidakSah> {
    let subjek = || peserta.subjek.to_string();
    let (ada, kriteria) = (peserta.nilai.len(), pembobotan.0.len());
    if ada != kriteria {
        return vec![NilaiTidakSah::Banyaknya { subjek: subjek(), ada, kriteria }];
    }
    let values = pembobotan.0.iter().zip(&peserta.nilai).filter_map(|(k, x)| Some((k, (*x)?)));
    values
        .filter(|(_, x)| !(Decimal::ZERO..=HUNDRED).contains(x))
        .map(|(k, nilai)| NilaiTidakSah::DiLuar { subjek: subjek(), kriteria: k.nama.clone(), nilai })
        .collect()
}

/// The score with its lines, still without a rank; `None` where nothing is known.
fn score<'a, T>(pembobotan: &'a Pembobotan, peserta: &'a Peserta<T>) -> Option<Berperingkat<'a, T>> {
    let lines = pembobotan.0.iter().zip(&peserta.nilai);
    let rincian: Vec<_> =
        lines.map(|(kriteria, x)| Rincian { kriteria, nilai: x.map(|x| (x, x * kriteria.bobot)) }).collect();
    let jumlah = rincian.iter().filter_map(|r| r.nilai).map(|(_, product)| product).sum::<Decimal>();
    let bobot = rincian.iter().filter(|r| r.nilai.is_some()).map(|r| r.kriteria.bobot).sum::<Decimal>();
    let kriteria = Cakupan::count(rincian.iter().map(|r| r.nilai.is_some()));
    let skor = jumlah.checked_div(bobot)?;
    Some(Berperingkat { peringkat: 0, peserta, skor, jumlah, bobot, kriteria, rincian })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rust_decimal::dec;

    fn formula(weights: &[Decimal]) -> Result<Pembobotan, Vec<PembobotanTidakSah>> {
        let names = ["Capaian", "Serapan", "Ketepatan waktu", "Nilai AKIP"];
        let kriteria =
            names.iter().zip(weights).map(|(nama, bobot)| Kriteria { nama: (*nama).to_owned(), bobot: *bobot });
        Pembobotan::new(kriteria.collect())
    }

    fn three() -> Pembobotan {
        formula(&[dec!(50), dec!(30), dec!(20)]).expect("makes 100")
    }

    fn entry(subjek: &str, nilai: [Option<Decimal>; 3]) -> Peserta<&str> {
        Peserta { subjek, nilai: nilai.to_vec() }
    }

    fn ranks<'a>(peringkat: &Peringkat<'a, &'a str>) -> Vec<(usize, &'a str)> {
        peringkat.urutan.iter().map(|p| (p.peringkat, p.peserta.subjek)).collect()
    }

    #[test]
    fn equal_scores_share_a_rank_and_the_next_one_counts_them() {
        let entries = [
            entry("d", [Some(dec!(10)), Some(dec!(10)), Some(dec!(10))]),
            // 50*80 + 30*70 + 20*60 = 7.300, as 50*70 + 30*80 + 20*70 = 7.300.
            entry("b", [Some(dec!(80)), Some(dec!(70)), Some(dec!(60))]),
            entry("c", [Some(dec!(70)), Some(dec!(80)), Some(dec!(70))]),
            entry("a", [Some(dec!(90)), Some(dec!(90)), Some(dec!(90))]),
        ];
        let formula = three();
        let found = rank(&formula, &entries).expect("valid");
        assert_eq!(ranks(&found), [(1, "a"), (2, "b"), (2, "c"), (4, "d")]);
        assert_eq!(found.urutan[1].skor, dec!(73));
    }

    #[test]
    fn every_line_of_the_computation_is_told() {
        let entries = [entry("bidang", [Some(dec!(98.5)), None, Some(dec!(40))])];
        let formula = three();
        let found = rank(&formula, &entries).expect("valid");
        let one = &found.urutan[0];
        let lines: Vec<_> = one.rincian.iter().map(|r| (r.kriteria.nama.as_str(), r.kriteria.bobot, r.nilai)).collect();
        assert_eq!(
            lines,
            [
                ("Capaian", dec!(50), Some((dec!(98.5), dec!(4925)))),
                ("Serapan", dec!(30), None),
                ("Ketepatan waktu", dec!(20), Some((dec!(40), dec!(800)))),
            ]
        );
        // 5.725 / 70, not / 100: what is missing is not zero.
        assert_eq!((one.jumlah, one.bobot, one.skor.round_dp(4)), (dec!(5725), dec!(70), dec!(81.7857)));
        assert_eq!((one.kriteria.to_string().as_str(), one.kriteria.is_complete()), ("2 dari 3", false));
    }

    #[test]
    fn zero_has_a_rank_and_nothing_has_none() {
        let zero = Some(Decimal::ZERO);
        let entries =
            [entry("nothing", [None; 3]), entry("zero", [zero; 3]), entry("zero and nothing", [zero, None, None])];
        let formula = three();
        let found = rank(&formula, &entries).expect("valid");
        assert_eq!(ranks(&found), [(1, "zero"), (1, "zero and nothing")]);
        assert_eq!(found.tanpa_nilai, [&entries[0]]);
    }

    #[test]
    fn a_formula_says_all_that_is_wrong_with_it() {
        let messages = |weights: &[Decimal]| -> Vec<String> {
            formula(weights).expect_err("wrong").iter().map(ToString::to_string).collect()
        };
        assert_eq!(
            messages(&[dec!(50), dec!(30), dec!(12.50)]),
            ["jumlah bobot 92,5, bukan 100; ubah bobot kriteria sampai jumlahnya tepat 100"]
        );
        assert_eq!(messages(&[dec!(100.01)]).len(), 1);
        assert_eq!(messages(&[]), ["jumlah bobot 0, bukan 100; ubah bobot kriteria sampai jumlahnya tepat 100"]);
        assert_eq!(
            messages(&[dec!(110), dec!(-10)]),
            ["bobot kriteria Serapan: -10 tidak lebih dari 0; isi di atas 0 atau hapus kriteria ini"]
        );
        assert_eq!(messages(&[dec!(100), dec!(0)]).len(), 1);
        let twice = Kriteria { nama: "Capaian".to_owned(), bobot: dec!(50) };
        assert_eq!(
            Pembobotan::new(vec![twice.clone(), twice]),
            Err(vec![PembobotanTidakSah::Kembar { nama: "Capaian".to_owned() }])
        );
    }

    #[test]
    fn values_that_cannot_be_ranked_are_all_named() {
        let entries = [
            entry("Bidang A", [Some(dec!(138.89)), Some(dec!(100)), Some(dec!(-1))]),
            Peserta { subjek: "Bidang B", nilai: vec![None] },
        ];
        let messages: Vec<_> = rank(&three(), &entries).expect_err("wrong").iter().map(ToString::to_string).collect();
        assert_eq!(
            messages,
            [
                "nilai Bidang A untuk Capaian: 138,89 di luar 0 sampai 100; batasi dahulu",
                "nilai Bidang A untuk Ketepatan waktu: -1 di luar 0 sampai 100; batasi dahulu",
                "nilai Bidang B: 1 nilai untuk 3 kriteria; beri satu nilai untuk tiap kriteria, kosong bila belum ada",
            ]
        );
    }

    /// Values of which some are missing and many are equal.
    fn entries() -> impl Strategy<Value = Vec<Peserta<usize>>> {
        let value = prop::option::weighted(0.8, (0_i64..=20).prop_map(|n| Decimal::from(n * 5)));
        prop::collection::vec(prop::collection::vec(value, 3), 1..15)
            .prop_map(|rows| rows.into_iter().enumerate().map(|(subjek, nilai)| Peserta { subjek, nilai }).collect())
    }

    /// Rank by subject; none for the unranked.
    fn by_subject(entries: &[Peserta<usize>]) -> Vec<Option<usize>> {
        let formula = three();
        let found = rank(&formula, entries).expect("valid");
        assert_eq!(found.urutan.len() + found.tanpa_nilai.len(), entries.len());
        let mut ranks = vec![None; entries.len()];
        for one in found.urutan {
            ranks[one.peserta.subjek] = Some(one.peringkat);
        }
        ranks
    }

    proptest! {
        #[test]
        fn the_order_of_the_entries_changes_no_rank(
            (entries, shuffled) in entries().prop_flat_map(|e| (Just(e.clone()), Just(e).prop_shuffle())),
        ) {
            prop_assert_eq!(by_subject(&entries), by_subject(&shuffled));
        }

        #[test]
        fn a_rank_is_one_more_than_the_number_of_better_ones(entries in entries()) {
            let formula = three();
            let found = rank(&formula, &entries).expect("valid");
            for one in &found.urutan {
                let better = found.urutan.iter().filter(|other| other.skor > one.skor).count();
                prop_assert_eq!(one.peringkat, better + 1);
                prop_assert!((Decimal::ZERO..=HUNDRED).contains(&one.skor));
            }
        }

        #[test]
        fn a_greater_value_never_costs_a_rank(
            mut entries in entries(), place in any::<prop::sample::Index>(), criterion in 0_usize..3, more in 0_i64..=100,
        ) {
            let who = place.index(entries.len());
            let before = by_subject(&entries);
            let value = &mut entries[who].nilai[criterion];
            *value = value.map(|x| (x + Decimal::from(more)).min(HUNDRED));
            let after = by_subject(&entries);
            prop_assert!(after[who] <= before[who], "{before:?} {after:?}");
            for other in (0..entries.len()).filter(|other| *other != who) {
                prop_assert!(after[other] >= before[other], "{before:?} {after:?}");
            }
        }

        #[test]
        fn a_formula_is_valid_exactly_where_its_weights_make_100(
            weights in prop::collection::vec(1_i64..=10_000, 1..4), off in prop_oneof![Just(0), -5_i64..=5],
        ) {
            // Hundredths; the last weight brings the sum to 100, give or take `off`.
            let rest = 10_000 + off - weights.iter().sum::<i64>();
            let weights: Vec<_> = weights.into_iter().chain([rest]).map(|w| Decimal::new(w, 2)).collect();
            prop_assert_eq!(formula(&weights).is_ok(), off == 0 && rest > 0);
        }
    }
}

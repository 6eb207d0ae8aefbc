mod results;
mod templates;

use proptest::prelude::*;
use rstest::rstest;
use rust_decimal::{Decimal, dec};

use super::templat::builtin;
use super::*;
use crate::sheet::{Baris, Masalah, template};

const RUBRIK: &str = include_str!("../contoh/rubrik.csv");
const YA_TIDAK: &str = include_str!("../contoh/ya-tidak.csv");

fn rows(file: &str) -> Vec<Baris> {
    let row = |(i, line): (u64, &str)| Baris { nomor: i, sel: line.split(';').map(str::to_owned).collect() };
    (1..).zip(file.lines()).skip(1).map(row).collect()
}

fn read(file: &str) -> Templat {
    template(&rows(file)).unwrap_or_else(|faults| panic!("{}", told(&faults)))
}

fn told(faults: &[Masalah]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn faults(file: &str) -> String {
    told(&template(&rows(file)).expect_err("faulty"))
}

fn new() -> &'static Templat {
    builtin().iter().find(|t| t.kode == "88-2021").expect("there")
}

/// A template of one subkomponen of weight 10 with yes/no questions, beside one of weight 90.
fn ten_questions() -> Templat {
    let mut text = "h\nt;judul;;;Contoh\nt;berlaku;;;2015-\nt;tingkat;;;pemda\nt;skala;;;akip-12-2015\n\
        t;komponen;;A;Contoh;10\nt;subkomponen;A;A.1;Pemenuhan;10;;rerata\nt;komponen;;B;Lain;90\n\
        t;subkomponen;B;B.1;Lain;90;;rerata\nt;kriteria;B.1;B.1.1;Lain;;;ya_tidak\n"
        .to_owned();
    for i in 1..=10 {
        text += &format!("t;kriteria;A.1;A.1.{i};Pertanyaan {i};;;ya_tidak\n");
    }
    let mut all = rows(&text);
    all.iter_mut().for_each(|b| b.sel.resize(11, String::new()));
    template(&all).unwrap_or_else(|faults| panic!("{}", told(&faults)))
}

/// Every question answered with the option at its place, counted from the best.
fn answered(templat: &Templat, place: usize) -> Vec<(String, String)> {
    let pick = |(kode, options): (&str, Vec<(&str, Decimal)>)| {
        let last = options.len().saturating_sub(1);
        options.get(place.min(last)).map(|(o, _)| (kode.to_owned(), (*o).to_owned()))
    };
    templat.all_options().into_iter().filter_map(pick).collect()
}

fn as_pilih(answers: &[(String, String)]) -> Pilih<'_> {
    answers.iter().map(|(k, o)| (k.as_str(), o.as_str())).collect()
}

#[test]
fn the_example_of_the_regulation_of_2015() {
    // Ten questions, three ya, weight 10: 3 / 10 * 10 = 3.
    let templat = ten_questions();
    let codes: Vec<String> = (1..=10).map(|i| format!("A.1.{i}")).collect();
    let mut pilih: Pilih<'_> =
        codes.iter().enumerate().map(|(i, k)| (k.as_str(), if i < 3 { "ya" } else { "tidak" })).collect();
    let skor = score(&templat, &pilih);
    assert_eq!(skor.komponen[0].nilai, Some(dec!(3)));
    assert_eq!((skor.nilai, skor.dinilai.to_string().as_str()), (None, "1 dari 2"));
    assert_eq!((skor.terkumpul, skor.bobot), (dec!(3), dec!(10)));
    // One open question leaves the part without points: not answered is not "tidak".
    pilih.remove("A.1.4");
    let skor = score(&templat, &pilih);
    assert_eq!(
        (skor.komponen[0].nilai, skor.komponen[0].subkomponen[0].dijawab.to_string().as_str()),
        (None, "9 dari 10")
    );
    assert_eq!((skor.terkumpul, skor.predikat), (Decimal::ZERO, None));
}

#[test]
fn grades_of_parts_make_the_score_of_2021() {
    let templat = new();
    let grades = ["A", "BB", "B", "BB", "B", "CC", "A", "B", "CC", "B", "CC", "C"];
    let codes: Vec<&str> = templat.parts().map(|s| s.kode.as_str()).collect();
    let pilih: Pilih<'_> = codes.iter().copied().zip(grades).collect();
    let skor = score(templat, &pilih);
    // 6*90 + 9*80 + 15*70 = 2310; 6*80 + 9*70 + 15*60 = 2010; 3*90 + 4.5*70 + 7.5*60 = 1035; 5*70 + 7.5*60 + 12.5*50 = 1425.
    let parts: Vec<_> = skor.komponen.iter().map(|k| k.nilai).collect();
    assert_eq!(parts, [Some(dec!(23.1)), Some(dec!(20.1)), Some(dec!(10.35)), Some(dec!(14.25))]);
    assert_eq!((skor.nilai, skor.predikat.map(|p| p.kode)), (Some(dec!(67.8)), Some("B")));
    // Criteria lead to a grade and do not count by themselves.
    let mut more = pilih.clone();
    more.insert("1.a.1", "tidak");
    assert_eq!(score(templat, &more).nilai, Some(dec!(67.8)));
}

#[rstest]
#[case(dec!(100), "AA")]
#[case(dec!(90.01), "AA")]
#[case(dec!(90), "A")]
#[case(dec!(80.01), "A")]
#[case(dec!(80.00), "BB")]
#[case(dec!(70.01), "BB")]
#[case(dec!(70), "B")]
#[case(dec!(60.01), "B")]
#[case(dec!(60), "CC")]
#[case(dec!(50.01), "CC")]
#[case(dec!(50), "C")]
#[case(dec!(30.01), "C")]
#[case(dec!(30), "D")]
#[case(dec!(0.01), "D")]
#[case(dec!(0), "D")]
fn every_edge_belongs_to_the_lower_grade(#[case] nilai: Decimal, #[case] kode: &str) {
    for templat in builtin() {
        assert_eq!(templat.skala.grade(nilai).kode, kode, "{}", templat.kode);
    }
}

#[test]
fn a_grade_is_that_of_the_score_as_it_is_printed() {
    // Thirds: 45 * 2/3 + 55 * ... must not fall beside 80,00 by a digit that nobody sees.
    let text = "h\nt;judul;;;Contoh\nt;berlaku;;;2015-\nt;tingkat;;;pemda\nt;skala;;;akip-12-2015\n\
        t;komponen;;A;A;60\nt;subkomponen;A;A.1;A;60;;rerata\nt;kriteria;A.1;A.1.1;A;;;ya_tidak\nt;kriteria;A.1;A.1.2;A;;;ya_tidak\n\
        t;kriteria;A.1;A.1.3;A;;;ya_tidak\nt;komponen;;B;B;40\nt;subkomponen;B;B.1;B;40;;rerata\nt;kriteria;B.1;B.1.1;B;;;ya_tidak\n";
    let mut all = rows(text);
    all.iter_mut().for_each(|b| b.sel.resize(11, String::new()));
    let templat = template(&all).expect("good");
    let pilih = Pilih::from([("A.1.1", "ya"), ("A.1.2", "ya"), ("A.1.3", "tidak"), ("B.1.1", "ya")]);
    let skor = score(&templat, &pilih);
    assert_eq!((skor.nilai, skor.predikat.map(|p| p.kode)), (Some(dec!(80)), Some("BB")));
}

#[test]
fn the_share_of_met_criteria_suggests_a_grade() {
    let templat = new();
    // 2.a has three criteria, 1.c has eight.
    let part = |kode: &str| templat.parts().find(|s| s.kode == kode).expect("there");
    let with = |kode: &str, met: usize| {
        let s = part(kode);
        let pilih: Pilih<'_> = s
            .kriteria
            .iter()
            .enumerate()
            .map(|(i, k)| (k.kode.as_str(), if i < met { "ya" } else { "tidak" }))
            .collect();
        suggest(templat, s, &pilih).gradasi.map(|g| g.kode.as_str())
    };
    let told: Vec<_> = (0..=8).map(|met| with("1.c", met).unwrap_or("-")).collect();
    // 25 %, 50 % and 75 % belong to the lower grade; all met is BB, for A and AA ask for more than criteria show.
    assert_eq!(told, ["E", "D", "D", "C", "C", "CC", "CC", "B", "BB"]);
    assert_eq!((with("2.a", 1), with("2.a", 2), with("2.a", 3)), (Some("C"), Some("CC"), Some("BB")));

    let pilih = Pilih::from([("2.a.1", "ya"), ("2.a.2", "tidak")]);
    let open = suggest(templat, part("2.a"), &pilih);
    assert_eq!((open.dijawab.to_string().as_str(), open.gradasi, open.terpenuhi), ("2 dari 3", None, None));
    let code = |g: Option<&Gradasi>| g.map(|g| g.kode.clone()).unwrap_or_default();
    assert_eq!((code(open.terendah), code(open.tertinggi)), ("C".to_owned(), "CC".to_owned()));
}

#[test]
fn a_rubric_with_a_control_rule() {
    let templat = read(RUBRIK);
    assert_eq!(templat.kontrol.len(), 1);
    let mut pilih = Pilih::from([("P.1.a", "a"), ("P.1.b", "ya"), ("U.1.a", "b"), ("U.1.b", "c")]);
    // 60 * (2*1 + 1*1) / 3 + 40 * (0,5 + 0,33) / 2 = 60 + 16,6.
    assert_eq!(score(&templat, &pilih).nilai, Some(dec!(76.6)));
    // Not decreed: the best that counts is c: 60 * (2*0,5 + 0) / 3 = 20.
    pilih.insert("P.1.b", "tidak");
    assert_eq!(score(&templat, &pilih).nilai, Some(dec!(36.6)));
    // A worse answer is not lifted by the rule.
    pilih.insert("P.1.a", "e");
    assert_eq!(score(&templat, &pilih).nilai, Some(dec!(16.6)));
}

#[test]
fn yes_and_no_with_weights_of_ones_own() {
    let templat = read(YA_TIDAK);
    let pilih = Pilih::from([
        ("1.1.1", "ya"),
        ("1.1.2", "tidak"),
        ("1.2.1", "ya"),
        ("1.2.2", "ya"),
        ("1.2.3", "tidak"),
        ("2.1.1", "ya"),
    ]);
    // 12,5 * 3/5 + 32,5 * 2/3 + 55 = 7,5 + 21,666... + 55 = 84,17.
    let skor = score(&templat, &pilih);
    assert_eq!((skor.nilai, skor.komponen[0].nilai), (Some(dec!(84.17)), Some(dec!(29.17))));
    assert!(templat.is_for(2024) && !templat.is_for(2025));
    assert_eq!(templat.question("1.2.2").is_some(), templat.criteria().any(|k| k.setara == "1.b.5"));
}

/// Answers as places among the options.
fn places(templat: &'static Templat) -> impl Strategy<Value = Vec<(&'static str, usize)>> {
    let mut codes: Vec<(&str, usize)> = templat.all_options().into_iter().map(|(k, o)| (k, o.len())).collect();
    codes.sort_unstable();
    codes.into_iter().map(|(k, n)| (Just(k), 0..n)).collect::<Vec<_>>()
}

fn pick<'a>(templat: &'a Templat, places: &[(&'a str, usize)]) -> Pilih<'a> {
    places.iter().filter_map(|(k, i)| templat.options(k).get(*i).map(|(o, _)| (*k, *o))).collect()
}

fn leaked(file: &str) -> &'static Templat {
    Box::leak(Box::new(read(file)))
}

fn monotone(templat: &'static Templat) {
    proptest!(ProptestConfig::with_cases(40), |(answers in places(templat), place in any::<prop::sample::Index>())| {
        let before = score(templat, &pick(templat, &answers)).nilai.expect("all answered");
        prop_assert!((Decimal::ZERO..=dec!(100)).contains(&before));
        let mut better = answers.clone();
        let place = place.index(answers.len());
        better[place].1 = better[place].1.saturating_sub(1);
        let after = score(templat, &pick(templat, &better)).nilai.expect("all answered");
        prop_assert!(after >= before, "{:?}: {before} to {after}", better[place]);
    });
}

#[test]
fn no_better_answer_costs_points() {
    builtin().iter().for_each(monotone);
    monotone(leaked(RUBRIK));
    monotone(leaked(YA_TIDAK));
}

#[test]
fn all_best_is_100_and_all_worst_is_0() {
    let own = [read(RUBRIK), read(YA_TIDAK)];
    for templat in builtin().iter().chain(&own) {
        let (best, worst) = (answered(templat, 0), answered(templat, 99));
        assert_eq!(score(templat, &as_pilih(&best)).nilai, Some(dec!(100)), "{}", templat.kode);
        assert_eq!(score(templat, &as_pilih(&worst)).nilai, Some(dec!(0)), "{}", templat.kode);
    }
}

#[test]
fn what_would_lift_the_grade_with_the_fewest_criteria() {
    let templat = read(YA_TIDAK);
    let mut pilih = Pilih::from([
        ("1.1.1", "ya"),
        ("1.1.2", "tidak"),
        ("1.2.1", "tidak"),
        ("1.2.2", "ya"),
        ("1.2.3", "ya"),
        ("2.1.1", "tidak"),
    ]);
    // 7,5 + 21,67 = 29,17 (D). One criterion is enough: the 55 of the achievement (84,17 A).
    let way = next_grade(&templat, &pilih).expect("scored").expect("possible");
    assert_eq!((way.kini, way.nilai, way.predikat.kode, way.criteria()), (dec!(29.17), dec!(84.17), "A", 1));
    assert_eq!(way.kenaikan[0].kriteria[0].kode, "2.1.1");
    pilih.insert("2.1.1", "ya");
    // 84,17: one more of either part: 1.2.1 brings 10,83 (95,00 AA), 1.1.2 would bring 5.
    let way = next_grade(&templat, &pilih).expect("scored").expect("possible");
    assert_eq!((way.nilai, way.predikat.kode, way.kenaikan[0].kriteria[0].kode.as_str()), (dec!(95), "AA", "1.2.1"));
    pilih.insert("1.2.1", "ya");
    pilih.insert("1.1.2", "ya");
    assert_eq!(next_grade(&templat, &pilih), Ok(None));
    pilih.remove("1.1.1");
    assert_eq!(next_grade(&templat, &pilih).map_err(|c| c.to_string()), Err("2 dari 3".to_owned()));
}

#[test]
fn criteria_lift_the_grades_of_parts() {
    let templat = new();
    let worst = answered(templat, 99);
    let mut pilih = as_pilih(&worst);
    for s in templat.parts() {
        pilih.insert(&s.kode, "B");
    }
    for k in templat.criteria() {
        pilih.insert(&k.kode, "ya");
    }
    // 70,00 is B. Two criteria of 4.c are open, so the grade of that part may rise only with both: 12,5 * 10 % = 1,25.
    pilih.insert("4.c.1", "tidak");
    pilih.insert("4.c.2", "tidak");
    pilih.insert("2.a.1", "tidak");
    let way = next_grade(templat, &pilih).expect("scored").expect("possible");
    // One criterion of 2.a makes it BB: 6 * 10 % = 0,6, and 70,60 is BB already.
    assert_eq!((way.kini, way.nilai, way.predikat.kode, way.criteria()), (dec!(70), dec!(70.6), "BB", 1));
    assert_eq!((way.kenaikan[0].kriteria[0].kode.as_str(), way.kenaikan[0].gradasi), ("2.a.1", Some("BB")));
}

fn answer(kode: &str, penilai: Penilai, pilihan: &str, alasan: &str) -> Jawaban {
    Jawaban {
        evaluasi: "e".to_owned(),
        kode: kode.to_owned(),
        penilai,
        pilihan: pilihan.to_owned(),
        alasan: alasan.to_owned(),
        bukti: String::new(),
        sumber: String::new(),
        oleh: String::new(),
    }
}

#[test]
fn a_difference_over_one_grade_needs_a_reason() {
    let templat = new();
    let answers = [
        answer("1.a", Penilai::Mandiri, "A", ""),
        answer("1.b", Penilai::Mandiri, "A", ""),
        answer("1.c", Penilai::Mandiri, "A", ""),
        answer("1.a.1", Penilai::Mandiri, "ya", ""),
        answer("1.a", Penilai::Evaluator, "BB", ""),
        answer("1.b", Penilai::Evaluator, "B", ""),
        answer("1.c", Penilai::Evaluator, "CC", "Belum dimanfaatkan"),
        answer("1.a.1", Penilai::Evaluator, "tidak", ""),
        answer("1.a", Penilai::PenjaminMutu, "CC", " "),
    ];
    let due: Vec<_> = without_reason(templat, &answers, "e").iter().map(|(p, b)| (*p, b.kode, b.langkah)).collect();
    assert_eq!(due, [(Penilai::Evaluator, "1.b", -2), (Penilai::PenjaminMutu, "1.a", -2)]);
    let counts = counted(&answers, "e");
    assert_eq!((counts.get("1.a"), counts.get("1.b")), (Some(&"CC"), Some(&"B")));
    assert_eq!(without_reason(templat, &answers, "other"), []);
}

//! Results beside each other: evaluators, offices, years.

use super::*;
use crate::sheet::testing::assembled;

#[test]
fn offices_beside_each_other_count_only_what_is_known() {
    let templat = read(YA_TIDAK);
    let best = answered(&templat, 0);
    let worst = answered(&templat, 1);
    fn row(kode: &str, skor: Option<Skor<'_>>, lalu: Option<Decimal>) -> BarisRekap {
        let skor = skor.as_ref().map(SkorRingkas::from);
        BarisRekap { kode: kode.to_owned(), nama: kode.to_owned(), skor, lalu }
    }
    let part: Pilih<'_> = as_pilih(&best).into_iter().filter(|(k, _)| *k != "2.1.1").collect();
    let rekap = recap(
        &templat,
        vec![
            row("none", None, Some(dec!(50))),
            row("worst", Some(score(&templat, &as_pilih(&worst))), Some(dec!(10))),
            row("part", Some(score(&templat, &part)), None),
            row("best", Some(score(&templat, &as_pilih(&best))), Some(dec!(66.24))),
        ],
    );
    let order: Vec<&str> = rekap.baris.iter().map(|b| b.kode.as_str()).collect();
    assert_eq!(order, ["best", "worst", "none", "part"]);
    assert_eq!((rekap.nilai.nilai, rekap.nilai.ada, rekap.nilai.dari), (Some(dec!(50)), 2, 4));
    let grades: Vec<_> = rekap.predikat.iter().filter(|(_, n)| *n > 0).map(|(p, n)| (p.kode, *n)).collect();
    assert_eq!(grades, [("AA", 1), ("D", 1)]);
    assert_eq!((rekap.komponen[0].nilai.nilai, rekap.komponen[0].nilai.ada), (Some(dec!(30)), 3));
    assert_eq!(rekap.meningkat.to_string(), "1 dari 2");
}

#[test]
fn years_are_compared_within_one_regulation() {
    let potret = assembled(&[(
        "evaluasi",
        &[
            "e19;2019;12-2015;terbit;;;;;66,26",
            "e20;2020;12-2015;terbit;;;;;66,28",
            "e21;2021;88-2021;terbit;;;;;60",
            "e22;2022;88-2021;dinilai",
        ],
    )]);
    let told: Vec<_> = trend(&potret).iter().map(|t| (t.tahun, t.predikat.map(|p| p.kode), t.selisih)).collect();
    assert_eq!(
        told,
        [(2019, Some("B"), None), (2020, Some("B"), Some(dec!(0.02))), (2021, Some("CC"), None), (2022, None, None)]
    );
}

#[test]
fn evaluators_beside_each_other() {
    let of = |evaluator, mandiri, nilai| Terpaut { evaluator, mandiri, nilai };
    let found = spread(&[
        of("Irban II", Some(dec!(80)), Some(dec!(62))),
        of("Irban I", Some(dec!(70)), Some(dec!(68))),
        of("Irban I", None, Some(dec!(61))),
        of("Irban I", Some(dec!(90)), None),
    ]);
    assert_eq!(
        (found[0].evaluator, found[0].nilai.nilai, found[0].nilai.ada, found[0].nilai.dari),
        ("Irban I", Some(dec!(64.5)), 2, 3)
    );
    assert_eq!((found[0].selisih.nilai, found[0].selisih.ada), (Some(dec!(-2)), 1));
    assert_eq!((found[1].selisih.nilai, found[1].rentang), (Some(dec!(-18)), Some((dec!(62), dec!(62)))));
}

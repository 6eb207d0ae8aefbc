//! The rules on the demo data, clean and spoiled.

use std::collections::BTreeSet;
use std::path::Path;

use tolok_domain::figure::JenisAngka;
use tolok_domain::{Angka, Decimal, InstansiId, JenisDokumen, Nilai, Periode, Potret, Rupiah, Subjek, ukur};
use tolok_ingest::package::read;
use tolok_review::aturan::rules;
use tolok_review::{Keparahan, Temuan, reviu};

fn demo() -> Potret {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/demo/serang-2021");
    read(&dir, InstansiId::new()).expect("folder").paket.expect("package").potret
}

fn findings(potret: &Potret, rule: &str) -> Vec<Temuan> {
    reviu(&ukur(potret, Periode::Tahun(2021))).into_iter().filter(|t| t.aturan.kode == rule).collect()
}

fn values(t: &Temuan) -> String {
    t.sides().map(|s| s.nilai.clone()).collect::<Vec<_>>().join(" | ")
}

#[test]
fn the_demo_has_no_mistakes() {
    let potret = demo();
    let all = reviu(&ukur(&potret, Periode::Tahun(2021)));
    assert!(all.iter().all(|t| t.keparahan != Keparahan::Kesalahan), "{all:#?}");
}

#[test]
fn targets_of_the_decree_that_differ_are_named_with_both_values() {
    let found = findings(&demo(), "TGT-01");
    let unemployment = found.iter().find(|t| t.judul.contains("Pengangguran")).expect("found");
    assert!(values(unemployment).contains("8,03") && values(unemployment).contains("9,16"), "{unemployment:?}");
}

#[test]
fn what_is_not_known_is_listed_with_its_reason() {
    let found = findings(&demo(), "REA-01");
    assert_eq!(found.len(), 3, "{found:#?}");
    assert!(found.iter().any(|t| t.a.nilai == "belum ada penilaian"));
}

#[test]
fn a_missed_target_without_reason_is_found() {
    let potret = demo();
    let before = findings(&potret, "KET-01").len();
    let mut spoiled = potret;
    for a in &mut spoiled.angka {
        if a.subjek.kode() == "2.07.03.i1" {
            a.keterangan.clear();
        }
    }
    assert_eq!(findings(&spoiled, "KET-01").len(), before + 1);
}

#[test]
fn a_lost_digit_in_spending_is_found_where_a_sum_is_recorded() {
    let mut potret = demo();
    let mut own = potret
        .angka
        .iter()
        .find(|a| a.subjek.kode() == "3.32.04.2.01.01" && a.jenis == JenisAngka::RealisasiAnggaran)
        .expect("spending")
        .clone();
    own.subjek = tolok_domain::Subjek::Simpul("3.32.04".to_owned());
    own.nilai = Nilai::Uang(Rupiah::from_rupiah(13_958_500).expect("fits"));
    potret.angka.push(own);
    let found = findings(&potret, "UANG-01");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(values(&found[0]).contains("13.958.500") && values(&found[0]).contains("139.585.000"));
    assert_eq!(found[0].selisih, Some(tolok_domain::Decimal::from(13_958_500 - 139_585_000)));
}

#[test]
fn spending_above_the_ceiling_is_found() {
    let mut potret = demo();
    for a in &mut potret.angka {
        if a.subjek.kode() == "2.07.01.2.02.01"
            && a.jenis == JenisAngka::RealisasiAnggaran
            && a.periode == Periode::Tahun(2021)
        {
            a.nilai = Nilai::Uang(Rupiah::from_rupiah(4_309_200_577).expect("fits"));
        }
    }
    let found = findings(&potret, "UANG-02");
    assert!(found.iter().any(|t| t.judul.contains("2.07.01.2.02.01")), "{found:#?}");
}

const YEAR: Periode = Periode::Tahun(2021);

fn figures<'p>(potret: &'p mut Potret, kode: &'p str) -> impl Iterator<Item = &'p mut Angka> {
    potret.angka.iter_mut().filter(move |a| a.subjek.kode() == kode && a.periode == YEAR)
}

/// Sets the realisation of an indicator whose target is known and that is entered as such.
fn realise(potret: &mut Potret, kode: &str, value: &str) {
    let value: Decimal = value.parse().expect("number");
    let mut hit = false;
    for a in figures(potret, kode).filter(|a| a.jenis == JenisAngka::Realisasi) {
        a.nilai = match a.nilai {
            Nilai::Persen(_) => Nilai::Persen(value),
            _ => Nilai::Bilangan(value),
        };
        hit = true;
    }
    assert!(hit, "{kode} has no realisation to change");
}

fn spend(potret: &mut Potret, kode: &str, rupiah: i64) {
    for a in figures(potret, kode).filter(|a| a.jenis == JenisAngka::RealisasiAnggaran) {
        a.nilai = Nilai::Uang(Rupiah::from_rupiah(rupiah).expect("fits"));
    }
}

/// Indicators of a high direction whose realisation is entered as one number for the year.
fn entered(potret: &Potret) -> Vec<String> {
    let direct = |kode: &str| {
        let of = || potret.angka.iter().filter(|a| a.subjek.kode() == kode && a.periode.tahun() == 2021);
        of().any(|a| a.jenis == JenisAngka::Realisasi && a.periode == YEAR && a.nilai.number().is_some())
            && !of().any(|a| matches!(a.jenis, JenisAngka::Variabel { .. }))
    };
    let high = potret.indikator.iter().filter(|i| i.arah == tolok_domain::Arah::Maksimal);
    high.map(|i| i.kode.clone()).filter(|k| direct(k)).collect()
}

/// A rule, and what spoils the data for it.
type Cacat = (&'static str, Box<dyn Fn(&mut Potret)>);

/// A fault in the data for each rule that works on them.
fn faults() -> Vec<Cacat> {
    let first = |p: &Potret| entered(p)[0].clone();
    vec![
        (
            "UANG-01",
            Box::new(|p| {
                let one = p.angka.iter().find(|a| a.jenis == JenisAngka::RealisasiAnggaran && a.periode == YEAR);
                let mut own = one.expect("spending").clone();
                own.subjek = Subjek::Simpul("3.32.04".to_owned());
                own.nilai = Nilai::Uang(Rupiah::from_rupiah(13_958_500).expect("fits"));
                p.angka.push(own);
            }),
        ),
        ("UANG-02", Box::new(|p| spend(p, "2.07.01.2.02.01", 9_309_200_577))),
        (
            "UANG-03",
            Box::new(|p| {
                p.angka
                    .retain(|a| !(a.subjek.kode() == "3.32.04.2.01.01" && matches!(a.jenis, JenisAngka::Pagu { .. })));
            }),
        ),
        (
            "UANG-04",
            Box::new(|p| {
                let below = |kode: &str| kode.starts_with("3.32.04");
                p.indikator.retain(|i| !below(&i.simpul));
                p.angka.retain(|a| !(matches!(a.subjek, Subjek::Indikator(_)) && below(a.subjek.kode())));
            }),
        ),
        (
            "UANG-05",
            Box::new(|p| {
                for kode in ["3.32.04.i1", "2.07.03.i1", "2.07.04.i1", "2.07.05.i1"] {
                    if entered(p).iter().any(|k| k == kode) {
                        realise(p, kode, "1");
                    }
                }
            }),
        ),
        (
            "UANG-06",
            Box::new(|p| {
                let shifted = JenisAngka::Pagu { dokumen: "dpa-p".to_owned() };
                let one = p.angka.iter_mut().find(|a| a.jenis == shifted && a.periode == YEAR).expect("ceiling");
                one.nilai = Nilai::Uang(Rupiah::default());
            }),
        ),
        (
            "TGT-01",
            Box::new(|p| {
                let decree = p.dokumen.iter().find(|d| d.jenis == JenisDokumen::Iku).expect("decree").kode.clone();
                for a in p.angka.iter_mut().filter(|a| a.jenis == JenisAngka::Target { dokumen: decree.clone() }) {
                    a.nilai = Nilai::Persen(Decimal::from(12));
                }
            }),
        ),
        (
            "TGT-02",
            Box::new(move |p| {
                let kode = first(p);
                p.angka.retain(|a| !(a.subjek.kode() == kode && matches!(a.jenis, JenisAngka::Target { .. })));
            }),
        ),
        (
            "TGT-03",
            Box::new(|p| {
                let percent = p
                    .indikator
                    .iter()
                    .find(|i| entered(p).contains(&i.kode) && i.tipe == tolok_domain::TipeNilai::Persen);
                let kode = percent.expect("a share").kode.clone();
                let now = p
                    .angka
                    .iter()
                    .find(|a| a.subjek.kode() == kode && a.jenis == JenisAngka::Realisasi && a.periode == YEAR);
                let mut last = now.expect("realisation").clone();
                p.angka.retain(|a| !(a.subjek.kode() == kode && a.periode.tahun() == 2020));
                last.periode = Periode::Tahun(2020);
                last.nilai = Nilai::Persen(Decimal::from(900));
                p.angka.push(last);
            }),
        ),
        (
            "KET-01",
            Box::new(|p| {
                figures(p, "2.07.03.i1").for_each(|a| a.keterangan.clear());
            }),
        ),
        (
            "REA-01",
            Box::new(move |p| {
                let kode = first(p);
                p.angka.retain(|a| {
                    !(a.subjek.kode() == kode && a.jenis == JenisAngka::Realisasi && a.periode.tahun() == 2021)
                });
            }),
        ),
        (
            "REA-02",
            Box::new(move |p| {
                let kode = first(p);
                realise(p, &kode, "99999");
            }),
        ),
        (
            "REA-03",
            Box::new(move |p| {
                let kode = first(p);
                realise(p, &kode, "-5");
            }),
        ),
        (
            "REA-04",
            Box::new(|p| {
                let keep: BTreeSet<String> = entered(p).into_iter().collect();
                p.indikator.retain(|i| keep.contains(&i.kode));
                let copy = p.clone();
                let hasil = ukur(&copy, YEAR);
                for kode in keep {
                    let target = hasil.indicator(&kode).and_then(|u| u.target.as_ref()).and_then(|t| t.nilai.number());
                    match target {
                        Some(t) => realise(p, &kode, &t.to_string()),
                        None => p.indikator.retain(|i| i.kode != kode),
                    }
                }
            }),
        ),
        (
            "DOK-01",
            Box::new(|p| {
                let mut decree = p.dokumen.iter().find(|d| d.jenis == JenisDokumen::Iku).expect("decree").clone();
                decree.kode = "iku-lain".into();
                decree.nomor.clear();
                p.dokumen.push(decree);
            }),
        ),
        (
            "DOK-02",
            Box::new(|p| {
                let pk: Vec<String> = p
                    .dokumen
                    .iter()
                    .filter(|d| d.jenis == JenisDokumen::PerjanjianKinerja)
                    .map(|d| d.kode.clone())
                    .collect();
                p.angka.retain(|a| !matches!(&a.jenis, JenisAngka::Target { dokumen } if pk.contains(dokumen)));
            }),
        ),
    ]
}

#[test]
fn every_rule_on_data_finds_its_fault() {
    let clean = demo();
    let list = faults();
    let tested: BTreeSet<&str> = list.iter().map(|(kode, _)| *kode).collect();
    let known: BTreeSet<&str> = rules().iter().filter(|a| a.is_live()).map(|a| a.kode.as_str()).collect();
    assert_eq!(tested, known, "each rule on data has a fault here");
    let mut wrong = Vec::new();
    for (kode, spoil) in &list {
        let mut spoiled = clean.clone();
        spoil(&mut spoiled);
        let (before, after) = (findings(&clean, kode), findings(&spoiled, kode));
        if after.iter().filter(|t| before.iter().all(|b| b.a != t.a || b.b != t.b)).count() == 0 {
            wrong.push(format!("{kode}: {} sebelum, {} sesudah", before.len(), after.len()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

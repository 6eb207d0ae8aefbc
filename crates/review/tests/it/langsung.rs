//! The rules on the demo data, clean and spoiled.

use std::path::Path;

use tolok_domain::figure::JenisAngka;
use tolok_domain::{InstansiId, Nilai, Periode, Potret, Rupiah, ukur};
use tolok_ingest::package::read;
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

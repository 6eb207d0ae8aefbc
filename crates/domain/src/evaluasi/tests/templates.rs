//! Templates: faults with their lines, rows that come back.

use super::*;
use crate::evaluasi::templat::Syarat;
use crate::sheet::testing::{again, assembled};

#[test]
fn a_faulty_template_is_refused_with_its_lines() {
    let weights = faults(&YA_TIDAK.replace("kab-yt;komponen;;2;Capaian;55", "kab-yt;komponen;;2;Capaian;54"));
    assert!(
        weights.contains(
            "templat_lke.csv baris 14 kolom bobot: bobot komponen berjumlah 99, seharusnya 100 (baris 6 dan 14); ubah bobotnya"
        ),
        "{weights}"
    );
    assert!(weights.contains("bobot subkomponen dari komponen 2 berjumlah 55, seharusnya 54 (baris 15)"), "{weights}");
    let twice = faults(&RUBRIK.replace("kriteria;U.1;U.1.b;", "kriteria;U.1;U.1.a;"));
    assert!(twice.contains("templat_lke.csv baris 19 kolom kode: kriteria U.1.a dua kali, baris 18 dan 19"), "{twice}");
    for (from, to, fault) in [
        (
            "kriteria;1.2;1.2.3",
            "kriteria;1.9;1.2.3",
            "baris 13 kolom induk: kriteria 1.2.3: subkomponen \"1.9\" tidak ada",
        ),
        ("kab-yt;tingkat;;;pemda ", "kab-yt;tingkat;;;desa ", "baris 4 kolom uraian: tingkat \"desa\" tidak dikenal"),
        ("kab-yt;skala;;;akip-88-2021;;;;;;\n", "", "baris skala tidak ada"),
        ("2021-2024", "2024-2021", "\"2024-2021\" bukan masa berlaku"),
        (
            "Renja ada;2;;ya_tidak",
            "Renja ada;2;;ya",
            "kolom jawaban: \"ya\" tidak dikenal; pilih salah satu: ya_tidak, a_c",
        ),
        ("Renja ada;2;", "Renja ada;-2;", "bobot -2 di luar 0 sampai 100"),
        ("kab-yt;kriteria;2.1;2.1.1", "kab-lain;kriteria;2.1;2.1.1", "berkas memuat 2 templat (kab-lain, kab-yt)"),
        (
            "subkomponen;2;2.1;Target;55;;rerata",
            "subkomponen;2;2.1;Target;55;;gradasi",
            "tidak ada gradasi untuk dimensi",
        ),
    ] {
        let found = faults(&YA_TIDAK.replace(from, to));
        assert!(found.contains(fault), "{fault}: {found}");
    }
    for (from, to, fault) in [
        ("b;Lebih dari 90%;0,75", "b;Lebih dari 90%;1,75", "baris 11 kolom bobot: nilai 1,75 di luar 0 sampai 1"),
        ("b;Lebih dari 90%;0,75", "b;Lebih dari 90%;0,4", "pilihan c tidak lebih rendah daripada b"),
        (";;c;P.1.b=tidak", ";;c;P.1.b", "baris 20 kolom syarat: \"P.1.b\" bukan syarat kontrol"),
        (";;c;P.1.b=tidak", ";;c;P.1.b=e", "kontrol P.1.a: \"e\" bukan pilihan jawaban P.1.b"),
        (";;c;P.1.b=tidak", ";;c;P.9=e", "kontrol P.1.a: \"P.9\" bukan kriteria atau subkomponen bergradasi"),
        ("pilihan;P.1.a;e;", "pilihan;P.1.x;e;", "pilihan P.1.x/e: kriteria \"P.1.x\" tidak ada"),
    ] {
        let found = faults(&RUBRIK.replace(from, to));
        assert!(found.contains(fault), "{fault}: {found}");
    }
}

#[test]
fn own_templates_and_answers_travel_as_rows() {
    let lines: Vec<&str> = RUBRIK.lines().skip(1).collect();
    let potret = assembled(&[
        ("templat_lke", &lines),
        ("evaluasi", &["e;2022;kota-rubrik;dinilai;Inspektorat", "b;2021;88-2021;terbit;;;;;80"]),
        (
            "jawaban_lke",
            &["e;P.1.a;mandiri;b;;Renstra hlm. 12", "e;P.1.a;evaluator;e;Tidak terukur", "b;1.a;evaluator;BB"],
        ),
    ]);
    assert_eq!(potret.templat, [read(RUBRIK)]);
    assert_eq!(again(&potret), (potret, Vec::new()));
}

#[test]
fn every_grade_of_a_part_is_reached_by_some_share_or_by_the_evaluator() {
    for templat in builtin() {
        for s in templat.parts() {
            let grades = templat.grades_of(s);
            let falls = grades.windows(2).all(|pair| pair[0].nilai > pair[1].nilai);
            assert!(falls, "{}", s.kode);
            assert!(
                grades.iter().filter(|g| g.syarat == Syarat::Penilai).all(|g| ["AA", "A"].contains(&g.kode.as_str()))
            );
        }
    }
}

#[test]
fn what_is_not_the_wording_of_the_regulation_says_so() {
    let old = builtin().iter().find(|t| t.kode == "12-2015").expect("there");
    for part in old.parts() {
        let sources = part.sources();
        assert_eq!(sources.len(), 1, "{}", part.kode);
        assert!(sources[0].contains("belum dicocokkan dengan lampiran PermenPANRB 12/2015"), "{}", sources[0]);
    }
    let new = new().parts().flat_map(Subkomponen::sources).collect::<Vec<_>>();
    assert!(new.iter().all(|s| s.starts_with("PermenPANRB 88/2021, bunyinya menurut beberapa LKE")), "{new:?}");
}

use super::testing::{OFFICE, again, assembled, sheet_of};
use super::*;
use crate::document::Dokumen;
use crate::indicator::Indikator;
use crate::plan::{Simpul, Unit};
use crate::value::Nilai;

const PLAN: (&str, &[&str]) = (
    "rencana",
    &[
        "T1;;tujuan;Tujuan",
        "S1;T1;sasaran;Sasaran",
        "2.07.03;S1;program;Program",
        "2.07.03.2.01;2.07.03;kegiatan;Kegiatan",
        "2.07.03.2.01.01;2.07.03.2.01;sub_kegiatan;Sub",
    ],
);
const INDICATOR: (&str, &[&str]) =
    ("indikator", &["i1;S1;Angkatan kerja berdaya;%;persen;maksimal;terakhir;a / b * 100 %"]);
const DOCUMENT: (&str, &[&str]) = ("dokumen", &["pk;pk;0;PK 2021"]);

fn problems(rows: &[(&'static str, &[&str])]) -> Vec<String> {
    let mut isian = sheet_of(&[OFFICE, PLAN, INDICATOR, DOCUMENT]);
    isian.extend(sheet_of(rows));
    let found = assemble(InstansiId::new(), 2021, &isian, Vec::new()).1;
    summarize(found).iter().map(ToString::to_string).collect()
}

#[test]
fn good_rows_make_a_snapshot_and_come_back_as_they_were() {
    let mut isian = sheet_of(&[OFFICE, PLAN, INDICATOR, DOCUMENT]);
    isian.extend(sheet_of(&[
        ("target", &["i1;pk;2021;90,70;;sumber"]),
        ("realisasi", &["i1;2021;a;28;;;diverifikasi", "i1;2021;b;35;;;draf", "i1;2020;;;belum ada penilaian"]),
        ("pagu", &["2.07.03.2.01.01;pk;2021;586995500"]),
    ]));
    let (potret, masalah) = assemble(InstansiId::new(), 2021, &isian, Vec::new());
    assert_eq!(masalah, []);
    let potret = potret.expect("readable");
    assert_eq!(potret.angka.len(), 5);
    assert!(potret.angka.iter().any(|a| a.nilai == Nilai::BelumAda { alasan: "belum ada penilaian".to_owned() }));
    for (lembar, rows) in rows(&potret) {
        let before: Vec<_> = isian.get(lembar.nama).into_iter().flatten().map(|b| b.sel.clone()).collect();
        if lembar.nama == "instansi" || lembar.nama == "indikator" || lembar.nama == "realisasi" {
            // Defaults are written out.
            assert_eq!(rows.len(), before.len(), "{}", lembar.nama);
        } else {
            assert_eq!(rows, before, "{}", lembar.nama);
        }
    }
}

#[test]
fn every_kind_of_fault_has_its_own_message() {
    assert_eq!(
        problems(&[("target", &["i1;pk;2021;71,366,000", "i9;pk;2021;5", "i1;pk;2022;banyak", "i1;px;2021;5"])]).len(),
        4
    );
    let one = |rows: &[(&'static str, &[&str])]| {
        let found = problems(rows);
        assert_eq!(found.len(), 1, "{found:#?}");
        found.into_iter().next().unwrap_or_default()
    };
    let english = one(&[("target", &["i1;pk;2021;71,366,000"])]);
    assert!(english.starts_with("target.csv baris 2 kolom nilai: ") && english.contains("71.366.000"), "{english}");
    let text = one(&[("target", &["i1;pk;2021;banyak"])]);
    assert!(text.contains("banyak"), "{text}");
    let twice = one(&[("dokumen", &["pk;pk;0;PK", "pk;pk;1;PK perubahan"])]);
    assert!(twice.contains("sudah ada di baris 2"), "{twice}");
    let orphan = one(&[("rencana", &["T1;;tujuan;T", "S1;T1;sasaran;S", "2.07.03;S9;program;P"])]);
    assert!(orphan.contains("induk \"S9\" tidak ada"), "{orphan}");
    let empty = one(&[("realisasi", &["i1;2021;;"])]);
    assert!(empty.contains("tanpa alasan"), "{empty}");
    let variable = one(&[("realisasi", &["i1;2021;c;5"])]);
    assert!(variable.contains("a / b * 100 %"), "{variable}");
}

#[test]
fn what_follows_from_one_fault_is_counted_and_not_told() {
    let found = problems(&[
        ("rencana", &["T1;;tujuan;T", "S1;T9;sasaran;S", "2.07.03;S1;program;P", "2.07.03.2.01;2.07.03;kegiatan;K"]),
        ("target", &["i1;pk;2021;5"]),
        ("pagu", &["2.07.03;pk;2021;5"]),
    ]);
    assert!(found[0].starts_with("rencana.csv baris 3 kolom induk: induk \"T9\" tidak ada"), "{found:#?}");
    assert_eq!(
        found[1..],
        [
            "indikator.csv: 1 baris ikut salah karena merujuk baris yang salah di atas",
            "pagu.csv: 1 baris ikut salah karena merujuk baris yang salah di atas",
            "rencana.csv: 2 baris ikut salah karena merujuk baris yang salah di atas",
            "target.csv: 1 baris ikut salah karena merujuk baris yang salah di atas",
        ]
    );
}

#[test]
fn what_is_kept_of_a_faulty_package_is_sound() {
    let mut isian = sheet_of(&[OFFICE, PLAN, INDICATOR]);
    isian.extend(sheet_of(&[
        ("dokumen", &["pk;pk;0;PK", "pk;pk;1;PK lagi"]),
        ("target", &["i1;pk;2021;5", "i1;pk;2021;6"]),
        ("rekomendasi", &["R1;;Terbitkan;;;TIDAK-ADA"]),
    ]));
    let (potret, masalah) = assemble(InstansiId::new(), 2021, &isian, Vec::new());
    assert_eq!(masalah.len(), 3, "{masalah:#?}");
    let potret = potret.expect("readable");
    assert_eq!(again(&potret).1, []);
}

#[test]
fn a_bad_row_takes_only_its_dependants_along() {
    let mut isian = sheet_of(&[OFFICE, INDICATOR, DOCUMENT]);
    isian.extend(sheet_of(&[("rencana", &["T1;;tujuan;T", "S1;T1;sasaran;S", "S2;T9;sasaran;S", "x;S1;program;P"])]));
    let (potret, masalah) = assemble(InstansiId::new(), 2021, &isian, Vec::new());
    assert_eq!(masalah.len(), 2, "{masalah:#?}");
    let potret = potret.expect("readable");
    let kept: Vec<&str> = potret.simpul.iter().map(|s| s.kode.as_str()).collect();
    assert_eq!(kept, ["T1", "S1"]);
    assert_eq!(potret.indikator.len(), 1);
}

/// One good row for each sheet of the year's work.
const YEAR: [(&str, &[&str]); 13] = [
    ("unit", &["KD;;kepala;Dinas;Kepala Dinas"]),
    ("pejabat", &["KD;2021-01-01;2021-06-30;;;Pembina, IV/a;definitif", "KD;2021-07-01;;;;;plt"]),
    ("perjanjian", &["pk-kd;pk;KD;2021-01-29;perubahan_strategi;2021-02-01;pindaian;"]),
    ("isi_perjanjian", &["pk-kd;indikator;i1", "pk-kd;simpul;2.07.03"]),
    ("langkah", &["l1;i1;Menyusun kurikulum;2.07.03.2.01.01;2021-B03;2 dokumen;15000000;KD"]),
    ("kendala", &["i1;2021-TW1;Instruktur kurang;Mutasi;Minta tambahan;Dua instruktur baru"]),
    ("komentar", &["k1;i1;2021-TW1;Bagian Organisasi;1643677200000000;Mohon lampirkan daftar hadir"]),
    ("jadwal", &["sub_kegiatan;3", "kegiatan;4", "program;5", "sasaran;6", "verifikasi;10", "penguncian;15"]),
    ("libur", &["2021-05-13;Idulfitri 1442 H"]),
    ("penguncian", &["2021-TW1;2021-04-30;Bagian Organisasi"]),
    ("pembukaan", &["b1;2021-TW1;i1;2021-05-07;Data BPS terbit terlambat;Bagian Organisasi"]),
    ("terbitan", &["lkjip-1;lkjip;700/1;2022-02-01;Sekretariat;41;a1;b2;c3;0;2;3;1"]),
    ("putusan_temuan", &["TGT-01;indikator i1;9 | 8;Target berbeda;Sesuai surat Bappeda;Inspektorat;1643677200000000"]),
];

#[test]
fn the_years_work_comes_back_as_it_was() {
    let mut isian = sheet_of(&[OFFICE, PLAN, INDICATOR, DOCUMENT]);
    isian.extend(sheet_of(&YEAR));
    let (potret, masalah) = assemble(InstansiId::new(), 2021, &isian, Vec::new());
    assert_eq!(masalah, []);
    let potret = potret.expect("readable");
    for (lembar, rows) in rows(&potret) {
        if YEAR.iter().any(|(nama, _)| *nama == lembar.nama) {
            let before: Vec<_> = isian.get(lembar.nama).into_iter().flatten().map(|b| b.sel.clone()).collect();
            assert_eq!(rows, before, "{}", lembar.nama);
        }
    }
    assert_eq!(potret.head_of("KD", "2021-06-30").map(|p| p.status.prefix()), Some(""));
    assert_eq!(potret.head_of("KD", "2021-07-01").map(|p| p.status.prefix()), Some("Plt. "));
    assert!(potret.head_of("KD", "2020-12-31").is_none());
}

#[test]
fn faults_in_the_years_work_are_named() {
    let with = |rows: &[(&'static str, &[&str])]| {
        let mut all: Vec<(&str, &[&str])> = YEAR.to_vec();
        for (nama, lines) in rows {
            all.retain(|(known, _)| known != nama);
            all.push((nama, lines));
        }
        problems(&all).join("\n")
    };
    assert_eq!(with(&[]), "");
    for (row, fault) in [
        (("pejabat", &["KD;2021-07-01;2021-06-30"] as &[&str]), "pejabat.csv baris 2 kolom sampai"),
        (("pejabat", &["XX;2021-07-01"]), "\"XX\" tidak ada; tambahkan di unit.csv"),
        (("perjanjian", &["pk-kd;tidak-ada;KD"]), "tambahkan di dokumen.csv"),
        (("perjanjian", &["pk-kd;pk;KD;;karena_ingin"]), "pilih salah satu: , pergantian_pejabat"),
        (("isi_perjanjian", &["pk-kd;indikator;2.07.03"]), "tambahkan di indikator.csv"),
        (("langkah", &["l1;i1;Menyusun;9.99;2021-B03"]), "tambahkan di rencana.csv"),
        (("langkah", &["l1;i1;Menyusun;;kemarin"]), "bukan periode"),
        (("kendala", &["i9;2021-TW1"]), "tambahkan di indikator.csv"),
        (("jadwal", &["sub_kegiatan;9"]), "mendahului batas waktu"),
        (("libur", &["13 Mei 2021"]), "bukan tanggal"),
        (("pembukaan", &["b1;2021-TW1;i1;2021-05-07;;Bagian Organisasi"]), "kolom alasan: kosong"),
    ] {
        let found = with(&[row]);
        assert!(found.contains(fault), "{row:?}: {found}");
    }
}

const TREE: (&str, &[&str]) = (
    "pohon",
    &[
        "o1;;outcome_akhir;Angkatan kerja berdaya;i1;S1",
        "f1;o1;faktor_kunci;Pelatihan bermutu;;2.07.03",
        "a1;f1;kondisi_antara;Instruktur cukup",
        "a2;a1;kondisi_antara;Instruktur terlatih;i1",
        "p1;a2;kondisi_operasional;Pelatihan terlaksana;;2.07.03.2.01.01",
    ],
);

#[test]
fn a_tree_and_its_links_come_back_as_they_were() {
    let links: (&str, &[&str]) = (
        "silang",
        &[
            "x1;keluar;f1;dinas-pendidikan;Lulusan siap kerja;Data lulusan;diterima;",
            "x2;masuk;;dinas-sosial;Penyandang disabilitas bekerja;Kuota pelatihan;diusulkan;",
            "x3;masuk;;dinas-sosial;;;ditolak;bukan tugas dinas",
            "x4;masuk;f1;dinas-sosial;;Kuota pelatihan;diusulkan;;ya",
            "x5;keluar;;dinas-sosial;Penyandang disabilitas bekerja;Data;diusulkan;;ya",
        ],
    );
    let potret = assembled(&[PLAN, INDICATOR, DOCUMENT, TREE, links]);
    assert_eq!((potret.pohon.len(), potret.silang.len()), (5, 5));
    assert_eq!(potret.conditions_under(Some("a1")).map(|k| k.kode.as_str()).collect::<Vec<_>>(), ["a2"]);
    assert_eq!(potret.links_of("f1").count(), 2);
    assert_eq!(again(&potret), (potret, Vec::new()));
}

#[test]
fn faults_of_a_tree_are_named() {
    let tree = |lines: &'static [&'static str]| problems(&[("pohon", lines)]);
    let one = |lines: &'static [&'static str]| {
        let found = tree(lines);
        assert_eq!(found.len(), 1, "{found:#?}");
        found.into_iter().next().unwrap_or_default()
    };
    let level = one(&["a1;;kondisi_antara;A", "f1;a1;faktor_kunci;F"]);
    assert_eq!(
        level,
        "pohon.csv baris 3 kolom induk: Faktor kunci tidak dapat berada di bawah kondisi antara; \
         betulkan tingkat atau induknya"
    );
    assert!(one(&["o1;;tujuan;O"]).contains("pilih salah satu: outcome_akhir, faktor_kunci"));
    assert!(one(&["o1;;outcome_akhir;O;i9"]).contains("kolom indikator: \"i9\" tidak ada; tambahkan di indikator.csv"));
    assert!(one(&["o1;;outcome_akhir;O;i1 i1"]).contains("kolom indikator: \"i1\" disebut dua kali"));
    assert!(one(&["o1;;outcome_akhir;O;;S9"]).contains("kolom simpul: \"S9\" tidak ada; tambahkan di rencana.csv"));
    assert!(one(&["o1;;outcome_akhir;O;;;U9"]).contains("kolom unit: \"U9\" tidak ada; tambahkan di unit.csv"));
    assert!(one(&["o1;o9;outcome_akhir;O"]).contains("induk \"o9\" tidak ada; tambahkan di pohon.csv"));
    assert!(one(&["o1;o1;outcome_akhir;O"]).contains("belum ada di baris sebelumnya"));
    let circle = tree(&["a1;a2;kondisi_antara;A", "a2;a1;kondisi_antara;B"]);
    assert!(circle[0].contains("induk \"a2\" belum ada di baris sebelumnya"), "{circle:#?}");
    assert_eq!(circle[1], "pohon.csv: 1 baris ikut salah karena merujuk baris yang salah di atas");
    let link = |lines: &'static [&'static str]| problems(&[TREE, ("silang", lines)]);
    assert!(link(&["x1;keluar;f9;dinas-lain"])[0].contains("kolom kondisi: \"f9\" tidak ada; tambahkan di pohon.csv"));
    assert!(link(&["x1;keluar;;dinas-lain"])[0].contains("permintaan keluar tanpa kondisi sendiri"));
    assert!(link(&["x1;masuk;;dinas-lain;;;ditolak"])[0].contains("kolom alasan: permintaan ditolak tanpa alasan"));
    assert!(link(&["x1;masuk;;dinas-lain;;;;;ya"])[0].contains("penawaran tanpa kondisi sendiri"));
    assert!(link(&["x1;samping;f1;dinas-lain"])[0].contains("pilih salah satu: keluar, masuk"));
}

#[test]
fn what_is_kept_of_a_faulty_tree_is_sound() {
    let mut isian = sheet_of(&[OFFICE, PLAN, INDICATOR]);
    isian.extend(sheet_of(&[
        ("pohon", &["o1;;outcome_akhir;O;i1 i9;S9;U9", "f1;o9;faktor_kunci;F", "a1;f1;kondisi_antara;A"]),
        ("silang", &["x1;keluar;a1;dinas-lain", "x2;masuk;o1;dinas-lain"]),
    ]));
    let (potret, masalah) = assemble(InstansiId::new(), 2021, &isian, Vec::new());
    assert_eq!(masalah.len(), 6, "{masalah:#?}");
    let potret = potret.expect("readable");
    assert_eq!((potret.pohon.len(), potret.silang.len()), (1, 1));
    assert_eq!(potret.pohon[0].indikator, ["i1"]);
    assert_eq!(again(&potret), (potret, Vec::new()));
}

#[test]
fn a_retired_indicator_names_its_last_year_and_its_successor() {
    let with = |end: &str| {
        let old = format!("i1;S1;Lama;%;persen;maksimal;terakhir;;;;;;;;;;;;;;;;;{end}");
        problems(&[("indikator", &[&old, "i2;S1;Baru;%;persen;maksimal;terakhir"])]).join("\n")
    };
    assert_eq!(with("2021;i2"), "");
    assert_eq!(with("2021;"), "");
    assert!(with("2021;i9").contains("\"i9\" tidak ada"), "{}", with("2021;i9"));
    assert!(with(";i2").contains("belum berakhir"), "{}", with(";i2"));
    assert!(with("21;").contains("bukan tahun yang wajar"), "{}", with("21;"));
}

#[test]
fn a_record_reads_back_from_its_cells() {
    let isian = sheet_of(&[OFFICE, PLAN, INDICATOR, DOCUMENT, YEAR[0]]);
    let potret = assemble(InstansiId::new(), 2021, &isian, Vec::new()).0.expect("readable");
    for unit in &potret.unit {
        assert_eq!(Unit::parse(&unit.cells()).as_ref(), Ok(unit));
    }
    for simpul in &potret.simpul {
        assert_eq!(Simpul::parse(&simpul.cells()).as_ref(), Ok(simpul));
    }
    for dokumen in &potret.dokumen {
        assert_eq!(Dokumen::parse(&dokumen.cells()).as_ref(), Ok(dokumen));
    }
    let Some(indikator) = potret.indikator.first() else { panic!("there is one") };
    let mut cells = indikator.cells();
    assert_eq!(Indikator::parse(&cells).as_ref(), Ok(indikator));
    let columns = Lembar::find("indikator").expect("sheet");
    for (kolom, text) in [("nama", ""), ("rumus", "a /"), ("batas", "banyak")] {
        cells[columns.position(kolom).expect("column")] = text.to_owned();
    }
    let wrong: Vec<String> = Indikator::parse(&cells).expect_err("three faults").into_iter().map(|m| m.kolom).collect();
    assert_eq!(wrong, ["nama", "rumus", "batas"]);
}

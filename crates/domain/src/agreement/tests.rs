use jiff::civil::date;
use rstest::rstest;

use super::*;
use crate::figure::{JenisAngka, Subjek};
use crate::id::InstansiId;
use crate::measure::Rencana;
use crate::period::Periode;
use crate::sheet::{Baris, Isian, Lembar, assemble};

/// An office: a head, a secretariat without sections, a division with two sections, functional officials beside them.
const OFFICE: [(&str, &[&str]); 7] = [
    (
        "instansi",
        &["dinas;Dinas Tenaga Kerja;;Kota Serang;Walikota Serang;;;Serang;Kepala Dinas Kota Serang;2019;2023;"],
    ),
    (
        "unit",
        &[
            "KD;;kepala;Dinas;Kepala Dinas",
            "SEK;KD;sekretariat;Sekretariat;Sekretaris",
            "B1;KD;bidang;Bidang Pelatihan;Kepala Bidang Pelatihan",
            "B1.a;B1;seksi;Seksi Kelembagaan;Kepala Seksi Kelembagaan",
            "B1.b;B1;Sub Bidang;Sub Bidang Produktivitas;",
            "JF;KD;jabatan fungsional;Pengantar Kerja;",
        ],
    ),
    (
        "dokumen",
        &[
            "pk;pk;0;PK",
            "dpa;dpa;0;DPA;;2021-01-04",
            "dpa-p;dpa;1;DPA Perubahan;;2021-10-01",
            "dpa-lama;dpa;0;DPA 2020;;2020-01-02",
        ],
    ),
    (
        "rencana",
        &[
            "T1;;tujuan;Tujuan;KD",
            "S1;T1;sasaran;Sasaran;KD",
            "2.07.03;S1;program;PROGRAM PELATIHAN;B1",
            "2.07.03.2.01;2.07.03;kegiatan;Pelatihan;",
            "2.07.03.2.01.01;2.07.03.2.01;sub_kegiatan;Proses pelatihan;B1.a",
            "2.07.03.2.01.02;2.07.03.2.01;sub_kegiatan;Sarana pelatihan;",
            "2.07.03.2.01.03;2.07.03.2.01;sub_kegiatan;Tanpa pagu dan target;",
            "2.07.04;S1;program;PROGRAM PENEMPATAN;",
            "2.07.04.2.01;2.07.04;kegiatan;Antar kerja;",
            "2.07.04.2.01.01;2.07.04.2.01;sub_kegiatan;Pelayanan;",
            "2.07.01;S1;program;PROGRAM PENUNJANG;SEK",
            "2.07.01.2.01;2.07.01;kegiatan;Administrasi;",
            "2.07.01.2.01.01;2.07.01.2.01;sub_kegiatan;Dokumen;",
        ],
    ),
    (
        "indikator",
        &[
            "iku.1;T1;Pengangguran;%;persen;minimal;terakhir",
            "iku.2;S1;Angkatan kerja;%;persen;maksimal;terakhir;;;;;ya;;;B1",
            "iku.3;S1;Tanpa target;%;persen;maksimal;terakhir",
            "p.1;2.07.03;Program;%;persen;maksimal;terakhir",
            "k.1;2.07.03.2.01;Kegiatan;%;persen;maksimal;terakhir;;;;;;;;B1.b",
            "s.1;2.07.03.2.01.01;Peserta;org;bilangan;maksimal;jumlah",
            "s.2;2.07.03.2.01.02;Alat;unit;bilangan;maksimal;jumlah;;;;;;;;B1.b",
            "a.1;2.07.01.2.01;Dokumen;dok;bilangan;maksimal;jumlah",
        ],
    ),
    (
        "target",
        &[
            "iku.1;dpa;2021;9",
            "iku.2;dpa;2021;100",
            "p.1;dpa;2021;60",
            "k.1;dpa;2021;50",
            "k.1;dpa-p;2021;45",
            "iku.1;dpa-p;2021;9",
            "iku.2;dpa-p;2021;100",
            "p.1;dpa-p;2021;60",
            "s.1;dpa-p;2021;16",
            "s.2;dpa-p;2021;3",
            "a.1;dpa-p;2021;2",
        ],
    ),
    (
        "pagu",
        &[
            "2.07.03.2.01.01;dpa-p;2021;300",
            "2.07.03.2.01.02;dpa-p;2021;200",
            "2.07.04.2.01.01;dpa-p;2021;70",
            "2.07.01.2.01.01;dpa-p;2021;40",
            "2.07.03;dpa-lama;2020;1",
        ],
    ),
];

fn office(changes: &[(&'static str, &[&str])]) -> Potret {
    let mut isian = Isian::new();
    for (nama, lines) in OFFICE.iter().chain(changes) {
        let lembar = Lembar::find(nama).expect("sheet");
        let rows = isian.entry(lembar.nama).or_default();
        for line in *lines {
            let mut sel: Vec<String> = line.split(';').map(str::to_owned).collect();
            sel.resize(lembar.kolom.len(), String::new());
            rows.push(Baris { nomor: rows.len() as u64 + 2, sel });
        }
    }
    let (potret, faults) = assemble(InstansiId::new(), 2021, &isian, Vec::new());
    assert_eq!(faults, []);
    potret.expect("readable")
}

/// Proposed codes of a unit.
fn proposed(potret: &Potret, unit: &str) -> Vec<String> {
    let found = proposals(potret).into_iter().find(|u| u.unit == unit).expect("unit");
    found.isi.into_iter().map(|(_, kode)| kode).collect()
}

#[rstest]
#[case("KD", Jenjang::Puncak)]
#[case("SEK", Jenjang::Menengah)]
#[case("B1", Jenjang::Menengah)]
#[case("B1.a", Jenjang::Terendah)]
#[case("B1.b", Jenjang::Terendah)]
#[case("JF", Jenjang::Terendah)]
fn the_level_follows_place_and_kind(#[case] unit: &str, #[case] jenjang: Jenjang) {
    let potret = office(&[]);
    assert_eq!(Jenjang::of(&potret, potret.unit(unit).expect("unit")), jenjang);
}

#[test]
fn only_the_first_unit_at_the_top_is_the_office() {
    let potret = office(&[("unit", &["UPT;;uptd;Balai Latihan;"])]);
    assert_eq!(Jenjang::of(&potret, potret.unit("UPT").expect("unit")), Jenjang::Menengah);
}

#[test]
fn each_level_promises_what_it_answers_for() {
    let potret = office(&[]);
    // iku.3 has no target, so nobody can promise it.
    assert_eq!(proposed(&potret, "KD"), ["iku.1", "iku.2", "2.07.03", "2.07.04", "2.07.01"]);
    // Its own programme, with an activity that an indicator gives to a section below it; not the target of the office.
    assert_eq!(proposed(&potret, "B1"), ["p.1", "k.1", "2.07.03.2.01"]);
    assert_eq!(proposed(&potret, "SEK"), ["a.1", "2.07.01.2.01"]);
    assert_eq!(proposed(&potret, "B1.a"), ["s.1", "2.07.03.2.01.01"]);
    assert_eq!(proposed(&potret, "B1.b"), ["k.1", "s.2", "2.07.03.2.01.02"]);
    assert_eq!(proposed(&potret, "JF"), [""; 0]);
}

#[test]
fn what_the_office_has_promised_already_is_kept() {
    let potret = office(&[("target", &["iku.2;pk;2021;99"])]);
    assert_eq!(proposed(&potret, "KD"), ["iku.2", "2.07.03", "2.07.04", "2.07.01"]);
    assert_eq!(proposed(&potret, "B1"), ["p.1", "k.1", "2.07.03.2.01"]);
}

#[test]
fn lines_that_nobody_promises_are_named_once() {
    let potret = office(&[]);
    let found = unassigned(&potret);
    // The activity below the programme is not told again; the secretariat has no sections that could promise its lines.
    let expected =
        [TanpaPejabat { simpul: "2.07.04".to_owned(), jenjang: Jenjang::Menengah, unit: Some("KD".to_owned()) }];
    assert_eq!(found, expected);
    let potret = office(&[
        ("rencana", &["2.07.03.2.01.04;2.07.03.2.01;sub_kegiatan;Baru;B1"]),
        ("pagu", &["2.07.03.2.01.04;dpa-p;2021;9"]),
    ]);
    let last = unassigned(&potret).pop().expect("found");
    assert_eq!(
        (last.simpul.as_str(), last.jenjang, last.unit.as_deref()),
        ("2.07.03.2.01.04", Jenjang::Terendah, Some("B1"))
    );
}

#[test]
fn promises_follow_the_newest_plan_and_not_an_earlier_promise() {
    let potret = office(&[("target", &["k.1;pk;2021;50", "iku.3;pk;2021;7"])]);
    let rencana = Rencana::new(&potret);
    let target = |kode: &str| rencana.target(kode).map(|(nilai, dokumen)| (nilai.to_string(), dokumen.kode.clone()));
    assert_eq!(target("k.1"), Some(("45".to_owned(), "dpa-p".to_owned())));
    assert_eq!(target("iku.3"), Some(("7".to_owned(), "pk".to_owned())), "nothing else sets one");
    let dropped = office(&[("target", &["iku.3;dpa;2021;8", "iku.3;pk;2021;7"])]);
    assert_eq!(Rencana::new(&dropped).target("iku.3"), None, "the change of the budget dropped it");
    assert_eq!(rencana.budget().map(|d| d.kode.as_str()), Some("dpa-p"));
    assert_eq!(rencana.ceiling("2.07.03").map(|r| r.to_decimal().to_string()), Some("500".to_owned()));
    assert_eq!(rencana.ceiling("2.07.03.2.01.03"), None);
}

const AGREED: (&str, &[&str]) = (
    "perjanjian",
    &["pk-KD;pk;KD;2021-01-29", "pk-B1;pk;B1;2021-01-29;;2021-02-10;pindaian", "pk-SEK;pk;SEK;;;2021-02-04;pindaian"],
);

#[test]
fn the_board_tells_who_has_signed_and_who_is_late() {
    let potret = office(&[AGREED]);
    // The budget was approved on 4 January.
    assert_eq!(due(&potret), Some(date(2021, 2, 4)));
    let on = |day| -> Vec<(String, KeadaanPerjanjian, Option<u32>)> {
        board(&potret, day).iter().map(|s| (s.unit.kode.clone(), s.keadaan, s.terlambat)).collect()
    };
    use KeadaanPerjanjian::{BelumDibuat, BelumDitandatangani, Ditandatangani, TidakPerlu};
    let row = |unit: &str, keadaan, late| (unit.to_owned(), keadaan, late);
    let signed_late = row("B1", Ditandatangani, Some(6));
    let in_time = row("SEK", Ditandatangani, None);
    let first = [row("KD", BelumDitandatangani, None), in_time, signed_late, row("B1.a", BelumDibuat, None)];
    assert_eq!(on(date(2021, 2, 4))[..4], first);
    assert_eq!(on(date(2021, 2, 5))[0], row("KD", BelumDitandatangani, Some(1)));
    assert_eq!(on(date(2021, 2, 5))[3], row("B1.a", BelumDibuat, Some(1)));
    assert_eq!(on(date(2021, 2, 5))[5], row("JF", TidakPerlu, None));
    assert_eq!(signed(&board(&potret, date(2021, 2, 5))).to_string(), "2 dari 5");
}

#[test]
fn without_a_day_of_the_budget_nobody_is_late() {
    let mut potret = office(&[AGREED]);
    potret.dokumen.iter_mut().for_each(|d| d.tanggal.clear());
    assert_eq!(due(&potret), None);
    assert!(board(&potret, date(2022, 1, 1)).iter().all(|s| s.terlambat.is_none() && s.batas.is_none()));
}

#[test]
fn the_latest_version_counts_and_has_no_deadline() {
    let changed = ("perjanjian", &["pk-p-B1;pk-p;B1;2021-11-01;perubahan_strategi"] as &[&str]);
    let potret = office(&[("dokumen", &["pk-p;pk;1;Perubahan PK"]), changed, AGREED]);
    let codes: Vec<&str> = potret.agreements_of("B1").iter().map(|p| p.kode.as_str()).collect();
    assert_eq!(codes, ["pk-B1", "pk-p-B1"]);
    assert!(potret.is_superseded(potret.agreement("pk-B1").expect("first")));
    assert!(!potret.is_superseded(potret.agreement("pk-p-B1").expect("latest")));
    let board = board(&potret, date(2021, 12, 31));
    let b1 = board.iter().find(|s| s.unit.kode == "B1").expect("row");
    assert_eq!((b1.keadaan, b1.batas, b1.terlambat), (KeadaanPerjanjian::BelumDitandatangani, None, None));
}

#[test]
fn parties_are_the_heads_of_that_day() {
    let heads =
        ("pejabat", &["KD;2021-01-01;2021-06-30;Nama Satu;;;definitif", "KD;2021-07-01;;Nama Dua;;;plt"] as &[&str]);
    let potret = office(&[heads, AGREED]);
    let parties = |kode: &str| potret.parties(potret.agreement(kode).expect("agreement"));
    let [first, second] = parties("pk-KD");
    assert_eq!(
        (first.jabatan.as_str(), first.pejabat.map(|p| p.nama.as_str())),
        ("Kepala Dinas Kota Serang", Some("Nama Satu"))
    );
    assert_eq!((second.jabatan.as_str(), second.pejabat), ("Walikota Serang", None));
    let [_, second] = parties("pk-SEK");
    // Without a date of its own the agreement is read as of the end of the year.
    assert_eq!(
        (second.jabatan.as_str(), second.pejabat.map(|p| p.nama.as_str())),
        ("Plt. Kepala Dinas Kota Serang", Some("Nama Dua"))
    );
    let [first, _] = parties("pk-B1");
    assert_eq!((first.jabatan.as_str(), first.pejabat), ("Kepala Bidang Pelatihan", None));
}

#[test]
fn money_of_a_part_is_not_counted_beside_its_whole() {
    let held =
        ["pk-B1;simpul;2.07.03.2.01", "pk-B1;simpul;2.07.03.2.01.01", "pk-KD;simpul;2.07.04", "pk-KD;simpul;2.07.03"];
    let kept = ["2.07.03.2.01;pk;2021;500", "2.07.03.2.01.01;pk;2021;300", "2.07.04;pk;2021;70"];
    let potret = office(&[AGREED, ("isi_perjanjian", &held), ("pagu", &kept)]);
    let money = |kode: &str| {
        let (rows, sum) = potret.agreed_money(potret.agreement(kode).expect("agreement"));
        let text = |r: Option<Rupiah>| r.map(|r| r.to_decimal().to_string());
        (rows.into_iter().map(|(_, r)| text(r)).collect::<Vec<_>>(), text(sum))
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(money("pk-B1"), (vec![some("500"), some("300")], some("500")));
    assert_eq!(money("pk-SEK"), (vec![], some("0")));
    // Of the other programme the document knows a part only, by what stands below it.
    assert_eq!(money("pk-KD"), (vec![some("70"), some("500")], some("570")));
}

#[test]
fn money_of_an_agreement_puts_no_budget_in_force() {
    let potret = office(&[("pagu", &["2.07.03;pk;2021;999"])]);
    assert_eq!(Rencana::new(&potret).ceiling("2.07.03").map(|r| r.to_decimal().to_string()), Some("500".to_owned()));
    let kept = potret.figure(
        &Subjek::Simpul("2.07.03".to_owned()),
        &JenisAngka::Pagu { dokumen: "pk".to_owned() },
        Periode::Tahun(2021),
    );
    assert!(kept.is_some());
}

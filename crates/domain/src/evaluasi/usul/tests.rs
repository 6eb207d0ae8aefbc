use std::collections::BTreeSet;

use jiff::civil::{Date, date};

use super::*;
use crate::evaluasi::templat::builtin;
use crate::measure::ukur;
use crate::publication::{JenisTerbitan, JumlahTemuan, Terbitan};
use crate::sheet::template;
use crate::sheet::testing::assembled;
use crate::snapshot::{Narasi, Potret};

const SHA: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// An office that does everything: its one shortfall, on indicator u1, is answered as it should be.
fn good(u1: &str) -> Potret {
    let quarters = |kode: &str, values: [&str; 4]| -> Vec<String> {
        (1..).zip(values).map(|(n, v)| format!("{kode};2021-TW{n};;{v};;;diverifikasi;{SHA};")).collect()
    };
    let mut realisasi = quarters("u1", ["92", "93", "94", u1]);
    realisasi.extend(quarters("u2", ["20", "25", "25", "25"]));
    realisasi.extend(quarters("p1", ["20", "20", "20", "20"]));
    realisasi.extend(quarters("k1", ["1", "1", "1", "1"]));
    realisasi.extend(quarters("s1", ["1", "1", "1", "1"]));
    realisasi.extend(["u1;2020;;88;;;dikunci;;".to_owned(), "u2;2020;;80;;;dikunci;;".to_owned()]);
    let bukti = format!("{SHA};daftar.pdf;application/pdf;10");
    let belanja: Vec<String> = (1..=4).map(|n| format!("2.07.03.2.01.01;2021-TW{n};200;;diverifikasi;;")).collect();
    let mut jawaban: Vec<String> = builtin()
        .iter()
        .filter(|t| t.kode == "88-2021")
        .flat_map(|t| t.criteria())
        .map(|k| format!("e21;{};evaluator;ya;;LKjIP", k.kode))
        .collect();
    jawaban.extend(["e21;1.a;mandiri;BB".to_owned(), "e21;1.a;penjamin_mutu;BB".to_owned()]);
    fn lines(rows: &[String]) -> Vec<&str> {
        rows.iter().map(String::as_str).collect()
    }
    let full = ";;cara;;;ya;definisi;sumber;KD;triwulan;;;v;s;k;b;p";
    let (i1, i2) = (
        format!("u1;T1;Tingkat;%;persen;maksimal;terakhir{full}"),
        format!("u2;S1;Orang;org;bilangan;maksimal;jumlah{full}"),
    );
    let mut potret = assembled(&[
        ("instansi", &["dinas;Dinas;;Kota;;;;;Kepala Dinas;2019;2023;"]),
        ("unit", &["KD;;kepala;Dinas", "B1;KD;bidang;Bidang"]),
        (
            "rencana",
            &[
                "T1;;tujuan;Meningkatnya kesempatan kerja;KD",
                "S1;T1;sasaran;Meningkatnya daya saing;KD",
                "2.07.03;S1;program;Program;B1",
                "2.07.03.2.01;2.07.03;kegiatan;Kegiatan;B1",
                "2.07.03.2.01.01;2.07.03.2.01;sub_kegiatan;Sub;B1",
            ],
        ),
        (
            "indikator",
            &[
                &i1,
                &i2,
                "p1;2.07.03;Lulus;org;bilangan;maksimal;jumlah",
                "k1;2.07.03.2.01;Kelas;kelas;bilangan;maksimal;jumlah",
                "s1;2.07.03.2.01.01;Paket;paket;bilangan;maksimal;jumlah",
            ],
        ),
        (
            "dokumen",
            &[
                "renstra;renstra;1;Renstra;1;2019-01-02",
                "iku;iku;0;IKU;2;2019-01-03",
                "renja;renja;0;Renja;3;2020-07-01",
                "dpa;dpa;0;DPA;4;2021-01-04",
                "dpa-p;dpa;1;DPA;5;2021-09-01",
                "pk;pk;0;PK;6;2021-01-20",
                "pk-p;pk;1;PK;7;2021-09-10",
                "ra;rencana_aksi;0;Rencana Aksi;8;2021-01-25",
            ],
        ),
        (
            "target",
            &[
                "u1;pk;2021;96",
                "u2;pk;2021;90",
                "u1;pk-p;2021;96",
                "u2;pk-p;2021;90",
                "p1;dpa-p;2021;100",
                "k1;dpa-p;2021;4",
                "s1;dpa-p;2021;4",
                "u1;ra;2021-TW2;90",
                "u1;renstra;2022;97",
                "u1;renstra;2023;98",
                "u2;renstra;2022;120",
                "u2;renstra;2023;140",
            ],
        ),
        ("realisasi", &lines(&realisasi)),
        ("bukti", &[&bukti]),
        ("pagu", &["2.07.03.2.01.01;dpa;2021;1000", "2.07.03.2.01.01;dpa-p;2021;900"]),
        ("realisasi_anggaran", &lines(&belanja)),
        ("pembanding", &["u1;Nasional;2021;91", "u2;Nasional;2021;50"]),
        (
            "perjanjian",
            &[
                "pk-kd;pk;KD;2021-01-20;;2021-01-25",
                "pk-b1;pk;B1;2021-01-21;;2021-01-26",
                "pk-kd-p;pk-p;KD;2021-09-10;perubahan_strategi;2021-09-12",
            ],
        ),
        ("pejabat", &["KD;2020-01-01"]),
        (
            "langkah",
            &["l1;u1;Latih;2.07.03.2.01.01;2021-TW2", "l2;u1;Latih lagi;;2021-TW4", "l3;u2;Salurkan;;2021-TW1"],
        ),
        ("kendala", &["u1;2021-TW2;Instruktur kurang;Pensiun;Tambah instruktur;Ditambah dua"]),
        ("pohon", &["o1;;outcome_akhir;Orang bekerja;u2;S1;KD"]),
        ("silang", &["x1;keluar;o1;dinas-pendidikan;Lulusan siap;Data;diterima"]),
        (
            "landasan_hukum",
            &[
                "Perda;1;2010;Rencana Pembangunan Jangka Panjang Daerah",
                "PermenPANRB;53;2014;Petunjuk Teknis Perjanjian Kinerja",
                "PermenPAN;9;2007;Pedoman Umum Penetapan Indikator Kinerja Utama",
                "PermenPANRB;88;2021;Pedoman Evaluasi Akuntabilitas Kinerja",
            ],
        ),
        ("rekomendasi", &["R1;Perencanaan Kinerja;Terbitkan Renstra"]),
        ("tindak_lanjut", &["R1.1;R1;Unggah"]),
        ("putusan", &["R1;2021;evaluator;selesai"]),
        ("evaluasi", &["e20;2020;88-2021;terbit;;;;;60", "e21;2021;88-2021;terbit;;;;;70"]),
        ("jawaban_lke", &lines(&jawaban)),
    ]);
    potret.narasi = vec![Narasi { kode: "03-bab-1".to_owned(), isi: "# Bab I\nPendahuluan.\n".to_owned() }];
    potret
}

/// An office that does nothing that it need not; `evaluated` by somebody in a hurry.
fn bad(evaluated: bool) -> Potret {
    let evaluasi: &[&str] =
        if evaluated { &["e20;2020;88-2021;terbit;;;;;70", "e21;2021;88-2021;terbit;;;;;60"] } else { &[] };
    let jawaban: &[&str] = if evaluated { &["e21;1.a.1;evaluator;ya"] } else { &[] };
    assembled(&[
        ("unit", &["KD;;kepala;Dinas"]),
        (
            "rencana",
            &[
                "T1;;tujuan;Meningkatnya kesempatan kerja;KD",
                "S1;T1;sasaran;Terlaksananya pelatihan",
                "2.07.03;S1;program;Program",
                "2.07.05;S1;program;Program lain",
                "T2;;tujuan;Lain;KD",
                "S2;T2;sasaran;Lain;KD",
                "2.07.04;S2;program;Program tanpa sasaran",
                "2.07.04.2.01;2.07.04;kegiatan;Kegiatan",
                "2.07.04.2.01.01;2.07.04.2.01;sub_kegiatan;Sub",
            ],
        ),
        (
            "indikator",
            &[
                "u1;S1;Tingkat;;persen;maksimal;terakhir;;;;;ya",
                "u2;T1;Orang;;bilangan;maksimal;jumlah;;;;;ya",
                "p5;2.07.05;Lulus;org;bilangan;maksimal;jumlah",
            ],
        ),
        ("dokumen", &["renja;renja;0;Renja", "iku;iku;0;IKU"]),
        ("target", &["u1;renja;2021;80", "u2;renja;2021;100", "p5;renja;2021;10", "u1;iku;2022;60"]),
        ("realisasi", &["u1;2020;;88;;;;;tabel", "u1;2021;;70;;;draf;;tabel", "p5;2021;;5;;;draf;;tabel"]),
        ("pagu", &["2.07.05;renja;2021;1000", "2.07.04.2.01.01;renja;2021;500"]),
        ("realisasi_anggaran", &["2.07.05;2021;950"]),
        ("kendala", &["u2;2021-TW1;Peserta sedikit"]),
        ("rekomendasi", &["R1;Perencanaan Kinerja;Terbitkan Renstra"]),
        ("evaluasi", evaluasi),
        ("jawaban_lke", jawaban),
    ])
}

/// The report as it was published on a day, and, where it was reviewed, the statement with what was left then.
fn publish(potret: &mut Potret, tanggal: Option<Date>, reviu: Option<JumlahTemuan>) {
    let published = |jenis: JenisTerbitan, tanggal: Date, temuan| Terbitan {
        kode: format!("{}-1", jenis.as_str()),
        jenis,
        nomor: String::new(),
        tanggal: tanggal.to_string(),
        oleh: "Sekretariat".to_owned(),
        entri: 1,
        pdf: SHA.to_owned(),
        docx: SHA.to_owned(),
        kertas_kerja: SHA.to_owned(),
        temuan,
    };
    let report = tanggal.map(|day| published(JenisTerbitan::Lkjip, day, JumlahTemuan::default()));
    let statement = reviu.map(|temuan| published(JenisTerbitan::Pernyataan, date(2022, 2, 27), temuan));
    potret.terbitan = report.into_iter().chain(statement).collect();
}

fn suggestions(potret: &Potret, is_good: bool, reviu: Option<JumlahTemuan>) -> Vec<UsulKriteria> {
    let mut potret = potret.clone();
    publish(&mut potret, is_good.then_some(date(2022, 2, 28)), reviu);
    let hasil = ukur(&potret, Periode::Tahun(2021));
    suggest_all(&Bahan { hasil: &hasil, lalu: None, hari_ini: date(2022, 4, 1), kantor: None })
}

#[test]
fn at_least_50_criteria_are_covered_once_each() {
    let codes: BTreeSet<&str> = covered().collect();
    assert_eq!(codes.len(), covered().count());
    assert!(codes.len() >= 50, "{}", codes.len());
    let templat = builtin().iter().find(|t| t.kode == "88-2021").expect("there");
    for kode in codes {
        assert!(templat.criteria().any(|k| k.kode == kode), "{kode} is no criterion");
    }
}

#[test]
fn every_check_has_a_snapshot_that_meets_it_and_one_that_does_not() {
    let clean = Some(JumlahTemuan { peringatan: 2, ..JumlahTemuan::default() });
    let full = [suggestions(&good("95"), true, clean), suggestions(&good("97"), true, clean)];
    let poor = [
        suggestions(&bad(false), false, None),
        suggestions(&bad(true), false, Some(JumlahTemuan { kesalahan: 3, ..JumlahTemuan::default() })),
    ];
    let mut wrong = Vec::new();
    for (i, kode) in covered().enumerate() {
        for (all, wanted) in [(&full, true), (&poor, false)] {
            if !all.iter().any(|usul| usul[i].is_met() == Some(wanted)) {
                let told: Vec<&str> = all.iter().map(|usul| usul[i].kalimat.as_str()).collect();
                wrong.push(format!("{kode} {wanted}: {told:?}"));
            }
            assert!(all.iter().all(|usul| usul[i].kriteria == kode && !usul[i].kalimat.is_empty()), "{kode}");
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_sentence_names_what_is_missing_and_leads_to_it() {
    let poor = suggestions(&bad(false), false, None);
    let of = |kode: &str| poor.iter().find(|u| u.kriteria == kode).expect("covered");
    let smart = of("1.b.5");
    let told =
        "0 dari 2 indikator utama lengkap: definisi, cara ukur, satuan, target, penanggung jawab; belum: u1 dan u2";
    assert_eq!((smart.kalimat.as_str(), smart.terpenuhi), (told, Cakupan { ada: 0, dari: 2 }));
    assert_eq!(smart.bukti, [Rujukan::Indikator("u1".to_owned()), Rujukan::Indikator("u2".to_owned())]);
    assert_eq!(of("1.a.3").kalimat, "0 dari 1 dokumen jangka menengah (Renstra) ada; belum: Renstra");
    assert_eq!(of("2.c.4").kalimat.split(';').nth(1), Some(" belum: u1"));
    // Where there is no record to name, it leads to where such records stand.
    assert_eq!(of("1.a.1").bukti, [Rujukan::Tempat(Tempat::LandasanHukum)]);
    assert_eq!(of("3.a.4").bukti, [Rujukan::Tempat(Tempat::Reviu)]);
    assert!(poor.iter().all(|u| !u.bukti.is_empty()));
    let left = suggestions(&good("95"), true, Some(JumlahTemuan::default()));
    let statement = |kode: &str| left.iter().find(|u| u.kriteria == kode).map(|u| u.bukti.as_slice());
    assert_eq!(statement("3.a.4"), statement("3.b.1"));
    assert_eq!(statement("3.a.4"), Some([Rujukan::Terbitan("pernyataan-1".to_owned())].as_slice()));
    // What cannot be known is neither met nor missed.
    let score = of("4.c.2");
    assert_eq!((score.is_met(), score.terpenuhi.to_string().as_str()), (None, "0 dari 0"));
}

#[test]
fn a_report_that_is_not_yet_due_is_not_late() {
    let on = |hari_ini, terbit| {
        let mut potret = bad(false);
        publish(&mut potret, terbit, None);
        let hasil = ukur(&potret, Periode::Tahun(2021));
        let bahan = Bahan { hasil: &hasil, lalu: None, hari_ini, kantor: None };
        suggest_all(&bahan).into_iter().find(|u| u.kriteria == "3.a.6").and_then(|u| u.is_met())
    };
    assert_eq!(on(date(2022, 2, 28), None), None);
    assert_eq!(on(date(2022, 3, 1), None), Some(false));
    assert_eq!(on(date(2022, 3, 1), Some(date(2022, 2, 28))), Some(true));
    assert_eq!(on(date(2022, 3, 1), Some(date(2022, 3, 1))), Some(false));
}

#[test]
fn local_criteria_take_the_suggestion_of_what_they_equal() {
    let rows: Vec<_> = (1..)
        .zip(include_str!("../contoh/ya-tidak.csv").lines())
        .skip(1)
        .map(|(nomor, line)| crate::sheet::Baris { nomor, sel: line.split(';').map(str::to_owned).collect() })
        .collect();
    let local = template(&rows).expect("good");
    let potret = good("95");
    let hasil = ukur(&potret, Periode::Tahun(2021));
    let bahan =
        Bahan { hasil: &hasil, lalu: None, hari_ini: date(2022, 4, 1), kantor: Some(Cakupan { ada: 44, dari: 45 }) };
    let usul = suggest_for(&local, "1.2.2", &bahan).expect("equals 1.b.5");
    assert_eq!((usul.kriteria, usul.is_met()), ("1.b.5", Some(true)));
    assert_eq!(suggest_for(&local, "9.9", &bahan), None);
    let everywhere = suggest_for(&builtin()[1], "4.a.2", &bahan).expect("covered");
    assert_eq!(everywhere.kalimat, "44 dari 45 perangkat daerah sudah dievaluasi");
}

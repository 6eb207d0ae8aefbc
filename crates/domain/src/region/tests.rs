use std::collections::HashMap;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use rust_decimal::dec;

use super::*;
use crate::duty::Petak;
use crate::figure::{Angka, JenisAngka, Keadaan, Subjek};
use crate::id::{AngkaId, InstansiId};
use crate::measure::{Uang, ukur};
use crate::outlier::Uji;
use crate::period::Tahun;
use crate::ranking::rank;
use crate::sheet::{Baris, Isian, Lembar, assemble};
use crate::snapshot::Potret;
use crate::value::Nilai;

/// Two key indicators and two budget lines, measured by quarter; of the half year the second of each is missing.
fn half_year() -> Potret {
    let sheets: [(&str, &[&str]); 6] = [
        ("instansi", &["dinas;Dinas Uji;DU;Kota;;;;;;2021;2025;"]),
        (
            "rencana",
            &[
                "S1;;sasaran;Sasaran satu",
                "2.07.03;S1;program;Program",
                "2.07.03.2.01;2.07.03;kegiatan;Kegiatan",
                "2.07.03.2.01.0001;2.07.03.2.01;sub_kegiatan;Sub satu",
                "2.07.03.2.01.0002;2.07.03.2.01;sub_kegiatan;Sub dua",
            ],
        ),
        (
            "indikator",
            &[
                "i1;S1;Indeks  Kepuasan;nilai;bilangan;maksimal;terakhir;;;;;ya",
                "i2;S1;Nilai SAKIP;nilai;bilangan;maksimal;terakhir;;;;;ya",
            ],
        ),
        ("dokumen", &["pk;pk;0;PK", "dpa;dpa;0;DPA"]),
        ("target", &["i1;pk;2022;80", "i2;pk;2022;70"]),
        ("pagu", &["2.07.03.2.01.0001;dpa;2022;1000", "2.07.03.2.01.0002;dpa;2022;3000"]),
    ];
    let figures: [(&str, &[&str]); 2] = [
        (
            "realisasi",
            &[
                "i1;2021;;60;;;dikunci",
                "i1;2021-TW2;;20;;;dikunci",
                "i1;2022-TW1;;40;;;diverifikasi",
                "i1;2022-TW2;;72;;;diajukan",
            ],
        ),
        ("realisasi_anggaran", &["2.07.03.2.01.0001;2022-TW1;400;;draf"]),
    ];
    let mut isian = Isian::new();
    for (nama, lines) in sheets.into_iter().chain(figures) {
        let lembar = Lembar::find(nama).expect("sheet");
        let row = |(nomor, line): (u64, &&str)| {
            let mut sel: Vec<String> = line.split(';').map(str::to_owned).collect();
            sel.resize(lembar.kolom.len(), String::new());
            Baris { nomor, sel }
        };
        isian.insert(lembar.nama, (2..).zip(lines).map(row).collect());
    }
    let (potret, masalah) = assemble(InstansiId::new(), 2022, &isian, Vec::new());
    assert_eq!(masalah, []);
    let mut potret = potret.expect("readable");
    for a in &mut potret.angka {
        a.dicatat = match (a.keadaan, a.subjek.kode()) {
            (Keadaan::Diverifikasi, "i1") => moment(date(2022, 5, 2)),
            (Keadaan::Diajukan, "i1") => moment(date(2022, 7, 20)),
            _ => moment(date(2022, 4, 1)),
        };
    }
    potret
}

/// Days since New Year's Day stand for moments.
fn day(moment: i64) -> Date {
    date(2022, 1, 1).saturating_add(moment.days())
}

fn moment(day: Date) -> i64 {
    i64::from(day.day_of_year()) - 1
}

const HALF: Periode = Periode::Triwulan(2022, 2);

fn summary(pengajuan: &HashMap<Petak, i64>, today: Date) -> Ringkasan {
    let potret = half_year();
    Ringkasan::of(&ukur(&potret, HALF), Waktu { hari_ini: today, hari: day, pengajuan })
}

/// The first quarter's value was handed in on the last day and verified later.
fn handed_in() -> HashMap<Petak, i64> {
    HashMap::from([(Petak::realisation("i1", None, Periode::Triwulan(2022, 1)), moment(date(2022, 4, 18)))])
}

#[test]
fn a_summary_counts_what_is_there_and_what_is_missing() {
    let found = summary(&handed_in(), date(2022, 7, 21));
    assert_eq!(found.capaian, Rerata { nilai: Some(dec!(90)), ada: 1, dari: 2 });
    assert_eq!(found.predikat.map(|p| p.label), Some("Tinggi"));
    assert_eq!((found.uang.absorption(), found.uang.baris.to_string()), (None, "0 dari 2".to_owned()));
    let k = found.kemajuan;
    assert_eq!((k.terisi, k.diajukan, k.diverifikasi, k.dikunci, k.dari), (3, 2, 1, 0, 8));
    let [s] = found.sasaran.as_slice() else { panic!("one sasaran") };
    assert_eq!((s.kode.as_str(), s.nama.as_str(), s.capaian), ("S1", "Sasaran satu", found.capaian));
    let values: Vec<_> = found.indikator.iter().map(|i| (i.kode.as_str(), i.nilai, i.riwayat.as_slice())).collect();
    assert_eq!(values, [("i1", Some(dec!(72)), [(2021, dec!(20))].as_slice()), ("i2", None, &[])]);
    assert_eq!(found.indikator[0].sebutan, "indeks kepuasan | nilai");
}

/// The half year with other figures of that subject.
fn with_figures(kode: &str, jenis: &JenisAngka, values: &[(Periode, &str)]) -> Ringkasan {
    let mut potret = half_year();
    let is_it = |a: &Angka| a.subjek.kode() == kode && a.jenis == *jenis && a.periode.tahun() == 2022;
    let like = potret.angka.iter().find(|a| a.jenis == *jenis).expect("one of the kind").clone();
    potret.angka.retain(|a| !is_it(a));
    let subjek = if *jenis == JenisAngka::Realisasi {
        Subjek::Indikator(kode.to_owned())
    } else {
        Subjek::Simpul(kode.to_owned())
    };
    for (periode, text) in values {
        let x: Decimal = text.parse().expect("number");
        let nilai = match jenis {
            JenisAngka::Realisasi => Nilai::Bilangan(x),
            _ => Nilai::Uang(Rupiah::from_decimal(x).expect("money")),
        };
        potret.angka.push(Angka {
            id: AngkaId::new(),
            subjek: subjek.clone(),
            periode: *periode,
            nilai,
            ..like.clone()
        });
    }
    Ringkasan::of(&ukur(&potret, HALF), Waktu { hari_ini: date(2022, 7, 21), hari: day, pengajuan: &HashMap::new() })
}

#[test]
fn half_of_the_time_is_not_taken_for_all_of_it() {
    let (first, second) = (Periode::Triwulan(2022, 1), Periode::Triwulan(2022, 2));
    let semester = Periode::Semester(2022, 1);
    let achieved = |values: &[(Periode, &str)]| {
        let found = with_figures("i1", &JenisAngka::Realisasi, values);
        assert_eq!(found.sasaran[0].capaian, found.capaian);
        (found.capaian.nilai, found.indikator[0].nilai.is_some(), found.capaian.ada)
    };
    // One quarter, whichever, is not the half year.
    assert_eq!(achieved(&[(first, "40")]), (None, false, 0));
    assert_eq!(achieved(&[(second, "72")]), (None, false, 0));
    assert_eq!(achieved(&[(first, "40"), (second, "72")]), (Some(dec!(90)), true, 1));
    assert_eq!(achieved(&[(semester, "72")]), (Some(dec!(90)), true, 1));
}

#[test]
fn absorption_needs_the_spending_of_every_line_in_every_quarter() {
    let (first, second) = (Periode::Triwulan(2022, 1), Periode::Triwulan(2022, 2));
    let spent = |kode: &str, values: &[(Periode, &str)]| {
        let found = with_figures(kode, &JenisAngka::RealisasiAnggaran, values);
        assert_eq!(found.sasaran[0].uang.baris, found.uang.baris);
        (found.uang.absorption(), found.uang.baris.to_string())
    };
    // The first line has its first quarter only.
    assert_eq!(spent("2.07.03.2.01.0002", &[(first, "300"), (second, "300")]), (None, "1 dari 2".to_owned()));
    // The programme speaks for both lines: 1.000 of 4.000.
    assert_eq!(spent("2.07.03", &[(first, "400"), (second, "600")]), (Some(dec!(25)), "2 dari 2".to_owned()));
    assert_eq!(spent("2.07.03", &[(first, "400")]), (None, "0 dari 2".to_owned()));
}

#[test]
fn lateness_is_told_by_period_and_level() {
    let found = summary(&handed_in(), date(2022, 7, 21));
    let told: Vec<_> = found
        .terlambat
        .iter()
        .map(|t| (t.periode.short(), t.tingkat.label(), t.batas, t.dari, t.belum, t.susulan, t.hari))
        .collect();
    // Working days by hand; 1 June was a holiday.
    let expected = [
        ("TW I", "Sub kegiatan", date(2022, 4, 7), 2, 2, 0, 74),
        ("TW I", "Sasaran", date(2022, 4, 18), 2, 1, 0, 67),
        ("TW II", "Sub kegiatan", date(2022, 7, 7), 2, 2, 0, 10),
        ("TW II", "Sasaran", date(2022, 7, 18), 2, 1, 1, 3),
    ];
    assert_eq!(told, expected.map(|(p, t, d, all, missing, after, n)| (p.to_owned(), t, d, all, missing, after, n)));
    assert_eq!(found.tepat_waktu.to_string(), "1 dari 8");
    assert_eq!(found.overdue(), (6, 74));
}

#[test]
fn nothing_is_late_before_its_day() {
    let found = summary(&HashMap::new(), date(2022, 4, 7));
    assert_eq!((found.terlambat.as_slice(), found.overdue()), ([].as_slice(), (0, 0)));
    // Verified only in May: on 7 April nobody knows of it.
    assert_eq!(found.tepat_waktu, Cakupan::default());
}

#[test]
fn a_verified_figure_of_which_nobody_knows_when_it_was_handed_in_is_not_judged() {
    let found = summary(&HashMap::new(), date(2022, 7, 21));
    assert_eq!(found.tepat_waktu.to_string(), "0 dari 7");
    let late = HashMap::from([(Petak::realisation("i1", None, Periode::Triwulan(2022, 1)), moment(date(2022, 4, 19)))]);
    assert_eq!(summary(&late, date(2022, 7, 21)).tepat_waktu.to_string(), "0 dari 8");
}

/// An office with that achievement, spending of a ceiling of 100, entered of 10 figures, and value of one indicator.
fn office(nama: &str, capaian: Option<Decimal>, belanja: Option<i64>, terisi: usize, nilai: Option<Decimal>) -> Kantor {
    let rupiah = |x| Rupiah::from_rupiah(x).expect("fits");
    let indikator = NilaiIndikator {
        kode: "i".to_owned(),
        nama: "Indeks".to_owned(),
        satuan: "nilai".to_owned(),
        sebutan: "indeks | nilai".to_owned(),
        nilai,
        riwayat: Vec::new(),
    };
    let ringkasan = Ringkasan {
        nama: nama.to_owned(),
        singkatan: nama.to_owned(),
        sampai: HALF,
        akhir: None,
        capaian: Rerata { nilai: capaian, ada: usize::from(capaian.is_some()) * 3, dari: 4 },
        predikat: None,
        uang: UangTerukur {
            uang: Uang {
                pagu: Some(rupiah(100)),
                realisasi: belanja.map(rupiah),
                ada: usize::from(belanja.is_some()),
                dari: 1,
                tanpa_pagu: false,
            },
            baris: Cakupan::count([belanja.is_some()]),
        },
        kemajuan: Kemajuan { dari: 10, terisi, ..Kemajuan::default() },
        tepat_waktu: Cakupan { ada: 3, dari: 4 },
        tindak_lanjut: Cakupan::default(),
        terlambat: Vec::new(),
        sasaran: Vec::new(),
        indikator: vec![indikator],
        evaluasi: None,
        unit: Vec::new(),
    };
    Kantor { kode: nama.to_lowercase(), nama: nama.to_owned(), ringkasan: Some(Arc::new(ringkasan)) }
}

fn without_data(nama: &str) -> Kantor {
    Kantor { kode: nama.to_lowercase(), nama: nama.to_owned(), ringkasan: None }
}

fn three() -> Daerah {
    let kantor = vec![
        office("Lengkap", Some(dec!(110)), Some(80), 10, None),
        office("Sebagian", None, None, 4, None),
        without_data("Kosong"),
    ];
    Daerah { sampai: HALF, kantor }
}

#[test]
fn sums_over_offices_leave_out_what_is_missing_and_say_how_much() {
    let total = three().total();
    assert_eq!(total.capaian, Rerata { nilai: Some(dec!(110)), ada: 1, dari: 3 });
    assert_eq!((total.absorption(), total.uang.to_string()), (Some(dec!(80)), "1 dari 3".to_owned()));
    assert_eq!((total.pagu, total.belanja), (Rupiah::from_sen(10_000), Rupiah::from_sen(8_000)));
    let counts = [total.kantor, total.indikator, total.kemajuan.entered(), total.tepat_waktu, total.lunas];
    assert_eq!(counts.map(|c| c.to_string()), ["2 dari 3", "3 dari 8", "14 dari 20", "6 dari 8", "2 dari 2"]);
    let nothing = Daerah { kantor: vec![without_data("Kosong")], ..three() }.total();
    assert_eq!((nothing.capaian.nilai, nothing.absorption()), (None, None));
}

#[test]
fn only_offices_with_both_numbers_make_a_pair() {
    let daerah = three();
    let pairs: Vec<_> = daerah.pairs().into_iter().map(|(k, s, c)| (k.nama.as_str(), s, c)).collect();
    assert_eq!(pairs, [("Lengkap", dec!(80), dec!(110))]);
}

#[test]
fn a_rank_is_explained_by_lines_that_add_up() {
    let (daerah, formula) = (three(), formula(&BOBOT).expect("the weights make 100"));
    let (complete, others) = daerah.participants(&BOBOT);
    let ranking = rank(&formula, &complete).expect("values between 0 and 100");
    let [first] = ranking.urutan.as_slice() else { panic!("{ranking:?}") };
    assert_eq!((first.peserta.subjek.nama.as_str(), first.kriteria.to_string().as_str()), ("Lengkap", "4 dari 4"));
    // 100 (of 110) x 50 + 80 x 20 + 75 x 15 + 100 x 15 = 9.225, by 100.
    assert_eq!((first.jumlah, first.bobot, first.skor), (dec!(9225), dec!(100), dec!(92.25)));
    let unranked = rank(&formula, &others).expect("values between 0 and 100");
    let [partly] = unranked.urutan.as_slice() else { panic!("{unranked:?}") };
    assert_eq!((partly.peserta.subjek.nama.as_str(), partly.kriteria.to_string().as_str()), ("Sebagian", "2 dari 4"));
    // 75 x 15 + 40 x 15 = 1.725, by 30.
    assert_eq!((partly.jumlah, partly.bobot, partly.skor), (dec!(1725), dec!(30), dec!(57.5)));
    for b in [first, partly] {
        let lines: Decimal = b.rincian.iter().filter_map(|r| r.nilai).map(|(_, product)| product).sum();
        assert_eq!((lines, b.skor * b.bobot), (b.jumlah, b.jumlah));
    }
    let without: Vec<_> = unranked.tanpa_nilai.iter().map(|p| p.subjek.nama.as_str()).collect();
    assert_eq!(without, ["Kosong"]);
}

#[test]
fn what_is_missing_pushes_nobody_up() {
    // Half of the year's money is spent by June: whoever does not tell would otherwise stand before those who do.
    let kantor =
        vec![office("Terbuka", Some(dec!(90)), Some(45), 10, None), office("Diam", Some(dec!(90)), None, 10, None)];
    let daerah = Daerah { sampai: HALF, kantor };
    let (complete, others) = daerah.participants(&BOBOT);
    let names = |p: &[crate::ranking::Peserta<&Kantor>]| p.iter().map(|p| p.subjek.nama.clone()).collect::<Vec<_>>();
    assert_eq!((names(&complete), names(&others)), (vec!["Terbuka".to_owned()], vec!["Diam".to_owned()]));
}

#[test]
fn weights_are_data() {
    let only = [(Unsur::Kelengkapan, dec!(100))];
    let (daerah, all) = (three(), formula(&only).expect("100"));
    let (complete, _) = daerah.participants(&only);
    let scores: Vec<_> = rank(&all, &complete).expect("valid").urutan.iter().map(|b| b.skor).collect();
    assert_eq!(scores, [dec!(100), dec!(40)]);
    assert!(formula(&[(Unsur::Capaian, dec!(50)), (Unsur::Serapan, dec!(49))]).is_err());
}

#[test]
fn an_office_that_ended_before_is_counted_and_not_held_against_others() {
    let mut ended = office("Lebur", Some(dec!(20)), Some(90), 10, None);
    let ringkasan = ended.ringkasan.as_mut().and_then(Arc::get_mut).expect("not shared");
    ringkasan.sampai = Periode::Triwulan(2022, 1);
    ringkasan.akhir = Some(Akhir { tanggal: date(2022, 5, 31), penerus: "tetap".to_owned() });
    let others = [90, 91, 92, 93, 94].map(|x| office(&format!("D{x}"), Some(Decimal::from(x)), Some(x), 10, None));
    let daerah = Daerah { sampai: HALF, kantor: others.into_iter().chain([ended]).collect() };
    assert_eq!(daerah.total().capaian.nilai, Some(dec!(80)), "(90 + 91 + 92 + 93 + 94 + 20) / 6");
    let (complete, without_rank) = daerah.participants(&BOBOT);
    assert_eq!(complete.len(), 5);
    assert_eq!(without_rank.iter().map(|p| p.subjek.nama.as_str()).collect::<Vec<_>>(), ["Lebur"]);
    assert_eq!(daerah.outliers(), [], "20 is far off, but it is the value of another time");
}

#[test]
fn an_office_that_has_ended_is_asked_for_nothing_more() {
    let mut potret = half_year();
    "2022-05-31".clone_into(&mut potret.instansi.berakhir);
    let counted = potret.instansi.counted_until(HALF).expect("its first quarter");
    let found = Ringkasan::of(
        &ukur(&potret, counted),
        Waktu { hari_ini: date(2022, 7, 21), hari: day, pengajuan: &handed_in() },
    );
    assert_eq!((found.sampai, found.kemajuan.dari), (Periode::Triwulan(2022, 1), 4));
    assert_eq!(found.akhir.map(|a| a.tanggal), Some(date(2022, 5, 31)));
    let second = Petak::realisation("i1", None, HALF);
    let told = second.enter(&potret, "2022-05-20").expect_err("not its own any more").to_string();
    assert!(told.contains("berakhir 2022-05-31, sebelum Triwulan II 2022 selesai"), "{told}");
    assert!(Petak::realisation("i2", None, Periode::Triwulan(2022, 1)).enter(&potret, "2022-07-01").is_ok());
}

/// Offices with those values of the same indicator, and one that does not know its own.
fn with_values(values: &[i64]) -> Daerah {
    let known = values.iter().map(|x| office(&format!("D{x}"), None, None, 0, Some(Decimal::from(*x))));
    Daerah { sampai: HALF, kantor: known.chain([office("Belum", None, None, 0, None)]).collect() }
}

#[test]
fn a_value_far_from_those_of_the_other_offices_stands_apart() {
    let daerah = with_values(&[10, 11, 12, 13, 50]);
    let found = daerah.outliers();
    let [one] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((one.kantor.nama.as_str(), one.cakupan.to_string().as_str()), ("D50", "5 dari 6"));
    assert!(matches!(one.ukuran, Ukuran::Indikator(i) if i.kode == "i"));
    assert!(matches!(&one.pencilan.uji, Uji::Median { sebaran, .. } if sebaran.median == dec!(12)));
    assert_eq!(with_values(&[10, 11, 12, 50]).outliers(), [], "four are too few to tell");
}

#[test]
fn achievement_and_absorption_of_an_office_are_held_against_the_others() {
    let values = [90, 91, 92, 93, 20];
    let kantor = values.map(|x| office(&format!("D{x}"), Some(Decimal::from(x)), Some(110 - x), 0, None)).to_vec();
    let daerah = Daerah { sampai: HALF, kantor };
    let found: Vec<_> =
        daerah.outliers().into_iter().map(|m| (m.kantor.nama.clone(), m.ukuran, m.pencilan.nilai)).collect();
    let expected = [(Ukuran::Capaian, dec!(20)), (Ukuran::Serapan, dec!(90))];
    assert_eq!(found, expected.map(|(what, x)| ("D20".to_owned(), what, x)));
}

#[test]
fn a_value_is_held_against_its_own_past() {
    let past = |nilai: i64, riwayat: &[(Tahun, i64)]| {
        let mut kantor = office("D", None, None, 0, Some(Decimal::from(nilai)));
        let ringkasan = kantor.ringkasan.as_mut().and_then(Arc::get_mut).expect("not shared");
        ringkasan.indikator[0].riwayat = riwayat.iter().map(|(year, x)| (*year, Decimal::from(*x))).collect();
        let daerah = Daerah { sampai: HALF, kantor: vec![kantor] };
        let found = daerah.outliers();
        found
            .iter()
            .map(|m| (matches!(m.pencilan.uji, Uji::TahunLalu { .. }), m.cakupan.to_string()))
            .collect::<Vec<_>>()
    };
    let told = |lines: &[(bool, &str)]| lines.iter().map(|(last, c)| (*last, (*c).to_owned())).collect::<Vec<_>>();
    assert_eq!(past(16, &[(2018, 9), (2019, 11), (2021, 10)]), told(&[(true, "1 dari 1"), (false, "3 dari 4")]));
    assert_eq!(past(12, &[(2018, 9), (2019, 11), (2021, 10)]), told(&[(false, "3 dari 4")]));
    assert_eq!(past(16, &[(2020, 10)]), [], "the year before is not known");
}

proptest! {
    #[test]
    fn an_office_of_which_nothing_is_known_changes_no_mean(
        known in prop::collection::vec((0_i64..200, 0_i64..=100), 1..8), unknown in 0_usize..5,
    ) {
        let kantor: Vec<_> =
            known.iter().map(|(c, s)| office("D", Some(Decimal::from(*c)), Some(*s), 5, None)).collect();
        let before = Daerah { sampai: HALF, kantor: kantor.clone() }.total();
        let more = (0..unknown).map(|n| if n % 2 == 0 { office("B", None, None, 0, None) } else { without_data("K") });
        let after = Daerah { sampai: HALF, kantor: kantor.into_iter().chain(more).collect() }.total();
        prop_assert_eq!(after.capaian.nilai, before.capaian.nilai);
        prop_assert_eq!(after.absorption(), before.absorption());
        prop_assert_eq!((after.capaian.ada, after.capaian.dari), (known.len(), known.len() + unknown));
        prop_assert_eq!((after.uang.ada, after.uang.dari), (known.len(), known.len() + unknown));
    }
}

#[test]
fn another_formula_is_looked_at_before_it_is_adopted() {
    let mut kantor = vec![
        office("Cepat", Some(dec!(95)), Some(60), 10, None),
        office("Lambat", Some(dec!(70)), Some(100), 10, None),
        office("Sebagian", None, Some(90), 9, None),
    ];
    for k in &mut kantor {
        let done = usize::from(k.kode != "cepat");
        let ringkasan = Arc::make_mut(k.ringkasan.as_mut().expect("there"));
        ringkasan.tindak_lanjut = Cakupan { ada: done, dari: 1 };
        ringkasan.kemajuan.diverifikasi = ringkasan.kemajuan.terisi;
    }
    kantor.push(without_data("Kosong"));
    let daerah = Daerah { sampai: HALF, kantor };
    let now = [(Unsur::Capaian, dec!(100))];
    let then = [(Unsur::TindakLanjut, dec!(60)), (Unsur::MutuData, dec!(40))];
    let told = |kini: &[(Unsur, Decimal)], usul: &[(Unsur, Decimal)]| -> Vec<(String, Tempat, Tempat, Option<isize>)> {
        let simulasi = simulate(&daerah, kini, usul).expect("valid");
        simulasi.kantor.iter().map(|p| (p.kantor.nama.clone(), p.sebelum, p.sesudah, p.places())).collect()
    };
    type Tempat = Option<(usize, Decimal)>;
    let (first, second) = (Some((1, dec!(95))), Some((2, dec!(70))));
    assert_eq!(
        told(&now, &then),
        [
            ("Lambat".to_owned(), second, Some((1, dec!(100))), Some(1)),
            ("Sebagian".to_owned(), None, Some((1, dec!(100))), None),
            ("Cepat".to_owned(), first, Some((3, dec!(40))), Some(-2)),
            ("Kosong".to_owned(), None, None, None),
        ]
    );
    assert_eq!(simulate(&daerah, &then, &now).expect("valid").dropped(), 1);
    let wrong = simulate(&daerah, &now, &[(Unsur::Capaian, dec!(99))]).expect_err("99");
    assert_eq!(wrong, ["jumlah bobot 99, bukan 100; ubah bobot kriteria sampai jumlahnya tepat 100"]);
    for unsur in Unsur::ALL {
        assert_eq!(Unsur::ALL.iter().filter(|u| u.as_str() == unsur.as_str() || u.label() == unsur.label()).count(), 1);
    }
}

//! Cases from documents of other offices, by their number in the list of samples.

use std::path::Path;

use tolok_domain::figure::{Angka, JenisAngka};
use tolok_domain::indicator::{RumusMinimal, RumusRentang};
use tolok_domain::measure::{Capaian, Rerata, achievement};
use tolok_domain::number::{Konteks, parse_value, write_amount};
use tolok_domain::scale::{AKIP_88_2021, PERMENDAGRI_86_2017};
use tolok_domain::{
    Arah, Decimal, Indikator, InstansiId, JenisDokumen, Nilai, Periode, Potret, Rupiah, TipeNilai, ukur,
};
use tolok_ingest::package::read;
use tolok_review::{Keparahan, Penjelasan, Temuan, classify_ratio, reviu, reviu_berkas};

use crate::fixture;

fn demo() -> Potret {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/demo/serang-2021");
    read(&dir, InstansiId::new()).expect("folder").paket.expect("package").potret
}

fn indicator(arah: Arah) -> Indikator {
    Indikator { arah, batas: None, tipe: TipeNilai::Bilangan, ..demo().indikator[0].clone() }
}

fn n(text: &str) -> Decimal {
    text.replace(',', ".").parse().expect("number")
}

fn value(text: &str) -> Nilai {
    Nilai::Bilangan(n(text))
}

/// Achievement as reported, and before floor and cap.
fn achieved(i: &Indikator, target: Nilai, realisasi: Nilai) -> (Decimal, Decimal) {
    match achievement(i, Some(&target), &realisasi) {
        Capaian::Persen { nilai, asli, .. } => (nilai.round_dp(2), asli.round_dp(2)),
        other => panic!("{other}"),
    }
}

fn found(text: &str) -> Vec<Temuan> {
    reviu_berkas(&fixture::read("laporan.md", text))
}

fn has(text: &str, kode: &str) -> Option<Temuan> {
    found(text).into_iter().find(|t| t.aturan.kode == kode)
}

/// Values of both sides of a finding.
fn sides(t: &Temuan) -> (&str, &str) {
    (t.a.nilai.as_str(), t.b.as_ref().map_or("", |b| b.nilai.as_str()))
}

const HEAD: &str = "LAPORAN KINERJA TAHUN 2021\n\n";

fn measured(target: &str, realisasi: &str, capaian: &str) -> String {
    format!(
        "{HEAD}Tabel 3.1 Pengukuran\n| sasaran | indikator | satuan | target | realisasi | capaian |\n\
         | Meningkatnya mutu | Indeks layanan | Nilai | {target} | {realisasi} | {capaian} |\n"
    )
}

#[test]
fn c042_a_target_off_by_one_explains_the_number() {
    assert_eq!(classify_ratio(n("95"), n("162,1"), n("31,15"), 2), Penjelasan::TargetLain);
    let i = indicator(Arah::Minimal(RumusMinimal::Selisih));
    assert_eq!(achieved(&i, value("95"), value("162,1")).0, n("29,37"));
}

#[test]
fn c046_a_cap_of_120_is_recognised() {
    assert_eq!(classify_ratio(n("72"), n("100"), n("120"), 0), Penjelasan::Dibatasi120);
    let capped = Indikator { batas: Some(n("120")), ..indicator(Arah::Maksimal) };
    assert_eq!(achieved(&capped, value("72"), value("100")), (n("120"), n("138,89")));
}

#[test]
fn c047_hundreds_of_percent_are_odd() {
    let t = has(&measured("10", "65,7", "657"), "KW-01").expect("found");
    assert_eq!(t.keparahan, Keparahan::Peringatan);
    assert!(has(&measured("10", "65,7", "657"), "AR-05").is_none(), "the number itself is right");
}

#[test]
fn c048_c049_percentages_of_percentages_are_kept_before_the_floor() {
    let i = indicator(Arah::Maksimal);
    assert_eq!(achieved(&i, value("3"), value("-100")), (n("0"), n("-3333,33")));
    assert_eq!(achieved(&i, value("3"), value("50")).1, n("1666,67"));
    assert_eq!(has(&measured("3", "-100", "-33,33"), "AR-05").expect("found").a.nilai, "-33,33");
}

#[test]
fn c052_a_realisation_of_zero_has_no_inverse() {
    let i = indicator(Arah::Minimal(RumusMinimal::Kebalikan));
    let nothing = achievement(&i, Some(&value("5")), &value("0"));
    assert!(matches!(&nothing, Capaian::TidakTerhitung(why) if !why.to_string().is_empty()), "{nothing:?}");
}

#[test]
fn c056_a_range_has_two_sides() {
    let i = indicator(Arah::Rentang(RumusRentang::Ideal));
    let ideal = || Nilai::Rentang { bawah: n("60"), atas: n("85") };
    assert_eq!(achieved(&i, ideal(), value("75,87")).0, n("100"));
    assert!(achieved(&i, ideal(), value("95")).0 < n("100"));
}

#[test]
fn c057_a_better_rank_is_a_lower_number() {
    let i = indicator(Arah::Minimal(RumusMinimal::Selisih));
    assert_eq!(achieved(&i, value("2"), value("1")).0, n("150"));
}

#[test]
fn c059_a_grade_below_the_target_is_missed() {
    let i = Indikator { tipe: TipeNilai::Predikat, skala: "akip-88-2021".to_owned(), ..indicator(Arah::Maksimal) };
    let grade = |g: &str| Nilai::Predikat(g.to_owned());
    assert_eq!(achieved(&i, grade("BB"), grade("BB")).0, n("100"));
    assert!(achieved(&i, grade("A"), grade("BB")).0 < n("100"));
}

#[test]
fn c062_an_inverted_ratio_and_another_target_are_both_told() {
    assert_eq!(classify_ratio(n("47"), n("49,81"), n("94,36"), 2), Penjelasan::RasioTerbalik);
    assert!(has(&measured("46", "49,81", "94,35"), "AR-05").is_some());
    assert_eq!(achieved(&indicator(Arah::Maksimal), value("46"), value("49,81")).0, n("108,28"));
}

#[test]
fn c063_c064_c065_columns_that_hold_something_else_are_recognised() {
    assert_eq!(classify_ratio(n("75"), n("92,8"), n("92,8"), 1), Penjelasan::SalinRealisasi);
    assert_eq!(classify_ratio(n("100"), n("100"), n("65,93"), 2), Penjelasan::Seragam);
    assert_eq!(classify_ratio(n("79,58"), n("85,92"), n("1,08"), 2), Penjelasan::Pecahan);
    let copied = has(&measured("75", "92,8", "92,8"), "AR-05").expect("found");
    assert!(copied.explanation().contains("menyalin realisasi"), "{copied:?}");
    let uniform = has(&measured("100", "100", "65,93"), "AR-05").expect("found");
    assert!(uniform.explanation().contains("seragam"), "{uniform:?}");
    let fraction = found(&measured("79,58", "85,92", "1,08"));
    assert!(fraction.iter().any(|t| t.aturan.kode == "FM-03") && fraction.iter().all(|t| t.aturan.kode != "AR-05"));
}

#[test]
fn c066_a_change_is_the_difference_of_its_values() {
    let text = |printed: &str| format!("{HEAD}IPM naik dari 71,43 menjadi 71,61, perubahan {printed}%.");
    let t = has(&text("-28,39"), "AR-18").expect("found");
    assert_eq!(sides(&t), ("-28,39%", "0,25"));
    assert!(t.explanation().contains("0,18 poin; yang tercetak adalah nilainya dikurangi 100"), "{t:?}");
    assert!(has(&text("0,25"), "AR-18").is_none() && has(&text("0,18"), "AR-18").is_none());
    let table = |printed: &str| {
        format!(
            "{HEAD}Tabel 3.2 Perbandingan\n| tujuan | indikator | satuan | realisasi 2020 | realisasi 2021 | perubahan (%) |\n\
             | Meningkatnya mutu manusia | Indeks Pembangunan Manusia | Nilai | 71,43 | 71,61 | {printed} |\n"
        )
    };
    assert_eq!(sides(&has(&table("-28,39"), "AR-18").expect("found")), ("-28,39", "0,25"));
    assert!(has(&table("0,25"), "AR-18").is_none());
}

/// The demo with one indicator that has these targets and this realisation of its first quarter, and no other figures of the year.
fn first_quarter(year: &str, quarter: &str, realisasi: &str) -> (Potret, String) {
    let mut potret = demo();
    let whole = Periode::Tahun(2021);
    let is_target = |a: &&Angka| a.jenis == JenisAngka::Target { dokumen: "pk".into() } && a.periode == whole;
    let first = potret.angka.iter().find(is_target).expect("target").clone();
    let kode = first.subjek.kode().to_owned();
    potret.angka.retain(|a| a.subjek.kode() != kode || a.periode.tahun() != 2021);
    let part = Periode::Triwulan(2021, 1);
    for (jenis, periode, x) in [
        (JenisAngka::Target { dokumen: "pk".into() }, whole, year),
        (JenisAngka::Target { dokumen: "rencana-aksi".into() }, part, quarter),
        (JenisAngka::Realisasi, part, realisasi),
    ] {
        potret.angka.push(Angka { jenis, periode, nilai: Nilai::Persen(n(x)), ..first.clone() });
    }
    (potret, kode)
}

#[test]
fn c086_a_quarter_has_its_own_denominator_and_the_year_keeps_its_own() {
    let (potret, kode) = first_quarter("172,41", "10", "11");
    let hasil = ukur(&potret, Periode::Triwulan(2021, 1));
    let u = hasil.indicator(&kode).expect("measured");
    assert_eq!(u.target.as_ref().and_then(|t| t.nilai.number()), Some(n("10")));
    assert_eq!(u.capaian.percent(), Some(n("110")));
    let year = hasil.target_in(&kode, "pk", Periode::Tahun(2021)).expect("the year's target is still there");
    let of_year = achievement(u.indikator, Some(&year.nilai), &u.realisasi.nilai);
    assert_eq!(of_year.percent().map(|x| x.round_dp(2)), Some(n("6,38")), "11 of 172,41");
    let at_end = ukur(&potret, Periode::Tahun(2021));
    let end = at_end.indicator(&kode).expect("measured").capaian.percent().map(|x| x.round_dp(2));
    assert_eq!(end, Some(n("6,38")), "neither 110 nor the mean of both");
}

#[test]
fn c088_the_last_cumulative_target_is_the_target_of_the_year() {
    let months = |december: &str| {
        let head: Vec<String> = (1..=12).map(|m| format!("target 2021-B{m:02}")).collect();
        let values = ["0,4", "0,8", "1,2", "1,6", "2,0", "2,4", "2,8", "3,2", "3,6", "4,0", "4,3", december];
        format!(
            "{HEAD}Rencana Aksi\n| sasaran | indikator | satuan | target 2021 | {} |\n\
             | Meningkatnya mutu | Indeks layanan | Nilai | 4,47 | {} |\n",
            head.join(" | "),
            values.join(" | ")
        )
    };
    let t = has(&months("4,7"), "AR-19").expect("found");
    assert_eq!((sides(&t), t.selisih), (("4,7", "4,47"), Some(n("0,23"))));
    assert_eq!(t.keparahan, Keparahan::Peringatan);
    assert!(has(&months("4,47"), "AR-19").is_none());
}

fn mean(rows: &[&str], printed: &str) -> String {
    let mut text =
        format!("{HEAD}Tabel 3.1 Pengukuran\n| sasaran | indikator | satuan | target | realisasi | capaian |\n");
    for (i, row) in rows.iter().enumerate() {
        text.push_str(&format!(
            "| Meningkatnya mutu {i} | Indeks layanan bidang {i} | Nilai | 100 | {row} | {row} |\n"
        ));
    }
    text.push_str(&format!("| Rata-rata | | | | | {printed} |\n"));
    text
}

#[test]
fn c096_c097_a_mean_is_the_mean_of_its_rows() {
    let t = has(&mean(&["98,40", "98,80", "98,91"], "74,03"), "AR-13").expect("found");
    assert_eq!(t.b.expect("both sides").nilai, "98,70");
    let t = has(&mean(&["101,46", "101,46"], "100,41"), "AR-13").expect("found");
    assert_eq!(t.selisih, Some(n("-1,05")));
    assert!(has(&mean(&["101,46", "101,46"], "101,46"), "AR-13").is_none());
}

#[test]
fn c098_an_indicator_twice_is_told() {
    let text = format!(
        "{HEAD}Perjanjian Kinerja 2021\n| sasaran | indikator | satuan | target |\n| Meningkatnya mutu | Indeks layanan | Nilai | 80 |\n\
         | Meningkatnya kepuasan | Indeks layanan | Nilai | 80 |\n"
    );
    assert!(has(&text, "KS-09").is_some());
}

#[test]
fn c100_shares_are_joined_by_their_parts() {
    let share = (n("74") + n("4")) * n("100") / (n("77") + n("6"));
    assert_eq!(share.round_dp(2), n("93,98"));
    let means = Rerata::of([Some(n("74") * n("100") / n("77")), Some(n("4") * n("100") / n("6"))]);
    assert_ne!(means.nilai.map(|x| x.round_dp(2)), Some(n("93,98")), "the mean of percentages is another number");
}

fn scale(bands: &[&str]) -> String {
    let rows: Vec<String> = bands.iter().map(|b| format!("| x | {b} |")).collect();
    format!("{HEAD}Skala penilaian\n| predikat | interval |\n{}\n", rows.join("\n"))
}

#[test]
fn c103_c104_scales_with_gaps_or_overlaps_are_told() {
    let gap = has(&scale(&["91-100", "76-90", "66-75", "51-65", "<=50"]), "KW-14").expect("found");
    assert!(gap.judul.contains("Celah"), "{}", gap.judul);
    let overlap = has(&scale(&[">=100", "<=100"]), "KW-14").expect("found");
    assert!(overlap.judul.contains("Tumpang tindih di 100"), "{}", overlap.judul);
}

#[test]
fn c106_eighty_is_bb() {
    assert_eq!(AKIP_88_2021.grade(n("80,00")).kode, "BB");
    assert_eq!(AKIP_88_2021.grade(n("80,01")).kode, "A");
    assert_eq!(PERMENDAGRI_86_2017.grade(n("90,5")).label, "Sangat Tinggi");
}

#[test]
fn c107_counts_of_grades_that_agree_are_no_finding() {
    let report = |text: &str| {
        let rows = [
            ("95", "Sangat Baik"),
            ("96", "Sangat Baik"),
            ("97", "Sangat Baik"),
            ("80", "Tinggi"),
            ("40", "Sangat Rendah"),
        ];
        let rows: String = (1..)
            .zip(rows)
            .map(|(i, (x, grade))| {
                format!("| Sasaran {i} | Indeks layanan bidang {i} | Nilai | 100 | {x} | {x} | {grade} |\n")
            })
            .collect();
        format!(
            "{HEAD}{text}\n\nTabel 3.1 IKU\n| sasaran | indikator | satuan | target | realisasi | capaian | predikat |\n{rows}"
        )
    };
    let right = "Dari 5 IKU, 3 IKU (60%) berpredikat sangat baik, 1 IKU (20%) tinggi dan 1 IKU (20%) sangat rendah.";
    assert!(has(&report(right), "LT-23").is_none());
    let t = has(&report(&right.replace("1 IKU (20%) tinggi", "1 IKU (30%) tinggi")), "LT-23").expect("found");
    assert_eq!(sides(&t), ("30% tinggi", "20,00% (1 dari 5) tinggi"));
    let t = has(&report(&right.replace("3 IKU (60%)", "4 IKU (60%)")), "LT-23").expect("found");
    assert_eq!(sides(&t), ("4 sangat baik", "3 dari 5 sangat baik"));
}

#[test]
fn c109_text_table_and_arithmetic_that_all_differ_are_two_findings() {
    let text = format!(
        "{HEAD}Pada tahun ini persentase penurunan PK adalah 0.\n\nTabel 3.1 Pengukuran\n\
         | sasaran | indikator | satuan | target | realisasi | capaian |\n\
         | Menurunnya PK | Persentase penurunan PK | berkas | 9 berkas | 2 berkas | 75,00 |\n"
    );
    assert_eq!(sides(&has(&text, "LT-24").expect("text and table")), ("0", "75,00"));
    assert_eq!(sides(&has(&text, "AR-05").expect("2 of 9 is 22,22")), ("75,00", "22,22"));
    assert!(has(&text.replace("75,00", "22,22").replace("adalah 0.", "adalah 22,22."), "AR-05").is_none());
    let change = |printed: &str| {
        format!(
            "{HEAD}Tabel 3.2 Perbandingan\n| sasaran | indikator | satuan | realisasi 2020 | realisasi 2021 | penurunan (%) |\n\
             | Menurunnya PK | Jumlah berkas PK | berkas | 9 | 2 | {printed} |\n"
        )
    };
    assert_eq!(sides(&has(&change("75,00"), "AR-18").expect("found")), ("75,00", "-77,78"));
    assert!(has(&change("77,78"), "AR-18").is_none());
}

#[test]
fn c110_a_count_in_the_text_is_the_one_of_the_table() {
    let text = |said: &str| {
        format!(
            "{HEAD}Jumlah kasus perselisihan yang masuk pada tahun 2021 sebanyak {said} kasus.\n\nTabel 3.1 Pengukuran\n\
             | sasaran | indikator | satuan | target | realisasi | capaian |\n\
             | Menurunnya perselisihan | Jumlah kasus perselisihan | Kasus | 15 | 12 | 80,00 |\n"
        )
    };
    let t = has(&text("10"), "LT-24").expect("found");
    assert_eq!((sides(&t), t.selisih, t.keparahan), (("10", "12"), Some(n("-2")), Keparahan::Peringatan));
    assert!(has(&text("12"), "LT-24").is_none());
}

#[test]
fn c114_a_report_before_the_end_of_its_year_is_told() {
    assert!(has(&format!("{HEAD}Serang, 03 Februari 2021"), "NS-06").is_some());
}

#[test]
fn c116_c118_c119_c121_texts_that_contradict_themselves() {
    let wrong = "Peraturan Presiden Nomor 20 Tahun 2014 tentang Sistem Akuntabilitas Kinerja Instansi Pemerintah";
    assert!(has(&format!("{HEAD}{wrong}"), "NS-09").expect("found").judul.contains("Nomor 29 Tahun 2014"));
    assert!(has(&format!("{HEAD}Tabel 3.1 Capaian\n\nTabel 3.1 Anggaran"), "NS-07").is_some());
    let words = "Rp 440.768.000,- (empat ratus empat puluh juta tujuh ratus enam puluh ribu rupiah)";
    assert_eq!(has(&format!("{HEAD}{words}"), "AR-11").expect("found").selisih, Some(n("8000")));
    let down = "Pendapatan Rp7.783.838.000 lalu turun menjadi Rp7.793.838.000";
    assert_eq!(has(&format!("{HEAD}{down}"), "LT-22").expect("found").selisih, Some(n("10000000")));
}

#[test]
fn c122_a_jump_in_the_targets_is_told() {
    let text = format!(
        "{HEAD}Tabel 2.1 Target\n| sasaran | indikator | satuan | target 2018 | target 2019 | target 2020 | target 2021 | target 2022 | target 2023 | target 2024 |\n\
         | Meningkatnya pendidikan | Rata-rata lama sekolah | tahun | 9,55 | 9,66 | 9,79 | 9,91 | 10,04 | 10,16 | 11,12 |\n"
    );
    let t = has(&text, "KW-07").expect("found");
    assert_eq!((t.a.nilai.as_str(), t.selisih), ("11,12", Some(n("0,96"))));
}

#[test]
fn c123_two_spans_of_one_plan_are_told() {
    assert!(
        has(
            &format!("{HEAD}RPJMD 2025-2029 disusun.\n\nPeriode RPJMD 2026-2030 dimulai.\n\nRPJMD 2026-2030 berlaku."),
            "NS-05"
        )
        .is_some()
    );
}

#[test]
fn c124_c125_rounding_and_cutting_are_no_mistakes() {
    assert_eq!(classify_ratio(n("3,34"), n("4,5"), n("134"), 0), Penjelasan::Dipotong);
    assert_eq!(classify_ratio(n("80,48"), n("90,92"), n("113"), 0), Penjelasan::RealisasiPerTarget);
    assert!(has(&measured("65", "90,83", "139,73"), "AR-05").is_none());
}

#[test]
fn c126_a_score_of_efficiency_lies_between_0_and_100() {
    let table = |x: &str| {
        format!(
            "{HEAD}Tabel 3.5 Efisiensi\n| kode | nama | pagu | belanja | Nilai Efisiensi (%) |\n\
             | 1.02.02 | Program Upaya Kesehatan | 1.000.000 | 850.000 | {x} |\n"
        )
    };
    let t = has(&table("235"), "KW-15").expect("found");
    assert_eq!((t.selisih, t.keparahan), (Some(n("135")), Keparahan::Peringatan));
    assert!(has(&table("-12,5"), "KW-15").is_some() && has(&table("87,5"), "KW-15").is_none());
    assert!(has(&format!("{HEAD}Nilai efisiensi tercatat sebesar 235%."), "KW-15").is_some());
}

#[test]
fn c129_years_of_money_are_kept_apart() {
    let potret = demo();
    let budgets: Vec<&str> =
        potret.dokumen.iter().filter(|d| d.jenis == JenisDokumen::Dpa).map(|d| d.kode.as_str()).collect();
    assert_eq!(budgets, ["dpa-p", "dpa-2019", "dpa-2020"], "three years stand side by side");
    let hasil = ukur(&potret, Periode::Tahun(2021));
    let pagu = |tahun| hasil.total_at(Periode::Tahun(tahun)).pagu;
    assert_eq!(hasil.total.pagu, Rupiah::from_rupiah(7_851_608_419));
    assert_eq!(pagu(2020), Rupiah::from_rupiah(1_229_566_394));
    assert_eq!(pagu(2019), Rupiah::from_rupiah(2_884_450_000));
}

#[test]
fn c131_absorption_is_of_the_ceiling_in_force() {
    let table = |pagu: &str, serapan: &str| {
        format!(
            "{HEAD}Tabel 3.4 Anggaran\n| kode | nama | pagu | belanja | serapan |\n\
             | 1.02.02 | Program Upaya Kesehatan | {pagu} | 23.906.077.655 | {serapan} |\n"
        )
    };
    assert!(has(&table("103.826.538.000", "23,03"), "AR-06").is_none());
    assert!(has(&table("105.370.538.000", "22,69"), "AR-06").is_none());
    assert!(has(&table("105.370.538.000", "23,03"), "AR-06").is_some(), "a share of the other ceiling");
}

#[test]
fn c132_a_zero_of_a_shifted_budget_is_told_and_the_ceiling_before_is_kept() {
    let mut potret = demo();
    let shifted = JenisAngka::Pagu { dokumen: "dpa-p".to_owned() };
    let one = potret.angka.iter_mut().find(|a| a.jenis == shifted && a.subjek.kode() == "2.07.03.2.02.01");
    one.expect("ceiling").nilai = Nilai::Uang(Rupiah::default());
    let told = |potret: &Potret| {
        let all = reviu(&ukur(potret, Periode::Tahun(2021)));
        all.into_iter().find(|t| t.aturan.kode == "UANG-06")
    };
    let t = told(&potret).expect("found");
    assert_eq!((t.selisih, t.keparahan), (Some(n("-92920000")), Keparahan::Peringatan));
    let before = JenisAngka::Pagu { dokumen: "renja".to_owned() };
    let kept = potret.angka.iter().find(|a| a.jenis == before && a.subjek.kode() == "2.07.03.2.02.01");
    assert_eq!(kept.map(|a| a.nilai.clone()), Rupiah::from_rupiah(92_920_000).map(Nilai::Uang));
    // A word that says that it was meant is the confirmation.
    for a in potret.angka.iter_mut().filter(|a| a.jenis == shifted && a.subjek.kode() == "2.07.03.2.02.01") {
        a.keterangan = "Dihapus dalam pergeseran pertama".to_owned();
    }
    assert!(told(&potret).is_none());
}

#[test]
fn c133_rupiah_keep_their_sen() {
    let pagu = parse_value("1.234.567,89", TipeNilai::Uang, &Konteks::indonesia()).expect("money");
    assert_eq!(pagu, Nilai::Uang(Rupiah::from_sen(123_456_789)));
    assert_eq!(write_amount(Rupiah::from_sen(123_456_789)), "1.234.567,89");
}

#[test]
fn c135_a_ceiling_is_the_sum_of_its_sources() {
    let table = |second: &str| {
        format!(
            "{HEAD}Rencana Kerja 2021\n| kode | nama | pagu 2021 |\n| 2.07.03.2.01 | Pelatihan Kerja | 100.000.000 |\n\
             | | Dana Alokasi Umum | 60.000.000 |\n| | Pendapatan Asli Daerah | {second} |\n"
        )
    };
    assert!(has(&table("40.000.000"), "AR-01").is_none());
    let t = has(&table("45.000.000"), "AR-01").expect("found");
    assert_eq!((sides(&t), t.selisih), (("100.000.000", "105.000.000"), Some(n("-5000000"))));
}

#[test]
fn c169_the_latest_agreement_counts() {
    let mut potret = demo();
    let year = Periode::Tahun(2021);
    let pk = potret
        .dokumen
        .iter()
        .find(|d| d.jenis == tolok_domain::JenisDokumen::PerjanjianKinerja)
        .expect("agreement")
        .clone();
    let revised = tolok_domain::Dokumen { kode: "pk-p".into(), versi: 1, ..pk.clone() };
    potret.dokumen.push(revised);
    let is_target = |a: &tolok_domain::Angka, kode: &str| {
        a.jenis == JenisAngka::Target { dokumen: kode.into() } && a.periode == year
    };
    let first = potret.angka.iter().find(|a| is_target(a, &pk.kode)).expect("target").clone();
    let kode = first.subjek.kode().to_owned();
    let same = |a: &tolok_domain::Angka| a.subjek.kode() == kode;
    let is_result = |a: &tolok_domain::Angka| matches!(a.jenis, JenisAngka::Realisasi | JenisAngka::Variabel { .. });
    potret.angka.retain(|a| !(same(a) && is_result(a) && a.periode.tahun() == 2021));
    let mut add = |jenis: JenisAngka, x: &str| {
        let mut figure = first.clone();
        figure.jenis = jenis;
        figure.nilai = Nilai::Persen(n(x));
        potret.angka.push(figure);
    };
    add(JenisAngka::Target { dokumen: "pk-p".into() }, "75");
    add(JenisAngka::Realisasi, "78");
    let hasil = ukur(&potret, year);
    let u = hasil.indicator(&kode).expect("measured");
    assert_eq!(u.target.as_ref().and_then(|t| t.nilai.number()), Some(n("75")));
    assert_eq!(u.capaian.percent(), Some(n("104")));
    assert!(hasil.target_in(&kode, &pk.kode, year).is_some(), "the first agreement stays visible");
}

#[test]
fn c174_a_renamed_programme_keeps_its_code() {
    let text = format!(
        "{HEAD}Rencana Kerja 2021\n| kode | nama | pagu 2021 |\n| 2.07.03 | Program Peningkatan Kualitas Tenaga Kerja | 832.031.500 |\n\n\
         Tabel 3.4 Anggaran\n| kode | nama | pagu 2021 |\n| 2.07.03 | Program Pelatihan Kerja | 799.000.000 |\n"
    );
    assert!(has(&text, "LT-01").is_some(), "one programme in both tables, by its code");
}

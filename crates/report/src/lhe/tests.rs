use tolok_domain::Cakupan;
use tolok_domain::evaluasi::{BarisRekap, SebaranEvaluator, SkorRingkas, recap};
use tolok_domain::measure::Rerata;
use tolok_domain::region::RekapDaerah;
use tolok_domain::sheet::{Baris, Isian, Lembar, assemble};
use tolok_domain::{Decimal, InstansiId};

use super::*;
use crate::naskah::{NilaiSel, Sel, Tabel};

fn office(sheets: &[(&str, &[&str])]) -> Potret {
    let mut isian = Isian::new();
    let base: (&str, &[&str]) =
        ("instansi", &["dinas;Dinas Kerja;;Kota Contoh;;;;Contoh;Kepala Dinas Kerja;2019;2023;"]);
    for (nama, lines) in std::iter::once(&base).chain(sheets) {
        let lembar = Lembar::find(nama).expect("sheet");
        let row = |(nomor, line): (u64, &&str)| {
            let mut sel: Vec<String> = line.split(';').map(str::to_owned).collect();
            sel.resize(lembar.kolom.len(), String::new());
            Baris { nomor, sel }
        };
        isian.insert(lembar.nama, (2..).zip(lines.iter()).map(row).collect());
    }
    let (potret, masalah) = assemble(InstansiId::new(), 2022, &isian, Vec::new());
    assert_eq!(masalah, []);
    potret.expect("office")
}

const TEMPLATE: (&str, &[&str]) = (
    "templat_lke",
    &[
        "kota;judul;;;LKE Kota",
        "kota;peraturan;;;Perwali 1/2022",
        "kota;berlaku;;;2021-",
        "kota;tingkat;;;perangkat_daerah",
        "kota;skala;;;akip-88-2021",
        "kota;komponen;;1;Perencanaan;60",
        "kota;subkomponen;1;1.a;Dokumen;60;keberadaan;rerata",
        "kota;kriteria;1.a;1.a.1;Renstra ada;;;ya_tidak",
        "kota;kriteria;1.a;1.a.2;Renstra terukur;;;a_e",
        "kota;komponen;;2;Pengukuran;40",
        "kota;subkomponen;2;2.a;Berkala;40;;rerata",
        "kota;kriteria;2.a;2.a.1;Tiap triwulan;;;ya_tidak",
    ],
);

fn evaluated(answers: &'static [&'static str]) -> Potret {
    office(&[
        TEMPLATE,
        (
            "evaluasi",
            &[
                "e21;2021;kota;terbit;Inspektorat;;700/1;2022-04-29;70",
                "e22;2022;kota;dinilai;Inspektorat;;700/2;2023-04-28",
            ],
        ),
        ("jawaban_lke", answers),
        (
            "rekomendasi",
            &[
                "R1;;Terbitkan Renstra;Akan diunggah;akan;;e21;1.a.1",
                "R2;;Ukur tiap triwulan.;;;;e22;2.a.1;;2023-06-30;tinggi",
            ],
        ),
        ("putusan", &["R1;2022;instansi;selesai", "R1;2022;evaluator;proses;Belum semua bab"]),
    ])
}

const ALL: &[&str] = &[
    "e22;1.a.1;evaluator;ya;;Renstra hlm. 1",
    "e22;1.a.2;mandiri;a",
    "e22;1.a.2;evaluator;c;Separuh terukur",
    "e22;2.a.1;evaluator;ya",
];

fn texts(naskah: &Naskah) -> Vec<String> {
    fn walk(blocks: &[Blok], found: &mut Vec<String>) {
        for block in blocks {
            match block {
                Blok::Paragraf { isi, .. } => found.push(isi.iter().map(|r| r.teks.as_str()).collect()),
                Blok::Judul(j) => found.push(j.teks.clone()),
                Blok::Daftar { butir, .. } => butir.iter().for_each(|item| walk(item, found)),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    naskah.bagian.iter().for_each(|b| walk(&b.isi, &mut found));
    found
}

fn table<'a>(naskah: &'a Naskah, nama: &str) -> &'a Tabel {
    naskah.tables().into_iter().find(|t| t.nama == nama).unwrap_or_else(|| panic!("{nama}"))
}

fn rows(table: &Tabel) -> Vec<String> {
    table.isi.iter().map(|b| b.sel.iter().map(Sel::plain).collect::<Vec<_>>().join(" | ")).collect()
}

#[test]
fn the_letter_tells_result_change_and_what_to_do() {
    let potret = evaluated(ALL);
    let evaluasi = potret.evaluation("e22").expect("there");
    let naskah = build_letter(&potret, evaluasi).expect("template");
    let texts = texts(&naskah);
    // 60 * (1 + 0,5) / 2 + 40 = 85.
    assert!(
        texts.contains(&"Hasil evaluasi menunjukkan nilai 85,00 dengan predikat A (Memuaskan).".to_owned()),
        "{texts:#?}"
    );
    assert!(texts.contains(&"Dibandingkan tahun 2021 (70,00), nilainya naik 15,00.".to_owned()), "{texts:#?}");
    assert!(texts.contains(&"Ukur tiap triwulan (paling lambat 30 Juni 2023).".to_owned()), "{texts:#?}");
    assert!(!texts.iter().any(|t| t.contains("Terbitkan Renstra")), "of another evaluation");
    let table = table(&naskah, "lhe_komponen");
    assert_eq!(
        rows(table),
        [
            "1 | Perencanaan | 60,00 |  | 45,00",
            "1.a | Keberadaan | 60,00 | – | 45,00",
            "2 | Pengukuran | 40,00 |  | 40,00",
            "2.a | Berkala | 40,00 | – | 40,00",
            " | Nilai AKIP | 100,00 | A | 85,00",
        ]
    );
    assert_eq!(table.isi[0].sel[4].nilai, Some(NilaiSel::Bilangan(Decimal::from(45), 2)));
    assert_eq!((naskah.tanggal.as_str(), naskah.penerbit.as_str()), ("2023-04-28", "Inspektorat"));
}

#[test]
fn a_letter_without_recommendations_asks_for_no_follow_up() {
    let closing = |potret: &Potret| {
        let letter = build_letter(potret, potret.evaluation("e22").expect("there")).expect("template");
        texts(&letter).iter().any(|t| t.starts_with("Rekomendasi di atas"))
    };
    let mut potret = evaluated(ALL);
    assert!(closing(&potret));
    potret.rekomendasi.retain(|r| r.evaluasi.as_deref() != Some("e22"));
    assert!(!closing(&potret));
}

#[test]
fn the_long_form_shows_what_is_open_and_the_whole_worksheet() {
    let potret = evaluated(ALL);
    let naskah = build_long(&potret, potret.evaluation("e22").expect("there")).expect("template");
    assert_eq!(rows(table(&naskah, "lhe_belum_1.a")), ["1.a.2 | Renstra terukur | C | Separuh terukur"]);
    assert!(naskah.tables().iter().all(|t| t.nama != "lhe_belum_2.a"));
    assert_eq!(
        rows(table(&naskah, "lhe_lke_1")),
        [
            "1.a Dokumen",
            "1.a.1 | Renstra ada | – | ya | – |  | Renstra hlm. 1",
            "1.a.2 | Renstra terukur | A | C | – | Separuh terukur | ",
        ]
    );
    assert_eq!(
        rows(table(&naskah, "lhe_tindak_lanjut")),
        ["1 | Terbitkan Renstra | Akan diunggah | Selesai | Dalam proses | Belum semua bab"]
    );
    let said = texts(&naskah);
    assert!(said.contains(&"Tindak lanjut rekomendasi evaluasi sebelumnya:".to_owned()), "{said:#?}");
    assert!(said.contains(&"Perencanaan (45,00 dari 60,00)".to_owned()), "{said:#?}");
    let part =
        "Subkomponen ini memperoleh nilai 45,00 dari bobot 60; kriteria terpenuhi 75,00%; 2 dari 2 kriteria dijawab.";
    assert!(said.contains(&part.to_owned()), "{said:#?}");
}

#[test]
fn what_is_not_finished_is_said_to_be_open() {
    let potret = evaluated(&["e22;1.a.1;evaluator;ya", "e22;2.a.1;evaluator;tidak"]);
    let naskah = build_letter(&potret, potret.evaluation("e22").expect("there")).expect("template");
    let open = "Penilaian belum selesai: 1 dari 2 subkomponen sudah dinilai, dengan nilai 0,00 dari bobot 40,00.";
    assert!(texts(&naskah).contains(&open.to_owned()), "{:#?}", texts(&naskah));
    assert_eq!(rows(table(&naskah, "lhe_komponen"))[4], " | Nilai AKIP | 100,00 | 1 dari 2 subkomponen | –");
}

#[test]
fn all_offices_on_one_sheet() {
    let potret = evaluated(ALL);
    let templat = potret.template("kota").expect("there");
    let pilih = counted(&potret.jawaban, "e22");
    let row = |kode: &str, skor, lalu| BarisRekap { kode: kode.to_owned(), nama: format!("Dinas {kode}"), skor, lalu };
    let rekap = recap(
        templat,
        vec![row("b", None, None), row("a", Some(SkorRingkas::from(&score(templat, &pilih))), Some(Decimal::from(90)))],
    );
    let sebaran = SebaranEvaluator {
        evaluator: "Inspektorat",
        nilai: Rerata { nilai: Some(Decimal::from(85)), ada: 1, dari: 2 },
        rentang: Some((Decimal::from(85), Decimal::from(85))),
        selisih: Rerata { nilai: None, ada: 0, dari: 2 },
    };
    let hasil = RekapDaerah { rekap: vec![rekap], dievaluasi: Cakupan { ada: 1, dari: 2 }, sebaran: vec![sebaran] };
    let naskah = build_recap("Kota Contoh", 2022, &hasil);
    let evaluators = rows(table(&naskah, "rekap_evaluator"));
    assert_eq!(evaluators, ["Inspektorat | 1 dari 2 | 85,00 | 85,00 | 85,00 | – | 0 dari 2"]);
    assert_eq!(
        rows(table(&naskah, "rekap_lke")),
        [
            "1 | Dinas a | 45,00 | 40,00 | 85,00 | A | 90,00 | -5,00 | 2 dari 2",
            "2 | Dinas b | – | – | – | – | – | – | belum dievaluasi",
            " | Rata-rata | 45,00 | 40,00 | 85,00 |  |  |  | 1 dari 2",
        ]
    );
    let said = texts(&naskah);
    assert!(
        said[1].starts_with("1 dari 2 perangkat daerah sudah bernilai, dengan nilai rata-rata 85,00."),
        "{said:#?}"
    );
}

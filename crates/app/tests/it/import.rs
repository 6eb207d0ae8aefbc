//! Packages in and out.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rstest::rstest;
use tolok_app::{
    App, CaraImpor, Dilihat, Galat, HasilIsian, IsiLangkahTindakLanjut, IsiPutusan, IsianAngka, RencanaImpor,
};
use tolok_domain::rekomendasi::{KeadaanTindakLanjut, PemberiPutusan};
use tolok_domain::{Angka, AngkaId, Indikator, JenisAngka, Nilai, Periode, Petak, Subjek};
use tolok_ingest::package::{Paket, files, read_files};
use tolok_testkit::{Mesin, TestApp, demo_dir, demo_paket};

fn by_name(paket: &Paket) -> BTreeMap<String, String> {
    files(paket).into_iter().map(|(name, bytes)| (name, String::from_utf8_lossy(&bytes).into_owned())).collect()
}

/// The files of a folder and of the folders in it.
fn on_disk(dir: &Path, prefix: &str, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(dir).expect("folder") {
        let path = entry.expect("entry").path();
        let name = format!("{prefix}{}", path.file_name().expect("name").to_string_lossy());
        if path.is_dir() {
            on_disk(&path, &format!("{name}/"), found);
        } else {
            found.insert(name, String::from_utf8_lossy(&fs::read(path).expect("file")).into_owned());
        }
    }
}

async fn export(uji: &TestApp) -> Paket {
    uji.app.export(&uji.ctx, 2021).await.expect("exported")
}

async fn head(app: &App, uji: &TestApp) -> i64 {
    app.store().head(&uji.ctx).await.expect("head")
}

#[rstest]
#[tokio::test]
async fn an_import_is_one_entry(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    assert_eq!((uji.impor.entri, uji.impor.keluar), (Some(1), 0));
    let entries = uji.app.history(&uji.ctx, None, 10).await.expect("history");
    assert_eq!(entries.len(), 1);
    assert_eq!((entries[0].tindakan.as_str(), entries[0].sasaran.as_str()), ("impor", "paket data 2021"));
    assert_eq!(entries[0].rincian, format!("{} baris masuk, 0 baris keluar", uji.impor.masuk));
    assert_eq!(uji.app.verify(&uji.ctx).await.expect("verified").rusak, []);
}

#[rstest]
#[tokio::test]
async fn importing_twice_changes_nothing(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    // Read anew, so that every figure has a new identity.
    let again = uji.app.import(&uji.ctx, &demo_paket(uji.ctx.instansi)).await.expect("import");
    assert_eq!((again.masuk, again.keluar, again.entri), (0, 0, None));
    assert_eq!(head(&uji.app, &uji).await, 1);
}

#[rstest]
#[tokio::test]
async fn only_what_differs_is_written(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let mut paket = demo_paket(uji.ctx.instansi);
    paket.potret.unit[0].nama = "Kepala Dinas yang Baru".to_owned();
    let last = paket.potret.angka.len() - 1;
    paket.potret.angka[last].nilai = Nilai::Persen(rust_decimal::dec!(1.25));
    let gone = paket.potret.catatan.pop().expect("a record");
    let got = uji.app.import(&uji.ctx, &paket).await.expect("import");
    assert_eq!((got.masuk, got.keluar, got.entri), (2, 3, Some(2)));
    let loaded = uji.app.load(&uji.ctx, 2021).await.expect("loaded");
    assert_eq!(loaded.potret.unit, paket.potret.unit);
    assert_eq!(loaded.potret.angka[last].nilai, paket.potret.angka[last].nilai);
    assert!(!loaded.potret.catatan.contains(&gone));
    let back = uji.app.import(&uji.ctx, &demo_paket(uji.ctx.instansi)).await.expect("import");
    assert_eq!((back.masuk, back.keluar, back.entri), (3, 2, Some(3)));
    assert_eq!(by_name(&export(&uji).await), by_name(&demo_paket(uji.ctx.instansi)));
    assert_eq!(uji.app.verify(&uji.ctx).await.expect("verified").rusak, []);
}

#[rstest]
#[tokio::test]
async fn the_export_is_the_package_byte_for_byte(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let exported = by_name(&export(&uji).await);
    assert_eq!(exported, by_name(&demo_paket(uji.ctx.instansi)));
    let mut stored = BTreeMap::new();
    on_disk(&demo_dir(), "", &mut stored);
    assert_eq!(exported.keys().collect::<Vec<_>>(), stored.keys().collect::<Vec<_>>());
    for (name, text) in &stored {
        assert_eq!(text, &exported[name], "{name}");
    }
}

#[rstest]
#[tokio::test]
async fn an_export_can_be_imported_into_another_office(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let second = uji.uji.office("kembar").await;
    let ctx = tolok_app::Ctx { instansi: second, ..uji.ctx.clone() };
    let files = files(&export(&uji).await).into_iter().collect();
    let got = read_files(&files, second);
    assert_eq!(got.masalah, []);
    let impor = uji.app.import(&ctx, &got.paket.expect("package")).await.expect("import");
    assert_eq!((impor.masuk, impor.entri), (uji.impor.masuk, Some(1)));
    let copy = uji.app.export(&ctx, 2021).await.expect("exported");
    assert_eq!(by_name(&copy), by_name(&export(&uji).await));
}

/// Lines that only one of two packages has, with their file.
fn differences(a: &BTreeMap<String, String>, b: &BTreeMap<String, String>) -> Vec<String> {
    let lines = |p: &BTreeMap<String, String>| -> Vec<String> {
        p.iter().flat_map(|(name, text)| text.lines().map(move |line| format!("{name}: {line}"))).collect()
    };
    let (a, b) = (lines(a), lines(b));
    let only = |mark: &str, here: &[String], there: &[String]| -> Vec<String> {
        here.iter().filter(|line| !there.contains(line)).map(|line| format!("{mark} {line}")).collect()
    };
    [only("-", &a, &b), only("+", &b, &a)].concat()
}

/// The demo as a package of 2022, with one indicator more, and a realisation of 2022 for it and for an old one.
fn next_year(uji: &TestApp) -> Paket {
    let mut next = demo_paket(uji.ctx.instansi);
    next.potret.tahun = 2022;
    let indikator = Indikator { kode: "iku.99".to_owned(), ..next.potret.indikator[0].clone() };
    let like = next.potret.angka.iter().find(|a| a.jenis == JenisAngka::Realisasi).expect("one").clone();
    for kode in [indikator.kode.as_str(), like.subjek.kode()] {
        let subjek = Subjek::Indikator(kode.to_owned());
        next.potret.angka.push(Angka { id: AngkaId::new(), subjek, periode: Periode::Tahun(2022), ..like.clone() });
    }
    next.potret.indikator.push(indikator);
    next
}

#[rstest]
#[tokio::test]
async fn each_year_has_its_own_plan(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    uji.app.import(&uji.ctx, &next_year(&uji)).await.expect("import");
    assert_eq!(uji.app.years(&uji.ctx).await.expect("years"), [2022, 2021]);
    let latest = uji.app.open(&uji.ctx, None).await.expect("latest");
    assert_eq!((latest.potret.tahun, latest.tahun.as_slice()), (2022, [2022, 2021].as_slice()));
    assert!(latest.potret.indicator("iku.99").is_some());
    assert!(uji.app.load(&uji.ctx, 2021).await.expect("loaded").potret.indicator("iku.99").is_none());
    assert_eq!(uji.app.verify(&uji.ctx).await.expect("verified").rusak, []);
}

#[rstest]
#[tokio::test]
async fn the_next_year_leaves_the_export_of_this_one_as_it_was(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let before = by_name(&export(&uji).await);
    uji.app.import(&uji.ctx, &next_year(&uji)).await.expect("import");
    let after = by_name(&export(&uji).await);
    let problems = read_files(&files(&export(&uji).await).into_iter().collect(), uji.ctx.instansi).masalah;
    assert!(problems.is_empty(), "the export cannot be read: {}", problems[0]);
    assert_eq!(differences(&before, &after), Vec::<String>::new());
}

#[rstest]
#[tokio::test]
async fn evidence_comes_with_the_package(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    for (sha256, bytes) in demo_paket(uji.ctx.instansi).bukti {
        assert_eq!(uji.app.evidence(&uji.ctx, &sha256).await.expect("found"), bytes);
    }
    let unknown = uji.app.evidence(&uji.ctx, "../../etc/passwd").await;
    assert!(matches!(unknown, Err(Galat::TidakDitemukan(_))), "{unknown:?}");
}

/// What people have entered since the import: a figure, an answer of the worksheet and a verdict.
async fn enter(uji: &TestApp) {
    let app = &uji.app;
    let petak = Petak::realisation("2.07.03.i1", None, Periode::Tahun(2021));
    let loaded = app.load(&uji.ctx.fresh(), 2021).await.expect("loaded");
    let dilihat = petak.figure(&loaded.potret).map(|a| a.id);
    let nilai = "77,7".to_owned();
    let input = IsianAngka { petak, nilai, keterangan: "Dihitung ulang".to_owned(), bukti: None, dilihat };
    let saved = app.save_figures(&uji.ctx.fresh(), 2021, &[input]).await.expect("told");
    assert!(matches!(saved, HasilIsian::Tersimpan(Some(_), _)), "{saved:?}");
    let now = Dilihat { tahun: 2021, versi: head(app, uji).await };
    let isi = IsiPutusan {
        rekomendasi: "R1".to_owned(),
        oleh: PemberiPutusan::Instansi,
        keadaan: KeadaanTindakLanjut::Selesai,
        alasan: "Sudah terbit".to_owned(),
    };
    app.give_verdict(&uji.ctx.fresh(), now, &isi).await.expect("judged");
    let now = Dilihat { tahun: 2021, versi: head(app, uji).await };
    let uraian = "Cetak Renstra".to_owned();
    let isi = IsiLangkahTindakLanjut { rekomendasi: "R1".to_owned(), uraian, ..IsiLangkahTindakLanjut::default() };
    app.save_follow_up(&uji.ctx.fresh(), now, &isi).await.expect("planned");
}

#[rstest]
#[tokio::test]
async fn what_people_have_entered_is_not_replaced_in_silence(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let demo = demo_paket(uji.ctx.instansi);
    let nothing = uji.app.preview_import(&uji.ctx, &demo, CaraImpor::default()).await.expect("previewed");
    assert_eq!(nothing, RencanaImpor::default());
    enter(&uji).await;
    let before = (head(&uji.app, &uji).await, by_name(&export(&uji).await));
    let mut paket = demo_paket(uji.ctx.instansi);
    paket.potret.unit[0].nama = "Kepala Dinas yang Baru".to_owned();
    let gone = paket.potret.catatan.pop().expect("a record");
    let plan = uji.app.preview_import(&uji.ctx.fresh(), &paket, CaraImpor::default()).await.expect("previewed");
    let told: Vec<String> = plan.0.iter().map(|(jenis, bagian)| format!("{jenis}: {bagian}")).collect();
    let expected = [
        format!("{}: 0 baru, 0 diganti, 1 hilang", gone.register.as_str()),
        "putusan: 0 baru, 1 diganti, 0 hilang; 1 di antaranya diisi di Tolok".to_owned(),
        "realisasi: 0 baru, 1 diganti, 0 hilang; 1 di antaranya diisi di Tolok".to_owned(),
        "tindak_lanjut: 0 baru, 0 diganti, 1 hilang; 1 di antaranya diisi di Tolok".to_owned(),
        "unit: 0 baru, 1 diganti, 0 hilang".to_owned(),
    ];
    assert_eq!(told, expected);
    assert_eq!(plan.entered(), 3);
    let refused = uji.app.import(&uji.ctx.fresh(), &paket).await;
    let Err(Galat::TidakSah(text)) = refused else { panic!("{refused:?}") };
    assert!(text.starts_with("3 baris yang diisi di Tolok akan diganti atau hilang; "), "{text}");
    assert!(text.contains("\ntindak_lanjut: 0 baru, 0 diganti, 1 hilang") && !text.contains("\nunit"), "{text}");
    assert_eq!((head(&uji.app, &uji).await, by_name(&export(&uji).await)), before, "nothing was written");
    // With only a part of a package read, what does not stand in it stays.
    let part = CaraImpor { sebagian: true, ..CaraImpor::default() };
    let plan = uji.app.preview_import(&uji.ctx.fresh(), &paket, part).await.expect("previewed");
    assert_eq!((plan.entered(), plan.0.contains_key("tindak_lanjut")), (2, false));
    let anyway = CaraImpor { timpa: true, ..CaraImpor::default() };
    let done = uji.app.import_as(&uji.ctx.fresh(), &paket, anyway).await.expect("imported");
    let entries = uji.app.history(&uji.ctx.fresh(), None, 1).await.expect("history");
    assert_eq!((Some(entries[0].nomor), entries[0].tindakan.as_str()), (done.entri, "impor"));
    assert!(entries[0].rincian.ends_with(", 3 yang diisi di Tolok diganti"), "{}", entries[0].rincian);
    let again = uji.app.import(&uji.ctx.fresh(), &demo_paket(uji.ctx.instansi)).await;
    assert!(again.is_ok(), "what came by an import is an import's to replace: {again:?}");
}

#[rstest]
#[tokio::test]
async fn the_package_of_today_takes_nothing_away(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    enter(&uji).await;
    let mut paket = uji.app.export(&uji.ctx.fresh(), 2021).await.expect("exported");
    paket.potret.unit[0].nama = "Kepala Dinas yang Baru".to_owned();
    let done = uji.app.import(&uji.ctx.fresh(), &paket).await.expect("imported");
    assert_eq!((done.masuk, done.keluar), (1, 1), "only the unit differs");
}

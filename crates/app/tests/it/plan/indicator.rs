//! Indicators: wording, lineage, end.

use rstest::rstest;
use tolok_app::{Dilihat, Galat, Hasil, PilihanSebutan};
use tolok_domain::sheet::Rekam;
use tolok_domain::{Periode, ukur};
use tolok_testkit::{Mesin, TestApp};

use super::{dilihat, entry, now, refused, row, with};

const NEW: [(&str, &str); 7] = [
    ("kode", "iku.8"),
    ("simpul", "S1"),
    ("nama", "Persentase lulusan pelatihan yang tersertifikasi"),
    ("satuan", "%"),
    ("tipe", "persen"),
    ("arah", "maksimal"),
    ("akumulasi", "terakhir"),
];

async fn cells(uji: &TestApp, kode: &str) -> Vec<String> {
    now(uji, 2021).await.potret.indicator(kode).expect("indicator").cells()
}

/// Changes an indicator whose documents word it as they did.
async fn change(uji: &TestApp, form: Dilihat, kode: &str, sel: &[String]) -> Hasil<i64> {
    uji.app.change_indicator(&uji.ctx.fresh(), form, kode, sel, &PilihanSebutan::default()).await
}

async fn retire(uji: &TestApp, kode: &str, last: Option<i16>, successor: Option<&str>) -> tolok_app::Hasil<i64> {
    let form = dilihat(uji).await;
    uji.app.retire_indicator(&uji.ctx.fresh(), form, kode, last, successor).await
}

#[rstest]
#[tokio::test]
async fn a_new_indicator_stands_behind_those_of_its_node(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    uji.app.add_indicator(&uji.ctx, dilihat(&uji).await, &row("indikator", &NEW)).await.expect("added");
    let loaded = now(&uji, 2021).await;
    let of_node: Vec<_> = loaded.potret.indicators_of("S1").map(|i| i.kode.as_str()).collect();
    assert_eq!(of_node, ["iku.2", "iku.3", "iku.4", "iku.8"]);
    let message = refused(uji.app.add_indicator(&uji.ctx.fresh(), dilihat(&uji).await, &row("indikator", &NEW)).await);
    assert!(message.contains("kode iku.8 sudah dipakai"), "{message}");
    uji.app.remove_indicator(&uji.ctx.fresh(), dilihat(&uji).await, "iku.8").await.expect("nothing hangs on it");
}

#[tokio::test]
async fn a_faulty_indicator_is_refused_with_everything_that_is_wrong() {
    let uji = TestApp::new(Mesin::Sqlite).await.expect("SQLite is always there");
    let faulty = [("rumus", "lulus / (peserta"), ("batas", "banyak"), ("nama", "")];
    let sel = with(row("indikator", &NEW), "indikator", &faulty);
    let message = refused(uji.app.add_indicator(&uji.ctx, dilihat(&uji).await, &sel).await);
    for part in ["nama: kosong", "rumus: rumus, huruf ke-", "batas: "] {
        assert!(message.contains(part), "{message}");
    }
    let nowhere = with(row("indikator", &NEW), "indikator", &[("simpul", "S99")]);
    let message = refused(uji.app.add_indicator(&uji.ctx, dilihat(&uji).await, &nowhere).await);
    assert!(message.contains("\"S99\" tidak ada"), "{message}");
}

#[rstest]
#[tokio::test]
async fn a_new_name_leaves_the_old_one_in_old_documents(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let form = dilihat(&uji).await;
    let sel =
        with(cells(&uji, "iku.3").await, "indikator", &[("nama", "Tingkat Kesempatan Kerja"), ("satuan", "persen")]);
    let tetap = ["renstra", "pk", "renja", "dpa-2019"].map(str::to_owned).to_vec();
    let sebutan = PilihanSebutan { tetap, lepas: Vec::new() };
    uji.app.change_indicator(&uji.ctx, form, "iku.3", &sel, &sebutan).await.expect("renamed");
    let loaded = now(&uji, 2021).await;
    let potret = &loaded.potret;
    let renamed = potret.indicator("iku.3").expect("its code stays");
    assert_eq!(renamed.nama, "Tingkat Kesempatan Kerja");
    assert_eq!(potret.wording(renamed, "renstra"), ("Persentase Kesempatan Kerja", "%"));
    assert_eq!(potret.wording(renamed, "pk").0, "Persentase Kesempatan Kerja");
    assert_eq!(potret.wording(renamed, "renstra-p"), ("Tingkat Kesempatan Kerja", "persen"), "it takes the new one");
    let rows: Vec<_> = potret.sebutan.iter().filter(|s| s.indikator == "iku.3").map(|s| s.dokumen.as_str()).collect();
    assert_eq!(rows, ["renja", "renstra", "pk"], "renja had its own wording, dpa-2019 does not hold it");
    let measured = ukur(potret, Periode::Tahun(2021));
    assert_eq!(
        measured.indicator("iku.3").and_then(|u| u.target.as_ref()).map(|t| t.nilai.to_string()).as_deref(),
        Some("90,95")
    );
    assert_eq!(
        entry(&uji).await,
        "ubah indikator iku.3: \"Persentase Kesempatan Kerja\" menjadi \"Tingkat Kesempatan Kerja\""
    );
    // A document may give its own wording up.
    let sebutan = PilihanSebutan { tetap: Vec::new(), lepas: vec!["pk".to_owned()] };
    let form = dilihat(&uji).await;
    uji.app.change_indicator(&uji.ctx.fresh(), form, "iku.3", &renamed.cells(), &sebutan).await.expect("given up");
    let loaded = now(&uji, 2021).await;
    let renamed = loaded.potret.indicator("iku.3").expect("its code stays");
    assert_eq!(loaded.potret.wording(renamed, "pk").0, "Tingkat Kesempatan Kerja");
    assert_eq!(loaded.potret.wording(renamed, "renstra").0, "Persentase Kesempatan Kerja");
}

#[tokio::test]
async fn the_type_of_recorded_values_stays() {
    let uji = TestApp::new(Mesin::Sqlite).await.expect("SQLite is always there");
    let sel = with(cells(&uji, "iku.7").await, "indikator", &[("tipe", "predikat")]);
    let message = refused(change(&uji, dilihat(&uji).await, "iku.7", &sel).await);
    assert!(message.contains("bertipe bilangan; buat indikator baru"), "{message}");
    uji.app.add_indicator(&uji.ctx, dilihat(&uji).await, &row("indikator", &NEW)).await.expect("added");
    let sel = with(cells(&uji, "iku.8").await, "indikator", &[("tipe", "predikat")]);
    let form = dilihat(&uji).await;
    change(&uji, form, "iku.8", &sel).await.expect("nothing is recorded yet");
}

#[rstest]
#[tokio::test]
async fn a_retired_indicator_keeps_its_years_and_names_its_successor(
    #[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin,
) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    uji.app.add_indicator(&uji.ctx, dilihat(&uji).await, &row("indikator", &NEW)).await.expect("added");
    retire(&uji, "iku.2", Some(2021), Some("iku.8")).await.expect("retired");
    assert_eq!(entry(&uji).await, "akhiri indikator iku.2: berakhir 2021, diteruskan iku.8");
    let loaded = now(&uji, 2021).await;
    let counted = |tahun| ukur(&loaded.potret, Periode::Tahun(tahun)).indicator("iku.2").is_some_and(|u| u.berlaku);
    assert!(counted(2021) && !counted(2022));
    // An ordinary change leaves its end alone.
    let sel =
        with(cells(&uji, "iku.2").await, "indikator", &[("berakhir", ""), ("penerus", ""), ("frekuensi", "semester")]);
    change(&uji, dilihat(&uji).await, "iku.2", &sel).await.expect("changed");
    let loaded = now(&uji, 2021).await;
    let old = loaded.potret.indicator("iku.2").expect("there");
    assert_eq!((old.berakhir, old.penerus.as_deref(), old.frekuensi.as_str()), (Some(2021), Some("iku.8"), "semester"));
    // Neither itself nor one that has ended can go on in its place.
    for successor in ["iku.3", "iku.2"] {
        let message = refused(retire(&uji, "iku.3", Some(2021), Some(successor)).await);
        assert!(message.contains("tidak berlaku setelah 2021"), "{message}");
    }
    let unknown = retire(&uji, "iku.3", Some(2021), Some("iku.99")).await;
    assert!(matches!(unknown, Err(Galat::TidakDitemukan(_))), "{unknown:?}");
    retire(&uji, "iku.2", None, None).await.expect("goes on");
    assert!(now(&uji, 2021).await.potret.indicator("iku.2").expect("there").is_active(2030));
}

#[tokio::test]
async fn an_indicator_with_figures_is_retired_and_not_removed() {
    let uji = TestApp::new(Mesin::Sqlite).await.expect("SQLite is always there");
    let message = refused(uji.app.remove_indicator(&uji.ctx, dilihat(&uji).await, "iku.2").await);
    assert!(message.contains("angka, 1 program yang mendukungnya; akhiri indikatornya"), "{message}");
    let old = Dilihat { tahun: 2021, versi: 1 };
    let unit = with(cells(&uji, "iku.2").await, "indikator", &[("unit", "BID.2")]);
    change(&uji, old, "iku.2", &unit).await.expect("first");
    let late = change(&uji, old, "iku.2", &unit).await;
    assert!(matches!(late, Err(Galat::Bentrok)), "{late:?}");
}

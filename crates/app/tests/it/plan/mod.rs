//! Editing the plan.

mod cells;
mod document;
mod indicator;
mod node;
mod unit;
mod year;

use std::sync::Arc;

use rstest::rstest;
use tolok_app::{App, Ctx, Dilihat, Galat, Hasil, PilihanSebutan, Revisi, Termuat};
use tolok_domain::access::{Penugasan, Peran};
use tolok_domain::sheet::Lembar;
use tolok_testkit::{Mesin, TestApp};

/// The plan as it is now.
async fn now(uji: &TestApp, tahun: i16) -> Arc<Termuat> {
    uji.app.load(&uji.ctx.fresh(), tahun).await.expect("loaded")
}

/// A form filled from what is there now.
async fn dilihat(uji: &TestApp) -> Dilihat {
    Dilihat { tahun: 2021, versi: now(uji, 2021).await.versi }
}

/// The message of a refusal.
fn refused<T: std::fmt::Debug>(result: Hasil<T>) -> String {
    match result {
        Err(Galat::TidakSah(message)) => message,
        other => panic!("{other:?}"),
    }
}

/// A row with these cells and the others empty.
fn row(lembar: &str, filled: &[(&str, &str)]) -> Vec<String> {
    let lembar = Lembar::find(lembar).expect("sheet");
    let mut sel = vec![String::new(); lembar.kolom.len()];
    for (kolom, text) in filled {
        sel[lembar.position(kolom).expect("column")] = (*text).to_owned();
    }
    sel
}

/// A row as it is, but for these cells.
fn with(mut sel: Vec<String>, lembar: &str, changed: &[(&str, &str)]) -> Vec<String> {
    let lembar = Lembar::find(lembar).expect("sheet");
    for (kolom, text) in changed {
        sel[lembar.position(kolom).expect("column")] = (*text).to_owned();
    }
    sel
}

/// A use case of the plan by its name, each with something that it can do after those before it in the table of permissions.
pub async fn run(app: &App, ctx: &Ctx, use_case: &str) -> Hasil<()> {
    let form = Dilihat { tahun: 2021, versi: app.store().head(ctx).await? };
    let node = row("rencana", &[("kode", "S9"), ("induk", "T1"), ("jenis", "sasaran"), ("nama", "Sasaran")]);
    let indicator = row(
        "indikator",
        &[
            ("kode", "iku.9"),
            ("simpul", "S1"),
            ("nama", "Indikator"),
            ("tipe", "persen"),
            ("arah", "maksimal"),
            ("akumulasi", "terakhir"),
        ],
    );
    let document = row("dokumen", &[("kode", "dpa"), ("jenis", "dpa"), ("versi", "0"), ("judul", "DPA")]);
    let unit = row("unit", &[("kode", "BID.5"), ("induk", "KD"), ("nama", "Bidang")]);
    let revisi = Revisi {
        judul: "Renstra Perubahan Kedua".to_owned(),
        nomor: String::new(),
        tanggal: "2021-08-02".to_owned(),
        alasan: "RPJMD berubah".to_owned(),
    };
    match use_case {
        "add_node" => app.add_node(ctx, form, &node).await.map(drop),
        "change_node" => app.change_node(ctx, form, "S9", &node).await.map(drop),
        "move_node" => app.move_node(ctx, form, "S9", true).await.map(drop),
        "remove_node" => app.remove_node(ctx, form, "S9").await.map(drop),
        "add_indicator" => app.add_indicator(ctx, form, &indicator).await.map(drop),
        "change_indicator" => {
            app.change_indicator(ctx, form, "iku.9", &indicator, &PilihanSebutan::default()).await.map(drop)
        }
        "retire_indicator" => app.retire_indicator(ctx, form, "iku.9", Some(2021), None).await.map(drop),
        "remove_indicator" => app.remove_indicator(ctx, form, "iku.9").await.map(drop),
        "set_targets" => app.set_targets(ctx, form, "renstra-p", &[]).await.map(drop),
        "set_ceilings" => app.set_ceilings(ctx, form, "dpa-p", &[]).await.map(drop),
        "add_document" => app.add_document(ctx, form, &document).await.map(drop),
        "change_document" => app.change_document(ctx, form, "dpa", &document).await.map(drop),
        "revise_document" => app.revise_document(ctx, form, "renstra-p", &revisi).await.map(drop),
        "remove_document" => app.remove_document(ctx, form, "dpa").await.map(drop),
        "add_unit" => app.add_unit(ctx, form, &unit).await.map(drop),
        "change_unit" => app.change_unit(ctx, form, "BID.5", &unit).await.map(drop),
        "move_unit" => app.move_unit(ctx, form, "BID.5", true).await.map(drop),
        "retire_unit" => app.retire_unit(ctx, form, "BID.5", "2021-06-30", None).await.map(drop),
        "remove_unit" => app.remove_unit(ctx, form, "BID.5").await.map(drop),
        "change_vision" => app.change_vision(ctx, form, "Visi", (2019, 2023)).await.map(drop),
        "open_year" => app.open_year(ctx, 2021, 2022).await.map(drop),
        other => panic!("{other}"),
    }
}

/// What the newest entry of the ledger says.
async fn entry(uji: &TestApp) -> String {
    let entries = uji.app.history(&uji.ctx.fresh(), None, 1).await.expect("history");
    let e = &entries[0];
    format!("{} {}: {}", e.tindakan, e.sasaran, e.rincian)
}

#[tokio::test]
async fn a_right_for_one_unit_does_not_reach_the_plan() {
    let uji = TestApp::new(Mesin::Sqlite).await.expect("SQLite is always there");
    let tugas = vec![Penugasan { peran: Peran::Perencana, unit: Some("BID.1".to_owned()) }];
    let ctx = Ctx { tugas, ..uji.ctx.clone() };
    let result = uji.app.remove_node(&ctx, dilihat(&uji).await, "M1").await;
    assert!(matches!(result, Err(Galat::Terlarang)), "{result:?}");
    assert!(!tolok_app::may_change_plan(&ctx) && tolok_app::may_change_plan(&uji.ctx));
}

#[rstest]
#[tokio::test]
async fn a_form_sent_twice_is_written_once(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let ctx = uji.ctx.sending("kunci-1");
    let sel = row("rencana", &[("kode", "S9"), ("induk", "T1"), ("jenis", "sasaran"), ("nama", "Sasaran baru")]);
    let form = dilihat(&uji).await;
    let first = uji.app.add_node(&ctx, form, &sel).await.expect("written");
    let again = uji.app.add_node(&ctx, form, &sel).await;
    assert!(matches!(again, Err(Galat::SudahTersimpan(n)) if n == first), "{again:?}");
}

#[tokio::test]
async fn an_invented_version_is_a_conflict_and_leaves_nothing_in_memory() {
    let uji = TestApp::new(Mesin::Sqlite).await.expect("SQLite is always there");
    for versi in [0, -1, 99] {
        let result = uji.app.retire_unit(&uji.ctx, Dilihat { tahun: 2021, versi }, "JPF", "2021-06-30", None).await;
        assert!(matches!(result, Err(Galat::Bentrok)), "{versi}: {result:?}");
    }
    assert_eq!(now(&uji, 2021).await.versi, 1);
}

//! Document versions.

use rstest::rstest;
use tolok_app::{Dilihat, Galat, HasilSel, Revisi, SelIsian};
use tolok_domain::revision::difference;
use tolok_domain::sheet::Rekam;
use tolok_domain::{JenisDokumen, Periode, ukur};
use tolok_testkit::{Mesin, TestApp};

use super::{dilihat, entry, now, refused, row, with};

fn revisi() -> Revisi {
    Revisi {
        judul: "Rencana Strategis Perubahan Kedua 2019-2023".to_owned(),
        nomor: "050/12/2021".to_owned(),
        tanggal: "2021-08-02".to_owned(),
        alasan: "Penyesuaian setelah perubahan RPJMD".to_owned(),
    }
}

#[rstest]
#[tokio::test]
async fn a_revision_begins_as_a_copy_and_the_version_before_stays(
    #[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin,
) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let form = dilihat(&uji).await;
    let (_, kode) = uji.app.revise_document(&uji.ctx, form, "renstra-p", &revisi()).await.expect("revised");
    assert_eq!(kode, "renstra-p2");
    assert_eq!(
        entry(&uji).await,
        "revisi dokumen renstra-p: renstra-p2 2021-08-02: Penyesuaian setelah perubahan RPJMD"
    );
    let loaded = now(&uji, 2021).await;
    let new = loaded.potret.document(&kode).expect("document");
    assert_eq!((new.versi, new.jenis, new.nomor.as_str()), (2, JenisDokumen::Renstra, "050/12/2021"));
    let found = difference(&loaded.potret, "renstra-p", &kode);
    assert!(found.is_empty() && found.sama == 36, "{found:?}");
    assert_eq!(loaded.potret.version_before(new).map(|d| d.kode.as_str()), Some("renstra-p"));
    // One target is changed: that is the difference, and the version before still says what it said.
    let sel = [SelIsian { kode: "iku.1".to_owned(), periode: Periode::Tahun(2023), teks: "8,5".to_owned() }];
    let saved = uji.app.set_targets(&uji.ctx.fresh(), dilihat(&uji).await, &kode, &sel).await.expect("saved");
    assert!(matches!(saved, HasilSel::Tersimpan(_)));
    let loaded = now(&uji, 2021).await;
    let found = difference(&loaded.potret, "renstra-p", &kode);
    assert_eq!((found.target.len(), found.sama), (1, 35));
    let beda = &found.target[0];
    assert_eq!(beda.selisih.map(|x| x.to_string()).as_deref(), Some("-0.46"));
    let target = ukur(&loaded.potret, Periode::Tahun(2023)).indicator("iku.1").and_then(|u| u.target.clone());
    assert_eq!(target.and_then(|t| t.dokumen).map(|d| d.kode.as_str()), Some("renstra-p2"));
    assert_eq!(uji.app.verify(&uji.ctx.fresh()).await.expect("verified").rusak, []);
}

#[tokio::test]
async fn a_yearly_plan_is_revised_with_targets_and_ceilings() {
    let uji = TestApp::new(Mesin::Sqlite).await.expect("SQLite is always there");
    let form = dilihat(&uji).await;
    let before = now(&uji, 2021).await;
    let pagu = ukur(&before.potret, Periode::Tahun(2021)).total.pagu;
    let (_, kode) = uji.app.revise_document(&uji.ctx, form, "dpa-p", &revisi()).await.expect("revised");
    assert_eq!(kode, "dpa-p-p2", "the first of its kind lends its code");
    let after = now(&uji, 2021).await;
    let measured = ukur(&after.potret, Periode::Tahun(2021));
    assert_eq!(measured.budget_document().map(|d| d.kode.as_str()), Some("dpa-p-p2"), "it counts from now on");
    assert_eq!(measured.total.pagu, pagu);
}

#[tokio::test]
async fn only_the_latest_version_is_revised_and_with_a_reason() {
    let uji = TestApp::new(Mesin::Sqlite).await.expect("SQLite is always there");
    let form = dilihat(&uji).await;
    let message = refused(uji.app.revise_document(&uji.ctx, form, "renstra", &revisi()).await);
    assert!(message.contains("revisi dibuat dari Rencana Strategis Perubahan 2019-2023"), "{message}");
    let message = refused(uji.app.revise_document(&uji.ctx, form, "dpa-2019", &revisi()).await);
    assert!(message.contains("tahun sebelumnya"), "{message}");
    let empty = Revisi { tanggal: "2 Agustus".to_owned(), ..Revisi::default() };
    let message = refused(uji.app.revise_document(&uji.ctx, form, "renstra-p", &empty).await);
    assert_eq!(message.lines().count(), 3, "{message}");
    assert!(message.contains("\"2 Agustus\" bukan tanggal"), "{message}");
}

#[rstest]
#[tokio::test]
async fn documents_are_added_and_changed(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let new = row("dokumen", &[("kode", "dpa"), ("jenis", "dpa"), ("versi", "0"), ("judul", "DPA 2021")]);
    uji.app.add_document(&uji.ctx, dilihat(&uji).await, &new).await.expect("added");
    let message = refused(uji.app.add_document(&uji.ctx.fresh(), dilihat(&uji).await, &new).await);
    assert!(message.contains("kode dpa sudah dipakai"), "{message}");
    let twice = with(new.clone(), "dokumen", &[("kode", "dpa-x")]);
    let message = refused(uji.app.add_document(&uji.ctx.fresh(), dilihat(&uji).await, &twice).await);
    assert!(message.contains("versi murni sudah ada: DPA 2021"), "{message}");

    let form = dilihat(&uji).await;
    let cells = now(&uji, 2021).await.potret.document("iku").expect("document").cells();
    let decreed = [("nomor", "800/21/2021"), ("tanggal", "2021-01-04"), ("jenis", "dpa"), ("versi", "7")];
    uji.app
        .change_document(&uji.ctx.fresh(), form, "iku", &with(cells.clone(), "dokumen", &decreed))
        .await
        .expect("changed");
    let loaded = now(&uji, 2021).await;
    let decree = loaded.potret.document("iku").expect("document");
    assert_eq!((decree.jenis, decree.versi, decree.lacks_decree()), (JenisDokumen::Iku, 0, false));
    let wrong = with(cells, "dokumen", &[("tanggal", "4 Januari 2021"), ("judul", "")]);
    let message = refused(uji.app.change_document(&uji.ctx.fresh(), form, "iku", &wrong).await);
    assert_eq!(message.lines().count(), 2, "{message}");
    let late = uji.app.change_document(&uji.ctx.fresh(), form, "iku", &decree.cells()).await;
    assert!(matches!(late, Err(Galat::Bentrok)), "{late:?}");

    let message = refused(uji.app.remove_document(&uji.ctx.fresh(), form, "iku").await);
    assert!(message.contains("memuat 6 target"), "{message}");
    uji.app.remove_document(&uji.ctx.fresh(), form, "dpa").await.expect("it sets nothing");
}

#[tokio::test]
async fn a_code_is_one_document_in_all_years() {
    let uji = TestApp::new(Mesin::Sqlite).await.expect("SQLite is always there");
    uji.app.open_year(&uji.ctx, 2021, 2022).await.expect("opened");
    let (_, kode) =
        uji.app.revise_document(&uji.ctx.fresh(), dilihat(&uji).await, "renstra-p", &revisi()).await.expect("revised");
    assert_eq!(kode, "renstra-p2");
    let next = Dilihat { tahun: 2022, versi: now(&uji, 2022).await.versi };
    let (_, other) = uji.app.revise_document(&uji.ctx.fresh(), next, "renstra-p", &revisi()).await.expect("revised");
    assert_eq!(other, "renstra-p2-2", "the figures of 2021's revision are not its own");
    let sel = row("dokumen", &[("kode", "renstra-p2"), ("jenis", "dpa"), ("versi", "3"), ("judul", "DPA")]);
    let message = refused(uji.app.add_document(&uji.ctx.fresh(), next, &sel).await);
    assert!(message.contains("dipakai tahun lain"), "{message}");
}

//! Vision, and opening a year.

use rstest::rstest;
use tolok_app::{Dilihat, Galat, SelIsian};
use tolok_domain::{JenisDokumen, Periode, ukur};
use tolok_testkit::{Mesin, TestApp};

use super::{dilihat, entry, now, refused};

#[rstest]
#[tokio::test]
async fn a_new_year_begins_with_what_holds_for_several(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    uji.app.open_year(&uji.ctx, 2021, 2022).await.expect("opened");
    assert_eq!(entry(&uji).await, "buka tahun 2022: dari rencana 2021");
    let next = now(&uji, 2022).await;
    let old = now(&uji, 2021).await;
    assert_eq!(next.tahun, [2022, 2021]);
    assert_eq!(next.potret, old.potret.opening(2022), "what is stored is what the plan says");
    assert_eq!(next.potret.indikator, old.potret.indikator);
    let judul: Vec<_> =
        next.potret.versions(JenisDokumen::PerjanjianKinerja).iter().map(|d| d.judul.as_str()).collect();
    assert_eq!(judul, ["Perjanjian Kinerja 2022"]);
    let target = |potret, tahun| {
        let hasil = ukur(potret, Periode::Tahun(tahun));
        hasil.indicator("iku.5").and_then(|u| u.target.as_ref()).map(|t| t.nilai.to_string())
    };
    assert_eq!(target(&next.potret, 2022).as_deref(), Some("90,7"), "Renstra targets look ahead");
    for u in ukur(&old.potret, Periode::Tahun(2021)).indikator {
        let again = ukur(&next.potret, Periode::Tahun(2021));
        let same = again.indicator(&u.indikator.kode).expect("indicator");
        assert_eq!(same.capaian, u.capaian, "{}", u.indikator.kode);
    }
    assert_eq!(uji.app.verify(&uji.ctx.fresh()).await.expect("verified").rusak, []);
}

#[tokio::test]
async fn a_year_is_opened_once_and_after_another() {
    let uji = TestApp::new(Mesin::Sqlite).await.expect("SQLite is always there");
    uji.app.open_year(&uji.ctx, 2021, 2022).await.expect("opened");
    assert!(refused(uji.app.open_year(&uji.ctx.fresh(), 2021, 2022).await).contains("sudah dibuka"));
    assert!(refused(uji.app.open_year(&uji.ctx.fresh(), 2021, 2020).await).contains("pilih tahun sesudahnya"));
    assert!(refused(uji.app.open_year(&uji.ctx.fresh(), 2021, 3000).await).contains("tidak dapat dibuka"));
    let nothing = uji.app.open_year(&uji.ctx.fresh(), 2019, 2023).await;
    assert!(matches!(nothing, Err(Galat::TidakDitemukan(_))), "{nothing:?}");
    uji.app.open_year(&uji.ctx.fresh(), 2022, 2024).await.expect("a year may be skipped");
}

#[rstest]
#[tokio::test]
async fn the_new_year_is_edited_without_touching_the_old_one(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    uji.app.open_year(&uji.ctx, 2021, 2022).await.expect("opened");
    let before = now(&uji, 2021).await.potret.clone();
    let form = Dilihat { tahun: 2022, versi: now(&uji, 2022).await.versi };
    let cell = |teks: &str| SelIsian { kode: "iku.5".to_owned(), periode: Periode::Tahun(2022), teks: teks.to_owned() };
    uji.app.set_targets(&uji.ctx.fresh(), form, "pk-2022", &[cell("95")]).await.expect("saved");
    uji.app.retire_indicator(&uji.ctx.fresh(), form, "iku.6", Some(2021), None).await.expect("retired");
    uji.app.remove_node(&uji.ctx.fresh(), form, "M1").await.expect("removed");
    let next = now(&uji, 2022).await;
    let hasil = ukur(&next.potret, Periode::Tahun(2022));
    let promised = hasil.indicator("iku.5").and_then(|u| u.target.as_ref()).map(|t| t.nilai.to_string());
    assert_eq!(promised.as_deref(), Some("95"));
    assert!(!hasil.indicator("iku.6").expect("listed").berlaku);
    assert_eq!(now(&uji, 2021).await.potret, before, "history is frozen");
}

#[tokio::test]
async fn a_report_of_the_new_year_can_be_composed() {
    let uji = TestApp::new(Mesin::Sqlite).await.expect("SQLite is always there");
    uji.app.open_year(&uji.ctx, 2021, 2022).await.expect("opened");
    let composed = tolok_app::compose(&now(&uji, 2022).await.potret);
    assert!(composed.is_ok(), "{:?}", composed.err());
}

#[rstest]
#[tokio::test]
async fn the_vision_and_the_years_of_the_plan_are_recorded(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let form = dilihat(&uji).await;
    uji.app.change_vision(&uji.ctx, form, " Kota yang berdaya ", (2019, 2024)).await.expect("changed");
    let office = &now(&uji, 2021).await.potret.instansi;
    assert_eq!((office.visi.as_str(), office.renstra_awal, office.renstra_akhir), ("Kota yang berdaya", 2019, 2024));
    let message = refused(uji.app.change_vision(&uji.ctx.fresh(), dilihat(&uji).await, "x", (2019, 2050)).await);
    assert!(message.contains("bukan masa rencana"), "{message}");
    let late = uji.app.change_vision(&uji.ctx.fresh(), form, "Lain", (2019, 2023)).await;
    assert!(matches!(late, Err(Galat::Bentrok)), "{late:?}");
}

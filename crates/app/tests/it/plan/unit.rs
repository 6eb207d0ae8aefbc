//! Units of the organisation.

use rstest::rstest;
use tolok_app::Galat;
use tolok_domain::Potret;
use tolok_domain::sheet::Rekam;
use tolok_testkit::{Mesin, TestApp};

use super::{dilihat, entry, now, refused, row, with};

fn below(potret: &Potret, induk: &str) -> Vec<String> {
    potret.unit.iter().filter(|u| u.induk.as_deref() == Some(induk)).map(|u| u.kode.clone()).collect()
}

#[rstest]
#[tokio::test]
async fn units_are_added_changed_moved_and_removed(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let new = [("kode", "BID.1.d"), ("induk", "BID.1"), ("jenis", "seksi"), ("nama", "Seksi Sertifikasi")];
    uji.app.add_unit(&uji.ctx, dilihat(&uji).await, &row("unit", &new)).await.expect("added");
    assert_eq!(below(&now(&uji, 2021).await.potret, "BID.1"), ["BID.1.a", "BID.1.b", "BID.1.c", "BID.1.d"]);
    uji.app.move_unit(&uji.ctx.fresh(), dilihat(&uji).await, "BID.1.d", true).await.expect("moved");
    assert_eq!(below(&now(&uji, 2021).await.potret, "BID.1"), ["BID.1.a", "BID.1.b", "BID.1.d", "BID.1.c"]);
    let sel = with(row("unit", &new), "unit", &[("induk", "BID.2"), ("nama", "Seksi Sertifikasi dan Uji")]);
    uji.app.change_unit(&uji.ctx.fresh(), dilihat(&uji).await, "BID.1.d", &sel).await.expect("changed");
    let loaded = now(&uji, 2021).await;
    assert_eq!(below(&loaded.potret, "BID.2").last().map(String::as_str), Some("BID.1.d"));
    assert_eq!(loaded.potret.unit("BID.1.d").map(|u| u.nama.as_str()), Some("Seksi Sertifikasi dan Uji"));
    uji.app.remove_unit(&uji.ctx.fresh(), dilihat(&uji).await, "BID.1.d").await.expect("nothing names it");
    let message = refused(uji.app.remove_unit(&uji.ctx.fresh(), dilihat(&uji).await, "BID.1").await);
    assert!(message.contains("masih disebut"), "{message}");
    let own = now(&uji, 2021).await.potret.unit("KD").expect("unit").cells();
    let circle = with(own, "unit", &[("induk", "BID.1")]);
    let message = refused(uji.app.change_unit(&uji.ctx.fresh(), dilihat(&uji).await, "KD", &circle).await);
    assert!(message.contains("di bawah KD sendiri"), "{message}");
}

#[rstest]
#[tokio::test]
async fn a_unit_that_ends_hands_over_what_it_answers_for(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let form = dilihat(&uji).await;
    let message = refused(uji.app.retire_unit(&uji.ctx, form, "BID.4", "2021-06-30", None).await);
    assert!(message.contains("membawahi 3 unit") && message.contains("pilih unit penerusnya"), "{message}");
    for heir in ["BID.4.a", "BID.4"] {
        let message = refused(uji.app.retire_unit(&uji.ctx, form, "BID.4", "2021-06-30", Some(heir)).await);
        assert!(message.contains("tidak dapat menjadi penerus"), "{message}");
    }
    let message = refused(uji.app.retire_unit(&uji.ctx, form, "BID.4", "akhir Juni", Some("BID.2")).await);
    assert!(message.contains("bukan tanggal"), "{message}");
    uji.app.retire_unit(&uji.ctx, form, "BID.4", "2021-06-30", Some("BID.2")).await.expect("ended");
    assert_eq!(entry(&uji).await, "akhiri unit BID.4: berakhir 2021-06-30, diteruskan BID.2");
    let loaded = now(&uji, 2021).await;
    let potret = &loaded.potret;
    assert_eq!(potret.unit("BID.4").map(|u| u.berakhir.as_str()), Some("2021-06-30"), "the year still lists it");
    assert_eq!(potret.node("3.32.03").and_then(|s| s.unit.as_deref()), Some("BID.2"));
    assert_eq!(potret.condition("3.32.03").and_then(|k| k.unit.as_deref()), Some("BID.2"));
    assert_eq!(below(potret, "BID.4"), Vec::<String>::new());
    assert_eq!(below(potret, "BID.2").len(), 6);
    let late = uji.app.retire_unit(&uji.ctx.fresh(), form, "BID.4", "", None).await;
    assert!(matches!(late, Err(Galat::Bentrok)), "{late:?}");
    uji.app.open_year(&uji.ctx.fresh(), 2021, 2022).await.expect("opened");
    assert!(now(&uji, 2022).await.potret.unit("BID.4").is_none());
    uji.app.retire_unit(&uji.ctx.fresh(), dilihat(&uji).await, "BID.4", "", None).await.expect("goes on");
    assert_eq!(now(&uji, 2021).await.potret.unit("BID.4").map(|u| u.berakhir.as_str()), Some(""));
}

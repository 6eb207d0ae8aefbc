//! Offices never see each other's data, even where everything else about them is the same.

use rstest::rstest;
use tolok_domain::access::Peran;
use tolok_domain::figure::JenisAngka;
use tolok_store::{Ctx, Diisi, Galat, Perubahan};
use tolok_testkit::{Mesin, TestApp, ctx};

use crate::rows::{coming, figure, is_conflict, ledger, replacing, unit, write};

/// The demo office and a second, empty one in the same database.
async fn two(mesin: Mesin) -> Option<(TestApp, Ctx)> {
    let uji = TestApp::new(mesin).await?;
    let other = ctx(uji.uji.office("tetangga").await, &[Peran::Admin]);
    Some((uji, other))
}

#[rstest]
#[tokio::test]
async fn nothing_is_read_across_offices(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, other)) = two(mesin).await else { return };
    let store = uji.store();
    assert_eq!(store.head(&other).await.expect("head"), 0);
    assert_eq!(store.head_at(&other, i64::MAX).await.expect("head"), 0);
    assert!(store.load_potret(&other, 2021, i64::MAX).await.expect("loaded").is_none());
    assert_eq!(store.rows_at(&other, 2021, i64::MAX).await.expect("rows"), []);
    assert_eq!(store.figures_at(&other, i64::MAX).await.expect("figures"), []);
    assert!(store.figure_rows(&other).await.expect("figures").is_empty());
    assert_eq!(store.years(&other, i64::MAX).await.expect("years"), Vec::<i16>::new());
    assert_eq!(ledger(store, &other).await, []);
    assert_eq!(store.enterers(&other, 2021).await.expect("enterers"), []);
    assert_eq!(store.handed_in(&other, 2021).await.expect("moments"), []);
    assert_eq!(store.untold(&other).await.expect("notices"), []);
    assert_eq!(store.entered_by_others(&other, 2021, "").await.expect("entered"), Diisi::default());
    assert!(!store.entered_by_others(&uji.ctx, 2021, "").await.expect("entered").angka.is_empty());
    let checked = store.verify(&other).await.expect("verified");
    assert_eq!((checked.entri, checked.baris), (0, 0));

    let potret = store.load_potret(&uji.ctx, 2021, 1).await.expect("loaded").expect("2021");
    let known = potret.angka.iter().find(|a| a.jenis == JenisAngka::Realisasi).expect("a realisation");
    assert!(!store.history_of(&uji.ctx, &known.subjek, 2021).await.expect("history").is_empty());
    assert_eq!(store.history_of(&other, &known.subjek, 2021).await.expect("history"), []);
    let sha256 = &potret.bukti[0].sha256;
    assert!(store.find_evidence(&uji.ctx, sha256).await.is_ok());
    assert!(matches!(store.find_evidence(&other, sha256).await, Err(Galat::TidakDitemukan(_))));
}

#[rstest]
#[tokio::test]
async fn nothing_is_changed_across_offices(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, other)) = two(mesin).await else { return };
    let store = uji.store();
    let rows = store.figure_rows(&uji.ctx).await.expect("rows");
    let victim = rows.values().next().expect("a figure");
    assert!(is_conflict(&write(store, &other, &replacing(victim, &[])).await));
    let butir = store.rows_at(&uji.ctx, 2021, 1).await.expect("rows").remove(0);
    let go = Perubahan { butir_keluar: vec![(butir.tahun, butir.lembar, butir.kunci)], ..Perubahan::default() };
    assert!(is_conflict(&write(store, &other, &go).await));
    assert_eq!(store.figure_rows(&uji.ctx).await.expect("rows"), rows);
    assert_eq!(store.head(&uji.ctx).await.expect("head"), 1);
}

#[rstest]
#[tokio::test]
async fn offices_may_use_the_same_codes(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, other)) = two(mesin).await else { return };
    let third = ctx(uji.uji.office("seberang").await, &[Peran::Admin]);
    let store = uji.store();
    for (ctx, nilai) in [(&other, "30"), (&third, "31")] {
        let change = Perubahan { butir_masuk: vec![unit("A", nilai)], ..coming(&[&figure("i1", nilai)]) };
        assert_eq!(write(store, ctx, &change).await.expect("each office counts from one"), 1);
    }
    for (ctx, nilai) in [(&other, "30"), (&third, "31")] {
        let figures = store.figure_rows(ctx).await.expect("figures");
        assert_eq!(figures.into_values().map(|f| f.nilai).collect::<Vec<_>>(), [nilai]);
        assert_eq!(store.rows_at(ctx, 2021, 1).await.expect("rows"), [unit("A", nilai)]);
        assert_eq!(store.verify(ctx).await.expect("verified").rusak, []);
    }
}

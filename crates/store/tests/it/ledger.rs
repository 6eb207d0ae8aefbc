//! Changing data: one entry with its rows, or nothing.

use rstest::rstest;
use tolok_domain::InstansiId;
use tolok_domain::access::Peran;
use tolok_store::{Ctx, Galat, Perubahan};
use tolok_testkit::{Mesin, UjiStore, WAKTU, ctx, store};
use uuid::Uuid;

use crate::rows::{coming, figure, is_conflict, ledger, replacing, unit, write};

async fn office(mesin: Mesin) -> Option<(UjiStore, Ctx)> {
    let uji = store(mesin).await?;
    let ctx = ctx(uji.office("uji").await, &[Peran::Admin]);
    Some((uji, ctx))
}

#[rstest]
#[tokio::test]
async fn an_entry_says_who_did_what_when(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, ctx)) = office(mesin).await else { return };
    assert_eq!(uji.store.head(&ctx).await.expect("head"), 0);
    let change = coming(&[&figure("i1", "30")]);
    let nomor = uji.store.apply(&ctx, "ubah realisasi", "i1 2021-TW1", "kosong menjadi 30", None, &change).await;
    assert_eq!(nomor.expect("entry"), 1);
    let entries = ledger(&uji.store, &ctx).await;
    assert_eq!(entries.len(), 1);
    let e = &entries[0];
    assert_eq!((e.nomor, e.waktu, e.akun_id), (1, WAKTU, ctx.akun.map(|a| a.0)));
    assert_eq!((e.pelaku.as_str(), e.tindakan.as_str()), ("Penguji", "ubah realisasi"));
    assert_eq!((e.sasaran.as_str(), e.rincian.as_str()), ("i1 2021-TW1", "kosong menjadi 30"));
    assert_eq!((e.sebelum.as_str(), e.hash.len()), ("", 64));
}

#[rstest]
#[tokio::test]
async fn entries_are_numbered_and_chained(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, ctx)) = office(mesin).await else { return };
    for n in 1..=5_i64 {
        let later = Ctx { waktu: WAKTU + n, ..ctx.clone() };
        let nomor = write(&uji.store, &later, &coming(&[&figure(&format!("i{n}"), "1")])).await;
        assert_eq!(nomor.expect("entry"), n);
        assert_eq!(uji.store.head(&ctx).await.expect("head"), n);
    }
    let entries = ledger(&uji.store, &ctx).await;
    assert_eq!(entries.iter().map(|e| e.nomor).collect::<Vec<_>>(), [5, 4, 3, 2, 1]);
    assert!(entries.windows(2).all(|pair| pair[0].sebelum == pair[1].hash));
    let page = uji.store.entries(&ctx, Some(4), 2).await.expect("page");
    assert_eq!(page.iter().map(|e| e.nomor).collect::<Vec<_>>(), [3, 2]);
    assert_eq!(uji.store.head_at(&ctx, WAKTU + 3).await.expect("head"), 3);
    assert_eq!(uji.store.head_at(&ctx, WAKTU - 1).await.expect("head"), 0);
}

#[rstest]
#[tokio::test]
async fn a_change_that_fails_leaves_nothing(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, ctx)) = office(mesin).await else { return };
    let old = figure("i1", "30");
    write(&uji.store, &ctx, &coming(&[&old])).await.expect("first");
    // A good row, a row that goes, and last one whose place is taken: none of them may stay.
    let failing =
        Perubahan { butir_masuk: vec![unit("A", "Bidang A")], ..coming(&[&figure("i2", "1"), &figure("i1", "31")]) };
    let before = ledger(&uji.store, &ctx).await;
    assert!(is_conflict(&write(&uji.store, &ctx, &failing).await));
    assert_eq!(uji.store.head(&ctx).await.expect("head"), 1);
    assert_eq!(ledger(&uji.store, &ctx).await, before);
    let rows = uji.store.figure_rows(&ctx).await.expect("rows");
    assert_eq!(rows.into_values().collect::<Vec<_>>(), [old]);
    assert_eq!(uji.store.rows_at(&ctx, 2021, i64::MAX).await.expect("rows"), []);
    assert_eq!(uji.store.verify(&ctx).await.expect("verified").rusak, []);
}

#[rstest]
#[tokio::test]
async fn a_figure_goes_only_once(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, ctx)) = office(mesin).await else { return };
    let (first, second, late) = (figure("i1", "30"), figure("i1", "31"), figure("i1", "32"));
    write(&uji.store, &ctx, &coming(&[&first])).await.expect("first");
    write(&uji.store, &ctx, &replacing(&first, &[&second])).await.expect("second");
    assert!(is_conflict(&write(&uji.store, &ctx, &replacing(&first, &[&late])).await));
    assert!(is_conflict(&write(&uji.store, &ctx, &replacing(&figure("i9", "never there"), &[])).await));
    let rows = uji.store.figure_rows(&ctx).await.expect("rows");
    assert_eq!(rows.into_values().map(|r| r.nilai).collect::<Vec<_>>(), ["31"]);
}

#[rstest]
#[tokio::test]
async fn a_sheet_row_goes_only_once(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, ctx)) = office(mesin).await else { return };
    let come = Perubahan { butir_masuk: vec![unit("A", "Bidang A")], ..Perubahan::default() };
    write(&uji.store, &ctx, &come).await.expect("first");
    assert!(is_conflict(&write(&uji.store, &ctx, &come).await), "its place is taken");
    let go = Perubahan { butir_keluar: vec![(2021, "unit".to_owned(), "A".to_owned())], ..Perubahan::default() };
    assert_eq!(write(&uji.store, &ctx, &go).await.expect("second"), 2);
    assert!(is_conflict(&write(&uji.store, &ctx, &go).await), "it is gone");
    write(&uji.store, &ctx, &come).await.expect("it may come back");
    assert_eq!(uji.store.rows_at(&ctx, 2021, 2).await.expect("rows"), []);
    assert_eq!(uji.store.rows_at(&ctx, 2021, 3).await.expect("rows"), [unit("A", "Bidang A")]);
}

#[rstest]
#[tokio::test]
async fn a_change_decided_on_an_older_version_is_refused(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, ctx)) = office(mesin).await else { return };
    write(&uji.store, &ctx, &coming(&[&figure("i1", "30")])).await.expect("first");
    let change = coming(&[&figure("i2", "1")]);
    for seen in [0, 2] {
        let result = uji.store.apply(&ctx, "impor", "paket", "", Some(seen), &change).await;
        assert!(is_conflict(&result), "seen {seen}: {result:?}");
    }
    assert_eq!(uji.store.head(&ctx).await.expect("head"), 1);
    let result = uji.store.apply(&ctx, "impor", "paket", "", Some(1), &change).await;
    assert_eq!(result.expect("the version is the last"), 2);
}

#[rstest]
#[tokio::test]
async fn an_office_that_does_not_exist_cannot_be_written_to(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, real)) = office(mesin).await else { return };
    let nobody = ctx(InstansiId(Uuid::new_v4()), &[Peran::Admin]);
    let result = write(&uji.store, &nobody, &coming(&[&figure("i1", "30")])).await;
    assert!(matches!(result, Err(Galat::TidakDitemukan(_))), "{result:?}");
    assert_eq!(ledger(&uji.store, &real).await, []);
}

#[rstest]
#[tokio::test]
async fn what_was_written_is_there_after_opening_again(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, ctx)) = office(mesin).await else { return };
    write(&uji.store, &ctx, &coming(&[&figure("i1", "30")])).await.expect("first");
    let before = ledger(&uji.store, &ctx).await;
    uji.store.close().await;
    let again = tolok_store::Store::open(&uji.alamat, &uji.bukti).await.expect("opened again");
    assert_eq!(ledger(&again, &ctx).await, before);
    again.close().await;
}

#[rstest]
#[tokio::test]
async fn a_form_that_arrives_twice_is_written_once(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, plain)) = office(mesin).await else { return };
    let (store, ctx) = (&uji.store, plain.sending("isian-1"));
    let change = Perubahan::default();
    let first = store.apply(&ctx, "uji", "a", "", None, &change).await.expect("written");
    let again = store.apply(&ctx, "uji", "a", "", None, &change).await;
    assert!(matches!(again, Err(Galat::SudahTersimpan(n)) if n == first), "{again:?}");
    assert_eq!(store.head(&plain).await.expect("head"), first);
    let other = plain.sending("isian-2");
    assert_eq!(store.apply(&other, "uji", "a", "", None, &change).await.expect("written"), first + 1);
}

//! The check of the ledger: silent when all is well, and naming what somebody changed behind its back.

use rstest::rstest;
use tolok_domain::access::Peran;
use tolok_store::{Ctx, Perubahan, Store};
use tolok_testkit::{Mesin, TestApp, UjiStore, ctx, exec, store};

use crate::rows::{coming, figure, replacing, unit, write};

/// Three entries: figures i1 and i2 and unit A come; i1 goes from 30 to 31; i2 goes.
async fn office(mesin: Mesin) -> Option<(UjiStore, Ctx)> {
    let uji = store(mesin).await?;
    let ctx = ctx(uji.office("uji").await, &[Peran::Admin]);
    let (one, two) = (figure("i1", "30"), figure("i2", "5"));
    let come = Perubahan { butir_masuk: vec![unit("A", "Bidang A")], ..coming(&[&one, &two]) };
    for change in [come, replacing(&one, &[&figure("i1", "31")]), replacing(&two, &[])] {
        write(&uji.store, &ctx, &change).await.expect("written");
    }
    let checked = uji.store.verify(&ctx).await.expect("verified");
    assert_eq!((checked.entri, checked.baris, checked.rusak.as_slice()), (3, 4, [].as_slice()));
    Some((uji, ctx))
}

/// What the check finds, without the identities of figures, which differ from run to run.
async fn found(store: &Store, ctx: &Ctx) -> Vec<String> {
    let damage = store.verify(ctx).await.expect("verified").rusak;
    damage.into_iter().map(|k| format!("{}: {}", k.tempat.split(" (").next().expect("text"), k.apa)).collect()
}

const ROW: &str = "isi baris tidak sama dengan hash-nya";
const ROWS: &str = "baris yang dicatatnya berubah, hilang, atau bertambah";
const ENTRY: &str = "isi entri tidak sama dengan hash-nya";
const CHAIN: &str = "tidak bersambung dengan entri sebelumnya";
const GAP: &str = "nomornya tidak berurutan: ada entri yang hilang";
const LOST: &str = "tidak ada, padahal ada baris yang merujuknya";

/// Every single change by hand, and what the check says to it.
#[rstest]
#[case::a_value(
    "UPDATE angka SET nilai = '32' WHERE nilai = '31'",
    &[("angka realisasi i1 2021-TW1", ROW), ("entri 2", ROWS)])]
#[case::a_value_of_the_past(
    "UPDATE angka SET nilai = '38' WHERE nilai = '30'",
    &[("angka realisasi i1 2021-TW1", ROW), ("entri 1", ROWS)])]
#[case::a_state(
    "UPDATE angka SET keadaan = 'drag' WHERE nilai = '31'",
    &[("angka realisasi i1 2021-TW1", ROW), ("entri 2", ROWS)])]
#[case::a_remark(
    "UPDATE angka SET keterangan = 'x' WHERE nilai = '31'",
    &[("angka realisasi i1 2021-TW1", ROW), ("entri 2", ROWS)])]
#[case::a_cell_of_a_sheet(
    "UPDATE butir SET isi = REPLACE(isi, 'Bidang A', 'Bidang B')",
    &[("butir 2021/unit/A", ROW), ("entri 1", ROWS)])]
#[case::the_account_of_an_entry(
    "UPDATE entri SET rincian = 'rincian ujj' WHERE nomor = 2",
    &[("entri 2", ENTRY)])]
#[case::the_actor_of_an_entry(
    "UPDATE entri SET pelaku = 'Pengujj' WHERE nomor = 2",
    &[("entri 2", ENTRY)])]
#[case::the_time_of_an_entry(
    "UPDATE entri SET waktu = waktu + 1 WHERE nomor = 3",
    &[("entri 3", ENTRY)])]
#[case::the_account_number_of_an_entry(
    "UPDATE entri SET akun_id = NULL WHERE nomor = 3",
    &[("entri 3", ENTRY)])]
#[case::a_figure_called_back(
    "UPDATE angka SET keluar = NULL WHERE subjek = 'i2'",
    &[("entri 3", ROWS)])]
#[case::a_figure_sent_away(
    "UPDATE angka SET keluar = 3 WHERE nilai = '31'",
    &[("entri 3", ROWS)])]
#[case::a_figure_backdated(
    "UPDATE angka SET masuk = 1 WHERE nilai = '31'",
    &[("entri 1", ROWS), ("entri 2", ROWS)])]
#[case::a_figure_deleted(
    "DELETE FROM angka WHERE nilai = '31'",
    &[("entri 2", ROWS)])]
#[case::a_sheet_row_deleted(
    "DELETE FROM butir",
    &[("entri 1", ROWS)])]
#[case::a_hash_of_a_row(
    "UPDATE angka SET hash = REPLACE(hash, SUBSTR(hash, 1, 8), '00000000') WHERE nilai = '31'",
    &[("angka realisasi i1 2021-TW1", ROW)])]
#[case::a_value_with_the_hash_of_another(
    "UPDATE angka SET nilai = '30', hash = (SELECT b.hash FROM angka b WHERE b.nilai = '30') WHERE nilai = '31'",
    &[("angka realisasi i1 2021-TW1", ROW), ("entri 2", ROWS)])]
#[case::an_entry_deleted(
    "DELETE FROM entri WHERE nomor = 2",
    &[("entri 3", GAP), ("entri 3", CHAIN), ("entri 2", LOST)])]
#[case::the_last_entry_deleted(
    "DELETE FROM entri WHERE nomor = 3",
    &[("entri 3", LOST)])]
#[case::the_first_entry_deleted(
    "DELETE FROM entri WHERE nomor = 1",
    &[("entri 2", GAP), ("entri 2", CHAIN), ("entri 3", GAP), ("entri 1", LOST)])]
#[case::two_entries_swapped(
    "UPDATE entri SET nomor = 99 WHERE nomor = 2; UPDATE entri SET nomor = 2 WHERE nomor = 3; \
     UPDATE entri SET nomor = 3 WHERE nomor = 99",
    &[("entri 2", CHAIN), ("entri 2", ENTRY), ("entri 2", ROWS), ("entri 3", CHAIN), ("entri 3", ENTRY), ("entri 3", ROWS)])]
#[tokio::test]
async fn a_change_by_hand_is_named(
    #[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin,
    #[case] sql: &str,
    #[case] expected: &[(&str, &str)],
) {
    let Some((uji, ctx)) = office(mesin).await else { return };
    let unchecked = match mesin {
        Mesin::Sqlite => format!("PRAGMA foreign_keys = OFF; {sql}; PRAGMA foreign_keys = ON"),
        Mesin::Postgres => {
            format!("SET session_replication_role = replica; {sql}; SET session_replication_role = DEFAULT")
        }
    };
    assert!(exec(&uji.store, &unchecked).await.expect(sql) > 0, "it changes something");
    let expected: Vec<String> = expected.iter().map(|(place, what)| format!("{place}: {what}")).collect();
    assert_eq!(found(&uji.store, &ctx).await, expected);
}

#[rstest]
#[tokio::test]
async fn a_row_added_by_hand_is_named(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, ctx)) = office(mesin).await else { return };
    let new = figure("i9", "99");
    let own_id = |id: uuid::Uuid| match mesin {
        Mesin::Sqlite => format!("X'{}'", id.simple()),
        Mesin::Postgres => format!("'{id}'"),
    };
    let sql = format!(
        "INSERT INTO angka VALUES ({}, {}, 3, NULL, 'indikator', 'i9', 'realisasi', '', '2021-TW1', 'bilangan', '99', '', '', \
         '', 'draf', '{}')",
        own_id(ctx.instansi.0),
        own_id(new.angka_id),
        new.hash(),
    );
    exec(&uji.store, &sql).await.expect("inserted");
    assert_eq!(found(&uji.store, &ctx).await, [format!("entri 3: {ROWS}")]);
}

#[rstest]
#[tokio::test]
async fn the_demo_is_whole_after_import_and_changes(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let checked = uji.store().verify(&uji.ctx).await.expect("verified");
    assert_eq!((checked.entri, checked.baris, checked.rusak.as_slice()), (1, uji.impor.masuk, [].as_slice()));
    for nilai in ["1", "2", "3"] {
        let rows = uji.store().figure_rows(&uji.ctx).await.expect("rows");
        let old = rows.values().find(|r| r.jenis == "realisasi" && r.tipe == "persen").expect("a percentage");
        let new = tolok_store::BarisAngka { angka_id: uuid::Uuid::now_v7(), nilai: nilai.to_owned(), ..old.clone() };
        write(uji.store(), &uji.ctx, &replacing(old, &[&new])).await.expect("changed");
    }
    let checked = uji.store().verify(&uji.ctx).await.expect("verified");
    assert_eq!((checked.entri, checked.baris, checked.rusak.as_slice()), (4, uji.impor.masuk + 3, [].as_slice()));
}

#[rstest]
#[tokio::test]
async fn damage_of_one_office_is_not_told_of_another(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, hurt)) = office(mesin).await else { return };
    let whole = ctx(uji.office("tetangga").await, &[Peran::Admin]);
    write(&uji.store, &whole, &coming(&[&figure("i1", "77")])).await.expect("written");
    exec(&uji.store, "UPDATE angka SET nilai = '32' WHERE nilai = '31'").await.expect("changed");
    assert_eq!(found(&uji.store, &hurt).await.len(), 2);
    assert_eq!(found(&uji.store, &whole).await, Vec::<String>::new());
}

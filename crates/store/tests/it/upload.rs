//! Evidence that arrives in pieces.

use rstest::rstest;
use tolok_domain::PenggunaId;
use tolok_domain::access::Peran;
use tolok_store::{Ctx, Galat, Hasil, MAX_UPLOADS, Unggahan};
use tolok_testkit::{Mesin, UjiStore, WAKTU, ctx, store};

/// SHA-256 of "bukti dalam tiga potong", computed with sha256sum.
const SIDIK: &str = "4514c713cbfbfe6d0dc3e21b379abedb450e495c9bf137c03b62e9dff34cc4c0";
const ISI: &[u8] = b"bukti dalam tiga potong";
const UKURAN: i64 = 23;

async fn office(mesin: Mesin) -> Option<(UjiStore, Ctx)> {
    let uji = store(mesin).await?;
    let ctx = ctx(uji.office("uji").await, &[Peran::Pengisi]);
    Some((uji, ctx))
}

async fn begun(uji: &UjiStore, ctx: &Ctx) -> Unggahan {
    uji.store.create_upload(ctx, SIDIK, UKURAN).await.expect("begun")
}

async fn piece(uji: &UjiStore, ctx: &Ctx, of: &Unggahan, from: usize, to: usize) -> Hasil<i64> {
    let mulai = i64::try_from(from).expect("small");
    uji.store.save_chunk(ctx, of.id, mulai, &ISI[from..to]).await.map(|u| u.diterima)
}

/// How many files stand aside in the office's folder.
fn aside(uji: &UjiStore, ctx: &Ctx) -> usize {
    std::fs::read_dir(uji.bukti.join(ctx.instansi.to_string())).map_or(0, Iterator::count)
}

fn message<T: std::fmt::Debug>(result: Hasil<T>) -> String {
    match result {
        Err(Galat::TidakSah(text)) => text,
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[tokio::test]
async fn an_upload_goes_on_where_the_line_broke(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, ctx)) = office(mesin).await else { return };
    let first = begun(&uji, &ctx).await;
    assert_eq!((first.diterima, first.is_whole()), (0, false));
    assert_eq!(piece(&uji, &ctx, &first, 0, 10).await.expect("taken"), 10);
    // The browser was closed: it begins again, and is told where to go on.
    let again = begun(&uji, &ctx).await;
    assert_eq!((again.id, again.diterima), (first.id, 10));
    assert!(message(uji.store.load_upload(&ctx, first.id).await).contains("10 dari 23"));
    assert_eq!(piece(&uji, &ctx, &first, 10, 23).await.expect("taken"), 23);
    assert_eq!(uji.store.load_upload(&ctx, first.id).await.expect("whole"), ISI);
    uji.store.delete_upload(ctx.instansi, first.id).await.expect("forgotten");
    assert_eq!(aside(&uji, &ctx), 0);
    assert!(matches!(uji.store.find_upload(&ctx, first.id).await, Err(Galat::TidakDitemukan(_))));
}

#[rstest]
#[tokio::test]
async fn a_piece_counts_once_and_only_at_its_place(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, ctx)) = office(mesin).await else { return };
    let upload = begun(&uji, &ctx).await;
    assert_eq!(piece(&uji, &ctx, &upload, 0, 10).await.expect("taken"), 10);
    // The answer was lost and the piece is sent again; another is sent before its turn.
    assert_eq!(piece(&uji, &ctx, &upload, 0, 10).await.expect("answered"), 10);
    assert_eq!(piece(&uji, &ctx, &upload, 15, 23).await.expect("answered"), 10);
    assert_eq!(piece(&uji, &ctx, &upload, 10, 23).await.expect("taken"), 23);
    assert_eq!(uji.store.load_upload(&ctx, upload.id).await.expect("whole"), ISI);
}

#[rstest]
#[tokio::test]
async fn more_than_was_promised_is_refused(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, ctx)) = office(mesin).await else { return };
    let upload = begun(&uji, &ctx).await;
    assert!(message(uji.store.save_chunk(&ctx, upload.id, 0, &[7; 24]).await).contains("lebih panjang"));
    assert_eq!(uji.store.find_upload(&ctx, upload.id).await.expect("there").diterima, 0);
    assert_eq!(aside(&uji, &ctx), 0, "nothing of it was written");
}

#[rstest]
#[tokio::test]
async fn other_content_than_was_promised_is_forgotten(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, ctx)) = office(mesin).await else { return };
    let upload = begun(&uji, &ctx).await;
    uji.store.save_chunk(&ctx, upload.id, 0, &[7; 23]).await.expect("taken");
    assert!(message(uji.store.load_upload(&ctx, upload.id).await).contains("kirim sekali lagi"));
    assert_eq!(aside(&uji, &ctx), 0);
    assert_eq!(begun(&uji, &ctx).await.diterima, 0, "the next try begins anew");
}

#[rstest]
#[tokio::test]
async fn an_upload_is_its_senders_alone(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, ctx)) = office(mesin).await else { return };
    let upload = begun(&uji, &ctx).await;
    let colleague = Ctx { akun: Some(PenggunaId::new()), ..ctx.clone() };
    let elsewhere = Ctx { instansi: uji.office("tetangga").await, ..ctx.clone() };
    for other in [&colleague, &elsewhere] {
        assert!(matches!(piece(&uji, other, &upload, 0, 10).await, Err(Galat::TidakDitemukan(_))));
        assert!(matches!(uji.store.load_upload(other, upload.id).await, Err(Galat::TidakDitemukan(_))));
        assert_ne!(begun(&uji, other).await.id, upload.id);
    }
    let nobody = Ctx { akun: None, ..ctx };
    assert!(matches!(uji.store.create_upload(&nobody, SIDIK, UKURAN).await, Err(Galat::Terlarang)));
}

#[rstest]
#[tokio::test]
async fn what_was_left_lying_is_removed(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, ctx)) = office(mesin).await else { return };
    let old = begun(&uji, &ctx).await;
    piece(&uji, &ctx, &old, 0, 10).await.expect("taken");
    let later = Ctx { waktu: WAKTU + 1000, ..ctx.clone() };
    let young = uji.store.create_upload(&later, &"0".repeat(64), 5).await.expect("begun");
    assert_eq!(uji.store.delete_stale_uploads(WAKTU).await.expect("looked"), 0);
    assert_eq!(uji.store.delete_stale_uploads(WAKTU + 1).await.expect("removed"), 1);
    assert_eq!(aside(&uji, &ctx), 0);
    assert!(uji.store.find_upload(&ctx, old.id).await.is_err() && uji.store.find_upload(&ctx, young.id).await.is_ok());
}

#[rstest]
#[tokio::test]
async fn nobody_fills_the_disk_with_beginnings(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, ctx)) = office(mesin).await else { return };
    for n in 0..MAX_UPLOADS {
        uji.store.create_upload(&ctx, &format!("{n:064x}"), UKURAN).await.expect("begun");
    }
    assert!(message(uji.store.create_upload(&ctx, SIDIK, UKURAN).await).contains("50 berkas"));
    // What has begun goes on.
    assert!(uji.store.create_upload(&ctx, &format!("{:064x}", 3), UKURAN).await.is_ok());
}

//! From entry to lock, and the exceptions.

use jiff::civil::date;
use rstest::rstest;
use tolok_app::{Ctx, Galat, HasilIsian, IsianAngka, Penolakan, Pilihan};
use tolok_domain::access::{Penugasan, Peran};
use tolok_domain::approval::Tindakan;
use tolok_domain::figure::{Angka, Keadaan};
use tolok_domain::{AngkaId, PenggunaId, Periode, Petak};
use tolok_testkit::{Mesin, TestApp, WAKTU};

const TW1: Periode = Periode::Triwulan(2021, 1);

fn petak() -> Petak {
    Petak::realisation("2.07.03.i1", None, TW1)
}

fn somebody(uji: &TestApp, peran: Peran) -> Ctx {
    Ctx { akun: Some(PenggunaId::new()), pelaku: peran.as_str().to_owned(), ..uji.with_roles(&[peran]) }
}

async fn enter(uji: &TestApp, ctx: &Ctx, nilai: &str, seen: Option<AngkaId>) -> Result<Angka, Penolakan> {
    let input =
        IsianAngka { petak: petak(), nilai: nilai.to_owned(), keterangan: String::new(), bukti: None, dilihat: seen };
    match uji.app.save_figures(ctx, 2021, &[input]).await.expect("told") {
        HasilIsian::Tersimpan(_, mut now) => Ok(now.remove(0)),
        HasilIsian::Ditolak(mut refused) => Err(refused.remove(0).1),
    }
}

async fn now(uji: &TestApp) -> Angka {
    let loaded = uji.app.load(&uji.ctx.fresh(), 2021).await.expect("loaded");
    petak().figure(&loaded.potret).expect("figure").clone()
}

async fn act(uji: &TestApp, ctx: &Ctx, tindakan: Tindakan, alasan: &str) -> Result<Keadaan, Galat> {
    let pilihan = Pilihan { petak: petak(), dilihat: now(uji).await.id, tindakan, alasan: alasan.to_owned() };
    uji.app.advance(ctx, 2021, &[pilihan]).await?;
    Ok(now(uji).await.keadaan)
}

fn message(result: Result<impl std::fmt::Debug, Galat>) -> String {
    match result {
        Err(Galat::TidakSah(message)) => message,
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[tokio::test]
async fn a_figure_goes_its_way(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let (filler, verifier) = (somebody(&uji, Peran::Pengisi), somebody(&uji, Peran::Verifikator));
    let first = enter(&uji, &filler, "10", None).await.expect("entered");
    assert!(message(act(&uji, &verifier, Tindakan::Verifikasi, "").await).contains("hanya angka yang diajukan"));
    assert_eq!(act(&uji, &filler, Tindakan::Ajukan, "").await.expect("handed in"), Keadaan::Diajukan);
    let Err(Penolakan::TidakSah(told)) = enter(&uji, &filler, "11", Some(now(&uji).await.id)).await else {
        panic!("changed after it was handed in")
    };
    assert!(told.contains("tarik dahulu"), "{told}");
    assert_eq!(act(&uji, &filler, Tindakan::Tarik, "").await.expect("taken back"), Keadaan::Draf);
    assert_eq!(act(&uji, &filler, Tindakan::Ajukan, "").await.expect("handed in"), Keadaan::Diajukan);
    assert!(message(act(&uji, &verifier, Tindakan::Kembalikan, " ").await).contains("tulis alasan"));
    let sent_back = act(&uji, &verifier, Tindakan::Kembalikan, "Lampirkan daftar hadir").await;
    assert_eq!(sent_back.expect("sent back"), Keadaan::Dikembalikan);
    let loaded = uji.app.load(&uji.ctx.fresh(), 2021).await.expect("loaded");
    let comment = loaded.potret.komentar.last().expect("the reason stands beside the figure");
    assert_eq!(
        (comment.indikator.as_str(), comment.isi.as_str()),
        ("2.07.03.i1", "Dikembalikan: Lampirkan daftar hadir")
    );
    let second = enter(&uji, &filler, "12", Some(now(&uji).await.id)).await.expect("mended");
    assert_eq!((second.keadaan, second.nilai.to_string().as_str()), (Keadaan::Draf, "12"));
    assert_eq!(act(&uji, &filler, Tindakan::Ajukan, "").await.expect("handed in"), Keadaan::Diajukan);
    assert_eq!(act(&uji, &verifier, Tindakan::Verifikasi, "").await.expect("verified"), Keadaan::Diverifikasi);
    assert_eq!(act(&uji, &verifier, Tindakan::Kunci, "").await.expect("locked"), Keadaan::Dikunci);
    let history = uji.app.figure_history(&uji.ctx, &first.subjek, 2021).await.expect("history");
    let place = history.iter().find(|h| h.petak == petak()).expect("place");
    assert_eq!(place.langkah.len(), 9, "every step is kept");
}

#[rstest]
#[tokio::test]
async fn nobody_verifies_what_he_entered_himself(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let both =
        Ctx { tugas: vec![Penugasan::whole(Peran::Pengisi), Penugasan::whole(Peran::Verifikator)], ..uji.ctx.clone() };
    enter(&uji, &both, "10", None).await.expect("entered");
    act(&uji, &both, Tindakan::Ajukan, "").await.expect("handed in");
    assert!(message(act(&uji, &both, Tindakan::Verifikasi, "").await).contains("Anda sendiri"));
    let other = somebody(&uji, Peran::Verifikator);
    assert_eq!(act(&uji, &other, Tindakan::Verifikasi, "").await.expect("verified"), Keadaan::Diverifikasi);
}

#[rstest]
#[tokio::test]
async fn who_saw_an_older_state_changes_nothing(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let filler = somebody(&uji, Peran::Pengisi);
    let seen = enter(&uji, &filler, "10", None).await.expect("entered").id;
    enter(&uji, &filler, "11", Some(seen)).await.expect("entered");
    let stale = Pilihan { petak: petak(), dilihat: seen, tindakan: Tindakan::Ajukan, alasan: String::new() };
    let result = uji.app.advance(&filler, 2021, &[stale]).await;
    assert!(matches!(result, Err(Galat::Bentrok)), "{result:?}");
    assert!(message(uji.app.advance(&filler, 2021, &[]).await).contains("belum ada"));
    let verifier = somebody(&uji, Peran::Verifikator);
    assert!(matches!(act(&uji, &verifier, Tindakan::Ajukan, "").await, Err(Galat::Terlarang)));
    assert!(matches!(act(&uji, &filler, Tindakan::Verifikasi, "").await, Err(Galat::Terlarang)));
}

#[rstest]
#[tokio::test]
async fn a_locked_period_takes_nothing_but_by_exception(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let (filler, verifier) = (somebody(&uji, Peran::Pengisi), somebody(&uji, Peran::Verifikator));
    let entered = enter(&uji, &filler, "10", None).await.expect("entered");
    act(&uji, &filler, Tindakan::Ajukan, "").await.expect("handed in");
    act(&uji, &verifier, Tindakan::Verifikasi, "").await.expect("verified");
    assert!(matches!(uji.app.lock_period(&filler, 2021, TW1).await, Err(Galat::Terlarang)));
    uji.app.lock_period(&verifier, 2021, TW1).await.expect("locked");
    assert_eq!(now(&uji).await.keadaan, Keadaan::Dikunci);
    assert!(message(uji.app.lock_period(&verifier, 2021, TW1).await).contains("sudah dikunci"));
    let locked = async |uji: &TestApp, at: Ctx| match enter(uji, &at, "11", Some(now(uji).await.id)).await {
        Err(Penolakan::TidakSah(told)) => assert!(told.contains("pembukaan kunci"), "{told}"),
        other => panic!("{other:?}"),
    };
    locked(&uji, filler.clone()).await;
    let until = date(2022, 2, 4);
    let open =
        async |indikator, sampai, alasan| uji.app.open_lock(&verifier, 2021, TW1, indikator, sampai, alasan).await;
    assert!(message(open(None, until, " ").await).contains("alasan"));
    assert!(message(open(None, date(2022, 1, 31), "telat").await).contains("sudah lewat"));
    open(Some("2.07.05.i1"), until, "BPS terlambat").await.expect("opened for another indicator");
    locked(&uji, filler.clone()).await;
    open(Some("2.07.03.i1"), until, "BPS terlambat").await.expect("opened");
    let later = Ctx { waktu: WAKTU + 4 * 24 * 3600 * 1_000_000, ..filler.clone() };
    locked(&uji, later).await;
    let mended = enter(&uji, &filler, "11", Some(now(&uji).await.id)).await.expect("the exception holds today");
    assert_eq!(mended.keadaan, Keadaan::Draf);
    assert_ne!(mended.id, entered.id);
    assert!(
        message(uji.app.open_lock(&verifier, 2021, Periode::Triwulan(2021, 2), None, until, "x").await)
            .contains("tidak dikunci")
    );
}

#[rstest]
#[tokio::test]
async fn deadlines_are_set_in_their_order(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let verifier = somebody(&uji, Peran::Verifikator);
    let told = message(uji.app.set_schedule(&verifier, 2021, [5, 4, 6, 7, 8, 9], &[]).await);
    assert!(told.contains("mendahului"), "{told}");
    uji.app.set_schedule(&verifier, 2021, [2, 3, 4, 5, 6, 7], &[]).await.expect("set");
    let loaded = uji.app.load(&uji.ctx.fresh(), 2021).await.expect("loaded");
    assert_eq!(loaded.potret.jadwal.days(), [2, 3, 4, 5, 6, 7]);
}

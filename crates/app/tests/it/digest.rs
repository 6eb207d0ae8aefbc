//! The daily digest: what stands in it, for whom, and that a day has one.

use rstest::rstest;
use tolok_app::{App, Peminta};
use tolok_domain::access::{Penugasan, Peran};
use tolok_domain::approval::Tindakan;
use tolok_domain::notice::PilihanSurat;
use tolok_domain::snapshot::Libur;
use tolok_store::{Store, SuratBaru};
use tolok_testkit::{Mesin, WAKTU};

use crate::mail::sent;
use crate::notice::{Kantor, account};

const HARI: i64 = 24 * 3600 * 1_000_000;

async fn written(app: &App, waktu: i64) -> Option<usize> {
    let done = app.write_digest(waktu).await.expect("written")?;
    assert_eq!(done.gagal, Vec::<String>::new());
    Some(done.surat)
}

#[rstest]
#[tokio::test]
async fn everybody_is_told_his_own_work(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(kantor) = Kantor::new(mesin).await else { return };
    account(&kantor.uji, "evaluator", Penugasan::whole(Peran::Evaluator)).await;
    kantor.hand_in().await;
    kantor.act(&kantor.verifikator, Tindakan::Kembalikan, "Lampirkan daftar hadir").await;
    kantor.mails().await;
    let app = &kantor.uji.app;
    assert_eq!(written(app, WAKTU).await, Some(3), "who has nothing to do gets no mail");
    let mails = kantor.mails().await;
    let to: Vec<&str> = mails.iter().map(|m| m.kepada.as_str()).collect();
    assert_eq!(to, ["lain@contoh.test", "pengisi@contoh.test", "perencana@contoh.test"]);
    let mine = &mails[1];
    assert_eq!(mine.perihal, "Ringkasan harian Tolok, 1 Februari 2022");
    assert!(mine.isi.starts_with("Ringkasan 1 Februari 2022 untuk pengisi.\n"), "{}", mine.isi);
    // The fourth quarter ended on a Friday; sub kegiatan were due on 7 January, 17 working days before 1 February.
    assert!(mine.isi.contains("\nTerlambat\n- Isi ") && mine.isi.contains("batas 7 Januari 2022, lewat 17 hari kerja"));
    assert!(mine.isi.contains("\nDikembalikan untuk diperbaiki\n- Kegiatan Job Fair, Triwulan I"));
    assert!(mine.isi.contains("Lampirkan daftar hadir") && mine.isi.contains("/tugas\n"), "{}", mine.isi);
    assert!(!mine.isi.contains("Menunggu verifikasi"), "{}", mine.isi);
}

#[rstest]
#[tokio::test]
async fn a_verifier_is_told_what_waits(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(kantor) = Kantor::new(mesin).await else { return };
    kantor.hand_in().await;
    kantor.mails().await;
    assert_eq!(written(&kantor.uji.app, WAKTU).await, Some(4));
    let mails = kantor.mails().await;
    let verifier = mails.iter().find(|m| m.kepada == "verifikator@contoh.test").expect("mail");
    assert!(verifier.isi.contains("\nMenunggu verifikasi\n- 1 angka Triwulan I 2021"), "{}", verifier.isi);
    assert!(!verifier.isi.contains("Kabar yang belum dibaca"), "he was told at once: {}", verifier.isi);
}

#[rstest]
#[tokio::test]
async fn who_wants_one_mail_a_day_reads_his_notices_in_it_once(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(kantor) = Kantor::new(mesin).await else { return };
    let app = &kantor.uji.app;
    for (nama, pilihan) in [("perencana", PilihanSurat::Harian), ("pengisi", PilihanSurat::Tidak)] {
        let entered = app.sign_in(nama, "kuda baterai benar 7", &Peminta::default(), WAKTU).await.expect("tried");
        let secret = entered.expect("right").rahasia;
        let sesi = app.session(&secret, WAKTU).await.expect("looked").expect("valid");
        app.choose_mail(&sesi, pilihan).await.expect("chosen");
    }
    kantor.hand_in().await;
    kantor.act(&kantor.verifikator, Tindakan::Verifikasi, "").await;
    kantor.mails().await;
    written(app, WAKTU).await.expect("written");
    let mails = kantor.mails().await;
    assert!(mails.iter().all(|m| m.kepada != "pengisi@contoh.test"), "who wants none gets none");
    let planner = mails.iter().find(|m| m.kepada == "perencana@contoh.test").expect("mail");
    let told = "\nKabar yang belum dibaca\n- 1 angka diverifikasi, oleh verifikator, 1 Februari 2022\n";
    assert!(planner.isi.contains(told), "{}", planner.isi);
    written(app, WAKTU + HARI).await.expect("the next day's");
    let mails = sent(app, WAKTU + HARI).await;
    let planner = mails.iter().find(|m| m.kepada == "perencana@contoh.test").expect("mail");
    assert!(planner.isi.contains("Terlambat") && !planner.isi.contains("Kabar yang belum"), "{}", planner.isi);
}

#[rstest]
#[tokio::test]
async fn a_day_has_one_digest_whoever_writes_it(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(kantor) = Kantor::new(mesin).await else { return };
    // Two processes on one database: each has connections and a memory of its own.
    let store = Store::open(&kantor.uji.uji.alamat, &kantor.uji.uji.bukti).await.expect("opened again");
    let other = App::new(store, std::sync::Arc::new(tolok_app::TanpaPdf)).reachable_at("https://tolok.test", true);
    let (one, two) = tokio::join!(written(&kantor.uji.app, WAKTU), written(&other, WAKTU));
    let written_by: Vec<usize> = [one, two].into_iter().flatten().collect();
    assert_eq!(written_by, [3], "one of them");
    assert_eq!(kantor.mails().await.len(), 3);
    assert_eq!(written(&other, WAKTU + HARI / 4).await, None, "and none later that day");
    // The one that loses the race after it has made its mails writes none of them.
    let surat = [SuratBaru { kepada: "a@contoh.test".to_owned(), perihal: "Uji".to_owned(), isi: String::new() }];
    assert!(!other.store().create_digest("2022-02-01", &surat, &[], WAKTU).await.expect("refused"));
    assert_eq!(kantor.mails().await, []);
    assert_eq!(written(&other, WAKTU + HARI).await, Some(3), "the next day has its own");
    other.store().close().await;
}

#[rstest]
#[tokio::test]
async fn on_days_off_there_is_none(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(kantor) = Kantor::new(mesin).await else { return };
    let app = &kantor.uji.app;
    // 5 February 2022 is a Saturday.
    assert_eq!(written(app, WAKTU + 4 * HARI).await, Some(0));
    let imlek = Libur { tanggal: "2022-02-01".to_owned(), keterangan: "Tahun Baru Imlek".to_owned() };
    app.set_schedule(&kantor.verifikator, 2021, [5, 7, 10, 12, 15, 20], &[imlek]).await.expect("set");
    assert_eq!(written(app, WAKTU).await, Some(0), "a holiday that the office has entered");
    assert_eq!(written(app, WAKTU + HARI).await, Some(3));
}

#[tokio::test]
async fn without_a_mail_server_none_is_written_and_none_is_claimed() {
    let mut kantor = Kantor::new(Mesin::Sqlite).await.expect("SQLite is always there");
    kantor.uji.app = kantor.uji.app.reachable_at("https://tolok.test", false);
    assert_eq!(written(&kantor.uji.app, WAKTU).await, None);
    kantor.uji.app = kantor.uji.app.reachable_at("https://tolok.test", true);
    assert_eq!(written(&kantor.uji.app, WAKTU).await, Some(3), "a server that sends finds the day free");
}

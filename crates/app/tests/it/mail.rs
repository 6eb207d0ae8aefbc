//! Mails: written with what causes them, sent by somebody else, tried again.

use std::pin::Pin;
use std::sync::Mutex;

use rstest::rstest;
use tolok_app::{App, GagalKirim, IsianAkun, JenisTautan, KirimSurat, Peminta, Surat, Tautan, Undangan};
use tolok_domain::PenggunaId;
use tolok_domain::access::{Pemberian, Penugasan, Peran};
use tolok_store::{Perubahan, SuratBaru};
use tolok_testkit::{Mesin, TestApp, WAKTU};

const MENIT: i64 = 60 * 1_000_000;
const SANDI: &str = "kuda baterai benar 7";

/// Keeps what it is given, or fails in the way it is told.
#[derive(Default)]
struct Kantor {
    sent: Mutex<Vec<Surat>>,
    fails: Option<GagalKirim>,
}

impl KirimSurat for Kantor {
    fn send<'a>(&'a self, surat: &'a Surat) -> Pin<Box<dyn Future<Output = Result<(), GagalKirim>> + Send + 'a>> {
        self.sent.lock().expect("lock").push(surat.clone());
        let outcome = self.fails.clone().map_or(Ok(()), Err);
        Box::pin(async { outcome })
    }
}

impl Kantor {
    fn failing(tetap: bool) -> Self {
        Self { fails: Some(GagalKirim { tetap, detail: "penuh".to_owned() }), ..Self::default() }
    }

    fn count(&self) -> usize {
        self.sent.lock().expect("lock").len()
    }
}

/// What is sent at a moment.
pub async fn sent(app: &App, waktu: i64) -> Vec<Surat> {
    let kantor = Kantor::default();
    app.deliver(&kantor, waktu).await.expect("delivered");
    kantor.sent.into_inner().expect("lock")
}

/// The office with a mail server, and somebody invited by mail.
async fn invited(mesin: Mesin) -> Option<(TestApp, PenggunaId)> {
    let mut uji = TestApp::new(mesin).await?;
    uji.app = uji.app.reachable_at("https://tolok.test/", true);
    let undangan = Undangan {
        nama_masuk: "seksi-a".to_owned(),
        isian: IsianAkun { nama: "Seksi A".to_owned(), surel: "Seksi@Contoh.test".to_owned() },
        peran: vec![Pemberian::lasting(Penugasan::whole(Peran::Pengisi))],
    };
    let (id, tautan) = uji.app.invite(&uji.ctx, &undangan).await.expect("invited");
    assert_eq!(tautan, Tautan::Surel("seksi@contoh.test".to_owned()), "a mailed link is nobody else's business");
    Some((uji, id))
}

/// The secret of the link in a mail.
fn secret(surat: &Surat, path: &str) -> String {
    let link = surat.isi.lines().find(|line| line.starts_with(&format!("https://tolok.test/{path}/"))).expect("link");
    link.rsplit('/').next().expect("secret").to_owned()
}

#[rstest]
#[tokio::test]
async fn an_invitation_goes_out_once_with_a_link_that_works(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, _)) = invited(mesin).await else { return };
    let mails = sent(&uji.app, WAKTU).await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].kepada, "seksi@contoh.test");
    assert!(mails[0].isi.contains("7 hari") && mails[0].isi.contains("Nama akun: seksi-a"), "{}", mails[0].isi);
    let rahasia = secret(&mails[0], "undangan");
    uji.app.choose_password(JenisTautan::Undangan, &rahasia, SANDI, WAKTU).await.expect("chosen");
    let notice = sent(&uji.app, WAKTU).await;
    assert!(notice.len() == 1 && notice[0].perihal.contains("Perubahan pada akun"), "its owner is told");
    assert_eq!(sent(&uji.app, WAKTU + 1000 * MENIT).await, [], "a sent mail is gone");
}

#[rstest]
#[tokio::test]
async fn what_fails_is_tried_again_later_and_later_and_then_given_up(
    #[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin,
) {
    let Some((uji, _)) = invited(mesin).await else { return };
    let down = Kantor::failing(false);
    let mut waktu = WAKTU;
    for (tries, wait) in [2, 4, 8, 16, 32, 64, 64, 64, 64].into_iter().enumerate() {
        let done = uji.app.deliver(&down, waktu).await.expect("tried");
        assert_eq!((done.jumlah, done.gagal.len(), down.count()), (0, 1, tries + 1));
        assert!(done.gagal[0].contains("penuh") && !done.gagal[0].contains("tolok.test"), "no link in the log");
        uji.app.deliver(&down, waktu + wait * MENIT - 1).await.expect("too early");
        assert_eq!(down.count(), tries + 1, "not before {wait} minutes");
        waktu += wait * MENIT;
    }
    let last = uji.app.deliver(&down, waktu).await.expect("tried");
    assert!(last.gagal[0].contains("tidak dikirim lagi"));
    assert_eq!(sent(&uji.app, waktu + 1000 * MENIT).await, []);
}

#[rstest]
#[tokio::test]
async fn what_the_server_does_not_want_is_given_up_at_once(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, _)) = invited(mesin).await else { return };
    uji.app.deliver(&Kantor::failing(true), WAKTU).await.expect("tried");
    assert_eq!(sent(&uji.app, WAKTU + 1000 * MENIT).await, []);
}

#[rstest]
#[tokio::test]
async fn mails_of_a_change_are_written_with_it_or_not_at_all(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(mut uji) = TestApp::new(mesin).await else { return };
    let surat = SuratBaru { kepada: "a@contoh.test".to_owned(), perihal: "Uji".to_owned(), isi: "Isi".to_owned() };
    let with_mail = || Perubahan { surat: vec![surat.clone()], ..Perubahan::default() };
    let conflict = uji.store().apply(&uji.ctx, "uji", "", "", Some(999), &with_mail()).await;
    assert!(conflict.is_err());
    assert_eq!(sent(&uji.app, WAKTU).await, []);
    uji.store().apply(&uji.ctx, "uji", "", "", None, &with_mail()).await.expect("written");
    assert_eq!(sent(&uji.app, WAKTU).await.len(), 1);
    // Without a mail server nothing piles up.
    uji.app.queue_mail(&uji.ctx, "a@contoh.test", "Uji", "Isi").await.expect("nothing");
    assert_eq!(sent(&uji.app, WAKTU).await, []);
    uji.app = uji.app.reachable_at("https://tolok.test", true);
    uji.app.queue_mail(&uji.ctx, "a@contoh.test", "Uji", "Isi").await.expect("queued");
    assert_eq!(sent(&uji.app, WAKTU).await.len(), 1);
}

#[rstest]
#[tokio::test]
async fn two_processes_never_send_the_same_mail(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(mut uji) = TestApp::new(mesin).await else { return };
    uji.app = uji.app.reachable_at("https://tolok.test", true);
    for n in 0..40 {
        uji.app.queue_mail(&uji.ctx, &format!("a{n}@contoh.test"), "Uji", "Isi").await.expect("queued");
    }
    let (one, two) = (Kantor::default(), Kantor::default());
    let (a, b) = tokio::join!(uji.app.deliver(&one, WAKTU), uji.app.deliver(&two, WAKTU));
    assert_eq!(a.expect("delivered").jumlah + b.expect("delivered").jumlah, 40);
    let mut all: Vec<String> = [one, two]
        .into_iter()
        .flat_map(|kantor| kantor.sent.into_inner().expect("lock"))
        .map(|surat| surat.kepada)
        .collect();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 40);
}

#[rstest]
#[tokio::test]
async fn a_forgotten_password_is_asked_for_three_times_an_hour(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, id)) = invited(mesin).await else { return };
    let rahasia = secret(&sent(&uji.app, WAKTU).await[0], "undangan");
    uji.app.choose_password(JenisTautan::Undangan, &rahasia, SANDI, WAKTU).await.expect("chosen");
    sent(&uji.app, WAKTU).await;
    let ask = async |surel: &str, waktu| uji.app.request_link(surel, &Peminta::default(), waktu).await;
    ask("tidak-ada@contoh.test", WAKTU).await.expect("the same answer");
    assert_eq!(sent(&uji.app, WAKTU).await, []);
    for _ in 0..3 {
        ask(" SEKSI@contoh.test ", WAKTU).await.expect("asked");
    }
    assert!(ask("seksi@contoh.test", WAKTU + 59 * MENIT).await.is_err());
    let mails = sent(&uji.app, WAKTU).await;
    assert_eq!(mails.len(), 3);
    let open = async |surat, waktu| uji.app.open_link(JenisTautan::Sandi, &secret(surat, "sandi"), waktu).await;
    assert!(open(&mails[0], WAKTU).await.is_err() && open(&mails[2], WAKTU).await.is_ok(), "the newest counts");
    assert!(open(&mails[2], WAKTU + 60 * MENIT).await.is_err(), "for an hour");
    ask("seksi@contoh.test", WAKTU + 60 * MENIT).await.expect("asked again");
    // Who is switched off gets none.
    sent(&uji.app, WAKTU + 60 * MENIT).await;
    uji.app.switch_account(&uji.ctx, id, false).await.expect("off");
    ask("seksi@contoh.test", WAKTU + 200 * MENIT).await.expect("the same answer");
    assert_eq!(sent(&uji.app, WAKTU + 200 * MENIT).await, []);
}

#[rstest]
#[tokio::test]
async fn the_old_address_is_told_when_it_is_changed(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, id)) = invited(mesin).await else { return };
    let rahasia = secret(&sent(&uji.app, WAKTU).await[0], "undangan");
    let isian = IsianAkun { nama: "Seksi A".to_owned(), surel: "baru@contoh.test".to_owned() };
    uji.app.change_account(&uji.ctx, id, &isian).await.expect("changed");
    let mails = sent(&uji.app, WAKTU).await;
    assert!(mails.len() == 1 && mails[0].kepada == "seksi@contoh.test" && mails[0].isi.contains("diganti"));
    let opened = uji.app.open_link(JenisTautan::Undangan, &rahasia, WAKTU).await;
    assert!(opened.is_err(), "a link that went to the old address opens nothing");
}

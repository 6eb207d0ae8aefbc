//! Who is told what when figures move on, and that it is told only of what was written.

use rstest::rstest;
use tolok_app::{Ctx, Galat, HasilIsian, IsianAngka, KabarSaya, Peminta, Pilihan, Surat};
use tolok_domain::access::{Penugasan, Peran};
use tolok_domain::approval::Tindakan;
use tolok_domain::notice::{JenisKabar, PilihanSurat};
use tolok_domain::{AngkaId, Periode, Petak};
use tolok_store::{KabarBaru, Perubahan};
use tolok_testkit::{Mesin, TestApp, WAKTU, exec};

use crate::mail::sent;

const TW1: Periode = Periode::Triwulan(2021, 1);
const SANDI: &str = "kuda baterai benar 7";

/// A figure of BID.2.a.
fn petak() -> Petak {
    Petak::realisation("2.07.04.2.03.03.i1", None, TW1)
}

/// An office that sends mail, and somebody in each role that has to do with figures.
pub struct Kantor {
    pub uji: TestApp,
    pub pengisi: Ctx,
    pub lain: Ctx,
    pub perencana: Ctx,
    pub verifikator: Ctx,
}

impl Kantor {
    pub async fn new(mesin: Mesin) -> Option<Self> {
        let mut uji = TestApp::new(mesin).await?;
        uji.app = uji.app.reachable_at("https://tolok.test", true);
        let unit = |peran, unit: &str| Penugasan { peran, unit: Some(unit.to_owned()) };
        Some(Self {
            pengisi: account(&uji, "pengisi", unit(Peran::Pengisi, "BID.2")).await,
            lain: account(&uji, "lain", unit(Peran::Pengisi, "BID.2")).await,
            perencana: account(&uji, "perencana", Penugasan::whole(Peran::Perencana)).await,
            verifikator: account(&uji, "verifikator", Penugasan::whole(Peran::Verifikator)).await,
            uji,
        })
    }

    async fn enter(&self, ctx: &Ctx, nilai: &str) {
        let dilihat = self.seen().await;
        let nilai = nilai.to_owned();
        let input = IsianAngka { petak: petak(), nilai, keterangan: String::new(), bukti: None, dilihat };
        let result = self.uji.app.save_figures(ctx, 2021, &[input]).await.expect("told");
        assert!(matches!(result, HasilIsian::Tersimpan(..)), "{result:?}");
    }

    async fn seen(&self) -> Option<AngkaId> {
        let loaded = self.uji.app.load(&self.uji.ctx.fresh(), 2021).await.expect("loaded");
        petak().figure(&loaded.potret).map(|a| a.id)
    }

    pub async fn act(&self, ctx: &Ctx, tindakan: Tindakan, alasan: &str) {
        let dilihat = self.seen().await.expect("figure");
        let pilihan = Pilihan { petak: petak(), dilihat, tindakan, alasan: alasan.to_owned() };
        self.uji.app.advance(ctx, 2021, &[pilihan]).await.expect("done");
    }

    /// Enters the figure and hands it in.
    pub async fn hand_in(&self) {
        self.enter(&self.pengisi, "10").await;
        self.act(&self.pengisi, Tindakan::Ajukan, "").await;
    }

    pub async fn mails(&self) -> Vec<Surat> {
        let mut mails = sent(&self.uji.app, WAKTU).await;
        mails.sort_by(|a, b| a.kepada.cmp(&b.kepada));
        mails
    }

    async fn notices(&self, ctx: &Ctx) -> Vec<KabarSaya> {
        self.uji.app.notices(ctx, None, 50).await.expect("notices")
    }
}

/// An account with a mail address, and the context in which it acts.
pub async fn account(uji: &TestApp, nama: &str, tugas: Penugasan) -> Ctx {
    let roles = [tugas];
    let made = uji.app.create_account(uji.ctx.instansi, nama, nama, SANDI, &roles, WAKTU).await.expect("account");
    let sql = format!("UPDATE akun SET surel = '{nama}@contoh.test' WHERE nama_masuk = '{nama}'");
    exec(uji.store(), &sql).await.expect("mail address");
    Ctx { akun: Some(made), pelaku: nama.to_owned(), tugas: roles.to_vec(), ..uji.ctx.clone() }
}

fn addresses(mails: &[Surat]) -> Vec<&str> {
    mails.iter().map(|m| m.kepada.as_str()).collect()
}

#[rstest]
#[tokio::test]
async fn what_is_handed_in_is_told_to_the_verifiers_of_its_unit(
    #[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin,
) {
    let Some(kantor) = Kantor::new(mesin).await else { return };
    let of_unit = |unit: &str| Penugasan { peran: Peran::Verifikator, unit: Some(unit.to_owned()) };
    let elsewhere = account(&kantor.uji, "verifikator-3", of_unit("BID.3")).await;
    let near = account(&kantor.uji, "verifikator-2", of_unit("BID.2")).await;
    let office = kantor.uji.app.load(&kantor.uji.ctx, 2021).await.expect("loaded").potret.instansi.clone();
    let app = &kantor.uji.app;
    app.create_region_account(&office.daerah, "bagian", "Bagian", SANDI, Peran::Verifikator, WAKTU)
        .await
        .expect("account");
    kantor.hand_in().await;
    let mails = kantor.mails().await;
    assert_eq!(addresses(&mails), ["verifikator-2@contoh.test", "verifikator@contoh.test"]);
    let isi = &mails[1].isi;
    assert!(mails[1].perihal.ends_with("1 angka menunggu verifikasi"), "{}", mails[1].perihal);
    assert!(isi.contains("- Kegiatan Job Fair, Triwulan I 2021\n"), "{isi}");
    assert!(isi.contains(&format!("https://tolok.test/o/{}/verifikasi?tahun=2021&tw=1\n", office.kode)), "{isi}");
    assert!(isi.contains("/saya\n") && isi.contains("oleh pengisi."), "{isi}");
    for (ctx, many) in
        [(&kantor.verifikator, 1), (&near, 1), (&elsewhere, 0), (&kantor.pengisi, 0), (&kantor.perencana, 0)]
    {
        assert_eq!(kantor.notices(ctx).await.len(), many, "{}", ctx.pelaku);
    }
    let told = &kantor.notices(&near).await[0];
    assert_eq!((told.jenis, told.oleh.as_str(), told.jumlah), (JenisKabar::Diajukan, "pengisi", 1));
    assert_eq!((told.angka.as_slice(), told.dibaca), ([(petak(), String::new())].as_slice(), false));
    let bagian = app.store().find_account("bagian").await.expect("looked").expect("found").id();
    let of_region = Ctx { akun: Some(bagian), ..kantor.verifikator.clone() };
    assert_eq!(
        kantor.notices(&of_region).await.len(),
        1,
        "who verifies for the region is told, with or without an address"
    );
}

#[rstest]
#[tokio::test]
async fn what_is_sent_back_is_told_to_who_entered_it_with_the_reason(
    #[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin,
) {
    let Some(kantor) = Kantor::new(mesin).await else { return };
    kantor.hand_in().await;
    kantor.mails().await;
    kantor.act(&kantor.verifikator, Tindakan::Kembalikan, "Lampirkan\n\ndaftar hadir").await;
    let mails = kantor.mails().await;
    assert_eq!(addresses(&mails), ["pengisi@contoh.test"], "nobody else entered it");
    assert!(mails[0].isi.contains("Triwulan I 2021: Lampirkan daftar hadir\n"), "{}", mails[0].isi);
    assert!(mails[0].isi.contains("/isi?tahun=2021&tw=1\n"), "{}", mails[0].isi);
    let told = kantor.notices(&kantor.pengisi).await;
    assert_eq!((told.len(), told[0].jenis), (1, JenisKabar::Dikembalikan));
    assert_eq!(told[0].angka, [(petak(), "Lampirkan\n\ndaftar hadir".to_owned())]);
    assert_eq!(kantor.notices(&kantor.lain).await, []);
    assert_eq!(kantor.notices(&kantor.perencana).await, []);
    // Where who entered it has left, those who may mend it are told.
    kantor.enter(&kantor.pengisi, "11").await;
    kantor.act(&kantor.pengisi, Tindakan::Ajukan, "").await;
    let gone = kantor.pengisi.akun.expect("account");
    kantor.uji.app.switch_account(&kantor.uji.ctx, gone, false).await.expect("off");
    kantor.mails().await;
    kantor.act(&kantor.verifikator, Tindakan::Kembalikan, "Masih kurang").await;
    assert_eq!(addresses(&kantor.mails().await), ["lain@contoh.test", "perencana@contoh.test"]);
}

#[rstest]
#[tokio::test]
async fn what_is_verified_or_locked_is_told_to_who_entered_it_and_to_planners(
    #[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin,
) {
    let Some(kantor) = Kantor::new(mesin).await else { return };
    kantor.hand_in().await;
    kantor.mails().await;
    kantor.act(&kantor.verifikator, Tindakan::Verifikasi, "").await;
    let mails = kantor.mails().await;
    assert_eq!(addresses(&mails), ["pengisi@contoh.test", "perencana@contoh.test"]);
    assert!(mails[0].perihal.ends_with("1 angka diverifikasi"));
    kantor.uji.app.lock_period(&kantor.verifikator, 2021, TW1).await.expect("locked");
    let mails = kantor.mails().await;
    let everybody = ["lain@contoh.test", "pengisi@contoh.test", "perencana@contoh.test"];
    assert_eq!(addresses(&mails), everybody, "a closed period concerns all who enter");
    assert!(mails[0].perihal.ends_with("Triwulan I 2021 dikunci, 1 angka Anda di dalamnya"), "{}", mails[0].perihal);
    let told = &kantor.notices(&kantor.lain).await[0];
    assert_eq!((told.jenis, told.periode, told.jumlah), (JenisKabar::Dikunci, Some(TW1), 1));
    assert_eq!(
        kantor.notices(&kantor.verifikator).await.len(),
        1,
        "who locks it knows, and was told of the handing in only"
    );
}

#[rstest]
#[tokio::test]
async fn nothing_is_told_of_what_was_not_written(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(kantor) = Kantor::new(mesin).await else { return };
    kantor.hand_in().await;
    kantor.mails().await;
    let (app, verifier) = (&kantor.uji.app, &kantor.verifikator);
    let stale = |tindakan, dilihat| Pilihan { petak: petak(), dilihat, tindakan, alasan: "Kurang".to_owned() };
    let conflict = app.advance(verifier, 2021, &[stale(Tindakan::Kembalikan, AngkaId::new())]).await;
    assert!(matches!(conflict, Err(Galat::Bentrok)), "{conflict:?}");
    let seen = kantor.seen().await.expect("figure");
    let refused = app.advance(verifier, 2021, &[stale(Tindakan::Kunci, seen)]).await;
    assert!(matches!(refused, Err(Galat::TidakSah(_))), "{refused:?}");
    let forbidden = app.advance(&kantor.pengisi, 2021, &[stale(Tindakan::Kembalikan, seen)]).await;
    assert!(matches!(forbidden, Err(Galat::Terlarang)), "{forbidden:?}");
    assert_eq!(kantor.mails().await, []);
    assert_eq!(kantor.notices(&kantor.pengisi).await, []);
    // A failure after the rows were written takes mail, notice and entry back.
    let head = app.store().head(&kantor.uji.ctx).await.expect("head");
    let notice = |akun| KabarBaru {
        akun,
        jenis: JenisKabar::Diajukan.as_str(),
        tahun: 2021,
        periode: String::new(),
        jumlah: 1,
        isi: "[]".to_owned(),
    };
    let known = kantor.pengisi.akun.expect("account");
    let surat =
        tolok_store::SuratBaru { kepada: "a@contoh.test".to_owned(), perihal: "Uji".to_owned(), isi: String::new() };
    let change = |kabar| Perubahan { kabar, surat: vec![surat.clone()], ..Perubahan::default() };
    let nobody = change(vec![notice(known), notice(tolok_domain::PenggunaId::new())]);
    assert!(app.store().apply(&kantor.uji.ctx, "uji", "", "", None, &nobody).await.is_err());
    assert_eq!((kantor.mails().await, kantor.notices(&kantor.pengisi).await), (Vec::new(), Vec::new()));
    assert_eq!(app.store().head(&kantor.uji.ctx).await.expect("head"), head);
    app.store().apply(&kantor.uji.ctx, "uji", "", "", None, &change(vec![notice(known)])).await.expect("written");
    assert_eq!((kantor.mails().await.len(), kantor.notices(&kantor.pengisi).await.len()), (1, 1));
}

#[rstest]
#[tokio::test]
async fn each_person_chooses_the_mails_and_gets_the_notices_all_the_same(
    #[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin,
) {
    let Some(kantor) = Kantor::new(mesin).await else { return };
    let app = &kantor.uji.app;
    let entered = app.sign_in("verifikator", SANDI, &Peminta::default(), WAKTU).await.expect("tried").expect("right");
    let session = async || app.session(&entered.rahasia, WAKTU).await.expect("looked").expect("valid");
    let sesi = session().await;
    assert_eq!(app.mail_choice(&sesi).await.expect("choice"), PilihanSurat::Segera);
    for (n, pilihan) in [(1, PilihanSurat::Harian), (2, PilihanSurat::Tidak)] {
        app.choose_mail(&sesi, pilihan).await.expect("chosen");
        assert_eq!(app.mail_choice(&sesi).await.expect("choice"), pilihan);
        kantor.hand_in().await;
        assert_eq!(kantor.mails().await, [], "{pilihan:?}");
        assert_eq!(session().await.unread(kantor.uji.ctx.instansi), n);
        kantor.act(&kantor.pengisi, Tindakan::Tarik, "").await;
    }
    assert_eq!(kantor.mails().await, [], "what is taken back is told to nobody");
    app.choose_mail(&sesi, PilihanSurat::Segera).await.expect("chosen");
    kantor.act(&kantor.pengisi, Tindakan::Ajukan, "").await;
    assert_eq!(addresses(&kantor.mails().await), ["verifikator@contoh.test"]);
}

#[rstest]
#[tokio::test]
async fn a_notice_is_read_by_whom_it_is_for(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(kantor) = Kantor::new(mesin).await else { return };
    let app = &kantor.uji.app;
    for _ in 0..3 {
        kantor.hand_in().await;
        kantor.act(&kantor.verifikator, Tindakan::Kembalikan, "Kurang").await;
    }
    let mine = kantor.notices(&kantor.pengisi).await;
    assert_eq!(mine.len(), 3);
    let older = app.notices(&kantor.pengisi, Some(mine[0].id), 1).await.expect("notices");
    assert_eq!(older, [mine[1].clone()], "a page at a time");
    app.mark_read(&kantor.verifikator, Some(mine[0].id)).await.expect("nothing");
    assert_eq!(kantor.notices(&kantor.pengisi).await, mine, "another's notice stays as it is");
    app.mark_read(&kantor.pengisi, Some(mine[1].id)).await.expect("marked");
    let read: Vec<bool> = kantor.notices(&kantor.pengisi).await.iter().map(|k| k.dibaca).collect();
    assert_eq!(read, [false, true, false]);
    app.mark_read(&kantor.pengisi, None).await.expect("marked");
    assert!(kantor.notices(&kantor.pengisi).await.iter().all(|k| k.dibaca));
    assert!(kantor.notices(&kantor.verifikator).await.iter().all(|k| !k.dibaca));
    let neighbour = Ctx { instansi: kantor.uji.uji.office("tetangga").await, ..kantor.pengisi.clone() };
    assert_eq!(kantor.notices(&neighbour).await, [], "and in the office that it is about");
}

#[rstest]
#[tokio::test]
async fn without_a_mail_server_notices_are_written_and_no_mail(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(mut kantor) = Kantor::new(mesin).await else { return };
    kantor.uji.app = kantor.uji.app.reachable_at("https://tolok.test", false);
    kantor.hand_in().await;
    assert_eq!((kantor.mails().await.len(), kantor.notices(&kantor.verifikator).await.len()), (0, 1));
}

//! Notices on pages, the choice of mails, the history of figures, and checking figures beside their evidence.

use axum::http::StatusCode;
use scraper::{Html, Selector};
use tolok_app::{Ctx, IsianAngka, KabarSaya, Peminta, Pilihan};
use tolok_domain::access::{Penugasan, Peran};
use tolok_domain::approval::Tindakan;
use tolok_domain::{Periode, Petak};

use crate::page::check;
use crate::{Answer, CHANGE, HERE, PASSWORD, Site};

const NAME: &str = "Kegiatan Job Fair";
const PAGE: &str = "/verifikasi?tahun=2021&tw=1";

fn petak() -> Petak {
    Petak::realisation("2.07.04.2.03.03.i1", None, Periode::Triwulan(2021, 1))
}

/// Texts of the elements that a selector finds.
fn texts(answer: &Answer, query: &str) -> Vec<String> {
    let page = Html::parse_document(&answer.text());
    let selector = Selector::parse(query).expect("selector");
    let words = |e: scraper::ElementRef<'_>| e.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
    page.select(&selector).map(words).collect()
}

impl Site {
    /// Signs somebody in and gives his cookie with the context in which he acts.
    async fn worker(&self, name: &str, peran: &[Peran]) -> (String, Ctx) {
        let cookie = self.sign_in(self.uji.ctx.instansi, name, name, peran).await;
        let akun = self.uji.store().find_account(name).await.expect("looked").map(|a| a.id());
        let tugas = peran.iter().copied().map(Penugasan::whole).collect();
        (cookie, Ctx { akun, pelaku: name.to_owned(), tugas, ..self.uji.ctx.fresh() })
    }

    async fn seen(&self) -> Option<tolok_domain::AngkaId> {
        let loaded = self.uji.app.load(&self.uji.ctx.fresh(), 2021).await.expect("loaded");
        petak().figure(&loaded.potret).map(|a| a.id)
    }

    async fn act(&self, ctx: &Ctx, tindakan: Tindakan, alasan: &str) {
        let dilihat = self.seen().await.expect("figure");
        let pilihan = Pilihan { petak: petak(), dilihat, tindakan, alasan: alasan.to_owned() };
        self.uji.app.advance(ctx, 2021, &[pilihan]).await.expect("done");
    }

    /// Enters a figure and hands it in.
    async fn hand_in(&self, ctx: &Ctx, nilai: &str) {
        let (nilai, dilihat) = (nilai.to_owned(), self.seen().await);
        let input = IsianAngka { petak: petak(), nilai, keterangan: String::new(), bukti: None, dilihat };
        self.uji.app.save_figures(ctx, 2021, &[input]).await.expect("saved");
        self.act(ctx, Tindakan::Ajukan, "").await;
    }

    async fn notices(&self, ctx: &Ctx) -> Vec<KabarSaya> {
        self.uji.app.notices(ctx, None, 10).await.expect("notices")
    }
}

#[tokio::test]
async fn a_notice_is_counted_beside_the_tasks_until_it_is_read() {
    let site = Site::new().await;
    let (filler, pengisi) = site.worker("pengisi", &[Peran::Pengisi]).await;
    let (verifier, verifikator) = site.worker("verifikator", &[Peran::Verifikator]).await;
    let badge = async |cookie: &str, address: &str| texts(&site.get(address, cookie).await, ".nav .hitung");
    assert_eq!(badge(&verifier, "/").await, Vec::<String>::new());
    site.hand_in(&pengisi, "10").await;
    assert_eq!(badge(&verifier, "/").await, ["1 kabar belum dibaca"]);
    assert_eq!(badge(&filler, "/").await, Vec::<String>::new(), "nobody is told of what he did himself");
    site.act(&verifikator, Tindakan::Kembalikan, "Lampirkan <daftar> hadir").await;
    assert_eq!(badge(&filler, "/pengukuran").await, ["1 kabar belum dibaca"]);
    let page = site.get("/kabar", &filler).await;
    check("/kabar with a notice", &page);
    let told = texts(&page, ".daftar li").remove(0);
    assert!(told.starts_with("1 angka dikembalikan untuk diperbaiki baru verifikator, "), "{told}");
    assert!(told.contains(&format!("{NAME}, Triwulan I 2021: Lampirkan <daftar> hadir")), "{told}");
    let link = Html::parse_document(&page.text());
    let link =
        link.select(&Selector::parse(".daftar a").expect("selector")).next().and_then(|a| a.value().attr("href"));
    assert_eq!(link, Some("/isi?tahun=2021&tw=1"));
    // Another one's notice cannot be marked, and what is none is not found.
    let (mine, theirs) = (site.notices(&pengisi).await[0].id, site.notices(&verifikator).await[0].id);
    assert_eq!(site.post("/kabar", &filler, &format!("id={theirs}"), HERE).await.status, StatusCode::SEE_OTHER);
    assert_eq!(badge(&verifier, "/").await, ["1 kabar belum dibaca"]);
    assert_eq!(site.post("/kabar", &filler, "id=satu", HERE).await.status, StatusCode::NOT_FOUND);
    let marked = site.post("/kabar?tahun=2021", &filler, &format!("id={mine}"), HERE).await;
    assert_eq!((marked.status, marked.header("location")), (StatusCode::SEE_OTHER, "/kabar?tahun=2021"));
    assert_eq!(badge(&filler, "/kabar").await, Vec::<String>::new());
    let page = site.get("/kabar", &filler).await;
    assert!(
        texts(&page, "main form button").is_empty() && texts(&page, ".daftar li").len() == 1,
        "it stays in the list"
    );
    site.post("/kabar", &verifier, "id=", HERE).await;
    assert_eq!(badge(&verifier, "/").await, Vec::<String>::new(), "all at once");
}

#[tokio::test]
async fn notices_come_a_page_at_a_time() {
    let site = Site::new().await;
    let (_, pengisi) = site.worker("pengisi", &[Peran::Pengisi]).await;
    let (verifier, _) = site.worker("verifikator", &[Peran::Verifikator]).await;
    for _ in 0..51 {
        site.hand_in(&pengisi, "10").await;
        site.act(&pengisi, Tindakan::Tarik, "").await;
    }
    let first = site.get("/kabar", &verifier).await;
    assert_eq!(texts(&first, ".daftar li").len(), 50);
    let page = Html::parse_document(&first.text());
    let older = Selector::parse("main a[href*=sebelum]").expect("selector");
    let older = page.select(&older).next().and_then(|a| a.value().attr("href")).expect("a link").to_owned();
    assert_eq!(texts(&site.get(&older, &verifier).await, ".daftar li").len(), 1);
}

#[tokio::test]
async fn everybody_chooses_his_mails_on_his_own_page() {
    let site = Site::new().await;
    let (cookie, _) = site.worker("pengisi", &[Peran::Pengisi]).await;
    let chosen = async || {
        let page = Html::parse_document(&site.get("/saya", &cookie).await.text());
        let radio = Selector::parse("input[name=pilihan][checked]").expect("selector");
        page.select(&radio).filter_map(|e| e.value().attr("value")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(chosen().await, ["segera"]);
    let saved = site.post("/saya", &cookie, "aksi=surat&pilihan=harian", HERE).await;
    assert_eq!((saved.status, saved.header("location")), (StatusCode::SEE_OTHER, "/saya?kabar=surat"));
    assert_eq!(chosen().await, ["harian"]);
    let refused = site.post("/saya", &cookie, "aksi=surat&pilihan=semua", HERE).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Pilih dahulu surat"));
    assert_eq!(chosen().await, ["harian"]);
    let page = site.get("/saya", &cookie).await;
    check("/saya", &page);
    assert!(page.text().contains("belum beralamat surel"), "says why none would come");
    let masuk = site.uji.app.sign_in("pengisi", PASSWORD, &Peminta::default(), site.uji.ctx.waktu).await;
    assert!(masuk.expect("answer").is_some(), "nothing else of the account has changed");
}

#[tokio::test]
async fn the_history_of_a_figure_says_who_when_and_from_what_to_what() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let before = site.stored().await;
    let entry = format!("nilai=36,51&keterangan=Mediasi+selesai&dilihat={}", before.id);
    assert_eq!(site.post(CHANGE, &cookie, &entry, HERE).await.status, StatusCode::SEE_OTHER);
    let page = site.get("/indikator/2.07.05.i1", &cookie).await;
    check("/indikator with a history", &page);
    let rows = texts(&page, "#riwayat details:first-of-type tbody tr");
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(rows[0].contains(&format!("perencana {} 36,51 Draf diketik di Tolok", before.nilai)), "{}", rows[0]);
    assert!(rows[0].contains("Mediasi selesai") && rows[0].ends_with(" 2"), "remark and entry: {}", rows[0]);
    assert!(
        rows[1].starts_with("1 Februari 2022 08.00 Penguji – ")
            && rows[1].contains("– 36,5 Draf LKjIP 2021, Tabel III.A"),
        "{}",
        rows[1]
    );
    let titles = texts(&page, "#riwayat summary");
    assert_eq!(titles[0], "2021: Realisasi 2 kali dicatat", "{titles:?}");
    assert!(titles.iter().any(|t| t.starts_with("2021: Target, Rencana Kerja 2021")), "by document: {titles:?}");
    // On a past day the history ends there.
    let past = site.get("/indikator/2.07.05.i1?tahun=2021&per=2022-02-01", &cookie).await;
    let rows = texts(&past, "#riwayat details:first-of-type tbody tr");
    assert!(rows.len() == 1 && rows[0].starts_with("1 Februari 2022 08.00 Penguji"), "{rows:?}");
}

#[tokio::test]
async fn figures_are_checked_by_who_may_and_did_not_enter_them() {
    let site = Site::new().await;
    let (filler, pengisi) = site.worker("pengisi", &[Peran::Pengisi]).await;
    let (verifier, _) = site.worker("verifikator", &[Peran::Verifikator]).await;
    let (both, _) = site.worker("keduanya", &[Peran::Pengisi, Peran::Verifikator]).await;
    site.hand_in(&pengisi, "10").await;
    let shown = site.get(PAGE, &verifier).await;
    check(PAGE, &shown);
    assert!(shown.text().contains("/periksa.js"));
    let rows = "form[data-periksa] tr[data-baris]";
    assert_eq!(texts(&shown, rows).len(), 1);
    assert_eq!(texts(&shown, "button[data-sesuai-semua][hidden]"), ["Semua sesuai"], "the script shows it");
    assert_eq!(texts(&shown, "tr[data-sendiri]").len(), 0);
    assert_eq!(texts(&site.get(PAGE, &filler).await, rows).len(), 0, "who may not decide has no keys");
    let past = site.get("/verifikasi?tahun=2021&tw=1&per=2022-02-01", &verifier).await;
    assert_eq!(texts(&past, rows).len(), 0, "nor has anybody in the past");
    // Who has both roles checks what others entered, and is told beforehand what he cannot.
    assert_eq!(texts(&site.get(PAGE, &both).await, "tr[data-sendiri]").len(), 0);
    site.act(&pengisi, Tindakan::Tarik, "").await;
    let place = petak().to_string();
    let seen = site.seen().await.expect("figure");
    let form = format!("nilai:{place}=12&ket:{place}=&lihat:{place}={seen}~");
    assert_eq!(site.post("/isi?tahun=2021&tw=1", &both, &form, HERE).await.status, StatusCode::SEE_OTHER);
    site.act(&pengisi, Tindakan::Ajukan, "").await;
    let own = site.get(PAGE, &both).await;
    assert_eq!(texts(&own, "tr[data-sendiri] option[disabled]"), ["Sesuai bukti"]);
    assert!(own.text().contains("Anda yang mengisi"));
    let seen = site.seen().await.expect("figure");
    let refused = site.post(PAGE, &both, &format!("pilih:{place}=verifikasi&lihat:{place}={seen}"), HERE).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = site.post(PAGE, &verifier, &format!("pilih:{place}=verifikasi&lihat:{place}={seen}"), HERE).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
}

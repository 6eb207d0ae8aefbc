//! Two offices in one database know nothing of each other.

use axum::http::StatusCode;
use tolok_app::Peminta;
use tolok_domain::InstansiId;
use tolok_domain::access::{Penugasan, Peran};
use tolok_testkit::{ctx, demo_paket};

use crate::{CHANGE, HERE, PASSWORD, Site};

/// The indicator that [`CHANGE`] is about.
const PAGE: &str = "/indikator/2.07.05.i1";
const FIGURE: &str = "36,51";

impl Site {
    /// Makes a second office with the demo's data but without its evidence, and signs in its planner.
    pub async fn neighbour(&self) -> String {
        let office = InstansiId::new();
        let mut paket = demo_paket(office);
        paket.potret.bukti.clear();
        paket.bukti.clear();
        for angka in &mut paket.potret.angka {
            angka.bukti.clear();
        }
        self.uji.store().create_office(office, "kedua", "Dinas Kedua", "Kota Serang").await.expect("office");
        self.uji.app.import(&ctx(office, &[Peran::Admin]), &paket).await.expect("imported");
        self.sign_in(office, "perencana-kedua", "Perencana Dinas Kedua", &[Peran::Perencana]).await
    }

    /// Makes an account and gives back the cookie of its session.
    pub async fn sign_in(&self, office: InstansiId, name: &str, shown: &str, peran: &[Peran]) -> String {
        let now = jiff::Timestamp::now().as_microsecond();
        let tugas: Vec<Penugasan> = peran.iter().copied().map(Penugasan::whole).collect();
        self.uji.app.create_account(office, name, shown, PASSWORD, &tugas, now).await.expect("account");
        let masuk =
            self.uji.app.sign_in(name, PASSWORD, &Peminta::default(), now).await.expect("answer").expect("signed in");
        format!("tolok={}", masuk.rahasia)
    }

    async fn shows(&self, address: &str, cookie: &str, text: &str) -> bool {
        let answer = self.get(address, cookie).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        answer.text().contains(text)
    }
}

#[tokio::test]
async fn a_change_shows_in_its_own_office_only() {
    let site = Site::new().await;
    let own = site.cookie(Peran::Perencana).await;
    let other = site.neighbour().await;
    let pages = [PAGE, "/pengukuran", "/riwayat", "/", "/laporan/lihat"];
    // Both offices have every page in memory.
    for address in pages {
        for cookie in [&own, &other] {
            assert!(!site.shows(address, cookie, FIGURE).await, "{address}");
        }
    }
    let seen = site.stored().await.id;
    let saved = site.post(CHANGE, &own, &format!("nilai={FIGURE}&keterangan=uji&dilihat={seen}"), HERE).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    for address in pages {
        assert!(site.shows(address, &own, FIGURE).await, "{address} still shows the old value");
        assert!(!site.shows(address, &other, FIGURE).await, "{address} shows the first office's value to the second");
    }
}

#[tokio::test]
async fn an_office_changes_its_own_figures_only() {
    let site = Site::new().await;
    let own = site.cookie(Peran::Perencana).await;
    let other = site.neighbour().await;
    let before = site.stored().await;
    // The identity of the first office's figure is of no use to the second.
    let borrowed = site.post(CHANGE, &other, &format!("nilai={FIGURE}&dilihat={}", before.id), HERE).await;
    assert_eq!(borrowed.status, StatusCode::CONFLICT);
    let form = site.get(CHANGE, &other).await.text();
    let seen = form.split("name=\"dilihat\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("form");
    assert_ne!(seen, before.id.to_string());
    let saved = site.post(CHANGE, &other, &format!("nilai={FIGURE}&keterangan=uji&dilihat={seen}"), HERE).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    assert!(site.shows(PAGE, &other, FIGURE).await);
    assert!(!site.shows(PAGE, &own, FIGURE).await && !site.shows("/riwayat", &own, "Dinas Kedua").await);
    assert_eq!(site.stored().await.id, before.id);
}

#[tokio::test]
async fn evidence_stays_in_its_office() {
    let site = Site::new().await;
    let own = site.cookie(Peran::Perencana).await;
    let other = site.neighbour().await;
    let potret = &site.uji.app.load(&site.uji.ctx, 2021).await.expect("loaded").potret;
    let address = format!("/bukti/{}", potret.bukti[0].sha256);
    assert_eq!(site.get(&address, &own).await.status, StatusCode::OK);
    assert_eq!(site.get(&address, &other).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_account_without_a_role_sees_nothing() {
    let site = Site::new().await;
    let cookie = site.sign_in(site.uji.ctx.instansi, "tamu", "Tamu", &[]).await;
    for address in ["/", PAGE, CHANGE, "/riwayat", "/laporan/unduh/xlsx"] {
        assert_eq!(site.get(address, &cookie).await.status, StatusCode::FORBIDDEN, "{address}");
    }
}

#[tokio::test]
async fn who_has_several_offices_sees_each_under_its_own_address() {
    let site = Site::new().await;
    site.neighbour().await;
    let now = jiff::Timestamp::now().as_microsecond();
    let app = &site.uji.app;
    app.create_region_account("Kota Serang", "bagian", "Bagian Organisasi", PASSWORD, Peran::Verifikator, now)
        .await
        .expect("account");
    let masuk = app.sign_in("bagian", PASSWORD, &Peminta::default(), now).await.expect("answer").expect("signed in");
    let cookie = format!("tolok={}", masuk.rahasia);
    for kode in ["disnakertrans-serang", "kedua"] {
        let answer = site.get(&format!("/o/{kode}/pengukuran?tahun=2021&tw=2"), &cookie).await;
        assert_eq!(answer.status, StatusCode::OK, "{kode}");
        let text = answer.text();
        assert!(text.contains(&format!("href=\"/o/{kode}/indikator/iku.1")), "links stay in the office");
        assert!(!text.contains("href=\"/indikator"), "and none leaves it");
    }
    assert_eq!(site.get("/o/ketiga/", &cookie).await.status, StatusCode::FORBIDDEN);
    let planner = site.cookie(Peran::Perencana).await;
    assert_eq!(site.get("/o/kedua/", &planner).await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.get("/o/disnakertrans-serang/", &planner).await.status, StatusCode::OK);
    assert_eq!(site.get("/o/kedua/masuk", "").await.status, StatusCode::OK, "nothing to see without signing in");
    let turned_away = site.get("/o/kedua/pengukuran?tahun=2021", "").await;
    assert_eq!(turned_away.header("location"), "/masuk?ke=/o/kedua/pengukuran%3Ftahun%3D2021");
}

#[tokio::test]
async fn a_past_day_shows_what_was_known_then_and_takes_no_change() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let before = site.stored().await;
    let entry = format!("nilai=36,51&keterangan=&dilihat={}", before.id);
    assert_eq!(site.post(CHANGE, &cookie, &entry, HERE).await.status, StatusCode::SEE_OTHER);
    // The package was imported on 1 February 2022, the change was made today.
    let past = format!("{PAGE}?tahun=2021&per=2022-02-01");
    let (then, today) = (site.get(&past, &cookie).await.text(), site.get(PAGE, &cookie).await.text());
    assert!(today.contains(FIGURE) && !then.contains(FIGURE));
    assert!(then.contains("Data per 1 Februari 2022") && !today.contains("Data per"));
    assert!(today.contains("/ubah?") && !then.contains("/ubah?"), "no link to a change");
    assert!(then.contains("&#38;per=2022-02-01"), "links stay on that day");
    let refused = site.post(&format!("{CHANGE}&per=2022-02-01"), &cookie, &entry, HERE).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for (day, status) in [
        ("2022-01-31", StatusCode::NOT_FOUND),
        ("2999-01-01", StatusCode::OK),
        ("kemarin", StatusCode::UNPROCESSABLE_ENTITY),
        ("", StatusCode::OK),
    ] {
        assert_eq!(site.get(&format!("/pengukuran?per={day}"), &cookie).await.status, status, "{day}");
    }
}

#[tokio::test]
async fn a_calendar_is_had_by_its_secret_address_alone() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Pengisi).await;
    let page = site.post("/tugas/kalender", &cookie, "", HERE).await.text();
    let address = page.split("<code>").nth(1).and_then(|rest| rest.split("</code>").next()).expect("shown once");
    let path = address.strip_prefix("http://tolok.test").expect("of this server");
    let calendar = site.get(path, "").await;
    assert_eq!(calendar.header("content-type"), "text/calendar; charset=utf-8");
    let text = calendar.text();
    assert!(
        text.starts_with("BEGIN:VCALENDAR") && text.contains("UID:2021-TW1-sub_kegiatan@disnakertrans-serang.tolok")
    );
    assert!(!site.get("/tugas", &cookie).await.text().contains("/kalender/"), "never shown again");
    site.post("/tugas/kalender", &cookie, "", HERE).await;
    assert_eq!(site.get(path, "").await.status, StatusCode::NOT_FOUND, "a new one ends the old one");
    assert_eq!(site.get("/kalender/abc.ics", &cookie).await.status, StatusCode::NOT_FOUND);
}

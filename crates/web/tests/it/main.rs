//! Every route: who may, what it looks like, what it sends along.

mod account;
mod action;
mod agreement;
mod conflicts;
mod evaluation;
mod file;
mod gate;
mod notice;
mod office;
mod page;
mod plan;
mod pohon;
mod region;
mod region_evaluation;
mod routes;
mod spreadsheet;
mod sql;
mod text;

use std::collections::BTreeSet;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use scraper::{Html, Selector};
use tolok_app::{IsianAngka, Peminta};
use tolok_domain::access::{Penugasan, Peran};
use tolok_domain::{JenisAngka, Periode, Petak};
use tolok_testkit::{Mesin, TestApp};
use tolok_web::Pilihan;
use tower::ServiceExt;

use crate::routes::{CHANGE, POSTS, ROUTES};

const PASSWORD: &str = "sandi untuk pengujian";

struct Site {
    uji: TestApp,
    router: Router,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }
}

impl Site {
    async fn new() -> Self {
        let uji = TestApp::new(Mesin::Sqlite).await.expect("SQLite is always there");
        let router = tolok_web::router(uji.app.clone(), Pilihan::default());
        Self { uji, router }
    }

    /// The same with what pages show that the example does not have: agreements.
    async fn full() -> Self {
        let site = Self::new().await;
        site.agree().await;
        site
    }

    /// Makes the agreement of every unit.
    async fn agree(&self) {
        let loaded = self.uji.app.load(&self.uji.ctx.fresh(), 2021).await.expect("loaded");
        let units: Vec<String> = loaded.potret.unit.iter().map(|u| u.kode.clone()).collect();
        self.uji.app.create_agreements(&self.uji.ctx.fresh(), 2021, &units).await.expect("agreements");
    }

    /// Signs in somebody with that role and gives back the cookie.
    async fn cookie(&self, peran: Peran) -> String {
        let now = jiff::Timestamp::now().as_microsecond();
        let name = peran.as_str();
        let office = self.uji.ctx.instansi;
        self.uji
            .app
            .create_account(office, name, name, PASSWORD, &[Penugasan::whole(peran)], now)
            .await
            .expect("account");
        let masuk =
            self.uji.app.sign_in(name, PASSWORD, &Peminta::default(), now).await.expect("answer").expect("signed in");
        format!("tolok={}", masuk.rahasia)
    }

    /// Signs in somebody who may open every page, under the name that the address of [`ROUTES`] has.
    async fn keeper(&self) -> String {
        let roles = [Peran::Perencana, Peran::Admin, Peran::Verifikator];
        self.sign_in(self.uji.ctx.instansi, "perencana", "Perencana", &roles).await
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("response");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("body").to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    async fn get(&self, address: &str, cookie: &str) -> Answer {
        let request = Request::builder().uri(address).header(header::COOKIE, cookie).body(Body::empty());
        self.send(request.expect("request")).await
    }

    async fn post(&self, address: &str, cookie: &str, form: &str, origin: &str) -> Answer {
        let request = Request::builder()
            .method(Method::POST)
            .uri(address)
            .header(header::HOST, "tolok.test")
            .header(header::COOKIE, cookie)
            .header(header::ORIGIN, origin)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form.to_owned()));
        self.send(request.expect("request")).await
    }

    /// Sends a form with files, as a browser without script does: fields by name and text, files by field, name and content.
    async fn send_form(
        &self,
        address: &str,
        cookie: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        let mut body = Vec::new();
        for (name, text) in fields {
            let part = format!("--batas\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        for (field, name, bytes) in files {
            let head = format!(
                "--batas\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
                 content-type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--batas--\r\n");
        let request = Request::builder()
            .method(Method::POST)
            .uri(address)
            .header(header::HOST, "tolok.test")
            .header(header::COOKIE, cookie)
            .header(header::ORIGIN, HERE)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=batas")
            .header(header::CONTENT_LENGTH, body.len())
            .body(Body::from(body));
        self.send(request.expect("request")).await
    }

    /// The realisation that [`CHANGE`] is about.
    async fn stored(&self) -> tolok_domain::Angka {
        let loaded = self.uji.app.load(&self.uji.ctx.fresh(), 2021).await.expect("loaded");
        let year = Periode::Tahun(2021);
        let is_it = |a: &&tolok_domain::Angka| {
            a.subjek.kode() == "2.07.05.i1" && a.jenis == JenisAngka::Realisasi && a.periode == year
        };
        loaded.potret.angka.iter().find(is_it).expect("figure").clone()
    }
}

const HERE: &str = "http://tolok.test";

#[test]
fn every_route_is_in_the_tables() {
    let source = include_str!("../../src/lib.rs");
    let compact: String = source.chars().filter(|c| !c.is_whitespace()).collect();
    let routes = compact.split(".route(\"").skip(1).filter_map(|rest| rest.split_once("\","));
    let (mut shown, mut sent) = (BTreeSet::new(), BTreeSet::new());
    for (pattern, handlers) in routes {
        let handlers = handlers.split(".route(").next().unwrap_or_default();
        if handlers.starts_with("get(") {
            shown.insert(pattern.to_owned());
        }
        if handlers.starts_with("post(") || handlers.contains(").post(") {
            sent.insert(pattern.to_owned());
        }
    }
    assert_eq!(shown, ROUTES.iter().map(|(pattern, ..)| (*pattern).to_owned()).collect());
    assert_eq!(sent, POSTS.iter().map(|(pattern, ..)| (*pattern).to_owned()).collect());
}

/// Who is not signed in, works elsewhere or has another role gets nowhere, by any route, and nothing is written.
#[tokio::test]
async fn every_route_refuses_the_anonymous_the_wrong_office_and_the_wrong_role() {
    let site = Site::new().await;
    let stranger = site.neighbour().await;
    let head = async || site.uji.store().head(&site.uji.ctx).await.expect("head");
    let before = head().await;
    for (pattern, address, public) in ROUTES.iter().filter(|(.., public)| !public) {
        assert!(!public);
        let elsewhere = site.get(&format!("/o/disnakertrans-serang{address}"), &stranger).await.status;
        assert_eq!(elsewhere, StatusCode::FORBIDDEN, "{pattern}");
    }
    let mut cookies = Vec::new();
    for peran in Peran::ALL {
        cookies.push((peran, site.cookie(peran).await));
    }
    for (pattern, address, form, right) in POSTS {
        let Some(right) = right else { continue };
        let anonymous = site.post(address, "", form, HERE).await;
        assert_eq!(anonymous.status, StatusCode::SEE_OTHER, "{pattern}");
        assert!(anonymous.header("location").starts_with("/masuk"), "{pattern}");
        let elsewhere = site.post(&format!("/o/disnakertrans-serang{address}"), &stranger, form, HERE).await.status;
        assert_eq!(elsewhere, StatusCode::FORBIDDEN, "{pattern}");
        for (peran, cookie) in cookies.iter().filter(|(peran, _)| !peran.grants(*right)) {
            let answer = site.post(address, cookie, form, HERE).await.status;
            assert_eq!(answer, StatusCode::FORBIDDEN, "{pattern} {peran:?}");
        }
    }
    assert_eq!(head().await, before, "nothing was written");
}

#[tokio::test]
async fn nobody_sees_anything_without_signing_in() {
    let site = Site::new().await;
    for cookie in ["", "tolok=", "tolok=0000", "tolok=../../etc/passwd; bahasa=en"] {
        for &(pattern, address, public) in ROUTES {
            let answer = site.get(address, cookie).await;
            if public {
                // A link that nobody made is not found; who has not typed a password is not asked for a code.
                let fine = [StatusCode::OK, StatusCode::NOT_FOUND].contains(&answer.status)
                    || answer.header("location") == "/masuk";
                assert!(fine, "{pattern}: {}", answer.status);
            } else {
                assert_eq!(answer.status, StatusCode::SEE_OTHER, "{pattern}");
                assert!(answer.header("location").starts_with("/masuk?ke="), "{pattern}");
            }
        }
        let before = site.stored().await.id;
        // Who had a session is given back what was typed.
        let status = site.post(CHANGE, cookie, "nilai=1&keterangan=&dilihat=", HERE).await.status;
        let had = cookie.split(';').next().is_some_and(|pair| pair.len() > "tolok=".len());
        assert_eq!(status, if had { StatusCode::UNAUTHORIZED } else { StatusCode::SEE_OTHER }, "{cookie}");
        assert_eq!(site.stored().await.id, before);
    }
}

#[tokio::test]
async fn who_only_looks_cannot_change() {
    let site = Site::new().await;
    for peran in Peran::ALL {
        let cookie = site.cookie(peran).await;
        let before = site.stored().await;
        let may = peran.grants(tolok_domain::access::Hak::UbahRealisasi);
        let form = site.get(CHANGE, &cookie).await.status;
        assert_eq!(form, if may { StatusCode::OK } else { StatusCode::FORBIDDEN }, "{peran:?}");
        let entry = format!("nilai=3{},5&keterangan=uji&dilihat={}", peran as u8, before.id);
        let answer = site.post(CHANGE, &cookie, &entry, HERE).await.status;
        assert_eq!(answer, if may { StatusCode::SEE_OTHER } else { StatusCode::FORBIDDEN }, "{peran:?}");
        assert_eq!(site.stored().await.id != before.id, may, "{peran:?}");
    }
}

#[tokio::test]
async fn a_form_from_another_site_changes_nothing() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let before = site.stored().await.id;
    let entry = format!("nilai=1&keterangan=&dilihat={before}");
    assert_eq!(site.post(CHANGE, &cookie, &entry, "https://contoh.test").await.status, StatusCode::FORBIDDEN);
    let long = "x".repeat(300 * 1024);
    assert_eq!(site.post(CHANGE, &cookie, &long, HERE).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(site.stored().await.id, before);
}

#[tokio::test]
async fn every_page_is_sound_light_and_guarded() {
    let site = Site::full().await;
    let cookie = site.keeper().await;
    let select = |query: &str| Selector::parse(query).expect("selector");
    for language in ["id", "en"] {
        for &(pattern, address, public) in ROUTES {
            if public || pattern.starts_with("/bukti/") || pattern.contains("/unduh") {
                continue;
            }
            let answer = site.get(address, &format!("{cookie}; bahasa={language}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{pattern}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{pattern}");
            assert_eq!(answer.header("cache-control"), "no-store", "{pattern}");
            let policy = answer.header("content-security-policy");
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe-eval"), "{pattern}");
            let page = Html::parse_document(&answer.text());
            assert!(page.errors.is_empty(), "{pattern}: {:?}", page.errors);
            if pattern == "/laporan/lihat" {
                assert!(!policy.contains("script-src"), "a document runs no script");
                continue;
            }
            assert!(!policy.contains("unsafe"), "{pattern}");
            assert_eq!(page.select(&select("h1")).count(), 1, "{pattern}");
            assert_eq!(page.select(&select(&format!("html[lang={language}]"))).count(), 1, "{pattern}");
            assert_eq!(page.select(&select("[style], script:not([src]), [onclick]")).count(), 0, "{pattern}");
            for label in page.select(&select("label[for]")) {
                let id = label.value().attr("for").unwrap_or_default();
                assert_eq!(page.select(&select(&format!("[id='{id}']"))).count(), 1, "{pattern}: label for {id}");
            }
            let request = Request::builder()
                .uri(address)
                .header(header::COOKIE, &cookie)
                .header(header::ACCEPT_ENCODING, "gzip")
                .body(Body::empty());
            let packed = site.send(request.expect("request")).await.body.len();
            assert!(packed <= 30 * 1024, "{pattern} is {packed} bytes");
        }
    }
}

#[tokio::test]
async fn what_people_type_is_text_and_never_markup() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let evil = "<script>alert(1)</script>\"'&";
    let input = IsianAngka {
        petak: Petak::realisation("2.07.05.i1", None, Periode::Tahun(2021)),
        nilai: "36,5".to_owned(),
        keterangan: evil.to_owned(),
        bukti: None,
        dilihat: Some(site.stored().await.id),
    };
    site.uji.app.save_figures(&site.uji.ctx, 2021, &[input]).await.expect("saved");
    for address in ["/", "/indikator/2.07.05.i1", "/pengukuran", "/laporan/lihat", CHANGE, "/riwayat"] {
        let text = site.get(address, &cookie).await.text();
        assert!(!text.contains("<script>alert"), "{address}");
    }
    assert!(site.get("/indikator/2.07.05.i1", &cookie).await.text().contains("&#60;script&#62;alert(1)"));
}

#[tokio::test]
async fn wrong_addresses_get_a_page_that_says_so() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    for (address, status) in [
        ("/tidak-ada", StatusCode::NOT_FOUND),
        ("/indikator/tidak-ada", StatusCode::NOT_FOUND),
        ("/pengukuran?tahun=1999", StatusCode::NOT_FOUND),
        ("/laporan/unduh/exe", StatusCode::NOT_FOUND),
        ("/bukti/..%2F..%2Ftolok.db", StatusCode::NOT_FOUND),
        ("/indikator/iku.5/ubah?tahun=2021&periode=kemarin", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let answer = site.get(address, &cookie).await;
        assert_eq!(answer.status, status, "{address}");
        assert!(answer.text().contains("Tidak") || answer.text().contains("tidak") || answer.text().contains("Belum"));
    }
}

#[tokio::test]
async fn the_cookie_is_kept_from_scripts_and_ends_with_signing_out() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let form = format!("nama=perencana&sandi={}&ke=//contoh.test", PASSWORD.replace(' ', "+"));
    let answer = site.post("/masuk", "", &form, HERE).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/"));
    let set = answer.header("set-cookie");
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax") && !set.contains("Secure"), "{set}");
    let https = tolok_web::router(site.uji.app.clone(), Pilihan { https: true, ..Pilihan::default() });
    let site = Site { router: https, ..site };
    let answer = site.post("/masuk", "", &form, HERE).await;
    assert!(answer.header("set-cookie").contains("Secure") && !answer.header("strict-transport-security").is_empty());
    assert_eq!(site.get("/", &cookie).await.status, StatusCode::OK);
    site.post("/keluar", &cookie, "", HERE).await;
    assert_eq!(site.get("/", &cookie).await.status, StatusCode::SEE_OTHER);
}

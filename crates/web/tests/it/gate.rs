//! The way in, the way out, and who is kept outside.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use scraper::{Html, Selector};
use tolok_domain::access::Peran;

use crate::{Answer, CHANGE, HERE, PASSWORD, Site};

/// Addresses that a browser would take for another site's, as a form sends them.
const FOREIGN: [&str; 7] = [
    "//contoh.test",
    "https://contoh.test/",
    "%2F%5Ccontoh.test",
    // Browsers leave tabs and line ends out of addresses, and two strokes are left.
    "%2F%09%2Fcontoh.test",
    "%2F%0A%2Fcontoh.test",
    "javascript:alert(1)",
    "",
];

/// The address that the sign-in form goes to afterwards.
fn target(answer: &Answer) -> String {
    let page = Html::parse_document(&answer.text());
    let field = Selector::parse("input[name=ke]").expect("selector");
    page.select(&field).next().and_then(|e| e.value().attr("value")).expect("field").to_owned()
}

fn credentials(ke: &str) -> String {
    format!("nama=perencana&sandi={}&ke={ke}", PASSWORD.replace(' ', "+"))
}

#[tokio::test]
async fn signing_in_leads_to_the_page_that_was_asked_for() {
    let site = Site::new().await;
    site.cookie(Peran::Perencana).await;
    let wanted = "/pengukuran?tahun=2021&tw=2";
    let turned_away = site.get(wanted, "").await;
    let form = site.get(turned_away.header("location"), "").await;
    assert_eq!(form.status, StatusCode::OK);
    let ke = target(&form).replace('&', "%26");
    let entered = site.post("/masuk", "", &credentials(&ke), HERE).await;
    assert_eq!((entered.status, entered.header("location")), (StatusCode::SEE_OTHER, wanted));
    let set = entered.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
    assert_eq!(site.get(wanted, &set).await.status, StatusCode::OK);
}

#[tokio::test]
async fn nobody_is_led_to_another_site() {
    let site = Site::new().await;
    site.cookie(Peran::Perencana).await;
    for ke in FOREIGN {
        assert_eq!(target(&site.get(&format!("/masuk?ke={ke}"), "").await), "/", "{ke}");
        let refused = site.post("/masuk", "", &format!("nama=perencana&sandi=salah&ke={ke}"), HERE).await;
        assert_eq!((refused.status, target(&refused).as_str()), (StatusCode::UNAUTHORIZED, "/"), "{ke}");
        for (address, form) in [("/masuk", credentials(ke)), ("/bahasa", format!("bahasa=en&ke={ke}"))] {
            let answer = site.post(address, "", &form, HERE).await;
            assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/"), "{address} {ke}");
        }
    }
}

/// Sends a form as a browser does that says where it comes from.
async fn from_site(site: &Site, address: &str, cookie: &str, form: &str, fetch_site: &str) -> Answer {
    let request = Request::builder()
        .method(Method::POST)
        .uri(address)
        .header(header::HOST, "tolok.test")
        .header(header::COOKIE, cookie)
        .header("sec-fetch-site", fetch_site)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form.to_owned()));
    site.send(request.expect("request")).await
}

#[tokio::test]
async fn forms_are_taken_from_our_own_pages_only() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let before = site.stored().await.id;
    let entry = format!("nilai=1&keterangan=&dilihat={before}");
    let sign_in = credentials("/");
    let forms = [(CHANGE, entry.as_str()), ("/keluar", ""), ("/bahasa", "bahasa=en"), ("/masuk", sign_in.as_str())];
    for foreign in ["cross-site", "same-site"] {
        for (address, form) in forms {
            let answer = from_site(&site, address, &cookie, form, foreign).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{address} {foreign}");
            assert_eq!(answer.header("set-cookie"), "", "{address} {foreign}");
        }
    }
    assert_eq!(site.stored().await.id, before);
    assert_eq!(site.get("/", &cookie).await.status, StatusCode::OK, "still signed in");
    let answer = from_site(&site, CHANGE, &cookie, &entry, "same-origin").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "our own form is taken");
}

#[tokio::test]
async fn refusals_carry_the_headers_too() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let answers = [
        (StatusCode::FORBIDDEN, site.post(CHANGE, &cookie, "", "https://contoh.test").await),
        (StatusCode::PAYLOAD_TOO_LARGE, site.post(CHANGE, &cookie, &"x".repeat(300 * 1024), HERE).await),
        (StatusCode::NOT_FOUND, site.get("/tidak-ada", "").await),
        (StatusCode::SEE_OTHER, site.get("/", "").await),
        (StatusCode::METHOD_NOT_ALLOWED, site.post("/riwayat", &cookie, "", HERE).await),
        (StatusCode::UNAUTHORIZED, site.post("/masuk", "", "nama=perencana&sandi=salah", HERE).await),
    ];
    for (status, answer) in answers {
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{status}");
        assert_eq!(answer.header("cache-control"), "no-store", "{status}");
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{status}");
    }
}

#[tokio::test]
async fn signing_out_takes_the_cookie_away_and_ends_no_other_session() {
    let site = Site::new().await;
    let here = site.cookie(Peran::Perencana).await;
    let entered = site.post("/masuk", "", &credentials("/"), HERE).await;
    let elsewhere = entered.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
    assert_ne!(here, elsewhere);
    let left = site.post("/keluar", &here, "", HERE).await;
    assert_eq!((left.status, left.header("location")), (StatusCode::SEE_OTHER, "/masuk"));
    assert!(left.header("set-cookie").starts_with("tolok=; ") && left.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(site.get("/", &here).await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.get("/", &elsewhere).await.status, StatusCode::OK);
    assert_eq!(site.post("/keluar", "", "", HERE).await.status, StatusCode::SEE_OTHER, "without a session, too");
}

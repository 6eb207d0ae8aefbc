//! What a page must be for those who read it with other means than eyes and mouse, and in both languages.

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use scraper::{ElementRef, Html, Selector};

use crate::{Answer, CHANGE, HERE, ROUTES, Site};

fn select<'a>(page: &'a Html, query: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(query).expect("selector")).collect()
}

/// Addresses of pages, with and without signing in, but for the report, which is a document.
fn pages() -> Vec<&'static str> {
    let no_page = [
        "/keluar",
        "/bahasa",
        "/kesehatan",
        "/bukti/",
        "/aset/",
        "/kalender/",
        "/laporan/lihat",
        // What stands between signing out and in is looked at in `account`.
        "/masuk/",
        "/undangan/",
        "/sandi/",
    ];
    let is_page =
        |address: &&str| !no_page.iter().any(|start| address.starts_with(start)) && !address.contains("/unduh");
    let more = ["/cari", "/cari?q=tidak-ada-kata-ini", "/riwayat", "/indikator/iku.1", "/indikator/2.07.05.i1"];
    ROUTES.iter().map(|(_, address, _)| *address).filter(is_page).chain(more).collect()
}

/// How often each value of an attribute stands in a page.
fn counts(page: &Html, query: &str, attribute: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for value in select(page, query).iter().filter_map(|e| e.value().attr(attribute)) {
        *counts.entry(value.to_owned()).or_default() += 1;
    }
    counts
}

/// What a screen reader and a browser without a script would stumble over.
fn stumbling_blocks(page: &Html) -> Vec<String> {
    let mut found = Vec::new();
    let mut note = |what: &str, e: &ElementRef<'_>| {
        let html: String = e.html().chars().take(160).collect();
        found.push(format!("{what}: {html}"));
    };
    let hidden = |e: &ElementRef<'_>| e.value().attr("aria-hidden") == Some("true");
    for img in select(page, "img") {
        if img.value().attr("alt").is_none() {
            note("a picture without a text", &img);
        }
    }
    for svg in select(page, "svg") {
        let title = Selector::parse("title").expect("selector");
        let named = svg.select(&title).any(|t| !t.text().collect::<String>().trim().is_empty());
        if !hidden(&svg) && !named && svg.value().attr("aria-label").is_none() {
            note("a drawing without a text", &svg);
        }
    }
    for form in select(page, "form") {
        let (method, action) = (form.value().attr("method"), form.value().attr("action"));
        let local = action.is_none_or(|a| a.starts_with('/') && !a.starts_with("//"));
        if !local || (method == Some("post") && action.is_none()) {
            note("a form that goes elsewhere", &form);
        }
    }
    let labels = counts(page, "label[for]", "for");
    for field in select(page, "input:not([type=hidden]), select, textarea") {
        let id = field.value().attr("id").unwrap_or_default();
        // Cells of a grid are named by row and column.
        let named = ["aria-label", "aria-labelledby"]
            .iter()
            .any(|name| field.value().attr(name).is_some_and(|label| !label.trim().is_empty()));
        if !named && labels.get(id) != Some(&1) {
            note("a field without a label", &field);
        }
    }
    let ids = counts(page, "[id]", "id");
    for named in select(page, "[aria-labelledby], [aria-describedby]") {
        let names = [named.value().attr("aria-labelledby"), named.value().attr("aria-describedby")];
        for id in names.into_iter().flatten().flat_map(str::split_whitespace) {
            if ids.get(id) != Some(&1) {
                note("a name that is not there", &named);
            }
        }
    }
    for control in select(page, "a, button, summary, th") {
        if control.text().collect::<String>().trim().is_empty() && !hidden(&control) {
            note("nothing to read", &control);
        }
    }
    let mut seen = BTreeSet::new();
    for element in select(page, "[id]") {
        if !seen.insert(element.value().id()) {
            note("an id that stands twice", &element);
        }
    }
    found
}

pub(crate) fn check(address: &str, answer: &Answer) {
    let page = Html::parse_document(&answer.text());
    assert!(page.errors.is_empty(), "{address}: {:?}", page.errors);
    let title = select(&page, "head > title").first().map(|t| t.text().collect::<String>()).unwrap_or_default();
    assert!(title.ends_with(" · Tolok") && title.len() > " · Tolok".len(), "{address}: {title:?}");
    assert_eq!(select(&page, "h1").len(), 1, "{address}");
    assert_eq!(select(&page, "main").len(), 1, "{address}");
    let blocks = stumbling_blocks(&page);
    assert!(blocks.is_empty(), "{address}: {blocks:#?}");
}

#[tokio::test]
async fn every_page_can_be_read_with_a_screen_reader() {
    let site = Site::full().await;
    let cookie = site.keeper().await;
    for address in pages() {
        let answer = site.get(address, &cookie).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        check(address, &answer);
    }
    let seen = site.stored().await.id;
    for (status, answer) in [
        (StatusCode::NOT_FOUND, site.get("/tidak-ada", &cookie).await),
        (StatusCode::NOT_FOUND, site.get("/indikator/tidak-ada", &cookie).await),
        (StatusCode::UNAUTHORIZED, site.post("/masuk", "", "nama=a&sandi=b", HERE).await),
        (StatusCode::UNPROCESSABLE_ENTITY, site.post(CHANGE, &cookie, &format!("nilai=x&dilihat={seen}"), HERE).await),
        (StatusCode::CONFLICT, site.post(CHANGE, &cookie, "nilai=12&dilihat=", HERE).await),
    ] {
        assert_eq!(answer.status, status);
        check(status.as_str(), &answer);
    }
}

/// Words of a page that a reader sees.
fn words(page: &Html) -> Vec<String> {
    let text = select(page, "body").first().map(|b| b.text().collect::<Vec<_>>().join(" ")).unwrap_or_default();
    let labels = select(page, "[aria-label], [placeholder], [title], [data-l]");
    let attributes = labels.iter().flat_map(|e| {
        ["aria-label", "placeholder", "title", "data-l"].into_iter().filter_map(|name| e.value().attr(name))
    });
    text.split_whitespace().chain(attributes.flat_map(str::split_whitespace)).map(str::to_owned).collect()
}

#[tokio::test]
async fn every_page_speaks_the_language_that_was_chosen() {
    let keys: BTreeSet<&str> = include_str!("../../locales/id.ftl")
        .lines()
        .filter_map(|line| line.split_once(" = ").map(|(key, _)| key))
        // Keys of one word are words of the pages, too.
        .filter(|key| key.contains('-'))
        .collect();
    assert!(keys.contains("nav-beranda") && keys.len() > 50);
    let site = Site::full().await;
    let cookie = site.keeper().await;
    for (language, sign_in, home) in [("id", "Masuk", "Beranda"), ("en", "Sign in", "Home"), ("xx", "Masuk", "Beranda")]
    {
        for address in pages().into_iter().chain(["/tidak-ada"]) {
            let answer = site.get(address, &format!("{cookie}; bahasa={language}")).await;
            let page = Html::parse_document(&answer.text());
            let words = words(&page);
            let leaked: Vec<&String> = words.iter().filter(|w| keys.contains(w.as_str()) || w.contains("{$")).collect();
            assert!(leaked.is_empty() && !answer.text().contains("{ $"), "{address} {language}: {leaked:?}");
            let spoken = select(&page, "html").first().and_then(|e| e.value().attr("lang")).map(str::to_owned);
            assert_eq!(spoken.as_deref(), Some(if language == "en" { "en" } else { "id" }), "{address}");
            let wanted = if address == "/masuk" { sign_in } else { home };
            assert!(words.join(" ").contains(wanted), "{address} {language}: no {wanted}");
        }
    }
    let chosen = site.post("/bahasa", &cookie, "bahasa=en&ke=/anggaran", HERE).await;
    assert_eq!((chosen.status, chosen.header("location")), (StatusCode::SEE_OTHER, "/anggaran"));
    let set = chosen.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
    assert!(site.get("/anggaran", &format!("{cookie}; {set}")).await.text().contains("<html lang=\"en\">"));
}

#[tokio::test]
async fn every_link_leads_somewhere() {
    let site = Site::full().await;
    let cookie = site.keeper().await;
    let mut links = BTreeSet::new();
    for address in pages() {
        let page = Html::parse_document(&site.get(address, &cookie).await.text());
        for link in select(&page, "a[href]").iter().filter_map(|a| a.value().attr("href")) {
            if let Some(id) = link.strip_prefix('#') {
                assert_eq!(select(&page, &format!("[id='{id}']")).len(), 1, "{address}: {link}");
            } else {
                assert!(link.starts_with('/') && !link.starts_with("//"), "{address}: {link}");
                links.insert(link.to_owned());
            }
        }
    }
    assert!(links.len() > 100, "{}", links.len());
    for link in links {
        let (address, id) = link.split_once('#').map_or((link.as_str(), None), |(a, id)| (a, Some(id)));
        let answer = site.get(address, &cookie).await;
        // There is no PDF renderer in these tests.
        let wanted = if address.contains("/pdf") { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
        assert_eq!(answer.status, wanted, "{link}");
        if let Some(id) = id {
            let page = Html::parse_document(&answer.text());
            assert_eq!(select(&page, &format!("[id='{id}']")).len(), 1, "{link}");
        }
    }
}

#[tokio::test]
async fn pages_are_packed_for_those_who_ask() {
    let site = Site::new().await;
    let cookie = site.keeper().await;
    for address in ["/", "/pengukuran", "/rencana"] {
        let request = Request::builder().uri(address).header(header::COOKIE, &cookie);
        let request = request.header(header::ACCEPT_ENCODING, "gzip").body(Body::empty());
        let packed = site.send(request.expect("request")).await;
        assert_eq!(packed.header("content-encoding"), "gzip", "{address}");
        let plain = site.get(address, &cookie).await;
        assert_eq!(plain.header("content-encoding"), "", "{address}");
        assert!(packed.body.len() * 2 < plain.body.len(), "{address}");
    }
}

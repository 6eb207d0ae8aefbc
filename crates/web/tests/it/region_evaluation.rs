//! Evaluations, ranking by weights, and money beside performance of a whole region.

use axum::http::StatusCode;
use scraper::{Html, Selector};
use tolok_domain::InstansiId;
use tolok_domain::access::Peran;
use tolok_testkit::TAHUN;

use crate::{HERE, PASSWORD, Site};

const REWARD: &str = "/daerah/penghargaan?tahun=2021&tw=4";

/// Three offices of a city: two with the example's data, one with none.
async fn city() -> (Site, String) {
    let site = Site::new().await;
    site.neighbour().await;
    let empty = InstansiId::new();
    site.uji.store().create_office(empty, "ketiga", "Dinas Ketiga", "Kota Serang").await.expect("office");
    let cookie = site.leader("Kota Serang", "walikota").await;
    (site, cookie)
}

impl Site {
    /// Signs in the head of a region.
    async fn leader(&self, daerah: &str, name: &str) -> String {
        let now = jiff::Timestamp::now().as_microsecond();
        let app = &self.uji.app;
        app.create_region_account(daerah, name, name, PASSWORD, Peran::PimpinanDaerah, now).await.expect("account");
        let masuk =
            app.sign_in(name, PASSWORD, &tolok_app::Peminta::default(), now).await.expect("answer").expect("signed in");
        format!("tolok={}", masuk.rahasia)
    }
}

fn texts(page: &Html, query: &str) -> Vec<String> {
    let selector = Selector::parse(query).expect("selector");
    page.select(&selector)
        .map(|e| e.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

async fn page(site: &Site, address: &str, cookie: &str) -> Html {
    let answer = site.get(address, cookie).await;
    assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text());
    Html::parse_document(&answer.text())
}

#[tokio::test]
async fn an_office_that_is_not_evaluated_has_no_score_and_no_zero() {
    let (site, cookie) = city().await;
    let shown = page(&site, "/daerah/evaluasi?tahun=2021&tw=4", &cookie).await;
    let sub = texts(&shown, ".sub").join(" ");
    assert!(sub.contains("Dievaluasi: 2 dari 3 perangkat daerah"), "{sub}");
    let rows = texts(&shown, ".lembar tbody tr");
    assert_eq!(rows.len(), 3, "{rows:#?}");
    assert!(rows[0].contains("60,10") && rows[1].contains("60,10"), "{rows:#?}");
    assert!(rows[2].starts_with("–Dinas Ketiga") && rows[2].contains("belum dievaluasi"), "{rows:#?}");
    assert!(!rows[2].contains("0,00"), "{rows:#?}");
    let mean = texts(&shown, ".lembar tfoot").join(" ");
    assert!(mean.contains("60,10") && mean.contains("2 dari 3"), "what is missing lowers no mean: {mean}");
    // Last year's score is by another regulation: not of one measure.
    let tiles = texts(&shown, ".ubin > div").join("\n");
    assert!(tiles.contains("0 dari 0"), "{tiles}");
    let spread = texts(&shown, "#j-evaluator ~ .gulir tbody tr");
    assert_eq!(spread.len(), 1, "{spread:#?}");
    assert!(spread[0].starts_with("Inspektorat Kota Serang2 dari 2"), "{spread:#?}");
}

#[tokio::test]
async fn the_recapitulation_comes_as_files() {
    let (site, cookie) = city().await;
    let address = |format: &str| format!("/daerah/evaluasi/unduh/{format}?tahun=2021&tw=4");
    let csv = site.get(&address("csv"), &cookie).await;
    assert_eq!(csv.header("content-disposition"), "attachment; filename=\"rekap-evaluasi-2021.csv\"");
    let text = csv.text();
    assert_eq!(text.matches(";60,10;").count(), 3, "two offices and their mean: {text}");
    for format in ["docx", "xlsx"] {
        let file = site.get(&address(format), &cookie).await;
        assert!(file.body.starts_with(b"PK"), "{format}: {}", file.status);
    }
    assert_eq!(site.get(&address("exe"), &cookie).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn other_weights_are_tried_before_they_are_adopted() {
    let (site, cookie) = city().await;
    let before = page(&site, REWARD, &cookie).await;
    assert!(texts(&before, ".sub").join(" ").contains("Bobot bawaan Tolok"));
    assert!(
        texts(&before, "form[method=post] button").iter().all(|b| b != "Tetapkan bobot ini"),
        "nothing was tried yet"
    );
    let tried = page(&site, &format!("{REWARD}&capaian=&kelengkapan=62,5&serapan=37,5"), &cookie).await;
    let shifts = texts(&tried, "#j-geser ~ table tbody tr");
    assert_eq!(shifts.len(), 3, "{shifts:#?}");
    assert!(texts(&tried, "form button").iter().any(|b| b == "Tetapkan bobot ini"));
    assert!(texts(&tried, ".sub").join(" ").contains("Bobot bawaan Tolok"), "trying changes nothing");
    let form = "dilihat=0&capaian=&kelengkapan=62%2C5&serapan=37%2C5";
    let done = site.post(REWARD, &cookie, form, HERE).await;
    assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, REWARD));
    let after = page(&site, REWARD, &cookie).await;
    assert!(texts(&after, ".sub").join(" ").contains("Bobot ditetapkan walikota"));
    let history = texts(&after, "#j-riwayat ~ ul li");
    assert_eq!(history.len(), 1);
    assert!(history[0].contains("Kelengkapan isian 62,5"), "{history:#?}");
    // The ranking and its table follow.
    let ranking = page(&site, "/daerah/peringkat?tahun=2021&tw=4", &cookie).await;
    assert_eq!(texts(&ranking, "thead th").len(), 6, "{:?}", texts(&ranking, "thead th"));
    let csv = site.get("/daerah/unduh/csv?tahun=2021&tw=4&tabel=peringkat", &cookie).await.text();
    assert!(csv.contains("Kelengkapan isian x bobot 62,5") && !csv.contains("Ketepatan waktu x"), "{csv}");
    // Somebody who still sees the old weights overwrites nothing.
    let late = site.post(REWARD, &cookie, "dilihat=0&capaian=100", HERE).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(texts(&page(&site, REWARD, &cookie).await, "#j-riwayat ~ ul li").len(), 1);
}

#[tokio::test]
async fn weights_that_are_wrong_are_told_by_what_is_wrong() {
    let (site, cookie) = city().await;
    let tried = page(&site, &format!("{REWARD}&capaian=60&serapan=30"), &cookie).await;
    assert_eq!(
        texts(&tried, "[role=alert]"),
        ["jumlah bobot 90, bukan 100; ubah bobot kriteria sampai jumlahnya tepat 100"]
    );
    let refused = site.post(REWARD, &cookie, "dilihat=0&capaian=banyak", HERE).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let shown = Html::parse_document(&refused.text());
    assert_eq!(texts(&shown, "[role=alert]"), ["bobot Capaian IKU: \"banyak\" bukan bilangan; tulis misalnya 12,5"]);
    let kept = Selector::parse("input[name=capaian][inputmode]").expect("selector");
    assert_eq!(
        shown.select(&kept).next().and_then(|e| e.value().attr("value")),
        Some("banyak"),
        "what was typed stays"
    );
}

#[tokio::test]
async fn who_compares_offices_sets_no_weights() {
    let (site, _) = city().await;
    let cookie = site.overseer("Kota Serang", "inspektorat").await;
    let tried = page(&site, &format!("{REWARD}&capaian=100"), &cookie).await;
    assert!(texts(&tried, "form button").iter().all(|b| b != "Tetapkan bobot ini"));
    for form in ["dilihat=0&capaian=100", "dilihat=0&capaian=banyak"] {
        assert_eq!(site.post(REWARD, &cookie, form, HERE).await.status, StatusCode::FORBIDDEN, "{form}");
    }
    assert!(texts(&page(&site, REWARD, &cookie).await, ".sub").join(" ").contains("Bobot bawaan Tolok"));
}

#[tokio::test]
async fn one_regions_weights_are_not_anothers() {
    let (site, cookie) = city().await;
    site.post(REWARD, &cookie, "dilihat=0&capaian=100", HERE).await;
    let elsewhere = site.regency().await;
    let shown = page(&site, &format!("/daerah/penghargaan?tahun={TAHUN}&tw=4"), &elsewhere).await;
    assert!(texts(&shown, ".sub").join(" ").contains("Bobot bawaan Tolok"));
}

#[tokio::test]
async fn units_are_ranked_over_all_offices() {
    let (site, cookie) = city().await;
    let shown = page(&site, &format!("{REWARD}&lihat=unit"), &cookie).await;
    let rows = texts(&shown, ".lembar tbody tr");
    // Both offices with data come from one example, so each unit stands there twice.
    let training = rows.iter().filter(|r| r.contains("Seksi Penyelenggaraan Pelatihan"));
    assert_eq!(training.count(), 2, "{rows:#?}");
    let csv = site.get("/daerah/unduh/csv?tahun=2021&tw=4&tabel=unit", &cookie).await;
    assert_eq!(csv.header("content-disposition"), "attachment; filename=\"daerah-unit-2021.csv\"");
}

#[tokio::test]
async fn money_beside_performance_leads_to_the_office() {
    let (site, cookie) = city().await;
    let all = page(&site, "/daerah/uang?tahun=2021&tw=4", &cookie).await;
    let offices = texts(&all, "[aria-label='Uang dan kinerja'] tbody tr");
    assert_eq!(offices.len(), 3, "{offices:#?}");
    assert!(offices.iter().any(|r| r == "Dinas Ketiga––––"), "nothing is known of it: {offices:#?}");
    assert!(texts(&all, ".ubin > div").iter().all(|u| u.contains(" dari ")));
    let one = page(&site, "/daerah/uang?tahun=2021&tw=4&kantor=kedua", &cookie).await;
    let lines = texts(&one, "[aria-labelledby=j-baris] tbody td:nth-child(2)");
    assert!(!lines.is_empty(), "the chosen office's lines are listed");
    let links = Selector::parse("[aria-labelledby=j-baris] tbody th a").expect("selector");
    let address = one.select(&links).next().and_then(|e| e.value().attr("href")).expect("link").to_owned();
    assert!(address.starts_with("/o/kedua/"), "{address}");
    assert_eq!(site.get(&address, &cookie).await.status, StatusCode::OK, "{address}");
    assert_eq!(site.get("/daerah/uang?tahun=2021&kantor=lain", &cookie).await.status, StatusCode::NOT_FOUND);
    let csv = site.get("/daerah/uang/unduh/csv?tahun=2021&tw=4", &cookie).await;
    assert_eq!(csv.header("content-disposition"), "attachment; filename=\"uang-kinerja-2021.csv\"");
    assert!(csv.text().starts_with("Perangkat daerah;Hal;Kode;Nama;"));
    let xlsx = site.get("/daerah/uang/unduh/xlsx?tahun=2021&tw=4", &cookie).await;
    assert!(xlsx.body.starts_with(b"PK"));
}

//! All offices of a region: who may look, what stands there, how heavy it is.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use scraper::{Html, Selector};
use tolok_domain::access::{Hak, Peran};
use tolok_testkit::{INSTANSI, TAHUN, import_offices, regency};

use crate::{PASSWORD, ROUTES, Site};

const REGENCY: &str = "Kabupaten Tolok Ukur";

/// Addresses of the region's pages.
fn addresses() -> impl Iterator<Item = &'static str> {
    ROUTES.iter().map(|(_, address, _)| *address).filter(|address| address.starts_with("/daerah"))
}

impl Site {
    /// Signs in somebody with a role in all offices of a region.
    pub async fn overseer(&self, daerah: &str, name: &str) -> String {
        let now = jiff::Timestamp::now().as_microsecond();
        let app = &self.uji.app;
        app.create_region_account(daerah, name, name, PASSWORD, Peran::Evaluator, now).await.expect("account");
        let masuk =
            app.sign_in(name, PASSWORD, &tolok_app::Peminta::default(), now).await.expect("answer").expect("signed in");
        format!("tolok={}", masuk.rahasia)
    }

    /// Adds the synthetic regency and signs in its overseer.
    pub async fn regency(&self) -> String {
        import_offices(&self.uji.app, regency(7)).await;
        self.overseer(REGENCY, "bupati").await
    }
}

fn texts(page: &Html, query: &str) -> Vec<String> {
    let selector = Selector::parse(query).expect("selector");
    page.select(&selector)
        .map(|e| e.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

#[tokio::test]
async fn only_who_may_compare_offices_gets_in() {
    let site = Site::new().await;
    for peran in Peran::ALL {
        let cookie = site.cookie(peran).await;
        let may = peran.grants(Hak::LihatDaerah);
        for address in addresses() {
            let status = site.get(address, &cookie).await.status;
            assert_eq!(status, if may { StatusCode::OK } else { StatusCode::FORBIDDEN }, "{peran:?} {address}");
        }
        let links = site.get("/pengukuran", &cookie).await.text().contains("href=\"/daerah");
        assert_eq!(links, may, "{peran:?}: the way there is shown to who may go it");
    }
}

#[tokio::test]
async fn who_oversees_several_offices_begins_with_all_of_them() {
    let site = Site::new().await;
    site.neighbour().await;
    let cookie = site.overseer("Kota Serang", "inspektorat").await;
    let first = site.get("/?tahun=2021", &cookie).await;
    assert_eq!((first.status, first.header("location")), (StatusCode::SEE_OTHER, "/daerah?tahun=2021"));
    let page = site.get("/daerah?tahun=2021", &cookie).await.text();
    assert!(page.contains("href=\"/o/kedua/?tahun=2021\""), "{page}");
    let office = site.get("/o/kedua/?tahun=2021", &cookie).await;
    assert_eq!(office.status, StatusCode::OK);
    assert!(office.text().contains("href=\"/daerah"));
    // One office has its own home.
    let alone = site.cookie(Peran::Verifikator).await;
    assert_eq!(site.get("/", &alone).await.status, StatusCode::OK);
}

#[tokio::test]
async fn each_sum_says_how_much_it_rests_on() {
    let site = Site::new().await;
    site.neighbour().await;
    let empty = tolok_domain::InstansiId::new();
    site.uji.store().create_office(empty, "ketiga", "Dinas Ketiga", "Kota Serang").await.expect("office");
    let cookie = site.overseer("Kota Serang", "inspektorat").await;
    let page = Html::parse_document(&site.get("/daerah?tahun=2021&tw=4", &cookie).await.text());
    let tiles = texts(&page, ".ubin > div").join("\n");
    for part in ["rata-rata 2 dari 3 perangkat daerah", "8 dari 14 IKU", "2 dari 3 perangkat daerah"] {
        assert!(tiles.contains(part), "{part}: {tiles}");
    }
    let rows = texts(&page, ".rapat tbody tr");
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().any(|r| r == "Dinas Ketigabelum ada data tahun 2021"), "{rows:#?}");
    assert!(rows.iter().filter(|r| r.contains("4 dari 7")).count() == 2, "{rows:#?}");
    assert_eq!(texts(&page, "svg circle").len(), 2, "an office without data is no dot at zero");
}

#[tokio::test]
async fn rows_are_sorted_with_the_unknown_last() {
    let site = Site::new().await;
    let cookie = site.regency().await;
    let empty = tolok_domain::InstansiId::new();
    site.uji.store().create_office(empty, "aaa", "AAA belum ada", REGENCY).await.expect("office");
    for column in ["capaian", "serapan"] {
        for (arah, sign) in [("naik", 1), ("turun", -1)] {
            let address = format!("/daerah?tahun={TAHUN}&tw=4&urut={column}&arah={arah}");
            let page = Html::parse_document(&site.get(&address, &cookie).await.text());
            assert_eq!(texts(&page, "th[aria-sort]").len(), 1, "{address}");
            let names = texts(&page, ".rapat tbody th");
            assert_eq!(names.last().map(String::as_str), Some("AAA belum ada"), "{address}");
            let place = if column == "capaian" { 2 } else { 5 };
            let values = texts(&page, &format!(".rapat tbody tr > :nth-child({place})"));
            let hundredths = values.iter().filter_map(|v| v.replace(',', "").parse::<i64>().ok()).map(|v| v * sign);
            let hundredths: Vec<i64> = hundredths.collect();
            assert_eq!(hundredths.len(), INSTANSI, "{address}: {values:?}");
            assert!(hundredths.is_sorted(), "{address}: {values:?}");
        }
    }
}

#[tokio::test]
async fn pages_of_a_whole_regency_stay_light() {
    let site = Site::new().await;
    let cookie = site.regency().await;
    for address in addresses() {
        let address = address.replace("2021", &TAHUN.to_string());
        let request = Request::builder().uri(&address).header(header::COOKIE, &cookie);
        let request = request.header(header::ACCEPT_ENCODING, "gzip").body(Body::empty());
        let packed = site.send(request.expect("request")).await;
        assert_eq!(packed.status, StatusCode::OK, "{address}");
        assert!(packed.body.len() <= 30 * 1024, "{address} is {} bytes", packed.body.len());
    }
    let page = Html::parse_document(&site.get("/daerah", &cookie).await.text());
    assert_eq!(texts(&page, ".rapat tbody tr").len(), INSTANSI);
    assert_eq!(texts(&page, "svg circle").len(), INSTANSI);
}

#[tokio::test]
async fn the_ranking_shows_a_computation_for_each_office() {
    let site = Site::new().await;
    site.neighbour().await;
    let cookie = site.overseer("Kota Serang", "inspektorat").await;
    let page = Html::parse_document(&site.get("/daerah/peringkat?tahun=2021&tw=4", &cookie).await.text());
    let lines = texts(&page, "details li");
    // Four criteria and the sum, for both offices; what is not known takes its weight out.
    assert_eq!(lines.len(), 10, "{lines:#?}");
    let number = |text: &str| text.replace(['.', ' '], "").replace(',', ".").parse::<f64>().expect("number");
    for office in lines.chunks(5) {
        let products = office[..4].iter().filter_map(|l| l.split_once(" = ")).map(|(_, product)| number(product));
        let (sum, score) = office[4].split_once(" ÷ ").expect("sum");
        let (weights, score) = score.split_once(" = ").expect("score");
        let products: f64 = products.sum();
        assert!((products - number(sum)).abs() < 0.05, "{office:#?}");
        assert!((number(sum) / number(weights) - number(score)).abs() < 0.05, "{office:#?}");
    }
}

#[tokio::test]
async fn a_past_day_shows_the_offices_as_they_were() {
    let site = Site::new().await;
    let cookie = site.keeper().await;
    // The package was imported on 1 February 2022.
    assert_eq!(site.get("/daerah?per=2022-01-31", &cookie).await.status, StatusCode::NOT_FOUND);
    let then = site.get("/daerah?per=2022-02-01", &cookie).await;
    assert_eq!(then.status, StatusCode::OK);
    let text = then.text();
    assert!(text.contains("Data per 1 Februari 2022") && text.contains("&#38;per=2022-02-01"), "{text}");
    let office = site.get("/daerah/terlambat?per=2022-02-01", &cookie).await.text();
    assert!(office.contains("tw=4") && office.contains("per=2022-02-01"));
}

#[tokio::test]
async fn tables_come_as_files() {
    let site = Site::new().await;
    let cookie = site.keeper().await;
    let csv = site.get("/daerah/unduh/csv?tahun=2021&tw=4", &cookie).await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(csv.header("content-disposition"), "attachment; filename=\"daerah-ringkasan-2021.csv\"");
    assert!(csv.text().starts_with("Kode;Perangkat daerah;Capaian IKU (%);") && csv.text().lines().count() == 2);
    let xlsx = site.get("/daerah/unduh/xlsx?tahun=2021&tw=2", &cookie).await;
    assert_eq!(xlsx.header("content-disposition"), "attachment; filename=\"daerah-2021-TW2.xlsx\"");
    assert!(xlsx.body.starts_with(b"PK"));
    for wrong in ["/daerah/unduh/pdf", "/daerah/unduh/csv?tabel=lain", "/daerah?tahun=1999"] {
        assert_eq!(site.get(wrong, &cookie).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

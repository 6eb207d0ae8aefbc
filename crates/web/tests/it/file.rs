//! What is sent as a file: reports, evidence, assets.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use rust_decimal::prelude::ToPrimitive;
use scraper::{Html, Selector};
use tolok_domain::access::Peran;
use tolok_testkit::{demo_dir, demo_paket};

use crate::Site;

#[tokio::test]
async fn reports_come_as_files_with_a_name() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Evaluator).await;
    let office = &site.uji.app.load(&site.uji.ctx, 2021).await.expect("loaded").potret.instansi.kode;
    // No PDF renderer here: a Word file does not need one.
    for (format, begin, kind) in [
        ("xlsx", b"PK\x03\x04".as_slice(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("docx", b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("html", b"<!DOCTYPE html>", "text/html; charset=utf-8"),
    ] {
        let answer = site.get(&format!("/laporan/unduh/{format}?tahun=2021"), &cookie).await;
        assert_eq!(answer.status, StatusCode::OK, "{format}");
        assert!(answer.body.starts_with(begin), "{format}");
        assert_eq!(answer.header("content-type"), kind);
        let name = format!("attachment; filename=\"lkjip-2021-{office}.{format}\"");
        assert_eq!(answer.header("content-disposition"), name);
        assert_eq!((answer.header("x-content-type-options"), answer.header("cache-control")), ("nosniff", "no-store"));
    }
}

#[tokio::test]
async fn a_report_that_cannot_be_made_says_so_without_details() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let answer = site.get("/laporan/unduh/pdf", &cookie).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.header("content-disposition"), "");
    assert!(answer.text().contains("Sedang tidak dapat melayani") && !answer.text().contains("PDF tidak tersedia"));
    for address in ["/laporan/unduh/xlsx?tahun=2019", "/laporan/lihat?tahun=2019", "/laporan/unduh/XLSX"] {
        assert_eq!(site.get(address, &cookie).await.status, StatusCode::NOT_FOUND, "{address}");
    }
}

#[tokio::test]
async fn evidence_is_sent_for_saving_and_never_for_showing() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Verifikator).await;
    let potret = &site.uji.app.load(&site.uji.ctx, 2021).await.expect("loaded").potret;
    let listed = &potret.bukti[0];
    let answer = site.get(&format!("/bukti/{}", listed.sha256), &cookie).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), "application/octet-stream");
    assert_eq!(answer.header("content-disposition"), format!("attachment; filename=\"{}\"", listed.nama));
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.body.len().to_u64(), Some(listed.ukuran));
    assert_eq!(answer.body, std::fs::read(demo_dir().join("bukti").join(&listed.sha256)).expect("file"));
    let mut turned = listed.sha256.clone();
    turned.replace_range(..1, "b");
    for wrong in [turned.as_str(), &listed.sha256[..63], "0", "%2e%2e%2ftolok.db", "..%5c..%5ctolok.db", "%00"] {
        let answer = site.get(&format!("/bukti/{wrong}"), &cookie).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
        assert!(answer.text().contains("Tidak ditemukan"), "{wrong}");
    }
}

#[tokio::test]
async fn evidence_of_an_earlier_year_can_still_be_had() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Verifikator).await;
    let mut next = demo_paket(site.uji.ctx.instansi);
    next.potret.tahun = 2022;
    next.potret.bukti.clear();
    next.bukti.clear();
    next.potret.angka.retain(|a| a.bukti.is_empty());
    site.uji.app.import(&site.uji.ctx, &next).await.expect("imported");
    let page = site.get("/indikator/iku.5?tahun=2021", &cookie).await.text();
    let page = Html::parse_document(&page);
    let links: Vec<&str> = page
        .select(&Selector::parse("a[href^='/bukti/']").expect("selector"))
        .filter_map(|a| a.value().attr("href"))
        .collect();
    assert!(!links.is_empty(), "the page of 2021 names its evidence");
    for link in links {
        assert_eq!(site.get(link, &cookie).await.status, StatusCode::OK, "{link}");
    }
}

#[tokio::test]
async fn every_asset_that_a_page_asks_for_is_there_and_is_kept() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let mut wanted = BTreeSet::new();
    for address in
        ["/", "/masuk", "/indikator/iku.5", "/isi?tahun=2021&tw=4", "/rencana/target?dokumen=renstra-p", "/tidak-ada"]
    {
        let page = Html::parse_document(&site.get(address, &cookie).await.text());
        for (query, attribute) in [("[src]", "src"), ("link[href]", "href")] {
            let selector = Selector::parse(query).expect("selector");
            wanted.extend(page.select(&selector).filter_map(|e| e.value().attr(attribute)).map(str::to_owned));
        }
    }
    let style = wanted.iter().find(|a| a.ends_with(".css")).expect("a style").clone();
    let folder = style.rsplit_once('/').map(|(folder, _)| folder.to_owned()).expect("folder");
    let css = site.get(&style, "").await.text();
    for part in css.split("url(").skip(1) {
        let name = part.split(')').next().unwrap_or_default().trim_matches(['"', '\'']);
        if !name.starts_with("data:") {
            wanted.insert(format!("{folder}/{name}"));
        }
    }
    // What a script takes from another one.
    let mut scripts: Vec<String> = wanted.iter().filter(|a| a.ends_with(".js")).cloned().collect();
    while let Some(script) = scripts.pop() {
        let text = site.get(&script, "").await.text();
        for name in text.split(" from \"./").skip(1).filter_map(|rest| rest.split('"').next()) {
            let address = format!("{folder}/{name}");
            if wanted.insert(address.clone()) {
                scripts.push(address);
            }
        }
    }
    assert!(wanted.len() >= 12, "{wanted:?}");
    for address in &wanted {
        let answer = site.get(address, "").await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        assert!(answer.header("cache-control").contains("immutable"), "{address}");
        let kind = match address.rsplit('.').next() {
            Some("css") => "text/css; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            Some("svg") => "image/svg+xml",
            Some("woff2") => "font/woff2",
            other => panic!("{address}: {other:?}"),
        };
        assert_eq!(answer.header("content-type"), kind, "{address}");
    }
    for wrong in ["/aset/x/tidak-ada.css", "/aset/x/..%2F..%2FCargo.toml", "/aset/x/../../Cargo.toml", "/aset/x/a.exe"]
    {
        let answer = site.get(wrong, "").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
        assert!(!answer.header("cache-control").contains("immutable"), "{wrong}");
    }
}

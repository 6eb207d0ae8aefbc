//! Whatever people type, wherever it shows, it stays text.

use axum::http::StatusCode;
use scraper::{Html, Selector};
use tolok_domain::access::Peran;
use tolok_testkit::demo_paket;

use crate::{Answer, CHANGE, HERE, ROUTES, Site};

/// Markup, and a way out of attributes of either quote.
const EVIL: &str = "<script>alert(1)</script>\"' onfocus=alert(2) '&amp;";
/// The same as a form or an address sends it.
const SENT: &str = "%3Cscript%3Ealert%281%29%3C%2Fscript%3E%22%27+onfocus%3Dalert%282%29+%27%26amp%3B";

/// Fails when the text became part of the page's structure; tells whether it shows.
fn shows(address: &str, answer: &Answer) -> bool {
    let page = Html::parse_document(&answer.text());
    let script = Selector::parse("script:not([src]), [onfocus]").expect("selector");
    let broken: Vec<String> = page.select(&script).map(|e| e.html()).collect();
    assert!(broken.is_empty(), "{address}: {broken:?}");
    assert!(!answer.text().contains("<script>alert"), "{address}");
    page.root_element().text().collect::<String>().contains(EVIL)
}

#[tokio::test]
async fn a_remark_and_a_reason_are_shown_as_they_were_typed() {
    let site = Site::new().await;
    let cookie = site.sign_in(site.uji.ctx.instansi, "pengisi", EVIL, &[Peran::Pengisi]).await;
    let seen = site.stored().await.id;
    let saved = site.post(CHANGE, &cookie, &format!("nilai=36,5&keterangan={SENT}&dilihat={seen}"), HERE).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    // A key indicator that is not known yet: its reason stands on the home page.
    let unknown = "/indikator/iku.1/ubah?tahun=2021&periode=2021";
    let form = site.get(unknown, &cookie).await.text();
    let seen = form.split("name=\"dilihat\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("form");
    let saved = site.post(unknown, &cookie, &format!("nilai=&keterangan={SENT}&dilihat={seen}"), HERE).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    for address in
        ["/", "/indikator/2.07.05.i1", "/indikator/iku.1", "/pengukuran", "/riwayat", "/laporan/lihat", CHANGE, unknown]
    {
        let answer = site.get(address, &cookie).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        assert!(shows(address, &answer), "{address} does not show it");
    }
}

#[tokio::test]
async fn what_a_form_refuses_is_given_back_as_text() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Pengisi).await;
    let seen = site.stored().await.id;
    for (status, answer) in [
        (StatusCode::UNAUTHORIZED, site.post("/masuk", "", &format!("nama={SENT}&sandi=x&ke=/{SENT}"), HERE).await),
        (
            StatusCode::UNPROCESSABLE_ENTITY,
            site.post(CHANGE, &cookie, &format!("nilai={SENT}&keterangan={SENT}&dilihat={seen}"), HERE).await,
        ),
        (
            StatusCode::CONFLICT,
            site.post(CHANGE, &cookie, &format!("nilai=1&keterangan={SENT}&dilihat={SENT}"), HERE).await,
        ),
    ] {
        assert_eq!(answer.status, status);
        shows(status.as_str(), &answer);
    }
    for address in [
        "/cari?q=",
        "/rencana?q=",
        "/masuk?ke=/",
        "/indikator/",
        "/laporan/unduh/",
        "/indikator/iku.5/ubah?tahun=2021&periode=",
        "/indikator/iku.5/ubah?tahun=2021&periode=2021&variabel=",
    ] {
        let path = if address.contains('?') { SENT.to_owned() } else { SENT.replace('+', "%20") };
        shows(address, &site.get(&format!("{address}{path}"), &cookie).await);
    }
}

#[tokio::test]
async fn names_from_a_package_are_text_on_every_page_and_in_every_drawing() {
    let site = Site::new().await;
    let cookie = site.keeper().await;
    let mut paket = demo_paket(site.uji.ctx.instansi);
    let potret = &mut paket.potret;
    let evil = |text: &mut String| text.push_str(&format!(" {EVIL}"));
    evil(&mut potret.instansi.nama);
    potret.unit.iter_mut().for_each(|u| evil(&mut u.nama));
    potret.dokumen.iter_mut().for_each(|d| evil(&mut d.judul));
    potret.simpul.iter_mut().for_each(|s| evil(&mut s.nama));
    potret.bukti.iter_mut().for_each(|b| evil(&mut b.nama));
    for i in &mut potret.indikator {
        [&mut i.nama, &mut i.satuan, &mut i.cara_ukur, &mut i.definisi, &mut i.sumber_data, &mut i.mutu.verifikasi]
            .into_iter()
            .for_each(evil);
    }
    potret.rekomendasi.iter_mut().for_each(|r| evil(&mut r.rekomendasi));
    site.uji.app.import(&site.uji.ctx, &paket).await.expect("imported");
    site.agree().await;
    for &(pattern, address, public) in ROUTES {
        if public || pattern.starts_with("/bukti/") || pattern.contains("/unduh") {
            continue;
        }
        let answer = site.get(address, &cookie).await;
        assert_eq!(answer.status, StatusCode::OK, "{pattern}");
        assert!(shows(pattern, &answer), "{pattern} does not show it");
    }
    // The name of a file goes into a header, where a quote would end it.
    let file = site.get(&format!("/bukti/{}", paket.potret.bukti[0].sha256), &cookie).await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.header("content-disposition").matches('"').count(), 2, "{}", file.header("content-disposition"));
}

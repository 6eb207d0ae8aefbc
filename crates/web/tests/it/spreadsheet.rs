//! The quarter's form as a spreadsheet, out and in again.

use axum::http::StatusCode;
use tolok_domain::access::Peran;

use crate::{HERE, Site};

#[tokio::test]
async fn a_form_comes_back_as_it_went_and_writes_what_was_shown() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let form = site.get("/isi/unduh?tahun=2021&tw=4", &cookie).await;
    assert_eq!(form.status, StatusCode::OK);
    assert_eq!(form.header("content-disposition"), "attachment; filename=\"isian-2021-tw4-disnakertrans-serang.xlsx\"");
    let untouched =
        site.send_form("/isi/unggah?tahun=2021&tw=4", &cookie, &[], &[("lembar", "isian.xlsx", &form.body)]).await;
    assert_eq!(untouched.status, StatusCode::OK);
    assert!(untouched.text().contains("tidak ada yang perlu ditulis"), "{}", untouched.text());
    let wrong_quarter =
        site.send_form("/isi/unggah?tahun=2021&tw=3", &cookie, &[], &[("lembar", "isian.xlsx", &form.body)]).await;
    assert_eq!(wrong_quarter.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong_quarter.text().contains("Triwulan IV"), "names what the sheet is for");
    let no_sheet =
        site.send_form("/isi/unggah?tahun=2021&tw=4", &cookie, &[], &[("lembar", "isian.xlsx", b"nama;nilai\n")]).await;
    assert_eq!(no_sheet.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no_sheet.text().contains("tidak ada yang ditulis"));
    // What the preview's form sends.
    let before = site.stored().await;
    let place = "i%2F2.07.05.i1%2F%2F2021";
    let sent = |seen: &str, value: &str| {
        format!(
            "kunci=k1{value}&lihat%3A{place}={seen}&nilai%3A{place}={value}&ket%3A{place}=uji&hambatan%3A{place}=Mediator+kurang&tindak%3A{place}=Minta+tambahan"
        )
    };
    let written =
        site.post("/isi/unggah/simpan?tahun=2021&tw=4", &cookie, &sent(&before.id.to_string(), "41"), HERE).await;
    assert_eq!(written.status, StatusCode::SEE_OTHER);
    assert_eq!(site.stored().await.nilai.to_string(), "41");
    let page = site.get("/indikator/2.07.05.i1", &cookie).await.text();
    assert!(page.contains("uji"), "the remark stands with it");
    let late =
        site.post("/isi/unggah/simpan?tahun=2021&tw=4", &cookie, &sent(&before.id.to_string(), "42"), HERE).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(site.stored().await.nilai.to_string(), "41", "nothing was written");
}

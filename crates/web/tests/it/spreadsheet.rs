//! The quarter's form as a spreadsheet, out and in again.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use tolok_domain::access::Peran;

use crate::{Answer, HERE, Site};

impl Site {
    /// Uploads a file as a browser does.
    async fn upload(&self, address: &str, cookie: &str, name: &str, bytes: &[u8]) -> Answer {
        let mut body = format!(
            "--batas\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"isian.xlsx\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--batas--\r\n");
        let request = Request::builder()
            .method(Method::POST)
            .uri(address)
            .header(header::HOST, "tolok.test")
            .header(header::COOKIE, cookie)
            .header(header::ORIGIN, HERE)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=batas")
            .body(Body::from(body));
        self.send(request.expect("request")).await
    }
}

#[tokio::test]
async fn a_form_comes_back_as_it_went_and_writes_what_was_shown() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let form = site.get("/isi/unduh?tahun=2021&tw=4", &cookie).await;
    assert_eq!(form.status, StatusCode::OK);
    assert_eq!(form.header("content-disposition"), "attachment; filename=\"isian-2021-tw4-disnakertrans-serang.xlsx\"");
    let untouched = site.upload("/isi/unggah?tahun=2021&tw=4", &cookie, "lembar", &form.body).await;
    assert_eq!(untouched.status, StatusCode::OK);
    assert!(untouched.text().contains("tidak ada yang perlu ditulis"), "{}", untouched.text());
    let wrong_quarter = site.upload("/isi/unggah?tahun=2021&tw=3", &cookie, "lembar", &form.body).await;
    assert_eq!(wrong_quarter.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong_quarter.text().contains("Triwulan IV"), "names what the sheet is for");
    let no_sheet = site.upload("/isi/unggah?tahun=2021&tw=4", &cookie, "lembar", b"nama;nilai\n").await;
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

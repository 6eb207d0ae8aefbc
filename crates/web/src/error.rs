//! Errors as pages: the one place that maps what went wrong to a status and a text for the user.

use askama::Template;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use tolok_app::Galat;

use crate::assets;
use crate::locale::Kamus;

/// What a handler gives back instead of a page.
pub(crate) enum Gagal {
    /// An error.
    Galat(Galat),
    /// Not signed in: where to go after signing in.
    Masuk(String),
}

impl From<Galat> for Gagal {
    fn from(galat: Galat) -> Self {
        Self::Galat(galat)
    }
}

impl From<askama::Error> for Gagal {
    fn from(error: askama::Error) -> Self {
        Self::Galat(Galat::unavailable(error))
    }
}

/// The page of a request, or why there is none.
pub(crate) type Jawaban = Result<Html<String>, Gagal>;

#[derive(Template)]
#[template(path = "galat.html")]
struct Halaman<'a> {
    versi: &'a str,
    kode: u16,
    judul: &'a str,
    pesan: &'a str,
}

impl IntoResponse for Gagal {
    fn into_response(self) -> Response {
        let galat = match self {
            Self::Masuk(target) => return Redirect::to(&format!("/masuk?ke={target}")).into_response(),
            Self::Galat(galat) => galat,
        };
        let (status, judul) = match &galat {
            Galat::TidakDitemukan(_) => (StatusCode::NOT_FOUND, "Tidak ditemukan"),
            Galat::TidakSah(_) => (StatusCode::UNPROCESSABLE_ENTITY, "Belum dapat diproses"),
            Galat::Bentrok => (StatusCode::CONFLICT, "Data sudah berubah"),
            Galat::Terlarang => (StatusCode::FORBIDDEN, "Tidak berhak"),
            Galat::TidakTersedia { detail } => {
                tracing::error!(detail, "permintaan gagal");
                (StatusCode::SERVICE_UNAVAILABLE, "Sedang tidak dapat melayani")
            }
        };
        render(status, judul, &galat.to_string())
    }
}

fn render(status: StatusCode, judul: &str, pesan: &str) -> Response {
    let page = Halaman { versi: &assets::VERSION, kode: status.as_u16(), judul, pesan };
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => (status, pesan.to_owned()).into_response(),
    }
}

/// For addresses that do not exist.
pub(crate) async fn no_page(headers: HeaderMap) -> Response {
    let kamus = Kamus::of(&headers);
    render(StatusCode::NOT_FOUND, kamus.x("galat-halaman"), kamus.x("galat-halaman-pesan"))
}

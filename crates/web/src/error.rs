//! Errors as pages: the one place that maps what went wrong to a status and a text for the user.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use tolok_app::Galat;

use crate::assets;
use crate::json::Json;
use crate::kept::SesiUsai;
use crate::locale::Kamus;
use crate::session::wants_json;

/// What a handler gives back instead of a page.
pub(crate) enum Gagal {
    /// An error.
    Galat(Galat),
    /// Not signed in: where to go after signing in.
    Masuk(String),
    /// Not signed in, and a script asks: it keeps what was typed and tells the user.
    BelumMasuk,
    /// More was sent than is taken.
    TerlaluBesar,
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
    t: &'static Kamus,
    versi: &'a str,
    kode: u16,
    judul: &'a str,
    pesan: &'a str,
}

impl IntoResponse for Gagal {
    fn into_response(self) -> Response {
        let galat = match self {
            Self::Masuk(target) => {
                let mut response = Redirect::to(&format!("/masuk?ke={target}")).into_response();
                response.extensions_mut().insert(SesiUsai);
                return response;
            }
            Self::BelumMasuk => return StatusCode::UNAUTHORIZED.into_response(),
            Self::TerlaluBesar => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
            Self::Galat(galat) => galat,
        };
        let (status, judul) = match &galat {
            Galat::TidakDitemukan(_) => (StatusCode::NOT_FOUND, "galat-tidak-ditemukan"),
            Galat::TidakSah(_) => (StatusCode::UNPROCESSABLE_ENTITY, "galat-tidak-sah"),
            Galat::Bentrok | Galat::SudahTersimpan(_) => (StatusCode::CONFLICT, "galat-bentrok"),
            Galat::Terlarang => (StatusCode::FORBIDDEN, "galat-terlarang"),
            Galat::TidakTersedia { detail } => {
                tracing::error!(detail, "permintaan gagal");
                (StatusCode::SERVICE_UNAVAILABLE, "galat-tidak-tersedia")
            }
        };
        unexplained(status, judul, Some(galat.to_string()))
    }
}

/// A failure on its way out: the page is made by [`explain`], which knows the language that the user reads.
#[derive(Clone)]
struct Sebab {
    judul: &'static str,
    pesan: Option<String>,
}

fn unexplained(status: StatusCode, judul: &'static str, pesan: Option<String>) -> Response {
    let mut response = status.into_response();
    response.extensions_mut().insert(Sebab { judul, pesan });
    response
}

/// Makes a page of a failure; for a script the text alone.
pub(crate) async fn explain(request: Request, next: Next) -> Response {
    let t = Kamus::of(request.headers());
    let script = wants_json(request.headers());
    let response = next.run(request).await;
    let status = response.status();
    let (judul, pesan) = match response.extensions().get::<Sebab>() {
        Some(Sebab { judul, pesan }) => (*judul, pesan.as_deref().unwrap_or_else(|| t.x("galat-halaman-pesan"))),
        // The limit of what may be sent is kept below the pages.
        None if status == StatusCode::PAYLOAD_TOO_LARGE => ("galat-terlalu-besar", t.x("galat-terlalu-besar-pesan")),
        None => return response,
    };
    if script {
        return (status, Json(BTreeMap::from([("pesan", pesan)]))).into_response();
    }
    let page = Halaman { t, versi: &assets::VERSION, kode: status.as_u16(), judul: t.x(judul), pesan };
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => (status, pesan.to_owned()).into_response(),
    }
}

/// For addresses that do not exist.
pub(crate) async fn no_page() -> Response {
    unexplained(StatusCode::NOT_FOUND, "galat-halaman", None)
}

//! The second factor, after the password.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::Galat;

use crate::Web;
use crate::assets;
use crate::client::Asal;
use crate::error::Gagal;
use crate::locale::{Kamus, cookie};
use crate::pages::sign_in::entered;
use crate::session::{encode, local, now, set_cookie};

/// The cookie that says that the password was right. It opens nothing by itself.
const COOKIE: &str = "tolok-kode";
/// How long the code is awaited, seconds; the server says the same.
const AWAITED: u32 = 600;

#[derive(Template)]
#[template(path = "kode.html")]
struct Halaman<'a> {
    t: &'static Kamus,
    versi: &'a str,
    ke: &'a str,
    pesan: &'a str,
}

#[derive(Deserialize)]
pub(crate) struct Ke {
    #[serde(default)]
    ke: String,
}

#[derive(Deserialize)]
pub(crate) struct Isian {
    kode: String,
    #[serde(default)]
    ke: String,
}

/// Sends the browser here after the password.
pub(crate) fn ask(web: &Web, rahasia: &str, ke: &str) -> Response {
    let cookie = set_cookie(COOKIE, rahasia, AWAITED, &web.pilihan);
    ([(header::SET_COOKIE, cookie)], Redirect::to(&format!("/masuk/kode?ke={}", encode(local(ke))))).into_response()
}

/// The header that takes the cookie away.
pub(crate) fn forget(web: &Web) -> String {
    set_cookie(COOKIE, "", 0, &web.pilihan)
}

/// The form.
pub(crate) async fn form(headers: HeaderMap, Query(query): Query<Ke>) -> Result<Response, Gagal> {
    if cookie(&headers, COOKIE).is_none() {
        return Ok(Redirect::to("/masuk").into_response());
    }
    let page = Halaman { t: Kamus::of(&headers), versi: &assets::VERSION, ke: local(&query.ke), pesan: "" };
    Ok(Html(page.render()?).into_response())
}

/// Checks the code.
pub(crate) async fn submit(
    State(web): State<Web>,
    Asal(peminta): Asal,
    headers: HeaderMap,
    Form(input): Form<Isian>,
) -> Result<Response, Gagal> {
    let t = Kamus::of(&headers);
    let again = || Ok(Redirect::to(&format!("/masuk?pesan=ulang&ke={}", encode(local(&input.ke)))).into_response());
    let Some(rahasia) = cookie(&headers, COOKIE) else { return again() };
    let pesan = match web.app.confirm_code(rahasia, &input.kode, &peminta, now()).await {
        Ok(Some(masuk)) => return entered(&web, &headers, &masuk, &input.ke).await,
        Ok(None) => t.x("kode-salah").to_owned(),
        Err(Galat::TidakSah(pesan)) => pesan,
        Err(Galat::TidakDitemukan(_)) => return again(),
        Err(other) => return Err(other.into()),
    };
    let page = Halaman { t, versi: &assets::VERSION, ke: local(&input.ke), pesan: &pesan };
    Ok((StatusCode::UNAUTHORIZED, Html(page.render()?)).into_response())
}

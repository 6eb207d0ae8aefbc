//! Signing in and out.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::Galat;

use crate::Web;
use crate::assets;
use crate::error::{Gagal, Jawaban};
use crate::locale::Kamus;
use crate::session::{COOKIE, local, now, secret, set_cookie};

/// How long the browser keeps the cookie; the server ends the session earlier when it is idle.
const KEPT: u32 = 7 * 24 * 3600;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Ke {
    #[serde(default)]
    ke: String,
}

#[derive(Template)]
#[template(path = "masuk.html")]
struct Halaman<'a> {
    t: &'static Kamus,
    versi: &'a str,
    ke: &'a str,
    nama: &'a str,
    pesan: &'a str,
}

/// The form.
pub(crate) async fn form(headers: HeaderMap, Query(query): Query<Ke>) -> Jawaban {
    let page = Halaman { t: Kamus::of(&headers), versi: &assets::VERSION, ke: local(&query.ke), nama: "", pesan: "" };
    Ok(Html(page.render()?))
}

#[derive(Deserialize)]
pub(crate) struct Isian {
    nama: String,
    sandi: String,
    #[serde(default)]
    ke: String,
}

/// Signs in.
pub(crate) async fn submit(
    State(web): State<Web>,
    headers: HeaderMap,
    Form(input): Form<Isian>,
) -> Result<Response, Gagal> {
    let t = Kamus::of(&headers);
    let outcome = web.app.sign_in(input.nama.trim(), &input.sandi, now()).await;
    let pesan = match outcome {
        Ok(Some(masuk)) => {
            let cookie = set_cookie(COOKIE, &masuk.rahasia, KEPT, web.pilihan);
            return Ok(([(header::SET_COOKIE, cookie)], Redirect::to(local(&input.ke))).into_response());
        }
        Ok(None) => t.x("masuk-salah").to_owned(),
        Err(Galat::TidakSah(pesan)) => pesan,
        Err(other) => return Err(other.into()),
    };
    let page = Halaman { t, versi: &assets::VERSION, ke: local(&input.ke), nama: input.nama.trim(), pesan: &pesan };
    Ok((StatusCode::UNAUTHORIZED, Html(page.render()?)).into_response())
}

/// Signs out.
pub(crate) async fn leave(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Gagal> {
    if let Some(secret) = secret(&headers) {
        web.app.sign_out(secret).await?;
    }
    let cookie = set_cookie(COOKIE, "", 0, web.pilihan);
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/masuk")).into_response())
}

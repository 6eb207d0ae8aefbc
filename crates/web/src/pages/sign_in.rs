//! Signing in and out.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::{Galat, Masuk};

use crate::Web;
use crate::assets;
use crate::client::Asal;
use crate::error::{Gagal, Jawaban};
use crate::locale::Kamus;
use crate::pages::second_factor;
use crate::session::{COOKIE, encode, local, now, secret, session_cookie, set_cookie};

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Ke {
    #[serde(default)]
    ke: String,
    /// What to say above the form.
    #[serde(default)]
    pesan: String,
}

#[derive(Template)]
#[template(path = "masuk.html")]
struct Halaman<'a> {
    t: &'static Kamus,
    versi: &'a str,
    ke: &'a str,
    nama: &'a str,
    kabar: &'a str,
    pesan: &'a str,
    /// Text of the second button and the address behind it.
    sso: Option<(&'a str, String)>,
}

fn page<'a>(web: &'a Web, t: &'static Kamus, ke: &'a str) -> Halaman<'a> {
    let sso = web.pilihan.sso.as_deref().map(|sso| (sso.label(), format!("/masuk/sso?ke={}", encode(ke))));
    Halaman { t, versi: &assets::VERSION, ke, nama: "", kabar: "", pesan: "", sso }
}

/// The form.
pub(crate) async fn form(State(web): State<Web>, headers: HeaderMap, Query(query): Query<Ke>) -> Jawaban {
    let t = Kamus::of(&headers);
    let mut page = page(&web, t, local(&query.ke));
    match query.pesan.as_str() {
        "sandi" => page.kabar = t.x("masuk-sandi-dibuat"),
        "ulang" => page.pesan = t.x("masuk-ulang"),
        "sso" => page.pesan = t.x("masuk-sso-gagal"),
        _ => {}
    }
    Ok(Html(page.render()?))
}

#[derive(Deserialize)]
pub(crate) struct Isian {
    nama: String,
    sandi: String,
    #[serde(default)]
    ke: String,
}

/// Signs in, or goes on to the second factor.
pub(crate) async fn submit(
    State(web): State<Web>,
    Asal(peminta): Asal,
    headers: HeaderMap,
    Form(input): Form<Isian>,
) -> Result<Response, Gagal> {
    let t = Kamus::of(&headers);
    let outcome = web.app.sign_in(input.nama.trim(), &input.sandi, &peminta, now()).await;
    let pesan = match outcome {
        Ok(Some(masuk)) => return entered(&web, &headers, &masuk, &input.ke).await,
        Ok(None) => t.x("masuk-salah").to_owned(),
        Err(Galat::TidakSah(pesan)) => pesan,
        Err(other) => return Err(other.into()),
    };
    let page = Halaman { nama: input.nama.trim(), pesan: &pesan, ..page(&web, t, local(&input.ke)) };
    Ok((StatusCode::UNAUTHORIZED, Html(page.render()?)).into_response())
}

/// Hands the session to the browser, or asks for the second factor. A session that the browser had before ends.
pub(crate) async fn entered(web: &Web, headers: &HeaderMap, masuk: &Masuk, ke: &str) -> Result<Response, Gagal> {
    if masuk.perlu_kode {
        return Ok(second_factor::ask(web, &masuk.rahasia, ke));
    }
    if let Some(old) = secret(headers) {
        web.app.sign_out(old).await?;
    }
    let cookies = AppendHeaders([
        (header::SET_COOKIE, session_cookie(&masuk.rahasia, &web.pilihan)),
        (header::SET_COOKIE, second_factor::forget(web)),
    ]);
    Ok((cookies, Redirect::to(local(ke))).into_response())
}

/// Signs out.
pub(crate) async fn leave(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Gagal> {
    if let Some(secret) = secret(&headers) {
        web.app.sign_out(secret).await?;
    }
    let cookie = set_cookie(COOKIE, "", 0, &web.pilihan);
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/masuk")).into_response())
}

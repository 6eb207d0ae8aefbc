//! Choosing a password by a link that works once.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::{Galat, JenisTautan};

use crate::Web;
use crate::assets;
use crate::error::Gagal;
use crate::locale::Kamus;
use crate::session::now;

#[derive(Template)]
#[template(path = "sandi.html")]
struct Halaman<'a> {
    t: &'static Kamus,
    versi: &'a str,
    undangan: bool,
    alamat: String,
    nama: &'a str,
    pesan: &'a str,
}

#[derive(Deserialize)]
pub(crate) struct Isian {
    baru: String,
    ulang: String,
}

/// The form of an invitation.
pub(crate) async fn invitation(
    web: State<Web>,
    headers: HeaderMap,
    Path(rahasia): Path<String>,
) -> Result<Response, Gagal> {
    show(&web, &headers, JenisTautan::Undangan, &rahasia, "").await
}

/// Accepts an invitation.
pub(crate) async fn accept(
    web: State<Web>,
    headers: HeaderMap,
    Path(rahasia): Path<String>,
    Form(input): Form<Isian>,
) -> Result<Response, Gagal> {
    choose(&web, &headers, JenisTautan::Undangan, &rahasia, &input).await
}

/// The form of a new password.
pub(crate) async fn reset(web: State<Web>, headers: HeaderMap, Path(rahasia): Path<String>) -> Result<Response, Gagal> {
    show(&web, &headers, JenisTautan::Sandi, &rahasia, "").await
}

/// Sets the new password.
pub(crate) async fn renew(
    web: State<Web>,
    headers: HeaderMap,
    Path(rahasia): Path<String>,
    Form(input): Form<Isian>,
) -> Result<Response, Gagal> {
    choose(&web, &headers, JenisTautan::Sandi, &rahasia, &input).await
}

async fn show(
    web: &Web,
    headers: &HeaderMap,
    jenis: JenisTautan,
    rahasia: &str,
    pesan: &str,
) -> Result<Response, Gagal> {
    let nama = web.app.open_link(jenis, rahasia, now()).await?;
    let page = Halaman {
        t: Kamus::of(headers),
        versi: &assets::VERSION,
        undangan: jenis == JenisTautan::Undangan,
        // It has an account, so it holds nothing but letters and digits.
        alamat: match jenis {
            JenisTautan::Undangan => format!("/undangan/{rahasia}"),
            JenisTautan::Sandi => format!("/sandi/{rahasia}"),
        },
        nama: &nama,
        pesan,
    };
    let status = if pesan.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, Html(page.render()?)).into_response())
}

async fn choose(
    web: &Web,
    headers: &HeaderMap,
    jenis: JenisTautan,
    rahasia: &str,
    input: &Isian,
) -> Result<Response, Gagal> {
    let t = Kamus::of(headers);
    if input.baru != input.ulang {
        return show(web, headers, jenis, rahasia, t.x("sandi-tidak-sama")).await;
    }
    match web.app.choose_password(jenis, rahasia, &input.baru, now()).await {
        // Signing in is a step of its own, so that the second factor is asked like always.
        Ok(()) => Ok(Redirect::to("/masuk?pesan=sandi").into_response()),
        Err(Galat::TidakSah(pesan)) => show(web, headers, jenis, rahasia, &pesan).await,
        Err(other) => Err(other.into()),
    }
}

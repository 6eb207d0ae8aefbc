//! Turning on the second factor of the own account.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use tolok_app::{Galat, TawaranTotp};

use crate::Web;
use crate::client::Asal;
use crate::error::{Gagal, Jawaban};
use crate::page::Bingkai;
use crate::session::{Pengguna, now, session_cookie};

#[derive(Template)]
#[template(path = "totp.html")]
struct Halaman {
    h: Bingkai,
    tawaran: TawaranTotp,
    /// The secret in groups of four, for typing.
    dibaca: String,
    pesan: String,
}

/// The recovery codes, shown once.
#[derive(Template)]
#[template(path = "pulih.html")]
struct Pulih {
    h: Bingkai,
    kode: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Isian {
    rahasia: String,
    kode: String,
    sandi: String,
}

async fn page(web: &Web, pengguna: &Pengguna, tawaran: TawaranTotp, pesan: String) -> Result<Halaman, Gagal> {
    let chars: Vec<char> = tawaran.rahasia.chars().collect();
    let dibaca = chars.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ");
    let h = Bingkai::without_data(web, pengguna, "saya", pengguna.t.x("totp-judul")).await?;
    Ok(Halaman { h, tawaran, dibaca, pesan })
}

/// The picture to be scanned.
pub(crate) async fn form(State(web): State<Web>, pengguna: Pengguna) -> Jawaban {
    let tawaran = web.app.offer_totp(&pengguna.sesi).await?;
    Ok(Html(page(&web, &pengguna, tawaran, String::new()).await?.render()?))
}

/// Turns it on once a code shows that the picture was scanned.
pub(crate) async fn submit(
    State(web): State<Web>,
    Asal(peminta): Asal,
    pengguna: Pengguna,
    Form(input): Form<Isian>,
) -> Result<Response, Gagal> {
    let typed = (input.rahasia.as_str(), input.kode.as_str(), input.sandi.as_str());
    match web.app.enable_totp(&pengguna.sesi, typed, &peminta, now()).await {
        Ok((masuk, kode)) => {
            let h = Bingkai::without_data(&web, &pengguna, "saya", pengguna.t.x("pulih-judul")).await?;
            let cookie = session_cookie(&masuk.rahasia, &web.pilihan);
            Ok(([(header::SET_COOKIE, cookie)], Html(Pulih { h, kode }.render()?)).into_response())
        }
        Err(Galat::TidakSah(pesan)) => {
            let tawaran = web.app.repeat_totp(&pengguna.sesi, &input.rahasia).await?;
            let page = page(&web, &pengguna, tawaran, pesan).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

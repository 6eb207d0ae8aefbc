//! A forgotten password.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Html;
use serde::Deserialize;
use tolok_app::Galat;

use crate::Web;
use crate::assets;
use crate::client::Asal;
use crate::error::Jawaban;
use crate::locale::Kamus;
use crate::session::now;

#[derive(Template)]
#[template(path = "lupa.html")]
struct Halaman<'a> {
    t: &'static Kamus,
    versi: &'a str,
    /// Whether links are sent by mail; otherwise the administrator hands them over.
    bersurat: bool,
    diminta: bool,
}

#[derive(Deserialize)]
pub(crate) struct Isian {
    surel: String,
}

/// The form.
pub(crate) async fn form(State(web): State<Web>, headers: HeaderMap) -> Jawaban {
    let bersurat = web.app.sends_mail();
    let page = Halaman { t: Kamus::of(&headers), versi: &assets::VERSION, bersurat, diminta: false };
    Ok(Html(page.render()?))
}

/// Has the link sent. The answer is the same, and as quick, whether the address is known or not: the work is done after it.
pub(crate) async fn submit(
    State(web): State<Web>,
    Asal(peminta): Asal,
    headers: HeaderMap,
    Form(input): Form<Isian>,
) -> Jawaban {
    let bersurat = web.app.sends_mail();
    tokio::spawn(async move {
        match web.app.request_link(&input.surel, &peminta, now()).await {
            // Who asks too often is not told either.
            Ok(()) | Err(Galat::TidakSah(_)) => {}
            Err(galat) => tracing::error!(%galat, "tautan sandi tidak dapat dibuat"),
        }
    });
    let page = Halaman { t: Kamus::of(&headers), versi: &assets::VERSION, bersurat, diminta: true };
    Ok(Html(page.render()?))
}

//! Choosing the language.

use axum::Form;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::Web;
use crate::locale::COOKIE;
use crate::session::{local, set_cookie};

/// A choice is kept for a year.
const KEPT: u32 = 365 * 24 * 3600;

#[derive(Deserialize)]
pub(crate) struct Isian {
    bahasa: String,
    #[serde(default)]
    ke: String,
}

/// Remembers the language and goes back.
pub(crate) async fn choose(State(web): State<Web>, Form(input): Form<Isian>) -> Response {
    let language = if input.bahasa == "en" { "en" } else { "id" };
    let cookie = set_cookie(COOKIE, language, KEPT, &web.pilihan);
    ([(header::SET_COOKIE, cookie)], Redirect::to(local(&input.ke))).into_response()
}

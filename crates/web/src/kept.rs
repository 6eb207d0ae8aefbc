//! A form that arrives after its session has ended: what was typed comes back as a page that sends it again, once one has signed in.

use askama::Template;
use axum::Form;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use crate::MAX_BODY;
use crate::assets;
use crate::locale::{Kamus, cookie};
use crate::session::{COOKIE, wants_json, written_address};

/// Marks the answer to somebody whose session is over.
#[derive(Clone, Copy)]
pub(crate) struct SesiUsai;

/// Pages whose forms hold secrets, which no page gives back.
const SECRETS: [&str; 4] = ["/masuk", "/saya", "/sandi", "/undangan"];

#[derive(Template)]
#[template(path = "kirim_lagi.html")]
struct Halaman {
    t: &'static Kamus,
    versi: &'static str,
    alamat: String,
    isian: Vec<(String, String)>,
}

/// Gives a form back whose session has ended. Scripts keep what was typed themselves; a form with files cannot be given back; who never
/// had a session has typed nothing here.
pub(crate) async fn give_back(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let form = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(FORM));
    let secret = SECRETS.iter().any(|page| request.uri().path().starts_with(page));
    let had_session = cookie(headers, COOKIE).is_some_and(|secret| !secret.is_empty());
    if request.method() != Method::POST || !form || secret || !had_session || wants_json(headers) {
        return next.run(request).await;
    }
    let (t, alamat) = (Kamus::of(headers), written_address(&request));
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, MAX_BODY).await else { return StatusCode::PAYLOAD_TOO_LARGE.into_response() };
    let copy = Request::from_parts(parts.clone(), Body::from(bytes.clone()));
    let response = next.run(Request::from_parts(parts, Body::from(bytes))).await;
    if response.extensions().get::<SesiUsai>().is_none() {
        return response;
    }
    let Ok(Form(isian)) = Form::<Vec<(String, String)>>::from_request(copy, &()).await else { return response };
    match (Halaman { t, versi: &assets::VERSION, alamat, isian }).render() {
        Ok(html) => (StatusCode::UNAUTHORIZED, Html(html)).into_response(),
        Err(_) => response,
    }
}

/// How a browser sends a form without files.
const FORM: &[u8] = b"application/x-www-form-urlencoded";

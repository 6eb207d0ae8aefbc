//! Publishing a result and fetching the LHE.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use tolok_app::{BentukLhe, Format, Galat};

use super::view::page;
use super::worksheet::Permintaan;
use crate::Web;
use crate::error::Gagal;
use crate::form::{Kiriman, refusal};
use crate::page::{Dibuka, TahunQuery};
use crate::pages::report::attachment;
use crate::session::Pengguna;

/// Publishes the result with number and date of the LHE.
pub(crate) async fn publish(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(kode): Path<String>,
    Query(query): Query<Permintaan>,
    Form(form): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let tahun = opened.termuat.potret.tahun;
    let ctx = opened.pengguna.ctx.sending(form.get("kunci"));
    let done = web.app.publish_evaluation(&ctx, tahun, &kode, form.get("nomor"), form.get("tanggal")).await;
    let Some(no) = refusal(done)? else {
        return Ok(Redirect::to(&format!("{}/evaluasi/{kode}?tahun={tahun}", opened.pengguna.akar)).into_response());
    };
    let opened = opened.again(&web).await?;
    Ok((no.status, Html(page(&web, &opened, &kode, &query, Some(&form), no.pesan).await?.render()?)).into_response())
}

/// The LHE as a file: the letter (`surat`) or the long form (`lengkap`).
pub(crate) async fn download(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path((kode, bentuk, format)): Path<(String, String, String)>,
    Query(query): Query<TahunQuery>,
) -> Result<Response, Gagal> {
    let bentuk = match bentuk.as_str() {
        "surat" => BentukLhe::Surat,
        "lengkap" => BentukLhe::Lengkap,
        other => return Err(Galat::TidakDitemukan(format!("bentuk LHE {other}")).into()),
    };
    let format = Format::find(&format)?;
    let termuat = web.app.open(&pengguna.ctx, query.tahun).await?;
    let tahun = termuat.potret.tahun;
    Ok(attachment(web.app.evaluation_document(&pengguna.ctx, tahun, &kode, bentuk, format).await?))
}

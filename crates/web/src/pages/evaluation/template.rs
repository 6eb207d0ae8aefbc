//! Taking in a worksheet template of one's own.

use askama::Template;
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Query, Request, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use tolok_app::{Galat, IsiEvaluasi};
use tolok_domain::access::Hak;

use super::page;
use crate::Web;
use crate::error::Gagal;
use crate::form::refusal;
use crate::page::{Dibuka, TahunQuery};
use crate::session::Pengguna;

/// Imports the file that was sent; shows every fault with its line where it is refused.
pub(crate) async fn import(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(query): Query<TahunQuery>,
    request: Request,
) -> Result<Response, Gagal> {
    // Who may not, need not send a file to be told so.
    if !pengguna.ctx.may(Hak::Evaluasi) {
        return Err(Galat::Terlarang.into());
    }
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let tahun = opened.termuat.potret.tahun;
    let done = match receive(&web, request).await? {
        Some((nama, isi)) => web.app.import_template(&opened.pengguna.ctx, tahun, &nama, &isi).await,
        None => Err(Galat::TidakSah(opened.pengguna.t.x("lke-templat-tanpa-berkas").to_owned())),
    };
    let Some(no) = refusal(done)? else {
        return Ok(Redirect::to(&format!("{}/evaluasi?tahun={tahun}#templat", opened.pengguna.akar)).into_response());
    };
    let opened = opened.again(&web).await?;
    Ok((no.status, Html(page(&opened, "", IsiEvaluasi::default(), no.pesan).render()?)).into_response())
}

/// Name and bytes of the file; none where none was chosen.
async fn receive(web: &Web, request: Request) -> Result<Option<(String, Vec<u8>)>, Gagal> {
    let Ok(mut form) = Multipart::from_request(request, web).await else { return Ok(None) };
    while let Some(field) = form.next_field().await.map_err(refused)? {
        let name = field.file_name().unwrap_or_default().to_owned();
        if field.name() == Some("berkas") && !name.is_empty() {
            return Ok(Some((name, field.bytes().await.map_err(refused)?.to_vec())));
        }
    }
    Ok(None)
}

fn refused(error: MultipartError) -> Gagal {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Gagal::TerlaluBesar;
    }
    Galat::TidakSah("kiriman tidak terbaca; ulangi dari formulirnya".to_owned()).into()
}

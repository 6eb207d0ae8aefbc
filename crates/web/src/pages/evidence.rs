//! Evidence files.

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use tolok_app::Galat;

use crate::Web;
use crate::error::Gagal;
use crate::page::TahunQuery;
use crate::session::Pengguna;

/// Sends an evidence file for saving, never for showing: its content is the user's, not ours.
pub(crate) async fn download(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(sha256): Path<String>,
    Query(query): Query<TahunQuery>,
) -> Result<Response, Gagal> {
    let termuat = web.app.open(&pengguna.ctx, query.tahun).await?;
    let listed = termuat.potret.bukti.iter().find(|b| b.sha256 == sha256);
    let nama = listed.map(|b| b.nama.clone()).ok_or_else(|| Galat::TidakDitemukan("bukti".to_owned()))?;
    let bytes = web.app.evidence(&pengguna.ctx, &sha256).await?;
    let safe: String =
        nama.chars().map(|c| if c.is_ascii_graphic() && c != '"' && c != '\\' { c } else { '_' }).collect();
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{safe}\"")),
    ];
    Ok((headers, bytes).into_response())
}

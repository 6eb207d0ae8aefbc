//! Evidence files: for saving, and for looking at beside a figure.

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use tolok_app::{Galat, LINK};

use crate::Web;
use crate::error::Gagal;
use crate::page::TahunQuery;
use crate::security::Lampiran;
use crate::session::Pengguna;

/// A file with its name and type.
async fn file(
    web: &Web,
    pengguna: &Pengguna,
    sha256: &str,
    tahun: Option<i16>,
) -> Result<(String, String, Vec<u8>), Gagal> {
    let termuat = web.app.open(&pengguna.ctx, tahun).await?;
    let listed = termuat.potret.bukti.iter().find(|b| b.sha256 == sha256);
    let listed = listed.ok_or_else(|| Galat::TidakDitemukan("bukti".to_owned()))?;
    let bytes = web.app.evidence(&pengguna.ctx, sha256).await?;
    let keep = |c: char| if c.is_ascii_graphic() && c != '"' && c != '\\' { c } else { '_' };
    Ok((listed.nama.chars().map(keep).collect(), listed.jenis_isi.clone(), bytes))
}

/// Sends an evidence file for saving, never for showing: its content is the user's, not ours.
pub(crate) async fn download(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(sha256): Path<String>,
    Query(query): Query<TahunQuery>,
) -> Result<Response, Gagal> {
    let (nama, _, bytes) = file(&web, &pengguna, &sha256, query.tahun).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{nama}\"")),
    ];
    Ok((headers, bytes).into_response())
}

/// Shows what a browser can show without running anything of it: PDF, pictures, text, each under the policy for what people hand in
/// (`security::headers`). The rest is for saving. A link leads on
/// from a page of ours, so that nobody is carried away without seeing where to.
pub(crate) async fn look(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(sha256): Path<String>,
    Query(query): Query<TahunQuery>,
) -> Result<Response, Gagal> {
    let (nama, kind, bytes) = file(&web, &pengguna, &sha256, query.tahun).await?;
    let (kind, bytes, mark) = match kind.as_str() {
        "application/pdf" => (kind, bytes, Lampiran::Pdf),
        "image/png" | "image/jpeg" | "image/webp" => (kind, bytes, Lampiran::Isi),
        LINK => {
            let address = escape(&String::from_utf8_lossy(&bytes));
            let page = format!(
                "<!doctype html><meta charset=utf-8><title>{address}</title><p>{}: <a rel=\"noopener noreferrer\" \
                 target=\"_blank\" href=\"{address}\">{address}</a></p>",
                pengguna.t.x("bukti-tautan-ke")
            );
            ("text/html; charset=utf-8".to_owned(), page.into_bytes(), Lampiran::Tautan)
        }
        text if text.starts_with("text/") => ("text/plain; charset=utf-8".to_owned(), bytes, Lampiran::Isi),
        _ => return download(State(web), pengguna, Path(sha256), Query(query)).await,
    };
    let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, format!("inline; filename=\"{nama}\""))];
    let mut response = (headers, bytes).into_response();
    response.extensions_mut().insert(mark);
    Ok(response)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

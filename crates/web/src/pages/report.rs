//! Laporan: building, reading and downloading the LKjIP.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use tolok_app::{Berkas, Format, compose};

use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::page::{Bingkai, Dibuka, TahunQuery};
use crate::security::Dokumen;
use crate::session::Pengguna;

struct Unduhan {
    nama: &'static str,
    guna: &'static str,
    alamat: String,
}

struct Bab {
    judul: String,
    halaman_tabel: usize,
}

#[derive(Template)]
#[template(path = "laporan.html")]
struct Halaman {
    h: Bingkai,
    unduhan: Vec<Unduhan>,
    salah: Vec<String>,
    bab: Vec<Bab>,
    tabel: usize,
    gambar: usize,
}

/// Shows the page.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<TahunQuery>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let t = opened.pengguna.t;
    let h = opened.frame("laporan", t.x("nav-laporan"));
    let (mut salah, mut bab, mut tabel, mut gambar) = (Vec::new(), Vec::new(), 0, 0);
    match compose(&opened.termuat.potret) {
        Err(errors) => salah = errors.iter().map(ToString::to_string).collect(),
        Ok(naskah) => {
            use tolok_report::naskah::JenisDaftar;
            for entry in tolok_report::outline::outline(&naskah) {
                match entry.jenis {
                    JenisDaftar::Isi if entry.tingkat == 1 => {
                        bab.push(Bab { judul: entry.label(), halaman_tabel: 0 });
                    }
                    JenisDaftar::Isi => {}
                    JenisDaftar::Tabel => {
                        tabel += 1;
                        if let Some(last) = bab.last_mut() {
                            last.halaman_tabel += 1;
                        }
                    }
                    JenisDaftar::Gambar => gambar += 1,
                }
            }
        }
    }
    let download = |nama, guna, format: Format| Unduhan {
        nama,
        guna,
        alamat: format!("{}/laporan/unduh/{}{}", h.akar, format.extension(), h.tanya),
    };
    let unduhan = vec![
        download("PDF", t.x("laporan-pdf"), Format::Pdf),
        download("DOCX", t.x("laporan-docx"), Format::Docx),
        download("XLSX", t.x("laporan-xlsx"), Format::Xlsx),
    ];
    let page = Halaman { unduhan, salah, bab, tabel, gambar, h };
    Ok(Html(page.render()?))
}

/// The whole report as one page.
pub(crate) async fn read(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(query): Query<TahunQuery>,
) -> Result<Response, Gagal> {
    let termuat = web.app.open(&pengguna.ctx, query.tahun).await?;
    let file = web.app.report(&pengguna.ctx, termuat.potret.tahun, Format::Html).await?;
    let mut response = ([(header::CONTENT_TYPE, file.format.media_type())], file.isi).into_response();
    response.extensions_mut().insert(Dokumen);
    Ok(response)
}

/// The report as a file.
pub(crate) async fn download(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(format): Path<String>,
    Query(query): Query<TahunQuery>,
) -> Result<Response, Gagal> {
    let format = Format::find(&format)?;
    let termuat = web.app.open(&pengguna.ctx, query.tahun).await?;
    let file = web.app.report(&pengguna.ctx, termuat.potret.tahun, format).await?;
    Ok(attachment(file))
}

/// A document to keep.
pub(super) fn attachment(file: Berkas) -> Response {
    let headers = [
        (header::CONTENT_TYPE, file.format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.nama)),
    ];
    (headers, file.isi).into_response()
}

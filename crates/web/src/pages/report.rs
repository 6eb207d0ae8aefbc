//! Laporan: building, reading and downloading the LKjIP.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};
use tolok_app::{Berkas, DaftarTemuan, Format, Galat, Terbitkan, compose};
use tolok_domain::publication::{JenisTerbitan, Terbitan};

use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::{Kiriman, key, refusal};
use crate::page::{Bingkai, Dibuka, TahunQuery};
use crate::security::Dokumen;
use crate::session::Pengguna;
use crate::view::iso_date;

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
    terbit: Vec<TerbitTampil>,
    /// Documents that this user may publish: word and name.
    boleh_terbit: Vec<(&'static str, &'static str)>,
    /// Errors in the data that are still open.
    kesalahan: u32,
    /// The same in the words of the report.
    kesalahan_naskah: u32,
    kunci: String,
    galat: String,
}

/// Something that was published.
struct TerbitTampil {
    judul: &'static str,
    nomor: String,
    kapan: String,
    diterima: u32,
    /// Name and address of each file.
    berkas: [(&'static str, String); 3],
}

/// Shows the page.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<TahunQuery>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    Ok(Html(page(&web, &opened, String::new()).await?.render()?))
}

async fn page(web: &Web, opened: &Dibuka, galat: String) -> Result<Halaman, Gagal> {
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
    let potret = &opened.termuat.potret;
    let ctx = &opened.pengguna.ctx;
    let may = |jenis: &JenisTerbitan| ctx.may(jenis.right()) && !ctx.lampau;
    let boleh_terbit: Vec<_> = JenisTerbitan::ALL.into_iter().filter(may).map(|j| (j.as_str(), j.label())).collect();
    // Who cannot publish need not wait for the review.
    let (mut kesalahan, mut kesalahan_naskah) = (0, 0);
    if !boleh_terbit.is_empty() {
        kesalahan = DaftarTemuan::of(potret).count().kesalahan;
        kesalahan_naskah = web.app.report_findings(ctx, potret.tahun).await?.count().kesalahan;
    }
    Ok(Halaman {
        unduhan,
        salah,
        bab,
        tabel,
        gambar,
        terbit: potret.terbitan.iter().rev().map(|x| published(x, &h)).collect(),
        boleh_terbit,
        kesalahan,
        kesalahan_naskah,
        kunci: key(),
        galat,
        h,
    })
}

fn published(terbitan: &Terbitan, h: &Bingkai) -> TerbitTampil {
    let file = |nama, sha256: &str| (nama, format!("{}/bukti/{sha256}{}", h.akar, h.tanya));
    TerbitTampil {
        judul: terbitan.jenis.label(),
        nomor: terbitan.nomor.clone(),
        kapan: h.t.f2("terbit-oleh", "tanggal", iso_date(&terbitan.tanggal), "oleh", terbitan.oleh.as_str()),
        diterima: terbitan.temuan.diterima,
        berkas: [
            file("PDF", &terbitan.pdf),
            file("DOCX", &terbitan.docx),
            file(h.t.x("reviu-kertas"), &terbitan.kertas_kerja),
        ],
    }
}

/// Publishes the report, or the statement that it was reviewed.
pub(crate) async fn publish(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(query): Query<TahunQuery>,
    Form(form): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let tahun = opened.termuat.potret.tahun;
    let chosen = JenisTerbitan::ALL.into_iter().find(|j| j.as_str() == form.get("jenis"));
    let jenis = chosen.ok_or_else(|| Galat::TidakDitemukan("jenis dokumen".to_owned()))?;
    let input = Terbitkan { jenis, nomor: form.get("nomor").to_owned(), tanggal: form.get("tanggal").to_owned() };
    let ctx = opened.pengguna.ctx.sending(form.get("kunci"));
    let Some(no) = refusal(web.app.publish(&ctx, tahun, &input).await)? else {
        return Ok(Redirect::to(&format!("{}/laporan?tahun={tahun}", opened.pengguna.akar)).into_response());
    };
    let opened = opened.again(&web).await?;
    Ok((no.status, Html(page(&web, &opened, no.pesan.join("\n")).await?.render()?)).into_response())
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

//! Recording a signature with the signed file.

use askama::Template;
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Path, Query, Request, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use tolok_app::{Galat, TandaTangan, agreement_mark};
use tolok_domain::access::Hak;
use tolok_domain::agreement::CaraTandaTangan;

use super::detail::{Janji, find, promises, unit_name};
use super::may_for;
use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::{Kiriman, key, written};
use crate::page::{Bingkai, Dibuka, TahunQuery};
use crate::session::Pengguna;

#[derive(Template)]
#[template(path = "perjanjian_tandatangan.html")]
struct Halaman {
    h: Bingkai,
    kode: String,
    nama: String,
    indikator: Vec<Janji>,
    sudah: bool,
    tanggal: String,
    elektronik: bool,
    dilihat: String,
    kunci: String,
    pesan: String,
}

fn page(opened: &Dibuka, kode: &str, input: &TandaTangan, pesan: String) -> Result<Halaman, Galat> {
    let potret = &opened.termuat.potret;
    let found = find(potret, kode)?;
    Ok(Halaman {
        h: opened.frame("perjanjian", opened.pengguna.t.x("pk-tandatangan-judul")),
        kode: kode.to_owned(),
        nama: unit_name(potret, found),
        indikator: promises(potret, found),
        sudah: found.is_signed(),
        tanggal: input.tanggal.clone(),
        elektronik: input.cara == Some(CaraTandaTangan::Elektronik),
        dilihat: input.dilihat.clone(),
        kunci: key(),
        pesan,
    })
}

/// Shows the form.
pub(crate) async fn form(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(kode): Path<String>,
    Query(query): Query<TahunQuery>,
) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let potret = &opened.termuat.potret;
    if !may_for(&opened.pengguna.ctx, potret, Hak::TandaTangan, &find(potret, &kode)?.unit) {
        return Err(Galat::Terlarang.into());
    }
    let input = TandaTangan { dilihat: agreement_mark(potret, &kode), ..TandaTangan::default() };
    Ok(Html(page(&opened, &kode, &input, String::new())?.render()?))
}

/// Keeps the signed file.
pub(crate) async fn submit(
    State(web): State<Web>,
    mut pengguna: Pengguna,
    Path(kode): Path<String>,
    Query(query): Query<TahunQuery>,
    request: Request,
) -> Result<Response, Gagal> {
    // Who may not, need not send a scan to be told so.
    if !pengguna.ctx.may(Hak::TandaTangan) {
        return Err(Galat::Terlarang.into());
    }
    let parts = Multipart::from_request(request, &web).await.map_err(|_| unreadable())?;
    let tahun = web.app.open(&pengguna.ctx, query.tahun).await?.potret.tahun;
    let (sent, mut input) = read(parts).await?;
    let ctx = pengguna.ctx.sending(sent.get("kunci"));
    let (status, pesan) = match written(web.app.sign_agreement(&ctx, tahun, &kode, &input).await) {
        Ok(()) => {
            let address = format!("{}/perjanjian/{kode}?tahun={tahun}", pengguna.akar);
            return Ok(Redirect::to(&address).into_response());
        }
        Err(Galat::TidakSah(pesan)) => (StatusCode::UNPROCESSABLE_ENTITY, pesan),
        Err(Galat::Bentrok) => (StatusCode::CONFLICT, pengguna.t.x("pk-bentrok-tanda-tangan").to_owned()),
        Err(other) => return Err(other.into()),
    };
    pengguna.ctx = pengguna.ctx.fresh();
    let opened = Dibuka::new(&web, pengguna, Some(tahun)).await?;
    if status == StatusCode::CONFLICT {
        input.dilihat = agreement_mark(&opened.termuat.potret, &kode);
    }
    Ok((status, Html(page(&opened, &kode, &input, pesan)?.render()?)).into_response())
}

/// Fields and file of the form.
async fn read(mut parts: Multipart) -> Result<(Kiriman, TandaTangan), Gagal> {
    let mut sent = Kiriman::default();
    let mut input = TandaTangan::default();
    while let Some(field) = parts.next_field().await.map_err(refused)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "berkas" {
            input.nama = field.file_name().unwrap_or_default().to_owned();
            input.isi = field.bytes().await.map_err(refused)?.to_vec();
        } else {
            sent.push(name, field.text().await.map_err(refused)?);
        }
    }
    input.tanggal = sent.get("tanggal").to_owned();
    input.cara = CaraTandaTangan::ALL.into_iter().find(|c| c.as_str() == sent.get("cara"));
    input.dilihat = sent.get("dilihat").to_owned();
    Ok((sent, input))
}

fn refused(error: MultipartError) -> Gagal {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Gagal::TerlaluBesar;
    }
    unreadable().into()
}

fn unreadable() -> Galat {
    Galat::TidakSah("kiriman tidak terbaca; ulangi dari formulirnya".to_owned())
}

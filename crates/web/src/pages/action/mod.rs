//! Rencana Aksi: targets by period, the steps towards them, the cash plan; and all of it as a document.

pub(crate) mod cash;
mod cell;
pub(crate) mod steps;
pub(crate) mod targets;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::{Format, Galat, Hasil, HasilSel, SelDitolak};
use tolok_domain::action::Kecocokan;

use crate::Web;
use crate::error::Gagal;
use crate::locale::Kamus;
use crate::page::{Dibuka, TahunQuery};
use crate::pages::report::attachment;
use crate::session::Pengguna;
use crate::view::Lencana;
use cell::Terkirim;

/// What an address of the grids asks for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Mana {
    tahun: Option<i16>,
    /// Fill empty cells with a proposal: "rata" divides the year, "lalu" takes last year's.
    #[serde(default)]
    usul: String,
    /// "bulan" shows the cash plan by month.
    #[serde(default)]
    rinci: String,
    /// What has just been done.
    #[serde(default)]
    tersimpan: String,
}

/// The document as a file.
pub(crate) async fn download(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(format): Path<String>,
    Query(query): Query<TahunQuery>,
) -> Result<Response, Gagal> {
    let format = Format::find(&format)?;
    let termuat = web.app.open(&pengguna.ctx, query.tahun).await?;
    let file = web.app.action_plan(&pengguna.ctx, termuat.potret.tahun, format).await?;
    Ok(attachment(file))
}

/// How parts compare with the whole, as a badge.
fn badge(hasil: Kecocokan, t: &Kamus) -> Lencana {
    let (kelas, teks) = match hasil {
        Kecocokan::Sama => ("ver", t.x("aksi-sama").to_owned()),
        Kecocokan::Beda(_) if hasil.is_over() => ("salah", t.x("aksi-lebih").to_owned()),
        Kecocokan::Beda(Some(_)) => ("salah", t.x("aksi-kurang").to_owned()),
        Kecocokan::Beda(None) => ("salah", t.x("aksi-beda").to_owned()),
        Kecocokan::BelumLengkap(c) if c.ada == 0 => ("kosong", t.x("aksi-belum").to_owned()),
        Kecocokan::BelumLengkap(c) => ("kem", t.f2("x-dari-y", "ada", c.ada, "dari", c.dari)),
        Kecocokan::TanpaAcuan => ("kosong", t.x("aksi-tanpa-acuan").to_owned()),
    };
    Lencana { kelas, teks }
}

/// A grid that was refused.
struct Ditolak<'a> {
    sent: &'a Terkirim,
    sel: Vec<SelDitolak>,
    pesan: Vec<String>,
}

/// Leads on when a grid is written, or shows it again with what was typed and what is wrong.
async fn answer(
    result: Hasil<HasilSel>,
    web: &Web,
    mut pengguna: Pengguna,
    tahun: i16,
    sent: &Terkirim,
    to: &str,
    show: impl Fn(&Dibuka, &Ditolak<'_>) -> Result<String, Gagal>,
) -> Result<Response, Gagal> {
    let conflict = |c: &SelDitolak| c.bentrok;
    let (status, sel, pesan) = match result {
        Ok(HasilSel::Tersimpan(_)) | Err(Galat::SudahTersimpan(_)) => return Ok(Redirect::to(to).into_response()),
        Ok(HasilSel::Ditolak(sel)) if sel.iter().any(conflict) => (StatusCode::CONFLICT, sel, Vec::new()),
        Ok(HasilSel::Ditolak(sel)) => (StatusCode::UNPROCESSABLE_ENTITY, sel, Vec::new()),
        Err(galat @ Galat::Bentrok) => (StatusCode::CONFLICT, Vec::new(), vec![galat.to_string()]),
        Err(Galat::TidakSah(pesan)) => {
            let lines = pesan.lines().map(str::to_owned).collect();
            (StatusCode::UNPROCESSABLE_ENTITY, Vec::new(), lines)
        }
        Err(other) => return Err(other.into()),
    };
    // What is shown now must be what is stored now.
    pengguna.ctx = pengguna.ctx.fresh();
    let opened = Dibuka::new(web, pengguna, Some(tahun)).await?;
    let page = show(&opened, &Ditolak { sent, sel, pesan })?;
    Ok((status, Html(page)).into_response())
}

//! Perjanjian Kinerja: the board, an agreement, its content, changes and signature.

pub(crate) mod board;
pub(crate) mod detail;
pub(crate) mod edit;
pub(crate) mod revision;
pub(crate) mod sign;

use tolok_app::{Ctx, Format, Galat, Perjanjian};
use tolok_domain::Potret;
use tolok_domain::access::Hak;
use tolok_domain::agreement::{KeadaanPerjanjian, Pejabat, StatusPerjanjian};

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use tolok_app::FORMS;

use crate::Web;
use crate::error::Gagal;
use crate::locale::Kamus;
use crate::page::TahunQuery;
use crate::session::Pengguna;
use crate::view::{Lencana, long_date};

/// Whether the user may do something for a unit, now and not in the past.
pub(super) fn may_for(ctx: &Ctx, potret: &Potret, hak: Hak, unit: &str) -> bool {
    !ctx.lampau && ctx.scope(hak).covers(potret.upwards(Some(unit)))
}

/// The day that a page is read as of: today, or the past day whose data are shown.
pub(super) fn today(pengguna: &Pengguna) -> Date {
    pengguna.per.unwrap_or_else(|| tolok_app::day(pengguna.ctx.waktu))
}

/// An ISO date as a reader sees it; empty for none.
pub(super) fn shown_day(text: &str) -> String {
    text.parse().map_or_else(|_| text.to_owned(), long_date)
}

/// Name of an official with his status; empty when no name is recorded.
pub(super) fn shown_name(pejabat: Option<&Pejabat>) -> String {
    let named = pejabat.filter(|p| !p.nama.is_empty());
    named.map_or_else(String::new, |p| format!("{}{}", p.status.prefix(), p.nama))
}

/// How far an agreement has come, in words and colour.
pub(super) fn badge(status: &StatusPerjanjian<'_>, t: &Kamus) -> Lencana {
    let (kelas, key) = match status.keadaan {
        _ if status.is_open() && status.terlambat.is_some() => ("salah", "pk-terlambat"),
        KeadaanPerjanjian::TidakPerlu => ("kosong", "pk-tidak-perlu"),
        KeadaanPerjanjian::BelumDibuat => ("kem", "pk-belum-dibuat"),
        KeadaanPerjanjian::BelumDitandatangani => ("aju", "pk-belum-ditandatangani"),
        KeadaanPerjanjian::Ditandatangani => ("ver", "pk-ditandatangani"),
    };
    Lencana { kelas, teks: t.x(key).to_owned() }
}

/// What the badge leaves out: what is missing of a late one, and by how much it is or was late.
pub(super) fn lateness(status: &StatusPerjanjian<'_>, t: &Kamus) -> String {
    let Some(days) = status.terlambat else { return String::new() };
    let days = t.f("pk-terlambat-hari", "n", days);
    match status.keadaan {
        KeadaanPerjanjian::BelumDibuat => format!("{}, {days}", t.x("pk-belum-dibuat").to_lowercase()),
        KeadaanPerjanjian::BelumDitandatangani => {
            format!("{}, {days}", t.x("pk-belum-ditandatangani").to_lowercase())
        }
        _ => days,
    }
}

/// All agreements as one file.
pub(crate) async fn download_all(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(format): Path<String>,
    Query(query): Query<TahunQuery>,
) -> Result<Response, Gagal> {
    send(&web, &pengguna, query.tahun, Perjanjian::Semua, &format).await
}

/// One agreement as a file.
pub(crate) async fn download(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path((kode, format)): Path<(String, String)>,
    Query(query): Query<TahunQuery>,
) -> Result<Response, Gagal> {
    send(&web, &pengguna, query.tahun, Perjanjian::Kode(&kode), &format).await
}

async fn send(
    web: &Web,
    pengguna: &Pengguna,
    tahun: Option<i16>,
    which: Perjanjian<'_>,
    format: &str,
) -> Result<Response, Gagal> {
    let known = |f: &Format| f.extension() == format;
    let format = FORMS.into_iter().find(known).ok_or_else(|| Galat::TidakDitemukan(format!("format {format}")))?;
    let termuat = web.app.open(&pengguna.ctx, tahun).await?;
    let file = web.app.agreement_document(&pengguna.ctx, termuat.potret.tahun, which, format).await?;
    let headers = [
        (header::CONTENT_TYPE, file.format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.nama)),
    ];
    Ok((headers, file.isi).into_response())
}

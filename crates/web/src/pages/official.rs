//! Officials: who heads which unit when.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::{Galat, official_mark};
use tolok_domain::Potret;
use tolok_domain::access::Hak;
use tolok_domain::agreement::{Pejabat, StatusPejabat};

use super::agreement::{may_for, shown_day};
use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::{Kiriman, key, written};
use crate::locale::Kamus;
use crate::page::{Bingkai, Dibuka};
use crate::session::Pengguna;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Mana {
    tahun: Option<i16>,
    /// Mark of the official that is to be changed; none for a new one.
    #[serde(default)]
    ubah: String,
    /// The unit that a new one heads.
    #[serde(default)]
    unit: String,
}

struct Baris {
    unit: String,
    jabatan: String,
    nama: String,
    nip: String,
    pangkat: String,
    status: String,
    mulai: String,
    sampai: String,
    /// Mark for changing it; empty where the user may not.
    tanda: String,
}

struct Pilihan {
    kode: String,
    nama: String,
    dipilih: bool,
}

#[derive(Template)]
#[template(path = "pejabat.html")]
struct Halaman {
    h: Bingkai,
    baris: Vec<Baris>,
    /// Names of units without an official.
    kosong: Vec<String>,
    boleh_ubah: bool,
    unit: Vec<Pilihan>,
    status: Vec<Pilihan>,
    isi: Pejabat,
    dilihat: String,
    kunci: String,
    pesan: String,
}

fn status_key(status: StatusPejabat) -> &'static str {
    match status {
        StatusPejabat::Definitif => "pejabat-definitif",
        StatusPejabat::Plt => "pejabat-plt",
        StatusPejabat::Plh => "pejabat-plh",
    }
}

fn page(opened: &Dibuka, isi: Pejabat, dilihat: String, pesan: String) -> Halaman {
    let (t, potret, ctx) = (opened.pengguna.t, &opened.termuat.potret, &opened.pengguna.ctx);
    let may = |unit: &str| may_for(ctx, potret, Hak::UbahRencana, unit);
    let units: Vec<&tolok_domain::Unit> = potret.unit.iter().filter(|u| may(&u.kode)).collect();
    let has = |unit: &str| potret.pejabat.iter().any(|p| p.unit == unit);
    Halaman {
        h: opened.frame("perjanjian", t.x("pejabat-judul")),
        baris: potret.pejabat.iter().map(|p| line(potret, p, may(&p.unit), t)).collect(),
        kosong: potret.unit.iter().filter(|u| !has(&u.kode)).map(|u| u.nama.clone()).collect(),
        boleh_ubah: !units.is_empty(),
        unit: units
            .into_iter()
            .map(|u| Pilihan { kode: u.kode.clone(), nama: u.nama.clone(), dipilih: u.kode == isi.unit })
            .collect(),
        status: StatusPejabat::ALL
            .into_iter()
            .map(|s| Pilihan {
                kode: s.as_str().to_owned(),
                nama: t.x(status_key(s)).to_owned(),
                dipilih: s == isi.status,
            })
            .collect(),
        isi,
        dilihat,
        kunci: key(),
        pesan,
    }
}

fn line(potret: &Potret, p: &Pejabat, may: bool, t: &Kamus) -> Baris {
    let unit = potret.unit(&p.unit);
    Baris {
        unit: unit.map_or_else(|| p.unit.clone(), |u| u.nama.clone()),
        jabatan: unit.map(|u| u.pejabat.clone()).unwrap_or_default(),
        nama: p.nama.clone(),
        nip: or_dash(&p.nip),
        pangkat: or_dash(&p.pangkat),
        status: t.x(status_key(p.status)).to_owned(),
        mulai: shown_day(&p.mulai),
        sampai: shown_day(&p.sampai),
        tanda: if may { official_mark(p) } else { String::new() },
    }
}

/// A dash for what need not be recorded.
fn or_dash(text: &str) -> String {
    if text.is_empty() { "–".to_owned() } else { text.to_owned() }
}

fn nobody() -> Pejabat {
    let empty = String::new;
    Pejabat {
        unit: empty(),
        mulai: empty(),
        sampai: empty(),
        nama: empty(),
        nip: empty(),
        pangkat: empty(),
        status: StatusPejabat::default(),
    }
}

/// Shows the list with a form for a new one, or for the one that is to be changed.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna, Query(mana): Query<Mana>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, mana.tahun).await?;
    let wanted = opened.termuat.potret.pejabat.iter().find(|p| official_mark(p) == mana.ubah).cloned();
    let dilihat = if wanted.is_some() { mana.ubah } else { String::new() };
    let isi = wanted.unwrap_or_else(|| Pejabat { unit: mana.unit, ..nobody() });
    Ok(Html(page(&opened, isi, dilihat, String::new()).render()?))
}

/// Writes an official, or takes him away.
pub(crate) async fn submit(
    State(web): State<Web>,
    mut pengguna: Pengguna,
    Query(mana): Query<Mana>,
    Form(sent): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let tahun = web.app.open(&pengguna.ctx, mana.tahun).await?.potret.tahun;
    let ctx = pengguna.ctx.sending(sent.get("kunci"));
    let text = |name: &str| sent.get(name).to_owned();
    let isi = Pejabat {
        unit: text("unit"),
        mulai: text("mulai"),
        sampai: text("sampai"),
        nama: text("nama"),
        nip: text("nip"),
        pangkat: text("pangkat"),
        status: StatusPejabat::ALL.into_iter().find(|s| s.as_str() == sent.get("status")).unwrap_or_default(),
    };
    let dilihat = Some(sent.get("dilihat")).filter(|mark| !mark.is_empty());
    let result = match (dilihat, sent.get("hapus")) {
        (Some(mark), "ya") => web.app.delete_official(&ctx, tahun, mark).await,
        _ => web.app.save_official(&ctx, tahun, dilihat, &isi).await,
    };
    let (status, pesan) = match written(result) {
        Ok(()) => return Ok(Redirect::to(&format!("{}/pejabat?tahun={tahun}", pengguna.akar)).into_response()),
        Err(Galat::TidakSah(pesan)) => (StatusCode::UNPROCESSABLE_ENTITY, pesan),
        Err(Galat::Bentrok) => (StatusCode::CONFLICT, pengguna.t.x("pejabat-bentrok").to_owned()),
        Err(other) => return Err(other.into()),
    };
    let dilihat = if status == StatusCode::CONFLICT { String::new() } else { sent.get("dilihat").to_owned() };
    pengguna.ctx = pengguna.ctx.fresh();
    let opened = Dibuka::new(&web, pengguna, Some(tahun)).await?;
    Ok((status, Html(page(&opened, isi, dilihat, pesan).render()?)).into_response())
}

//! The organisation: the list of units, and one of them.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::Galat;
use tolok_domain::plan::is_below;
use tolok_domain::sheet::Rekam;
use tolok_domain::{Potret, Unit};

use super::address;
use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::{Formulir, Kiriman, Penolakan, Pilihan, refusal};
use crate::page::{Bingkai, Dibuka, TahunQuery};
use crate::session::Pengguna;
use crate::view::iso_date;

struct Baris {
    kode: String,
    nama: String,
    jenis: String,
    pejabat: String,
    /// CSS class of its depth, "d0" to "d4".
    dalam: String,
    simpul: usize,
    indikator: usize,
    berakhir: String,
}

#[derive(Template)]
#[template(path = "rencana/unit_daftar.html")]
struct Daftar {
    h: Bingkai,
    tab: &'static str,
    baris: Vec<Baris>,
}

/// Deepest level that is set off from the one above it.
const DEEPEST: usize = 4;

/// Shows the list.
pub(crate) async fn list(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<TahunQuery>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let h = opened.frame("rencana", opened.pengguna.t.x("unit-judul"));
    let potret = &opened.termuat.potret;
    let count = |codes: &mut dyn Iterator<Item = Option<&str>>| {
        let mut counts: HashMap<String, usize> = HashMap::new();
        codes.flatten().for_each(|kode| *counts.entry(kode.to_owned()).or_default() += 1);
        counts
    };
    let nodes = count(&mut potret.simpul.iter().map(|s| s.unit.as_deref()));
    let indicators = count(&mut potret.indikator.iter().map(|i| i.unit.as_deref()));
    let row = |u: &Unit| Baris {
        kode: u.kode.clone(),
        nama: u.nama.clone(),
        jenis: u.jenis.clone(),
        pejabat: u.pejabat.clone(),
        dalam: format!("d{}", potret.upwards(u.induk.as_deref()).take(DEEPEST).count()),
        simpul: nodes.get(&u.kode).copied().unwrap_or_default(),
        indikator: indicators.get(&u.kode).copied().unwrap_or_default(),
        berakhir: iso_date(&u.berakhir),
    };
    Ok(Html(Daftar { tab: "unit", baris: potret.unit.iter().map(row).collect(), h }.render()?))
}

/// What a new unit is asked for with.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Baru {
    tahun: Option<i16>,
    #[serde(default)]
    induk: String,
}

#[derive(Template)]
#[template(path = "rencana/unit.html")]
struct Halaman {
    h: Bingkai,
    tab: &'static str,
    f: Formulir,
    /// Code of the unit; empty for one that is not there yet.
    kode: String,
    nama: String,
    pilihan_induk: Vec<Pilihan>,
    pilihan_penerus: Vec<Pilihan>,
    jenis: Vec<String>,
    alamat: String,
    kembali: String,
}

fn page(opened: &Dibuka, f: Formulir, kode: &str, penerus: &str) -> Halaman {
    let potret = &opened.termuat.potret;
    let t = opened.pengguna.t;
    let unit = potret.unit(kode);
    let h = opened.frame("rencana", if unit.is_some() { t.x("unit-ubah") } else { t.x("unit-baru") });
    let outside = |u: &&Unit| unit.is_none() || !is_below(&potret.unit, &u.kode, kode);
    let exists = |u: &&Unit| u.berakhir.is_empty();
    let offer = |u: &Unit, chosen: &str| Pilihan::new(&u.kode, format!("{} {}", u.kode, u.nama), u.kode == chosen);
    let parents = potret.unit.iter().filter(outside).filter(|u| exists(u) || u.kode == f.x("induk"));
    Halaman {
        tab: "unit",
        pilihan_induk: parents.map(|u| offer(u, f.x("induk"))).collect(),
        pilihan_penerus: potret.unit.iter().filter(outside).filter(exists).map(|u| offer(u, penerus)).collect(),
        jenis: kinds(potret),
        alamat: address(&h, &format!("unit/{}", if unit.is_some() { kode } else { "baru" }), ""),
        kembali: format!("{}/unit{}", h.akar, h.ekor),
        kode: unit.map_or_else(String::new, |u| u.kode.clone()),
        nama: unit.map_or_else(String::new, |u| u.nama.clone()),
        f,
        h,
    }
}

/// Kinds of units that the office has, each once.
fn kinds(potret: &Potret) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for unit in potret.unit.iter().filter(|u| !u.jenis.is_empty()) {
        if !found.contains(&unit.jenis) {
            found.push(unit.jenis.clone());
        }
    }
    found
}

/// The form of a new unit.
pub(crate) async fn new(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<Baru>) -> Jawaban {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let mut f = Formulir::empty(&opened, Unit::LEMBAR);
    f.set("induk", &query.induk);
    Ok(Html(page(&opened, f, "", "").render()?))
}

/// The form of a unit that is there.
pub(crate) async fn show(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(kode): Path<String>,
    Query(query): Query<TahunQuery>,
) -> Jawaban {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let found = opened.termuat.potret.unit(&kode);
    let f = Formulir::of(&opened, found.ok_or_else(|| Galat::TidakDitemukan(format!("unit {kode}")))?);
    Ok(Html(page(&opened, f, &kode, "").render()?))
}

/// Adds a unit.
pub(crate) async fn add(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(query): Query<TahunQuery>,
    Form(sent): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let ctx = opened.pengguna.ctx.sending(sent.get("kunci"));
    let result = web.app.add_unit(&ctx, sent.seen(opened.termuat.potret.tahun), &sent.row(Unit::LEMBAR)).await;
    match refusal(result)? {
        None => Ok(Redirect::to(&address(&opened.frame("rencana", ""), "unit", "")).into_response()),
        Some(no) => refused(opened.again(&web).await?, "", &sent, &no),
    }
}

/// Changes, moves, ends or removes a unit.
pub(crate) async fn submit(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(kode): Path<String>,
    Query(query): Query<TahunQuery>,
    Form(sent): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let ctx = opened.pengguna.ctx.sending(sent.get("kunci"));
    let seen = sent.seen(opened.termuat.potret.tahun);
    let result = match sent.get("tindakan") {
        "naik" => web.app.move_unit(&ctx, seen, &kode, true).await,
        "turun" => web.app.move_unit(&ctx, seen, &kode, false).await,
        "akhiri" => web.app.retire_unit(&ctx, seen, &kode, sent.get("berakhir"), sent.optional("penerus")).await,
        "hapus" => web.app.remove_unit(&ctx, seen, &kode).await,
        _ => web.app.change_unit(&ctx, seen, &kode, &sent.row(Unit::LEMBAR)).await,
    };
    match refusal(result)? {
        None => Ok(Redirect::to(&address(&opened.frame("rencana", ""), "unit", "")).into_response()),
        Some(no) => refused(opened.again(&web).await?, &kode, &sent, &no),
    }
}

fn refused(opened: Dibuka, kode: &str, sent: &Kiriman, no: &Penolakan) -> Result<Response, Gagal> {
    let stored = opened.termuat.potret.unit(kode).map(Rekam::cells);
    let mut f = Formulir::again(&opened, Unit::LEMBAR, sent, Some(no), stored);
    if sent.get("tindakan") == "akhiri" {
        f.set("berakhir", sent.get("berakhir"));
    }
    Ok((no.status, Html(page(&opened, f, kode, sent.get("penerus")).render()?)).into_response())
}

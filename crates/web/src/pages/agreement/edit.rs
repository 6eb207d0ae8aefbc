//! Changing what an unsigned agreement holds.

use std::collections::HashSet;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use tolok_app::{Galat, UbahPerjanjian, agreement_mark};
use tolok_domain::access::Hak;
use tolok_domain::agreement::JenisIsi;
use tolok_domain::measure::Rencana;
use tolok_domain::number::write_amount;
use tolok_domain::{JenisSimpul, Potret, Simpul};

use super::detail::{find, unit_name};
use super::may_for;
use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::{Kiriman, key, written};
use crate::locale::Kamus;
use crate::page::{Bingkai, Dibuka, TahunQuery};
use crate::session::Pengguna;

/// Something that can be promised.
struct Pilihan {
    kode: String,
    nama: String,
    rincian: String,
    dicentang: bool,
}

/// A programme with what it has to offer.
struct Kelompok {
    judul: String,
    indikator: Vec<Pilihan>,
    simpul: Vec<Pilihan>,
    terbuka: bool,
}

#[derive(Template)]
#[template(path = "perjanjian_ubah.html")]
struct Halaman {
    h: Bingkai,
    kode: String,
    nama: String,
    tanggal: String,
    kelompok: Vec<Kelompok>,
    segarkan: bool,
    dilihat: String,
    kunci: String,
    pesan: String,
}

/// The form as it is filled in.
fn page(opened: &Dibuka, kode: &str, input: &UbahPerjanjian, pesan: String) -> Result<Halaman, Galat> {
    let potret = &opened.termuat.potret;
    let t = opened.pengguna.t;
    Ok(Halaman {
        h: opened.frame("perjanjian", t.x("pk-ubah-judul")),
        kode: kode.to_owned(),
        nama: unit_name(potret, find(potret, kode)?),
        tanggal: input.tanggal.clone(),
        kelompok: groups(potret, input, t),
        segarkan: input.segarkan,
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
    let found = find(potret, &kode)?;
    if !may_for(&opened.pengguna.ctx, potret, Hak::UbahRencana, &found.unit) {
        return Err(Galat::Terlarang.into());
    }
    let held = |jenis| potret.agreed(&kode, jenis).map(str::to_owned).collect();
    let input = UbahPerjanjian {
        tanggal: found.tanggal.clone(),
        indikator: held(JenisIsi::Indikator),
        simpul: held(JenisIsi::Simpul),
        segarkan: false,
        dilihat: agreement_mark(potret, &kode),
    };
    Ok(Html(page(&opened, &kode, &input, String::new())?.render()?))
}

/// Writes the change, or takes the agreement away.
pub(crate) async fn submit(
    State(web): State<Web>,
    mut pengguna: Pengguna,
    Path(kode): Path<String>,
    Query(query): Query<TahunQuery>,
    Form(sent): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let tahun = web.app.open(&pengguna.ctx, query.tahun).await?.potret.tahun;
    let ctx = pengguna.ctx.sending(sent.get("kunci"));
    let mut input = UbahPerjanjian {
        tanggal: sent.get("tanggal").to_owned(),
        indikator: sent.all("indikator"),
        simpul: sent.all("simpul"),
        segarkan: !sent.get("segarkan").is_empty(),
        dilihat: sent.get("dilihat").to_owned(),
    };
    let remove = !sent.get("hapus").is_empty();
    let result = if remove {
        web.app.delete_agreement(&ctx, tahun, &kode, &input.dilihat).await
    } else {
        web.app.change_agreement(&ctx, tahun, &kode, &input).await
    };
    let (status, pesan) = match written(result) {
        Ok(()) => {
            let place = if remove { String::new() } else { format!("/{kode}") };
            let address = format!("{}/perjanjian{place}?tahun={tahun}", pengguna.akar);
            return Ok(Redirect::to(&address).into_response());
        }
        Err(Galat::TidakSah(pesan)) => (StatusCode::UNPROCESSABLE_ENTITY, pesan),
        Err(Galat::Bentrok) => (StatusCode::CONFLICT, pengguna.t.x("pk-bentrok").to_owned()),
        Err(other) => return Err(other.into()),
    };
    pengguna.ctx = pengguna.ctx.fresh();
    let opened = Dibuka::new(&web, pengguna, Some(tahun)).await?;
    if status == StatusCode::CONFLICT {
        // Saving once more is a decision on what is there now.
        input.dilihat = agreement_mark(&opened.termuat.potret, &kode);
    }
    Ok((status, Html(page(&opened, &kode, &input, pesan)?.render()?)).into_response())
}

/// What can be promised, by programme; goals and targets first.
fn groups(potret: &Potret, input: &UbahPerjanjian, t: &Kamus) -> Vec<Kelompok> {
    let rencana = Rencana::new(potret);
    let chosen: HashSet<&str> = input.indikator.iter().chain(&input.simpul).map(String::as_str).collect();
    let mut groups: Vec<(Option<&str>, Kelompok)> = Vec::new();
    for node in &potret.simpul {
        let program = program_of(potret, node);
        let mut found = Kelompok { judul: String::new(), indikator: Vec::new(), simpul: Vec::new(), terbuka: false };
        for i in potret.indicators_of(&node.kode) {
            let target = rencana.target(&i.kode).map(|(nilai, _)| format!("{nilai} {}", i.satuan));
            let dicentang = chosen.contains(i.kode.as_str());
            if dicentang || target.is_some() {
                let rincian = target.unwrap_or_default();
                found.indikator.push(Pilihan { kode: i.kode.clone(), nama: i.nama.clone(), rincian, dicentang });
            }
        }
        let dicentang = chosen.contains(node.kode.as_str());
        let pagu = rencana.ceiling(&node.kode).filter(|_| node.jenis >= JenisSimpul::Program);
        if dicentang || pagu.is_some() {
            let amount = pagu.map(|r| format!(", Rp{}", write_amount(r))).unwrap_or_default();
            let rincian = format!("{}{amount}", node.jenis.label());
            found.simpul.push(Pilihan { kode: node.kode.clone(), nama: node.calm_name(), rincian, dicentang });
        }
        let key = program.map(|p| p.kode.as_str());
        let at = groups.iter().position(|(known, _)| *known == key);
        match at.and_then(|at| groups.get_mut(at)) {
            Some((_, group)) => {
                group.indikator.append(&mut found.indikator);
                group.simpul.append(&mut found.simpul);
            }
            None => {
                let judul = program.map_or_else(|| t.x("pk-tujuan-sasaran").to_owned(), Simpul::calm_name);
                groups.push((key, Kelompok { judul, ..found }));
            }
        }
    }
    let mut groups: Vec<Kelompok> = groups.into_iter().map(|(_, group)| group).collect();
    groups.retain(|g| !g.indikator.is_empty() || !g.simpul.is_empty());
    for group in &mut groups {
        group.terbuka = group.indikator.iter().chain(&group.simpul).any(|p| p.dicentang);
    }
    groups
}

/// The programme that a node belongs to.
fn program_of<'a>(potret: &'a Potret, node: &'a Simpul) -> Option<&'a Simpul> {
    std::iter::successors(Some(node), |s| potret.node(s.induk.as_deref()?)).find(|s| s.jenis == JenisSimpul::Program)
}

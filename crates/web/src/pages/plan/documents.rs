//! The list of document versions, and a new one.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use tolok_domain::document::document_of;
use tolok_domain::sheet::Rekam;
use tolok_domain::{Dokumen, JenisAngka, JenisDokumen, Potret};

use super::address;
use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::{Formulir, Kiriman, Pilihan, refusal};
use crate::page::{Bingkai, Dibuka, TahunQuery};
use crate::session::Pengguna;
use crate::view::iso_date;

pub(super) struct Baris {
    pub kode: String,
    pub judul: String,
    pub jenis: &'static str,
    pub versi: String,
    pub nomor: String,
    pub tanggal: String,
    /// How many targets and ceilings it sets.
    pub target: usize,
    pub pagu: usize,
    /// Whether it is the latest of its kind.
    pub terakhir: bool,
    pub tanpa_keputusan: bool,
}

#[derive(Template)]
#[template(path = "rencana/dokumen_daftar.html")]
struct Daftar {
    h: Bingkai,
    tab: &'static str,
    baris: Vec<Baris>,
    lampau: Vec<Baris>,
}

/// Shows the list.
pub(crate) async fn list(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<TahunQuery>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let h = opened.frame("rencana", opened.pengguna.t.x("dokumen-judul"));
    let potret = &opened.termuat.potret;
    let counts = counts(potret);
    let row = |d: &Dokumen| row(potret, d, &counts);
    let current = JenisDokumen::ALL.into_iter().flat_map(|jenis| potret.versions(jenis)).map(row).collect();
    let lampau = potret.dokumen.iter().filter(|d| potret.is_past(d)).map(row).collect();
    Ok(Html(Daftar { tab: "dokumen", baris: current, lampau, h }.render()?))
}

/// Targets and ceilings by document.
fn counts(potret: &Potret) -> HashMap<&str, (usize, usize)> {
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
    for angka in &potret.angka {
        let Some(kode) = document_of(angka) else { continue };
        let (targets, ceilings) = counts.entry(kode).or_default();
        match angka.jenis {
            JenisAngka::Pagu { .. } => *ceilings += 1,
            _ => *targets += 1,
        }
    }
    counts
}

fn row(potret: &Potret, d: &Dokumen, counts: &HashMap<&str, (usize, usize)>) -> Baris {
    let (target, pagu) = counts.get(d.kode.as_str()).copied().unwrap_or_default();
    Baris {
        kode: d.kode.clone(),
        judul: d.judul.clone(),
        jenis: d.jenis.label(),
        versi: d.version_label(),
        nomor: d.nomor.clone(),
        tanggal: iso_date(&d.tanggal),
        target,
        pagu,
        terakhir: potret.versions(d.jenis).last().is_some_and(|last| last.kode == d.kode),
        tanpa_keputusan: d.lacks_decree(),
    }
}

#[derive(Template)]
#[template(path = "rencana/dokumen_baru.html")]
struct Baru {
    h: Bingkai,
    tab: &'static str,
    f: Formulir,
    pilihan_jenis: Vec<Pilihan>,
    alamat: String,
}

fn page(opened: &Dibuka, f: Formulir) -> Baru {
    let h = opened.frame("rencana", opened.pengguna.t.x("dokumen-baru"));
    let kinds = JenisDokumen::ALL.iter();
    Baru {
        tab: "dokumen",
        pilihan_jenis: kinds.map(|j| Pilihan::new(j.as_str(), j.label(), j.as_str() == f.x("jenis"))).collect(),
        alamat: address(&h, "dokumen/baru", ""),
        f,
        h,
    }
}

/// The form of a new document: of the first kind that the year has none of.
pub(crate) async fn new(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<TahunQuery>) -> Jawaban {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let potret = &opened.termuat.potret;
    let missing = JenisDokumen::ALL.into_iter().find(|jenis| potret.versions(*jenis).is_empty());
    let jenis = missing.unwrap_or(JenisDokumen::Dpa);
    let mut f = Formulir::empty(&opened, Dokumen::LEMBAR);
    f.set("jenis", jenis.as_str());
    f.set("versi", "0");
    f.set("kode", &potret.free_code(&format!("{}-{}", jenis.as_str().replace('_', "-"), potret.tahun)));
    f.set("judul", &format!("{} {}", jenis.label(), potret.tahun));
    Ok(Html(page(&opened, f).render()?))
}

/// Adds a document.
pub(crate) async fn add(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(query): Query<TahunQuery>,
    Form(sent): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let ctx = opened.pengguna.ctx.sending(sent.get("kunci"));
    let result = web.app.add_document(&ctx, sent.seen(opened.termuat.potret.tahun), &sent.row(Dokumen::LEMBAR)).await;
    let Some(no) = refusal(result)? else {
        let to = address(&opened.frame("rencana", ""), &format!("dokumen/{}", sent.get("kode")), "");
        return Ok(Redirect::to(&to).into_response());
    };
    let opened = opened.again(&web).await?;
    let f = Formulir::again(&opened, Dokumen::LEMBAR, &sent, Some(&no), None);
    Ok((no.status, Html(page(&opened, f).render()?)).into_response())
}

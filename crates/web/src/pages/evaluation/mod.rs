//! Evaluasi AKIP of an office: its evaluations by year, the templates, the worksheet, and the result.

mod compare;
pub(crate) mod document;
mod question;
pub(crate) mod record;
pub(crate) mod template;
mod view;
pub(crate) mod worksheet;

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::IsiEvaluasi;
use tolok_domain::access::Hak;
use tolok_domain::evaluasi::templat::{TingkatEvaluasi, builtin};
use tolok_domain::evaluasi::{Templat, Tren, trend};
use tolok_domain::number::{write_percent, write_plain};

use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::{Kiriman, key, refusal};
use crate::page::{Bingkai, Dibuka};
use crate::session::Pengguna;
use crate::view::iso_date;

pub(crate) use question::place;

/// What of the page is asked for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Permintaan {
    tahun: Option<i16>,
    /// The template that is shown in full.
    #[serde(default)]
    templat: String,
}

/// One evaluation of the list.
struct Baris {
    kode: String,
    tahun: i16,
    templat: String,
    keadaan: &'static str,
    nilai: String,
    predikat: &'static str,
    selisih: String,
    lhe: String,
}

/// One template of the list.
struct TemplatTampil {
    kode: String,
    judul: String,
    peraturan: String,
    berlaku: String,
    kriteria: usize,
    setempat: bool,
    /// Whether an evaluation of the year can be opened by it.
    dapat: bool,
}

#[derive(Template)]
#[template(path = "lke/daftar.html")]
struct Halaman<'a> {
    h: Bingkai,
    baris: Vec<Baris>,
    templat: Vec<TemplatTampil>,
    /// The template that is shown in full.
    isi: Option<&'a Templat>,
    boleh: bool,
    /// Whether the year's evaluation is still to be opened.
    belum_dibuka: bool,
    /// What was typed to open one.
    diketik: IsiEvaluasi,
    pesan: Vec<String>,
    kunci: String,
}

fn page<'a>(opened: &'a Dibuka, asked: &str, diketik: IsiEvaluasi, pesan: Vec<String>) -> Halaman<'a> {
    let potret = &opened.termuat.potret;
    let own = |t: &Templat| potret.templat.iter().any(|other| other.kode == t.kode);
    let all = || potret.templat.iter().chain(builtin().iter().filter(|t| !own(t)));
    let mut baris: Vec<Baris> = trend(potret).iter().map(|x| line(x, opened)).collect();
    baris.reverse();
    Halaman {
        h: opened.tab("evaluasi", "evaluasi", opened.pengguna.t.x("nav-evaluasi")),
        baris,
        templat: all()
            .map(|t| TemplatTampil {
                kode: t.kode.clone(),
                judul: t.judul.clone(),
                peraturan: t.peraturan.clone(),
                berlaku: t.sampai.map_or_else(|| format!("{}–", t.mulai), |last| format!("{}–{last}", t.mulai)),
                kriteria: t.criteria().count(),
                setempat: own(t),
                dapat: t.is_for(potret.tahun) && t.tingkat.contains(&TingkatEvaluasi::PerangkatDaerah),
            })
            .collect(),
        isi: potret.template(asked),
        boleh: may_evaluate(opened),
        belum_dibuka: potret.evaluation_of(potret.tahun).is_none(),
        diketik,
        pesan,
        kunci: key(),
    }
}

fn line(tren: &Tren<'_>, opened: &Dibuka) -> Baris {
    let e = tren.evaluasi;
    let none = || opened.pengguna.t.x("belum-ada").to_owned();
    Baris {
        kode: e.kode.clone(),
        tahun: tren.tahun,
        templat: opened.termuat.potret.template(&e.templat).map_or(&e.templat, |t| &t.peraturan).clone(),
        keadaan: e.keadaan.label(),
        nilai: tren.nilai.map_or_else(none, write_percent),
        predikat: tren.predikat.map_or("", |p| p.kode),
        selisih: tren.selisih.map(write_plain).unwrap_or_default(),
        lhe: match (e.nomor_lhe.is_empty(), e.tanggal_lhe.is_empty()) {
            (_, true) => e.nomor_lhe.clone(),
            (true, _) => iso_date(&e.tanggal_lhe),
            _ => format!("{}, {}", e.nomor_lhe, iso_date(&e.tanggal_lhe)),
        },
    }
}

/// Whether the user evaluates this office and looks at today's data.
fn may_evaluate(opened: &Dibuka) -> bool {
    opened.pengguna.ctx.may(Hak::Evaluasi) && !opened.pengguna.ctx.lampau
}

/// Shows the evaluations and templates.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<Permintaan>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    Ok(Html(page(&opened, &query.templat, IsiEvaluasi::default(), Vec::new()).render()?))
}

/// Opens the year's evaluation.
pub(crate) async fn open(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(query): Query<Permintaan>,
    Form(form): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let tahun = opened.termuat.potret.tahun;
    let isi = IsiEvaluasi {
        templat: form.get("templat").to_owned(),
        evaluator: form.get("evaluator").to_owned(),
        penjamin_mutu: form.get("penjamin_mutu").to_owned(),
        catatan: form.get("catatan").to_owned(),
    };
    let ctx = opened.pengguna.ctx.sending(form.get("kunci"));
    let Some(no) = refusal(web.app.open_evaluation(&ctx, tahun, &isi).await)? else {
        return Ok(Redirect::to(&format!("{}/evaluasi?tahun={tahun}", opened.pengguna.akar)).into_response());
    };
    let opened = opened.again(&web).await?;
    Ok((no.status, Html(page(&opened, "", isi, no.pesan).render()?)).into_response())
}

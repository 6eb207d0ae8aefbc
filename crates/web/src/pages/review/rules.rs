//! The rules that are checked, each with its legal basis.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use tolok_app::review::aturan;

use super::view::badge;
use crate::Web;
use crate::error::Jawaban;
use crate::page::{Bingkai, Dibuka, TahunQuery};
use crate::session::Pengguna;

struct Aturan {
    kode: &'static str,
    judul: &'static str,
    membandingkan: &'static str,
    dasar: &'static str,
    kelas: &'static str,
    label: &'static str,
    penjelasan: &'static str,
    saran: &'static str,
    langsung: bool,
}

#[derive(Template)]
#[template(path = "reviu_aturan.html")]
struct Halaman {
    h: Bingkai,
    aturan: Vec<Aturan>,
}

/// Shows the page.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<TahunQuery>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let rows = aturan::rules().iter().map(|a| Aturan {
        kode: &a.kode,
        judul: &a.judul,
        membandingkan: &a.membandingkan,
        dasar: &a.dasar,
        kelas: badge(a.keparahan),
        label: a.keparahan.label(),
        penjelasan: &a.penjelasan,
        saran: &a.saran,
        langsung: a.is_live(),
    });
    let h = opened.tab("reviu", "aturan", opened.pengguna.t.x("reviu-tab-aturan"));
    Ok(Html(Halaman { aturan: rows.collect(), h }.render()?))
}

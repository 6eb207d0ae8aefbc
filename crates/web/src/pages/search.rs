//! Search over indicators, plan nodes and documents.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use serde::Deserialize;

use crate::Web;
use crate::error::Jawaban;
use crate::page::{Bingkai, Dibuka};
use crate::session::Pengguna;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Pencarian {
    tahun: Option<i16>,
    #[serde(default)]
    q: String,
}

struct Temu {
    jenis: &'static str,
    kode: String,
    nama: String,
    alamat: String,
}

#[derive(Template)]
#[template(path = "cari.html")]
struct Halaman {
    h: Bingkai,
    q: String,
    temu: Vec<Temu>,
    terpotong: bool,
}

/// Results on the page.
const MOST: usize = 60;

/// Shows the page.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<Pencarian>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let t = opened.pengguna.t;
    let h = opened.frame("", t.x("cari"));
    let q = query.q.trim().to_owned();
    let mut temu = if q.is_empty() { Vec::new() } else { find(&opened, &q, &h) };
    let terpotong = temu.len() > MOST;
    temu.truncate(MOST);
    Ok(Html(Halaman { h, q, temu, terpotong }.render()?))
}

/// Everything in which all words of the question occur.
fn find(opened: &Dibuka, q: &str, h: &Bingkai) -> Vec<Temu> {
    let potret = &opened.termuat.potret;
    let words: Vec<String> = q.split_whitespace().map(str::to_lowercase).collect();
    let hit = |texts: &[&str]| {
        let text = texts.join(" ").to_lowercase();
        words.iter().all(|w| text.contains(w))
    };
    let mut found = Vec::new();
    for i in &potret.indikator {
        let old: Vec<&str> = potret.sebutan.iter().filter(|s| s.indikator == i.kode).map(|s| s.nama.as_str()).collect();
        if hit(&[&[i.kode.as_str(), i.nama.as_str()], old.as_slice()].concat()) {
            found.push(Temu {
                jenis: "Indikator",
                kode: i.kode.clone(),
                nama: i.nama.clone(),
                alamat: format!("{}/indikator/{}{}", h.akar, i.kode, h.ekor),
            });
        }
    }
    for s in potret.simpul.iter().filter(|s| hit(&[&s.kode, &s.nama])) {
        found.push(Temu {
            jenis: s.jenis.label(),
            kode: s.kode.clone(),
            nama: s.calm_name(),
            alamat: format!("{}/rencana{}&q={}#{}", h.akar, h.tanya, s.kode, s.kode),
        });
    }
    for d in potret.dokumen.iter().filter(|d| hit(&[&d.kode, &d.judul, &d.nomor])) {
        found.push(Temu {
            jenis: d.jenis.label(),
            kode: d.kode.clone(),
            nama: format!("{} ({})", d.judul, d.version_label()),
            alamat: format!("{}/laporan{}", h.akar, h.ekor),
        });
    }
    found
}

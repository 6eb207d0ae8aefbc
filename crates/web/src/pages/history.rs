//! Riwayat: the ledger of changes.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use serde::Deserialize;

use crate::Web;
use crate::error::Jawaban;
use crate::page::{Bingkai, Dibuka};
use crate::session::Pengguna;
use crate::view::moment;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Pilihan {
    tahun: Option<i16>,
    /// Show entries before this number.
    sebelum: Option<i64>,
    /// Check the ledger now.
    periksa: Option<String>,
}

struct Entri {
    nomor: i64,
    waktu: String,
    pelaku: String,
    tindakan: String,
    sasaran: String,
    rincian: String,
    hash: String,
}

struct Periksa {
    utuh: bool,
    teks: String,
    rusak: Vec<String>,
}

#[derive(Template)]
#[template(path = "riwayat.html")]
struct Halaman {
    h: Bingkai,
    entri: Vec<Entri>,
    lebih_lama: Option<i64>,
    periksa: Option<Periksa>,
}

/// Entries on a page.
const PAGE: i64 = 50;

/// Shows the page.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<Pilihan>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let t = opened.pengguna.t;
    let entries = web.app.history(&opened.pengguna.ctx, query.sebelum, PAGE).await?;
    let periksa = if query.periksa.is_some() {
        let found = web.app.verify(&opened.pengguna.ctx).await?;
        Some(Periksa {
            utuh: found.rusak.is_empty(),
            teks: t.f2("riwayat-diperiksa", "entri", found.entri, "baris", found.baris),
            rusak: found.rusak.into_iter().map(|k| format!("{}: {}", k.tempat, k.apa)).collect(),
        })
    } else {
        None
    };
    let lebih_lama = entries.last().map(|e| e.nomor).filter(|n| *n > 1);
    let entri = entries
        .into_iter()
        .map(|e| Entri {
            nomor: e.nomor,
            waktu: moment(e.waktu),
            pelaku: e.pelaku,
            tindakan: e.tindakan,
            sasaran: e.sasaran,
            rincian: e.rincian,
            hash: e.hash.chars().take(12).collect(),
        })
        .collect();
    let page = Halaman { h: opened.frame("riwayat", t.x("nav-riwayat")), entri, lebih_lama, periksa };
    Ok(Html(page.render()?))
}

//! Anggaran: programmes down to sub kegiatan, ceilings before and after the change, spending, absorption.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use tolok_domain::measure::ceilings;
use tolok_domain::number::write_amount;
use tolok_domain::{Dokumen, JenisDokumen, JenisSimpul, Rupiah};
use tolok_report::chart;

use crate::Web;
use crate::error::Jawaban;
use crate::page::{Bingkai, Dibuka, TahunQuery};
use crate::session::Pengguna;
use crate::view::Dana;

struct Baris {
    kelas: &'static str,
    kode: String,
    nama: String,
    murni: String,
    dana: Dana,
    batang: String,
    ada: usize,
    dari: usize,
}

#[derive(Template)]
#[template(path = "anggaran.html")]
struct Halaman {
    h: Bingkai,
    murni: String,
    perubahan: String,
    baris: Vec<Baris>,
    total: Dana,
    total_murni: String,
}

/// Shows the page.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<TahunQuery>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let h = opened.frame("anggaran", opened.pengguna.t.x("nav-anggaran"));
    let hasil = opened.measure();
    let potret = hasil.potret;
    let current = hasil.budget_document();
    // The first version of the year's plan, to set beside the one in force.
    let first: Option<&Dokumen> = potret
        .dokumen
        .iter()
        .filter(|d| matches!(d.jenis, JenisDokumen::Renja | JenisDokumen::Dpa) && d.versi == 0)
        .find(|d| current.is_none_or(|c| c.kode != d.kode) && !ceilings(potret, &d.kode, potret.tahun).is_empty());
    let before = first.map(|d| ceilings(potret, &d.kode, potret.tahun)).unwrap_or_default();
    let amount = |kode: &str| before.get(kode).map_or_else(|| "–".to_owned(), |x| write_amount(*x));
    let baris = hasil
        .simpul
        .iter()
        .filter(|u| u.simpul.jenis >= JenisSimpul::Program)
        .filter(|u| u.uang.is_known() || before.contains_key(u.simpul.kode.as_str()))
        .map(|u| Baris {
            kelas: match u.simpul.jenis {
                JenisSimpul::Program => "p",
                JenisSimpul::Kegiatan => "k",
                _ => "s",
            },
            kode: u.simpul.kode.clone(),
            nama: u.simpul.calm_name(),
            murni: amount(&u.simpul.kode),
            dana: Dana::of(&u.uang),
            batang: chart::bullet(u.uang.absorption().ok(), None),
            ada: u.uang.ada,
            dari: u.uang.dari,
        })
        .collect();
    let tops = potret.simpul.iter().filter(|s| s.induk.is_none());
    let known: Vec<Rupiah> = tops.filter_map(|s| before.get(s.kode.as_str()).copied()).collect();
    let total_murni = if known.is_empty() { "–".to_owned() } else { write_amount(known.into_iter().sum()) };
    let name = |d: Option<&Dokumen>| d.map_or_else(String::new, |d| format!("{} ({})", d.judul, d.version_label()));
    let page =
        Halaman { murni: name(first), perubahan: name(current), baris, total: Dana::of(&hasil.total), total_murni, h };
    Ok(Html(page.render()?))
}

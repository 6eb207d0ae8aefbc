//! Reviu: what does not add up in the office's data, who accepted what, what was mended; and the review of files.

pub(crate) mod files;
pub(crate) mod rules;
pub(crate) mod view;

use std::collections::BTreeMap;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::review::Keparahan;
use tolok_app::{DaftarTemuan, Format, Galat};
use tolok_domain::access::Hak;
use tolok_domain::publication::JumlahTemuan;

use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::{Kiriman, key, refusal};
use crate::page::{Bingkai, Dibuka, TahunQuery};
use crate::pages::report::attachment;
use crate::session::Pengguna;
use crate::view::long_date;
use view::TemuanTampil;

/// What of the list is asked for.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Saring {
    tahun: Option<i16>,
    /// Only this severity.
    #[serde(default)]
    tingkat: String,
    /// Only this rule.
    #[serde(default)]
    aturan: String,
    /// Only what is about this indicator or plan node.
    #[serde(default)]
    tentang: String,
    /// Show what was mended since this day.
    #[serde(default)]
    sejak: String,
}

/// A rule with the number of its findings.
struct PilihanAturan {
    kode: String,
    judul: String,
    n: usize,
}

struct Diperbaiki {
    aturan: String,
    judul: String,
}

#[derive(Template)]
#[template(path = "reviu.html")]
struct Halaman {
    h: Bingkai,
    jumlah: JumlahTemuan,
    temuan: Vec<TemuanTampil>,
    aturan: Vec<PilihanAturan>,
    /// Severities: word and name.
    tingkat: [(&'static str, &'static str); 3],
    saring: Saring,
    /// The day since which `diperbaiki` counts, in words; empty where none was asked for.
    sejak: String,
    diperbaiki: Vec<Diperbaiki>,
    boleh: bool,
    kunci: String,
    pesan: Vec<String>,
}

/// Words of severities in addresses.
const LEVELS: [(&str, Keparahan); 3] =
    [("kesalahan", Keparahan::Kesalahan), ("peringatan", Keparahan::Peringatan), ("info", Keparahan::Info)];

async fn page(web: &Web, opened: &Dibuka, saring: Saring, pesan: Vec<String>) -> Result<Halaman, Gagal> {
    let ctx = &opened.pengguna.ctx;
    let h = opened.tab("reviu", "data", opened.pengguna.t.x("nav-reviu"));
    let list = DaftarTemuan::of(&opened.termuat.potret);
    let mut rules: BTreeMap<&str, PilihanAturan> = BTreeMap::new();
    for t in &list.temuan {
        let rule = t.temuan.aturan;
        let judul = rule.judul.clone();
        rules.entry(&rule.kode).or_insert_with(|| PilihanAturan { kode: rule.kode.clone(), judul, n: 0 }).n += 1;
    }
    let level = LEVELS.iter().find(|(word, _)| *word == saring.tingkat).map(|(_, level)| *level);
    let about: Vec<_> = list.about(&saring.tentang).collect();
    let shown = list.temuan.iter().filter(|t| {
        level.is_none_or(|level| t.temuan.keparahan == level)
            && (saring.aturan.is_empty() || t.temuan.aturan.kode == saring.aturan)
            && (saring.tentang.is_empty() || about.contains(t))
    });
    let (sejak, diperbaiki) = mended(web, opened, &saring, &list).await?;
    Ok(Halaman {
        jumlah: list.count(),
        temuan: shown.map(|t| TemuanTampil::judged(t, &h)).collect(),
        aturan: rules.into_values().collect(),
        tingkat: LEVELS.map(|(word, level)| (word, level.label())),
        sejak,
        diperbaiki,
        boleh: ctx.may(Hak::PutuskanTemuan) && !ctx.lampau,
        kunci: key(),
        pesan,
        saring,
        h,
    })
}

/// The day asked for in words, and what was found on it and is no more.
async fn mended(
    web: &Web,
    opened: &Dibuka,
    saring: &Saring,
    now: &DaftarTemuan,
) -> Result<(String, Vec<Diperbaiki>), Gagal> {
    let Ok(day) = saring.sejak.trim().parse() else { return Ok((String::new(), Vec::new())) };
    let then = web.app.as_of(&opened.pengguna.ctx, day).await?;
    let earlier = match web.app.findings(&then, opened.termuat.potret.tahun).await {
        Ok(list) => list,
        // The year had not been opened yet.
        Err(Galat::TidakDitemukan(_)) => DaftarTemuan::default(),
        Err(other) => return Err(other.into()),
    };
    let gone = now.mended_since(&earlier);
    let rows = gone.into_iter().map(|t| Diperbaiki { aturan: t.aturan.kode.clone(), judul: t.judul.clone() });
    Ok((long_date(day), rows.collect()))
}

/// Shows the findings.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna, Query(saring): Query<Saring>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, saring.tahun).await?;
    Ok(Html(page(&web, &opened, saring, Vec::new()).await?.render()?))
}

/// Accepts a finding, or opens it again.
pub(crate) async fn decide(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(saring): Query<Saring>,
    Form(form): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let opened = Dibuka::new(&web, pengguna, saring.tahun).await?;
    let ctx = opened.pengguna.ctx.sending(form.get("kunci"));
    let tahun = opened.termuat.potret.tahun;
    let done = if form.get("apa") == "terima" && form.get("alasan").trim().is_empty() {
        Err(Galat::TidakSah(opened.pengguna.t.x("reviu-alasan-kosong").to_owned()))
    } else {
        let alasan = if form.get("apa") == "terima" { form.get("alasan") } else { "" };
        let (aturan, tempat, nilai) = (form.get("aturan"), form.get("tempat"), form.get("nilai"));
        web.app.decide_finding(&ctx, tahun, aturan, tempat, nilai, alasan).await
    };
    let Some(no) = refusal(done)? else {
        return Ok(Redirect::to(&format!("{}/reviu?tahun={tahun}", opened.pengguna.akar)).into_response());
    };
    let opened = opened.again(&web).await?;
    Ok((no.status, Html(page(&web, &opened, saring, no.pesan).await?.render()?)).into_response())
}

/// The working paper as a file.
pub(crate) async fn download(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(format): Path<String>,
    Query(query): Query<TahunQuery>,
) -> Result<Response, Gagal> {
    let format = Format::find(&format)?;
    let termuat = web.app.open(&pengguna.ctx, query.tahun).await?;
    Ok(attachment(web.app.review_paper(&pengguna.ctx, termuat.potret.tahun, format).await?))
}

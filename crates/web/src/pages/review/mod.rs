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
use tolok_app::{Ctx, DaftarTemuan, Format, Galat, Hasil};
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

/// Which list: what was found in the data, or in the words of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Daftar {
    Data,
    Naskah,
}

impl Daftar {
    const fn path(self) -> &'static str {
        match self {
            Self::Data => "/reviu",
            Self::Naskah => "/reviu/naskah",
        }
    }

    async fn of(self, web: &Web, ctx: &Ctx, tahun: i16) -> Hasil<DaftarTemuan> {
        match self {
            Self::Data => web.app.findings(ctx, tahun).await,
            Self::Naskah => web.app.report_findings(ctx, tahun).await,
        }
    }
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
    /// Address of the list, without the office.
    alamat: &'static str,
    judul: &'static str,
    sub: &'static str,
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

async fn page(
    web: &Web,
    opened: &Dibuka,
    daftar: Daftar,
    saring: Saring,
    pesan: Vec<String>,
) -> Result<Halaman, Gagal> {
    let ctx = &opened.pengguna.ctx;
    let t = opened.pengguna.t;
    let (tab, judul, sub) = match daftar {
        Daftar::Data => ("data", t.x("reviu-judul"), t.x("reviu-sub")),
        Daftar::Naskah => ("naskah", t.x("reviu-judul-naskah"), t.x("reviu-sub-naskah")),
    };
    let h = opened.tab("reviu", tab, t.x("nav-reviu"));
    let list = daftar.of(web, ctx, opened.termuat.potret.tahun).await?;
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
    let (sejak, diperbaiki) = mended(web, opened, daftar, &saring, &list).await?;
    Ok(Halaman {
        alamat: daftar.path(),
        judul,
        sub,
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
    daftar: Daftar,
    saring: &Saring,
    now: &DaftarTemuan,
) -> Result<(String, Vec<Diperbaiki>), Gagal> {
    let Ok(day) = saring.sejak.trim().parse() else { return Ok((String::new(), Vec::new())) };
    let then = web.app.as_of(&opened.pengguna.ctx, day).await?;
    let earlier = match daftar.of(web, &then, opened.termuat.potret.tahun).await {
        Ok(list) => list,
        // The year had not been opened yet.
        Err(Galat::TidakDitemukan(_)) => DaftarTemuan::default(),
        Err(other) => return Err(other.into()),
    };
    let gone = now.mended_since(&earlier);
    let rows = gone.into_iter().map(|t| Diperbaiki { aturan: t.aturan.kode.clone(), judul: t.judul.clone() });
    Ok((long_date(day), rows.collect()))
}

/// Shows the findings of the data.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna, Query(saring): Query<Saring>) -> Jawaban {
    list(web, pengguna, Daftar::Data, saring).await
}

/// Shows the findings of the report's words.
pub(crate) async fn show_words(State(web): State<Web>, pengguna: Pengguna, Query(saring): Query<Saring>) -> Jawaban {
    list(web, pengguna, Daftar::Naskah, saring).await
}

async fn list(web: Web, pengguna: Pengguna, daftar: Daftar, saring: Saring) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, saring.tahun).await?;
    Ok(Html(page(&web, &opened, daftar, saring, Vec::new()).await?.render()?))
}

/// Accepts a finding of the data, or opens it again.
pub(crate) async fn decide(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(saring): Query<Saring>,
    Form(form): Form<Kiriman>,
) -> Result<Response, Gagal> {
    judge(web, pengguna, Daftar::Data, saring, form).await
}

/// The same for one of the report's words.
pub(crate) async fn decide_words(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(saring): Query<Saring>,
    Form(form): Form<Kiriman>,
) -> Result<Response, Gagal> {
    judge(web, pengguna, Daftar::Naskah, saring, form).await
}

async fn judge(web: Web, pengguna: Pengguna, daftar: Daftar, saring: Saring, form: Kiriman) -> Result<Response, Gagal> {
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
        return Ok(Redirect::to(&format!("{}{}?tahun={tahun}", opened.pengguna.akar, daftar.path())).into_response());
    };
    let opened = opened.again(&web).await?;
    Ok((no.status, Html(page(&web, &opened, daftar, saring, no.pesan).await?.render()?)).into_response())
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

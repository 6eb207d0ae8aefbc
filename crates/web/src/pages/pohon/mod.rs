//! Pohon kinerja: why the plan should work, drawn and as an outline; its editor, its conditions, its links to other offices.

pub(crate) mod condition;
pub(crate) mod link;
pub(crate) mod outline;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::{Format, Galat, Tetangga};
use tolok_domain::number::write_percent;
use tolok_domain::pohon::{JenisCelah, KeadaanSilang, Kondisi, Silang, gaps};
use tolok_domain::{Pengukuran, Potret};

use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::{Kiriman, key, refusal};
use crate::locale::Kamus;
use crate::page::{Bingkai, Dibuka};
use crate::pages::report::attachment;
use crate::session::Pengguna;
use crate::view::{Sel, Ukuran};

/// What an address of these pages asks for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Mana {
    tahun: Option<i16>,
    /// Sheet of the drawing, from 1.
    gambar: Option<usize>,
    /// The condition that a form begins with.
    #[serde(default)]
    kondisi: String,
    /// The condition under which a new one is to hang.
    #[serde(default)]
    induk: String,
    /// What has just been done.
    #[serde(default)]
    tersimpan: String,
}

struct Indikator {
    kode: String,
    nama: String,
    target: Sel,
    satuan: String,
    ukuran: Ukuran,
}

/// One condition with its branch; what hangs below it is rendered before it.
#[derive(Template)]
#[template(path = "pokin/cabang.html")]
struct Cabang<'a> {
    h: &'a Bingkai,
    k: &'a Kondisi,
    lapis: u8,
    unit: &'a str,
    /// Mean achievement of its indicators, and how many of how many it rests on.
    rerata: String,
    ada: usize,
    dari: usize,
    indikator: Vec<Indikator>,
    silang: Vec<String>,
    anak: Vec<String>,
}

/// A sheet of the drawing that can be chosen.
struct Lembar {
    nomor: usize,
    judul: String,
}

struct Kekurangan {
    kode: String,
    uraian: String,
    apa: Vec<&'static str>,
}

#[derive(Template)]
#[template(path = "pokin/pohon.html")]
struct Halaman {
    h: Bingkai,
    tab: &'static str,
    dilihat: i64,
    kunci: String,
    tersimpan: bool,
    pesan: Vec<String>,
    lembar: Vec<Lembar>,
    nomor: usize,
    gambar: String,
    cabang: Vec<String>,
    celah: Vec<Kekurangan>,
    /// Conditions that lack something, and all of them.
    kurang: usize,
    banyak: usize,
    silang: usize,
    menunggu: usize,
}

/// How many conditions with gaps are listed.
const GAPS: usize = 60;

/// Shows the drawing, the same as an outline, and what is missing.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<Mana>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    Ok(Html(page(&web, &opened, &query, Vec::new()).await?))
}

async fn page(web: &Web, opened: &Dibuka, query: &Mana, pesan: Vec<String>) -> Result<String, Gagal> {
    let h = opened.frame("rencana", opened.pengguna.t.x("pokin-judul"));
    let potret = &opened.termuat.potret;
    let (ctx, names) = (&opened.pengguna.ctx, names(web, opened).await?);
    let sheets = web.app.tree_drawings(ctx, potret.tahun).await?;
    let nomor = query.gambar.filter(|n| (1..=sheets.len()).contains(n)).unwrap_or(1);
    let title = |top: Option<usize>| {
        let top = top.and_then(|top| potret.pohon.get(top));
        top.map_or_else(|| h.t.x("pokin-ringkasan").to_owned(), |k| format!("{} {}", k.kode, k.uraian))
    };
    let lembar = (1..).zip(sheets.iter()).map(|(nomor, sheet)| Lembar { nomor, judul: title(sheet.puncak) }).collect();
    let gambar = sheets.get(nomor - 1).map(|sheet| sheet.grafik.svg.clone()).unwrap_or_default();
    let hasil = opened.measure();
    let cabang = Penelusur { hasil: &hasil, h: &h, names: &names }.below(None)?;
    let mut celah = lacking(potret, h.t);
    let kurang = celah.len();
    celah.truncate(GAPS);
    let page = Halaman {
        tab: "kinerja",
        dilihat: opened.termuat.versi,
        kunci: key(),
        tersimpan: !query.tersimpan.is_empty(),
        pesan,
        lembar,
        nomor,
        gambar: if potret.pohon.is_empty() { String::new() } else { gambar },
        cabang,
        celah,
        kurang,
        banyak: potret.pohon.len(),
        silang: potret.silang.len(),
        menunggu: potret.silang.iter().filter(|s| s.awaits_answer()).count(),
        h,
    };
    Ok(page.render()?)
}

/// Adds conditions for what of the plan has none yet.
pub(crate) async fn propose(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(query): Query<Mana>,
    Form(sent): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let ctx = opened.pengguna.ctx.sending(sent.get("kunci"));
    let result = web.app.propose_conditions(&ctx, sent.seen(opened.termuat.potret.tahun)).await;
    match refusal(result)? {
        None => {
            let h = opened.frame("rencana", "");
            Ok(Redirect::to(&format!("{}/rencana/pohon{}&tersimpan=ya", h.akar, h.tanya)).into_response())
        }
        Some(no) => {
            let opened = opened.again(&web).await?;
            Ok((no.status, Html(page(&web, &opened, &query, no.pesan).await?)).into_response())
        }
    }
}

/// The document as a file, or one sheet of the drawing.
pub(crate) async fn download(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(format): Path<String>,
    Query(query): Query<Mana>,
) -> Result<Response, Gagal> {
    let termuat = web.app.open(&pengguna.ctx, query.tahun).await?;
    let (tahun, kode) = (termuat.potret.tahun, &termuat.potret.instansi.kode);
    if format != "svg" {
        let file = web.app.tree_document(&pengguna.ctx, tahun, Format::find(&format)?).await?;
        return Ok(attachment(file));
    }
    let sheets = web.app.tree_drawings(&pengguna.ctx, tahun).await?;
    let nomor = query.gambar.unwrap_or(1);
    let several = if sheets.len() > 1 { format!("-{nomor}") } else { String::new() };
    let sheet = nomor.checked_sub(1).and_then(|i| sheets.get(i));
    let sheet = sheet.ok_or_else(|| Galat::TidakDitemukan(format!("gambar {nomor}")))?;
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"pohon-kinerja-{tahun}-{kode}{several}.svg\"")),
    ];
    Ok((headers, sheet.grafik.svg.clone()).into_response())
}

/// The region's other offices, where a page names any.
async fn names(web: &Web, opened: &Dibuka) -> Result<Vec<Tetangga>, Gagal> {
    if opened.termuat.potret.silang.is_empty() {
        return Ok(Vec::new());
    }
    Ok(web.app.neighbours(&opened.pengguna.ctx).await?)
}

/// Name of an office; its code where it is not known here.
fn name_of<'a>(names: &'a [Tetangga], kode: &'a str) -> &'a str {
    names.iter().find(|t| t.kode == kode).map_or(kode, |t| t.nama.as_str())
}

/// Class and text of a link's state.
fn state(keadaan: KeadaanSilang, t: &Kamus) -> (&'static str, &str) {
    match keadaan {
        KeadaanSilang::Diusulkan => ("kem", t.x("pokin-diusulkan")),
        KeadaanSilang::Diterima => ("ver", t.x("pokin-diterima")),
        KeadaanSilang::Ditolak => ("salah", t.x("pokin-ditolak")),
    }
}

const fn gap_key(jenis: JenisCelah) -> &'static str {
    match jenis {
        JenisCelah::TanpaIndikator => "pokin-tanpa-indikator",
        JenisCelah::TanpaPenanggungJawab => "pokin-tanpa-unit",
        JenisCelah::TanpaSubKegiatan => "pokin-tanpa-sub",
        JenisCelah::BelumOperasional => "pokin-belum-operasional",
    }
}

/// What is missing, by condition.
fn lacking(potret: &Potret, t: &'static Kamus) -> Vec<Kekurangan> {
    let mut found: Vec<Kekurangan> = Vec::new();
    for celah in gaps(potret) {
        if found.last().is_none_or(|last| last.kode != celah.kondisi) {
            let uraian = potret.condition(&celah.kondisi).map(|k| k.uraian.clone()).unwrap_or_default();
            found.push(Kekurangan { kode: celah.kondisi, uraian, apa: Vec::new() });
        }
        if let Some(last) = found.last_mut() {
            last.apa.push(t.x(gap_key(celah.jenis)));
        }
    }
    found
}

/// Renders the outline.
struct Penelusur<'w> {
    hasil: &'w Pengukuran<'w>,
    h: &'w Bingkai,
    names: &'w [Tetangga],
}

impl Penelusur<'_> {
    fn below(&self, induk: Option<&str>) -> Result<Vec<String>, Gagal> {
        self.hasil.potret.conditions_under(induk).map(|k| self.branch(k)).collect()
    }

    fn branch(&self, k: &Kondisi) -> Result<String, Gagal> {
        let (potret, t) = (self.hasil.potret, self.h.t);
        let mean = self.hasil.mean_of(&k.indikator);
        let measured = k.indikator.iter().filter_map(|kode| self.hasil.indicator(kode));
        let told = |s: &Silang| {
            format!("{} {} ({})", way(s, t), name_of(self.names, &s.instansi), state(s.keadaan, t).1.to_lowercase())
        };
        let branch = Cabang {
            h: self.h,
            k,
            lapis: k.tingkat.depth(),
            unit: k.unit.as_deref().and_then(|kode| potret.unit(kode)).map_or("", |u| u.nama.as_str()),
            rerata: mean.nilai.map_or_else(|| "–".to_owned(), write_percent),
            ada: mean.ada,
            dari: mean.dari,
            indikator: measured
                .map(|m| Indikator {
                    kode: m.indikator.kode.clone(),
                    nama: m.indikator.nama.clone(),
                    target: Sel::of(m.target.as_ref().map(|t| &t.nilai), t),
                    satuan: m.indikator.satuan.clone(),
                    ukuran: Ukuran::of(m),
                })
                .collect(),
            silang: potret.links_of(&k.kode).map(told).collect(),
            anak: self.below(Some(&k.kode))?,
        };
        Ok(branch.render()?)
    }
}

/// What the own condition has to do with the other office.
fn way<'t>(s: &Silang, t: &'t Kamus) -> &'t str {
    match s.arah {
        tolok_domain::pohon::ArahSilang::Keluar => t.x("pokin-didukung"),
        tolok_domain::pohon::ArahSilang::Masuk => t.x("pokin-mendukung"),
    }
}

//! A node of the plan tree: the form, and what stands below it.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::Galat;
use tolok_domain::plan::is_below;
use tolok_domain::sheet::Rekam;
use tolok_domain::{JenisSimpul, Potret, Simpul};

use super::nomenklatur::{self, Daftar};
use super::{Tautan, address, path, units};
use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::{Formulir, Kiriman, Penolakan, Pilihan, refusal};
use crate::page::{Bingkai, Dibuka, TahunQuery};
use crate::session::Pengguna;

/// What a new node is asked for with.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Baru {
    tahun: Option<i16>,
    #[serde(default)]
    induk: String,
    #[serde(default)]
    jenis: String,
    #[serde(default)]
    kode: String,
    #[serde(default)]
    nama: String,
    /// What is looked for in the official list.
    #[serde(default)]
    cari: String,
}

#[derive(Template)]
#[template(path = "rencana/simpul.html")]
struct Halaman {
    h: Bingkai,
    tab: &'static str,
    f: Formulir,
    /// Code of the node; empty for one that is not there yet.
    kode: String,
    jenis: &'static str,
    jalur: Vec<Tautan>,
    pilihan_jenis: Vec<Pilihan>,
    pilihan_induk: Vec<Pilihan>,
    pilihan_unit: Vec<Pilihan>,
    pilihan_mendukung: Vec<Pilihan>,
    anak: Vec<Tautan>,
    indikator: Vec<Tautan>,
    /// Whether something can hang below it.
    bercabang: bool,
    nomenklatur: Option<Daftar>,
    alamat: String,
    kembali: String,
}

fn page(opened: &Dibuka, f: Formulir, kode: &str) -> Halaman {
    let potret = &opened.termuat.potret;
    let t = opened.pengguna.t;
    let node = potret.node(kode);
    let title = node.map_or_else(|| t.x("simpul-baru").to_owned(), Simpul::calm_name);
    let h = opened.frame("rencana", title);
    let above = node.map_or(f.x("induk"), |s| s.induk.as_deref().unwrap_or_default());
    let chosen = |kolom: &str| f.x(kolom).to_owned();
    let jenis = JenisSimpul::ALL.into_iter().find(|j| j.as_str() == f.x("jenis"));
    let supported = potret.indikator.iter().filter(|i| {
        let level = potret.node(&i.simpul).map(|s| s.jenis);
        level.is_some_and(|level| level < JenisSimpul::Program) || i.kode == f.x("mendukung")
    });
    Halaman {
        tab: "pohon",
        jenis: jenis.map_or("", JenisSimpul::label),
        jalur: path(potret, above),
        pilihan_jenis: JenisSimpul::ALL
            .iter()
            .map(|j| Pilihan::new(j.as_str(), j.label(), Some(*j) == jenis))
            .collect(),
        pilihan_induk: parents(potret, node, &chosen("induk")),
        pilihan_unit: units(potret, &chosen("unit")),
        pilihan_mendukung: supported
            .map(|i| Pilihan::new(&i.kode, format!("{} {}", i.kode, i.nama), i.kode == f.x("mendukung")))
            .collect(),
        anak: potret.children(node.map(|s| s.kode.as_str())).filter(|_| node.is_some()).map(link).collect(),
        indikator: potret.indicators_of(kode).map(|i| Tautan { kode: i.kode.clone(), nama: i.nama.clone() }).collect(),
        nomenklatur: None,
        bercabang: node.is_some_and(|s| s.jenis != JenisSimpul::SubKegiatan),
        alamat: address(&h, &format!("rencana/simpul/{}", if node.is_some() { kode } else { "baru" }), ""),
        kembali: format!(
            "{}/rencana{}{}",
            h.akar,
            h.ekor,
            if node.is_some() { format!("#{kode}") } else { String::new() }
        ),
        kode: node.map_or_else(String::new, |s| s.kode.clone()),
        f,
        h,
    }
}

fn link(s: &Simpul) -> Tautan {
    Tautan { kode: s.kode.clone(), nama: s.calm_name() }
}

/// Nodes under which it can hang: of a higher level, and not below itself.
fn parents(potret: &Potret, node: Option<&Simpul>, chosen: &str) -> Vec<Pilihan> {
    let fits = |s: &&Simpul| match node {
        Some(node) => {
            s.kode == chosen || (node.jenis.may_hang_under(s.jenis) && !is_below(&potret.simpul, &s.kode, &node.kode))
        }
        None => s.jenis != JenisSimpul::SubKegiatan,
    };
    let offered = potret.simpul.iter().filter(fits);
    offered.map(|s| Pilihan::new(&s.kode, format!("{} {}", s.kode, s.calm_name()), s.kode == chosen)).collect()
}

/// The form of a new node, with what its parent says about it.
pub(crate) async fn new(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<Baru>) -> Jawaban {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let potret = &opened.termuat.potret;
    let parent = potret.node(&query.induk);
    let asked = JenisSimpul::ALL.into_iter().find(|j| j.as_str() == query.jenis);
    let jenis = asked.unwrap_or_else(|| next_level(potret, parent));
    let mut f = Formulir::empty(&opened, Simpul::LEMBAR);
    f.set("induk", &query.induk);
    f.set("jenis", jenis.as_str());
    f.set("nama", &query.nama);
    let kode = if query.kode.is_empty() { suggest(potret, parent, jenis) } else { query.kode };
    f.set("kode", &kode);
    if let Some(parent) = parent {
        f.set("urusan", &parent.urusan);
        f.set("unit", parent.unit.as_deref().unwrap_or_default());
    }
    let mut page = page(&opened, f, "");
    let ctx = &opened.pengguna.ctx;
    page.nomenklatur = nomenklatur::offer(&web, ctx, &page.h, potret, parent, jenis, query.cari.trim()).await?;
    Ok(Html(page.render()?))
}

/// The level of the first child, or the one below the parent.
fn next_level(potret: &Potret, parent: Option<&Simpul>) -> JenisSimpul {
    let Some(parent) = parent else { return JenisSimpul::Misi };
    let sibling = potret.children(Some(&parent.kode)).next().map(|s| s.jenis);
    let below = match parent.jenis {
        JenisSimpul::Misi => JenisSimpul::Tujuan,
        JenisSimpul::Tujuan => JenisSimpul::Sasaran,
        JenisSimpul::Sasaran | JenisSimpul::SasaranProgram => JenisSimpul::Program,
        JenisSimpul::Program => JenisSimpul::Kegiatan,
        JenisSimpul::Kegiatan | JenisSimpul::SubKegiatan => JenisSimpul::SubKegiatan,
    };
    sibling.unwrap_or(below)
}

/// The next free code of the office's own, or the beginning of an official one.
fn suggest(potret: &Potret, parent: Option<&Simpul>, jenis: JenisSimpul) -> String {
    let letter = match jenis {
        JenisSimpul::Misi => "M",
        JenisSimpul::Tujuan => "T",
        JenisSimpul::Sasaran => "S",
        JenisSimpul::SasaranProgram => "SP",
        JenisSimpul::Program => return String::new(),
        JenisSimpul::Kegiatan => return parent.map_or_else(String::new, |p| format!("{}.2.", p.kode)),
        JenisSimpul::SubKegiatan => return parent.map_or_else(String::new, |p| format!("{}.", p.kode)),
    };
    let mut codes = (1..).map(|n| format!("{letter}{n}"));
    codes.find(|kode| potret.node(kode).is_none()).unwrap_or_default()
}

/// The form of a node that is there.
pub(crate) async fn show(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(kode): Path<String>,
    Query(query): Query<TahunQuery>,
) -> Jawaban {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let node = find(&opened, &kode)?;
    let f = Formulir::of(&opened, node);
    Ok(Html(page(&opened, f, &kode).render()?))
}

fn find<'a>(opened: &'a Dibuka, kode: &str) -> Result<&'a Simpul, Galat> {
    opened.termuat.potret.node(kode).ok_or_else(|| Galat::TidakDitemukan(format!("simpul {kode}")))
}

/// Adds a node.
pub(crate) async fn add(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(query): Query<TahunQuery>,
    Form(sent): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let ctx = opened.pengguna.ctx.sending(sent.get("kunci"));
    let result = web.app.add_node(&ctx, sent.seen(opened.termuat.potret.tahun), &sent.row(Simpul::LEMBAR)).await;
    match refusal(result)? {
        None => {
            // Where the next one is added: siblings are mostly added in a row.
            let h = opened.frame("rencana", "");
            let to = match (sent.get("tindakan"), sent.optional("induk")) {
                ("lagi", induk) => address(&h, "rencana/simpul/baru", &format!("&induk={}", induk.unwrap_or_default())),
                (_, Some(induk)) => address(&h, &format!("rencana/simpul/{induk}"), ""),
                (_, None) => address(&h, "rencana", ""),
            };
            Ok(Redirect::to(&to).into_response())
        }
        Some(no) => refused(opened.again(&web).await?, "", &sent, &no),
    }
}

/// Changes, moves or removes a node.
pub(crate) async fn submit(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(kode): Path<String>,
    Query(query): Query<TahunQuery>,
    Form(sent): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let ctx = opened.pengguna.ctx.sending(sent.get("kunci"));
    let seen = sent.seen(opened.termuat.potret.tahun);
    let h = opened.frame("rencana", "");
    let here = format!("{}/rencana{}#{kode}", h.akar, h.tanya);
    let (result, to) = match sent.get("tindakan") {
        "naik" => (web.app.move_node(&ctx, seen, &kode, true).await, here),
        "turun" => (web.app.move_node(&ctx, seen, &kode, false).await, here),
        "hapus" => (web.app.remove_node(&ctx, seen, &kode).await, format!("{}/rencana{}", h.akar, h.tanya)),
        _ => (web.app.change_node(&ctx, seen, &kode, &sent.row(Simpul::LEMBAR)).await, here),
    };
    match refusal(result)? {
        None => Ok(Redirect::to(&to).into_response()),
        Some(no) => refused(opened.again(&web).await?, &kode, &sent, &no),
    }
}

fn refused(opened: Dibuka, kode: &str, sent: &Kiriman, no: &Penolakan) -> Result<Response, Gagal> {
    let stored = opened.termuat.potret.node(kode).map(Rekam::cells);
    let f = Formulir::again(&opened, Simpul::LEMBAR, sent, Some(no), stored);
    Ok((no.status, Html(page(&opened, f, kode).render()?)).into_response())
}

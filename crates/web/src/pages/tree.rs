//! Pohon kinerja: the plan as a tree with achievements, to open, close and search.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use serde::Deserialize;
use tolok_domain::measure::UkurSimpul;
use tolok_domain::number::write_percent;
use tolok_domain::{JenisSimpul, Pengukuran};

use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::page::{Bingkai, Dibuka};
use crate::session::Pengguna;
use crate::view::{Sel, Ukuran};

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Pencarian {
    tahun: Option<i16>,
    #[serde(default)]
    q: String,
}

struct Indikator {
    kode: String,
    nama: String,
    satuan: String,
    target: Sel,
    realisasi: Sel,
    ukuran: Ukuran,
}

/// One node with its branch; children are rendered before it.
#[derive(Template)]
#[template(path = "cabang.html")]
struct Cabang<'a> {
    h: &'a Bingkai,
    kode: &'a str,
    jenis: &'static str,
    nama: String,
    unit: &'a str,
    rerata: String,
    ada: usize,
    dari: usize,
    serapan: String,
    indikator: Vec<Indikator>,
    anak: Vec<String>,
    terbuka: bool,
    cocok: bool,
}

#[derive(Template)]
#[template(path = "pohon.html")]
struct Halaman {
    h: Bingkai,
    tab: &'static str,
    visi: String,
    q: String,
    cabang: Vec<String>,
    ditemukan: usize,
}

/// Shows the page.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<Pencarian>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let h = opened.tab("rencana", "pohon", opened.pengguna.t.x("nav-rencana"));
    let hasil = opened.measure();
    let mut walker = Penelusur { hasil: &hasil, h: &h, wanted: query.q.trim().to_lowercase(), found: 0 };
    let cabang = walker.children(None)?.into_iter().map(|(html, _)| html).collect();
    let ditemukan = walker.found;
    let visi = opened.termuat.potret.instansi.visi.clone();
    let page = Halaman { tab: "pohon", visi, q: query.q.trim().to_owned(), cabang, ditemukan, h };
    Ok(Html(page.render()?))
}

struct Penelusur<'w> {
    hasil: &'w Pengukuran<'w>,
    h: &'w Bingkai,
    wanted: String,
    found: usize,
}

impl Penelusur<'_> {
    /// Rendered children of a node, each with whether the search matches in it.
    fn children(&mut self, induk: Option<&str>) -> Result<Vec<(String, bool)>, Gagal> {
        let nodes: Vec<&UkurSimpul<'_>> =
            self.hasil.simpul.iter().filter(|u| u.simpul.induk.as_deref() == induk).collect();
        nodes.into_iter().map(|u| self.branch(u)).collect()
    }

    fn branch(&mut self, u: &UkurSimpul<'_>) -> Result<(String, bool), Gagal> {
        let node = u.simpul;
        let children = self.children(Some(&node.kode))?;
        let below = children.iter().any(|(_, matches)| *matches);
        let measured: Vec<_> = self.hasil.indicators_of(&node.kode).collect();
        let texts = [node.kode.as_str(), node.nama.as_str()].into_iter();
        let texts = texts.chain(measured.iter().map(|m| m.indikator.nama.as_str()));
        let cocok = !self.wanted.is_empty() && texts.into_iter().any(|x| x.to_lowercase().contains(&self.wanted));
        self.found += usize::from(cocok);
        // Without a search the tree is open down to the programmes: the level that a head of office looks at.
        let terbuka = below || (self.wanted.is_empty() && node.jenis < JenisSimpul::Program);
        let unit = node.unit.as_deref().and_then(|kode| self.hasil.potret.unit(kode)).map_or("", |u| u.nama.as_str());
        let branch = Cabang {
            h: self.h,
            kode: &node.kode,
            jenis: node.jenis.label(),
            nama: node.calm_name(),
            unit,
            rerata: u.capaian.nilai.map_or_else(|| "–".to_owned(), write_percent),
            ada: u.capaian.ada,
            dari: u.capaian.dari,
            serapan: u.uang.absorption().map_or_else(|_| String::new(), write_percent),
            indikator: measured
                .into_iter()
                .map(|m| Indikator {
                    kode: m.indikator.kode.clone(),
                    nama: m.indikator.nama.clone(),
                    satuan: m.indikator.satuan.clone(),
                    target: Sel::of(m.target.as_ref().map(|t| &t.nilai), self.h.t),
                    realisasi: Sel::of(Some(&m.realisasi.nilai), self.h.t),
                    ukuran: Ukuran::of(m),
                })
                .collect(),
            anak: children.into_iter().map(|(html, _)| html).collect(),
            terbuka,
            cocok,
        };
        Ok((branch.render()?, below || cocok))
    }
}

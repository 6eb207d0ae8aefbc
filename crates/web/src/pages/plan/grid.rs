//! Grids of a document: targets of indicators by year, ceilings of plan nodes.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::{Galat, HasilSel, SelDitolak, SelIsian, cell_text};
use tolok_domain::figure::{JenisAngka, Subjek};
use tolok_domain::measure::ceilings;
use tolok_domain::number::write_amount;
use tolok_domain::{Dokumen, Indikator, JenisDokumen, JenisSimpul, Nilai, Periode, Potret, Rupiah, Simpul};

use super::address;
use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::{Kiriman, key, refusal};
use crate::page::{Bingkai, Dibuka};
use crate::session::Pengguna;

/// Which document, and how much of it.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Mana {
    tahun: Option<i16>,
    #[serde(default)]
    dokumen: String,
    /// Year of the ceilings, where a document has several.
    #[serde(default)]
    periode: String,
    /// Every indicator, not only those that such a document usually holds.
    #[serde(default)]
    semua: String,
    #[serde(default)]
    tersimpan: String,
}

/// A document to choose.
struct Tab {
    nama: String,
    judul: String,
    alamat: String,
    dipilih: bool,
}

struct Sel {
    /// Its name in the form; empty where nothing can be entered.
    nama: String,
    teks: String,
    /// What was stored, where something else is shown.
    asal: Option<String>,
    salah: String,
    kolom: usize,
}

struct Baris {
    kelas: &'static str,
    kode: String,
    nama: String,
    alamat: String,
    /// Wording of the node above its first indicator.
    simpul: String,
    satuan: String,
    sel: Vec<Sel>,
    acuan: String,
    induk: String,
    /// Sum of what stands below, and what is missing from it.
    jumlah: String,
    selisih: String,
}

/// A grid, whatever its cells say.
struct Kisi {
    dokumen: String,
    judul: String,
    tab: Vec<Tab>,
    kolom: Vec<String>,
    baris: Vec<Baris>,
    alamat: String,
    versi: i64,
    kunci: String,
    pesan: Vec<String>,
    tersimpan: bool,
    boleh: bool,
}

#[derive(Template)]
#[template(path = "rencana/target.html")]
struct HalamanTarget {
    h: Bingkai,
    tab: &'static str,
    g: Kisi,
    /// Address of the whole list, or of the usual one; empty where they are the same.
    semua: String,
    ringkas: bool,
    acuan: bool,
    /// Columns of the table.
    lebar: usize,
}

#[derive(Template)]
#[template(path = "rencana/pagu.html")]
struct HalamanPagu {
    h: Bingkai,
    tab: &'static str,
    g: Kisi,
    tahunan: Vec<Tab>,
    total: String,
}

/// A form that was refused: what was typed, and what is wrong with it.
struct Ditolak<'a> {
    sent: &'a Kiriman,
    pesan: Vec<String>,
    sel: Vec<SelDitolak>,
}

/// Documents whose targets and ceilings are set in grids, in the order of planning.
fn documents(potret: &Potret) -> Vec<&Dokumen> {
    let kinds = JenisDokumen::ALL.into_iter().filter(|j| *j != JenisDokumen::RencanaAksi);
    kinds.flat_map(|jenis| potret.versions(jenis)).collect()
}

/// The document that is asked for, or else the latest of the kind that is looked at most.
fn chosen<'a>(potret: &'a Potret, wanted: &str, usual: &[JenisDokumen]) -> Result<Option<&'a Dokumen>, Galat> {
    if !wanted.is_empty() {
        let found = potret.document(wanted).ok_or_else(|| Galat::TidakDitemukan(format!("dokumen {wanted}")))?;
        return Ok(Some(found));
    }
    let usual = usual.iter().find_map(|jenis| potret.versions(*jenis).pop());
    Ok(usual.or_else(|| documents(potret).pop()))
}

impl Kisi {
    fn new(opened: &Dibuka, h: &Bingkai, part: &str, dokumen: Option<&Dokumen>, more: &str) -> Self {
        let potret = &opened.termuat.potret;
        let kode = dokumen.map_or("", |d| d.kode.as_str());
        let tab = documents(potret).into_iter().map(|d| Tab {
            nama: d.short_name(),
            judul: d.judul.clone(),
            alamat: address(h, part, &format!("&dokumen={}", d.kode)),
            dipilih: d.kode == kode,
        });
        Self {
            dokumen: kode.to_owned(),
            judul: dokumen.map_or_else(String::new, |d| d.judul.clone()),
            tab: tab.collect(),
            kolom: Vec::new(),
            baris: Vec::new(),
            alamat: address(h, part, &format!("&dokumen={kode}{more}")),
            versi: opened.termuat.versi,
            kunci: key(),
            pesan: Vec::new(),
            tersimpan: false,
            // What is set for another year, or by steps, is only shown here.
            boleh: h.boleh_rencana
                && dokumen.is_some_and(|d| d.jenis != JenisDokumen::RencanaAksi && !potret.is_past(d)),
        }
    }

    /// Puts what was typed back into the cells, and says what is wrong with which.
    fn refuse(&mut self, no: Option<&Ditolak<'_>>) {
        let Some(no) = no else { return };
        let typed: HashMap<&str, &str> = no.sent.0.iter().map(|(k, v)| (k.as_str(), v.trim())).collect();
        let wrong: HashMap<String, &SelDitolak> = no.sel.iter().map(|s| (name(&s.kode, s.periode), s)).collect();
        self.pesan.clone_from(&no.pesan);
        for baris in &mut self.baris {
            for sel in &mut baris.sel {
                if let Some(text) = typed.get(sel.nama.as_str()).filter(|text| **text != sel.teks) {
                    sel.asal = Some(std::mem::replace(&mut sel.teks, (*text).to_owned()));
                }
                if let Some(found) = wrong.get(&sel.nama) {
                    sel.salah.clone_from(&found.sebab);
                    self.pesan.push(format!("{} {}, {}: {}", baris.kode, baris.nama, found.periode, found.sebab));
                }
            }
        }
    }
}

/// Name of a cell in the form.
fn name(kode: &str, periode: Periode) -> String {
    format!("{periode}:{kode}")
}

/// The cells of a form.
fn cells(sent: &Kiriman) -> Vec<SelIsian> {
    let cell = |(nama, teks): &(String, String)| {
        let (periode, kode) = nama.split_once(':')?;
        Some(SelIsian { kode: kode.to_owned(), periode: periode.parse().ok()?, teks: teks.clone() })
    };
    sent.0.iter().filter_map(cell).collect()
}

fn cell(potret: &Potret, subjek: &Subjek, jenis: &JenisAngka, periode: Periode, kolom: usize, open: bool) -> Sel {
    Sel {
        nama: if open { name(subjek.kode(), periode) } else { String::new() },
        teks: cell_text(potret.figure(subjek, jenis, periode)),
        asal: None,
        salah: String::new(),
        kolom,
    }
}

/// Shows the targets of a document.
pub(crate) async fn targets(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<Mana>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    Ok(Html(target_page(&opened, &query, None)?.render()?))
}

fn target_page(opened: &Dibuka, query: &Mana, no: Option<&Ditolak<'_>>) -> Result<HalamanTarget, Galat> {
    let potret = &opened.termuat.potret;
    let h = opened.frame("rencana", opened.pengguna.t.x("target-judul"));
    let dokumen = chosen(potret, &query.dokumen, &[JenisDokumen::Renstra])?;
    let whole = query.semua == "ya";
    let mut g = Kisi::new(opened, &h, "rencana/target", dokumen, if whole { "&semua=ya" } else { "" });
    let (mut hidden, mut acuan) = (0, false);
    if let Some(dokumen) = dokumen {
        let years = potret.years_of(dokumen);
        // Beside a single year there is room for what the plan above says.
        acuan = years.len() == 1;
        let office = &potret.instansi;
        let t = opened.pengguna.t;
        g.kolom = years
            .iter()
            .map(|p| match p.tahun() {
                first if !acuan && first < office.renstra_awal => t.f("tahun-awal", "tahun", first.to_string()),
                last if !acuan && last == office.renstra_akhir => t.f("tahun-akhir", "tahun", last.to_string()),
                year => year.to_string(),
            })
            .collect();
        let jenis = JenisAngka::Target { dokumen: dokumen.kode.clone() };
        for node in &potret.simpul {
            let mut first = true;
            for i in potret.indicators_of(&node.kode) {
                let subjek = Subjek::Indikator(i.kode.clone());
                let set = years.iter().any(|p| potret.figure(&subjek, &jenis, *p).is_some());
                let active = years.iter().any(|p| i.is_active(p.tahun()));
                if !set && !(active && (whole || is_usual(dokumen.jenis, i, node))) {
                    hidden += usize::from(active);
                    continue;
                }
                let (nama, satuan) = potret.wording(i, &dokumen.kode);
                let open = |p: &Periode| g.boleh && i.is_active(p.tahun());
                let sel = years.iter().enumerate();
                let sel = sel.map(|(k, p)| cell(potret, &subjek, &jenis, *p, k, open(p))).collect();
                g.baris.push(Baris {
                    kelas: level_class(node.jenis),
                    kode: i.kode.clone(),
                    nama: nama.to_owned(),
                    alamat: format!("{}/indikator/{}{}", h.akar, i.kode, h.ekor),
                    simpul: if first { format!("{} {}", node.kode, node.calm_name()) } else { String::new() },
                    satuan: satuan.to_owned(),
                    sel,
                    acuan: if acuan { reference(potret, dokumen, &subjek, years.first()) } else { String::new() },
                    induk: String::new(),
                    jumlah: String::new(),
                    selisih: String::new(),
                });
                first = false;
            }
        }
    }
    g.refuse(no);
    g.tersimpan = query.tersimpan == "ya" && no.is_none();
    let other = if whole { "" } else { "&semua=ya" };
    let semua = address(&h, "rencana/target", &format!("&dokumen={}{other}", g.dokumen));
    let semua = if hidden > 0 || whole { semua } else { String::new() };
    let lebar = 3 + g.kolom.len() + usize::from(acuan);
    Ok(HalamanTarget { tab: "target", semua, ringkas: !whole, acuan, lebar, g, h })
}

/// Whether a document of that kind usually sets a target of the indicator.
fn is_usual(jenis: JenisDokumen, indikator: &Indikator, node: &Simpul) -> bool {
    match jenis {
        JenisDokumen::Renstra => node.jenis <= JenisSimpul::Program,
        JenisDokumen::Iku => indikator.iku,
        JenisDokumen::PerjanjianKinerja => node.jenis <= JenisSimpul::Sasaran,
        _ => true,
    }
}

const fn level_class(jenis: JenisSimpul) -> &'static str {
    match jenis {
        JenisSimpul::Misi | JenisSimpul::Tujuan | JenisSimpul::Sasaran | JenisSimpul::SasaranProgram => "t",
        JenisSimpul::Program => "p",
        JenisSimpul::Kegiatan => "k",
        JenisSimpul::SubKegiatan => "s",
    }
}

/// What the most binding document before this one sets for the year, with its name.
fn reference(potret: &Potret, dokumen: &Dokumen, subjek: &Subjek, periode: Option<&Periode>) -> String {
    let rank = |d: &Dokumen| (d.jenis.precedence(), d.versi);
    let Some(periode) = periode else { return String::new() };
    let mut before: Vec<&Dokumen> = documents(potret).into_iter().filter(|d| rank(d) < rank(dokumen)).collect();
    before.sort_by_key(|d| rank(d));
    let set = before.into_iter().rev().find_map(|d| {
        let jenis = JenisAngka::Target { dokumen: d.kode.clone() };
        potret.figure(subjek, &jenis, *periode).map(|a| format!("{} ({})", a.nilai, d.short_name()))
    });
    set.unwrap_or_default()
}

/// Writes targets.
pub(crate) async fn set_targets(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(query): Query<Mana>,
    Form(sent): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let ctx = opened.pengguna.ctx.sending(sent.get("kunci"));
    let seen = sent.seen(opened.termuat.potret.tahun);
    let result = web.app.set_targets(&ctx, seen, &query.dokumen, &cells(&sent)).await;
    let more = if query.semua == "ya" { "&semua=ya" } else { "" };
    let to = address(
        &opened.frame("rencana", ""),
        "rencana/target",
        &format!("&dokumen={}{more}&tersimpan=ya", query.dokumen),
    );
    answer(result, opened, &web, &sent, &to, |opened, no| Ok(target_page(opened, &query, Some(no))?.render()?)).await
}

/// Leads on when cells are written, or shows the grid again.
async fn answer(
    result: tolok_app::Hasil<HasilSel>,
    opened: Dibuka,
    web: &Web,
    sent: &Kiriman,
    to: &str,
    show: impl Fn(&Dibuka, &Ditolak<'_>) -> Result<String, Gagal>,
) -> Result<Response, Gagal> {
    let (status, no) = match result {
        Ok(HasilSel::Ditolak(sel)) => {
            let conflict = sel.iter().all(|s| s.bentrok);
            let status = if conflict { Galat::Bentrok } else { Galat::TidakSah(String::new()) };
            let status = refusal::<()>(Err(status))?.map(|no| no.status).unwrap_or_default();
            (status, Ditolak { sent, pesan: Vec::new(), sel })
        }
        other => match refusal(other)? {
            None => return Ok(Redirect::to(to).into_response()),
            Some(no) => (no.status, Ditolak { sent, pesan: no.pesan, sel: Vec::new() }),
        },
    };
    let opened = opened.again(web).await?;
    Ok((status, Html(show(&opened, &no)?)).into_response())
}

/// Shows the ceilings of a document.
pub(crate) async fn budget(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<Mana>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    Ok(Html(ceiling_page(&opened, &query, None)?.render()?))
}

fn ceiling_page(opened: &Dibuka, query: &Mana, no: Option<&Ditolak<'_>>) -> Result<HalamanPagu, Galat> {
    let potret = &opened.termuat.potret;
    let h = opened.frame("rencana", opened.pengguna.t.x("pagu-judul"));
    let dokumen = chosen(potret, &query.dokumen, &[JenisDokumen::Dpa, JenisDokumen::Renja])?;
    let years = dokumen.map(|d| potret.years_of(d)).unwrap_or_default();
    let wanted = query.periode.parse::<Periode>().ok().filter(|p| years.contains(p));
    let periode = wanted.or(years.last().copied().filter(|_| years.len() == 1)).unwrap_or(Periode::Tahun(potret.tahun));
    let mut g = Kisi::new(opened, &h, "rencana/pagu", dokumen, &format!("&periode={periode}"));
    g.kolom = vec![periode.to_string()];
    let mut total = String::new();
    if let Some(dokumen) = dokumen {
        let jenis = JenisAngka::Pagu { dokumen: dokumen.kode.clone() };
        let known = ceilings(potret, &dokumen.kode, periode.tahun());
        let below = |kode: &str| -> Option<Rupiah> {
            let parts: Vec<Rupiah> =
                potret.children(Some(kode)).filter_map(|c| known.get(c.kode.as_str()).copied()).collect();
            (!parts.is_empty()).then(|| parts.into_iter().sum())
        };
        let tops = potret.simpul.iter().filter(|s| s.induk.is_none());
        let tops: Vec<Rupiah> = tops.filter_map(|s| known.get(s.kode.as_str()).copied()).collect();
        total = if tops.is_empty() { String::new() } else { write_amount(tops.into_iter().sum()) };
        for node in &potret.simpul {
            let subjek = Subjek::Simpul(node.kode.clone());
            let own = potret.figure(&subjek, &jenis, periode);
            // Money stands at programmes and below; above only where somebody put some.
            if node.jenis < JenisSimpul::Program && own.is_none() {
                continue;
            }
            let sum = below(&node.kode);
            let mine = own.and_then(|a| if let Nilai::Uang(x) = a.nilai { Some(x) } else { None });
            let apart = mine.zip(sum).map(|(mine, sum)| mine.sen().saturating_sub(sum.sen())).filter(|x| *x != 0);
            g.baris.push(Baris {
                kelas: level_class(node.jenis),
                kode: node.kode.clone(),
                nama: node.calm_name(),
                alamat: String::new(),
                simpul: String::new(),
                satuan: String::new(),
                sel: vec![cell(potret, &subjek, &jenis, periode, 0, g.boleh)],
                acuan: String::new(),
                induk: node.induk.clone().unwrap_or_default(),
                jumlah: sum.map_or_else(String::new, write_amount),
                selisih: apart.map_or_else(String::new, |x| write_amount(Rupiah::from_sen(x))),
            });
        }
    }
    g.refuse(no);
    g.tersimpan = query.tersimpan == "ya" && no.is_none();
    let tahunan = years.iter().filter(|_| years.len() > 1).map(|p| Tab {
        nama: p.to_string(),
        judul: p.to_string(),
        alamat: address(&h, "rencana/pagu", &format!("&dokumen={}&periode={p}", g.dokumen)),
        dipilih: *p == periode,
    });
    Ok(HalamanPagu { tab: "pagu", tahunan: tahunan.collect(), total, g, h })
}

/// Writes ceilings.
pub(crate) async fn set_budget(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(query): Query<Mana>,
    Form(sent): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let ctx = opened.pengguna.ctx.sending(sent.get("kunci"));
    let seen = sent.seen(opened.termuat.potret.tahun);
    let result = web.app.set_ceilings(&ctx, seen, &query.dokumen, &cells(&sent)).await;
    let periode = query.periode.parse::<Periode>().map(|p| format!("&periode={p}")).unwrap_or_default();
    let asked = format!("&dokumen={}{periode}&tersimpan=ya", query.dokumen);
    let to = address(&opened.frame("rencana", ""), "rencana/pagu", &asked);
    answer(result, opened, &web, &sent, &to, |opened, no| Ok(ceiling_page(opened, &query, Some(no))?.render()?)).await
}

//! Isi realisasi: the figures that a quarter asks for, as a grid that a planner fills by keyboard, by paste, or in a spreadsheet.

mod answer;
pub(crate) mod evidence;
mod form;
mod grid;
pub(crate) mod spreadsheet;
pub(crate) mod upload;

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::{DaftarTemuan, Galat, HasilIsian, Pilihan, day};
use tolok_domain::access::Hak;
use tolok_domain::approval::Tindakan;
use tolok_domain::duty::{Kemajuan, due};
use tolok_domain::figure::Keadaan;
use tolok_domain::{Periode, Petak, ukur};

use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::key;
use crate::page::{Bingkai, Dibuka};
use crate::session::{Pengguna, wants_json};
use form::Terkirim;
use grid::Kelompok;
pub(crate) use grid::target_moved;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Mana {
    tahun: Option<i16>,
    /// Quarter, 1 to 4; the one that is due when left out.
    tw: Option<u8>,
    /// Unit whose figures are shown, with the units below it; all when left out.
    #[serde(default)]
    unit: String,
    /// How many figures were saved just now.
    tersimpan: Option<usize>,
    /// How many were handed in just now.
    diajukan: Option<usize>,
}

struct Satuan {
    kode: String,
    nama: String,
    dipilih: bool,
}

struct Batas {
    tingkat: &'static str,
    tanggal: String,
    sisa: String,
    kelas: &'static str,
}

#[derive(Template)]
#[template(path = "isi.html")]
struct Halaman {
    h: Bingkai,
    tw: u8,
    unit: String,
    units: Vec<Satuan>,
    periode: String,
    batas: Vec<Batas>,
    kemajuan: Kemajuan,
    siap: usize,
    kelompok: Vec<Kelompok>,
    kunci: String,
    pesan: String,
    galat: Vec<String>,
}

/// The quarter to enter now: the last one that has ended, or the first of the year.
pub(crate) fn quarter_due(tahun: i16, today: jiff::civil::Date) -> u8 {
    let ended = (1..=4).filter(|q| Periode::Triwulan(tahun, *q).last_day() < today).max();
    ended.unwrap_or(1)
}

impl Mana {
    fn quarter(&self, opened: &Dibuka) -> u8 {
        let today = day(opened.pengguna.ctx.waktu);
        self.tw.filter(|q| (1..=4).contains(q)).unwrap_or_else(|| quarter_due(opened.termuat.potret.tahun, today))
    }
}

fn page(opened: &Dibuka, mana: &Mana, typed: &Terkirim) -> Result<Halaman, Gagal> {
    let t = opened.pengguna.t;
    let potret = &opened.termuat.potret;
    let tw = mana.quarter(opened);
    let hasil = ukur(potret, Periode::Triwulan(potret.tahun, tw));
    let h = opened.tab("pengukuran", "isi", t.x("isi-judul"));
    let places: Vec<Petak> = due(&hasil, tw).into_iter().filter(|p| grid::in_unit(potret, p, &mana.unit)).collect();
    let temuan = DaftarTemuan::of(potret);
    let grid = grid::Pembuat { hasil: &hasil, h: &h, pengguna: &opened.pengguna, typed, temuan: &temuan };
    let units =
        potret.unit.iter().map(|u| Satuan { kode: u.kode.clone(), nama: u.nama.clone(), dipilih: u.kode == mana.unit });
    let pesan = match (mana.tersimpan, mana.diajukan) {
        (Some(n), _) => t.f("isi-tersimpan", "n", n),
        (_, Some(n)) => t.f("isi-diajukan", "n", n),
        _ => String::new(),
    };
    Ok(Halaman {
        kemajuan: Kemajuan::of(potret, &places),
        siap: ready(opened, &places).len(),
        batas: grid::deadlines(opened, &places, tw),
        kelompok: grid.groups(&places),
        units: units.collect(),
        unit: mana.unit.clone(),
        periode: Periode::Triwulan(potret.tahun, tw).heading(),
        kunci: key(),
        pesan,
        galat: Vec::new(),
        tw,
        h,
    })
}

/// Figures that the user may hand in now.
fn ready(opened: &Dibuka, places: &[Petak]) -> Vec<Pilihan> {
    let potret = &opened.termuat.potret;
    let lingkup = opened.pengguna.ctx.scope(Hak::UbahRealisasi);
    let open = |p: &&Petak| lingkup.covers(potret.upwards(p.unit(potret)));
    let state = |p: &Petak| p.figure(potret).filter(|a| matches!(a.keadaan, Keadaan::Draf | Keadaan::Dikembalikan));
    let choose = |p: &Petak| {
        let dilihat = state(p)?.id;
        Some(Pilihan { petak: p.clone(), dilihat, tindakan: Tindakan::Ajukan, alasan: String::new() })
    };
    places.iter().filter(open).filter_map(choose).collect()
}

/// Shows the grid.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna, Query(mana): Query<Mana>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, mana.tahun).await?;
    Ok(Html(page(&opened, &mana, &Terkirim::default())?.render()?))
}

/// Saves what was changed in the grid: for a browser without script as a page, for the script as JSON.
pub(crate) async fn save(
    State(web): State<Web>,
    mut pengguna: Pengguna,
    Query(mana): Query<Mana>,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Gagal> {
    let typed = Terkirim::read(fields)?;
    let opened = Dibuka::new(&web, pengguna.clone(), mana.tahun).await?;
    let (tahun, tw) = (opened.termuat.potret.tahun, mana.quarter(&opened));
    let changed = typed.changed();
    let ctx = pengguna.ctx.sending(&typed.kunci);
    let outcome = if typed.pratinjau {
        web.app.preview_figures(&ctx, tahun, &changed).await?
    } else {
        web.app.save_figures(&ctx, tahun, &changed).await?
    };
    if wants_json(&headers) {
        let fresh = if typed.pratinjau { opened } else { reopened(&web, &mut pengguna, tahun).await? };
        return Ok(answer::json(&fresh, &changed, &outcome));
    }
    match outcome {
        HasilIsian::Tersimpan(..) => {
            let unit = if mana.unit.is_empty() { String::new() } else { format!("&unit={}", mana.unit) };
            let to = format!("{}/isi?tahun={tahun}&tw={tw}{unit}&tersimpan={}", pengguna.akar, changed.len());
            Ok(Redirect::to(&to).into_response())
        }
        HasilIsian::Ditolak(refused) => {
            let opened = reopened(&web, &mut pengguna, tahun).await?;
            let typed = typed.with_faults(&changed, &refused);
            let mut page = page(&opened, &mana, &typed)?;
            page.galat = answer::lines(&changed, &refused);
            page.kunci = key();
            Ok((answer::status(&refused), Html(page.render()?)).into_response())
        }
    }
}

/// The snapshot as it is now, not as it was when the request began.
async fn reopened(web: &Web, pengguna: &mut Pengguna, tahun: i16) -> Result<Dibuka, Gagal> {
    pengguna.ctx = pengguna.ctx.fresh();
    Dibuka::new(web, pengguna.clone(), Some(tahun)).await
}

#[derive(Debug, Deserialize)]
pub(crate) struct Kirim {
    #[serde(default)]
    kunci: String,
}

/// Hands in everything that is filled and the user's to hand in.
pub(crate) async fn hand_in(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(mana): Query<Mana>,
    Form(input): Form<Kirim>,
) -> Result<Response, Gagal> {
    let (akar, ctx) = (pengguna.akar.clone(), pengguna.ctx.sending(&input.kunci));
    if !ctx.may(Hak::UbahRealisasi) {
        return Err(Galat::Terlarang.into());
    }
    let opened = Dibuka::new(&web, pengguna, mana.tahun).await?;
    let potret = &opened.termuat.potret;
    let (tahun, tw) = (potret.tahun, mana.quarter(&opened));
    let hasil = ukur(potret, Periode::Triwulan(tahun, tw));
    let places: Vec<Petak> = due(&hasil, tw).into_iter().filter(|p| grid::in_unit(potret, p, &mana.unit)).collect();
    let chosen = ready(&opened, &places);
    let outcome = web.app.advance(&ctx, tahun, &chosen).await;
    let handed_in = |p: &&Petak| p.figure(potret).is_some_and(|a| a.keadaan == Keadaan::Diajukan);
    let count = match outcome {
        Ok(_) => chosen.len(),
        // Sent twice: what the first sending handed in is there already.
        Err(Galat::SudahTersimpan(_)) => places.iter().filter(handed_in).count(),
        Err(other) => return Err(other.into()),
    };
    let unit = if mana.unit.is_empty() { String::new() } else { format!("&unit={}", mana.unit) };
    let to = format!("{akar}/isi?tahun={tahun}&tw={tw}{unit}&diajukan={count}");
    Ok(Redirect::to(&to).into_response())
}

/// Takes back one figure that was handed in.
pub(crate) async fn take_back(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(mana): Query<Mana>,
    Form(input): Form<form::Satu>,
) -> Result<Response, Gagal> {
    let (petak, dilihat) = input.pilih.split_once('|').ok_or(Galat::Bentrok)?;
    let petak: Petak = petak.parse().map_err(|e: tolok_domain::duty::BukanPetak| Galat::TidakSah(e.to_string()))?;
    let dilihat = dilihat.parse().map_err(|_| Galat::Bentrok)?;
    let tahun = petak.periode.tahun();
    let chosen = Pilihan { petak, dilihat, tindakan: Tindakan::Tarik, alasan: String::new() };
    web.app.advance(&pengguna.ctx, tahun, &[chosen]).await?;
    let tw = mana.tw.unwrap_or(1);
    Ok(Redirect::to(&format!("{}/isi?tahun={tahun}&tw={tw}", pengguna.akar)).into_response())
}

/// For status lines of pages: unprocessable, or a conflict.
const CONFLICT: StatusCode = StatusCode::CONFLICT;

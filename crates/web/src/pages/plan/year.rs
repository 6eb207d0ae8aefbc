//! The vision with the time of the five-year plan, and opening a new year.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use tolok_app::Galat;
use tolok_domain::period::Tahun;

use super::address;
use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::{Kiriman, Penolakan, key, refusal};
use crate::page::{Bingkai, Dibuka, TahunQuery};
use crate::session::Pengguna;

#[derive(Template)]
#[template(path = "rencana/visi.html")]
struct HalamanVisi {
    h: Bingkai,
    tab: &'static str,
    visi: String,
    awal: String,
    akhir: String,
    berakhir: String,
    penerus: String,
    versi: i64,
    kunci: String,
    pesan: Vec<String>,
    alamat: String,
}

fn vision_page(opened: &Dibuka, sent: Option<(&Kiriman, &Penolakan)>) -> HalamanVisi {
    let office = &opened.termuat.potret.instansi;
    let h = opened.frame("rencana", opened.pengguna.t.x("visi-judul"));
    // Two forms: what one did not send stands as it is stored.
    let text = |nama: &str, stored: &str| {
        let typed = sent.filter(|(sent, _)| sent.has(nama)).map(|(sent, _)| sent.get(nama).to_owned());
        typed.unwrap_or_else(|| stored.to_owned())
    };
    HalamanVisi {
        tab: "pohon",
        visi: text("visi", &office.visi),
        awal: text("awal", &office.renstra_awal.to_string()),
        akhir: text("akhir", &office.renstra_akhir.to_string()),
        berakhir: text("berakhir", &office.berakhir),
        penerus: text("penerus", &office.penerus),
        versi: opened.termuat.versi,
        kunci: key(),
        pesan: sent.map(|(_, no)| no.pesan.clone()).unwrap_or_default(),
        alamat: address(&h, "rencana/visi", ""),
        h,
    }
}

/// The form of the vision.
pub(crate) async fn vision(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<TahunQuery>) -> Jawaban {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    Ok(Html(vision_page(&opened, None).render()?))
}

/// Records the vision, or the end of the office.
pub(crate) async fn set_vision(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(query): Query<TahunQuery>,
    Form(sent): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let ctx = opened.pengguna.ctx.sending(sent.get("kunci"));
    let seen = sent.seen(opened.termuat.potret.tahun);
    let result = if sent.get("aksi") == "akhiri" {
        web.app.end_office(&ctx, seen, sent.get("berakhir"), sent.get("penerus")).await
    } else {
        match (year(&sent, "awal"), year(&sent, "akhir")) {
            (Ok(first), Ok(last)) => web.app.change_vision(&ctx, seen, sent.get("visi"), (first, last)).await,
            (Err(error), _) | (_, Err(error)) => Err(error),
        }
    };
    match refusal(result)? {
        None => Ok(Redirect::to(&address(&opened.frame("rencana", ""), "rencana", "")).into_response()),
        Some(no) => {
            let opened = opened.again(&web).await?;
            Ok((no.status, Html(vision_page(&opened, Some((&sent, &no))).render()?)).into_response())
        }
    }
}

fn year(sent: &Kiriman, nama: &str) -> Result<Tahun, Galat> {
    let text = sent.get(nama);
    text.parse().map_err(|_| Galat::TidakSah(format!("\"{text}\" bukan tahun; tulis seperti 2021")))
}

#[derive(Template)]
#[template(path = "rencana/tahun.html")]
struct HalamanTahun {
    h: Bingkai,
    tab: &'static str,
    ke: String,
    /// How much goes along.
    simpul: usize,
    indikator: usize,
    unit: usize,
    dokumen: Vec<String>,
    /// Whether the new year lies after the five-year plan.
    lewat: bool,
    renstra: String,
    kunci: String,
    pesan: Vec<String>,
    alamat: String,
}

fn year_page(opened: &Dibuka, ke: Option<&str>, pesan: Vec<String>) -> HalamanTahun {
    let potret = &opened.termuat.potret;
    let h = opened.frame("rencana", opened.pengguna.t.x("tahun-judul"));
    let latest = opened.termuat.tahun.first().copied().unwrap_or(potret.tahun);
    let next = latest.saturating_add(1);
    let opening = potret.opening(next);
    let active = opening.indikator.iter().filter(|i| i.is_active(next));
    let new = opening.dokumen.iter().filter(|d| potret.document(&d.kode).is_none_or(|_| d.jenis.spans_years()));
    HalamanTahun {
        tab: "tahun",
        ke: ke.map_or_else(|| next.to_string(), str::to_owned),
        simpul: opening.simpul.len(),
        indikator: active.count(),
        unit: opening.unit.len(),
        dokumen: new.map(|d| d.judul.clone()).collect(),
        lewat: next > potret.instansi.renstra_akhir,
        renstra: format!("{}–{}", potret.instansi.renstra_awal, potret.instansi.renstra_akhir),
        kunci: key(),
        pesan,
        alamat: address(&h, "tahun/buka", ""),
        h,
    }
}

/// Shows what a new year would begin with.
pub(crate) async fn open(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<TahunQuery>) -> Jawaban {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    Ok(Html(year_page(&opened, None, Vec::new()).render()?))
}

/// Opens a year.
pub(crate) async fn set_open(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(query): Query<TahunQuery>,
    Form(sent): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let ctx = opened.pengguna.ctx.sending(sent.get("kunci"));
    let result = match year(&sent, "ke") {
        Ok(to) => web.app.open_year(&ctx, opened.termuat.potret.tahun, to).await,
        Err(error) => Err(error),
    };
    match refusal(result)? {
        None => {
            let to = format!("{}/rencana?tahun={}", opened.pengguna.akar, sent.get("ke"));
            Ok(Redirect::to(&to).into_response())
        }
        Some(Penolakan { status, pesan }) => {
            let opened = opened.again(&web).await?;
            Ok((status, Html(year_page(&opened, Some(sent.get("ke")), pesan).render()?)).into_response())
        }
    }
}

//! A document version: its decree, what it changed, and its revision.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::{Galat, Revisi};
use tolok_domain::document::document_of;
use tolok_domain::figure::Subjek;
use tolok_domain::number::{shown_places, write_decimal};
use tolok_domain::revision::{BedaNilai, Perbedaan, difference};
use tolok_domain::sheet::Rekam;
use tolok_domain::{Dokumen, JenisDokumen, Nilai, Potret};

use super::address;
use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::{Formulir, Kiriman, Penolakan, Pilihan, refusal};
use crate::page::{Bingkai, Dibuka};
use crate::session::Pengguna;
use crate::view::iso_date;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Mana {
    tahun: Option<i16>,
    /// The version to compare with; the one before when left out.
    #[serde(default)]
    dengan: String,
}

/// A value in two versions.
struct Beda {
    /// Whether the row above is about the same thing.
    lanjut: bool,
    kode: String,
    nama: String,
    periode: String,
    lama: String,
    baru: String,
    selisih: String,
}

struct Ganti {
    kode: String,
    lama: String,
    baru: String,
}

/// The document beside another one.
struct Banding {
    target: Vec<Beda>,
    pagu: Vec<Beda>,
    sebutan: Vec<Ganti>,
    sama: usize,
    kosong: bool,
}

#[derive(Template)]
#[template(path = "rencana/dokumen.html")]
struct Halaman {
    h: Bingkai,
    tab: &'static str,
    f: Formulir,
    kode: String,
    jenis: &'static str,
    versi: String,
    tanggal: String,
    tanpa_keputusan: bool,
    /// Whether targets and ceilings are set in grids.
    berkisi: bool,
    /// Whether it can be revised: the latest of its kind, of this year.
    terakhir: bool,
    lampau: bool,
    kosong: bool,
    banding: Option<Banding>,
    pilihan_banding: Vec<Pilihan>,
    revisi: Revisi,
    alamat: String,
}

fn page(opened: &Dibuka, f: Formulir, kode: &str, query: &Mana, revisi: Option<Revisi>) -> Result<Halaman, Galat> {
    let potret = &opened.termuat.potret;
    let d = potret.document(kode).ok_or_else(|| Galat::TidakDitemukan(format!("dokumen {kode}")))?;
    let h = opened.frame("rencana", d.judul.clone());
    let other = match query.dengan.as_str() {
        "" => potret.version_before(d),
        dengan => Some(potret.document(dengan).ok_or_else(|| Galat::TidakDitemukan(format!("dokumen {dengan}")))?),
    };
    let offered = potret.dokumen.iter().filter(|x| x.kode != d.kode && !potret.is_past(x));
    let terakhir = potret.versions(d.jenis).last().is_some_and(|last| last.kode == d.kode);
    Ok(Halaman {
        tab: "dokumen",
        kode: d.kode.clone(),
        jenis: d.jenis.label(),
        versi: d.version_label(),
        tanggal: iso_date(&d.tanggal),
        tanpa_keputusan: d.lacks_decree(),
        berkisi: d.jenis != JenisDokumen::RencanaAksi,
        terakhir,
        lampau: potret.is_past(d),
        kosong: !potret.angka.iter().any(|a| document_of(a) == Some(&d.kode)),
        banding: other.map(|other| compare(potret, other, d)),
        pilihan_banding: offered
            .map(|x| {
                Pilihan::new(
                    &x.kode,
                    format!("{} ({})", x.judul, x.version_label()),
                    other.is_some_and(|o| o.kode == x.kode),
                )
            })
            .collect(),
        revisi: revisi.unwrap_or_else(|| suggested(potret, d)),
        alamat: address(&h, &format!("dokumen/{kode}"), ""),
        f,
        h,
    })
}

/// What the next version is called when nobody says otherwise.
fn suggested(potret: &Potret, d: &Dokumen) -> Revisi {
    let first = potret.versions(d.jenis).first().map_or(d.judul.as_str(), |d| d.judul.as_str());
    let label = Dokumen { versi: d.versi.saturating_add(1), ..d.clone() }.version_label();
    Revisi { judul: format!("{first} {label}"), ..Revisi::default() }
}

fn compare(potret: &Potret, lama: &Dokumen, baru: &Dokumen) -> Banding {
    let found = difference(potret, &lama.kode, &baru.kode);
    let kosong = found.is_empty();
    let Perbedaan { sebutan, target, pagu, sama } = found;
    Banding {
        target: rows(potret, &target),
        pagu: rows(potret, &pagu),
        sebutan: sebutan
            .into_iter()
            .map(|s| Ganti { kode: s.indikator, lama: worded(&s.lama), baru: worded(&s.baru) })
            .collect(),
        sama,
        kosong,
    }
}

fn worded((nama, satuan): &(String, String)) -> String {
    if satuan.is_empty() { nama.clone() } else { format!("{nama} ({satuan})") }
}

fn rows(potret: &Potret, found: &[BedaNilai]) -> Vec<Beda> {
    let mut before = None;
    found
        .iter()
        .map(|beda| {
            let lanjut = before.replace(&beda.subjek) == Some(&beda.subjek);
            Beda { lanjut, ..row(potret, beda) }
        })
        .collect()
}

fn row(potret: &Potret, beda: &BedaNilai) -> Beda {
    let text = |nilai: &Option<Nilai>| nilai.as_ref().map_or_else(|| "–".to_owned(), ToString::to_string);
    let nama = match &beda.subjek {
        Subjek::Indikator(kode) => potret.indicator(kode).map(|i| i.nama.clone()),
        Subjek::Simpul(kode) => potret.node(kode).map(tolok_domain::Simpul::calm_name),
    };
    let signed = |x: tolok_domain::Decimal| {
        let plus = if x.is_sign_positive() { "+" } else { "" };
        format!("{plus}{}", write_decimal(x, Some(shown_places(x))))
    };
    Beda {
        lanjut: false,
        kode: beda.subjek.kode().to_owned(),
        nama: nama.unwrap_or_default(),
        periode: beda.periode.to_string(),
        lama: text(&beda.lama),
        baru: text(&beda.baru),
        selisih: beda.selisih.map_or_else(|| "–".to_owned(), signed),
    }
}

/// Shows a document beside the version before.
pub(crate) async fn show(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(kode): Path<String>,
    Query(query): Query<Mana>,
) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let found = opened.termuat.potret.document(&kode);
    let dokumen = found.ok_or_else(|| Galat::TidakDitemukan(format!("dokumen {kode}")))?;
    let f = Formulir::of(&opened, dokumen);
    Ok(Html(page(&opened, f, &kode, &query, None)?.render()?))
}

/// Changes, revises or removes a document.
pub(crate) async fn submit(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(kode): Path<String>,
    Query(query): Query<Mana>,
    Form(sent): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let ctx = opened.pengguna.ctx.sending(sent.get("kunci"));
    let seen = sent.seen(opened.termuat.potret.tahun);
    let h = opened.frame("rencana", "");
    let (result, to) = match sent.get("tindakan") {
        "revisi" => match web.app.revise_document(&ctx, seen, &kode, &revision(&sent)).await {
            Ok((nomor, new)) => (Ok(nomor), format!("dokumen/{new}")),
            Err(error) => (Err(error), "dokumen".to_owned()),
        },
        "hapus" => (web.app.remove_document(&ctx, seen, &kode).await, "dokumen".to_owned()),
        _ => (web.app.change_document(&ctx, seen, &kode, &sent.row(Dokumen::LEMBAR)).await, format!("dokumen/{kode}")),
    };
    match refusal(result)? {
        None => Ok(Redirect::to(&address(&h, &to, "")).into_response()),
        Some(no) => refused(opened.again(&web).await?, &kode, &query, &sent, &no),
    }
}

fn revision(sent: &Kiriman) -> Revisi {
    Revisi {
        judul: sent.get("judul").to_owned(),
        nomor: sent.get("nomor").to_owned(),
        tanggal: sent.get("tanggal").to_owned(),
        alasan: sent.get("alasan").to_owned(),
    }
}

fn refused(opened: Dibuka, kode: &str, query: &Mana, sent: &Kiriman, no: &Penolakan) -> Result<Response, Gagal> {
    let stored = opened.termuat.potret.document(kode).map(Rekam::cells);
    let f = Formulir::again(&opened, Dokumen::LEMBAR, sent, Some(no), stored);
    let revisi = (sent.get("tindakan") == "revisi").then(|| revision(sent));
    Ok((no.status, Html(page(&opened, f, kode, query, revisi)?.render()?)).into_response())
}

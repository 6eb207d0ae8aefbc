//! Kabar: what happened to figures, recommendations and worksheets that concern the user, each marked as read by hand.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::{Galat, KabarSaya};
use tolok_domain::evaluasi::Giliran;
use tolok_domain::notice::JenisKabar;
use tolok_domain::{Petak, Potret, Subjek};
use uuid::Uuid;

use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::page::{Bingkai, Dibuka, TahunQuery};
use crate::pages::tasks::turn;
use crate::session::Pengguna;
use crate::view::moment;

/// Notices on a page.
const PAGE: usize = 50;
/// Figures of a notice that are shown; the page that it leads to shows all.
const LINES: usize = 10;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Mana {
    tahun: Option<i16>,
    /// Show notices before this one.
    #[serde(default)]
    sebelum: String,
}

/// A notice as the page lists it.
struct Baris {
    id: String,
    judul: String,
    alamat: String,
    oleh: String,
    waktu: String,
    angka: Vec<String>,
    lainnya: usize,
    dibaca: bool,
}

#[derive(Template)]
#[template(path = "kabar.html")]
struct Halaman {
    h: Bingkai,
    kabar: Vec<Baris>,
    lebih_lama: Option<Uuid>,
}

/// Shows the notices, newest first.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna, Query(mana): Query<Mana>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, mana.tahun).await?;
    let most = i64::try_from(PAGE).unwrap_or(i64::MAX);
    let found = web.app.notices(&opened.pengguna.ctx, named(&mana.sebelum)?, most).await?;
    let h = opened.tab("tugas", "kabar", opened.pengguna.t.x("kabar-judul"));
    let page = Halaman {
        lebih_lama: found.last().filter(|_| found.len() == PAGE).map(|k| k.id),
        kabar: found.iter().map(|k| row(k, &opened.termuat.potret, &h)).collect(),
        h,
    };
    Ok(Html(page.render()?))
}

/// The notice that an address or a form names; none where it names none.
fn named(id: &str) -> Result<Option<Uuid>, Galat> {
    let unknown = |_| Galat::TidakDitemukan(format!("kabar \"{id}\""));
    if id.is_empty() { Ok(None) } else { id.parse().map(Some).map_err(unknown) }
}

fn row(kabar: &KabarSaya, potret: &Potret, h: &Bingkai) -> Baris {
    let t = h.t;
    let judul = match (kabar.jenis, kabar.periode) {
        (_, Some(periode)) => t.f2("kabar-periode", "periode", periode.heading(), "n", kabar.jumlah),
        (JenisKabar::Diajukan, None) => t.f("kabar-diajukan", "n", kabar.jumlah),
        (JenisKabar::Dikembalikan, None) => t.f("kabar-dikembalikan", "n", kabar.jumlah),
        (JenisKabar::Diverifikasi, None) => t.f("kabar-diverifikasi", "n", kabar.jumlah),
        (JenisKabar::Dikunci, None) => t.f("kabar-dikunci", "n", kabar.jumlah),
        (JenisKabar::Rekomendasi, None) => t.f("kabar-rekomendasi", "n", kabar.jumlah),
        (JenisKabar::Jawaban, None) => t.f("kabar-jawaban", "n", kabar.jumlah),
        (JenisKabar::Putusan, None) => t.f("kabar-putusan", "n", kabar.jumlah),
        (JenisKabar::LembarKerja, None) => t.x("kabar-lembar-kerja").to_owned(),
    };
    let line = |(petak, alasan): &(Petak, String)| {
        let name = place(petak, potret, h);
        if alasan.is_empty() { name } else { format!("{name}: {alasan}") }
    };
    let other = |(kode, text): &(String, String)| match Giliran::find(text) {
        Some(giliran) if kabar.jenis == JenisKabar::LembarKerja => t.x(turn(giliran)).to_owned(),
        _ => format!("{kode}: {text}"),
    };
    let angka = kabar.angka.iter().map(line).chain(kabar.hal.iter().map(other));
    let angka: Vec<String> = angka.take(LINES).collect();
    Baris {
        id: kabar.id.to_string(),
        judul,
        alamat: address(kabar, h),
        oleh: kabar.oleh.clone(),
        waktu: moment(kabar.waktu),
        lainnya: if angka.is_empty() { 0 } else { kabar.jumlah.saturating_sub(angka.len()) },
        angka,
        dibaca: kabar.dibaca,
    }
}

/// Where it is worked on: the recommendation or the worksheet; of figures the grid, or the check of it; the indicator's page for a single one that is done.
fn address(kabar: &KabarSaya, h: &Bingkai) -> String {
    let of = |page: &str| {
        let kode = kabar.hal.first().map_or("", |(kode, _)| kode.as_str());
        format!("{}/{page}/{kode}?tahun={}", h.akar, kabar.tahun)
    };
    let periode = kabar.periode.or_else(|| kabar.angka.first().map(|(petak, _)| petak.periode));
    let tw = periode.map_or_else(String::new, |p| format!("&tw={}", p.last_month().div_ceil(3)));
    let page = match (kabar.jenis, kabar.angka.as_slice()) {
        (JenisKabar::Rekomendasi | JenisKabar::Jawaban | JenisKabar::Putusan, _) => return of("rekomendasi"),
        (JenisKabar::LembarKerja, _) => return of("evaluasi"),
        (JenisKabar::Diajukan, _) => "verifikasi".to_owned(),
        (JenisKabar::Diverifikasi | JenisKabar::Dikunci, [(petak, _)]) if kabar.jumlah == 1 => match &petak.subjek {
            Subjek::Indikator(kode) => return format!("{}/indikator/{kode}?tahun={}", h.akar, kabar.tahun),
            Subjek::Simpul(_) => "isi".to_owned(),
        },
        _ => "isi".to_owned(),
    };
    format!("{}/{page}?tahun={}{tw}", h.akar, kabar.tahun)
}

/// A place as its reader knows it; its code where the plan shown has it no more.
fn place(petak: &Petak, potret: &Potret, h: &Bingkai) -> String {
    let kode = petak.subjek.kode();
    let name = match &petak.subjek {
        Subjek::Indikator(_) => potret.indicator(kode).map(|i| i.nama.clone()),
        Subjek::Simpul(_) => potret.node(kode).map(|s| format!("{}: {}", h.t.x("isi-belanja"), s.calm_name())),
    };
    let variable = petak.variable().map(|v| format!(" ({})", v.replace('_', " "))).unwrap_or_default();
    format!("{}{variable}, {}", name.unwrap_or_else(|| kode.to_owned()), petak.periode.heading())
}

#[derive(Debug, Deserialize)]
pub(crate) struct Tanda {
    /// The notice; empty for all.
    #[serde(default)]
    id: String,
}

/// Marks one notice as read, or all.
pub(crate) async fn mark(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(query): Query<TahunQuery>,
    Form(form): Form<Tanda>,
) -> Result<Response, Gagal> {
    web.app.mark_read(&pengguna.ctx, named(&form.id)?).await?;
    let tahun = query.tahun.map(|t| format!("?tahun={t}")).unwrap_or_default();
    Ok(Redirect::to(&format!("{}/kabar{tahun}", pengguna.akar)).into_response())
}
